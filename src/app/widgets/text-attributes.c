/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/text-attributes.h"

/* Asked by a screen reader how a text looks, GTK 4.8 reads "foreground" of each of its tags that has a colour. That
 * property can only be written: nothing is read, and what is not there is used and freed. So the program ends with the first
 * highlighted line that is read aloud. A tag that does not admit to a colour is drawn in it all the same. */
static void (*read_property) (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec);

static void
read_property_but_colour (GObject    *object,
                          guint       id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  if (g_str_equal (pspec->name, "foreground-set"))
    g_value_set_boolean (value, FALSE);
  else
    read_property (object, id, value, pspec);
}

void
strata_text_attributes_mend (void)
{
  GObjectClass *object_class = g_type_class_ref (GTK_TYPE_TEXT_TAG);

  if (object_class->get_property != read_property_but_colour)
    {
      read_property = object_class->get_property;
      object_class->get_property = read_property_but_colour;
    }
  g_type_class_unref (object_class);
}

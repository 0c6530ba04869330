/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/environment-strip.h"

#include <glib/gi18n.h>

#include "app/widgets/colour.h"

struct _StrataEnvironmentStrip
{
  AdwBin     parent_instance;

  /* borrowed from the tree below */
  GtkWidget *revealer;
  GtkWidget *band;
  GtkWidget *icon;
  GtkWidget *name;
  GtkWidget *detail;
};

static const struct
{
  const char *name;
  const char *icon;
  const char *style;
} environments[] = {
  { NULL, NULL, NULL },
  { N_("STAGING"), "dialog-information-symbolic", "strata-staging" },
  { N_("PRODUCTION"), "dialog-warning-symbolic", "strata-production" },
};

G_DEFINE_FINAL_TYPE (StrataEnvironmentStrip, strata_environment_strip, ADW_TYPE_BIN)

static void
strata_environment_strip_class_init (StrataEnvironmentStripClass *klass)
{
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "strip");
}

static void
strata_environment_strip_init (StrataEnvironmentStrip *self)
{
  self->revealer = gtk_revealer_new ();
  self->band = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "spacing", 8, NULL);
  self->icon = gtk_image_new ();
  self->name = gtk_label_new (NULL);
  self->detail = gtk_label_new (NULL);

  gtk_widget_add_css_class (self->band, "strata-strip");
  gtk_widget_add_css_class (self->name, "strata-strip-name");
  gtk_label_set_ellipsize (GTK_LABEL (self->detail), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->detail), 0);
  gtk_box_append (GTK_BOX (self->band), self->icon);
  gtk_box_append (GTK_BOX (self->band), self->name);
  gtk_box_append (GTK_BOX (self->band), self->detail);
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), self->band);
  adw_bin_set_child (ADW_BIN (self), self->revealer);
}

GtkWidget *
strata_environment_strip_new (void)
{
  return g_object_new (STRATA_TYPE_ENVIRONMENT_STRIP, NULL);
}

void
strata_environment_strip_update (StrataEnvironmentStrip *self,
                                 guint                   environment,
                                 const char             *detail,
                                 const char             *colour)
{
  g_autofree char *spoken = NULL;
  gboolean shown = environment > 0 && environment < G_N_ELEMENTS (environments) && detail != NULL;

  g_return_if_fail (STRATA_IS_ENVIRONMENT_STRIP (self));

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), shown);
  if (!shown)
    return;

  for (guint i = 1; i < G_N_ELEMENTS (environments); i++)
    gtk_widget_remove_css_class (self->band, environments[i].style);
  gtk_widget_add_css_class (self->band, environments[environment].style);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), environments[environment].icon);
  gtk_label_set_text (GTK_LABEL (self->name), _(environments[environment].name));
  gtk_label_set_text (GTK_LABEL (self->detail), detail);
  gtk_widget_set_tooltip_text (self->band, detail);
  strata_colour_paint (self->band, colour);

  /* Translators: an environment, and which database. */
  spoken = g_strdup_printf (_("%s: %s"), _(environments[environment].name), detail);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->band), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

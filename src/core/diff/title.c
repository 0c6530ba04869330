/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Differences in words. */

#include "config.h"

#include "core/diff/diff.h"

static const char *
get_part_kind (const StrataObject *object)
{
  switch ((guint) object->kind)
    {
    case STRATA_OBJECT_ENUM:
      return "value";
    case STRATA_OBJECT_DOMAIN:
      return "check constraint";
    case STRATA_OBJECT_COMPOSITE:
      return "attribute";
    default:
      return "column";
    }
}

/* "users.phone", "value 'sad' of enum mood" without the words that the kind of the difference says. */
static char *
dup_part (const StrataObject *object,
          const char         *part,
          const char         *default_schema)
{
  g_autofree char *title = NULL;

  if (object->kind == STRATA_OBJECT_TABLE)
    {
      gboolean is_default = object->schema == NULL || g_strcmp0 (object->schema, default_schema) == 0;

      return is_default ? g_strdup_printf ("column %s.%s", object->name, part)
                        : g_strdup_printf ("column %s.%s.%s", object->schema, object->name, part);
    }

  title = strata_object_dup_title (object, default_schema);

  return g_strdup_printf ("%s %s of %s", get_part_kind (object), part, title);
}

static char *
dup_subject (const StrataObject *object,
             const char         *part,
             const char         *default_schema)
{
  return part != NULL ? dup_part (object, part, default_schema) : strata_object_dup_title (object, default_schema);
}

static gboolean
is_short (const char *text)
{
  return text == NULL || g_utf8_strlen (text, -1) <= 60;
}

char *
strata_difference_dup_title (const StrataDifference *self,
                             const char             *default_schema)
{
  const StrataObject *object = self->from != NULL ? self->from : self->to;
  g_autofree char *subject = NULL;

  g_return_val_if_fail (object != NULL, NULL);

  subject = dup_subject (object, self->part, default_schema);
  switch (self->kind)
    {
    case STRATA_DIFFERENCE_ADDED:
      return g_strdup_printf ("add %s", subject);
    case STRATA_DIFFERENCE_REMOVED:
      return g_strdup_printf ("drop %s", subject);
    case STRATA_DIFFERENCE_RENAMED:
      return g_strdup_printf ("rename %s to %s", subject, self->new_part != NULL ? self->new_part : self->to->name);
    case STRATA_DIFFERENCE_CHANGED:
    default:
      break;
    }

  if (!is_short (self->was) || !is_short (self->is))
    return g_strdup_printf ("%s %s of %s", self->was == NULL ? "set" : self->is == NULL ? "remove" : "change", self->property,
                            subject);
  if (self->was == NULL)
    return g_strdup_printf ("set %s of %s to %s", self->property, subject, self->is);
  if (self->is == NULL)
    return g_strdup_printf ("remove %s of %s", self->property, subject);

  return g_strdup_printf ("change %s of %s from %s to %s", self->property, subject, self->was, self->is);
}

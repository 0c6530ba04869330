/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Differences in words. */

#include "config.h"

#include "core/diff/diff.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What of a thing can change, where that is no word of SQL. */
static const char *
get_property_words (const char *property)
{
  static const char * const words[] = {
    N_("access method"), N_("bound"), N_("check"), N_("clauses"), N_("cluster index"), N_("collation"), N_("command"),
    N_("comment"), N_("compression"), N_("default"), N_("definition"), N_("enabled"), N_("forced row security"),
    N_("generated"), N_("identity"), N_("increment"), N_("inherited"), N_("kind"), N_("name of DEFAULT"),
    N_("name of NOT NULL"), N_("name of sequence"), N_("nullable"), N_("on conflict"), N_("options"), N_("order"), N_("owner"),
    N_("parents"), N_("partitioning"), N_("replica identity"), N_("replica index"), N_("roles"),
    N_("row security"), N_("schema"), N_("start"), N_("statistics"), N_("storage"), N_("storage parameters"),
    N_("tablespace"), N_("type"), N_("unlogged"), N_("version"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i], property) == 0)
      return _(words[i]);

  return property;
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

      return is_default ? g_strdup_printf (_("column %s.%s"), object->name, part)
                        : g_strdup_printf (_("column %s.%s.%s"), object->schema, object->name, part);
    }

  title = strata_object_dup_title (object, default_schema);
  switch ((guint) object->kind)
    {
    case STRATA_OBJECT_ENUM:
      return g_strdup_printf (_("value %s of %s"), part, title);
    case STRATA_OBJECT_DOMAIN:
      return g_strdup_printf (_("check constraint %s of %s"), part, title);
    case STRATA_OBJECT_COMPOSITE:
      return g_strdup_printf (_("attribute %s of %s"), part, title);
    default:
      return g_strdup_printf (_("column %s of %s"), part, title);
    }
}

static char *
dup_subject (const StrataObject *object,
             const char         *part,
             const char         *default_schema)
{
  return part != NULL ? dup_part (object, part, default_schema) : strata_object_dup_title (object, default_schema);
}

/* Whole definitions are not for a title. */
static gboolean
is_short (const char *text)
{
  return text == NULL || (g_utf8_strlen (text, -1) <= 60 && strchr (text, '\n') == NULL);
}

static char *
dup_changed_title (const StrataDifference *self,
                   const char             *subject)
{
  const char *property = get_property_words (self->property);

  if (is_short (self->was) && is_short (self->is) && self->was != NULL && self->is != NULL)
    /* Translators: what of a thing, the thing, the old value, the new one: “change type of column a.b from text to integer”. */
    return g_strdup_printf (_("change %s of %s from %s to %s"), property, subject, self->was, self->is);
  if (is_short (self->is) && self->was == NULL)
    /* Translators: what of a thing, the thing, its value: “set comment of table a to words”. */
    return g_strdup_printf (_("set %s of %s to %s"), property, subject, self->is);
  if (self->was == NULL)
    /* Translators: what of a thing, the thing: “set comment of table a”. */
    return g_strdup_printf (_("set %s of %s"), property, subject);
  if (self->is == NULL)
    /* Translators: what of a thing, the thing: “remove comment of table a”. */
    return g_strdup_printf (_("remove %s of %s"), property, subject);

  /* Translators: what of a thing, the thing: “change comment of table a”. */
  return g_strdup_printf (_("change %s of %s"), property, subject);
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
      /* Translators: this and the next are steps of a list: “add table users”. */
      return g_strdup_printf (_("add %s"), subject);
    case STRATA_DIFFERENCE_REMOVED:
      return g_strdup_printf (_("drop %s"), subject);
    case STRATA_DIFFERENCE_RENAMED:
      /* Translators: a thing, and its new name: “rename table users to people”. */
      return g_strdup_printf (_("rename %s to %s"), subject, self->new_part != NULL ? self->new_part : self->to->name);
    case STRATA_DIFFERENCE_CHANGED:
    default:
      return dup_changed_title (self, subject);
    }
}

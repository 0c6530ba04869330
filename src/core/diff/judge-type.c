/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/diff/judge.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

static const struct
{
  const char      *name;
  StrataTypeClass  class;
  guint            rank;
} names[] = {
  { "smallint", STRATA_CLASS_WHOLE, 2 },
  { "integer", STRATA_CLASS_WHOLE, 4 },
  { "bigint", STRATA_CLASS_WHOLE, 8 },
  { "numeric", STRATA_CLASS_NUMERIC, 0 },
  { "real", STRATA_CLASS_FLOAT, 4 },
  { "double precision", STRATA_CLASS_FLOAT, 8 },
  { "character varying", STRATA_CLASS_TEXT, 0 },
  { "character", STRATA_CLASS_TEXT, 0 },
  { "text", STRATA_CLASS_TEXT, 0 },
  { "timestamp without time zone", STRATA_CLASS_TIME_STAMP, 0 },
  { "timestamp with time zone", STRATA_CLASS_TIME_STAMP, 0 },
  { "date", STRATA_CLASS_DATE, 0 },
  { "time without time zone", STRATA_CLASS_TIME, 0 },
  { "vector", STRATA_CLASS_VECTOR, 0 },
  { "halfvec", STRATA_CLASS_VECTOR, 0 },
  { "sparsevec", STRATA_CLASS_VECTOR, 0 },
  { "json", STRATA_CLASS_JSON, 0 },
  { "jsonb", STRATA_CLASS_JSON, 1 },
};

/* "numeric(10,2)", "timestamp(3) with time zone", "ext.vector(3)". */
void
strata_diff_read_type (const char     *text,
                       StrataTypeInfo *info)
{
  const char *open = strchr (text, '('), *close = open != NULL ? strchr (open, ')') : NULL;
  g_autofree char *name = close != NULL ? g_strdup_printf ("%.*s%s", (int) (open - text), text, close + 1) : g_strdup (text);
  const char *last = strrchr (name, '.');

  memset (info, 0, sizeof *info);
  if (strchr (name, '[') != NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i].name, name) == 0
        || (names[i].class == STRATA_CLASS_VECTOR && last != NULL && strcmp (names[i].name, last + 1) == 0))
      {
        info->class = names[i].class;
        info->rank = names[i].rank;
        info->is_fixed = strcmp (names[i].name, "character") == 0;
      }
  if (close != NULL)
    {
      const char *comma = memchr (open, ',', close - open);

      info->length = strtoul (open + 1, NULL, 10);
      info->scale = comma != NULL ? strtoul (comma + 1, NULL, 10) : 0;
    }
}

static void
judge_numbers (const StrataTypeInfo  *from,
               const StrataTypeInfo  *to,
               const char     **loss,
               const char     **review)
{
  gboolean had_fraction = from->class == STRATA_CLASS_FLOAT
                          || (from->class == STRATA_CLASS_NUMERIC && (from->length == 0 || from->scale > 0));

  if (to->class == STRATA_CLASS_WHOLE && had_fraction)
    *loss = N_("digits after the point");
  else if (to->class == STRATA_CLASS_NUMERIC && from->class == STRATA_CLASS_NUMERIC && to->length > 0
           && (from->length == 0 || to->scale < from->scale))
    *loss = N_("digits after the point that no longer fit");
  else if (to->class == STRATA_CLASS_FLOAT && (from->class != STRATA_CLASS_FLOAT || to->rank < from->rank)
           && !(from->class == STRATA_CLASS_WHOLE && from->rank < to->rank))
    *loss = N_("precision of large numbers");

  if (to->class == STRATA_CLASS_WHOLE && (from->class != STRATA_CLASS_WHOLE || to->rank < from->rank))
    *review = N_("fails where a number is out of range");
  else if (to->class == STRATA_CLASS_NUMERIC && to->length > 0
           && (from->class != STRATA_CLASS_NUMERIC || from->length == 0 || to->length - to->scale < from->length - from->scale))
    *review = N_("fails where a number has more digits");
}

static void
judge_texts (const StrataTypeInfo  *from,
             const StrataTypeInfo  *to,
             const char     **loss,
             const char     **review)
{
  if (to->length > 0 && (from->length == 0 || to->length < from->length))
    *review = N_("fails where a text is longer");
  if (from->is_fixed && !to->is_fixed)
    *loss = N_("blanks at the end");
}

static gboolean
is_number (const StrataTypeInfo *info)
{
  return info->class == STRATA_CLASS_WHOLE || info->class == STRATA_CLASS_NUMERIC || info->class == STRATA_CLASS_FLOAT;
}

static gboolean
is_moment (const StrataTypeInfo *info)
{
  return info->class == STRATA_CLASS_TIME_STAMP || info->class == STRATA_CLASS_DATE || info->class == STRATA_CLASS_TIME;
}

void
strata_diff_judge_type (StrataDialect   dialect,
                        const char     *from,
                        const char     *to,
                        const char    **loss,
                        const char    **review)
{
  StrataTypeInfo old, new;

  /* SQLite keeps any value in any column, but for STRICT tables. */
  if (dialect != STRATA_DIALECT_POSTGRESQL || from == NULL || to == NULL)
    return;

  strata_diff_read_type (from, &old);
  strata_diff_read_type (to, &new);
  if (is_number (&old) && is_number (&new))
    judge_numbers (&old, &new, loss, review);
  else if (old.class == STRATA_CLASS_TEXT && new.class == STRATA_CLASS_TEXT)
    judge_texts (&old, &new, loss, review);
  else if (is_moment (&old) && new.class == STRATA_CLASS_DATE)
    *loss = N_("the time of day");
  else if (old.class == STRATA_CLASS_TIME_STAMP && new.class == STRATA_CLASS_TIME)
    *loss = N_("the day");
  else if (old.class == STRATA_CLASS_TIME_STAMP && new.class == STRATA_CLASS_TIME_STAMP)
    {
      if (strcmp (from, to) != 0 && (strstr (from, "with time") != NULL) != (strstr (to, "with time") != NULL))
        *review = N_("moments are converted with the session's time zone");
    }
  else if (old.class == STRATA_CLASS_VECTOR && new.class == STRATA_CLASS_VECTOR)
    {
      if (new.length > 0 && new.length != old.length)
        *review = N_("vectors of another dimension can't be converted: the rows have to be embedded again");
    }
  else if (new.class == STRATA_CLASS_TEXT)
    {
      if (new.length > 0)
        *review = N_("fails where a text is longer");
    }
  else if (!(old.class == STRATA_CLASS_DATE && new.class == STRATA_CLASS_TIME_STAMP)
           && !(old.class == STRATA_CLASS_JSON && new.class == STRATA_CLASS_JSON))
    *review = N_("fails where a value can't be converted");
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/diff/judge.h"

#include <stdlib.h>
#include <string.h>

typedef enum
{
  CLASS_OTHER,
  CLASS_WHOLE,       /* numbers, the rank is how many bytes */
  CLASS_NUMERIC,
  CLASS_FLOAT,
  CLASS_TEXT,        /* the length is how many characters, 0 any */
  CLASS_TIME_STAMP,
  CLASS_DATE,
  CLASS_TIME,
  CLASS_VECTOR,
  CLASS_JSON,
} TypeClass;

typedef struct
{
  TypeClass class;
  guint     rank;
  guint     length;
  guint     scale;
  gboolean  is_fixed;
} TypeInfo;

static const struct
{
  const char *name;
  TypeClass   class;
  guint       rank;
} names[] = {
  { "smallint", CLASS_WHOLE, 2 },
  { "integer", CLASS_WHOLE, 4 },
  { "bigint", CLASS_WHOLE, 8 },
  { "numeric", CLASS_NUMERIC, 0 },
  { "real", CLASS_FLOAT, 4 },
  { "double precision", CLASS_FLOAT, 8 },
  { "character varying", CLASS_TEXT, 0 },
  { "character", CLASS_TEXT, 0 },
  { "text", CLASS_TEXT, 0 },
  { "timestamp without time zone", CLASS_TIME_STAMP, 0 },
  { "timestamp with time zone", CLASS_TIME_STAMP, 0 },
  { "date", CLASS_DATE, 0 },
  { "time without time zone", CLASS_TIME, 0 },
  { "vector", CLASS_VECTOR, 0 },
  { "halfvec", CLASS_VECTOR, 0 },
  { "sparsevec", CLASS_VECTOR, 0 },
  { "json", CLASS_JSON, 0 },
  { "jsonb", CLASS_JSON, 1 },
};

/* "numeric(10,2)", "timestamp(3) with time zone", "ext.vector(3)". */
static void
read_type (const char *text,
           TypeInfo   *info)
{
  const char *open = strchr (text, '('), *close = open != NULL ? strchr (open, ')') : NULL;
  g_autofree char *name = close != NULL ? g_strdup_printf ("%.*s%s", (int) (open - text), text, close + 1) : g_strdup (text);
  const char *last = strrchr (name, '.');

  memset (info, 0, sizeof *info);
  if (strchr (name, '[') != NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i].name, name) == 0
        || (names[i].class == CLASS_VECTOR && last != NULL && strcmp (names[i].name, last + 1) == 0))
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
judge_numbers (const TypeInfo  *from,
               const TypeInfo  *to,
               const char     **loss,
               const char     **review)
{
  gboolean had_fraction = from->class == CLASS_FLOAT || (from->class == CLASS_NUMERIC && (from->length == 0 || from->scale > 0));

  if (to->class == CLASS_WHOLE && had_fraction)
    *loss = "digits after the point";
  else if (to->class == CLASS_NUMERIC && from->class == CLASS_NUMERIC && to->length > 0
           && (from->length == 0 || to->scale < from->scale))
    *loss = "digits after the point that no longer fit";
  else if (to->class == CLASS_FLOAT && (from->class != CLASS_FLOAT || to->rank < from->rank)
           && !(from->class == CLASS_WHOLE && from->rank < to->rank))
    *loss = "precision of large numbers";

  if (to->class == CLASS_WHOLE && (from->class != CLASS_WHOLE || to->rank < from->rank))
    *review = "fails where a number is out of range";
  else if (to->class == CLASS_NUMERIC && to->length > 0
           && (from->class != CLASS_NUMERIC || from->length == 0 || to->length - to->scale < from->length - from->scale))
    *review = "fails where a number has more digits";
}

static void
judge_texts (const TypeInfo  *from,
             const TypeInfo  *to,
             const char     **loss,
             const char     **review)
{
  if (to->length > 0 && (from->length == 0 || to->length < from->length))
    *review = "fails where a text is longer";
  if (from->is_fixed && !to->is_fixed)
    *loss = "blanks at the end";
}

static gboolean
is_number (const TypeInfo *info)
{
  return info->class == CLASS_WHOLE || info->class == CLASS_NUMERIC || info->class == CLASS_FLOAT;
}

static gboolean
is_moment (const TypeInfo *info)
{
  return info->class == CLASS_TIME_STAMP || info->class == CLASS_DATE || info->class == CLASS_TIME;
}

void
strata_diff_judge_type (StrataDialect   dialect,
                        const char     *from,
                        const char     *to,
                        const char    **loss,
                        const char    **review)
{
  TypeInfo old, new;

  /* SQLite keeps any value in any column, but for STRICT tables. */
  if (dialect != STRATA_DIALECT_POSTGRESQL || from == NULL || to == NULL)
    return;

  read_type (from, &old);
  read_type (to, &new);
  if (is_number (&old) && is_number (&new))
    judge_numbers (&old, &new, loss, review);
  else if (old.class == CLASS_TEXT && new.class == CLASS_TEXT)
    judge_texts (&old, &new, loss, review);
  else if (is_moment (&old) && new.class == CLASS_DATE)
    *loss = "the time of day";
  else if (old.class == CLASS_TIME_STAMP && new.class == CLASS_TIME)
    *loss = "the day";
  else if (old.class == CLASS_TIME_STAMP && new.class == CLASS_TIME_STAMP)
    {
      if (strcmp (from, to) != 0 && (strstr (from, "with time") != NULL) != (strstr (to, "with time") != NULL))
        *review = "moments are converted with the session's time zone";
    }
  else if (old.class == CLASS_VECTOR && new.class == CLASS_VECTOR)
    {
      if (new.length > 0 && new.length != old.length)
        *review = "vectors of another dimension can't be converted: the rows have to be embedded again";
    }
  else if (new.class == CLASS_TEXT)
    {
      if (new.length > 0)
        *review = "fails where a text is longer";
    }
  else if (!(old.class == CLASS_DATE && new.class == CLASS_TIME_STAMP) && !(old.class == CLASS_JSON && new.class == CLASS_JSON))
    *review = "fails where a value can't be converted";
}

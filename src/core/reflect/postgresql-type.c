/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/reflect/postgresql-type.h"

#include <stdlib.h>
#include <string.h>

static const struct
{
  const char     *words;
  StrataTypeKind  kind;
} names[] = {
  { "hstore", STRATA_TYPE_HSTORE }, { "json", STRATA_TYPE_JSON }, { "jsonb", STRATA_TYPE_JSONB },
  { "jsonpath", STRATA_TYPE_JSONPATH }, { "int4range", STRATA_TYPE_INT4RANGE }, { "int8range", STRATA_TYPE_INT8RANGE },
  { "numrange", STRATA_TYPE_NUMRANGE }, { "daterange", STRATA_TYPE_DATERANGE }, { "tsrange", STRATA_TYPE_TSRANGE },
  { "tstzrange", STRATA_TYPE_TSTZRANGE }, { "int4multirange", STRATA_TYPE_INT4MULTIRANGE },
  { "int8multirange", STRATA_TYPE_INT8MULTIRANGE }, { "nummultirange", STRATA_TYPE_NUMMULTIRANGE },
  { "datemultirange", STRATA_TYPE_DATEMULTIRANGE }, { "tsmultirange", STRATA_TYPE_TSMULTIRANGE },
  { "tstzmultirange", STRATA_TYPE_TSTZMULTIRANGE }, { "integer", STRATA_TYPE_INTEGER }, { "bigint", STRATA_TYPE_BIGINT },
  { "smallint", STRATA_TYPE_SMALLINT }, { "character varying", STRATA_TYPE_VARCHAR }, { "character", STRATA_TYPE_CHAR },
  { "\"char\"", STRATA_TYPE_STRING }, { "name", STRATA_TYPE_STRING }, { "text", STRATA_TYPE_TEXT },
  { "numeric", STRATA_TYPE_NUMERIC }, { "real", STRATA_TYPE_REAL }, { "inet", STRATA_TYPE_INET },
  { "cidr", STRATA_TYPE_CIDR }, { "citext", STRATA_TYPE_CITEXT }, { "uuid", STRATA_TYPE_UUID }, { "bit", STRATA_TYPE_BIT },
  { "bit varying", STRATA_TYPE_BIT }, { "macaddr", STRATA_TYPE_MACADDR }, { "macaddr8", STRATA_TYPE_MACADDR8 },
  { "money", STRATA_TYPE_MONEY }, { "oid", STRATA_TYPE_OID }, { "regclass", STRATA_TYPE_REGCLASS },
  { "double precision", STRATA_TYPE_DOUBLE_PRECISION }, { "timestamp with time zone", STRATA_TYPE_TIMESTAMP },
  { "timestamp without time zone", STRATA_TYPE_TIMESTAMP }, { "time with time zone", STRATA_TYPE_TIME },
  { "time without time zone", STRATA_TYPE_TIME }, { "date", STRATA_TYPE_DATE }, { "bytea", STRATA_TYPE_BYTEA },
  { "boolean", STRATA_TYPE_BOOLEAN }, { "interval", STRATA_TYPE_INTERVAL }, { "tsvector", STRATA_TYPE_TSVECTOR },
};

/* "timestamp(3) with time zone": the words without the numbers in parentheses, which are two at most. */
static char *
take_numbers (const char *words,
              guint       numbers[2],
              guint      *n)
{
  const char *open = strchr (words, '(');
  const char *close = open != NULL ? strchr (open, ')') : NULL;
  char *end;

  *n = 0;
  if (close == NULL || !g_ascii_isdigit (open[1]))
    return g_strdup (words);

  numbers[(*n)++] = strtoul (open + 1, &end, 10);
  if (*end == ',')
    numbers[(*n)++] = strtol (end + 1, NULL, 10);

  return g_strdup_printf ("%.*s%s", (int) (open - words), words, close + 1);
}

static void
set_numbers (StrataType  *type,
             const guint  numbers[2],
             guint        n)
{
  switch ((int) type->kind)
    {
    case STRATA_TYPE_VARCHAR: case STRATA_TYPE_CHAR: case STRATA_TYPE_BIT:
      type->length = n > 0 ? numbers[0] : 0;
      break;

    case STRATA_TYPE_NUMERIC:
      type->has_precision = type->has_scale = n == 2;
      type->precision = n == 2 ? numbers[0] : 0;
      type->scale = n == 2 ? numbers[1] : 0;
      break;

    case STRATA_TYPE_DOUBLE_PRECISION:
      type->has_precision = TRUE;
      type->precision = 53;
      break;

    case STRATA_TYPE_TIMESTAMP: case STRATA_TYPE_TIME: case STRATA_TYPE_INTERVAL:
      type->has_precision = n > 0;
      type->precision = n > 0 ? numbers[0] : 0;
      break;

    default:
      break;
    }
}

static StrataType *
read_builtin (StrataPicture *picture,
              const char    *words)
{
  StrataType *type = strata_picture_alloc (picture, sizeof *type);
  guint numbers[2] = { 0, 0 }, n = 0;
  g_autofree char *name = take_numbers (words, numbers, &n);

  if (g_str_has_prefix (name, "interval "))
    {
      type->kind = STRATA_TYPE_INTERVAL;
      type->fields = strata_picture_intern (picture, name + strlen ("interval "));
    }

  for (guint i = 0; type->kind == STRATA_TYPE_NONE && i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i].words, name) == 0)
      type->kind = names[i].kind;

  type->has_timezone = g_str_has_suffix (name, " with time zone");
  type->is_varying = strcmp (name, "bit varying") == 0;
  set_numbers (type, numbers, n);

  return type;
}

const StrataType *
strata_postgresql_read_type (StrataPicture *picture,
                             GHashTable    *named,
                             const char    *words,
                             const char    *collation)
{
  g_autofree char *item = g_strdup (words);
  const StrataType *known;
  StrataType *type;
  gboolean is_array = FALSE;

  while (g_str_has_suffix (item, "[]"))
    {
      item[strlen (item) - 2] = '\0';
      is_array = TRUE;
    }

  known = g_hash_table_lookup (named, item);
  type = known != NULL ? NULL : read_builtin (picture, item);
  if (type != NULL && type->kind != STRATA_TYPE_NONE)
    type->collation = strata_picture_intern (picture, collation);
  if (type != NULL)
    known = type;

  if (!is_array || known->kind == STRATA_TYPE_NONE)
    return known;

  type = strata_picture_alloc (picture, sizeof *type);
  type->kind = STRATA_TYPE_ARRAY;
  type->item = known;

  return type;
}

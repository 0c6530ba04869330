/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/reflect/sqlite-type.h"

#include <stdlib.h>
#include <string.h>

static const struct
{
  const char     *name;
  StrataTypeKind  kind;
} names[] = {
  { "BIGINT", STRATA_TYPE_BIGINT },
  { "BLOB", STRATA_TYPE_BLOB },
  { "BOOL", STRATA_TYPE_BOOLEAN },
  { "BOOLEAN", STRATA_TYPE_BOOLEAN },
  { "CHAR", STRATA_TYPE_CHAR },
  { "DATE", STRATA_TYPE_DATE },
  { "DATE_CHAR", STRATA_TYPE_DATE },
  { "DATETIME", STRATA_TYPE_DATETIME },
  { "DATETIME_CHAR", STRATA_TYPE_DATETIME },
  { "DOUBLE", STRATA_TYPE_DOUBLE },
  { "DECIMAL", STRATA_TYPE_DECIMAL },
  { "FLOAT", STRATA_TYPE_FLOAT },
  { "INT", STRATA_TYPE_INTEGER },
  { "INTEGER", STRATA_TYPE_INTEGER },
  { "JSON", STRATA_TYPE_JSON },
  { "NUMERIC", STRATA_TYPE_NUMERIC },
  { "REAL", STRATA_TYPE_REAL },
  { "SMALLINT", STRATA_TYPE_SMALLINT },
  { "TEXT", STRATA_TYPE_TEXT },
  { "TIME", STRATA_TYPE_TIME },
  { "TIME_CHAR", STRATA_TYPE_TIME },
  { "TIMESTAMP", STRATA_TYPE_TIMESTAMP },
  { "VARCHAR", STRATA_TYPE_VARCHAR },
  { "NVARCHAR", STRATA_TYPE_NVARCHAR },
  { "NCHAR", STRATA_TYPE_NCHAR },
};

/* In this order: the first word that is found within decides. */
static const struct
{
  const char     *part;
  StrataTypeKind  kind;
} affinities[] = {
  { "INT", STRATA_TYPE_INTEGER },
  { "CHAR", STRATA_TYPE_TEXT },
  { "CLOB", STRATA_TYPE_TEXT },
  { "TEXT", STRATA_TYPE_TEXT },
  { "BLOB", STRATA_TYPE_NONE },
  { "REAL", STRATA_TYPE_REAL },
  { "FLOA", STRATA_TYPE_REAL },
  { "DOUB", STRATA_TYPE_REAL },
};

static StrataTypeKind
find_kind (const char *name)
{
  if (*name == '\0')
    return STRATA_TYPE_NONE;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (*names[i].name == *name && strcmp (names[i].name, name) == 0)
      return names[i].kind;

  for (guint i = 0; i < G_N_ELEMENTS (affinities); i++)
    if (strstr (name, affinities[i].part) != NULL)
      return affinities[i].kind;

  return STRATA_TYPE_NUMERIC;
}

/* Up to two numbers of "(10, 2)"; how many there are. */
static guint
read_numbers (const char *text,
              guint       numbers[2])
{
  guint n = 0;

  while (n < 2 && *text != '\0' && *text != ')')
    {
      char *end;

      if (!g_ascii_isdigit (*text))
        {
          text++;
          continue;
        }
      numbers[n++] = strtoul (text, &end, 10);
      text = end;
    }

  return n;
}

static void
set_numbers (StrataType  *type,
             const guint  numbers[2],
             guint        n)
{
  switch ((int) type->kind)
    {
    case STRATA_TYPE_VARCHAR: case STRATA_TYPE_CHAR: case STRATA_TYPE_NVARCHAR: case STRATA_TYPE_NCHAR:
    case STRATA_TYPE_TEXT: case STRATA_TYPE_BLOB:
      type->length = n > 0 ? numbers[0] : 0;
      break;

    case STRATA_TYPE_NUMERIC: case STRATA_TYPE_DECIMAL: case STRATA_TYPE_FLOAT: case STRATA_TYPE_REAL:
    case STRATA_TYPE_DOUBLE:
      type->has_precision = n > 0;
      type->precision = n > 0 ? numbers[0] : 0;
      type->has_scale = n > 1 && (type->kind == STRATA_TYPE_NUMERIC || type->kind == STRATA_TYPE_DECIMAL);
      type->scale = type->has_scale ? numbers[1] : 0;
      break;

    default:
      break;
    }
}

const StrataType *
strata_sqlite_read_type (StrataPicture *picture,
                         const char    *words)
{
  g_autofree char *upper = g_ascii_strup (words, -1);
  StrataType *type = strata_picture_alloc (picture, sizeof *type);
  gsize length = 0;
  guint numbers[2] = { 0, 0 };
  gboolean has_numbers;

  while (g_ascii_isalnum (upper[length]) || upper[length] == '_' || upper[length] == ' ' || (upper[length] & 0x80) != 0)
    length++;

  has_numbers = upper[length] == '(';
  upper[length] = '\0';
  type->kind = find_kind (upper);
  if (has_numbers)
    set_numbers (type, numbers, read_numbers (words + length, numbers));

  return type;
}

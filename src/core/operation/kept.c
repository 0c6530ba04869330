/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/operation/kept.h"

/* The words by which SQLAlchemy would write the type again. */
static char *
dup_words (const StrataType *type)
{
  const char *name = strata_type_kind_get_name (type->kind);

  switch ((int) type->kind)
    {
    case STRATA_TYPE_VARCHAR: case STRATA_TYPE_CHAR: case STRATA_TYPE_NVARCHAR: case STRATA_TYPE_NCHAR:
    case STRATA_TYPE_TEXT:
      return type->length > 0 ? g_strdup_printf ("%s(%u)", name, type->length) : g_strdup (name);

    case STRATA_TYPE_NUMERIC: case STRATA_TYPE_DECIMAL:
      if (type->has_scale)
        return g_strdup_printf ("%s(%u,%u)", name, type->precision, type->scale);
      return type->has_precision ? g_strdup_printf ("%s(%u)", name, type->precision) : g_strdup (name);

    case STRATA_TYPE_NONE:
      return g_strdup ("");

    default:
      return g_strdup (name);
    }
}

gboolean
strata_column_keeps_type (const StrataPictureColumn *from)
{
  g_autofree char *words = dup_words (from->type);
  const char *a = words, *b = from->type_text;

  for (; *a != '\0' || *b != '\0'; a++, b++)
    {
      while (*b == ' ')
        b++;
      if (g_ascii_toupper (*a) != g_ascii_toupper (*b))
        return FALSE;
    }

  return from->type->kind != STRATA_TYPE_NONE;
}

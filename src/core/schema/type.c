/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/schema/type.h"

const StrataType *
strata_type_for_dialect (const StrataType *type,
                         StrataDialect     dialect)
{
  g_return_val_if_fail (type != NULL, NULL);

  for (const StrataTypeVariant *variant = type->variants; variant != NULL; variant = variant->next)
    if (variant->dialect == dialect)
      return variant->type;

  return type;
}

guint
strata_enum_get_length (const StrataEnum *self)
{
  guint longest = self->longest_list;

  for (guint i = 0; self->values != NULL && self->values[i] != NULL; i++)
    longest = MAX (longest, (guint) g_utf8_strlen (self->values[i], -1));

  return longest;
}

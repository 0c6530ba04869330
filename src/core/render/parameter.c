/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/render/expression.h"

/* "name_1", "name_2": those that a comparison made itself are counted by their stem. */
static char *
get_name (StrataWriter           *self,
          const StrataExpression *value)
{
  const char *stem = value->name != NULL ? value->name : "param";

  if (value->name != NULL && !value->is_anonymous)
    return g_strdup (value->name);

  return g_strdup_printf ("%s_%u", stem, strata_writer_count (self, stem));
}

static guint
find_number (StrataWriter           *self,
             const StrataExpression *value)
{
  guint found;

  if (!g_ptr_array_find (self->parameters, value, &found))
    {
      found = self->parameters->len;
      g_ptr_array_add (self->parameters, (gpointer) value);
    }

  return found + 1;
}

/* SQLAlchemy casts those, because drivers send them as text. */
static gboolean
is_uuid (const StrataExpression *value)
{
  if (value->type == NULL)
    return value->value->kind == STRATA_VALUE_UUID;

  return strata_type_kind_get_affinity (value->type->kind) == STRATA_AFFINITY_UUID && !value->type->is_not_native;
}

void
strata_write_placeholder (StrataWriter *self,
                          const char   *name)
{
  if (self->options->parameters == STRATA_PARAMETERS_NAMED)
    strata_writer_putf (self, ":%s", name);
  else if (self->options->parameters == STRATA_PARAMETERS_PYFORMAT)
    strata_writer_putf (self, "%%(%s)s", name);
  else
    strata_writer_put (self, "?");
}

void
strata_write_value (StrataWriter           *self,
                    const StrataExpression *value)
{
  g_autofree char *name = NULL;

  if (self->has_literals)
    {
      strata_write_literal (self, value->type, value->value);
    }
  else if (self->options->parameters == STRATA_PARAMETERS_NUMBERED)
    {
      strata_writer_putf (self, "%s%u", self->server->dialect == STRATA_DIALECT_SQLITE ? "?" : "$",
                          find_number (self, value));
    }
  else
    {
      name = get_name (self, value);
      strata_write_placeholder (self, name);
      if (self->server->has_uuid && is_uuid (value))
        strata_writer_put (self, "::UUID");
      g_ptr_array_add (self->parameters, (gpointer) value);
    }
}

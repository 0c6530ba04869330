/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/render/column.h"

#include "core/render/constraint.h"
#include "core/render/expression.h"
#include "core/render/naming.h"

void
strata_write_sequence_words (StrataWriter         *self,
                             const StrataIdentity *identity)
{
  const struct
  {
    const char *words;
    const char *value;
  } settings[] = {
    { "INCREMENT BY ", identity->increment },
    { "START WITH ", identity->start },
    { "MINVALUE ", identity->minvalue },
    { "MAXVALUE ", identity->maxvalue },
    { "NO MINVALUE", identity->has_no_minvalue ? "" : NULL },
    { "NO MAXVALUE", identity->has_no_maxvalue ? "" : NULL },
    { "CACHE ", identity->cache },
    { "CYCLE", identity->cycles == STRATA_YES ? "" : NULL },
    { "NO CYCLE", identity->cycles == STRATA_NO ? "" : NULL },
  };
  const char *separator = "";

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (settings[i].value != NULL)
      {
        strata_writer_putf (self, "%s%s%s", separator, settings[i].words, settings[i].value);
        separator = " ";
      }
}

void
strata_write_identity (StrataWriter         *self,
                       const StrataIdentity *identity)
{
  gsize start;

  strata_writer_putf (self, "GENERATED %s AS IDENTITY", identity->is_always ? "ALWAYS" : "BY DEFAULT");

  start = self->text->len;
  strata_write_sequence_words (self, identity);
  if (self->text->len > start)
    {
      g_string_insert (self->text, start, " (");
      strata_writer_put (self, ")");
    }
}

void
strata_write_computed (StrataWriter         *self,
                       const StrataComputed *computed)
{
  strata_writer_put (self, "GENERATED ALWAYS AS (");
  strata_write_expression (self, computed->expression);
  strata_writer_put (self, ")");
}

static void
write_checks (StrataWriter           *self,
              const StrataTableParts *table,
              const StrataColumn     *column)
{
  for (guint i = 0; column->constraints != NULL && column->constraints[i] != NULL; i++)
    {
      StrataConstraint constraint = *column->constraints[i];

      if (constraint.kind != STRATA_CONSTRAINT_CHECK)
        continue;

      constraint.name = strata_naming_apply (self, table->schema, table->name, &constraint, table->memory);
      strata_writer_put (self, " ");
      strata_write_constraint (self, table, table->schema, &constraint, NULL);
    }
}

void
strata_write_column (StrataWriter           *self,
                     const StrataTableParts *table,
                     const StrataColumn     *column)
{
  strata_write_added_column (self, table, column, FALSE, NULL);
}

void
strata_write_added_column (StrataWriter           *self,
                           const StrataTableParts *table,
                           const StrataColumn     *column,
                           gboolean                inline_primary_key,
                           const StrataConstraint *reference)
{
  strata_write_name (self, column->name);
  strata_writer_put (self, " ");
  self->server->write_column (self, table, column);

  if (inline_primary_key && column->is_primary_key)
    strata_writer_put (self, " PRIMARY KEY");

  if (reference != NULL)
    {
      strata_writer_put (self, " REFERENCES ");
      strata_write_qualified (self, reference->reference->schema, reference->reference->table);
      strata_writer_put (self, " (");
      strata_write_names (self, reference->reference->columns);
      strata_writer_put (self, ")");
    }

  write_checks (self, table, column);
}

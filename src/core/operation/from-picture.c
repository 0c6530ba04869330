/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/operation/from-picture.h"

typedef struct
{
  StrataDialect    dialect;
  StrataAllocFunc  alloc;
  gpointer         data;
} Maker;

#define NEW(self, Type) ((Type *) (self)->alloc ((self)->data, sizeof (Type)))
#define NEW_LIST(self, n) ((self)->alloc ((self)->data, ((n) + 1) * sizeof (gpointer)))

static guint
count (gconstpointer list)
{
  guint n = 0;

  while (list != NULL && ((const gpointer *) list)[n] != NULL)
    n++;

  return n;
}

/* SQL of the server, as it stands. */
static const StrataExpression *
new_words (Maker      *self,
           const char *text)
{
  StrataExpression *expression = NEW (self, StrataExpression);

  expression->kind = STRATA_EXPRESSION_WORDS;
  expression->name = text;

  return expression;
}

static const StrataExpression *
new_column_reference (Maker      *self,
                      const char *name)
{
  StrataExpression *expression = NEW (self, StrataExpression);

  expression->kind = STRATA_EXPRESSION_COLUMN;
  expression->name = name;

  return expression;
}

static const StrataIdentity *
new_identity (Maker                       *self,
              const StrataPictureIdentity *from)
{
  StrataIdentity *identity = NEW (self, StrataIdentity);

  *identity = (StrataIdentity) {
    .is_always = from->is_always,
    .start = from->start,
    .increment = from->increment,
    .minvalue = from->minvalue,
    .maxvalue = from->maxvalue,
    .cache = from->cache,
    .cycles = from->cycles ? STRATA_YES : STRATA_NO,
  };

  return identity;
}

static const StrataOption *
new_option (Maker      *self,
            const char *name)
{
  StrataOption *option = NEW (self, StrataOption);

  option->name = name;

  return option;
}

static const StrataOption * const *
list_text_option (Maker      *self,
                  const char *name,
                  const char *text)
{
  const StrataOption **list;
  StrataOption *option;

  if (text == NULL)
    return NULL;

  list = NEW_LIST (self, 1);
  option = (StrataOption *) new_option (self, name);
  option->text = text;
  list[0] = option;

  return list;
}

static const StrataColumn *
new_column (Maker                     *self,
            const StrataPictureTable  *table,
            const StrataPictureColumn *from)
{
  StrataColumn *column = NEW (self, StrataColumn);
  const StrataPictureKey *key = table->primary_key;

  column->name = from->name;
  column->type = from->type;
  column->nullable = from->is_nullable ? STRATA_YES : STRATA_NO;
  for (guint i = 0; key != NULL && key->columns[i] != NULL; i++)
    column->is_primary_key |= g_strcmp0 (key->columns[i], from->name) == 0;
  column->autoincrement = from->is_autoincrement || self->dialect == STRATA_DIALECT_SQLITE ? STRATA_AUTOINCREMENT_AUTO
                                                                                           : STRATA_AUTOINCREMENT_NO;
  column->comment = from->comment;
  column->options = list_text_option (self, "sqlite_on_conflict_not_null", from->on_conflict);

  if (from->computed != NULL)
    {
      StrataComputed *computed = NEW (self, StrataComputed);

      computed->expression = new_words (self, from->computed);
      computed->is_persisted = from->is_stored ? STRATA_YES : STRATA_NO;
      column->computed = computed;
    }
  else if (from->identity != NULL)
    column->identity = new_identity (self, from->identity);
  else if (from->default_text != NULL && !(from->is_autoincrement && self->dialect == STRATA_DIALECT_POSTGRESQL))
    column->server_default = new_words (self, from->default_text);

  return column;
}

static const StrataConstraint *
new_key (Maker                  *self,
         StrataConstraintKind    kind,
         const StrataPictureKey *from)
{
  StrataConstraint *constraint = NEW (self, StrataConstraint);

  constraint->kind = kind;
  constraint->name = (StrataName) { .text = from->name, .is_final = TRUE };
  constraint->columns = from->columns;
  constraint->deferrable = from->deferrable;
  constraint->initially = from->initially;
  constraint->options = list_text_option (self, "sqlite_on_conflict", from->on_conflict);

  return constraint;
}

static const StrataConstraint *
new_check (Maker                    *self,
           const StrataPictureCheck *from)
{
  StrataConstraint *constraint = NEW (self, StrataConstraint);

  constraint->kind = STRATA_CONSTRAINT_CHECK;
  constraint->name = (StrataName) { .text = from->name, .is_final = TRUE };
  constraint->condition = new_words (self, from->text);

  return constraint;
}

static const StrataConstraint *
new_reference (Maker                        *self,
               const StrataPicture          *picture,
               const StrataPictureReference *from)
{
  StrataConstraint *constraint = NEW (self, StrataConstraint);
  StrataReference *reference = NEW (self, StrataReference);

  *reference = (StrataReference) {
    .schema = g_strcmp0 (from->schema, picture->default_schema) != 0 ? from->schema : NULL,
    .table = from->table,
    .columns = from->referred,
    .on_delete = from->on_delete,
    .on_update = from->on_update,
    .match = from->match,
  };
  constraint->kind = STRATA_CONSTRAINT_FOREIGN_KEY;
  constraint->name = (StrataName) { .text = from->name, .is_final = TRUE };
  constraint->columns = from->columns;
  constraint->reference = reference;
  constraint->deferrable = from->deferrable;
  constraint->initially = from->initially;

  return constraint;
}

static const StrataConstraint * const *
list_constraints (Maker                    *self,
                  const StrataPicture      *picture,
                  const StrataPictureTable *table)
{
  const StrataConstraint **list = NEW_LIST (self, 1 + count (table->uniques) + count (table->checks)
                                                  + count (table->references));
  guint n = 0;

  if (table->primary_key != NULL)
    list[n++] = new_key (self, STRATA_CONSTRAINT_PRIMARY_KEY, table->primary_key);
  for (guint i = 0; i < count (table->uniques); i++)
    list[n++] = new_key (self, STRATA_CONSTRAINT_UNIQUE, table->uniques[i]);
  for (guint i = 0; i < count (table->references); i++)
    list[n++] = new_reference (self, picture, table->references[i]);
  for (guint i = 0; i < count (table->checks); i++)
    list[n++] = new_check (self, table->checks[i]);

  return list;
}

static const StrataExpression *
new_element (Maker                      *self,
             const StrataPictureElement *from)
{
  gboolean is_plain = from->column != NULL && !from->is_descending && from->collation == NULL
                      && from->operator_class == NULL && from->nulls == STRATA_NULLS_AS_USUAL;

  return is_plain ? new_column_reference (self, from->column) : new_words (self, from->text);
}

static const StrataOption * const *
list_index_options (Maker                    *self,
                    const StrataPictureIndex *from)
{
  gboolean is_sqlite = self->dialect == STRATA_DIALECT_SQLITE;
  const StrataOption **list = NEW_LIST (self, 6);
  StrataOption *option;
  guint n = 0;

  if (from->where != NULL)
    {
      list[n++] = option = (StrataOption *) new_option (self, is_sqlite ? "sqlite_where" : "postgresql_where");
      option->expression = new_words (self, from->where);
    }
  if (is_sqlite)
    return list;

  if (from->method != NULL && g_strcmp0 (from->method, "btree") != 0)
    {
      list[n++] = option = (StrataOption *) new_option (self, "postgresql_using");
      option->text = from->method;
    }
  if (from->include != NULL)
    {
      list[n++] = option = (StrataOption *) new_option (self, "postgresql_include");
      option->words = from->include;
    }
  if (from->with != NULL)
    {
      list[n++] = option = (StrataOption *) new_option (self, "postgresql_with");
      option->words = from->with;
    }
  if (from->nulls_not_distinct)
    {
      list[n++] = option = (StrataOption *) new_option (self, "postgresql_nulls_not_distinct");
      option->flag = TRUE;
    }

  return list;
}

static const StrataIndex *
new_index (Maker                    *self,
           const StrataPictureIndex *from)
{
  StrataIndex *index = NEW (self, StrataIndex);
  guint n = count (from->elements);
  const StrataExpression **columns = NEW_LIST (self, n);

  for (guint i = 0; i < n; i++)
    columns[i] = new_element (self, from->elements[i]);
  index->name = (StrataName) { .text = from->name, .is_final = TRUE };
  index->is_unique = from->is_unique;
  index->columns = columns;
  index->options = list_index_options (self, from);

  return index;
}

/* What only SQLite's CREATE TABLE can say. */
static const StrataOption * const *
list_table_options (Maker                    *self,
                    const StrataPictureTable *table)
{
  const StrataOption **list = NEW_LIST (self, 3);
  StrataOption *option;
  guint n = 0;

  for (guint i = 0; i < count (table->columns); i++)
    if (table->columns[i]->is_autoincrement && n == 0)
      {
        list[n++] = option = (StrataOption *) new_option (self, "sqlite_autoincrement");
        option->flag = TRUE;
      }
  if (table->is_without_rowid)
    list[n++] = new_option (self, "sqlite_with_rowid");
  if (table->is_strict)
    {
      list[n++] = option = (StrataOption *) new_option (self, "sqlite_strict");
      option->flag = TRUE;
    }

  return list;
}

const StrataCreateTable *
strata_create_table_from_picture (const StrataPicture      *picture,
                                  const StrataPictureTable *table,
                                  StrataAllocFunc           alloc,
                                  gpointer                  data)
{
  Maker self = { .dialect = picture->dialect, .alloc = alloc, .data = data };
  StrataCreateTable *create = NEW (&self, StrataCreateTable);
  guint n_columns = count (table->columns);
  guint n_indexes = count (table->indexes);
  const StrataColumn **columns = NEW_LIST (&self, n_columns);
  const StrataIndex **indexes = NEW_LIST (&self, n_indexes);
  guint n = 0;

  for (guint i = 0; i < n_columns; i++)
    columns[i] = new_column (&self, table, table->columns[i]);
  for (guint i = 0; i < n_indexes; i++)
    if (!table->indexes[i]->is_of_constraint)
      indexes[n++] = new_index (&self, table->indexes[i]);

  create->columns = columns;
  create->constraints = list_constraints (&self, picture, table);
  create->indexes = indexes;
  create->comment = table->comment;
  if (picture->dialect == STRATA_DIALECT_SQLITE)
    create->options = list_table_options (&self, table);

  return create;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/table.h"

#include <glib/gi18n-lib.h>

/* Table(autoload_with=): a table as the database has it. */

static Value *
wrap_names (Machine            *py,
            const char * const *names,
            const char         *prefix)
{
  Value *list = strata_py_list (py, NULL, 0);

  for (; names != NULL && *names != NULL; names++)
    {
      g_autofree char *text = prefix != NULL ? g_strdup_printf ("%s.%s", prefix, *names) : g_strdup (*names);

      strata_py_list_append (py, list, strata_py_str (py, text));
    }

  return list;
}

/* Of SQLAlchemy's class for that kind. */
static StrataSaConstraint *
new_constraint (Machine              *py,
                StrataConstraintKind  kind,
                const char           *name)
{
  Value *class = strata_py_dict_get_name (strata_sa_get (py)->names[STRATA_SA_ROOT], strata_constraint_kind_get_name (kind));
  StrataSaConstraint *self = strata_py_host_object (py, (Class *) class, sizeof *self);

  self->constraint.kind = kind;
  self->constraint.name.text = strata_sa_intern (py, name);
  self->order = strata_sa_next_order ();

  return self;
}

static Value *
wrap_key (Machine                *py,
          StrataConstraintKind    kind,
          const StrataPictureKey *key)
{
  StrataSaConstraint *self = new_constraint (py, kind, key->name);

  self->constraint.deferrable = strata_sa_intern (py, key->deferrable);
  self->constraint.initially = strata_sa_intern (py, key->initially);
  self->columns = wrap_names (py, key->columns, NULL);

  return &self->base;
}

static Value *
wrap_reference (Machine                      *py,
                const StrataPictureReference *reference)
{
  StrataSaConstraint *self = new_constraint (py, STRATA_CONSTRAINT_FOREIGN_KEY, reference->name);
  const char *schema = reference->is_schema_said ? reference->schema : NULL;

  self->constraint.deferrable = strata_sa_intern (py, reference->deferrable);
  self->constraint.initially = strata_sa_intern (py, reference->initially);
  self->reference.on_delete = strata_sa_intern (py, reference->on_delete);
  self->reference.on_update = strata_sa_intern (py, reference->on_update);
  self->reference.match = strata_sa_intern (py, reference->match);
  self->columns = wrap_names (py, reference->columns, NULL);
  self->targets = wrap_names (py, reference->referred, strata_sa_table_key (py, schema, reference->table));

  return &self->base;
}

static const StrataExpression *
new_text (Machine    *py,
          const char *text)
{
  StrataExpression *self = strata_sa_new_expression (py, STRATA_EXPRESSION_WORDS);

  if (self != NULL)
    self->name = strata_sa_intern (py, text);

  return self;
}

static Value *
wrap_check (Machine                  *py,
            const StrataPictureCheck *check)
{
  StrataSaConstraint *self = new_constraint (py, STRATA_CONSTRAINT_CHECK, check->name);

  self->constraint.condition = new_text (py, check->text);

  return self->constraint.condition != NULL ? &self->base : NULL;
}

static Value *
wrap_index (Machine                  *py,
            const StrataPictureIndex *index)
{
  StrataSaIndex *self = strata_py_host_object (py, strata_sa_get (py)->classes[STRATA_SA_INDEX], sizeof *self);

  self->index.name.text = strata_sa_intern (py, index->name);
  self->index.is_unique = index->is_unique;
  self->order = strata_sa_next_order ();
  self->columns = strata_py_list (py, NULL, 0);
  for (guint i = 0; index->elements != NULL && index->elements[i] != NULL; i++)
    strata_py_list_append (py, self->columns, index->elements[i]->column != NULL
                                                ? strata_py_str (py, index->elements[i]->column)
                                                : strata_sa_wrap_expression (py, new_text (py, index->elements[i]->text)));

  return &self->base;
}

static gboolean
fill_column (Machine                   *py,
             StrataSaColumn            *self,
             const StrataPictureColumn *column,
             gboolean                   is_key)
{
  self->column.nullable = column->is_nullable ? STRATA_YES : STRATA_NO;
  self->column.is_primary_key = is_key;
  self->column.comment = strata_sa_intern (py, column->comment);
  if (column->default_text != NULL)
    self->column.server_default = new_text (py, column->default_text);
  if (column->identity != NULL)
    {
      StrataIdentity *identity = strata_py_alloc (py, sizeof *identity);

      if (identity == NULL)
        return FALSE;
      identity->is_always = column->identity->is_always;
      self->column.identity = identity;
    }
  if (column->computed != NULL)
    {
      StrataComputed *computed = strata_py_alloc (py, sizeof *computed);

      if (computed == NULL)
        return FALSE;
      computed->expression = new_text (py, column->computed);
      computed->is_persisted = column->is_stored ? STRATA_YES : STRATA_NO;
      self->column.computed = computed;
    }

  return !strata_py_has_failed (py);
}

static Value *
wrap_column (Machine                   *py,
             const StrataPictureColumn *column,
             const StrataPictureKey    *key)
{
  Value *arguments[] = { strata_py_str (py, column->name), strata_sa_wrap_type (py, column->type) };
  const StrataPyArguments call = { arguments, 2, NULL };
  Value *value = arguments[1] != NULL ? strata_py_call (py, (Value *) strata_sa_get (py)->classes[STRATA_SA_COLUMN], &call) : NULL;
  gboolean is_key = key != NULL && key->columns != NULL && g_strv_contains (key->columns, column->name);

  return value != NULL && fill_column (py, (StrataSaColumn *) value, column, is_key) ? value : NULL;
}

static gboolean
attach (Machine       *py,
        StrataSaTable *table,
        Value         *item)
{
  return item != NULL && strata_sa_attach (py, table, item);
}

/* What the script says itself is added later, and takes the place of what is here. */
static gboolean
add_picture (Machine                  *py,
             StrataSaTable            *self,
             const StrataPictureTable *table)
{
  for (guint i = 0; table->columns != NULL && table->columns[i] != NULL; i++)
    if (!attach (py, self, wrap_column (py, table->columns[i], table->primary_key)))
      return FALSE;
  if (table->primary_key != NULL && !attach (py, self, wrap_key (py, STRATA_CONSTRAINT_PRIMARY_KEY, table->primary_key)))
    return FALSE;
  for (guint i = 0; table->uniques != NULL && table->uniques[i] != NULL; i++)
    if (!attach (py, self, wrap_key (py, STRATA_CONSTRAINT_UNIQUE, table->uniques[i])))
      return FALSE;
  for (guint i = 0; table->references != NULL && table->references[i] != NULL; i++)
    if (!attach (py, self, wrap_reference (py, table->references[i])))
      return FALSE;
  for (guint i = 0; table->checks != NULL && table->checks[i] != NULL; i++)
    if (!attach (py, self, wrap_check (py, table->checks[i])))
      return FALSE;
  for (guint i = 0; table->indexes != NULL && table->indexes[i] != NULL; i++)
    if (!table->indexes[i]->is_of_constraint && !attach (py, self, wrap_index (py, table->indexes[i])))
      return FALSE;
  self->create.comment = strata_sa_intern (py, table->comment);

  return !strata_py_has_failed (py);
}

const StrataPictureTable *
strata_sa_find_picture (Machine    *py,
                        const char *schema,
                        const char *name)
{
  const StrataPicture *picture = strata_sa_get (py)->backend->get_picture (py, schema, name);

  return picture != NULL ? strata_picture_find_table (picture, schema, name) : NULL;
}

gboolean
strata_sa_reflect (Machine       *py,
                   StrataSaTable *table)
{
  StrataSa *sa = strata_sa_get (py);
  const StrataPictureTable *picture;

  if (sa->is_offline)
    return strata_py_stop (py, "needs-database", _("Table(autoload_with=) reads the database")) != NULL;
  picture = strata_sa_find_picture (py, table->schema, table->name);
  if (picture == NULL)
    return strata_py_has_failed (py) ? FALSE
                                     : strata_sa_raise (py, "NoSuchTableError", "%s",
                                                        strata_sa_table_key (py, table->schema, table->name)) != NULL;

  return add_picture (py, table, picture);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/table.h"

/* CREATE TABLE and DROP TABLE, as Table.create() and MetaData.create_all() do them: not through Alembic. */

/* -1: failed. */
static int
is_there (Machine       *py,
          StrataSaTable *self)
{
  gboolean found = strata_sa_find_picture (py, self->schema, self->name) != NULL;

  return strata_py_has_failed (py) ? -1 : found;
}

static gboolean
emit_sequences (Machine             *py,
                StrataSaTable       *self,
                const char          *method,
                gboolean             checks_first)
{
  guint length;
  Value **items = strata_py_value_get_items (self->items, &length);

  for (guint i = 0; i < length; i++)
    {
      Value *sequence = strata_sa_is (py, items[i], STRATA_SA_COLUMN) ? ((StrataSaColumn *) items[i])->sequence : NULL;

      if (sequence == NULL || ((StrataSaSequence *) sequence)->is_optional)
        continue;
      if (strata_py_call_values (py, strata_py_find_attribute (py, sequence, method), 2, strata_py_none (py),
                                 strata_py_bool (py, checks_first)) == NULL)
        return FALSE;
    }

  return TRUE;
}

/* A type of its own in the database: PostgreSQL's alone. */
static const StrataType *
get_named_type (Machine          *py,
                const StrataType *type)
{
  StrataDialect dialect = strata_sa_get (py)->dialect;

  if (type == NULL || dialect != STRATA_DIALECT_POSTGRESQL)
    return NULL;
  type = strata_type_for_dialect (type, dialect);
  if (type->kind == STRATA_TYPE_ARRAY && type->item != NULL)
    return get_named_type (py, type->item);
  if (type->kind != STRATA_TYPE_ENUM && type->kind != STRATA_TYPE_ANY_ENUM && type->kind != STRATA_TYPE_DOMAIN)
    return NULL;

  return type->is_not_native || type->values.is_made_elsewhere || type->name == NULL ? NULL : type;
}

static gboolean
emit_type (Machine             *py,
           const StrataType    *type,
           StrataOperationKind  kind,
           GHashTable          *known)
{
  StrataOperation operation = { .kind = kind, .type = type };
  char *key = g_strdup_printf ("%s.%s", type->values.schema != NULL ? type->values.schema : "", type->name);

  return !g_hash_table_add (known, key) || strata_sa_get (py)->backend->emit (py, &operation);
}

static gboolean
emit_types (Machine                 *py,
            const StrataCreateTable *create,
            StrataOperationKind      kind,
            GHashTable              *known)
{
  for (guint i = 0; create->columns != NULL && create->columns[i] != NULL; i++)
    {
      const StrataType *type = get_named_type (py, create->columns[i]->type);

      if (type != NULL && !emit_type (py, type, kind, known))
        return FALSE;
    }

  return TRUE;
}

static gboolean
has_named_types (Machine                 *py,
                 const StrataCreateTable *create)
{
  for (guint i = 0; create->columns != NULL && create->columns[i] != NULL; i++)
    if (get_named_type (py, create->columns[i]->type) != NULL)
      return TRUE;

  return FALSE;
}

static gboolean
read_create (Machine             *py,
             StrataSaTable       *self,
             StrataOperation     *operation)
{
  const StrataCreateTable *create;

  *operation = (StrataOperation) { .kind = STRATA_OPERATION_CREATE_TABLE };
  create = strata_sa_get_table (py, (Value *) self, &operation->schema, &operation->table);
  if (create == NULL)
    return FALSE;
  operation->create_table = *create;

  return TRUE;
}

gboolean
strata_sa_create_table (Machine       *py,
                        StrataSaTable *self,
                        gboolean       checks_first)
{
  StrataSa *sa = strata_sa_get (py);
  int found = checks_first ? is_there (py, self) : FALSE;
  StrataOperation operation;

  if (found != FALSE)
    return found > 0;
  if (self->metadata != NULL && GIVEN (self->metadata->naming))
    return strata_py_refuse (py, "create() of a table with a naming convention of its own is not known here") != NULL;
  if (!read_create (py, self, &operation))
    return FALSE;
  if (!sa->is_offline && has_named_types (py, &operation.create_table))
    return strata_py_refuse (py, "create() of a table that has an enumeration is not known here") != NULL;

  return emit_sequences (py, self, "create", checks_first) && sa->backend->emit (py, &operation);
}

gboolean
strata_sa_drop_table (Machine       *py,
                      StrataSaTable *self,
                      gboolean       checks_first)
{
  g_autoptr(GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  StrataSa *sa = strata_sa_get (py);
  int found = checks_first ? is_there (py, self) : TRUE;
  StrataOperation operation, drop = { .kind = STRATA_OPERATION_DROP_TABLE, .schema = self->schema, .table = self->name };

  if (found != TRUE)
    return found == FALSE;
  if (!read_create (py, self, &operation))
    return FALSE;
  if (!sa->is_offline && has_named_types (py, &operation.create_table))
    return strata_py_refuse (py, "drop() of a table that has an enumeration is not known here") != NULL;

  return sa->backend->emit (py, &drop) && emit_sequences (py, self, "drop", checks_first)
         && emit_types (py, &operation.create_table, STRATA_OPERATION_DROP_TYPE, known);
}

static gboolean
refers_to (const StrataConstraint *constraint,
           StrataSaTable          *table)
{
  return constraint->kind == STRATA_CONSTRAINT_FOREIGN_KEY && !constraint->reference->use_alter
         && g_str_equal (constraint->reference->table, table->name)
         && g_strcmp0 (constraint->reference->schema, table->schema) == 0;
}

static gboolean
depends_on (const StrataCreateTable *create,
            StrataSaTable           *table)
{
  for (guint i = 0; create->constraints != NULL && create->constraints[i] != NULL; i++)
    if (refers_to (create->constraints[i], table))
      return TRUE;
  for (guint i = 0; create->columns != NULL && create->columns[i] != NULL; i++)
    for (guint j = 0; create->columns[i]->constraints != NULL && create->columns[i]->constraints[j] != NULL; j++)
      if (refers_to (create->columns[i]->constraints[j], table))
        return TRUE;

  return FALSE;
}

static gboolean
can_come (const StrataCreateTable **creates,
          Value                   **tables,
          gboolean                 *is_done,
          guint                     length,
          guint                     i)
{
  for (guint j = 0; j < length; j++)
    if (j != i && !is_done[j] && depends_on (creates[i], (StrataSaTable *) tables[j]))
      return FALSE;

  return TRUE;
}

/* Layer by layer, each in the order in which the tables came. */
static Value *
sort (Machine                  *py,
      const StrataCreateTable **creates,
      Value                   **tables,
      guint                     length)
{
  g_autofree gboolean *is_done = g_new0 (gboolean, length + 1);
  g_autofree gboolean *is_next = g_new0 (gboolean, length + 1);
  Value *sorted = strata_py_list (py, NULL, 0);

  for (guint n = 0, before = 0; n < length; before = n)
    {
      for (guint i = 0; i < length; i++)
        is_next[i] = !is_done[i] && can_come (creates, tables, is_done, length, i);
      for (guint i = 0; i < length; i++)
        if (is_next[i])
          {
            is_done[i] = TRUE;
            strata_py_list_append (py, sorted, tables[i]);
            n++;
          }
      if (n == before)
        return strata_py_refuse (py, "tables that refer to each other in a circle are not known here");
    }

  return sorted;
}

Value *
strata_sa_sort_tables (Machine          *py,
                       StrataSaMetadata *metadata,
                       Value            *list)
{
  guint length;
  Value **tables = strata_py_value_get_items (list, &length);
  g_autofree const StrataCreateTable **creates = g_new0 (const StrataCreateTable *, length + 1);
  const char *schema, *name;

  for (guint i = 0; i < length; i++)
    {
      creates[i] = strata_sa_get_table (py, tables[i], &schema, &name);
      if (creates[i] == NULL)
        return NULL;
    }

  return sort (py, creates, tables, length);
}

static StrataColumn *
without_own_type (Machine            *py,
                  const StrataColumn *column)
{
  StrataColumn *copy = strata_py_alloc (py, sizeof *copy);
  StrataType *type = strata_py_alloc (py, sizeof *type);

  if (copy == NULL || type == NULL)
    return NULL;
  *copy = *column;
  *type = *strata_type_for_dialect (column->type, STRATA_DIALECT_POSTGRESQL);
  if (type->kind == STRATA_TYPE_ARRAY)
    return strata_py_refuse (py, "create_all() of an array of an enumeration is not known here");
  type->values.is_made_elsewhere = TRUE;
  copy->type = type;

  return copy;
}

/* The types of all tables come before the first table. */
static gboolean
take_types_out (Machine           *py,
                StrataCreateTable *create)
{
  g_autoptr(GPtrArray) columns = g_ptr_array_new ();

  for (guint i = 0; create->columns != NULL && create->columns[i] != NULL; i++)
    {
      const StrataColumn *column = create->columns[i];

      if (get_named_type (py, column->type) != NULL && (column = without_own_type (py, column)) == NULL)
        return FALSE;
      g_ptr_array_add (columns, (gpointer) column);
    }
  create->columns = strata_sa_end_list (py, columns);

  return create->columns != NULL;
}

static gboolean
adds_later (Machine                 *py,
            const StrataCreateTable *create)
{
  for (guint i = 0; create->constraints != NULL && create->constraints[i] != NULL; i++)
    if (create->constraints[i]->reference != NULL && create->constraints[i]->reference->use_alter)
      return TRUE;
  for (guint i = 0; create->columns != NULL && create->columns[i] != NULL; i++)
    for (guint j = 0; create->columns[i]->constraints != NULL && create->columns[i]->constraints[j] != NULL; j++)
      if (create->columns[i]->constraints[j]->reference != NULL && create->columns[i]->constraints[j]->reference->use_alter)
        return TRUE;

  return FALSE;
}

gboolean
strata_sa_read_create_alone (Machine         *py,
                             Value           *table,
                             StrataOperation *operation)
{
  StrataSaTable *self = (StrataSaTable *) table;
  gboolean is_tolerant = operation->is_tolerant;

  if (self->metadata != NULL && GIVEN (self->metadata->naming))
    return strata_py_refuse (py, "CreateTable() with a naming convention of its own is not known here") != NULL;
  if (!read_create (py, self, operation))
    return FALSE;
  if (adds_later (py, &operation->create_table))
    return strata_py_refuse (py, "CreateTable() of a table with use_alter=True is not known here") != NULL;
  operation->is_tolerant = is_tolerant;
  operation->create_table.is_alone = TRUE;

  return TRUE;
}

static Value *
keep_those (Machine  *py,
            Value    *list,
            gboolean  is_there_wanted)
{
  Value *kept = strata_py_list (py, NULL, 0);
  guint length;
  Value **tables = strata_py_value_get_items (list, &length);

  for (guint i = 0; i < length; i++)
    {
      int found = is_there (py, (StrataSaTable *) tables[i]);

      if (found < 0)
        return NULL;
      if (found == is_there_wanted)
        strata_py_list_append (py, kept, tables[i]);
    }

  return kept;
}

gboolean
strata_sa_create_all (Machine          *py,
                      StrataSaMetadata *metadata,
                      Value            *list,
                      gboolean          checks_first)
{
  g_autoptr(GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  StrataSa *sa = strata_sa_get (py);
  StrataOperation operation;
  Value **tables;
  guint length;

  if (checks_first && (list = keep_those (py, list, FALSE)) == NULL)
    return FALSE;
  strata_py_value_get_items (metadata->sequences, &length);
  if (length > 0)
    return strata_py_refuse (py, "create_all() of sequences is not known here") != NULL;
  tables = strata_py_value_get_items (list, &length);
  for (guint i = 0; i < length; i++)
    {
      if (!read_create (py, (StrataSaTable *) tables[i], &operation))
        return FALSE;
      if (adds_later (py, &operation.create_table))
        return strata_py_refuse (py, "create_all() of a table with use_alter=True is not known here") != NULL;
      if (!sa->is_offline && has_named_types (py, &operation.create_table))
        return strata_py_refuse (py, "create_all() of a table that has an enumeration is not known here") != NULL;
      if (!emit_types (py, &operation.create_table, STRATA_OPERATION_CREATE_TYPE, known))
        return FALSE;
    }
  list = strata_sa_sort_tables (py, metadata, list);
  if (list == NULL)
    return FALSE;
  tables = strata_py_value_get_items (list, &length);
  for (guint i = 0; i < length; i++)
    if (!read_create (py, (StrataSaTable *) tables[i], &operation)
        || !take_types_out (py, &operation.create_table) || !emit_sequences (py, (StrataSaTable *) tables[i], "create", checks_first)
        || !sa->backend->emit (py, &operation))
      return FALSE;

  return TRUE;
}

gboolean
strata_sa_drop_all (Machine          *py,
                    StrataSaMetadata *metadata,
                    Value            *list,
                    gboolean          checks_first)
{
  g_autoptr(GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  StrataSa *sa = strata_sa_get (py);
  Value **tables;
  guint length;

  if (checks_first && (list = keep_those (py, list, TRUE)) == NULL)
    return FALSE;
  list = strata_sa_sort_tables (py, metadata, list);
  if (list == NULL)
    return FALSE;
  tables = strata_py_value_get_items (list, &length);
  for (guint i = length; i > 0; i--)
    {
      StrataSaTable *table = (StrataSaTable *) tables[i - 1];
      StrataOperation drop = { .kind = STRATA_OPERATION_DROP_TABLE, .schema = table->schema, .table = table->name };

      if (!sa->backend->emit (py, &drop))
        return FALSE;
    }
  for (guint i = 0; i < length; i++)
    {
      StrataOperation operation;

      if (!read_create (py, (StrataSaTable *) tables[i], &operation))
        return FALSE;
      if (!sa->is_offline && has_named_types (py, &operation.create_table))
        return strata_py_refuse (py, "drop_all() of a table that has an enumeration is not known here") != NULL;
      if (!emit_types (py, &operation.create_table, STRATA_OPERATION_DROP_TYPE, known))
        return FALSE;
    }

  return TRUE;
}

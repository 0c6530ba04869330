/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A step is known by its text: what strata_ddl_create() and strata_ddl_drop() say of an object is the making and dropping of
 * that object, whatever the plan needed it for. */

#include "config.h"

#include "core/diff/operations-private.h"

#include <string.h>

#include "core/ddl/ddl.h"
#include "core/sql/sqlite-spelling.h"

gpointer
strata_operations_alloc (gpointer data,
                         gsize    size)
{
  StrataDiffOperations *self = data;
  gpointer memory = g_malloc0 (size);

  g_ptr_array_add (self->memory, memory);

  return memory;
}

StrataFromPicture
strata_operations_maker (StrataDiffOperations *self,
                         const StrataPicture  *picture)
{
  return (StrataFromPicture) { .picture = picture, .alloc = strata_operations_alloc, .data = self, .is_script = TRUE };
}

StrataOperation *
strata_operations_add (StrataDiffOperations *self,
                       const StrataDiffStep *step,
                       StrataOperationKind   kind,
                       const char           *schema,
                       const char           *table)
{
  StrataOperation *operation = strata_operations_alloc (self, sizeof *operation);
  StrataDiffOperation *entry = g_new0 (StrataDiffOperation, 1);

  operation->kind = kind;
  operation->schema = g_strcmp0 (schema, self->diff->from->default_schema) != 0 ? schema : NULL;
  operation->table = table;
  *entry = (StrataDiffOperation) { operation, step->difference, step->is_outside };
  g_ptr_array_add (self->operations, entry);

  return operation;
}

gboolean
strata_operations_can_write_type (const StrataType *type)
{
  if (type == NULL)
    return FALSE;
  if (type->python != NULL)
    return TRUE;
  if (type->kind == STRATA_TYPE_ARRAY)
    return strata_operations_can_write_type (type->item);

  return type->kind != STRATA_TYPE_WORDS && type->kind != STRATA_TYPE_FOREIGN && type->kind != STRATA_TYPE_NONE
         && !type->has_spatial_index;
}

static gboolean
is_plain_storage (const StrataPictureStorage *storage)
{
  return storage == NULL
         || (!storage->is_unlogged && storage->partition_key == NULL && storage->bound == NULL && storage->parents == NULL
             && storage->with == NULL && storage->tablespace == NULL && storage->access_method == NULL
             && !storage->has_row_security && !storage->is_row_security_forced && storage->of_type == NULL
             && (storage->replica_identity == 'd' || storage->replica_identity == '\0') && storage->module == NULL);
}

/* Constraints that op.create_table() can say as they are. */
gboolean
strata_operations_can_write_constraint (const StrataObject *object)
{
  const char *target = object->kind == STRATA_OBJECT_FOREIGN_KEY && object->text != NULL ? strstr (object->text, "REFERENCES") : NULL;

  /* To a primary key, without its columns. */
  if (target != NULL && strchr (target, '(') == NULL)
    return FALSE;

  return object->comment == NULL && !object->is_inherited && object->kind != STRATA_OBJECT_EXCLUSION
         && (object->text == NULL || !g_str_has_suffix (object->text, " NOT VALID"))
         && (object->text == NULL || strstr (object->text, " NO INHERIT") == NULL);
}

static gboolean
can_write_table (const StrataMade *made)
{
  const StrataPictureTable *table = made->object->of.table;

  if (!is_plain_storage (table->storage) || table->exclusions != NULL)
    return FALSE;

  for (guint i = 0; table->columns != NULL && table->columns[i] != NULL; i++)
    if (!strata_operations_can_write_column (table->columns[i], made->picture->dialect) || table->columns[i]->is_inherited)
      return FALSE;
  for (guint i = 0; i < made->picture->n_objects; i++)
    {
      const StrataObject *object = made->picture->objects[i];

      if (strata_object_kind_is_constraint (object->kind)
          && (object->kind != STRATA_OBJECT_FOREIGN_KEY || made->picture->dialect == STRATA_DIALECT_SQLITE)
          && g_strcmp0 (object->table, made->object->name) == 0 && g_strcmp0 (object->schema, made->object->schema) == 0
          && !strata_operations_can_write_constraint (object))
        return FALSE;
    }

  return TRUE;
}

static gboolean
can_write_index (const StrataPictureIndex *index)
{
  /* What SQLite's columns have as their collation is not told of an index that says it again. */
  if (index->text != NULL && strata_sqlite_mentions (index->text, "COLLATE"))
    return FALSE;

  return index->tablespace == NULL && !index->is_invalid && !index->is_of_constraint && index->comment == NULL;
}

static gboolean
can_write (const StrataMade *made)
{
  switch ((int) made->object->kind)
    {
    case STRATA_OBJECT_TABLE: return can_write_table (made);
    case STRATA_OBJECT_INDEX: return can_write_index (made->object->of.index);
    case STRATA_OBJECT_PRIMARY_KEY:
    case STRATA_OBJECT_UNIQUE:
    case STRATA_OBJECT_CHECK:
    case STRATA_OBJECT_FOREIGN_KEY: return strata_operations_can_write_constraint (made->object);
    default: return FALSE;
    }
}

/* A batch knows indexes by their columns alone. */
static void
mark_index (StrataDiffOperations *self,
            const StrataMade     *made)
{
  StrataDiffOperation *last = g_ptr_array_index (self->operations, self->operations->len - 1);

  last->is_direct = made->picture->dialect == STRATA_DIALECT_SQLITE && !strata_operations_has_plain_elements (made->object->of.index);
}

static void
add_make (StrataDiffOperations *self,
          const StrataDiffStep *step,
          const StrataMade     *made)
{
  const StrataObject *object = made->object;
  StrataFromPicture maker = strata_operations_maker (self, made->picture);
  StrataOperation *operation;

  if (object->kind == STRATA_OBJECT_TABLE)
    {
      operation = strata_operations_add (self, step, STRATA_OPERATION_CREATE_TABLE, object->schema, object->name);
      operation->create_table = *strata_create_table_from_picture (&maker, object->of.table);
    }
  else if (object->kind == STRATA_OBJECT_INDEX)
    {
      operation = strata_operations_add (self, step, STRATA_OPERATION_CREATE_INDEX, object->schema, object->table);
      operation->index = *strata_index_from_picture (&maker, object->of.index);
      mark_index (self, made);
    }
  else
    {
      operation = strata_operations_add (self, step, STRATA_OPERATION_ADD_CONSTRAINT, object->schema, object->table);
      operation->constraint = *strata_constraint_from_picture (&maker, object);
    }
}

static void
add_drop (StrataDiffOperations *self,
          const StrataDiffStep *step,
          const StrataMade     *made)
{
  const StrataObject *object = made->object;
  StrataFromPicture maker = strata_operations_maker (self, made->picture);
  StrataOperation *operation;

  if (object->kind == STRATA_OBJECT_TABLE)
    {
      strata_operations_add (self, step, STRATA_OPERATION_DROP_TABLE, object->schema, object->name);
      strata_operations_note_drop (self, object->name);
    }
  else if (object->kind == STRATA_OBJECT_INDEX)
    {
      operation = strata_operations_add (self, step, STRATA_OPERATION_DROP_INDEX, object->schema, object->table);
      operation->index.name = (StrataName) { .text = object->name, .is_final = TRUE };
      mark_index (self, made);
      g_hash_table_add (self->gone, (gpointer) object->name);
    }
  else
    {
      operation = strata_operations_add (self, step, STRATA_OPERATION_DROP_CONSTRAINT, object->schema, object->table);
      operation->constraint = *strata_constraint_from_picture (&maker, object);
    }
}

/* SQLite's constraints have no statements of their own. */
static gboolean
is_directive_kind (StrataObjectKind kind,
                   StrataDialect    dialect)
{
  return kind == STRATA_OBJECT_TABLE || kind == STRATA_OBJECT_INDEX
         || (strata_object_kind_is_constraint (kind) && kind != STRATA_OBJECT_EXCLUSION && dialect != STRATA_DIALECT_SQLITE);
}

/* What is said already: in the place of a drop it is what is there, of a creation what is wanted that counts. */
static void
remember (GHashTable          *table,
          gboolean             is_first,
          const StrataPicture *picture,
          const StrataObject  *object,
          void               (*say) (const StrataPicture *, const StrataObject *, GPtrArray *))
{
  g_autoptr(GPtrArray) statements = g_ptr_array_new_with_free_func (g_free);
  StrataMade *made;

  say (picture, object, statements);
  if (statements->len == 0)
    return;

  /* SQLite's plan has a table's own text, where that is the same but for the layout. */
  if (picture->dialect == STRATA_DIALECT_SQLITE && object->text != NULL)
    g_ptr_array_add (statements, g_strdup (object->text));
  for (guint i = 0; i < statements->len; i++)
    if ((i == 0 || picture->dialect == STRATA_DIALECT_SQLITE)
        && (!is_first || !g_hash_table_contains (table, g_ptr_array_index (statements, i))))
      {
        made = g_new (StrataMade, 1);
        *made = (StrataMade) { picture, object };
        g_hash_table_insert (table, g_strdup (g_ptr_array_index (statements, i)), made);
      }
}

static void
say_create (const StrataPicture *picture,
            const StrataObject  *object,
            GPtrArray           *statements)
{
  strata_ddl_create (picture, object, NULL, statements);
}

/* Only what hangs together with a difference can be part of a step; all of it would double the work for little. */
static void
learn (StrataDiffOperations *self,
       const StrataPicture  *picture)
{
  for (guint i = 0; i < picture->n_objects; i++)
    if (is_directive_kind (picture->objects[i]->kind, picture->dialect) && picture->objects[i]->extension == NULL)
      {
        remember (self->makes, FALSE, picture, picture->objects[i], say_create);
        remember (self->drops, TRUE, picture, picture->objects[i], strata_ddl_drop);
      }
}

static const char *
get_sql (const StrataDiffOperations *self,
         guint                       index)
{
  return index < self->steps->len ? ((const StrataDiffStep *) g_ptr_array_index (self->steps, index))->sql : NULL;
}

/* How many steps from the index on are these statements, all of them; else 0. */
static guint
match (const StrataDiffOperations *self,
       guint                       index,
       const GPtrArray            *statements)
{
  for (guint i = 0; i < statements->len; i++)
    if (g_strcmp0 (get_sql (self, index + i), g_ptr_array_index (statements, i)) != 0)
      return 0;

  return statements->len;
}

/* Not a table that is only replaced by another one of its name. */
static gboolean
is_removal (const StrataDiffStep *step)
{
  return step->difference != NULL && step->difference->kind == STRATA_DIFFERENCE_REMOVED && step->difference->part == NULL;
}

/* An index that a batch makes again by itself. */
static gboolean
is_of_batch (const StrataDiffOperations *self,
             const StrataDiffStep       *step,
             const StrataObject         *object)
{
  return object->kind == STRATA_OBJECT_INDEX && step->difference == NULL && g_hash_table_contains (self->batched, object->table)
         && !g_hash_table_contains (self->gone, object->name);
}

static guint
take_object (StrataDiffOperations *self,
             guint                 index)
{
  const StrataDiffStep *step = g_ptr_array_index (self->steps, index);
  const StrataMade *made = g_hash_table_lookup (self->makes, step->sql);
  gboolean is_made = made != NULL;
  g_autoptr(GPtrArray) statements = g_ptr_array_new_with_free_func (g_free);
  guint n;

  if (!is_made)
    made = g_hash_table_lookup (self->drops, step->sql);
  if (made == NULL || (is_made && !can_write (made)))
    return 0;

  if (!is_made && made->object->kind == STRATA_OBJECT_TABLE && !is_removal (step))
    return 0;
  if (is_made && is_of_batch (self, step, made->object))
    return 1;

  if (made->picture->dialect == STRATA_DIALECT_SQLITE)
    g_ptr_array_add (statements, g_strdup (step->sql));
  else if (is_made)
    strata_ddl_create (made->picture, made->object, NULL, statements);
  else
    strata_ddl_drop (made->picture, made->object, statements);
  n = match (self, index, statements);
  if (n > 0 && is_made)
    add_make (self, step, made);
  else if (n > 0)
    add_drop (self, step, made);

  return n;
}

/* Whether it is what the server makes for a serial column by itself. */
static gboolean
is_of_serial (const StrataObject        *sequence,
              const StrataPictureTable  *table,
              const StrataPictureColumn *column)
{
  const StrataPictureSequence *of = sequence->of.sequence;
  g_autofree char *usual = g_strdup_printf ("%s_%s_seq", table->name, column->name);

  return g_strcmp0 (sequence->schema, table->schema) == 0 && g_str_equal (sequence->name, usual)
         && g_strcmp0 (of->owner_table, table->name) == 0 && g_strcmp0 (of->owner_column, column->name) == 0
         && g_strcmp0 (of->type_text, column->type_text) == 0 && g_strcmp0 (of->start, "1") == 0
         && g_strcmp0 (of->increment, "1") == 0 && g_strcmp0 (of->minvalue, "1") == 0 && g_strcmp0 (of->cache, "1") == 0
         && !of->cycles && !of->is_unlogged && sequence->comment == NULL;
}

/* What op.create_table() says with a serial column stands in the steps as statements of their own, some of them earlier. */
static void
imply_serial (StrataDiffOperations *self,
              const StrataMade     *made)
{
  const StrataPictureTable *table = made->object->of.table;
  g_autoptr(GPtrArray) statements = g_ptr_array_new ();

  for (guint c = 0; table->columns != NULL && table->columns[c] != NULL; c++)
    for (guint i = 0; strata_column_is_serial (table, table->columns[c]) && i < made->picture->n_objects; i++)
      if (made->picture->objects[i]->kind == STRATA_OBJECT_SEQUENCE
          && is_of_serial (made->picture->objects[i], table, table->columns[c]))
        {
          strata_ddl_create (made->picture, made->picture->objects[i], NULL, statements);
          strata_ddl_finish (made->picture, made->picture->objects[i], statements);
        }
  for (guint i = 0; i < statements->len; i++)
    g_hash_table_add (self->implied, g_ptr_array_index (statements, i));
}

static void
find_implied (StrataDiffOperations *self)
{
  for (guint i = 0; i < self->steps->len; i++)
    {
      const StrataMade *made = g_hash_table_lookup (self->makes, get_sql (self, i));

      if (made != NULL && made->object->kind == STRATA_OBJECT_TABLE && can_write (made))
        imply_serial (self, made);
    }
}

void
strata_operations_add_statement (StrataDiffOperations *self,
                                 const StrataDiffStep *step)
{
  StrataFromPicture maker = strata_operations_maker (self, self->diff->to);
  StrataOperation *operation = strata_operations_add (self, step, STRATA_OPERATION_EXECUTE, NULL, NULL);

  operation->execute.expression = strata_words_from_picture (&maker, step->sql);
}

static void
take_steps (StrataDiffOperations *self)
{
  gboolean is_sqlite = self->diff->from->dialect == STRATA_DIALECT_SQLITE;

  for (guint i = 0; i < self->steps->len;)
    {
      const StrataDiffStep *step = g_ptr_array_index (self->steps, i);
      guint n = g_hash_table_contains (self->implied, step->sql);

      if (n == 0 && is_sqlite)
        n = strata_operations_take_table (self, i);
      if (n == 0)
        n = take_object (self, i);
      if (n == 0)
        n = is_sqlite ? strata_operations_take_sqlite_rename (self, i) : strata_operations_take_column (self, i);
      if (n == 0)
        strata_operations_add_statement (self, step);
      i += MAX (n, 1);
    }
}

/* Where references are enforced, dropping a table deletes its rows, and with them those that refer to them. In the transaction of a
 * run of Strata's, where they are not, the statement does nothing. */
static void
keep_referring_rows (StrataDiffOperations *self)
{
  const StrataDiffStep step = { .sql = (char *) "PRAGMA foreign_keys=OFF" };
  StrataDiffOperation *entry;

  strata_operations_add_statement (self, &step);
  entry = g_ptr_array_steal_index (self->operations, self->operations->len - 1);
  entry->reason = g_strdup ("rows that refer to a table which is dropped, if only on the way, stay");
  entry->is_of_sqlite = TRUE;
  g_ptr_array_insert (self->operations, 0, entry);
}

/* Of statements alone. */
static void
take_plainly (StrataDiffOperations *self)
{
  for (guint i = 0; i < self->steps->len; i++)
    {
      const StrataDiffStep *step = g_ptr_array_index (self->steps, i);

      strata_operations_add_statement (self, step);
      if (step->table != NULL && (i == 0 || ((const StrataDiffStep *) g_ptr_array_index (self->steps, i - 1))->table != step->table))
        ((StrataDiffOperation *) g_ptr_array_index (self->operations, i))->table = step->table;
      if (step->table != NULL && step->table->is_rebuilt)
        self->made_anew = step->table->to->name;
      self->drops_referred |= step->table != NULL && step->table->is_rebuilt
                              && strata_operations_is_referred (self, step->table->to->name);
      if (is_removal (step) && step->difference->from->kind == STRATA_OBJECT_TABLE)
        strata_operations_note_drop (self, step->difference->from->name);
    }
}

static void
operation_free (gpointer data)
{
  StrataDiffOperation *entry = data;

  g_free (entry->reason);
  g_free (entry);
}

StrataDiffOperations *
strata_diff_operations_new (StrataDiff      *diff,
                            const GPtrArray *steps,
                            gboolean         is_plain)
{
  StrataDiffOperations *self = g_new0 (StrataDiffOperations, 1);

  self->diff = diff;
  self->steps = steps;
  self->operations = g_ptr_array_new_with_free_func (operation_free);
  self->memory = g_ptr_array_new_with_free_func (g_free);
  self->makes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->drops = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->implied = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->gone = g_hash_table_new (g_str_hash, g_str_equal);
  self->batched = g_hash_table_new (g_str_hash, g_str_equal);
  if (!is_plain)
    {
      /* What is made anew as it was, first: where both say the same, the new one has the models' names of types. */
      learn (self, diff->from);
      learn (self, diff->to);
      find_implied (self);
      take_steps (self);
      if (diff->from->dialect == STRATA_DIALECT_SQLITE)
        strata_operations_gather_batches (self);
    }
  else
    take_plainly (self);
  if (self->drops_referred)
    keep_referring_rows (self);

  return self;
}

void
strata_diff_operations_free (StrataDiffOperations *self)
{
  g_hash_table_unref (self->makes);
  g_hash_table_unref (self->drops);
  g_hash_table_unref (self->implied);
  g_hash_table_unref (self->gone);
  g_hash_table_unref (self->batched);
  g_ptr_array_unref (self->operations);
  g_ptr_array_unref (self->memory);
  g_free (self);
}

guint
strata_diff_operations_get_n (const StrataDiffOperations *self)
{
  return self->operations->len;
}

const StrataDiffOperation *
strata_diff_operations_get (const StrataDiffOperations *self,
                            guint                       index)
{
  return g_ptr_array_index (self->operations, index);
}

const char *
strata_diff_operations_get_made_anew (const StrataDiffOperations *self)
{
  return self->made_anew;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A table of SQLite that changes, as Alembic's users write it: a batch of directives, which makes the table anew where ALTER
 * cannot do it; directives alone where a batch would lose something that ALTER leaves; else the statements. */

#include "config.h"

#include "core/diff/operations-private.h"

#include <string.h>

#include "core/operation/kept.h"
#include "core/sql/sqlite-spelling.h"
#include "core/sql/statement.h"

typedef struct
{
  StrataDiffOperations  *self;
  const StrataDiffTable *table;
  char                  *problem;     /* what a directive has no words for; NULL: nothing so far */
} Change;

static gboolean
is_of_column (const StrataDifference *difference,
              StrataDifferenceKind    kind)
{
  return difference->part != NULL && difference->kind == kind;
}

static const char *
get_constraint_name (const StrataObject *object)
{
  switch ((int) object->kind)
    {
    case STRATA_OBJECT_PRIMARY_KEY:
    case STRATA_OBJECT_UNIQUE: return object->of.key->name;
    case STRATA_OBJECT_CHECK: return object->of.check->name;
    case STRATA_OBJECT_FOREIGN_KEY: return object->of.reference->name;
    default: return NULL;
    }
}

static const char * const *
get_constraint_columns (const StrataObject *object)
{
  switch ((int) object->kind)
    {
    case STRATA_OBJECT_UNIQUE: return object->of.key->columns;
    case STRATA_OBJECT_FOREIGN_KEY: return object->of.reference->columns;
    default: return NULL;
    }
}

/* One that has a column which goes, goes with it. */
static gboolean
goes_with_column (const Change       *self,
                  const StrataObject *object)
{
  const char * const *columns = get_constraint_columns (object);

  for (guint i = 0; columns != NULL && self->table->differences[i] != NULL; i++)
    {
      const StrataDifference *difference = self->table->differences[i];

      if (is_of_column (difference, STRATA_DIFFERENCE_REMOVED) && g_strv_contains (columns, difference->part))
        return TRUE;
    }

  return FALSE;
}

static void G_GNUC_PRINTF (2, 3)
refuse (Change     *self,
        const char *format,
        ...)
{
  va_list args;

  if (self->problem != NULL)
    return;
  va_start (args, format);
  self->problem = g_strdup_vprintf (format, args);
  va_end (args);
}

gboolean
strata_operations_has_plain_elements (const StrataPictureIndex *index)
{
  if (index->text != NULL && strata_sqlite_mentions (index->text, "COLLATE"))
    return FALSE;

  for (guint i = 0; index->elements != NULL && index->elements[i] != NULL; i++)
    {
      const StrataPictureElement *element = index->elements[i];

      if (element->column == NULL || element->is_descending || element->collation != NULL || element->nulls != STRATA_NULLS_AS_USUAL)
        return FALSE;
    }

  return TRUE;
}

gboolean
strata_operations_can_write_column (const StrataPictureColumn *column,
                                    StrataDialect              dialect)
{
  if (!strata_operations_can_write_type (column->type) || column->collation != NULL || column->storage != NULL
      || column->compression != NULL || column->statistics != NULL || column->options != NULL || column->not_null_name != NULL)
    return FALSE;

  return dialect != STRATA_DIALECT_SQLITE
         || ((column->type->python != NULL || strata_column_keeps_type (column)) && column->on_conflict == NULL);
}

static StrataOperation *
add (Change                 *self,
     const StrataDifference *difference,
     StrataOperationKind     kind)
{
  const StrataDiffStep step = { .difference = difference };

  return strata_operations_add (self->self, &step, kind, NULL, self->table->to->name);
}

static void
judge_constraint (Change                 *self,
                  const StrataDifference *difference)
{
  const StrataObject *old = difference->from, *new = difference->to;
  const StrataObject *object = old != NULL ? old : new;
  const char *kind = strata_object_kind_get_name (object->kind);

  if (object->kind == STRATA_OBJECT_PRIMARY_KEY)
    refuse (self, "has to guess at a primary key");
  else if (old != NULL && get_constraint_name (old) == NULL && (new != NULL || !goes_with_column (self, old)))
    refuse (self, "can't drop a %s without a name: %s", kind, old->text);
  else if (new != NULL && get_constraint_name (new) == NULL)
    refuse (self, "can't make a %s without a name: %s", kind, new->text);
  else if (new != NULL && !strata_operations_can_write_constraint (new))
    refuse (self, "has no words for %s", new->text);
}

static void
judge_column (Change                 *self,
              const StrataDifference *difference)
{
  static const char * const known[] = { "type", "nullable", "default", NULL };
  const StrataPictureColumn *new = difference->kind != STRATA_DIFFERENCE_REMOVED
                                   ? strata_picture_table_find_column (difference->to->of.table, difference->part) : NULL;

  if (difference->kind == STRATA_DIFFERENCE_REMOVED)
    return;
  if (difference->kind == STRATA_DIFFERENCE_CHANGED && !g_strv_contains (known, difference->property))
    refuse (self, "has no words for “%s” of the column %s", difference->property, difference->part);
  else if (new == NULL || new->computed != NULL || !strata_operations_can_write_column (new, STRATA_DIALECT_SQLITE))
    refuse (self, "has no words for all that the column %s says", difference->part);
}

/* Whether directives have words for all that is wanted. */
static void
judge (Change *self)
{
  for (guint i = 0; self->table->differences[i] != NULL; i++)
    {
      const StrataDifference *difference = self->table->differences[i];
      const StrataObject *object = difference->from != NULL ? difference->from : difference->to;

      if (object->kind != STRATA_OBJECT_TABLE)
        judge_constraint (self, difference);
      else if (difference->part != NULL)
        judge_column (self, difference);
      else
        refuse (self, "has no words for “%s” of a table", difference->property);
    }
}

/* ALTER does it, without a constraint that would be another directive. */
static gboolean
is_plain_alter (const Change *self)
{
  for (guint i = 0; self->table->differences[i] != NULL; i++)
    if (!is_of_column (self->table->differences[i], STRATA_DIFFERENCE_REMOVED)
        && !is_of_column (self->table->differences[i], STRATA_DIFFERENCE_ADDED)
        && (self->table->differences[i]->from == NULL || !goes_with_column (self, self->table->differences[i]->from)))
      return FALSE;

  return !self->table->is_rebuilt;
}

/* A batch of ADD COLUMN alone is no more than that, unless there is a default, which is written as SQL. */
static gboolean
is_altered_by_batch (const Change *self)
{
  for (guint i = 0; self->table->differences[i] != NULL; i++)
    {
      const StrataDifference *difference = self->table->differences[i];

      if (!is_of_column (difference, STRATA_DIFFERENCE_ADDED)
          || strata_picture_table_find_column (difference->to->of.table, difference->part)->default_text != NULL)
        return FALSE;
    }

  return TRUE;
}

/* The plan has moved what reads the table out of the way, as ALTER minds it too. */
static gboolean
is_out_of_the_way (const Change *self)
{
  const StrataPicture *picture = self->self->diff->base;

  for (guint i = 0; self->table->differences[i] != NULL; i++)
    if (self->table->is_rebuilt || is_of_column (self->table->differences[i], STRATA_DIFFERENCE_REMOVED))
      return TRUE;

  for (guint i = 0; i < picture->n_objects; i++)
    if ((picture->objects[i]->kind == STRATA_OBJECT_VIEW || picture->objects[i]->kind == STRATA_OBJECT_TRIGGER)
        && strata_sqlite_mentions (picture->objects[i]->text, self->table->from->name))
      return FALSE;

  return TRUE;
}

static void
write_dropped_constraint (Change                 *self,
                          const StrataDifference *difference)
{
  StrataFromPicture maker = strata_operations_maker (self->self, self->self->diff->from);

  if (difference->from != NULL && difference->from->kind != STRATA_OBJECT_TABLE && get_constraint_name (difference->from) != NULL)
    add (self, difference, STRATA_OPERATION_DROP_CONSTRAINT)->constraint = *strata_constraint_from_picture (&maker, difference->from);
}

static void
write_new_constraint (Change                 *self,
                      const StrataDifference *difference)
{
  StrataFromPicture maker = strata_operations_maker (self->self, self->self->diff->to);

  if (difference->to != NULL && difference->to->kind != STRATA_OBJECT_TABLE)
    add (self, difference, STRATA_OPERATION_ADD_CONSTRAINT)->constraint = *strata_constraint_from_picture (&maker, difference->to);
}

static void
write_dropped_column (Change                 *self,
                      const StrataDifference *difference)
{
  if (is_of_column (difference, STRATA_DIFFERENCE_REMOVED))
    add (self, difference, STRATA_OPERATION_DROP_COLUMN)->column = difference->part;
}

static void
write_new_column (Change                 *self,
                  const StrataDifference *difference)
{
  StrataFromPicture maker = strata_operations_maker (self->self, self->self->diff->to);
  const StrataPictureTable *table = self->table->to->of.table;

  if (is_of_column (difference, STRATA_DIFFERENCE_ADDED))
    add (self, difference, STRATA_OPERATION_ADD_COLUMN)->add_column.column =
      strata_column_from_picture (&maker, table, strata_picture_table_find_column (table, difference->part));
}

/* The directive of the difference before, where that one is about the same column. */
static StrataAlterColumn *
find_alter (Change                    *self,
            const StrataDifference    *difference,
            const StrataPictureColumn *old)
{
  const GPtrArray *operations = self->self->operations;
  const StrataDiffOperation *last = operations->len > 0 ? g_ptr_array_index (operations, operations->len - 1) : NULL;
  StrataFromPicture maker = strata_operations_maker (self->self, self->self->diff->from);
  StrataOperation *operation;

  if (last != NULL && last->operation->kind == STRATA_OPERATION_ALTER_COLUMN && last->difference != NULL
      && last->difference->from == difference->from && strcmp (last->operation->alter_column.column, difference->part) == 0)
    return &((StrataOperation *) last->operation)->alter_column;

  operation = add (self, difference, STRATA_OPERATION_ALTER_COLUMN);
  operation->alter_column.column = difference->part;
  if (strata_operations_can_write_type (old->type))
    operation->alter_column.existing_type = strata_type_from_picture (&maker, old->type);

  return &operation->alter_column;
}

static void
write_altered_column (Change                 *self,
                      const StrataDifference *difference)
{
  StrataFromPicture maker = strata_operations_maker (self->self, self->self->diff->to);
  const StrataPictureColumn *old, *new;
  StrataAlterColumn *alter;

  if (!is_of_column (difference, STRATA_DIFFERENCE_CHANGED))
    return;

  old = strata_picture_table_find_column (difference->from->of.table, difference->part);
  new = strata_picture_table_find_column (difference->to->of.table, difference->part);
  alter = find_alter (self, difference, old);
  if (strcmp (difference->property, "type") == 0)
    alter->type = strata_type_from_picture (&maker, new->type);
  else if (strcmp (difference->property, "nullable") == 0)
    alter->nullable = new->is_nullable ? STRATA_YES : STRATA_NO;
  else
    {
      alter->default_change = new->default_text != NULL ? STRATA_SET : STRATA_REMOVE;
      alter->server_default.expression = new->default_text != NULL ? strata_words_from_picture (&maker, new->default_text) : NULL;
    }
}

/* What is in the way first, what needs the new columns last. These come at the end of the table, as on any other server: a batch
 * with their places fails where it is not made anew. */
static void
write_directives (Change *self)
{
  static void (* const writers[]) (Change *, const StrataDifference *) = {
    write_dropped_constraint, write_altered_column, write_dropped_column, write_new_column, write_new_constraint,
  };

  for (guint w = 0; w < G_N_ELEMENTS (writers); w++)
    for (guint i = 0; self->table->differences[i] != NULL; i++)
      writers[w] (self, self->table->differences[i]);
}

/* Gone: names of tables whose rows do not count any more; or NULL. */
static gboolean
refers_to (const StrataPicture *picture,
           const char          *table,
           GHashTable          *gone)
{
  for (guint i = 0; i < picture->n_objects; i++)
    if (picture->objects[i]->kind == STRATA_OBJECT_FOREIGN_KEY
        && g_ascii_strcasecmp (picture->objects[i]->of.reference->table, table) == 0
        && (gone == NULL || !g_hash_table_contains (gone, picture->objects[i]->table)))
      return TRUE;

  return FALSE;
}

gboolean
strata_operations_is_referred (const StrataDiffOperations *self,
                               const char                 *table)
{
  return refers_to (self->diff->base, table, NULL) || refers_to (self->diff->to, table, NULL);
}

void
strata_operations_note_drop (StrataDiffOperations *self,
                             const char           *table)
{
  g_hash_table_add (self->gone, (gpointer) table);
  self->drops_referred |= self->diff->from->dialect == STRATA_DIALECT_SQLITE
                          && (refers_to (self->diff->from, table, self->gone) || refers_to (self->diff->to, table, NULL));
}

static guint
count_steps (const Change *self,
             guint         index)
{
  guint n = 0;

  while (index + n < self->self->steps->len
         && ((const StrataDiffStep *) g_ptr_array_index (self->self->steps, index + n))->table == self->table)
    n++;

  return n;
}

/* Those of the table from the index on that were added, as a batch or not. */
static void
mark_direct (Change *self,
             guint   first)
{
  for (guint i = first; i < self->self->operations->len; i++)
    ((StrataDiffOperation *) g_ptr_array_index (self->self->operations, i))->is_direct = TRUE;
}

static void
write_statements (Change *self,
                  guint   index,
                  guint   n)
{
  guint first = self->self->operations->len;
  StrataDiffOperation *operation;

  for (guint i = 0; i < n; i++)
    strata_operations_add_statement (self->self, g_ptr_array_index (self->self->steps, index + i));
  operation = g_ptr_array_index (self->self->operations, first);
  operation->table = self->table;
  operation->reason = g_strdup_printf ("not by batch_alter_table(), which %s", self->problem);
  g_strdelimit (operation->reason, "\r\n", ' ');
  if (self->table->is_rebuilt)
    self->self->made_anew = self->table->to->name;
}

guint
strata_operations_take_table (StrataDiffOperations *self,
                              guint                 index)
{
  const StrataDiffStep *step = g_ptr_array_index (self->steps, index);
  Change change = { self, step->table, NULL };
  g_autofree char *loss = NULL;
  guint first = self->operations->len;
  gboolean is_alter, is_anew;
  guint n;

  if (step->table == NULL)
    return 0;

  n = count_steps (&change, index);
  is_anew = step->table->is_rebuilt;
  judge (&change);
  is_alter = change.problem == NULL && is_plain_alter (&change);
  if (step->table->is_rebuilt && change.problem == NULL && is_altered_by_batch (&change))
    refuse (&change, "adds a NOT NULL column by ALTER, which SQLite refuses");
  if (change.problem == NULL && !(is_alter && is_altered_by_batch (&change)))
    loss = is_out_of_the_way (&change) ? strata_operations_dup_loss (self, step->table)
                                       : g_strdup ("makes it anew, with a view or a trigger in the way");
  if (change.problem == NULL && !is_alter)
    change.problem = g_steal_pointer (&loss);

  if (change.problem != NULL)
    write_statements (&change, index, n);
  else
    write_directives (&change);
  if (change.problem == NULL && is_alter
      && (loss != NULL || (!is_altered_by_batch (&change) && strata_operations_is_referred (self, step->table->to->name))))
    mark_direct (&change, first);
  else if (change.problem == NULL)
    is_anew = g_hash_table_add (self->batched, (gpointer) step->table->to->name) && !is_altered_by_batch (&change);
  self->drops_referred |= is_anew && strata_operations_is_referred (self, step->table->to->name);
  g_free (change.problem);

  return n;
}

/* FALSE where it goes through another name, as names change hands: no directive says that. */
static gboolean
is_said_at_once (const StrataDiffStep *step)
{
  const StrataDifference *difference = step->difference;
  gboolean is_column = difference->part != NULL;
  g_autofree char *table = strata_sql_quote_identifier (STRATA_DIALECT_SQLITE, difference->to->name);
  g_autofree char *old = strata_sql_quote_identifier (STRATA_DIALECT_SQLITE, is_column ? difference->part : difference->from->name);
  g_autofree char *new = is_column ? strata_sql_quote_identifier (STRATA_DIALECT_SQLITE, difference->new_part) : NULL;
  g_autofree char *sql = is_column ? g_strdup_printf ("ALTER TABLE %s RENAME COLUMN %s TO %s", table, old, new)
                                   : g_strdup_printf ("ALTER TABLE %s RENAME TO %s", old, table);

  return strcmp (step->sql, sql) == 0;
}

guint
strata_operations_take_sqlite_rename (StrataDiffOperations *self,
                                      guint                 index)
{
  const StrataDiffStep *step = g_ptr_array_index (self->steps, index);
  const StrataDifference *difference = step->difference;
  StrataOperation *operation;

  if (difference == NULL || difference->kind != STRATA_DIFFERENCE_RENAMED || difference->to->kind != STRATA_OBJECT_TABLE
      || !is_said_at_once (step))
    return 0;

  if (difference->part == NULL)
    {
      operation = strata_operations_add (self, step, STRATA_OPERATION_RENAME_TABLE, NULL, difference->from->name);
      operation->new_name = difference->to->name;
      return 1;
    }

  /* ALTER does it in every text that names the column, a batch does not. */
  operation = strata_operations_add (self, step, STRATA_OPERATION_ALTER_COLUMN, NULL, difference->to->name);
  operation->alter_column.column = difference->part;
  operation->alter_column.new_name = difference->new_part;
  ((StrataDiffOperation *) g_ptr_array_index (self->operations, self->operations->len - 1))->is_direct = TRUE;

  return 1;
}

/* Of one run of batches: the index of a batch may be called as that of another was. */
static gboolean
has_clash (const GPtrArray *operations,
           guint            first,
           guint            n)
{
  g_autoptr(GHashTable) tables = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = first; i < first + n; i++)
    {
      const StrataOperation *operation = ((const StrataDiffOperation *) g_ptr_array_index (operations, i))->operation;
      gboolean is_index = operation->kind == STRATA_OPERATION_CREATE_INDEX || operation->kind == STRATA_OPERATION_DROP_INDEX;
      const char *table = is_index ? g_hash_table_lookup (tables, operation->index.name.text) : NULL;

      if (table != NULL && strcmp (table, operation->table) != 0)
        return TRUE;
      if (is_index)
        g_hash_table_insert (tables, (gpointer) operation->index.name.text, (gpointer) operation->table);
    }

  return FALSE;
}

static gboolean
is_of_batch (const StrataDiffOperation *entry)
{
  return !entry->is_direct && entry->operation->table != NULL && entry->operation->kind != STRATA_OPERATION_CREATE_TABLE
         && entry->operation->kind != STRATA_OPERATION_DROP_TABLE && entry->operation->kind != STRATA_OPERATION_RENAME_TABLE;
}

static int
compare_ranks (gconstpointer a,
               gconstpointer b,
               gpointer      ranks)
{
  const StrataDiffOperation *first = *(const StrataDiffOperation * const *) a;
  const StrataDiffOperation *second = *(const StrataDiffOperation * const *) b;
  guint rank = GPOINTER_TO_UINT (g_hash_table_lookup (ranks, first->operation->table));
  guint other = GPOINTER_TO_UINT (g_hash_table_lookup (ranks, second->operation->table));

  return (rank > other) - (rank < other);
}

/* Table by table, in the order in which they come first. */
static void
gather_run (GPtrArray *operations,
            guint      first,
            guint      n)
{
  g_autoptr(GHashTable) ranks = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) run = g_ptr_array_new ();

  for (guint i = first; i < first + n; i++)
    {
      const StrataDiffOperation *entry = g_ptr_array_index (operations, i);

      if (!g_hash_table_contains (ranks, entry->operation->table))
        g_hash_table_insert (ranks, (gpointer) entry->operation->table, GUINT_TO_POINTER (i));
      g_ptr_array_add (run, (gpointer) entry);
    }
  g_ptr_array_sort_with_data (run, compare_ranks, ranks);
  for (guint i = 0; i < n; i++)
    operations->pdata[first + i] = run->pdata[i];
}

void
strata_operations_gather_batches (StrataDiffOperations *self)
{
  for (guint i = 0, n; i < self->operations->len; i += MAX (n, 1))
    {
      for (n = 0; i + n < self->operations->len && is_of_batch (g_ptr_array_index (self->operations, i + n)); n++)
        ;
      if (!has_clash (self->operations, i, n))
        gather_run (self->operations, i, n);
    }
}

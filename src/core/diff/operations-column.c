/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Statements that change the columns of a table, as the plan for PostgreSQL words them. */

#include "config.h"

#include "core/diff/operations-private.h"

#include <string.h>

#include "core/ddl/postgresql-private.h"

/* The column that a step's difference is about, and the words that its statements begin with. */
typedef struct
{
  StrataDiffOperations      *self;
  const StrataDiffStep      *step;
  const StrataObject        *table;
  const StrataPictureColumn *old;       /* NULL: it is added */
  const StrataPictureColumn *new;       /* NULL: it goes */
  char                      *name;      /* of the table, as it is written */
  char                      *column;
} Work;

static void
work_clear (Work *work)
{
  g_free (work->name);
  g_free (work->column);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static char *
dup_quoted (const char *name)
{
  GString *text = g_string_new (NULL);

  strata_ddl_append_name (text, name);

  return g_string_free (text, FALSE);
}

static gboolean
begin (Work                 *work,
       StrataDiffOperations *self,
       const StrataDiffStep *step)
{
  const StrataDifference *difference = step->difference;
  const StrataObject *from, *to;

  if (difference == NULL || self->diff->from->dialect != STRATA_DIALECT_POSTGRESQL)
    return FALSE;

  from = difference->from;
  to = difference->to;
  work->self = self;
  work->step = step;
  work->table = from != NULL ? from : to;
  if (work->table->kind != STRATA_OBJECT_TABLE)
    return FALSE;

  work->name = strata_ddl_dup_name (work->table);
  if (difference->part != NULL)
    {
      work->column = dup_quoted (difference->part);
      work->old = from != NULL && difference->kind != STRATA_DIFFERENCE_ADDED
                  ? strata_picture_table_find_column (from->of.table, difference->part) : NULL;
      work->new = to != NULL && difference->kind != STRATA_DIFFERENCE_REMOVED
                  ? strata_picture_table_find_column (to->of.table, difference->new_part != NULL ? difference->new_part
                                                                                                  : difference->part) : NULL;
    }

  return TRUE;
}

/* What stands behind the words in the statement; NULL: it does not begin with them. */
static const char *
skip (const Work *work,
      const char *first,
      const char *second,
      const char *third)
{
  const char *words[] = { first, work->name, second, work->column, third };
  const char *at = work->step->sql;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (words[i] == NULL && i >= 3)
        continue;
      if (words[i] == NULL || !g_str_has_prefix (at, words[i]))
        return NULL;
      at += strlen (words[i]);
    }

  return at;
}

/* The steps behind it that say more of the same column, and nothing else. */
static guint
count_same (const Work *work,
            guint       index)
{
  guint n = 1;

  for (; index + n < work->self->steps->len; n++)
    {
      const StrataDiffStep *step = g_ptr_array_index (work->self->steps, index + n);

      if (step->difference != work->step->difference || !g_str_has_prefix (step->sql, "COMMENT ON COLUMN "))
        break;
    }

  return n;
}

static guint
take_added (Work  *work,
            guint  index)
{
  StrataFromPicture maker = strata_operations_maker (work->self, work->self->diff->to);
  const StrataPictureColumn *column = work->new;
  StrataOperation *operation;

  if (column == NULL || work->step->difference->kind != STRATA_DIFFERENCE_ADDED || skip (work, "ALTER TABLE ", " ADD COLUMN ", " ") == NULL
      || !strata_operations_can_write_column (column, STRATA_DIALECT_POSTGRESQL))
    return 0;

  operation = strata_operations_add (work->self, work->step, STRATA_OPERATION_ADD_COLUMN, work->table->schema, work->table->name);
  operation->add_column.column = strata_column_from_picture (&maker, work->step->difference->to->of.table, column);

  return count_same (work, index);
}

static guint
take_removed (Work *work)
{
  const char *rest = skip (work, "ALTER TABLE ", " DROP COLUMN ", NULL);
  StrataOperation *operation;

  if (rest == NULL || *rest != '\0' || work->step->difference->kind != STRATA_DIFFERENCE_REMOVED)
    return 0;

  operation = strata_operations_add (work->self, work->step, STRATA_OPERATION_DROP_COLUMN, work->table->schema, work->table->name);
  operation->column = work->old->name;

  return 1;
}

/* A directive says the type before the rest; for DROP NOT NULL that is the same. */
static gboolean
can_join (const StrataAlterColumn *last,
          gboolean                 is_type)
{
  return last->new_name == NULL
         && (!is_type || (last->nullable != STRATA_NO && last->default_change == STRATA_LEAVE && last->comment_change == STRATA_LEAVE));
}

/* The directive of the step before, where that one is about the same column and can say this too. */
static StrataAlterColumn *
find_alter (Work     *work,
            gboolean  is_type)
{
  const GPtrArray *operations = work->self->operations;
  const StrataDiffOperation *last = operations->len > 0 ? g_ptr_array_index (operations, operations->len - 1) : NULL;
  StrataOperation *operation = last != NULL ? (StrataOperation *) last->operation : NULL;
  StrataFromPicture maker = strata_operations_maker (work->self, work->self->diff->from);

  if (operation != NULL && operation->kind == STRATA_OPERATION_ALTER_COLUMN && last->is_outside == work->step->is_outside
      && last->difference != NULL && last->difference->from == work->step->difference->from
      && strcmp (operation->alter_column.column, work->old->name) == 0 && can_join (&operation->alter_column, is_type))
    return &operation->alter_column;

  operation = strata_operations_add (work->self, work->step, STRATA_OPERATION_ALTER_COLUMN, work->table->schema, work->table->name);
  operation->alter_column.column = work->old->name;
  if (strata_operations_can_write_type (work->old->type))
    operation->alter_column.existing_type = strata_type_from_picture (&maker, work->old->type);

  return &operation->alter_column;
}

static gboolean
take_type (Work       *work,
           const char *rest)
{
  StrataFromPicture maker = strata_operations_maker (work->self, work->self->diff->to);
  gsize length = strlen (work->new->type_text);
  StrataAlterColumn *alter;

  if (strncmp (rest, work->new->type_text, length) != 0 || !strata_operations_can_write_type (work->new->type))
    return FALSE;

  rest += length;
  if (*rest != '\0' && !g_str_has_prefix (rest, " USING "))
    return FALSE;

  alter = find_alter (work, TRUE);
  alter->type = strata_type_from_picture (&maker, work->new->type);
  if (*rest != '\0')
    {
      StrataOption *option = strata_operations_alloc (work->self, sizeof *option);
      const StrataOption **list = strata_operations_alloc (work->self, 2 * sizeof *list);

      option->name = "postgresql_using";
      option->text = rest + strlen (" USING ");
      list[0] = option;
      alter->options = list;
    }

  return TRUE;
}

static gboolean
take_default (Work       *work,
              const char *text)
{
  StrataFromPicture maker = strata_operations_maker (work->self, work->self->diff->to);
  StrataAlterColumn *alter;

  if (text != NULL && g_strcmp0 (text, work->new->default_text) != 0)
    return FALSE;

  alter = find_alter (work, FALSE);
  alter->default_change = text != NULL ? STRATA_SET : STRATA_REMOVE;
  alter->server_default = (StrataDefault) { .expression = text != NULL ? strata_words_from_picture (&maker, text) : NULL };

  return TRUE;
}

static guint
take_altered (Work *work)
{
  const char *rest = skip (work, "ALTER TABLE ", " ALTER COLUMN ", " ");

  if (rest == NULL || work->old == NULL || work->new == NULL)
    return 0;

  if (g_str_has_prefix (rest, "TYPE "))
    return take_type (work, rest + strlen ("TYPE "));
  if (g_str_has_prefix (rest, "SET DEFAULT "))
    return take_default (work, rest + strlen ("SET DEFAULT "));
  if (strcmp (rest, "DROP DEFAULT") == 0)
    return take_default (work, NULL);
  if (strcmp (rest, "SET NOT NULL") != 0 && strcmp (rest, "DROP NOT NULL") != 0)
    return 0;

  find_alter (work, FALSE)->nullable = *rest == 'D' ? STRATA_YES : STRATA_NO;

  return 1;
}

static guint
take_comment (Work *work)
{
  StrataAlterColumn *alter;
  StrataOperation *operation;

  if (work->column == NULL && skip (work, "COMMENT ON TABLE ", " IS ", NULL) != NULL && work->step->difference->to != NULL)
    {
      operation = strata_operations_add (work->self, work->step, STRATA_OPERATION_COMMENT_TABLE, work->table->schema,
                                         work->table->name);
      operation->comment = work->step->difference->to->comment;
      return 1;
    }
  if (work->old == NULL || work->new == NULL || skip (work, "COMMENT ON COLUMN ", ".", " IS ") == NULL)
    return 0;

  alter = find_alter (work, FALSE);
  alter->comment_change = work->new->comment != NULL ? STRATA_SET : STRATA_REMOVE;
  alter->comment = work->new->comment;
  alter->existing_comment = work->old->comment;

  return 1;
}

static guint
take_renamed (Work *work)
{
  const StrataDifference *difference = work->step->difference;
  g_autofree char *new_name = NULL;
  const char *rest;
  StrataOperation *operation;

  if (difference->kind != STRATA_DIFFERENCE_RENAMED)
    return 0;

  new_name = dup_quoted (difference->new_part != NULL ? difference->new_part : difference->to->name);
  if (difference->part != NULL)
    {
      rest = skip (work, "ALTER TABLE ", " RENAME COLUMN ", " TO ");
      if (g_strcmp0 (rest, new_name) != 0)
        return 0;
      operation = strata_operations_add (work->self, work->step, STRATA_OPERATION_ALTER_COLUMN, work->table->schema,
                                         work->table->name);
      operation->alter_column.column = difference->part;
      operation->alter_column.new_name = difference->new_part;
      return 1;
    }

  rest = skip (work, "ALTER TABLE ", " RENAME TO ", NULL);
  if (g_strcmp0 (rest, new_name) != 0)
    return 0;
  operation = strata_operations_add (work->self, work->step, STRATA_OPERATION_RENAME_TABLE, work->table->schema, work->table->name);
  operation->new_name = difference->to->name;

  return 1;
}

guint
strata_operations_take_column (StrataDiffOperations *self,
                               guint                 index)
{
  g_auto(Work) work = { NULL };
  guint n;

  if (!begin (&work, self, g_ptr_array_index (self->steps, index)))
    return 0;

  n = take_renamed (&work);
  if (n == 0)
    n = take_added (&work, index);
  if (n == 0)
    n = take_removed (&work);
  if (n == 0)
    n = take_altered (&work);

  return n > 0 ? n : take_comment (&work);
}

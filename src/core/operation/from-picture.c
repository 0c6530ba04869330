/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/operation/from-picture.h"

#include <string.h>

typedef StrataFromPicture Maker;

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

/* What text() would take for a parameter: a colon before a word that no colon, word or backslash is before. */
static gboolean
is_parameter (const char *text,
              const char *at)
{
  gboolean is_word = g_ascii_isalnum (at[1]) || at[1] == '_';

  return *at == ':' && is_word && (at == text || !(g_ascii_isalnum (at[-1]) || strchr ("_:\\", at[-1]) != NULL));
}

static char *
escape_parameters (Maker      *self,
                   const char *text)
{
  gsize length = strlen (text);
  char *escaped = self->alloc (self->data, 2 * length + 1);
  char *out = escaped;

  for (const char *at = text; *at != '\0'; at++)
    {
      if (is_parameter (text, at))
        *out++ = '\\';
      *out++ = *at;
    }

  return escaped;
}

/* SQL of the server, as it stands. */
static const StrataExpression *
new_words (Maker      *self,
           const char *text)
{
  StrataExpression *expression = NEW (self, StrataExpression);

  expression->kind = self->is_script ? STRATA_EXPRESSION_TEXT : STRATA_EXPRESSION_WORDS;
  expression->name = self->is_script ? escape_parameters (self, text) : text;

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

gboolean
strata_column_is_serial (const StrataPictureTable  *table,
                         const StrataPictureColumn *column)
{
  const StrataPictureKey *key = table->primary_key;
  StrataAffinity affinity = column->type != NULL ? strata_type_kind_get_affinity (column->type->kind) : STRATA_AFFINITY_NONE;

  return column->is_autoincrement && affinity == STRATA_AFFINITY_INTEGER && key != NULL && key->columns[1] == NULL
         && strcmp (key->columns[0], column->name) == 0;
}

/* A script's column gets a sequence of its own only where it is the key; reading a database tells one for all. */
static gboolean
is_implied_default (Maker                     *self,
                    const StrataPictureTable  *table,
                    const StrataPictureColumn *column)
{
  if (!column->is_autoincrement || self->picture->dialect != STRATA_DIALECT_POSTGRESQL)
    return FALSE;

  return !self->is_script || (!self->is_added && strata_column_is_serial (table, column));
}

/* In a script, types of their own are made by themselves. */
const StrataType *
strata_type_from_picture (StrataFromPicture *self,
                          const StrataType  *type)
{
  StrataType *made;

  if (!self->is_script || type == NULL || type->python != NULL
      || (type->kind != STRATA_TYPE_ENUM && type->kind != STRATA_TYPE_DOMAIN && type->kind != STRATA_TYPE_ARRAY))
    return type;

  made = NEW (self, StrataType);
  *made = *type;
  made->values.is_made_elsewhere = type->kind != STRATA_TYPE_ARRAY;
  if (type->kind != STRATA_TYPE_ARRAY && g_strcmp0 (type->values.schema, self->picture->default_schema) == 0)
    made->values.schema = NULL;
  made->item = strata_type_from_picture (self, type->item);

  return made;
}

/* The key is a constraint of the table there; that an integer key does not count has to be said. */
static void
say_least (StrataColumn              *column,
           const StrataPictureTable  *table,
           const StrataPictureColumn *from)
{
  StrataPictureColumn counting = *from;

  counting.is_autoincrement = TRUE;
  column->is_primary_key = FALSE;
  if (from->identity != NULL || from->default_text != NULL || !strata_column_is_serial (table, &counting))
    column->autoincrement = STRATA_AUTOINCREMENT_AUTO;
}

static const StrataColumn *
new_column (Maker                     *self,
            const StrataPictureTable  *table,
            const StrataPictureColumn *from)
{
  StrataColumn *column = NEW (self, StrataColumn);
  const StrataPictureKey *key = table->primary_key;

  column->name = from->name;
  column->type = strata_type_from_picture (self, from->type);
  column->nullable = from->is_nullable ? STRATA_YES : STRATA_NO;
  for (guint i = 0; key != NULL && key->columns[i] != NULL; i++)
    column->is_primary_key |= g_strcmp0 (key->columns[i], from->name) == 0;
  column->autoincrement = from->is_autoincrement || self->picture->dialect == STRATA_DIALECT_SQLITE ? STRATA_AUTOINCREMENT_AUTO
                                                                                                    : STRATA_AUTOINCREMENT_NO;
  if (self->is_script)
    say_least (column, table, from);
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
  else if (from->default_text != NULL && !is_implied_default (self, table, from))
    column->server_default = new_words (self, from->default_text);

  return column;
}

static const StrataOption * const *
list_key_options (Maker                  *self,
                  const StrataPictureKey *from)
{
  const StrataOption **list = NEW_LIST (self, 2);
  StrataOption *option;
  guint n = 0;

  if (!self->is_script)
    return NULL;

  if (from->include != NULL)
    {
      list[n++] = option = (StrataOption *) new_option (self, "postgresql_include");
      option->words = from->include;
    }
  if (from->nulls_not_distinct)
    {
      list[n++] = option = (StrataOption *) new_option (self, "postgresql_nulls_not_distinct");
      option->flag = TRUE;
    }

  return list;
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
  constraint->options = self->picture->dialect == STRATA_DIALECT_POSTGRESQL
                        ? list_key_options (self, from) : list_text_option (self, "sqlite_on_conflict", from->on_conflict);

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
               const StrataPictureReference *from)
{
  StrataConstraint *constraint = NEW (self, StrataConstraint);
  StrataReference *reference = NEW (self, StrataReference);

  *reference = (StrataReference) {
    .schema = g_strcmp0 (from->schema, self->picture->default_schema) != 0 ? from->schema : NULL,
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
                  const StrataPictureTable *table)
{
  const StrataConstraint **list = NEW_LIST (self, 1 + count (table->uniques) + count (table->checks)
                                                  + count (table->references));
  gboolean has_references = !self->is_script || self->picture->dialect == STRATA_DIALECT_SQLITE;
  guint n = 0;

  if (table->primary_key != NULL)
    list[n++] = new_key (self, STRATA_CONSTRAINT_PRIMARY_KEY, table->primary_key);
  for (guint i = 0; i < count (table->uniques); i++)
    list[n++] = new_key (self, STRATA_CONSTRAINT_UNIQUE, table->uniques[i]);
  for (guint i = 0; has_references && i < count (table->references); i++)
    list[n++] = new_reference (self, table->references[i]);
  for (guint i = 0; i < count (table->checks); i++)
    list[n++] = new_check (self, table->checks[i]);

  return list;
}

/* The text with all that stands behind it in an index; SQLite's has that already. */
static const char *
dup_element (Maker                      *self,
             const StrataPictureElement *from)
{
  static const char * const nulls[] = {
    [STRATA_NULLS_FIRST] = " NULLS FIRST",
    [STRATA_NULLS_LAST] = " NULLS LAST",
  };
  g_autoptr(GString) text = g_string_new (from->text);
  char *copy;

  if (self->picture->dialect == STRATA_DIALECT_SQLITE)
    return from->text;

  /* Of an expression it is always told. */
  if (from->collation != NULL && (from->column != NULL || strcmp (from->collation, "default") != 0))
    g_string_append_printf (text, " COLLATE \"%s\"", from->collation);
  if (from->operator_class != NULL)
    g_string_append_printf (text, " %s", from->operator_class);
  if (from->is_descending)
    g_string_append (text, " DESC");
  if (from->nulls != STRATA_NULLS_AS_USUAL)
    g_string_append (text, nulls[from->nulls]);
  copy = self->alloc (self->data, text->len + 1);

  return memcpy (copy, text->str, text->len + 1);
}

static const StrataExpression *
new_element (Maker                      *self,
             const StrataPictureElement *from)
{
  gboolean is_plain = from->column != NULL && !from->is_descending && from->collation == NULL
                      && from->operator_class == NULL && from->nulls == STRATA_NULLS_AS_USUAL;

  return is_plain ? new_column_reference (self, from->column) : new_words (self, dup_element (self, from));
}

static const StrataOption * const *
list_index_options (Maker                    *self,
                    const StrataPictureIndex *from)
{
  gboolean is_sqlite = self->picture->dialect == STRATA_DIALECT_SQLITE;
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
strata_create_table_from_picture (StrataFromPicture        *self,
                                  const StrataPictureTable *table)
{
  StrataCreateTable *create = NEW (self, StrataCreateTable);
  guint n_columns = count (table->columns);
  guint n_indexes = self->is_script ? 0 : count (table->indexes);
  const StrataColumn **columns = NEW_LIST (self, n_columns);
  const StrataIndex **indexes = NEW_LIST (self, n_indexes);
  guint n = 0;

  for (guint i = 0; i < n_columns; i++)
    columns[i] = new_column (self, table, table->columns[i]);
  for (guint i = 0; i < n_indexes; i++)
    if (!table->indexes[i]->is_of_constraint)
      indexes[n++] = new_index (self, table->indexes[i]);

  create->columns = columns;
  create->constraints = list_constraints (self, table);
  create->indexes = indexes;
  create->comment = table->comment;
  if (self->picture->dialect == STRATA_DIALECT_SQLITE)
    create->options = list_table_options (self, table);

  return create;
}

const StrataColumn *
strata_column_from_picture (StrataFromPicture         *self,
                            const StrataPictureTable  *table,
                            const StrataPictureColumn *column)
{
  StrataColumn *made;

  self->is_added = TRUE;
  made = (StrataColumn *) new_column (self, table, column);
  self->is_added = FALSE;
  made->autoincrement = STRATA_AUTOINCREMENT_AUTO;

  return made;
}

const StrataIndex *
strata_index_from_picture (StrataFromPicture        *self,
                           const StrataPictureIndex *index)
{
  return new_index (self, index);
}

const StrataConstraint *
strata_constraint_from_picture (StrataFromPicture  *self,
                                const StrataObject *object)
{
  switch ((int) object->kind)
    {
    case STRATA_OBJECT_PRIMARY_KEY: return new_key (self, STRATA_CONSTRAINT_PRIMARY_KEY, object->of.key);
    case STRATA_OBJECT_UNIQUE: return new_key (self, STRATA_CONSTRAINT_UNIQUE, object->of.key);
    case STRATA_OBJECT_CHECK: return new_check (self, object->of.check);
    case STRATA_OBJECT_FOREIGN_KEY: return new_reference (self, object->of.reference);
    default: return NULL;
    }
}

const StrataExpression *
strata_words_from_picture (StrataFromPicture *self,
                           const char        *text)
{
  return new_words (self, text);
}

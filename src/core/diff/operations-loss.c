/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What Alembic's batch_alter_table() does to a table of SQLite besides what it is asked for: it makes the table anew from what
 * SQLAlchemy reads of it, which is a part of what there is. Strata's own loses nothing, but the file is Alembic's to run, too. */

#include "config.h"

#include "core/diff/operations-private.h"

#include <string.h>

#include "core/operation/kept.h"
#include "core/sql/sqlite-create.h"

/* SQLAlchemy's expressions for them, as far as they find a constraint with all that it says. */
#define NAMED "[,(]\\s*(?:CONSTRAINT +(?:\"[^\"]+\"|\\w+) +)?"
#define FOREIGN_KEY NAMED "FOREIGN KEY *\\( *[^()]+? *\\) +REFERENCES +(?:\"[^\"]+\"|[a-z0-9_]+) *" \
  "\\( *(?:(?:\"[^\"]+\"|[a-z0-9_]+) *(?:, *)?)+\\) *" \
  "(?:ON (?:DELETE|UPDATE) (?:SET NULL|SET DEFAULT|CASCADE|RESTRICT) *)*(?:(?:NOT +)?DEFERRABLE)?" \
  "(?: +INITIALLY +(?:DEFERRED|IMMEDIATE))?\\s*(?=[,)])"
#define UNIQUE NAMED "UNIQUE *\\([^()]+\\)\\s*(?=[,)])"
#define CHECK "[,(]\\s*CONSTRAINT\\s+(?:\"[^\"]+\"|\\w+)\\s+CHECK\\s*\\("

typedef struct
{
  StrataDiffOperations  *self;
  const StrataDiffTable *table;
  StrataSqliteCreate    *old;
} Loss;

static guint
count_matches (const char *text,
               const char *pattern)
{
  g_autoptr(GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  guint n = 0;

  g_regex_match (regex, text, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    n++;

  return n;
}

static gboolean
is_plain_name (const char *name)
{
  for (; name != NULL && *name != '\0'; name++)
    if (!g_ascii_isalnum (*name) && *name != '_' && *name != ' ' && (guchar) *name < 0x80)
      return FALSE;

  return TRUE;
}

/* A word behind a colon would be a parameter to SQLAlchemy. */
static gboolean
has_colon (const char *text)
{
  return text != NULL && strchr (text, ':') != NULL;
}

static const StrataDifference *
find_removed (const Loss *self,
              const char *column)
{
  for (guint i = 0; self->table->differences[i] != NULL; i++)
    {
      const StrataDifference *difference = self->table->differences[i];

      if (difference->kind == STRATA_DIFFERENCE_REMOVED && g_strcmp0 (difference->part, column) == 0)
        return difference;
    }

  return NULL;
}

/* Alembic puts what does not look like one digit, a string or a group into parentheses. */
static gboolean
keeps_default (const char *text)
{
  gsize length;
  const char *last;

  if (text == NULL || *text == '\0')
    return TRUE;

  length = strlen (text);
  last = text + length - 1;
  if (*text == '"' || has_colon (text) || (*text == '(' && *last == ')'))
    return FALSE;

  /* The quotes of one string, not of the first and the last of several. */
  for (const char *at = text + 1; *text == '\'' && at < last; at++)
    if (*at == '\'' && *++at != '\'')
      return FALSE;

  return TRUE;
}

static char *
judge_column (const Loss               *self,
              const StrataSqliteColumn *column)
{
  const StrataPictureColumn *seen = strata_picture_table_find_column (self->table->from->of.table, column->name);

  if (column->generated != NULL)
    return g_strdup_printf ("fails on the generated column %s", column->name);
  if (seen == NULL || !is_plain_name (column->name))
    return g_strdup_printf ("may not find the column %s", column->name);
  if (find_removed (self, column->name) != NULL)
    return NULL;
  if (column->collation != NULL || column->not_null_conflict != NULL || column->extra != NULL)
    return g_strdup_printf ("loses what else the column %s says: %s", column->name,
                            column->collation != NULL ? "COLLATE"
                            : column->not_null_conflict != NULL ? column->not_null_conflict : column->extra);
  if (column->default_name != NULL || column->not_null_name != NULL)
    return g_strdup_printf ("loses the names of DEFAULT and NOT NULL of the column %s", column->name);
  if (!strata_column_keeps_type (seen))
    return g_strdup_printf ("makes another type of %s, that of the column %s", column->type != NULL ? column->type : "none",
                            column->name);
  if (!keeps_default (seen->default_text))
    return g_strdup_printf ("makes something else of the default of the column %s", column->name);

  return NULL;
}

/* In the order of the columns: another one is not kept. */
static gboolean
is_in_order (const Loss      *self,
             const GPtrArray *names)
{
  guint at = 0;

  for (guint i = 0; i < self->old->columns->len && at < names->len; i++)
    at += g_ascii_strcasecmp (((const StrataSqliteColumn *) self->old->columns->pdata[i])->name, names->pdata[at]) == 0;

  return at == names->len;
}

static gboolean
is_there (const StrataPicture *picture,
          const char          *table)
{
  for (guint i = 0; i < picture->n_objects; i++)
    if (picture->objects[i]->kind == STRATA_OBJECT_TABLE && g_ascii_strcasecmp (picture->objects[i]->name, table) == 0)
      return TRUE;

  return FALSE;
}

/* SQLAlchemy reads the tables that it refers to, and those that these refer to. */
static const char *
find_missing (const StrataPicture *picture)
{
  for (guint i = 0; i < picture->n_objects; i++)
    if (picture->objects[i]->kind == STRATA_OBJECT_FOREIGN_KEY && !is_there (picture, picture->objects[i]->of.reference->table))
      return picture->objects[i]->of.reference->table;

  return NULL;
}

/* Keys by their columns, foreign keys by what they refer to as well. */
static char *
dup_signature (const StrataSqliteConstraint *constraint)
{
  g_autoptr(GString) text = g_string_new (constraint->kind == STRATA_SQLITE_FOREIGN_KEY ? constraint->table : "");

  if (constraint->kind == STRATA_SQLITE_CHECK || constraint->kind == STRATA_SQLITE_OTHER)
    return NULL;

  for (guint i = 0; i < constraint->columns->len; i++)
    g_string_append_printf (text, "\n%s", (const char *) constraint->columns->pdata[i]);
  for (guint i = 0; i < constraint->referred->len; i++)
    g_string_append_printf (text, "\n%s", (const char *) constraint->referred->pdata[i]);

  return g_ascii_strdown (text->str, -1);
}

/* It knows one of a name, and one that says the same. */
static const char *
find_double (const StrataSqliteCreate *create)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < create->constraints->len; i++)
    {
      const StrataSqliteConstraint *constraint = create->constraints->pdata[i];
      char *signature = dup_signature (constraint);

      if ((constraint->name != NULL && !g_hash_table_add (seen, g_strdup (constraint->name)))
          || (signature != NULL && !g_hash_table_add (seen, signature)))
        return constraint->text;
    }

  return NULL;
}

static char *
judge_constraint (const Loss                   *self,
                  const StrataSqliteConstraint *constraint)
{
  const char *tail = constraint->tail != NULL ? constraint->tail : "";

  if (!is_plain_name (constraint->name))
    return g_strdup_printf ("may not find the constraint %s", constraint->name);

  switch (constraint->kind)
    {
    case STRATA_SQLITE_PRIMARY_KEY:
      if (constraint->is_autoincrement)
        return g_strdup ("loses AUTOINCREMENT");
      if (*tail != '\0' || constraint->is_descending || !is_in_order (self, constraint->columns))
        return g_strdup ("makes another primary key");
      return NULL;

    case STRATA_SQLITE_UNIQUE:
      return *tail == '\0' && !constraint->is_of_column ? NULL : g_strdup_printf ("may lose %s", constraint->text);

    case STRATA_SQLITE_CHECK:
      if (constraint->name == NULL || *tail != '\0' || has_colon (constraint->condition))
        return g_strdup_printf ("loses %s%s", constraint->text, constraint->name == NULL ? ", which has no name" : "");
      return NULL;

    case STRATA_SQLITE_FOREIGN_KEY:
      if (find_missing (self->self->diff->base) != NULL)
        return g_strdup_printf ("fails where a foreign key refers to what is not there, as to %s", find_missing (self->self->diff->base));
      if (strstr (tail, "MATCH") != NULL || constraint->referred->len == 0 || !is_plain_name (constraint->table)
          || (constraint->is_of_column && (*tail != '\0' || constraint->name != NULL)))
        return g_strdup_printf ("loses a part of %s", constraint->text);
      return NULL;

    case STRATA_SQLITE_OTHER:
    default:
      return g_strdup_printf ("loses %s", constraint->text);
    }
}

static char *
judge_doubles (const Loss *self)
{
  g_autoptr(StrataSqliteCreate) new = strata_sqlite_create_new (self->table->to->text);
  const char *text = find_double (self->old);

  if (text == NULL && new != NULL)
    text = find_double (new);

  return text != NULL ? g_strdup_printf ("loses %s beside another one like it", text) : NULL;
}

/* What is not written as SQLAlchemy's expressions want it, it does not see. */
static char *
judge_text (const Loss *self)
{
  const char *text = self->table->from->text;
  guint n_uniques = 0, n_checks = 0, n_references = 0;

  for (guint i = 0; i < self->old->constraints->len; i++)
    {
      const StrataSqliteConstraint *constraint = self->old->constraints->pdata[i];

      n_uniques += constraint->kind == STRATA_SQLITE_UNIQUE;
      n_checks += constraint->kind == STRATA_SQLITE_CHECK;
      n_references += constraint->kind == STRATA_SQLITE_FOREIGN_KEY && !constraint->is_of_column;
    }

  if (strstr (text, "--") == NULL && strstr (text, "/*") == NULL && count_matches (text, FOREIGN_KEY) == n_references
      && count_matches (text, UNIQUE) == n_uniques && count_matches (text, CHECK) == n_checks
      && count_matches (text, "\\bCHECK\\s*\\(") == n_checks)
    return NULL;

  return g_strdup ("may not see every constraint in how the CREATE TABLE is written");
}

static gboolean
is_plain_index (const StrataPictureIndex *index)
{
  if (!is_plain_name (index->name) || has_colon (index->where) || (index->where != NULL && strpbrk (index->where, "\r\n") != NULL))
    return FALSE;

  return strata_operations_has_plain_elements (index);
}

static char *
judge_indexes (const Loss *self)
{
  const StrataPicture *picture = self->self->diff->base;

  for (guint i = 0; i < picture->n_objects; i++)
    {
      const StrataObject *object = picture->objects[i];

      if (object->kind == STRATA_OBJECT_INDEX && object->of.index != NULL
          && g_ascii_strcasecmp (object->table, self->table->from->name) == 0
          && !g_hash_table_contains (self->self->gone, object->name) && !is_plain_index (object->of.index))
        return g_strdup_printf ("loses a part of the index %s", object->name);
    }

  return NULL;
}

typedef enum
{
  HOLDS_TEXT,
  HOLDS_WHOLE,
  HOLDS_NUMBERS,
  HOLDS_OTHER,
} Holds;

static Holds
get_held (const StrataType *type)
{
  switch ((int) strata_type_kind_get_affinity (type->kind))
    {
    case STRATA_AFFINITY_STRING: return HOLDS_TEXT;
    case STRATA_AFFINITY_INTEGER:
    case STRATA_AFFINITY_BOOLEAN: return HOLDS_WHOLE;
    case STRATA_AFFINITY_NUMERIC: return HOLDS_NUMBERS;
    default: return HOLDS_OTHER;
    }
}

/* Alembic writes a CAST where the kind of type changes: "abc" would be 0, a date its year. */
static gboolean
keeps_values (const StrataType *old,
              const StrataType *new)
{
  Holds was = get_held (old), is = get_held (new);

  if (is == HOLDS_TEXT)
    return strata_type_kind_get_affinity (old->kind) != STRATA_AFFINITY_BINARY;
  if (was == HOLDS_WHOLE)
    return is == HOLDS_WHOLE || is == HOLDS_NUMBERS;

  return was == HOLDS_NUMBERS ? is == HOLDS_NUMBERS : was == HOLDS_OTHER && old->kind == new->kind;
}

static char *
judge_changes (const Loss *self)
{
  for (guint i = 0; self->table->differences[i] != NULL; i++)
    {
      const StrataDifference *difference = self->table->differences[i];
      const StrataPictureColumn *old, *new;

      if (difference->part == NULL || g_strcmp0 (difference->property, "type") != 0)
        continue;
      old = strata_picture_table_find_column (difference->from->of.table, difference->part);
      new = strata_picture_table_find_column (difference->to->of.table, difference->part);
      if (old != NULL && new != NULL && !keeps_values (old->type, new->type))
        return g_strdup_printf ("writes a CAST for the column %s, which does not keep every value", difference->part);
    }

  return NULL;
}

char *
strata_operations_dup_loss (StrataDiffOperations  *self,
                            const StrataDiffTable *table)
{
  g_autoptr(StrataSqliteCreate) old = strata_sqlite_create_new (table->from->text);
  const Loss loss = { self, table, old };
  char *found = NULL;

  if (old == NULL || table->from->of.table == NULL)
    return g_strdup ("knows nothing of such a table");
  if (old->is_strict || old->is_without_rowid || old->options != NULL)
    return g_strdup_printf ("loses %s", old->is_strict ? "STRICT" : old->is_without_rowid ? "WITHOUT ROWID" : old->options);

  for (guint i = 0; i < old->columns->len && found == NULL; i++)
    found = judge_column (&loss, old->columns->pdata[i]);
  for (guint i = 0; i < old->constraints->len && found == NULL; i++)
    found = judge_constraint (&loss, old->constraints->pdata[i]);
  if (found == NULL)
    found = judge_doubles (&loss);
  if (found == NULL)
    found = judge_text (&loss);
  if (found == NULL)
    found = judge_indexes (&loss);

  return found != NULL ? found : judge_changes (&loss);
}

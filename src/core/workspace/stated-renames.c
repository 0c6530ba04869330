/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/stated-renames.h"

#include <string.h>

#include "core/diff/diff.h"
#include "core/sql/lexer.h"
#include "core/workspace/renames.h"

#define MOST_PARTS 3

/* What is there before, and what it is called now. */
typedef struct
{
  const StrataObject *object;
  const char         *column;   /* of a table; NULL: the object itself */
  char               *now;
} Thing;

/* A table that rows of another one go to, column by column. */
typedef struct
{
  char               *target;
  const StrataObject *source;
  GPtrArray          *from;     /* const char*, columns of the source, or NULL */
  GPtrArray          *to;       /* char* */
} Copy;

typedef struct
{
  const StrataPicture *before;
  GPtrArray           *things;   /* Thing* */
  GPtrArray           *copies;   /* Copy* */
} Reader;

/* Of one statement. */
typedef struct
{
  StrataDialect dialect;
  StrataLexer   lexer;
  StrataToken   token;
  gboolean      has_token;
} Scan;

typedef struct
{
  const char       *words[2];
  StrataObjectKind  kinds[5];
  guint             n_kinds;
} Kinds;

static const Kinds altered[] = {
  { { "TABLE" }, { STRATA_OBJECT_TABLE, STRATA_OBJECT_VIEW, STRATA_OBJECT_MATERIALIZED_VIEW, STRATA_OBJECT_SEQUENCE,
                   STRATA_OBJECT_INDEX }, 5 },
  { { "VIEW" }, { STRATA_OBJECT_VIEW }, 1 },
  { { "MATERIALIZED", "VIEW" }, { STRATA_OBJECT_MATERIALIZED_VIEW }, 1 },
  { { "INDEX" }, { STRATA_OBJECT_INDEX, STRATA_OBJECT_PRIMARY_KEY, STRATA_OBJECT_UNIQUE, STRATA_OBJECT_EXCLUSION }, 4 },
  { { "SEQUENCE" }, { STRATA_OBJECT_SEQUENCE }, 1 },
  { { "TYPE" }, { STRATA_OBJECT_ENUM, STRATA_OBJECT_COMPOSITE, STRATA_OBJECT_RANGE, STRATA_OBJECT_DOMAIN }, 4 },
  { { "DOMAIN" }, { STRATA_OBJECT_DOMAIN }, 1 },
  { { "FUNCTION" }, { STRATA_OBJECT_ROUTINE }, 1 },
  { { "PROCEDURE" }, { STRATA_OBJECT_ROUTINE }, 1 },
  { { "ROUTINE" }, { STRATA_OBJECT_ROUTINE }, 1 },
  { { "AGGREGATE" }, { STRATA_OBJECT_AGGREGATE }, 1 },
  { { "COLLATION" }, { STRATA_OBJECT_COLLATION }, 1 },
  { { "STATISTICS" }, { STRATA_OBJECT_STATISTICS }, 1 },
};
static const Kinds hanging[] = {
  { { "TRIGGER" }, { STRATA_OBJECT_TRIGGER }, 1 },
  { { "POLICY" }, { STRATA_OBJECT_POLICY }, 1 },
  { { "RULE" }, { STRATA_OBJECT_RULE }, 1 },
};
static const Kinds constraints = {
  { "CONSTRAINT" }, { STRATA_OBJECT_PRIMARY_KEY, STRATA_OBJECT_UNIQUE, STRATA_OBJECT_CHECK, STRATA_OBJECT_EXCLUSION,
                      STRATA_OBJECT_FOREIGN_KEY }, 5,
};

static void
thing_free (gpointer data)
{
  Thing *self = data;

  g_free (self->now);
  g_free (self);
}

static void
copy_free (gpointer data)
{
  Copy *self = data;

  g_free (self->target);
  g_ptr_array_unref (self->from);
  g_ptr_array_unref (self->to);
  g_free (self);
}

static void
next (Scan *scan)
{
  scan->has_token = strata_lexer_next (&scan->lexer, &scan->token);
}

static gboolean
skip_word (Scan       *scan,
           const char *word)
{
  gboolean is_there = scan->has_token && strata_token_is_word (&scan->token, word);

  if (is_there)
    next (scan);

  return is_there;
}

static gboolean
skip_symbol (Scan       *scan,
             const char *symbol)
{
  gboolean is_there = scan->has_token && strata_token_is_symbol (&scan->token, symbol);

  if (is_there)
    next (scan);

  return is_there;
}

/* As the server understands it; NULL: no name stands there. */
static char *
take_part (Scan *scan)
{
  gboolean is_word = scan->has_token && scan->token.kind == STRATA_TOKEN_WORD;
  g_autofree char *name = NULL;

  if (!is_word && !(scan->has_token && scan->token.kind == STRATA_TOKEN_NAME))
    return NULL;

  name = strata_token_dup_name (&scan->token);
  next (scan);

  return is_word && scan->dialect == STRATA_DIALECT_POSTGRESQL ? g_ascii_strdown (name, -1) : g_steal_pointer (&name);
}

/* Schema and name, the first NULL where it is not said. */
static gboolean
take_name (Scan  *scan,
           char **schema,
           char **name)
{
  for (guint i = 0; i < MOST_PARTS; i++)
    {
      g_autofree char *part = take_part (scan);

      if (part == NULL)
        return FALSE;
      g_free (*schema);
      *schema = *name;
      *name = g_steal_pointer (&part);
      if (!skip_symbol (scan, "."))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_called (const Reader *self,
           const char   *a,
           const char   *b)
{
  return self->before->dialect == STRATA_DIALECT_SQLITE ? g_ascii_strcasecmp (a, b) == 0 : strcmp (a, b) == 0;
}

static Thing *
find_thing (const Reader       *self,
            const StrataObject *object,
            const char         *column)
{
  for (guint i = 0; i < self->things->len; i++)
    {
      Thing *thing = g_ptr_array_index (self->things, i);

      if (thing->object == object && g_strcmp0 (thing->column, column) == 0)
        return thing;
    }

  return NULL;
}

static void
call (Reader             *self,
      const StrataObject *object,
      const char         *column,
      const char         *name)
{
  Thing *thing = find_thing (self, object, column);

  if (thing == NULL)
    {
      thing = g_new0 (Thing, 1);
      thing->object = object;
      thing->column = column;
      g_ptr_array_add (self->things, thing);
    }
  g_free (thing->now);
  thing->now = g_strdup (name);
}

static gboolean
is_meant (const Reader       *self,
          const StrataObject *object,
          const Kinds        *kinds,
          const char         *schema,
          const StrataObject *table)
{
  gboolean is_kind = FALSE;

  for (guint i = 0; i < kinds->n_kinds; i++)
    is_kind |= object->kind == kinds->kinds[i];
  if (!is_kind || (table != NULL && g_strcmp0 (object->table, table->name) != 0))
    return FALSE;

  return self->before->dialect == STRATA_DIALECT_SQLITE
         || g_strcmp0 (object->schema, schema != NULL ? schema : self->before->default_schema) == 0;
}

/* What is called so at this moment; NULL: something that was made since. Of routines of one name the first. */
static const StrataObject *
find_object (const Reader       *self,
             const Kinds        *kinds,
             const char         *schema,
             const StrataObject *table,
             const char         *name)
{
  for (guint i = 0; i < self->things->len; i++)
    {
      const Thing *thing = g_ptr_array_index (self->things, i);

      if (thing->column == NULL && is_called (self, thing->now, name) && is_meant (self, thing->object, kinds, schema, table))
        return thing->object;
    }
  for (guint i = 0; i < self->before->n_objects; i++)
    {
      const StrataObject *object = self->before->objects[i];

      if (is_meant (self, object, kinds, schema, table) && is_called (self, object->name, name)
          && find_thing (self, object, NULL) == NULL)
        return object;
    }

  return NULL;
}

static const char *
find_column (const Reader       *self,
             const StrataObject *table,
             const char         *name)
{
  const StrataPictureColumn * const *columns = table->kind == STRATA_OBJECT_TABLE ? table->of.table->columns : NULL;

  for (guint i = 0; i < self->things->len; i++)
    {
      const Thing *thing = g_ptr_array_index (self->things, i);

      if (thing->object == table && thing->column != NULL && is_called (self, thing->now, name))
        return thing->column;
    }
  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    if (is_called (self, columns[i]->name, name) && find_thing (self, table, columns[i]->name) == NULL)
      return columns[i]->name;

  return NULL;
}

/* Behind RENAME. */
static void
read_new_name (Reader             *self,
               Scan               *scan,
               const StrataObject *object)
{
  gboolean is_constraint = skip_word (scan, "CONSTRAINT"), is_itself = !is_constraint && skip_word (scan, "TO");
  g_autofree char *old = NULL;
  g_autofree char *new = NULL;

  if (is_itself)
    {
      new = take_part (scan);
      if (new != NULL)
        call (self, object, NULL, new);
      return;
    }

  if (!is_constraint)
    skip_word (scan, "COLUMN");
  old = take_part (scan);
  new = old != NULL && skip_word (scan, "TO") ? take_part (scan) : NULL;
  if (new == NULL || object->kind != STRATA_OBJECT_TABLE)
    return;

  if (is_constraint)
    {
      const StrataObject *constraint = find_object (self, &constraints, object->schema, object, old);

      if (constraint != NULL)
        call (self, constraint, NULL, new);
    }
  else
    {
      const char *column = find_column (self, object, old);

      if (column != NULL)
        call (self, object, column, new);
    }
}

static void
skip_arguments (Scan *scan)
{
  guint depth = 0;

  if (!scan->has_token || !strata_token_is_symbol (&scan->token, "("))
    return;

  do
    {
      depth += strata_token_is_symbol (&scan->token, "(");
      depth -= strata_token_is_symbol (&scan->token, ")");
      next (scan);
    }
  while (scan->has_token && depth > 0);
}

static const Kinds *
take_kinds (Scan        *scan,
            const Kinds *list,
            guint        n)
{
  for (guint i = 0; i < n; i++)
    if (skip_word (scan, list[i].words[0]))
      return list[i].words[1] == NULL || skip_word (scan, list[i].words[1]) ? &list[i] : NULL;

  return NULL;
}

/* ALTER TRIGGER name ON table RENAME TO name. */
static void
read_hanging (Reader      *self,
              Scan        *scan,
              const Kinds *kinds)
{
  g_autofree char *name = take_part (scan);
  g_autofree char *schema = NULL;
  g_autofree char *table = NULL;
  const StrataObject *owner, *object;

  if (name == NULL || !skip_word (scan, "ON") || !take_name (scan, &schema, &table) || !skip_word (scan, "RENAME"))
    return;

  owner = find_object (self, &altered[0], schema, NULL, table);
  object = owner != NULL ? find_object (self, kinds, schema, owner, name) : NULL;
  if (object != NULL)
    read_new_name (self, scan, object);
}

static void
read_alter (Reader *self,
            Scan   *scan)
{
  const Kinds *kinds = take_kinds (scan, hanging, G_N_ELEMENTS (hanging));
  g_autofree char *schema = NULL;
  g_autofree char *name = NULL;
  const StrataObject *object;

  if (kinds != NULL)
    {
      read_hanging (self, scan, kinds);
      return;
    }

  kinds = take_kinds (scan, altered, G_N_ELEMENTS (altered));
  if (kinds != NULL && skip_word (scan, "IF"))
    skip_word (scan, "EXISTS");
  skip_word (scan, "ONLY");
  if (kinds == NULL || !take_name (scan, &schema, &name))
    return;

  skip_arguments (scan);
  object = skip_word (scan, "RENAME") ? find_object (self, kinds, schema, NULL, name) : NULL;
  if (object != NULL)
    read_new_name (self, scan, object);
}

/* One column of a SELECT that is taken as it is, or cast; NULL: something else. */
static char *
take_item (Scan *scan)
{
  gboolean is_cast = skip_word (scan, "CAST") && skip_symbol (scan, "(");
  g_autofree char *table = NULL;
  g_autofree char *name = NULL;
  gboolean is_column = take_name (scan, &table, &name);
  int depth = is_cast;

  is_column = is_column && scan->has_token
              && (strata_token_is_symbol (&scan->token, ",") || strata_token_is_word (&scan->token, "FROM")
                  || strata_token_is_word (&scan->token, "AS"));
  for (; scan->has_token; next (scan))
    {
      if (depth == 0 && (strata_token_is_symbol (&scan->token, ",") || strata_token_is_word (&scan->token, "FROM")))
        break;
      depth += strata_token_is_symbol (&scan->token, "(");
      depth -= strata_token_is_symbol (&scan->token, ")");
    }

  return is_column ? g_steal_pointer (&name) : NULL;
}

/* INSERT INTO target (...) SELECT ... FROM source. */
static void
read_insert (Reader *self,
             Scan   *scan)
{
  Copy *copy = g_new0 (Copy, 1);
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *schema = NULL;
  g_autofree char *source_schema = NULL;
  g_autofree char *source = NULL;
  char *column;

  copy->from = g_ptr_array_new ();
  copy->to = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->copies, copy);
  if (!skip_word (scan, "INTO") || !take_name (scan, &schema, &copy->target) || !skip_symbol (scan, "("))
    return;

  while ((column = take_part (scan)) != NULL)
    {
      g_ptr_array_add (copy->to, column);
      if (!skip_symbol (scan, ","))
        break;
    }
  if (!skip_symbol (scan, ")") || !skip_word (scan, "SELECT"))
    return;

  do
    g_ptr_array_add (items, take_item (scan));
  while (skip_symbol (scan, ","));
  if (!skip_word (scan, "FROM") || !take_name (scan, &source_schema, &source) || items->len != copy->to->len)
    return;

  copy->source = find_object (self, &altered[0], source_schema, NULL, source);
  for (guint i = 0; copy->source != NULL && i < items->len; i++)
    g_ptr_array_add (copy->from, items->pdata[i] != NULL ? (gpointer) find_column (self, copy->source, items->pdata[i]) : NULL);
}

/* A table that goes behind its rows has become the one where they are. */
static void
read_drop (Reader *self,
           Scan   *scan)
{
  g_autofree char *schema = NULL;
  g_autofree char *name = NULL;
  const StrataObject *object;

  if (!skip_word (scan, "TABLE"))
    return;
  if (skip_word (scan, "IF"))
    skip_word (scan, "EXISTS");
  object = take_name (scan, &schema, &name) ? find_object (self, &altered[0], schema, NULL, name) : NULL;
  for (guint i = self->copies->len; object != NULL && i > 0; i--)
    {
      const Copy *copy = g_ptr_array_index (self->copies, i - 1);

      if (copy->source != object)
        continue;
      call (self, object, NULL, copy->target);
      for (guint c = 0; c < copy->from->len; c++)
        if (copy->from->pdata[c] != NULL)
          call (self, object, copy->from->pdata[c], copy->to->pdata[c]);
      return;
    }
}

static void
read_statement (Reader     *self,
                const char *text)
{
  Scan scan = { .dialect = self->before->dialect };

  strata_lexer_init (&scan.lexer, scan.dialect, text, strlen (text));
  next (&scan);
  if (skip_word (&scan, "ALTER"))
    read_alter (self, &scan);
  else if (skip_word (&scan, "INSERT"))
    read_insert (self, &scan);
  else if (skip_word (&scan, "DROP"))
    read_drop (self, &scan);
}

GPtrArray *
strata_stated_renames (const StrataPicture *before,
                       const GPtrArray     *statements)
{
  g_autoptr(GPtrArray) things = g_ptr_array_new_with_free_func (thing_free);
  g_autoptr(GPtrArray) copies = g_ptr_array_new_with_free_func (copy_free);
  GPtrArray *renames = strata_renames_new ();
  Reader reader = { before, things, copies };

  for (guint i = 0; i < statements->len; i++)
    read_statement (&reader, g_ptr_array_index (statements, i));

  for (guint i = 0; i < things->len; i++)
    {
      const Thing *thing = g_ptr_array_index (things, i);
      const StrataObject *object = thing->object;
      const StrataRename rename = {
        .kind = object->kind, .schema = object->schema, .is_column = thing->column != NULL,
        .table = thing->column != NULL ? object->name : object->table,
        .from = thing->column != NULL ? thing->column : object->name,
        .arguments = thing->column != NULL ? NULL : object->arguments, .to = thing->now,
      };

      if (strcmp (rename.from, rename.to) != 0)
        strata_renames_add (renames, &rename);
    }

  return renames;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/reflect/sqlite-definition.h"

#include "core/reflect/sqlite-reader.h"

#include <string.h>

#define is strata_sqlite_reader_is
#define take strata_sqlite_reader_take

typedef struct
{
  StrataSqliteReader      reader;
  StrataSqliteDefinition *definition;
  GPtrArray              *of_columns;       /* StrataPictureKey*: UNIQUE in columns */
  GPtrArray              *inline_references;
  gboolean                counts;           /* the list of columns that was read last says AUTOINCREMENT */
} Parser;

#define NEW(parser, Type) ((Type *) strata_picture_alloc ((parser)->reader.picture, sizeof (Type)))

/* "ON CONFLICT IGNORE". */
static const char *
read_conflict (Parser *self)
{
  if (!take (&self->reader, "ON") || !take (&self->reader, "CONFLICT"))
    return NULL;

  return strata_sqlite_reader_name (&self->reader);
}

/* "(a, b COLLATE x DESC)": the names. */
static const char * const *
read_columns (Parser *self)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  if (!take (&self->reader, "("))
    return NULL;

  do
    {
      const char *name = strata_sqlite_reader_name (&self->reader);
      const char *rest = strata_sqlite_reader_element (&self->reader);

      if (name != NULL)
        g_ptr_array_add (names, (gpointer) name);
      self->counts = rest != NULL && g_ascii_strncasecmp (rest, "AUTOINCREMENT", strlen ("AUTOINCREMENT")) == 0;
    }
  while (take (&self->reader, ","));
  take (&self->reader, ")");

  return strata_picture_list (self->reader.picture, names);
}

static const char * const *
list_one (Parser     *self,
          const char *name)
{
  const char **list = strata_picture_alloc (self->reader.picture, 2 * sizeof (char *));

  list[0] = name;

  return list;
}

static const char *
read_action (Parser *self)
{
  static const char * const actions[][2] = {
    { "SET", "SET NULL" }, { "CASCADE", "CASCADE" }, { "RESTRICT", "RESTRICT" }, { "NO", NULL },
  };
  const char *action = NULL;
  gboolean is_default;

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (is (&self->reader, actions[i][0]))
      action = actions[i][1];

  if (take (&self->reader, "SET") || take (&self->reader, "NO"))
    {
      is_default = is (&self->reader, "DEFAULT");
      strata_sqlite_reader_advance (&self->reader);
      return is_default ? "SET DEFAULT" : action;
    }
  strata_sqlite_reader_advance (&self->reader);

  return action;
}

static void
read_deferrable (Parser                 *self,
                 StrataPictureReference *reference)
{
  StrataSqliteReader before = self->reader;
  gboolean is_not = take (&self->reader, "NOT");

  if (!take (&self->reader, "DEFERRABLE"))
    {
      self->reader = before;        /* the NOT of a NOT NULL */
      return;
    }

  reference->deferrable = is_not ? "NOT DEFERRABLE" : "DEFERRABLE";
  if (take (&self->reader, "INITIALLY"))
    {
      reference->initially = is (&self->reader, "DEFERRED") ? "DEFERRED" : "IMMEDIATE";
      strata_sqlite_reader_advance (&self->reader);
    }
}

/* Behind REFERENCES. */
static StrataPictureReference *
read_reference (Parser             *self,
                const char         *name,
                const char * const *columns)
{
  StrataPictureReference *reference = NEW (self, StrataPictureReference);

  reference->name = name;
  reference->columns = columns;
  reference->table = strata_sqlite_reader_name (&self->reader);
  reference->referred = read_columns (self);

  while (is (&self->reader, "ON") || is (&self->reader, "MATCH"))
    {
      if (take (&self->reader, "MATCH"))
        reference->match = strata_sqlite_reader_name (&self->reader);
      else if (take (&self->reader, "ON") && take (&self->reader, "DELETE"))
        reference->on_delete = read_action (self);
      else if (take (&self->reader, "UPDATE"))
        reference->on_update = read_action (self);
    }
  read_deferrable (self, reference);

  return reference;
}

static void
add_check (Parser     *self,
           const char *name,
           gboolean    is_of_column)
{
  StrataPictureCheck *check = NEW (self, StrataPictureCheck);

  check->name = name;
  check->text = strata_sqlite_reader_group (&self->reader);
  check->is_of_column = is_of_column;
  read_conflict (self);
  if (check->text != NULL)
    g_ptr_array_add (self->definition->checks, check);
}

static StrataPictureKey *
new_key (Parser             *self,
         const char         *name,
         const char * const *columns)
{
  StrataPictureKey *key = NEW (self, StrataPictureKey);

  key->name = name;
  key->columns = columns;
  key->on_conflict = read_conflict (self);

  return key;
}

static void
read_column_key (Parser              *self,
                 StrataPictureColumn *column,
                 const char          *name)
{
  take (&self->reader, "KEY");
  if (!take (&self->reader, "ASC"))
    take (&self->reader, "DESC");
  self->definition->primary_key = new_key (self, name, list_one (self, column->name));
  column->is_autoincrement = take (&self->reader, "AUTOINCREMENT");
}

static void
skip_default (Parser *self)
{
  if (strata_sqlite_reader_group (&self->reader) != NULL)
    return;
  if (!take (&self->reader, "-"))
    take (&self->reader, "+");
  strata_sqlite_reader_advance (&self->reader);
}

static void
read_computed (Parser              *self,
               StrataPictureColumn *column)
{
  column->computed = strata_sqlite_reader_group (&self->reader);
  column->is_stored = take (&self->reader, "STORED");
  take (&self->reader, "VIRTUAL");
}

/* One constraint behind a column's type; FALSE where there is none. */
static gboolean
read_column_constraint (Parser              *self,
                        StrataPictureColumn *column)
{
  const char *name = take (&self->reader, "CONSTRAINT") ? strata_sqlite_reader_name (&self->reader) : NULL;

  if (take (&self->reader, "PRIMARY"))
    read_column_key (self, column, name);
  else if (take (&self->reader, "NOT"))
    {
      take (&self->reader, "NULL");
      column->on_conflict = read_conflict (self);
    }
  else if (take (&self->reader, "NULL"))
    read_conflict (self);
  else if (take (&self->reader, "UNIQUE"))
    g_ptr_array_add (self->of_columns, new_key (self, name, list_one (self, column->name)));
  else if (take (&self->reader, "CHECK"))
    add_check (self, name, TRUE);
  else if (take (&self->reader, "DEFAULT"))
    skip_default (self);
  else if (take (&self->reader, "COLLATE"))
    column->collation = strata_sqlite_reader_name (&self->reader);
  else if (take (&self->reader, "REFERENCES"))
    g_ptr_array_add (self->inline_references, read_reference (self, name, list_one (self, column->name)));
  else if (take (&self->reader, "GENERATED"))
    return take (&self->reader, "ALWAYS") && is (&self->reader, "AS");
  else if (take (&self->reader, "AS"))
    read_computed (self, column);
  else
    return name != NULL;

  return TRUE;
}

static gboolean
is_constraint_word (Parser *self)
{
  static const char * const words[] = {
    "CONSTRAINT", "PRIMARY", "NOT", "NULL", "UNIQUE", "CHECK", "DEFAULT", "COLLATE", "REFERENCES", "GENERATED", "AS",
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (is (&self->reader, words[i]))
      return TRUE;

  return FALSE;
}

static gboolean
read_column (Parser *self)
{
  StrataPictureColumn *column = NEW (self, StrataPictureColumn);

  column->name = strata_sqlite_reader_name (&self->reader);
  if (column->name == NULL)
    return FALSE;

  g_ptr_array_add (self->definition->columns, column);
  while (!self->reader.is_at_end && !is (&self->reader, ",") && !is (&self->reader, ")") && !is_constraint_word (self))
    if (strata_sqlite_reader_group (&self->reader) == NULL)
      strata_sqlite_reader_advance (&self->reader);

  while (read_column_constraint (self, column))
    ;

  return TRUE;
}

static void
read_table_key (Parser     *self,
                const char *name)
{
  const char * const *columns;

  take (&self->reader, "KEY");
  columns = read_columns (self);
  if (columns == NULL)
    return;

  for (guint i = 0; self->counts && i < self->definition->columns->len; i++)
    {
      StrataPictureColumn *column = self->definition->columns->pdata[i];

      column->is_autoincrement = g_ascii_strcasecmp (column->name, columns[0]) == 0;
    }
  self->definition->primary_key = new_key (self, name, columns);
}

/* FALSE where what stands there is none. */
static gboolean
read_table_constraint (Parser *self)
{
  const char *name = take (&self->reader, "CONSTRAINT") ? strata_sqlite_reader_name (&self->reader) : NULL;

  if (take (&self->reader, "PRIMARY"))
    {
      read_table_key (self, name);
    }
  else if (take (&self->reader, "UNIQUE"))
    {
      const char * const *columns = read_columns (self);

      g_ptr_array_add (self->definition->uniques, new_key (self, name, columns));
    }
  else if (take (&self->reader, "CHECK"))
    {
      add_check (self, name, FALSE);
    }
  else if (take (&self->reader, "FOREIGN"))
    {
      const char * const *columns;

      take (&self->reader, "KEY");
      columns = read_columns (self);
      take (&self->reader, "REFERENCES");
      g_ptr_array_add (self->definition->references, read_reference (self, name, columns));
    }
  else
    {
      return name != NULL;
    }

  return TRUE;
}

static void
read_options (Parser *self)
{
  while (!self->reader.is_at_end)
    {
      if (take (&self->reader, "STRICT"))
        self->definition->is_strict = TRUE;
      else if (take (&self->reader, "WITHOUT"))
        self->definition->is_without_rowid = take (&self->reader, "ROWID");
      else
        strata_sqlite_reader_advance (&self->reader);
    }
}

static gboolean
is_table_constraint (Parser *self)
{
  return is (&self->reader, "CONSTRAINT") || is (&self->reader, "PRIMARY") || is (&self->reader, "UNIQUE")
         || is (&self->reader, "CHECK") || is (&self->reader, "FOREIGN");
}

static gboolean
read_items (Parser *self)
{
  do
    {
      if (!is_table_constraint (self))
        {
          if (!read_column (self))
            return FALSE;
          continue;
        }

      /* The comma between them may be missing. */
      while (read_table_constraint (self))
        ;
    }
  while (take (&self->reader, ","));

  return take (&self->reader, ")");
}

static gboolean
read_create (Parser *self)
{
  if (!take (&self->reader, "CREATE"))
    return FALSE;
  if (!take (&self->reader, "TEMP"))
    take (&self->reader, "TEMPORARY");
  if (!take (&self->reader, "TABLE"))
    return FALSE;
  if (take (&self->reader, "IF") && take (&self->reader, "NOT"))
    take (&self->reader, "EXISTS");
  if (strata_sqlite_reader_name (&self->reader) == NULL)
    return FALSE;
  if (take (&self->reader, "."))
    strata_sqlite_reader_name (&self->reader);

  if (!take (&self->reader, "(") || !read_items (self))
    return FALSE;

  read_options (self);

  return TRUE;
}

gboolean
strata_sqlite_read_definition (StrataPicture          *picture,
                               const char             *text,
                               StrataSqliteDefinition *definition)
{
  g_autoptr(GPtrArray) of_columns = g_ptr_array_new ();
  g_autoptr(GPtrArray) inline_references = g_ptr_array_new ();
  Parser parser = { .definition = definition, .of_columns = of_columns, .inline_references = inline_references };

  *definition = (StrataSqliteDefinition) {
    .columns = g_ptr_array_new (),
    .uniques = g_ptr_array_new (),
    .checks = g_ptr_array_new (),
    .references = g_ptr_array_new (),
  };

  strata_sqlite_reader_init (&parser.reader, picture, text);
  if (!read_create (&parser))
    return FALSE;

  for (guint i = 0; i < of_columns->len; i++)
    g_ptr_array_add (definition->uniques, of_columns->pdata[i]);
  for (guint i = inline_references->len; i > 0; i--)
    g_ptr_array_add (definition->references, inline_references->pdata[i - 1]);

  return TRUE;
}

void
strata_sqlite_definition_clear (StrataSqliteDefinition *definition)
{
  g_clear_pointer (&definition->columns, g_ptr_array_unref);
  g_clear_pointer (&definition->uniques, g_ptr_array_unref);
  g_clear_pointer (&definition->checks, g_ptr_array_unref);
  g_clear_pointer (&definition->references, g_ptr_array_unref);
}

gboolean
strata_sqlite_read_index (StrataPicture         *picture,
                          const char            *text,
                          StrataSqliteIndexText *index)
{
  StrataSqliteReader reader;

  *index = (StrataSqliteIndexText) { .texts = g_ptr_array_new () };
  strata_sqlite_reader_init (&reader, picture, text);

  /* The name of the table comes behind the first ON that is no quoted name. */
  while (!reader.is_at_end && !take (&reader, "ON"))
    strata_sqlite_reader_advance (&reader);
  if (strata_sqlite_reader_name (&reader) == NULL || !take (&reader, "("))
    return FALSE;

  do
    {
      const char *element = strata_sqlite_reader_element (&reader);

      if (element != NULL)
        g_ptr_array_add (index->texts, (gpointer) element);
    }
  while (take (&reader, ","));

  take (&reader, ")");
  if (take (&reader, "WHERE"))
    index->where = strata_picture_intern (picture, reader.token.text);

  return TRUE;
}

void
strata_sqlite_index_text_clear (StrataSqliteIndexText *index)
{
  g_clear_pointer (&index->texts, g_ptr_array_unref);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/models-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/sql/statement.h"

typedef struct
{
  char *place;                /* or NULL */
  GHashTable *columns;        /* char, owned → StrataPythonSource, owned */
} Table;

struct _StrataModels
{
  GStrv                ddl;
  GHashTable          *tables;      /* key, owned → Table, owned */
  GHashTable          *excluded;    /* key, owned: a set */
  GPtrArray           *unseen;      /* StrataUnseenModel, owned */
  GStringChunk        *texts;
  StrataModelsOptions  options;
};

static void
table_free (gpointer data)
{
  Table *self = data;

  g_free (self->place);
  g_hash_table_unref (self->columns);
  g_free (self);
}

static void
source_free (gpointer data)
{
  StrataPythonSource *self = data;

  g_free ((char *) self->text);
  g_strfreev ((char **) self->imports);
  g_free (self);
}

/* A schema of NULL is the default one. Names may have any character but NUL and this one. */
static char *
make_key (const char *kind,
          const char *schema,
          const char *table,
          const char *name)
{
  return g_strjoin ("\001", kind, schema != NULL ? schema : "", table != NULL ? table : "", name, NULL);
}

static const char *
get_text (JsonObject *object,
          const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static gboolean
get_flag (JsonObject *object,
          const char *key,
          gboolean    usual)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, key) : NULL;

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN ? json_node_get_boolean (node) : usual;
}

/* The elements that are objects; borrowed. */
static GList *
list_objects (JsonObject *object,
              const char *key)
{
  JsonNode *node = json_object_get_member (object, key);
  g_autoptr(GList) nodes = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_array_get_elements (json_node_get_array (node)) : NULL;
  GList *found = NULL;

  for (GList *l = nodes; l != NULL; l = l->next)
    if (JSON_NODE_HOLDS_OBJECT (l->data))
      found = g_list_prepend (found, json_node_get_object (l->data));

  return g_list_reverse (found);
}

static GStrv
dup_texts (JsonObject *object,
           const char *key)
{
  JsonNode *node = json_object_get_member (object, key);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (json_node_get_value_type (json_array_get_element (array, i)) == G_TYPE_STRING)
      g_strv_builder_add (builder, json_array_get_string_element (array, i));

  return g_strv_builder_end (builder);
}

static char *
show_path (const char *path,
           const char *root)
{
  gsize length = strlen (root);

  return g_strdup (g_str_has_prefix (path, root) && path[length] == G_DIR_SEPARATOR ? path + length + 1 : path);
}

static void
take_table (StrataModels *self,
            JsonObject   *object,
            const char   *root)
{
  g_autoptr(GList) columns = list_objects (object, "columns");
  const char *file = get_text (object, "file");
  Table *table;

  if (get_text (object, "name") == NULL)
    return;

  table = g_new0 (Table, 1);
  table->columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, source_free);
  g_hash_table_insert (self->tables, make_key ("table", get_text (object, "schema"), NULL, get_text (object, "name")), table);
  if (file != NULL)
    {
      g_autofree char *shown = show_path (file, root);
      gint64 line = json_object_get_int_member_with_default (object, "line", 0);

      table->place = line > 0 ? g_strdup_printf ("%s:%u", shown, (guint) line) : g_steal_pointer (&shown);
    }

  for (GList *l = columns; l != NULL; l = l->next)
    if (get_text (l->data, "name") != NULL && get_text (l->data, "type") != NULL)
      {
        StrataPythonSource *source = g_new0 (StrataPythonSource, 1);

        source->text = g_strdup (get_text (l->data, "type"));
        source->imports = (const char * const *) dup_texts (l->data, "imports");
        g_hash_table_insert (table->columns, g_strdup (get_text (l->data, "name")), source);
      }
}

static void
take_unseen (StrataModels *self,
             JsonObject   *object,
             const char   *root)
{
  const char *file = get_text (object, "file");
  g_autofree char *shown = show_path (file != NULL ? file : "", root);
  StrataUnseenModel *model = g_new0 (StrataUnseenModel, 1);
  const char *name = get_text (object, "class");
  const char *table = get_text (object, "table");

  model->file = g_string_chunk_insert (self->texts, shown);
  model->line = json_object_get_int_member_with_default (object, "line", 0);
  model->name = g_string_chunk_insert (self->texts, name != NULL ? name : "");
  model->table = table != NULL ? g_string_chunk_insert (self->texts, table) : NULL;
  g_ptr_array_add (self->unseen, model);
}

static void
take_options (StrataModels *self,
              JsonObject   *answer)
{
  JsonNode *node = json_object_get_member (answer, "options");
  JsonObject *options = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  self->options = (StrataModelsOptions) {
    .has_schemas = get_flag (options, "include_schemas", FALSE),
    .ignores_types = !get_flag (options, "compare_type", TRUE),
    .ignores_defaults = !get_flag (options, "compare_server_default", TRUE),
    .as_batch = get_flag (options, "render_as_batch", FALSE),
    .has_directives = get_flag (answer, "has_directives", FALSE),
  };
}

/* The provider's words, with the place in the project's own code. */
static void
set_refusal (GError     **error,
             JsonObject  *refusal,
             const char  *root)
{
  const char *kind = get_text (refusal, "kind");
  const char *text = get_text (refusal, "text");
  const char *file = get_text (refusal, "file");
  const char *source = get_text (refusal, "source");
  g_autofree char *shown = file != NULL ? show_path (file, root) : NULL;

  if (g_strcmp0 (kind, "no-metadata") == 0)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT, _("%s What to do: import the models in env.py, and give their"
                   " MetaData to context.configure() there: target_metadata = Base.metadata"), text);
  else if (shown != NULL)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT, _("The models could not be read: %s:%u: %s%s%s"), shown,
                 (guint) json_object_get_int_member_with_default (refusal, "line", 0), text,
                 source != NULL && *source != '\0' ? "\n  " : "", source != NULL ? source : "");
  else
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT, _("The models could not be read: %s"), text != NULL ? text : "?");
}

StrataModels *
strata_models_new (JsonObject  *answer,
                   const char  *root,
                   GError     **error)
{
  g_autoptr(StrataModels) self = NULL;
  g_autoptr(GList) tables = list_objects (answer, "tables");
  g_autoptr(GList) unseen = list_objects (answer, "unseen");
  g_autoptr(GList) excluded = list_objects (answer, "excluded");
  JsonNode *refusal = json_object_get_member (answer, "error");

  if (refusal != NULL && JSON_NODE_HOLDS_OBJECT (refusal))
    {
      set_refusal (error, json_node_get_object (refusal), root);
      return NULL;
    }

  self = g_new0 (StrataModels, 1);
  self->tables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, table_free);
  self->excluded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->unseen = g_ptr_array_new_with_free_func (g_free);
  self->texts = g_string_chunk_new (1024);
  self->ddl = dup_texts (answer, "ddl");
  take_options (self, answer);
  for (GList *l = tables; l != NULL; l = l->next)
    take_table (self, l->data, root);
  for (GList *l = unseen; l != NULL; l = l->next)
    take_unseen (self, l->data, root);
  for (GList *l = excluded; l != NULL; l = l->next)
    if (get_text (l->data, "type") != NULL && get_text (l->data, "name") != NULL)
      g_hash_table_add (self->excluded, make_key (get_text (l->data, "type"), get_text (l->data, "schema"),
                                                  get_text (l->data, "table"), get_text (l->data, "name")));

  return g_steal_pointer (&self);
}

/* Models use what extensions bring, and have no word for the extensions themselves: those of the database are there. */
static void
add_extensions (StrataModels        *self,
                const StrataPicture *database)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < database->n_objects; i++)
    if (database->objects[i]->kind == STRATA_OBJECT_EXTENSION)
      {
        const StrataObject *extension = database->objects[i];
        g_autofree char *name = strata_sql_quote_identifier (STRATA_DIALECT_POSTGRESQL, extension->name);
        g_autofree char *schema = extension->schema != NULL
                                  ? strata_sql_quote_identifier (STRATA_DIALECT_POSTGRESQL, extension->schema) : NULL;
        g_autofree char *make = schema != NULL ? g_strdup_printf ("CREATE SCHEMA IF NOT EXISTS %s", schema) : NULL;
        g_autofree char *text = g_strdup_printf ("CREATE EXTENSION IF NOT EXISTS %s%s%s CASCADE", name,
                                                 schema != NULL ? " SCHEMA " : "", schema != NULL ? schema : "");

        if (make != NULL && !g_str_equal (extension->schema, "pg_catalog"))
          g_strv_builder_add (builder, make);
        g_strv_builder_add (builder, text);
      }
  g_strv_builder_addv (builder, (const char **) self->ddl);
  g_strfreev (self->ddl);
  self->ddl = g_strv_builder_end (builder);
}

StrataModels *
strata_models_read (StrataWorkspace            *workspace,
                    const StrataModelsRequest  *request,
                    GCancellable               *cancellable,
                    GError                    **error)
{
  g_autoptr(JsonObject) answer = strata_models_ask (workspace, request, cancellable, error);
  StrataModels *self = NULL;

  if (answer != NULL)
    self = strata_models_new (answer, strata_project_get_root (strata_workspace_get_project (workspace)), error);
  if (self != NULL && request->database != NULL)
    add_extensions (self, request->database);

  return self;
}

void
strata_models_free (StrataModels *self)
{
  g_strfreev (self->ddl);
  g_hash_table_unref (self->tables);
  g_hash_table_unref (self->excluded);
  g_ptr_array_unref (self->unseen);
  g_string_chunk_free (self->texts);
  g_free (self);
}

const char * const *
strata_models_get_ddl (StrataModels *self)
{
  return (const char * const *) self->ddl;
}

char *
strata_models_dup_ddl (StrataModels *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; self->ddl[i] != NULL; i++)
    g_string_append_printf (text, "%s;\n", self->ddl[i]);

  return g_string_free (text, FALSE);
}

const StrataModelsOptions *
strata_models_get_options (StrataModels *self)
{
  return &self->options;
}

GPtrArray *
strata_models_get_unseen (StrataModels *self)
{
  return self->unseen;
}

static Table *
find_table (StrataModels *self,
            const char   *schema,
            const char   *table)
{
  g_autofree char *key = make_key ("table", schema, NULL, table);

  return g_hash_table_lookup (self->tables, key);
}

const char *
strata_models_get_place (StrataModels *self,
                         const char   *schema,
                         const char   *table)
{
  const Table *found = find_table (self, schema, table);

  return found != NULL ? found->place : NULL;
}

/* Models say nothing of the default schema by name. */
static const char *
get_schema (const StrataPicture *picture,
            const char          *schema)
{
  return g_strcmp0 (schema, picture->default_schema) == 0 ? NULL : schema;
}

static void
name_type (StrataPicture             *picture,
           StrataPictureColumn       *column,
           const StrataPythonSource  *source)
{
  StrataPythonSource *python = strata_picture_alloc (picture, sizeof *python);
  StrataType *type = strata_picture_alloc (picture, sizeof *type);
  g_autoptr(GPtrArray) imports = g_ptr_array_new ();

  for (guint i = 0; source->imports[i] != NULL; i++)
    g_ptr_array_add (imports, (gpointer) strata_picture_intern (picture, source->imports[i]));
  python->text = strata_picture_intern (picture, source->text);
  python->imports = strata_picture_list (picture, imports);
  if (column->type != NULL)
    *type = *column->type;
  type->python = python;
  column->type = type;
}

void
strata_models_name_types (StrataModels  *self,
                          StrataPicture *picture)
{
  for (guint i = 0; i < picture->n_tables; i++)
    {
      const StrataPictureTable *table = picture->tables[i];
      const Table *found = find_table (self, get_schema (picture, table->schema), table->name);

      for (guint c = 0; found != NULL && table->columns != NULL && table->columns[c] != NULL; c++)
        {
          const StrataPythonSource *source = g_hash_table_lookup (found->columns, table->columns[c]->name);

          if (source != NULL)
            name_type (picture, (StrataPictureColumn *) table->columns[c], source);
        }
    }
}

static gboolean
is_named_excluded (StrataModels *self,
                   const char   *kind,
                   const char   *schema,
                   const char   *table,
                   const char   *name)
{
  g_autofree char *key = make_key (kind, schema, table, name);

  return g_hash_table_contains (self->excluded, key);
}

/* What a filter calls it; NULL for what no filter is asked about. */
static const char *
get_filter_kind (StrataObjectKind kind)
{
  static const char * const kinds[STRATA_N_OBJECT_KINDS] = {
    [STRATA_OBJECT_UNIQUE] = "unique_constraint",
    [STRATA_OBJECT_CHECK] = "check_constraint",
    [STRATA_OBJECT_INDEX] = "index",
    [STRATA_OBJECT_FOREIGN_KEY] = "foreign_key_constraint",
  };

  return kinds[kind];
}

/* Things that MetaData can declare. */
static gboolean
is_of_models (StrataObjectKind kind)
{
  return kind == STRATA_OBJECT_TABLE || strata_object_kind_is_constraint (kind) || kind == STRATA_OBJECT_INDEX
         || kind == STRATA_OBJECT_ENUM;
}

/* Models know a partitioned table, and not what it is divided into; and without include_schemas their own tables are all that
 * is looked at in other schemas than the default one. */
static gboolean
is_table_excluded (StrataModels        *self,
                   const StrataPicture *picture,
                   const char          *schema,
                   const char          *name)
{
  const char *shown = get_schema (picture, schema);
  const StrataPictureTable *table = strata_picture_find_table (picture, schema, name);
  gboolean is_declared = find_table (self, shown, name) != NULL;

  return is_named_excluded (self, "table", shown, NULL, name)
         || (!is_declared && table != NULL && table->is_partition)
         || (!is_declared && shown != NULL && !self->options.has_schemas);
}

gboolean
strata_models_is_excluded (StrataModels        *self,
                           const StrataPicture *picture,
                           const StrataObject  *object,
                           const char          *column)
{
  const char *schema = get_schema (picture, object->schema);
  const char *table = object->kind == STRATA_OBJECT_TABLE ? object->name : object->table;
  const char *kind = get_filter_kind (object->kind);

  if (!is_of_models (object->kind))
    return TRUE;
  if (object->schema != NULL && is_named_excluded (self, "schema", object->schema, NULL, object->schema))
    return TRUE;
  if (table == NULL)
    return FALSE;

  if (is_table_excluded (self, picture, object->schema, table))
    return TRUE;
  if (column != NULL)
    return is_named_excluded (self, "column", schema, table, column);

  return kind != NULL && is_named_excluded (self, kind, schema, table, object->name);
}

static gboolean
is_of_enum (const StrataType   *type,
            const StrataObject *object)
{
  while (type != NULL && type->kind == STRATA_TYPE_ARRAY)
    type = type->item;

  return type != NULL && type->kind == STRATA_TYPE_ENUM && g_strcmp0 (type->name, object->name) == 0
         && g_strcmp0 (type->values.schema, object->schema) == 0;
}

/* A table that is left out still has a column of it. */
static gboolean
is_used_outside (StrataModels        *self,
                 const StrataPicture *picture,
                 const StrataObject  *object)
{
  for (guint i = 0; i < picture->n_tables; i++)
    {
      const StrataPictureTable *table = picture->tables[i];

      if (!is_table_excluded (self, picture, table->schema, table->name))
        continue;
      for (guint c = 0; table->columns != NULL && table->columns[c] != NULL; c++)
        if (is_of_enum (table->columns[c]->type, object))
          return TRUE;
    }

  return FALSE;
}

/* Models may declare these, and what there is of them in the database may be anybody's. */
static gboolean
is_only_added (StrataObjectKind kind)
{
  return kind == STRATA_OBJECT_SCHEMA || kind == STRATA_OBJECT_DOMAIN || kind == STRATA_OBJECT_SEQUENCE;
}

/* A sequence that a column of a table owns that is looked at: the column's business. */
static gboolean
is_of_declared_column (StrataModels        *self,
                       const StrataPicture *picture,
                       const StrataObject  *object)
{
  const StrataPictureSequence *of = object->kind == STRATA_OBJECT_SEQUENCE ? object->of.sequence : NULL;

  return of != NULL && of->owner_table != NULL && !is_table_excluded (self, picture, object->schema, of->owner_table);
}

gboolean
strata_models_leave_out (StrataModels          *self,
                         const StrataPicture   *from,
                         const StrataPicture   *to,
                         const StrataDifference *difference)
{
  gboolean is_new = difference->from == NULL;
  gboolean is_gone = difference->kind == STRATA_DIFFERENCE_REMOVED && difference->part == NULL;
  const StrataObject *object = is_new ? difference->to : difference->from;
  const char *property = difference->part != NULL && object->kind == STRATA_OBJECT_TABLE ? difference->property : NULL;

  if (is_only_added (object->kind))
    return is_gone && !is_of_declared_column (self, from, object);
  if (object->kind == STRATA_OBJECT_ENUM && is_gone && is_used_outside (self, from, object))
    return TRUE;
  if ((self->options.ignores_types && g_strcmp0 (property, "type") == 0)
      || (self->options.ignores_defaults && g_strcmp0 (property, "default") == 0))
    return TRUE;

  return strata_models_is_excluded (self, is_new ? to : from, object, difference->part);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/models-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <glib/gstdio.h>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/workspace/hand-over.h"

/* An application may have much to import; what takes longer is waiting for something. */
#define USUAL_LIMIT_MS (120 * 1000)
#define INI "alembic.ini"
#define REQUEST "request.json"
#define ANSWER "answer.json"

static const char * const programs[] = {
  "_strata_environment.py",
  "_strata_models.py",
  "_strata_unseen.py",
  "env.py",
};

/* A folder outside of the project, which is gone afterwards. */
typedef struct
{
  char *path;
} Desk;

static void
desk_clear (Desk *desk)
{
  static const char * const others[] = { INI, REQUEST, ANSWER };

  if (desk->path == NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (programs) + G_N_ELEMENTS (others); i++)
    {
      const char *name = i < G_N_ELEMENTS (programs) ? programs[i] : others[i - G_N_ELEMENTS (programs)];
      g_autofree char *path = g_build_filename (desk->path, name, NULL);

      g_unlink (path);
    }
  g_rmdir (desk->path);
  g_free (desk->path);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_clear)

static gboolean
desk_put (const Desk  *desk,
          const char  *name,
          const char  *text,
          GError     **error)
{
  g_autofree char *path = g_build_filename (desk->path, name, NULL);

  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, error);
}

static gboolean
desk_lay_out (Desk        *desk,
              const char  *question,
              GError     **error)
{
  g_autoptr(GString) ini = NULL;

  desk->path = g_dir_make_tmp ("strata-models-XXXXXX", error);
  if (desk->path == NULL)
    return FALSE;

  /* ConfigParser's own escape. */
  ini = g_string_new (desk->path);
  g_string_replace (ini, "%", "%%", 0);
  g_string_prepend (ini, "[alembic]\nscript_location = ");
  g_string_append_c (ini, '\n');

  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      g_autofree char *resource = g_strconcat ("python/", programs[i], NULL);

      if (!desk_put (desk, programs[i], strata_resource_text (resource), error))
        return FALSE;
    }

  return desk_put (desk, INI, ini->str, error) && desk_put (desk, REQUEST, question, error);
}

static void
add_names (JsonBuilder        *builder,
           const char         *key,
           const char * const *names)
{
  json_builder_set_member_name (builder, key);
  json_builder_begin_array (builder);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    json_builder_add_string_value (builder, names[i]);
  json_builder_end_array (builder);
}

static void
add_text (JsonBuilder *builder,
          const char  *key,
          const char  *text)
{
  json_builder_set_member_name (builder, key);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

/* The first field of each of these is the name. */
#define ADD_NAMED(builder, key, list) \
  G_STMT_START { \
    g_autoptr(GPtrArray) names_ = g_ptr_array_new (); \
    for (guint i_ = 0; (list) != NULL && (list)[i_] != NULL; i_++) \
      if ((list)[i_]->name != NULL) \
        g_ptr_array_add (names_, (gpointer) (list)[i_]->name); \
    g_ptr_array_add (names_, NULL); \
    add_names (builder, key, (const char * const *) names_->pdata); \
  } G_STMT_END

static void
add_table (JsonBuilder              *builder,
           const StrataPicture      *picture,
           const StrataPictureTable *table)
{
  gboolean is_default = g_strcmp0 (table->schema, picture->default_schema) == 0;

  json_builder_begin_object (builder);
  add_text (builder, "schema", is_default ? NULL : table->schema);
  add_text (builder, "name", table->name);
  ADD_NAMED (builder, "columns", table->columns);
  ADD_NAMED (builder, "indexes", table->indexes);
  ADD_NAMED (builder, "uniques", table->uniques);
  ADD_NAMED (builder, "checks", table->checks);
  ADD_NAMED (builder, "references", table->references);
  json_builder_end_object (builder);
}

static void
add_picture (JsonBuilder         *builder,
             const StrataPicture *picture)
{
  add_text (builder, "default_schema", picture->default_schema);
  add_names (builder, "schemas", picture->schemas);
  json_builder_set_member_name (builder, "tables");
  json_builder_begin_array (builder);
  for (guint i = 0; i < picture->n_tables; i++)
    if (!picture->tables[i]->is_view)
      add_table (builder, picture, picture->tables[i]);
  json_builder_end_array (builder);
}

JsonNode *
strata_models_request_to_json (const StrataModelsRequest *request,
                               const char * const        *arguments,
                               const char                *root)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_names (builder, "arguments", arguments);
  add_text (builder, "root", root);
  add_text (builder, "dialect", strata_dialect_get_name (request->dialect));
  if (request->version > 0)
    {
      json_builder_set_member_name (builder, "version");
      json_builder_begin_array (builder);
      json_builder_add_int_value (builder, request->version / 10000);
      json_builder_add_int_value (builder, request->version % 10000);
      json_builder_end_array (builder);
    }
  if (request->database != NULL)
    add_picture (builder, request->database);
  else if (request->dialect == STRATA_DIALECT_POSTGRESQL)
    add_text (builder, "default_schema", "public");
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

static const StrataHandOver *
find_alembic (StrataWorkspace  *workspace,
              gboolean          trusted,
              GError          **error)
{
  const StrataRunOptions options = STRATA_RUN_OPTIONS_INIT;
  const StrataHandOver *hand_over = strata_workspace_get_hand_over (workspace, &options);

  if (hand_over == NULL)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_USAGE, _("Only an Alembic project has models: a SQL project says"
                             " with “schema” or “schema_command” in strata.ini what its database should be"));
      return NULL;
    }
  if (hand_over->command == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_NEEDS_PYTHON, _("The models are read by the project's own Python. %s"),
                   hand_over->advice);
      return NULL;
    }
  if (hand_over->is_flask)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_NEEDS_PYTHON, _("The models are not read where env.py only runs inside of a"
                             " Flask application. “flask db migrate” does; or say with “schema” in strata.ini what the database"
                             " should be"));
      return NULL;
    }
  if (!trusted && !strata_trust_require (strata_project_get_root (strata_workspace_get_project (workspace)),
                                         hand_over->command, error))
    return NULL;

  return hand_over;
}

static void
keep_last (GString    *last,
           const char *line)
{
  if (*line != '\0')
    g_string_append_printf (last, "\n  %s", line);
  while (last->len > 2000 && strchr (last->str + 1, '\n') != NULL)
    g_string_erase (last, 0, strchr (last->str + 1, '\n') - last->str);
}

typedef struct
{
  const StrataModelsRequest *request;
  GString                   *last;     /* lines */
} Listener;

static void
on_line (const char *line,
         gpointer    user_data)
{
  Listener *listener = user_data;

  keep_last (listener->last, line);
  if (listener->request->line != NULL)
    listener->request->line (line, listener->request->user_data);
}

static JsonObject *
read_answer (const Desk            *desk,
             StrataProcessRequest  *process,
             const char            *last,
             GError               **error)
{
  g_autofree char *path = g_build_filename (desk->path, ANSWER, NULL);
  g_autofree char *line = strata_process_to_string (process);
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) local = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_FAILED, _("“%s” ended before it told what the models are%s%s."
                     " “alembic_command” in strata.ini has to run the project's Alembic on this machine, with the arguments"
                     " that it is given"), line, *last != '\0' ? _(". It printed:") : "", last);
      return NULL;
    }
  if (!json_parser_load_from_file (parser, path, &local) || json_parser_get_root (parser) == NULL
      || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_FAILED, _("“%s” told nothing that can be understood of the models%s%s%s%s"), line,
                   local != NULL ? ": " : "", local != NULL ? local->message : "", *last != '\0' ? _(". It printed:") : "", last);
      return NULL;
    }

  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

JsonObject *
strata_models_ask (StrataWorkspace            *workspace,
                   const StrataModelsRequest  *request,
                   GCancellable               *cancellable,
                   GError                    **error)
{
  const StrataHandOver *hand_over = find_alembic (workspace, request->trusted, error);
  const char *root = strata_project_get_root (strata_workspace_get_project (workspace));
  g_auto(Desk) desk = { NULL };
  g_autoptr(GString) last = g_string_new (NULL);
  Listener listener = { request, last };
  g_autoptr(JsonNode) question = NULL;
  g_autofree char *text = NULL;
  g_autofree char *ini = NULL;
  StrataProcessRequest process = { 0 };

  if (hand_over == NULL)
    return NULL;

  question = strata_models_request_to_json (request, hand_over->options, root);
  text = json_to_string (question, FALSE);
  if (!desk_lay_out (&desk, text, error))
    return NULL;

  ini = g_build_filename (desk.path, INI, NULL);
  process = (StrataProcessRequest) {
    .command = hand_over->command,
    .options = (const char *[]) { "-c", ini, "current", NULL },
    .variables = (const char *[]) { "PYTHONDONTWRITEBYTECODE", "1", NULL },
    .limit_ms = request->limit_ms > 0 ? request->limit_ms : USUAL_LIMIT_MS,
    .line = on_line,
    .user_data = &listener,
  };
  if (!strata_process_run (&process, cancellable, error))
    {
      g_prefix_error (error, _("The models could not be read: "));
      return NULL;
    }

  return read_answer (&desk, &process, last->str, error);
}

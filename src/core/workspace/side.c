/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/side.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/ddl/ddl.h"
#include "core/ledger/ledger.h"
#include "core/reflect/reflect.h"
#include "core/workspace/ddl-text.h"
#include "core/workspace/replay.h"
#include "core/workspace/scratch.h"
#include "core/workspace/target-cache.h"
#include "core/workspace/workspace-private.h"

#define PROFILE_PREFIX "db:"

/* One call of take_side(). */
typedef struct
{
  StrataWorkspace         *workspace;
  const StrataSide        *side;
  const StrataSideOptions *options;
  StrataDialect            dialect;
  GCancellable            *cancellable;
} Taking;

gboolean
strata_side_parse (const char  *text,
                   StrataSide  *side,
                   GError     **error)
{
  static const struct { const char *word; StrataSideKind kind; } words[] = {
    { "db", STRATA_SIDE_DATABASE },
    { "empty", STRATA_SIDE_EMPTY },
    { "models", STRATA_SIDE_DECLARED },
    { "schema", STRATA_SIDE_DECLARED },
  };

  if (*text == '\0')
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_USAGE, _("A side of a comparison has a name: db, db:PROFILE,"
                             " schema, models, empty, a URL, a file or folder of SQL, or a revision"));
      return FALSE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (text, words[i].word) == 0)
      {
        *side = (StrataSide) { words[i].kind };
        return TRUE;
      }

  side->argument = text;
  if (g_str_has_prefix (text, PROFILE_PREFIX) || strstr (text, "://") != NULL)
    side->kind = STRATA_SIDE_DATABASE;
  else
    side->kind = g_file_test (text, G_FILE_TEST_EXISTS) ? STRATA_SIDE_FILE : STRATA_SIDE_REVISION;

  return TRUE;
}

/* The project with another database than the chosen one. */
static StrataWorkspace *
open_other (StrataWorkspace *self,
            const char      *argument)
{
  gboolean is_profile = g_str_has_prefix (argument, PROFILE_PREFIX);
  const StrataWorkspaceRequest request = {
    .project = { .environ = (const char * const *) self->environ },
    .profile = is_profile ? argument + strlen (PROFILE_PREFIX) : NULL,
    .url = is_profile ? NULL : argument,
    .password_stdin = self->password_stdin,
  };
  StrataWorkspace *other;

  other = strata_workspace_new (self->project, &request);
  other->covers_privileges = self->covers_privileges;

  return other;
}

StrataDialect
strata_workspace_get_side_dialect (StrataWorkspace   *self,
                                   const StrataSide  *side,
                                   GError           **error)
{
  gboolean is_other = side->kind == STRATA_SIDE_DATABASE && side->argument != NULL;
  g_autoptr(StrataWorkspace) other = is_other ? open_other (self, side->argument) : NULL;
  StrataDatabaseChoice *choice = strata_workspace_get_choice (is_other ? other : self, error);
  const char *scratch_url = strata_project_get_settings (self->project)->scratch_url;
  g_autoptr(StrataUrl) scratch = NULL;
  StrataUrl *url = choice != NULL ? strata_database_choice_get_url (choice) : NULL;

  if (choice == NULL)
    return STRATA_DIALECT_UNKNOWN;
  if (url == NULL && side->kind != STRATA_SIDE_DATABASE && scratch_url != NULL)
    url = scratch = strata_url_parse (scratch_url, NULL);
  if (url == NULL)
    url = strata_database_choice_require (choice, FALSE, error);

  return url != NULL ? strata_url_get_dialect (url) : STRATA_DIALECT_UNKNOWN;
}

StrataPicture *
strata_workspace_read_picture (StrataWorkspace   *self,
                               StrataConnection  *connection,
                               GCancellable      *cancellable,
                               GError           **error)
{
  const StrataSettings *settings = strata_project_get_settings (self->project);
  const StrataReflectOwn own[] = {
    { settings->version_table_schema, settings->version_table },
    { settings->version_table_schema, STRATA_LEDGER_TABLE },
    { NULL, settings->version_table },
    { NULL, STRATA_LEDGER_TABLE },
    { NULL, NULL },
  };
  StrataPicture *picture;

  picture = strata_reflect_whole (connection, own, cancellable, error);
  if (picture != NULL && self->covers_privileges)
    strata_picture_cover_privileges (picture);

  return picture;
}

void
strata_taken_side_free (StrataTakenSide *self)
{
  g_free (self->title);
  g_clear_pointer (&self->picture, strata_picture_unref);
  g_strfreev (self->rows);
  g_clear_pointer (&self->models, strata_models_free);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
  g_clear_pointer (&self->connection, g_object_unref);
  g_free (self);
}

GStrv
strata_taken_side_find_rows (StrataTakenSide *self)
{
  return self->texts != NULL ? strata_ddl_texts_find_rows (self->texts, self->picture->dialect) : g_new0 (char *, 1);
}

char *
strata_taken_side_dup_dump (StrataTakenSide *self)
{
  return strata_ddl_dump (self->picture, NULL);
}

/* Of a database that is yet to be made there is the chosen one; another one was misspelt. */
static gboolean
check_file (const Taking     *taking,
            StrataWorkspace  *workspace,
            StrataTakenSide  *taken,
            GError          **error)
{
  StrataDatabaseChoice *choice = strata_workspace_get_choice (workspace, NULL);
  StrataUrl *url = choice != NULL ? strata_database_choice_get_url (choice) : NULL;

  taken->is_missing = url != NULL && strata_workspace_is_missing_file (url);
  if (!taken->is_missing || taking->side->argument == NULL)
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_CANNOT_CONNECT, _("There is no database “%s”"), strata_url_get_database (url));

  return FALSE;
}

static gboolean
take_database (const Taking     *taking,
               StrataTakenSide  *taken,
               GError          **error)
{
  const char *argument = taking->side->argument;
  const StrataConnectRequest request = {
    .command = taking->options->command,
    .ask_password = taking->options->ask_password,
  };
  g_autoptr(StrataWorkspace) other = argument != NULL ? open_other (taking->workspace, argument) : NULL;
  StrataWorkspace *workspace = other != NULL ? other : taking->workspace;
  g_autoptr(StrataConnection) connection = NULL;
  g_autofree char *url = NULL;

  if (!check_file (taking, workspace, taken, error))
    return FALSE;
  connection = strata_workspace_connect (workspace, &request, taking->cancellable, error);
  if (connection == NULL)
    return FALSE;

  url = strata_url_to_string (strata_database_choice_get_url (strata_workspace_get_choice (workspace, NULL)));
  taken->title = g_strdup_printf (taken->is_missing ? _("the database %s, which is not there yet") : _("the database %s"), url);
  taken->rows = strata_workspace_read_rows (workspace, connection, taking->cancellable, error);
  if (taken->rows != NULL)
    taken->picture = strata_workspace_read_picture (workspace, connection, taking->cancellable, error);
  if (taken->picture != NULL && taking->options->keep_connection)
    taken->connection = g_steal_pointer (&connection);

  return taken->picture != NULL;
}

static StrataScratch *
open_scratch (const Taking  *taking,
              GError       **error)
{
  return strata_workspace_open_scratch (taking->workspace, taking->dialect, taking->options->scratch_agreed,
                                        taking->cancellable, error);
}

static gboolean
read_scratch (const Taking     *taking,
              StrataScratch    *scratch,
              StrataTakenSide  *taken,
              GError          **error)
{
  taken->picture = strata_workspace_read_picture (taking->workspace, strata_scratch_get_connection (scratch),
                                                  taking->cancellable, error);

  return taken->picture != NULL;
}

static gboolean
load_texts (const Taking     *taking,
            GPtrArray        *texts,
            StrataTakenSide  *taken,
            GError          **error)
{
  g_autoptr(StrataScratch) scratch = NULL;

  /* Before there is any scratch database, and where there can be none. */
  if (!strata_ddl_texts_check (texts, taking->dialect, error))
    return FALSE;

  scratch = open_scratch (taking, error);

  return scratch != NULL && strata_ddl_texts_load (texts, scratch, taking->cancellable, error)
         && read_scratch (taking, scratch, taken, error);
}

static char *
dup_key (const Taking *taking,
         GPtrArray    *texts)
{
  StrataPicture *database = taking->options->database;

  return database != NULL && texts != NULL && !taking->options->no_cache ? strata_target_cache_dup_key (texts, database) : NULL;
}

/* What is known to come out as what the database has has that one's picture. */
static gboolean
take_known (const Taking     *taking,
            const char       *key,
            StrataTakenSide  *taken)
{
  if (key == NULL || !strata_target_cache_is_same (key, taking->options->database))
    return FALSE;

  taken->picture = strata_picture_ref (taking->options->database);

  return TRUE;
}

static void
keep (const Taking     *taking,
      const char       *key,
      StrataTakenSide  *taken)
{
  if (key != NULL && g_strcmp0 (taken->picture->server, taking->options->database->server) == 0)
    strata_target_cache_keep (key, taken->picture);
}

/* As in CI, where nothing is kept from one check to the next. */
static gboolean
take_dump (const Taking     *taking,
           GPtrArray        *texts,
           StrataTakenSide  *taken)
{
  StrataPicture *database = taking->options->database;

  if (database == NULL || taking->options->no_cache || !strata_target_is_dump (texts, database))
    return FALSE;

  taken->picture = strata_picture_ref (database);

  return TRUE;
}

static gboolean
take_texts (const Taking     *taking,
            GPtrArray        *texts,
            StrataTakenSide  *taken,
            GError          **error)
{
  g_autofree char *key = dup_key (taking, texts);

  if (take_known (taking, key, taken) || take_dump (taking, texts, taken))
    return TRUE;
  if (!load_texts (taking, texts, taken, error))
    return FALSE;
  keep (taking, key, taken);

  return TRUE;
}

/* What people wrote is kept with what it came out as. */
static gboolean
take_written (const Taking     *taking,
              GPtrArray        *texts,
              StrataTakenSide  *taken,
              GError          **error)
{
  taken->texts = texts != NULL ? g_ptr_array_ref (texts) : NULL;

  return texts != NULL && take_texts (taking, texts, taken, error);
}

static gboolean
take_models (const Taking     *taking,
             StrataTakenSide  *taken,
             GError          **error)
{
  const StrataModelsRequest request = {
    .dialect = taking->dialect,
    .version = taking->options->database != NULL ? taking->options->database->version : 0,
    .database = taking->options->database,
    .trusted = taking->options->trusted,
    .line = taking->options->line,
    .user_data = taking->options->user_data,
  };
  g_autofree char *ddl = NULL;
  g_autoptr(GPtrArray) texts = NULL;

  taken->title = g_strdup (_("the models"));
  taken->models = strata_models_read (taking->workspace, &request, taking->cancellable, error);
  if (taken->models == NULL)
    return FALSE;

  ddl = strata_models_dup_ddl (taken->models);
  texts = strata_ddl_texts_new ("the models' DDL", ddl);
  if (!take_texts (taking, texts, taken, error))
    return FALSE;

  if (taken->picture != taking->options->database)
    {
      strata_models_name_types (taken->models, taken->picture);
      /* Models have no word for them: what was granted stays. */
      taken->picture->has_privileges = FALSE;
    }

  return TRUE;
}

static gboolean
take_declared (const Taking     *taking,
               StrataTakenSide  *taken,
               GError          **error)
{
  StrataProject *project = taking->workspace->project;
  const StrataSettings *settings = strata_project_get_settings (project);
  const StrataSideOptions *options = taking->options;
  g_autoptr(GPtrArray) texts = NULL;

  if (settings->schema != NULL)
    {
      taken->title = g_filename_display_name (settings->schema);
      texts = strata_ddl_texts_read (settings->schema, error);
      if (texts == NULL)
        g_prefix_error (error, "“schema” in strata.ini: ");
    }
  else if (settings->schema_command != NULL)
    {
      taken->title = g_strdup (_("what schema_command prints"));
      texts = strata_ddl_texts_run (taking->workspace, options->trusted, options->line, options->user_data,
                                    taking->cancellable, error);
    }
  else if (strata_project_get_kind (project) == STRATA_PROJECT_ALEMBIC)
    return take_models (taking, taken, error);
  else
    g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_USAGE, _("The project declares no schema: “schema” in strata.ini"
                           " names a file or folder of SQL, or “schema_command” a program that prints it"));

  return take_written (taking, texts, taken, error);
}

static gboolean
take_file (const Taking     *taking,
           StrataTakenSide  *taken,
           GError          **error)
{
  g_autoptr(GPtrArray) texts = strata_ddl_texts_read (taking->side->argument, error);

  taken->title = g_filename_display_name (taking->side->argument);

  return take_written (taking, texts, taken, error);
}

/* The files of all steps up to the targets, from nothing. A Python script says less than it does, as it may import others: of
 * those there is no list, and no error. */
static gboolean
list_scripts (const Taking  *taking,
              GStrv          targets,
              GPtrArray    **scripts,
              GError       **error)
{
  const char *nothing[] = { NULL };
  g_autoptr(GPtrArray) texts = strata_ddl_texts_new ("targets", "");
  gboolean is_sql = TRUE;

  for (guint i = 0; targets[i] != NULL; i++)
    {
      g_autoptr(StrataPlan) plan = strata_plan_upgrade (strata_workspace_get_graph (taking->workspace), nothing, targets[i],
                                                        error);

      if (plan == NULL)
        return FALSE;
      for (guint j = 0; is_sql && j < strata_plan_get_n_steps (plan); j++)
        {
          StrataRevision *revision = strata_plan_get_step (plan, j)->revision;

          is_sql = strata_revision_get_format (revision) == STRATA_REVISION_SQL
                   && strata_ddl_texts_add (texts, strata_revision_get_path (revision), NULL);
        }
    }

  *scripts = is_sql ? g_steal_pointer (&texts) : NULL;

  return TRUE;
}

/* "base", or targets with commas between, as several branches are open. */
static gboolean
take_revision (const Taking     *taking,
               StrataTakenSide  *taken,
               GError          **error)
{
  const char *argument = taking->side->argument != NULL ? taking->side->argument : "heads";
  g_auto(GStrv) targets = g_strsplit (strcmp (argument, "base") == 0 ? "" : argument, ",", -1);
  g_autoptr(StrataScratch) scratch = NULL;
  g_autoptr(GPtrArray) scripts = NULL;
  g_autofree char *key = NULL;

  taken->title = g_strdup_printf (_("revision %s"), argument);
  if (!list_scripts (taking, targets, &scripts, error))
    {
      if (error != NULL && g_error_matches (*error, STRATA_ERROR, STRATA_ERROR_UNKNOWN_REVISION))
        g_prefix_error (error, _("“%s” is no file, URL, db, schema, models or empty, and as a revision: "), argument);
      return FALSE;
    }

  key = dup_key (taking, scripts);
  if (take_known (taking, key, taken))
    return TRUE;

  scratch = open_scratch (taking, error);
  if (scratch == NULL
      || !strata_workspace_replay (taking->workspace, scratch, (const char * const *) targets, NULL, taking->cancellable, error)
      || !read_scratch (taking, scratch, taken, error))
    return FALSE;
  keep (taking, key, taken);

  return TRUE;
}

static gboolean
take_empty (const Taking     *taking,
            StrataTakenSide  *taken,
            GError          **error)
{
  g_autoptr(StrataScratch) scratch = open_scratch (taking, error);

  taken->title = g_strdup (_("an empty database"));

  return scratch != NULL && read_scratch (taking, scratch, taken, error);
}

StrataTakenSide *
strata_workspace_take_side (StrataWorkspace          *self,
                            const StrataSide         *side,
                            const StrataSideOptions  *options,
                            GCancellable             *cancellable,
                            GError                  **error)
{
  static gboolean (* const takers[]) (const Taking *, StrataTakenSide *, GError **) = {
    [STRATA_SIDE_DATABASE] = take_database,
    [STRATA_SIDE_DECLARED] = take_declared,
    [STRATA_SIDE_REVISION] = take_revision,
    [STRATA_SIDE_FILE] = take_file,
    [STRATA_SIDE_EMPTY] = take_empty,
  };
  Taking taking = { self, side, options, options->dialect, cancellable };
  g_autoptr(StrataTakenSide) taken = g_new0 (StrataTakenSide, 1);

  if (taking.dialect == STRATA_DIALECT_UNKNOWN)
    taking.dialect = strata_workspace_get_side_dialect (self, side, error);
  if (taking.dialect == STRATA_DIALECT_UNKNOWN)
    return NULL;

  taken->kind = side->kind;

  return takers[side->kind] (&taking, taken, error) ? g_steal_pointer (&taken) : NULL;
}

StrataPicture *
strata_workspace_read_tables (StrataConnection  *connection,
                              GCancellable      *cancellable,
                              GError           **error)
{
  return strata_reflect (connection, NULL, cancellable, error);
}

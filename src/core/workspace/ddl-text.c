/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/ddl-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/project/trust.h"
#include "core/sql/lexer.h"
#include "core/sql/splitter.h"

#define COMMAND_LIMIT_MS (5 * 60 * 1000)
#define DEEPEST_FOLDER 16

static void
ddl_text_free (gpointer data)
{
  StrataDdlText *self = data;

  g_free (self->name);
  g_free (self->text);
  g_free (self);
}

static GPtrArray *
texts_new (void)
{
  return g_ptr_array_new_with_free_func (ddl_text_free);
}

static void
add_text (GPtrArray  *texts,
          const char *name,
          char       *text,
          gsize       length)
{
  StrataDdlText *self = g_new (StrataDdlText, 1);

  *self = (StrataDdlText) { g_strdup (name), text, length };
  g_ptr_array_add (texts, self);
}

/* A person who names a SQLite database by its path. */
static gboolean
require_text (const char  *path,
              const char  *text,
              gsize        length,
              GError     **error)
{
  g_autofree char *absolute = NULL;
  g_autofree char *shown = NULL;

  if (memchr (text, '\0', length) == NULL)
    return TRUE;

  absolute = g_canonicalize_filename (path, NULL);
  shown = g_filename_display_name (absolute);
  if (g_str_has_prefix (text, "SQLite format 3"))
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT, _("“%s” is a SQLite database, not a file of SQL; as a database it is"
                   " named by its URL, sqlite:///%s"), shown, shown);
  else
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT, _("“%s” is not a file of SQL"), shown);

  return FALSE;
}

gboolean
strata_ddl_texts_add (GPtrArray   *texts,
                      const char  *path,
                      GError     **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  gsize length;
  g_autofree char *text = strata_file_read (path, &length, error);

  if (text == NULL || !require_text (path, text, length, error))
    return FALSE;

  add_text (texts, shown, g_steal_pointer (&text), length);

  return TRUE;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static GPtrArray *
list_names (const char  *folder,
            GError     **error)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, error);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (dir == NULL)
    return NULL;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (name[0] != '.')
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);

  return g_steal_pointer (&names);
}

static gboolean
add_folder (GPtrArray   *texts,
            const char  *folder,
            guint        depth,
            GError     **error)
{
  g_autoptr(GPtrArray) names = list_names (folder, error);

  if (names == NULL)
    return FALSE;

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      gboolean is_folder = g_file_test (path, G_FILE_TEST_IS_DIR);

      if (is_folder && depth < DEEPEST_FOLDER && !add_folder (texts, path, depth + 1, error))
        return FALSE;
      if (!is_folder && g_str_has_suffix (name, ".sql") && !strata_ddl_texts_add (texts, path, error))
        return FALSE;
    }

  return TRUE;
}

GPtrArray *
strata_ddl_texts_read (const char  *path,
                       GError     **error)
{
  g_autoptr(GPtrArray) texts = texts_new ();

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    return strata_ddl_texts_add (texts, path, error) ? g_steal_pointer (&texts) : NULL;

  if (!add_folder (texts, path, 0, error))
    return NULL;
  if (texts->len > 0)
    return g_steal_pointer (&texts);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT, _("There is no .sql file in “%s”"), path);

  return NULL;
}

GPtrArray *
strata_ddl_texts_new (const char *name,
                      const char *text)
{
  GPtrArray *texts = texts_new ();

  add_text (texts, name, g_strdup (text), strlen (text));

  return texts;
}

StrataProjectCommand *
strata_workspace_dup_schema_command (StrataWorkspace  *self,
                                     GError          **error)
{
  StrataProject *project = strata_workspace_get_project (self);
  const char *line = strata_project_get_settings (project)->schema_command;
  g_auto(GStrv) arguments = NULL;

  if (!g_shell_parse_argv (line, NULL, &arguments, error))
    {
      g_prefix_error (error, "schema_command in strata.ini: ");
      return NULL;
    }

  return strata_project_command_new (STRATA_COMMAND_SCHEMA, (const char * const *) arguments,
                                     strata_project_get_root (project), "schema_command in strata.ini");
}

GPtrArray *
strata_ddl_texts_run (StrataWorkspace        *self,
                      gboolean                trusted,
                      StrataProcessLineFunc   line,
                      gpointer                user_data,
                      GCancellable           *cancellable,
                      GError                **error)
{
  g_autoptr(StrataProjectCommand) command = strata_workspace_dup_schema_command (self, error);
  g_autoptr(GString) output = g_string_new (NULL);
  const StrataProcessRequest request = {
    .command = command,
    .limit_ms = COMMAND_LIMIT_MS,
    .output = output,
    .line = line,
    .user_data = user_data,
  };
  GPtrArray *texts;

  if (command == NULL
      || (!trusted && !strata_trust_require (strata_project_get_root (strata_workspace_get_project (self)), command, error))
      || !strata_process_run (&request, cancellable, error))
    return NULL;

  texts = texts_new ();
  add_text (texts, "schema_command", g_strndup (output->str, output->len), output->len);

  return texts;
}

gboolean
strata_ddl_texts_check (GPtrArray      *texts,
                        StrataDialect   dialect,
                        GError        **error)
{
  for (guint i = 0; i < texts->len; i++)
    {
      const StrataDdlText *text = g_ptr_array_index (texts, i);
      g_autoptr(GArray) statements = strata_sql_split (dialect, text->text, text->length, text->name, 1, error);
      g_autofree char *forbidden = NULL;

      if (statements == NULL)
        return FALSE;
      forbidden = strata_scratch_find_forbidden (dialect, text->name, text->text, text->length, 1);
      if (forbidden == NULL)
        continue;
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_REFUSED, forbidden);
      return FALSE;
    }

  return TRUE;
}

gboolean
strata_ddl_texts_load (GPtrArray      *texts,
                       StrataScratch  *scratch,
                       GCancellable   *cancellable,
                       GError        **error)
{
  if (texts->len > 1
      && !strata_ddl_texts_check (texts, strata_connection_get_dialect (strata_scratch_get_connection (scratch)), error))
    return FALSE;

  for (guint i = 0; i < texts->len; i++)
    {
      const StrataDdlText *text = g_ptr_array_index (texts, i);

      if (!strata_scratch_load (scratch, text->name, text->text, text->length, cancellable, error))
        return FALSE;
    }

  return TRUE;
}

static const char *
find_row_word (StrataDialect          dialect,
               const StrataStatement *statement)
{
  static const char * const words[] = { "INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "COPY", NULL };
  StrataLexer lexer;
  StrataToken token;

  strata_lexer_init (&lexer, dialect, statement->text, statement->length);
  if (!strata_lexer_next (&lexer, &token))
    return NULL;

  for (guint i = 0; words[i] != NULL; i++)
    if (strata_token_is_word (&token, words[i]))
      return words[i];

  return NULL;
}

GStrv
strata_ddl_texts_find_rows (GPtrArray     *texts,
                            StrataDialect  dialect)
{
  g_autoptr(GStrvBuilder) found = g_strv_builder_new ();

  for (guint i = 0; i < texts->len; i++)
    {
      const StrataDdlText *text = g_ptr_array_index (texts, i);
      g_autoptr(GArray) statements = strata_sql_split (dialect, text->text, text->length, text->name, 1, NULL);

      for (guint j = 0; statements != NULL && j < statements->len; j++)
        {
          const StrataStatement *statement = &g_array_index (statements, StrataStatement, j);
          const char *word = find_row_word (dialect, statement);
          g_autofree char *place = word != NULL ? g_strdup_printf (_("%s:%u: %s (rows are no part of a schema)"), text->name, statement->line, word) : NULL;

          if (place != NULL)
            g_strv_builder_add (found, place);
        }
    }

  return g_strv_builder_end (found);
}

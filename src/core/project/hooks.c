/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/hooks.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/project/alembic-command.h"
#include "core/project/project-private.h"

#define FILE_WORD "REVISION_SCRIPT_FILENAME"

/* Words as Python's shlex.split() makes them: no comments, unlike g_shell_parse_argv(). */
static gboolean
split_options (const char   *text,
               GStrvBuilder *words)
{
  g_autoptr(GString) word = g_string_new (NULL);
  gboolean in_word = FALSE;
  char quote = '\0';

  for (const char *at = text; *at != '\0'; at++)
    if (quote != '\0' && *at == quote)
      quote = '\0';
    else if (*at == '\\' && quote != '\'' && at[1] != '\0' && (quote == '\0' || at[1] == '"' || at[1] == '\\'))
      {
        g_string_append_c (word, *++at);
        in_word = TRUE;
      }
    else if (quote == '\0' && (*at == '"' || *at == '\''))
      {
        quote = *at;
        in_word = TRUE;
      }
    else if (quote == '\0' && g_ascii_isspace (*at))
      {
        if (in_word)
          g_strv_builder_add (words, word->str);
        g_string_truncate (word, 0);
        in_word = FALSE;
      }
    else
      {
        g_string_append_c (word, *at);
        in_word = TRUE;
      }

  if (in_word)
    g_strv_builder_add (words, word->str);

  return quote == '\0';
}

static gboolean
complain (const StrataHookKeys  *hook,
          GError               **error,
          const char            *key)
{
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT, "Key %s.%s is required for post write hook '%s'", hook->name, key,
               hook->name);

  return FALSE;
}

/* A program of the same Python as Alembic's: beside it, by the same runner, or from PATH. */
static gboolean
add_sibling (StrataProjectCommand *alembic,
             const char           *name,
             GStrvBuilder         *words)
{
  const char * const *arguments = alembic != NULL ? strata_project_command_get_arguments (alembic) : NULL;
  guint n_flask = alembic != NULL && strata_project_command_is_flask (alembic);
  guint n = arguments != NULL ? g_strv_length ((GStrv) arguments) - n_flask : 0;
  g_autofree char *last = n > 0 ? g_path_get_basename (arguments[n - 1]) : NULL;
  g_autofree char *folder = n > 0 ? g_path_get_dirname (arguments[0]) : NULL;
  g_autofree char *beside = n > 0 ? g_build_filename (folder, name, NULL) : NULL;
  g_autofree char *found = NULL;

  if (n > 1 && (n_flask > 0 || g_str_equal (last, "alembic")) && !g_str_equal (arguments[n - 2], "-m"))
    {
      for (guint i = 0; i + 1 < n; i++)
        g_strv_builder_add (words, arguments[i]);
      g_strv_builder_add (words, name);
      return TRUE;
    }

  if (n > 0 && g_path_is_absolute (arguments[0]) && g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    found = g_steal_pointer (&beside);
  else
    found = g_find_program_in_path (name);
  if (found != NULL)
    g_strv_builder_add (words, found);

  return found != NULL;
}

static gboolean
add_program (const StrataHookKeys  *hook,
             StrataProjectCommand  *alembic,
             const char            *cwd,
             GStrvBuilder          *words,
             GError               **error)
{
  if (hook->type == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT,
                   "Key '%s.type' (or 'type' in toml) is required for post write hook '%s'", hook->name, hook->name);
      return FALSE;
    }

  if (g_str_equal (hook->type, "exec"))
    {
      g_autofree char *found = NULL;

      if (hook->executable == NULL)
        return complain (hook, error, "executable");
      found = strchr (hook->executable, '/') != NULL ? g_canonicalize_filename (hook->executable, cwd)
                                                     : g_find_program_in_path (hook->executable);
      g_strv_builder_add (words, found != NULL ? found : hook->executable);
      return TRUE;
    }

  if (g_str_equal (hook->type, "console_scripts"))
    {
      if (hook->entrypoint == NULL)
        return complain (hook, error, "entrypoint");
      if (add_sibling (alembic, hook->entrypoint, words))
        return TRUE;
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT, "Could not find entrypoint console_scripts.%s", hook->entrypoint);
      return FALSE;
    }

  if (!g_str_equal (hook->type, "module"))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_NEEDS_PYTHON,
                   _("The post write hook '%s' is of type “%s”, which only env.py can register: that needs Python"),
                   hook->name,
                   hook->type);
      return FALSE;
    }

  if (hook->module == NULL)
    return complain (hook, error, "module");
  if (!add_sibling (alembic, "python", words) && !add_sibling (alembic, "python3", words))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_NEEDS_PYTHON,
                   _("The post write hook '%s' needs Python, which was not found"),
                   hook->name);
      return FALSE;
    }
  g_strv_builder_add_many (words, "-m", hook->module, NULL);

  return TRUE;
}

static StrataProjectCommand *
to_command (StrataProject         *self,
            const StrataHookKeys  *hook,
            StrataProjectCommand  *alembic,
            GError               **error)
{
  const char *base = alembic != NULL ? strata_project_command_get_folder (alembic) : self->files.base;
  g_autofree char *cwd = g_canonicalize_filename (hook->cwd != NULL ? hook->cwd : base, base);
  g_autofree char *place = strata_place_to_string (hook->place);
  g_autofree char *reason = g_strdup_printf (_("post write hook '%s' in %s"), hook->name, place);
  const char *options = hook->options != NULL ? hook->options : "";
  g_autofree char *whole = g_strconcat (strstr (options, FILE_WORD) == NULL ? FILE_WORD " " : "", options, NULL);
  g_autoptr(GStrvBuilder) words = g_strv_builder_new ();
  g_auto(GStrv) arguments = NULL;

  if (!add_program (hook, alembic, cwd, words, error))
    return NULL;
  if (!split_options (whole, words))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT,
                   _("%s: the options of post write hook '%s' have no closing quotation"),
                   place, hook->name);
      return NULL;
    }
  arguments = g_strv_builder_end (words);

  return strata_project_command_new (STRATA_COMMAND_HOOK, (const char * const *) arguments, cwd, reason);
}

GPtrArray *
strata_project_find_hooks (StrataProject         *self,
                           StrataProjectCommand  *alembic,
                           GError               **error)
{
  g_autoptr(GPtrArray) commands = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_project_command_unref);
  g_autoptr(GPtrArray) hooks = strata_keys_dup_hooks (self->keys);

  for (guint i = 0; self->kind == STRATA_PROJECT_ALEMBIC && i < hooks->len; i++)
    {
      StrataProjectCommand *command = to_command (self, g_ptr_array_index (hooks, i), alembic, error);

      if (command == NULL)
        return NULL;
      g_ptr_array_add (commands, command);
    }

  return g_steal_pointer (&commands);
}

StrataProjectCommand *
strata_hook_for_file (StrataProjectCommand *hook,
                      const char           *path)
{
  const char * const *arguments = strata_project_command_get_arguments (hook);
  g_autoptr(GStrvBuilder) words = g_strv_builder_new ();
  g_auto(GStrv) replaced = NULL;

  for (guint i = 0; arguments[i] != NULL; i++)
    {
      g_autoptr(GString) word = g_string_new (arguments[i]);

      g_string_replace (word, FILE_WORD, path, 0);
      g_strv_builder_add (words, word->str);
    }
  replaced = g_strv_builder_end (words);

  return strata_project_command_new (STRATA_COMMAND_HOOK, (const char * const *) replaced,
                                     strata_project_command_get_folder (hook), strata_project_command_get_reason (hook));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "core/base/error.h"
#include "core/process/process.h"

typedef struct
{
  GString      *lines;
  GCancellable *cancellable;   /* cancelled at the line "ready" */
  const char   *path;          /* looked for by the tick; NULL: no tick */
  char         *folder;
  gboolean      seen;
} Watch;

static void
on_line (const char *line,
         gpointer    user_data)
{
  Watch *watch = user_data;

  g_string_append_printf (watch->lines, "%s\n", line);
  if (watch->cancellable != NULL && strcmp (line, "ready") == 0)
    g_cancellable_cancel (watch->cancellable);
}

static gboolean
on_tick (int       group,
         gpointer  user_data,
         GError  **error)
{
  Watch *watch = user_data;

  if (watch->path == NULL || watch->seen)
    return TRUE;

  watch->seen = strata_process_group_has_open (group, watch->path, &watch->folder);
  if (!watch->seen)
    return TRUE;

  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_REFUSED, "seen");

  return FALSE;
}

static gboolean
run (Watch       *watch,
     const char  *script,
     gint64       limit_ms,
     GError     **error)
{
  const char *arguments[] = { "sh", "-c", script, NULL };
  const char *options[] = { "sh", "one", "two words", NULL };
  const char *variables[] = { "STRATA_TEST_HERE", "yes", NULL };
  const char *secrets[] = { "geheim", NULL };
  g_autoptr(StrataProjectCommand) command = strata_project_command_new (STRATA_COMMAND_ALEMBIC, arguments, "/", "");
  StrataProcessRequest request = {
    .command = command,
    .options = options,
    .variables = variables,
    .secrets = secrets,
    .limit_ms = limit_ms,
    .line = on_line,
    .tick = on_tick,
    .user_data = watch,
  };

  watch->lines = g_string_new (NULL);

  return strata_process_run (&request, watch->cancellable, error);
}

static void
watch_clear (Watch *watch)
{
  if (watch->lines != NULL)
    g_string_free (watch->lines, TRUE);
  g_clear_object (&watch->cancellable);
  g_free (watch->folder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Watch, watch_clear)

static void
test_output (void)
{
  g_auto(Watch) watch = { 0 };
  g_autoptr(GError) error = NULL;

  g_setenv ("STRATA_PASSWORD", "geheim", TRUE);
  g_assert_true (run (&watch, "pwd; echo \"$1|$2\" >&2; echo $STRATA_TEST_HERE; echo \"[$STRATA_PASSWORD]\";"
                              "echo ://u:geheim@h; printf 'no end'", 0, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (watch.lines->str, ==, "/\none|two words\nyes\n[]\n://u:***@h\nno end\n");
  g_unsetenv ("STRATA_PASSWORD");
}

/* What is wanted as it is, apart from what is said about it. */
static void
test_output_as_it_is (void)
{
  const char *arguments[] = { "/bin/sh", "-c", "printf 'a\\r\\nb '; echo words >&2; printf c; exit $0", "0", NULL };
  g_autoptr(StrataProjectCommand) command = strata_project_command_new (STRATA_COMMAND_SCHEMA, arguments, "/", "");
  g_autoptr(GString) output = g_string_new (NULL);
  g_auto(Watch) watch = { .lines = g_string_new (NULL) };
  const StrataProcessRequest request = { .command = command, .output = output, .line = on_line, .user_data = &watch };
  g_autoptr(GError) error = NULL;

  g_assert_true (strata_process_run (&request, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (output->str, ==, "a\r\nb c");
  g_assert_cmpstr (watch.lines->str, ==, "words\n");
}

static void
test_fails (void)
{
  g_auto(Watch) watch = { 0 };
  g_autoptr(GError) error = NULL;

  g_assert_false (run (&watch, "echo geheim; echo KeyError: x; exit 3", 0, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "failed with status 3. Its last words:\n  ***\n  KeyError: x"));
}

static void
test_not_there (void)
{
  const char *arguments[] = { "/nonexistent/alembic", NULL };
  g_autoptr(StrataProjectCommand) command = strata_project_command_new (STRATA_COMMAND_ALEMBIC, arguments, "/", "");
  StrataProcessRequest request = { .command = command };
  g_autoptr(GError) error = NULL;

  g_assert_false (strata_process_run (&request, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "“/nonexistent/alembic” cannot be started"));
}

static char *
write_program (const char *text)
{
  char *path = NULL;
  g_autoptr(GError) error = NULL;
  int fd = g_file_open_tmp ("strata-program-XXXXXX", &path, &error);

  g_assert_no_error (error);
  close (fd);
  g_assert_true (g_file_set_contents (path, text, -1, &error));
  g_assert_no_error (error);
  g_chmod (path, 0755);

  return path;
}

/* A script is there, and what its first line names is not; the text of an error is UTF-8. */
static void
test_interpreter_gone (void)
{
  static const struct { const char *script, *words; } cases[] = {
    { "#!/nonexistent/.venv/bin/python\nimport alembic\n", "“/nonexistent/.venv/bin/python”, which should run it" },
    { "#!/nonexistent/\xff/python\n", "/python”, which should run it" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = write_program (cases[i].script);
      const char *arguments[] = { path, NULL };
      g_autoptr(StrataProjectCommand) command = strata_project_command_new (STRATA_COMMAND_ALEMBIC, arguments, "/", "");
      StrataProcessRequest request = { .command = command };
      g_autoptr(GError) error = NULL;

      g_assert_false (strata_process_run (&request, NULL, &error));
      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_FAILED);
      g_assert_nonnull (strstr (error->message, cases[i].words));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      unlink (path);
    }
}

/* What to do next, by what the program says at last. */
static void
test_advice (void)
{
  static const struct { const char *words, *advice; } cases[] = {
    { "Command not found: alembic", "There is no Alembic in this environment: install there what the project needs, or say" },
    { "ModuleNotFoundError: No module named 'alembic'", "Python has no module “alembic” in this environment: install there" },
    { "ModuleNotFoundError: No module named 'psycopg2'", "no module “psycopg2” in this environment: install there" },
    { "ModuleNotFoundError: No module named 'shop.models'", "Where it is the project's own, “prepend_sys_path” or PYTHONPATH" },
    { "EOFError: EOF when reading a line", "It asked something" },
    { "RuntimeError: Working outside of application context.", "alembic_command = flask db" },
    { "Error: Could not locate a Flask application.", "FLASK_APP" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto(Watch) watch = { 0 };
      g_autoptr(GError) error = NULL;
      g_autofree char *script = g_strdup_printf ("echo \"%s\"; exit 1", cases[i].words);

      g_assert_false (run (&watch, script, 0, &error));
      g_assert_nonnull (strstr (error->message, cases[i].advice));
    }
}

static gboolean
is_running (const char *lines)
{
  g_auto(GStrv) parts = g_strsplit (lines, "\n", 2);
  int pid = g_ascii_strtoll (parts[0], NULL, 10);

  g_assert_cmpint (pid, >, 1);
  /* It was killed, which is not done at that moment. */
  for (guint i = 0; i < 200 && kill (pid, 0) == 0; i++)
    {
      g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid);
      g_autofree char *stat = NULL;

      if (g_file_get_contents (path, &stat, NULL, NULL) && strstr (stat, ") Z ") != NULL)
        return FALSE;
      g_usleep (10000);
    }

  return kill (pid, 0) == 0;
}

/* A child that it left behind, with its pipe or without. */
static void
test_leftover (void)
{
  static const char * const scripts[] = {
    "sleep 60 & echo $!",
    "sleep 60 >/dev/null 2>&1 & echo $!",
    "(trap '' INT TERM; sleep 60; sleep 60) & echo $!; exit 3",
  };

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_auto(Watch) watch = { 0 };

      g_assert_cmpint (run (&watch, scripts[i], 0, NULL), ==, i < 2);
      g_assert_false (is_running (watch.lines->str));
    }
}

/* The signal reaches the child of the shell as well: else the shell would wait for it. */
static void
test_cancel (void)
{
  g_auto(Watch) watch = { .cancellable = g_cancellable_new () };
  g_autoptr(GError) error = NULL;

  g_assert_false (run (&watch, "trap 'echo rolled back; exit 1' INT; echo ready; sleep 60", 0, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CANCELLED);
  g_assert_nonnull (strstr (watch.lines->str, "rolled back"));
}

static void
test_limit (void)
{
  g_auto(Watch) watch = { 0 };
  g_autoptr(GError) error = NULL;

  g_assert_false (run (&watch, "sleep 60", 200, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_FAILED);
}

static void
test_stubborn (void)
{
  g_auto(Watch) watch = { .cancellable = g_cancellable_new () };
  g_autoptr(GError) error = NULL;

  g_assert_false (run (&watch, "trap '' INT; echo ready; sleep 60 & wait; sleep 60", 0, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CANCELLED);
}

static void
test_has_open (void)
{
  g_autofree char *path = NULL;
  g_autofree char *script = NULL;
  g_auto(Watch) watch = { 0 };
  g_autoptr(GError) error = NULL;
  int fd = g_file_open_tmp ("strata-open-XXXXXX", &path, &error);

  g_assert_no_error (error);
  watch.path = path;
  script = g_strdup_printf ("cd /usr; (sleep 60) < %s", path);
  g_assert_false (run (&watch, script, 20000, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_REFUSED);
  g_assert_true (watch.seen);
  g_assert_cmpstr (watch.folder, ==, "/usr");
  close (fd);
  unlink (path);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/process/process/output", test_output);
  g_test_add_func ("/process/process/output-as-it-is", test_output_as_it_is);
  g_test_add_func ("/process/process/fails", test_fails);
  g_test_add_func ("/process/process/not-there", test_not_there);
  g_test_add_func ("/process/process/cancel", test_cancel);
  g_test_add_func ("/process/process/limit", test_limit);
  g_test_add_func ("/process/process/has-open", test_has_open);
  g_test_add_func ("/process/process/stubborn", test_stubborn);
  g_test_add_func ("/process/process/interpreter-gone", test_interpreter_gone);
  g_test_add_func ("/process/process/advice", test_advice);
  g_test_add_func ("/process/process/leftover", test_leftover);

  return g_test_run ();
}

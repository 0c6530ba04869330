/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <glib/gstdio.h>

/* A repository in a temporary folder, made by the git program, for the tests here. */
typedef struct
{
  char *folder;
} Sandbox;

/* Runs git; the arguments end with NULL. Returns its output without the last line end. */
G_GNUC_UNUSED static char *
sandbox_run (Sandbox    *box,
             const char *author,
             const char *date,
             GPtrArray  *arguments)
{
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr(GSubprocess) git = NULL;
  g_autoptr(GError) error = NULL;
  char *output = NULL;

  g_subprocess_launcher_set_cwd (launcher, box->folder);
  g_subprocess_launcher_setenv (launcher, "GIT_AUTHOR_NAME", author, TRUE);
  g_subprocess_launcher_setenv (launcher, "GIT_AUTHOR_EMAIL", "author@example.org", TRUE);
  g_subprocess_launcher_setenv (launcher, "GIT_AUTHOR_DATE", date, TRUE);
  g_subprocess_launcher_setenv (launcher, "GIT_COMMITTER_NAME", author, TRUE);
  g_subprocess_launcher_setenv (launcher, "GIT_COMMITTER_EMAIL", "author@example.org", TRUE);
  g_subprocess_launcher_setenv (launcher, "GIT_COMMITTER_DATE", date, TRUE);

  g_ptr_array_insert (arguments, 0, (gpointer) "git");
  g_ptr_array_add (arguments, NULL);
  git = g_subprocess_launcher_spawnv (launcher, (const char * const *) arguments->pdata, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (git, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (git));

  return g_strchomp (output);
}

G_GNUC_UNUSED G_GNUC_NULL_TERMINATED static char *
sandbox_output (Sandbox *box,
                ...)
{
  g_autoptr(GPtrArray) arguments = g_ptr_array_new ();
  va_list list;

  va_start (list, box);
  for (char *argument; (argument = va_arg (list, char *)) != NULL; )
    g_ptr_array_add (arguments, argument);
  va_end (list);

  return sandbox_run (box, "Ann", "2026-01-01T00:00:00Z", arguments);
}

#define sandbox_git(box, ...) g_free (sandbox_output (box, __VA_ARGS__))

G_GNUC_UNUSED static void
sandbox_write (Sandbox    *box,
               const char *name,
               const char *text)
{
  g_autofree char *path = g_build_filename (box->folder, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0777), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

G_GNUC_UNUSED static void
sandbox_commit (Sandbox    *box,
                const char *name,
                const char *text,
                const char *author,
                const char *date)
{
  g_autoptr(GPtrArray) arguments = g_ptr_array_new ();

  sandbox_write (box, name, text);
  sandbox_git (box, "add", "--all", NULL);
  g_ptr_array_add (arguments, (gpointer) "commit");
  g_ptr_array_add (arguments, (gpointer) "-qm");
  g_ptr_array_add (arguments, (gpointer) name);
  g_free (sandbox_run (box, author, date, arguments));
}

G_GNUC_UNUSED static Sandbox
sandbox_new (void)
{
  Sandbox box = { g_dir_make_tmp ("strata-git-XXXXXX", NULL) };

  g_assert_nonnull (box.folder);
  sandbox_git (&box, "init", "-q", "-b", "main", NULL);
  return box;
}

G_GNUC_UNUSED static void
sandbox_clear (Sandbox *box)
{
  const char *arguments[] = { "rm", "-rf", box->folder, NULL };

  g_assert_true (g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
  g_free (box->folder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sandbox, sandbox_clear)

G_GNUC_UNUSED static void
sandbox_skip (void)
{
  g_test_skip ("there is no git program to make repositories with");
}

/* Adds a skipped case where repositories can't be made or read. */
G_GNUC_UNUSED static gboolean
sandbox_possible (void)
{
  g_autofree char *git = g_find_program_in_path ("git");

  if (git == NULL)
    g_test_add_func ("/git", sandbox_skip);
  return git != NULL;
}

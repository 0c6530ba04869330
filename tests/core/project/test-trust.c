/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/base/error.h"
#include "core/project/trust.h"
#include "folder.h"

static StrataProjectCommand *
make_command (const char *folder,
              const char *last)
{
  const char *arguments[] = { "uv", "run", last, NULL };

  return strata_project_command_new (STRATA_COMMAND_ALEMBIC, arguments, folder, "uv.lock");
}

static gboolean
has (const char           *project,
     StrataProjectCommand *command)
{
  g_autoptr(GError) error = NULL;
  gboolean trusted = TRUE;

  g_assert_true (strata_trust_has (project, command, &trusted, &error));
  g_assert_no_error (error);

  return trusted;
}

static void
give (const char           *project,
      StrataProjectCommand *command)
{
  g_autoptr(GPtrArray) commands = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;

  g_ptr_array_add (commands, command);
  g_assert_true (strata_trust_give (project, commands, &error));
  g_assert_no_error (error);
}

/* The one file that is there, as path. */
static char *
find_file (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "strata", "trust", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = g_dir_read_name (dir);

  g_assert_nonnull (name);

  return g_build_filename (folder, name, NULL);
}

static void
test_give (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(StrataProjectCommand) command = make_command (folder, "alembic");
  g_autofree char *text = NULL;
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;
  struct stat info;
  guint n = 0;

  g_assert_false (strata_trust_require (folder, command, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NEEDS_CONSENT);
  g_assert_nonnull (strstr (error->message, "“uv run alembic” (uv.lock)"));
  g_clear_error (&error);

  give (folder, command);
  g_assert_true (strata_trust_require (folder, command, &error));
  g_assert_no_error (error);

  path = find_file ();
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0600);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "command=uv run alembic\n"));

  g_assert_true (strata_trust_revoke (folder, &n, &error));
  g_assert_cmpuint (n, ==, 1);
  g_assert_false (has (folder, command));
  g_assert_true (strata_trust_revoke (folder, &n, &error));
  g_assert_cmpuint (n, ==, 0);
}

static void
test_exactly (void)
{
  static const char * const joined[] = { "uv", "run alembic", NULL };
  static const char * const shorter[] = { "uv", "run", NULL };
  static const char * const same[] = { "uv", "run", "alembic", NULL };
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(TestFolder) elsewhere = test_folder_new ();
  g_autofree char *link = g_strconcat (elsewhere, "/link", NULL);
  g_autoptr(StrataProjectCommand) command = make_command (folder, "alembic");
  g_autoptr(StrataProjectCommand) other_folder = make_command (elsewhere, "alembic");
  g_autoptr(StrataProjectCommand) a = strata_project_command_new (STRATA_COMMAND_ALEMBIC, joined, folder, "");
  g_autoptr(StrataProjectCommand) b = strata_project_command_new (STRATA_COMMAND_ALEMBIC, shorter, folder, "");
  g_autoptr(StrataProjectCommand) hook = strata_project_command_new (STRATA_COMMAND_HOOK, same, folder, "");
  g_autoptr(StrataProjectCommand) because = strata_project_command_new (STRATA_COMMAND_ALEMBIC, same, folder, "else");

  give (folder, command);
  g_assert_false (has (folder, a));
  g_assert_false (has (folder, b));
  g_assert_false (has (folder, hook));
  g_assert_false (has (folder, other_folder));
  g_assert_false (has (elsewhere, command));
  g_assert_true (has (folder, because));

  test_folder_link (elsewhere, folder, "link");
  g_assert_true (has (link, command));
  g_assert_true (strata_trust_revoke (folder, NULL, NULL));
}

static void
test_others_wrote (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(StrataProjectCommand) command = make_command (folder, "alembic");
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;
  gboolean trusted;

  give (folder, command);
  path = find_file ();
  g_assert_cmpint (chmod (path, 0622), ==, 0);
  g_assert_false (strata_trust_has (folder, command, &trusted, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT);
  g_assert_nonnull (strstr (error->message, "not believed"));
  g_clear_error (&error);

  g_assert_cmpint (chmod (path, 0600), ==, 0);
  g_assert_true (g_file_set_contents (path, "nonsense", -1, NULL));
  g_assert_false (strata_trust_has (folder, command, &trusted, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
test_password (void)
{
  static const char * const arguments[] = { "dump", "--url", "postgresql://ana:geheim@db/x", "a b", NULL };
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(StrataProjectCommand) command = strata_project_command_new (STRATA_COMMAND_SCHEMA, arguments, folder, "");
  g_autofree char *shown = strata_project_command_to_string (command);
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  g_assert_cmpstr (shown, ==, "dump --url postgresql://ana:***@db/x 'a b'");
  give (folder, command);
  path = find_file ();
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_null (strstr (text, "geheim"));
  g_assert_true (has (folder, command));
  g_assert_true (strata_trust_revoke (folder, NULL, NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/project/trust/give", test_give);
  g_test_add_func ("/project/trust/exactly", test_exactly);
  g_test_add_func ("/project/trust/others-wrote", test_others_wrote);
  g_test_add_func ("/project/trust/password", test_password);

  return g_test_run ();
}

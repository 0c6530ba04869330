/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#include "core/base/finding.h"
#include "core/database/connection.h"
#include "core/database/error.h"
#include "core/diff/diff.h"
#include "core/engine/restore.h"
#include "core/project/discover.h"
#include "core/python/machine.h"
#include "core/python/tree.h"
#include "core/revision/sql-file.h"
#include "core/url/url.h"

static char *
dup_error (void)
{
  g_autoptr(StrataUrl) url = NULL;
  g_autoptr(GError) error = NULL;

  url = strata_url_parse ("nonsense", &error);
  g_assert_null (url);

  return g_strdup (error->message);
}

/* What the core says to a person is in the language of the window. */
static void
test_window (void)
{
  g_autofree char *error = dup_error ();
  g_autofree char *place = strata_place_to_string ((StrataPlace) { NULL, 3, 0 });

  g_assert_cmpstr (error, ==, "Die Datenbank-URL ist nicht verständlich: Sie sollte wie postgresql:// oder sqlite:/// beginnen");
  g_assert_cmpstr (place, ==, "Zeile 3");
}

static void
assert_failure (const char *text,
                const char *message)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPyTree) tree = strata_py_tree_parse ("a.py", text, strlen (text), findings);
  g_autoptr(StrataPyMachine) machine = strata_py_machine_new (NULL, NULL);

  strata_py_machine_set_strict (machine, TRUE);
  g_assert_null (strata_py_machine_run (machine, "a", tree));
  g_assert_cmpstr (strata_py_machine_get_failure (machine)->message, ==, message);
}

/* Why a script needs Python is said by Strata; what it raises, by Python. */
static void
test_python (void)
{
  assert_failure ("import app\napp.seed()", "„app.seed“ wird aufgerufen, und was es ist, ist hier nicht bekannt");
  assert_failure ("class A(flags=1): pass", "die Klasse „A“ hat eine Metaklasse oder Argumente");
  assert_failure ("{}['a']", "KeyError: 'a'");
}

static void
test_findings (void)
{
  const char *python = "def f(:\n  pass\n", *sql = "-- strata:sideways\n";
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPyTree) tree = strata_py_tree_parse ("a.py", python, strlen (python), findings);
  g_autoptr(StrataSqlScript) script = strata_sql_script_parse ("a.sql", sql, strlen (sql), findings);
  const char * const messages[] = {
    "Nicht verstanden: „:“ gehört nicht hierher",
    "Kein Kommentar vor dem ersten Abschnitt hat eine Zeile „Revision:“",
    "„sideways“ ist kein Abschnitt",
  };

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    g_assert_cmpstr (strata_finding_get_message (findings->pdata[i]), ==, messages[i]);
}

static void
test_engine (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_copies_find ("/nowhere/shop.db", NULL, &error));
  g_assert_cmpstr (error->message, ==, "Es gibt keine Kopie von „/nowhere/shop.db“: Eine entsteht vor jedem Lauf, der sie ändert");
}

/* Why libpq could not connect is found in its words, which stay English; what is said of it is Strata's. */
static void
test_server (void)
{
  g_autoptr(StrataUrl) url = strata_url_parse ("postgresql:///shop?host=/nowhere", NULL);
  const StrataConnectOptions options = { .application_name = "strata" };
  g_autoptr(StrataConnection) connection = NULL;
  g_autoptr(GError) error = NULL;

#ifndef HAVE_POSTGRESQL
  g_test_skip ("built without PostgreSQL");
  return;
#endif
  connection = strata_connection_open (url, &options, NULL, &error);
  g_assert_null (connection);
  g_assert_error (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_CONNECTION_REFUSED);
  g_assert_nonnull (strstr (error->message, "hat keinen solchen Socket: Läuft der Server? (connection to server"));
}

/* What a person is to type stays as it is typed: the window's overview knows the error by it. */
static void
test_command (void)
{
  g_autofree char *folder = g_dir_make_tmp ("strata-test-XXXXXX", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_project_find (folder, &error));
  g_assert_nonnull (strstr (error->message, "liegt kein Projekt"));
  g_assert_nonnull (strstr (error->message, "„strata init“"));
  g_rmdir (folder);
}

/* What a difference is called is translated where it is shown, and not in the notes of a script that is written. */
static void
test_differences (void)
{
  const StrataObject table = { .kind = STRATA_OBJECT_TABLE, .name = "users" };
  const StrataObject index = { .kind = STRATA_OBJECT_INDEX, .name = "ix", .table = "users" };
  const StrataDifference type = { .kind = STRATA_DIFFERENCE_CHANGED, .from = &table, .to = &table, .part = "name",
                                  .property = "type", .was = "text", .is = "integer" };
  const StrataDifference gone = { .kind = STRATA_DIFFERENCE_REMOVED, .from = &index };
  g_autofree char *changed = strata_difference_dup_title (&type, NULL);
  g_autofree char *removed = strata_difference_dup_title (&gone, NULL);
  g_autofree char *noted = strata_object_dup_file_title (&index);

  g_assert_cmpstr (changed, ==, "Spalte users.name: Typ ändern von text zu integer");
  g_assert_cmpstr (removed, ==, "Index ix von users löschen");
  g_assert_cmpstr (noted, ==, "index ix of users");
}

/* The command line asks for no language, though the texts are there and the environment wants one. */
static void
test_command_line (void)
{
  g_autofree char *error = NULL;

  setlocale (LC_MESSAGES, "C");
  error = dup_error ();
  g_assert_cmpstr (error, ==, "The database URL cannot be understood: it should begin like postgresql:// or sqlite:///");
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("LANGUAGE", "de", TRUE);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("STRATA_LOCALE_DIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/window/language/window", test_window);
  g_test_add_func ("/window/language/python", test_python);
  g_test_add_func ("/window/language/findings", test_findings);
  g_test_add_func ("/window/language/engine", test_engine);
  g_test_add_func ("/window/language/server", test_server);
  g_test_add_func ("/window/language/command", test_command);
  g_test_add_func ("/window/language/differences", test_differences);
  g_test_add_func ("/window/language/command-line", test_command_line);

  return g_test_run ();
}

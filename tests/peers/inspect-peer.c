/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs a script that asks sa.inspect(bind), for test-reflect.py: inspect-peer URL < SCRIPT prints repr() of what it leaves
 * in the name "result". */

#include "config.h"

#include <stdio.h>
#include <string.h>

#include "core/reflect/reflect.h"
#include "core/sqlalchemy/connection.h"

typedef struct
{
  StrataSa          sa;
  StrataConnection *connection;
} Peer;

static StrataPyValue *
find_module (StrataPyMachine *py,
             const char      *name,
             gpointer         data)
{
  return strata_sa_find_module (py, name);
}

static const StrataPicture *
get_picture (StrataPyMachine *py,
             const char      *schema,
             const char      *table)
{
  const StrataReflectScope scope = { .schema = schema, .table = table };
  g_autoptr(GError) error = NULL;
  StrataPicture *picture = strata_reflect (((Peer *) strata_sa_get (py))->connection, &scope, NULL, &error);

  if (picture == NULL)
    return strata_py_raise (py, "RuntimeError", "%s", error->message);

  strata_py_own (py, picture, (GDestroyNotify) strata_picture_unref);

  return picture;
}

static int
run (Peer       *peer,
     const char *text)
{
  static const StrataPyHost host = { find_module, NULL };
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPyTree) tree = strata_py_tree_parse ("test.py", text, strlen (text), findings);
  g_autoptr(StrataPyMachine) py = strata_py_machine_new (&host, peer);
  const StrataPyFailure *failure;
  StrataPyValue *module, *result;

  /* The sanitizers take their time. */
  strata_py_machine_set_limits (py, 100000000, 120, (gsize) 1024 * 1024 * 1024);
  strata_sa_init (&peer->sa, py);
  strata_sa_export (py, STRATA_SA_ROOT, "bind", strata_sa_get_connection (py));
  strata_py_machine_set_strict (py, TRUE);
  module = strata_py_machine_run (py, "test", tree);
  result = module != NULL ? strata_py_machine_lookup (py, module, "result") : NULL;
  result = result != NULL ? strata_py_to_repr (py, result) : NULL;
  if (result != NULL)
    {
      puts (strata_py_value_get_text (result, NULL));
      return 0;
    }

  failure = strata_py_machine_get_failure (py);
  g_printerr ("%u: %s %s\n", failure->place.line, failure->code, failure->message);

  return 1;
}

int
main (int    argc,
      char **argv)
{
  static const StrataSaBackend backend = { .get_picture = get_picture };
  const StrataConnectOptions options = { .application_name = "inspect-peer" };
  Peer peer = { .sa = { .backend = &backend, .has_database = TRUE } };
  g_autoptr(StrataUrl) url = strata_url_parse (argv[1], NULL);
  g_autoptr(GString) text = g_string_new (NULL);
  char buffer[4096];
  size_t n;
  int status;

  while ((n = fread (buffer, 1, sizeof buffer, stdin)) > 0)
    g_string_append_len (text, buffer, n);

  peer.connection = strata_connection_open (url, &options, NULL, NULL);
  if (peer.connection == NULL)
    return 2;
  peer.sa.dialect = strata_connection_get_dialect (peer.connection);
  status = run (&peer, text->str);
  g_clear_object (&peer.connection);

  return status;
}

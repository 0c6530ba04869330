/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/errors.h"

#include <gio/gio.h>

#include "core/database/error.h"

/* Each has a name that scripts may rely on, and a status of docs/manual.md. */
static void
test_database (void)
{
  for (int code = 0; code <= STRATA_DATABASE_ERROR_FAILED; code++)
    {
      g_autoptr(GError) error = g_error_new_literal (STRATA_DATABASE_ERROR, code, "no");
      int status = strata_workspace_error_exit_status (error);

      g_assert_nonnull (strata_workspace_error_name (error));
      g_assert_cmpint (status == 7, ==, strata_database_error_is_connect (error));
      g_assert_true (status == 1 || status == 6 || status == 7 || status == 130);
    }
}

static void
test_others (void)
{
  static const struct
  {
    int         code;
    int         status;
    const char *name;
  } cases[] = {
    { STRATA_ERROR_FAILED, 1, "failed" },
    { STRATA_ERROR_USAGE, 2, "usage" },
    { STRATA_ERROR_NO_PROJECT, 2, "no-project" },
    { STRATA_ERROR_PENDING, 3, "pending" },
    { STRATA_ERROR_SEVERAL_HEADS, 4, "several-heads" },
    { STRATA_ERROR_UNKNOWN_REVISION, 5, "unknown-revision" },
    { STRATA_ERROR_LOCKED, 6, "locked" },
    { STRATA_ERROR_CANNOT_CONNECT, 7, "cannot-connect" },
    { STRATA_ERROR_FINDINGS, 8, "findings" },
    { STRATA_ERROR_SCHEMA_DIFFERS, 9, "schema-differs" },
    { STRATA_ERROR_NEEDS_PYTHON, 10, "needs-python" },
    { STRATA_ERROR_NEEDS_CONSENT, 10, "needs-consent" },
    { STRATA_ERROR_NEEDS_SCRATCH, 10, "needs-consent" },
    { STRATA_ERROR_REFUSED, 11, "refused" },
    { STRATA_ERROR_WHICH_DATABASE, 11, "which-database" },
    { STRATA_ERROR_CANCELLED, 130, "cancelled" },
  };
  g_autoptr(GError) option = g_error_new_literal (G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "no");
  g_autoptr(GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "no");
  g_autoptr(GError) file = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_ACCES, "no");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = g_error_new_literal (STRATA_ERROR, cases[i].code, "no");

      g_assert_cmpint (strata_workspace_error_exit_status (error), ==, cases[i].status);
      g_assert_cmpstr (strata_workspace_error_name (error), ==, cases[i].name);
    }

  g_assert_cmpint (strata_workspace_error_exit_status (option), ==, 2);
  g_assert_cmpstr (strata_workspace_error_name (option), ==, "usage");
  g_assert_cmpint (strata_workspace_error_exit_status (cancelled), ==, 130);
  g_assert_cmpstr (strata_workspace_error_name (cancelled), ==, "cancelled");
  g_assert_cmpint (strata_workspace_error_exit_status (file), ==, 1);
  g_assert_cmpstr (strata_workspace_error_name (file), ==, "failed");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/workspace/errors/database", test_database);
  g_test_add_func ("/workspace/errors/others", test_others);

  return g_test_run ();
}

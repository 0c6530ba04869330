/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What needs no database; the rest stands beside Alembic's in tests/peers/test-batch.py. */

#include "config.h"

#include <string.h>

#include "core/alembic/batch.h"

static const StrataType integer = { .kind = STRATA_TYPE_ANY_INTEGER };
static const StrataColumn plain = { .name = "z", .type = &integer };
static const StrataOperation add_plain = {
  .kind = STRATA_OPERATION_ADD_COLUMN, .table = "t", .add_column = { .column = &plain },
};
static const StrataOperation drop = { .kind = STRATA_OPERATION_DROP_COLUMN, .table = "t", .column = "a" };

static void
test_passes_on (void)
{
  const StrataBatchOptions options = { .dialect = STRATA_DIALECT_SQLITE, .is_offline = TRUE, .table = "t" };
  g_autoptr(StrataBatch) batch = strata_batch_new (&options);
  g_autoptr(GPtrArray) operations = NULL;
  g_autoptr(GError) error = NULL;
  gboolean needs = TRUE;

  g_assert_true (strata_batch_add (batch, &add_plain, NULL, NULL, &error));
  g_assert_true (strata_batch_needs_picture (batch, &needs, &error));
  g_assert_false (needs);
  operations = strata_batch_flush (batch, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (operations->len, ==, 1);
  g_assert_true (operations->pdata[0] == &add_plain);
}

static void
test_needs_database (void)
{
  const StrataBatchOptions options = { .dialect = STRATA_DIALECT_SQLITE, .is_offline = TRUE, .table = "t" };
  g_autoptr(StrataBatch) batch = strata_batch_new (&options);
  g_autoptr(GError) error = NULL;
  gboolean needs;

  g_assert_true (strata_batch_add (batch, &drop, NULL, NULL, &error));
  g_assert_false (strata_batch_needs_picture (batch, &needs, &error));
  g_assert_error (error, STRATA_BATCH_ERROR, STRATA_BATCH_ERROR_NEEDS_DATABASE);
  g_assert_nonnull (strstr (error->message, "batch mode with dialect sqlite requires a live database connection"));
}

static void
test_postgresql_alters (void)
{
  const StrataBatchOptions options = { .dialect = STRATA_DIALECT_POSTGRESQL, .is_offline = TRUE, .table = "t" };
  g_autoptr(StrataBatch) batch = strata_batch_new (&options);
  g_autoptr(GPtrArray) operations = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (strata_batch_add (batch, &drop, NULL, NULL, &error));
  operations = strata_batch_flush (batch, NULL, &error);
  g_assert_cmpuint (operations->len, ==, 1);

  g_assert_false (strata_batch_add (batch, &add_plain, "a", NULL, &error));
  g_assert_error (error, STRATA_BATCH_ERROR, STRATA_BATCH_ERROR_COMMAND);
  g_assert_cmpstr (error->message, ==, "Can't specify insert_before or insert_after when using ALTER; please specify "
                   "recreate='always'");
}

static void
test_no_such_table (void)
{
  const StrataBatchOptions options = { .dialect = STRATA_DIALECT_SQLITE, .table = "t" };
  g_autoptr(StrataBatch) batch = strata_batch_new (&options);
  g_autoptr(StrataPicture) picture = strata_picture_new (STRATA_DIALECT_SQLITE);
  g_autoptr(GError) error = NULL;

  g_assert_true (strata_batch_add (batch, &drop, NULL, NULL, &error));
  g_assert_null (strata_batch_flush (batch, picture, &error));
  g_assert_error (error, STRATA_BATCH_ERROR, STRATA_BATCH_ERROR_NO_TABLE);
  g_assert_cmpstr (error->message, ==, "t");
}

/* Inside a transaction nobody can switch it off, and DROP TABLE would delete the rows of children. */
static void
test_references (void)
{
  const StrataBatchOptions options = { .dialect = STRATA_DIALECT_SQLITE, .table = "t" };
  g_autoptr(StrataBatch) batch = strata_batch_new (&options);
  g_autoptr(StrataPicture) picture = strata_picture_new (STRATA_DIALECT_SQLITE);
  g_autoptr(GError) error = NULL;

  picture->enforces_references = TRUE;
  g_assert_true (strata_batch_add (batch, &drop, NULL, NULL, &error));
  g_assert_null (strata_batch_flush (batch, picture, &error));
  g_assert_error (error, STRATA_BATCH_ERROR, STRATA_BATCH_ERROR_UNSUPPORTED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/alembic/batch/passes-on", test_passes_on);
  g_test_add_func ("/alembic/batch/needs-database", test_needs_database);
  g_test_add_func ("/alembic/batch/postgresql-alters", test_postgresql_alters);
  g_test_add_func ("/alembic/batch/no-such-table", test_no_such_table);
  g_test_add_func ("/alembic/batch/references", test_references);

  return g_test_run ();
}

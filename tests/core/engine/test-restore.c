/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fixture.h"

#include "core/engine/restore.h"

static GPtrArray *
list_copies (Fixture *self)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *copies = strata_copies_list (self->database, &error);

  g_assert_no_error (error);

  return copies;
}

static StrataCopy *
restore (Fixture    *self,
         const char *name)
{
  g_auto(GStrv) rows = strata_version_table_read (self->connection, &self->request.version_table, NULL, NULL, NULL);
  g_autoptr(GError) error = NULL;
  StrataCopy *copy = strata_copy_restore (self->connection, name, (const char * const *) rows, NULL, &error);

  g_assert_no_error (error);

  return copy;
}

static void
test_newest (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr(StrataCopy) copy = NULL;
  g_autoptr(StrataCopy) back = NULL;
  g_autoptr(GPtrArray) copies = NULL;
  const StrataCopy *before;

  fixture_add_chain (self);
  fixture_must_run (self, STRATA_RUN_UPGRADE, "bbbb");
  fixture_must_run (self, STRATA_RUN_UPGRADE, "cccc");

  copy = restore (self, NULL);
  fixture_assert_rows (self, "bbbb");
  g_assert_cmpstr (copy->reason, ==, "before upgrade cccc");
  g_assert_cmpstr (copy->rows[0], ==, "bbbb");
  g_assert_cmpint (copy->size, >, 0);
  fixture_assert_query (self, "SELECT count(*) FROM b", "2");

  /* What was there is kept too. */
  copies = list_copies (self);
  g_assert_cmpuint (copies->len, ==, 2);
  before = g_ptr_array_index (copies, 0);
  g_assert_cmpstr (before->reason, ==, "before a restore");
  back = restore (self, before->name);
  fixture_assert_rows (self, "cccc");
}

static void
test_keeps_few (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr(GPtrArray) copies = NULL;

  fixture_add_chain (self);
  for (guint i = 0; i < STRATA_COPIES_KEPT; i++)
    {
      fixture_must_run (self, STRATA_RUN_UPGRADE, "head");
      fixture_must_run (self, STRATA_RUN_DOWNGRADE, "-1");
    }

  copies = list_copies (self);
  g_assert_cmpuint (copies->len, ==, STRATA_COPIES_KEPT);
  for (guint i = 1; i < copies->len; i++)
    g_assert_cmpstr (((StrataCopy *) g_ptr_array_index (copies, i - 1))->name, >,
                     ((StrataCopy *) g_ptr_array_index (copies, i))->name);
}

static void
test_oldest_can_be_restored (Fixture       *self,
                             gconstpointer  data)
{
  g_autoptr(GPtrArray) copies = NULL;
  g_autoptr(StrataCopy) copy = NULL;
  const StrataCopy *oldest;

  test_keeps_few (self, data);
  copies = list_copies (self);
  oldest = g_ptr_array_index (copies, copies->len - 1);
  copy = restore (self, oldest->name);
  fixture_assert_rows (self, copy->rows[0]);
}

static void
test_unknown (Fixture       *self,
              gconstpointer  data)
{
  const char *none[] = { NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) copies = NULL;

  fixture_add_chain (self);
  fixture_must_run (self, STRATA_RUN_UPGRADE, "head");
  copies = list_copies (self);
  g_assert_cmpuint (copies->len, ==, 0);
  g_assert_null (strata_copy_restore (self->connection, NULL, none, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_FAILED);
  g_clear_error (&error);

  fixture_must_run (self, STRATA_RUN_DOWNGRADE, "-1");
  g_assert_null (strata_copy_restore (self->connection, "20200101", none, NULL, &error));
  fixture_assert_says (error->message, "There is no one copy “20200101”");
}

#define ADD(name, test) g_test_add ("/engine/restore/" name, Fixture, NULL, fixture_set_up, test, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("newest", test_newest);
  ADD ("keeps-few", test_keeps_few);
  ADD ("oldest-can-be-restored", test_oldest_can_be_restored);
  ADD ("unknown", test_unknown);

  return g_test_run ();
}

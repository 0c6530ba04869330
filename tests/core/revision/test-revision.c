/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/revision/revision.h"

static void
test_keeps_its_own_copies (void)
{
  char id[] = "ab12";
  char parent[] = "aa11";
  const char *parents[] = { parent, "bb22", NULL };
  const char *labels[] = { "orders", NULL };
  g_autoptr(StrataRevision) revision = NULL;

  revision = strata_revision_new (&(StrataRevisionFields) {
    .format = STRATA_REVISION_PYTHON,
    .id = id,
    .down_revisions = parents,
    .branch_labels = labels,
    .message = "Add orders",
    .doc = "Add orders\n\nAnd why.",
    .created = "2026-11-20",
    .path = "/p/ab12.py",
    .id_line = 7,
    .down_line = 8,
    .labels_line = 9,
    .depends_line = 10,
  });
  id[0] = parent[0] = 'x';

  g_assert_cmpint (strata_revision_get_format (revision), ==, STRATA_REVISION_PYTHON);
  g_assert_cmpstr (strata_revision_get_id (revision), ==, "ab12");
  g_assert_cmpstrv (strata_revision_get_down_revisions (revision), ((const char *[]) { "aa11", "bb22", NULL }));
  g_assert_cmpstrv (strata_revision_get_branch_labels (revision), labels);
  g_assert_cmpuint (g_strv_length ((GStrv) strata_revision_get_depends_on (revision)), ==, 0);
  g_assert_cmpstr (strata_revision_get_message (revision), ==, "Add orders");
  g_assert_cmpstr (strata_revision_get_doc (revision), ==, "Add orders\n\nAnd why.");
  g_assert_cmpstr (strata_revision_get_created (revision), ==, "2026-11-20");
  g_assert_cmpstr (strata_revision_get_path (revision), ==, "/p/ab12.py");
  g_assert_cmpstr (strata_revision_get_id_place (revision).file, ==, "/p/ab12.py");
  g_assert_cmpuint (strata_revision_get_id_place (revision).line, ==, 7);
  g_assert_cmpuint (strata_revision_get_down_place (revision).line, ==, 8);
  g_assert_cmpuint (strata_revision_get_labels_place (revision).line, ==, 9);
  g_assert_cmpuint (strata_revision_get_depends_place (revision).line, ==, 10);
}

static void
test_what_is_absent (void)
{
  g_autoptr(StrataRevision) revision = strata_revision_new (&(StrataRevisionFields) { .id = "a" });

  g_assert_cmpuint (g_strv_length ((GStrv) strata_revision_get_down_revisions (revision)), ==, 0);
  g_assert_cmpuint (g_strv_length ((GStrv) strata_revision_get_branch_labels (revision)), ==, 0);
  g_assert_cmpstr (strata_revision_get_message (revision), ==, "");
  g_assert_cmpstr (strata_revision_get_doc (revision), ==, "");
  g_assert_null (strata_revision_get_created (revision));
  g_assert_null (strata_revision_get_path (revision));
  g_assert_cmpuint (strata_revision_get_id_place (revision).line, ==, 0);
}

static void
test_is_boxed (void)
{
  g_auto(GValue) value = G_VALUE_INIT;
  StrataRevision *revision = strata_revision_new (&(StrataRevisionFields) { .id = "a", .message = "m", .doc = "m" });

  g_value_init (&value, STRATA_TYPE_REVISION);
  g_value_take_boxed (&value, strata_revision_ref (revision));
  strata_revision_unref (revision);

  g_assert_cmpstr (strata_revision_get_doc (g_value_get_boxed (&value)), ==, "m");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/revision/revision/keeps-its-own-copies", test_keeps_its_own_copies);
  g_test_add_func ("/revision/revision/what-is-absent", test_what_is_absent);
  g_test_add_func ("/revision/revision/is-boxed", test_is_boxed);

  return g_test_run ();
}

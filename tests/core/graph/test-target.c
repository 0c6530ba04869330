/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/base/error.h"
#include "core/graph/target.h"
#include "tests/core/graph/fixture.h"

/* Two branches from a base with labels, one more base that depends on one of them, and ids that begin alike:
 *
 *   a1234567 ── b1234567@left ── c1234567 ── d1234567
 *          └─── b7654321@right ── c7654321
 *   x1234567@other ^c7654321 ── y1234567 */
#define TREE "a1234567 b1234567<a1234567@left c1234567<b1234567 d1234567<c1234567 " \
             "b7654321<a1234567@right c7654321<b7654321 x1234567^c7654321@other y1234567<x1234567"

typedef struct
{
  const char *name;
  const char *rows;
  const char *target;
  const char *expected;    /* ids, or the name of the error and its text */
} Case;

static const Case symbol_cases[] = {
  { "id", "", "c1234567", "c1234567" },
  { "beginning", "", "c12", "c1234567" },
  { "ambiguous", "", "c",
    "ambiguous-target: Can't locate revision identified by 'c': Multiple revisions start with 'c': 'c1234567', "
    "'c7654321'..." },
  { "unknown", "", "zzzz", "unknown-revision: Can't locate revision identified by 'zzzz': “strata history” lists those that there are" },
  { "unknown-like-one", "", "c123456f", "unknown-revision: Can't locate revision identified by 'c123456f': did you mean 'c1234567'?" },
  { "unknown-like-the-next", "", "c7650000", "unknown-revision: Can't locate revision identified by 'c7650000': did you mean 'c7654321'?" },
  { "unknown-like-a-word", "", "HEAD", "unknown-revision: Can't locate revision identified by 'HEAD': did you mean 'head'?" },
  { "unknown-short", "", "zz",
    "unknown-revision: Can't locate revision identified by 'zz': No such revision or branch 'zz'; please ensure at least "
    "four characters are present for partial revision identifier matches" },
  { "empty", "", "",
    "unknown-revision: Can't locate revision identified by '': No such revision or branch ''; please ensure at least "
    "four characters are present for partial revision identifier matches" },
  { "label", "", "left", "b1234567" },
  { "beginning-of-label", "", "oth", "x1234567" },
  { "base", "", "base", "" },
  { "heads", "", "heads", "d1234567 y1234567" },
  { "head-of-several", "", "head",
    "several-heads: Multiple head revisions are present for given argument 'head'; please specify a specific target "
    "revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads (d1234567, c7654321, y1234567)" },
  { "branch-head", "", "left@head", "d1234567" },
  { "branch-heads-with-an-effective-one", "", "right@heads", "c7654321" },
  { "branch-by-id", "", "c7654321@head", "c7654321" },
  { "branch-base", "", "left@base", "" },
  { "beginning-in-branch", "", "left@c", "c1234567" },
  { "not-in-branch", "", "left@c7654321",
    "invalid-target: Can't locate revision identified by 'c7654321': Revision c7654321 is not a member of branch 'left'" },
  { "unknown-branch", "", "nope@head",
    "unknown-revision: Can't locate revision identified by 'nope': No such branch: 'nope'" },
  { "empty-branch", "", "@left", "b1234567" },
  { "steps-from-heads", "", "-1", "c1234567 x1234567" },
  { "steps-from-branch-heads", "", "left@-2", "b1234567" },
  { "steps-to-base", "", "other@-2", "" },
  { "steps-too-far", "", "-3",
    "invalid-target: Relative revision -3 didn't produce 3 migrations: Walked too far, it ends at base" },
  { "no-steps-from-an-id", "", "c1234567-1", "unknown-revision: Can't locate revision identified by 'c1234567-1': did you mean 'c1234567'?" },
  { "current", "c7654321 d1234567", "current", "c7654321 d1234567" },
  { "current-unknown", "gone", "current",
    "unknown-revision: Can't locate revision identified by 'gone': the database has it, the folder has not. "
    "“strata rescue” looks for it in git and in the ledger" },
};

static const Case range_cases[] = {
  { "all", "", ":", "d1234567 c1234567 b1234567 y1234567 x1234567 c7654321 b7654321 a1234567" },
  { "both-ends-included", "", "b1234567:c1234567", "c1234567 b1234567" },
  { "to", "", ":c7654321", "c7654321 b7654321 a1234567" },
  { "from", "", "c1234567:", "d1234567 c1234567" },
  { "branch", "", "left@base:", "d1234567 c1234567 b1234567 a1234567" },
  { "branch-by-id", "", "x1234567@base:", "y1234567 x1234567 c7654321 b7654321 a1234567" },
  { "steps-up", "", "b1234567:+1", "c1234567 b1234567" },
  { "steps-up-past-the-end", "", "c1234567:+9", "d1234567 c1234567" },
  { "steps-down", "", "left@-1:d1234567", "d1234567 c1234567" },
  { "steps-down-past-base", "", "left@-9:left", "b1234567 a1234567" },
  { "from-current", "c1234567", "current:", "d1234567 c1234567" },
  { "to-current", "c1234567", ":current", "c1234567 b1234567 a1234567" },
  { "to-current-of-nothing", "", ":current", "" },
  { "from-to-current", "b1234567", "current:+1", "c1234567 b1234567" },
  { "start-from-a-revision", "", "d1234567-1:d1234567", "d1234567 c1234567" },
  { "not-on-one-line", "", "c1234567:c7654321",
    "invalid-target: Requested range c1234567:c7654321 does not refer to ancestor/descendant revisions along the same "
    "branch" },
  { "no-range", "", "c1234567", "usage: History range requires [start]:[end], [start]:, or :[end], not 'c1234567'" },
  { "two-colons", "", "a:b:c", "usage: History range requires [start]:[end], [start]:, or :[end], not 'a:b:c'" },
  { "unknown", "", "nope:", "unknown-revision: Can't locate revision identified by 'nope': “strata history” lists those that there are" },
};

static char *
describe (StrataGraph *graph,
          GArray      *nodes,
          GError      *error)
{
  if (nodes != NULL)
    return fixture_array_ids (graph, nodes);

  g_assert_true (error->domain == STRATA_ERROR);

  return g_strdup_printf ("%s: %s", strata_error_code_get_name (error->code), error->message);
}

static void
test_symbol (const void *data)
{
  const Case *test = data;
  g_autoptr(StrataGraph) graph = fixture_graph (TREE);
  g_auto(GStrv) rows = g_strsplit (test->rows, " ", -1);
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) nodes = strata_graph_resolve (graph, (const char * const *) rows, test->target, &error);
  g_autofree char *text = describe (graph, nodes, error);

  g_assert_cmpstr (text, ==, test->expected);
}

static void
test_range (const void *data)
{
  const Case *test = data;
  g_autoptr(StrataGraph) graph = fixture_graph (TREE);
  g_auto(GStrv) rows = g_strsplit (test->rows, " ", -1);
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) nodes = strata_graph_resolve_range (graph, (const char * const *) rows, test->target, &error);
  g_autofree char *text = describe (graph, nodes, error);

  g_assert_cmpstr (text, ==, test->expected);
}

/* What is broken is shown, and looked at to be mended. */
static void
test_broken_is_shown (void)
{
  static const char * const no_rows[] = { NULL };
  g_autoptr(StrataGraph) graph = fixture_graph ("a b<a c<gone d<c");
  g_autoptr(GArray) heads = strata_graph_resolve (graph, no_rows, "heads", NULL);
  g_autoptr(GArray) all = strata_graph_resolve_range (graph, no_rows, NULL, NULL);
  g_autofree char *head_ids = fixture_array_ids (graph, heads);
  g_autofree char *ids = fixture_array_ids (graph, all);

  g_assert_cmpstr (head_ids, ==, "b d");
  g_assert_cmpstr (ids, ==, "b a d c");
}

static void
test_no_database (void)
{
  g_autoptr(StrataGraph) graph = fixture_graph ("a");
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) all = strata_graph_resolve_range (graph, NULL, NULL, NULL);

  g_assert_cmpuint (all->len, ==, 1);
  g_assert_null (strata_graph_resolve (graph, NULL, "current", &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_UNKNOWN_REVISION);
  g_clear_error (&error);
  g_assert_null (strata_graph_resolve_range (graph, NULL, ":current", &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_UNKNOWN_REVISION);
}

static void
test_rows (void)
{
  static const char * const rows[] = { "y1234567", "gone", "b1234567", NULL };
  g_autoptr(StrataGraph) graph = fixture_graph (TREE);
  g_autoptr(GArray) known = strata_graph_find_rows (graph, rows);
  g_autoptr(GArray) current = strata_graph_dup_current (graph, rows);
  g_autofree char **unknown = strata_graph_dup_unknown_rows (graph, rows);
  g_autofree guint8 *applied = strata_graph_dup_applied (graph, rows);
  g_autofree char *known_ids = fixture_array_ids (graph, known);
  g_autofree char *current_ids = fixture_array_ids (graph, current);
  GString *applied_ids = g_string_new (NULL);

  for (guint node = 0; node < strata_graph_get_n_nodes (graph); node++)
    if (applied[node])
      g_string_append_printf (applied_ids, " %s", strata_revision_get_id (strata_graph_get_revision (graph, node)));

  g_assert_cmpstr (known_ids, ==, "y1234567 b1234567");
  g_assert_cmpstr (current_ids, ==, "b1234567 c7654321 y1234567");
  g_assert_cmpstr (applied_ids->str, ==, " a1234567 b1234567 b7654321 c7654321 x1234567 y1234567");
  g_assert_cmpstr (unknown[0], ==, "gone");
  g_assert_null (unknown[1]);
  g_string_free (applied_ids, TRUE);
}

static void
add_cases (const char    *folder,
           const Case    *cases,
           guint          n_cases,
           GTestDataFunc  test)
{
  for (guint i = 0; i < n_cases; i++)
    {
      g_autofree char *path = g_strdup_printf ("/graph/target/%s/%s", folder, cases[i].name);

      g_test_add_data_func (path, &cases[i], test);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_cases ("symbol", symbol_cases, G_N_ELEMENTS (symbol_cases), test_symbol);
  add_cases ("range", range_cases, G_N_ELEMENTS (range_cases), test_range);
  g_test_add_func ("/graph/target/broken-is-shown", test_broken_is_shown);
  g_test_add_func ("/graph/target/no-database", test_no_database);
  g_test_add_func ("/graph/target/rows", test_rows);

  return g_test_run ();
}

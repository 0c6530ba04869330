/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/graph/graph.h"
#include "tests/core/graph/fixture.h"

typedef struct
{
  const char *name;
  const char *graph;
  const char *expected;
} Case;

static const Case finding_cases[] = {
  { "sound", "a b<a c<a,b^a@l", "" },
  { "empty", "", "" },
  { "duplicate", "a b<a a",
    "3: warning: Revision a is present more than once: this file is used, /versions/all.sql is not [duplicate-revision]" },
  { "missing-parent", "a b<x", "2: error: Revision x referenced from b is not present [missing-revision]" },
  { "a-part-is-no-parent", "abcdef b<abcd",
    "2: error: Revision abcd referenced from b is not present [missing-revision]" },
  { "a-label-is-no-parent", "a@l b<l", "2: error: Revision l referenced from b is not present [missing-revision]" },
  { "missing-dependency", "a b^x", "2: error: Revision x referenced from b is not present [missing-revision]" },
  { "dependency-by-label-and-part", "abcdef@l b^l c^abcd", "" },
  { "ambiguous-dependency", "abcdef abcdeg b^abcd",
    "3: error: Revision abcd referenced from b is not present: Can't locate revision identified by 'abcd': "
    "Multiple revisions start with 'abcd': 'abcdef', 'abcdeg'... [missing-revision]" },
  { "cycle", "z a<c b<a c<b", "2: error: Cycle is detected in revisions (a, b, c) [cycle]" },
  { "two-cycles", "b<a a<b d<c c<d",
    "1: error: Cycle is detected in revisions (a, b) [cycle]\n"
    "3: error: Cycle is detected in revisions (c, d) [cycle]" },
  { "self-loop", "a<a", "1: error: Self-loop is detected in revisions (a) [cycle]" },
  { "dependency-cycle", "a^c b<a c<b", "1: error: Dependency cycle is detected in revisions (a, b, c) [cycle]" },
  { "dependency-self-loop", "a^a",
    "1: error: Dependency self-loop is detected in revisions (a): it depends on 'a', which is its own id [cycle]" },
  { "dependency-self-loop-by-label", "a^l@l",
    "1: error: Dependency self-loop is detected in revisions (a): it depends on 'l', which is a label of its own, "
    "and so names this very revision [cycle]" },
  { "dependency-self-loop-by-part", "abcdef^abcd",
    "1: error: Dependency self-loop is detected in revisions (abcdef): it depends on 'abcd', which is the beginning of its "
    "own name, and so names this very revision [cycle]" },
  { "cycle-within-dependency-cycle", "a<b b<a^c c<a",
    "1: error: Cycle is detected in revisions (a, b) [cycle]\n"
    "1: error: Dependency cycle is detected in revisions (a, b, c) [cycle]" },
  { "label-clash", "a@l b@l", "2: error: Branch name 'l' in revision b already used by revision a [label-clash]" },
  { "label-is-an-id", "a@b b", "1: error: Branch name 'b' in revision a already used by revision b [label-clash]" },
  { "label-is-its-own-id", "a@a", "1: error: Branch name 'a' in revision a already used by revision a [label-clash]" },
  { "label-with-colon", "a@x:y", "1: warning: Character(s) ':' not allowed in branch name 'x:y' [bad-label]" },
  { "forbidden-characters", "a-b+c",
    "1: error: Character(s) '+, -' not allowed in revision identifier 'a-b+c' [bad-revision-id]" },
  { "longest-id", "a2345678901234567890123456789012", "" },
  { "too-long-id", "a23456789012345678901234567890123",
    "1: warning: Revision identifier 'a23456789012345678901234567890123' has 33 characters, "
    "the version table has room for 32 [long-revision-id]" },
  { "long-in-characters", "ääääääääääääääääääääääääääääääää", "" },
};

static int
compare_findings (const void *a,
                  const void *b)
{
  return strata_finding_compare (*(StrataFinding * const *) a, *(StrataFinding * const *) b);
}

static void
test_findings (const void *data)
{
  const Case *test = data;
  g_autoptr(GPtrArray) revisions = fixture_revisions (test->graph);
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataGraph) graph = strata_graph_new (revisions, findings);
  g_autoptr(GString) text = g_string_new (NULL);

  g_assert_nonnull (graph);
  g_ptr_array_sort (findings, compare_findings);

  for (guint i = 0; i < findings->len; i++)
    {
      g_autofree char *line = strata_finding_to_string (g_ptr_array_index (findings, i));

      g_assert_true (g_str_has_prefix (line, "/versions/all.sql:"));
      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", line + strlen ("/versions/all.sql:"));
    }

  g_assert_cmpstr (text->str, ==, test->expected);
}

static const Case broken_cases[] = {
  { "none", "a b<a", "" },
  { "missing", "a b<x c<b d<a e<d,c f^c g<f", "b c e f g" },
  { "cycle", "a b<d c<b d<c e<d f<a", "b c d e" },
  { "forbidden", "a b-b<a c<b-b", "b-b c" },
  { "a-duplicate-is-not", "a b<a a", "" },
};

static void
test_broken (const void *data)
{
  const Case *test = data;
  g_autoptr(StrataGraph) graph = fixture_graph (test->graph);
  g_autoptr(GArray) broken = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char *ids = NULL;

  for (guint node = 0; node < strata_graph_get_n_nodes (graph); node++)
    if ((strata_graph_get_flags (graph, node) & STRATA_NODE_BROKEN) != 0)
      g_array_append_val (broken, node);

  ids = fixture_array_ids (graph, broken);
  g_assert_cmpstr (ids, ==, test->expected);
}

/* One letter a flag, in the order of the enum, after each id. */
static const Case flag_cases[] = {
  { "linear", "a b<a c<b", "a:s b: c:h" },
  { "branches", "a b<a c<a d<b,c", "a:bs b: c: d:hm" },
  { "dependents", "a b<a c^b d<c", "a:s b:e c:s d:h" },
  { "dependents-branch-nothing", "a b<a c^a", "a:s b:h c:hs" },
};

static void
test_flags (const void *data)
{
  const Case *test = data;
  g_autoptr(StrataGraph) graph = fixture_graph (test->graph);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint node = 0; node < strata_graph_get_n_nodes (graph); node++)
    {
      guint flags = strata_graph_get_flags (graph, node);

      g_string_append_printf (text, "%s%s:", node > 0 ? " " : "",
                              strata_revision_get_id (strata_graph_get_revision (graph, node)));
      for (guint bit = 0; bit < 6; bit++)
        if ((flags & (1 << bit)) != 0)
          g_string_append_c (text, "hebmsx"[bit]);
    }

  g_assert_cmpstr (text->str, ==, test->expected);
}

static const Case label_cases[] = {
  { "descendants", "a b<a@l c<b d<a", "a: b:l c:l d:" },
  { "back-to-the-branch-point", "a b<a c<b d<c@l e<b", "a: b: c:l d:l e:" },
  { "back-to-the-base", "a b<a c<b@l d<c", "a:l b:l c:l d:l" },
  { "not-below-a-branch", "a b<a@l c<b d<b", "a: b:l c:l d:l" },
  { "not-below-a-dependent", "a b<a@l c<b d^b", "a: b:l c:l d:" },
  { "a-lone-dependent-is-no-branch", "a b<a@l c^b", "a:l b:l c:" },
  { "through-merges", "a@l b@m c<a,b d<c", "a:l b:m c:l,m d:l,m" },
  { "two-on-a-stretch", "a b<a@l c<b@m", "a:l,m b:l,m c:l,m" },
  { "two-on-one-revision", "a@m,l b<a", "a:l,m b:l,m" },
  { "not-by-dependency", "a@l b^a", "a:l b:" },
  { "clash-stays-with-the-first", "a@l b@l", "a:l b:" },
};

static void
test_labels (const void *data)
{
  const Case *test = data;
  g_autoptr(StrataGraph) graph = fixture_graph (test->graph);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint node = 0; node < strata_graph_get_n_nodes (graph); node++)
    {
      g_auto(GStrv) labels = strata_graph_dup_labels (graph, node);
      g_autofree char *joined = g_strjoinv (",", labels);

      g_string_append_printf (text, "%s%s:%s", node > 0 ? " " : "",
                              strata_revision_get_id (strata_graph_get_revision (graph, node)), joined);
    }

  g_assert_cmpstr (text->str, ==, test->expected);
}

static void
test_edges (void)
{
  g_autoptr(StrataGraph) graph = fixture_graph ("d<c,b a b<a c<a^b,a");
  guint n;
  const guint *nodes;
  g_autofree char *parents = NULL;
  g_autofree char *children = NULL;
  g_autofree char *requires = NULL;
  g_autofree char *required_by = NULL;

  nodes = strata_graph_get_parents (graph, 0, &n);
  parents = fixture_ids (graph, nodes, n);
  nodes = strata_graph_get_children (graph, strata_graph_find (graph, "a"), &n);
  children = fixture_ids (graph, nodes, n);
  nodes = strata_graph_get_requires (graph, strata_graph_find (graph, "c"), &n);
  requires = fixture_ids (graph, nodes, n);
  nodes = strata_graph_get_required_by (graph, strata_graph_find (graph, "b"), &n);
  required_by = fixture_ids (graph, nodes, n);

  g_assert_cmpstr (parents, ==, "c b");
  g_assert_cmpstr (children, ==, "b c");
  g_assert_cmpstr (requires, ==, "b a");
  g_assert_cmpstr (required_by, ==, "c");
  g_assert_cmpuint (strata_graph_find (graph, "nothing"), ==, STRATA_NO_NODE);
}

static void
test_last_duplicate_wins (void)
{
  g_autoptr(StrataGraph) graph = fixture_graph ("a b<a a@second");
  g_auto(GStrv) labels = strata_graph_dup_labels (graph, 0);

  g_assert_cmpuint (strata_graph_get_n_nodes (graph), ==, 2);
  g_assert_cmpuint (strata_graph_find (graph, "a"), ==, 0);
  g_assert_cmpstr (labels[0], ==, "second");
}

static void
test_heads (void)
{
  g_autoptr(StrataGraph) graph = fixture_graph ("a b<a c<a d^b");
  g_autoptr(GArray) heads = strata_graph_dup_heads (graph, FALSE);
  g_autoptr(GArray) real = strata_graph_dup_heads (graph, TRUE);
  g_autofree char *ids = fixture_array_ids (graph, heads);
  g_autofree char *real_ids = fixture_array_ids (graph, real);

  g_assert_cmpstr (ids, ==, "b c d");
  g_assert_cmpstr (real_ids, ==, "c d");
}

/* Recursion anywhere would end on the stack. */
static void
test_deep_chain (void)
{
  enum { N = 100000 };
  g_autoptr(GString) text = g_string_new ("r0");
  g_autoptr(StrataGraph) graph = NULL;
  g_auto(GStrv) labels = NULL;

  for (guint i = 1; i < N; i++)
    g_string_append_printf (text, " r%u<r%u", i, i - 1);
  g_string_append (text, "@top x<y y<x");

  graph = fixture_graph (text->str);
  labels = strata_graph_dup_labels (graph, 0);

  g_assert_cmpuint (strata_graph_get_n_nodes (graph), ==, N + 2);
  g_assert_cmpstr (labels[0], ==, "top");
  g_assert_cmpuint (strata_graph_get_flags (graph, N - 1), ==, STRATA_NODE_HEAD);
}

static void
add_cases (const char    *folder,
           const Case    *cases,
           guint          n_cases,
           GTestDataFunc  test)
{
  for (guint i = 0; i < n_cases; i++)
    {
      g_autofree char *path = g_strdup_printf ("/graph/graph/%s/%s", folder, cases[i].name);

      g_test_add_data_func (path, &cases[i], test);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_cases ("finds", finding_cases, G_N_ELEMENTS (finding_cases), test_findings);
  add_cases ("breaks", broken_cases, G_N_ELEMENTS (broken_cases), test_broken);
  add_cases ("flags", flag_cases, G_N_ELEMENTS (flag_cases), test_flags);
  add_cases ("labels", label_cases, G_N_ELEMENTS (label_cases), test_labels);
  g_test_add_func ("/graph/graph/edges", test_edges);
  g_test_add_func ("/graph/graph/last-duplicate-wins", test_last_duplicate_wins);
  g_test_add_func ("/graph/graph/heads", test_heads);
  g_test_add_func ("/graph/graph/deep-chain", test_deep_chain);

  return g_test_run ();
}

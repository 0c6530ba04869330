/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/graph/log-line.h"
#include "tests/core/graph/fixture.h"

#define TREE "a b<a@left c<b@more d<a m<c,d e<a^c f^b,left"

typedef struct
{
  const char      *name;
  const char      *node;
  StrataLineStyle  style;
  const char      *expected;
} Case;

static const Case cases[] = {
  { "history-base", "a", STRATA_LINE_HISTORY, "<base> -> a (branchpoint), make a" },
  { "history-labels", "c", STRATA_LINE_HISTORY, "b -> c (left, more), make c" },
  { "history-current", "b", STRATA_LINE_HISTORY, "a -> b (left) (current), make b" },
  { "history-merge", "m", STRATA_LINE_HISTORY, "c, d -> m (left, more) (head) (mergepoint), make m" },
  { "history-dependency", "e", STRATA_LINE_HISTORY, "a (c) -> e (head), make e" },
  { "history-dependencies-as-written", "f", STRATA_LINE_HISTORY, "<base> (b, left) -> f (head), make f" },
  { "heads", "m", STRATA_LINE_HEADS, "m (left, more) (head)" },
  { "current", "m", STRATA_LINE_CURRENT, "m (head) (mergepoint)" },
  { "current-branchpoint", "a", STRATA_LINE_CURRENT, "a (branchpoint)" },
  { "verbose", "a", STRATA_LINE_VERBOSE,
    "Rev: a (branchpoint)\nParent: <base>\nBranches into: b, d, e\nPath: /versions/all.sql\n\n    make a\n" },
  { "verbose-merge", "m", STRATA_LINE_VERBOSE,
    "Rev: m (head) (mergepoint)\nMerges: c, d\nBranch names: left, more\nPath: /versions/all.sql\n\n    make m\n" },
  { "verbose-current-dependency", "f", STRATA_LINE_VERBOSE,
    "Rev: f (head)\nParent: <base>\nAlso depends on: b, left\nPath: /versions/all.sql\n\n    make f\n" },
};

static void
test_line (const void *data)
{
  const Case *test = data;
  g_autoptr(StrataGraph) graph = fixture_graph (TREE);
  g_autoptr(GArray) current = g_array_new (FALSE, FALSE, sizeof (guint));
  guint b = strata_graph_find (graph, "b");
  g_autofree char *line = NULL;

  g_array_append_val (current, b);
  line = strata_graph_format_revision (graph, strata_graph_find (graph, test->node), test->style, current);

  g_assert_cmpstr (line, ==, test->expected);
}

static void
test_effective_head (void)
{
  g_autoptr(StrataGraph) graph = fixture_graph ("a b<a c^b");
  g_autofree char *heads = strata_graph_format_revision (graph, 1, STRATA_LINE_HEADS, NULL);
  g_autofree char *verbose = strata_graph_format_revision (graph, 1, STRATA_LINE_VERBOSE, NULL);

  g_assert_cmpstr (heads, ==, "b (effective head)");
  g_assert_true (g_str_has_prefix (verbose, "Rev: b (head)\n"));
}

static void
test_branch (void)
{
  g_autoptr(StrataGraph) graph = fixture_graph ("abcd b<abcd@left c<abcd");
  g_autofree char *brief = strata_graph_format_branch (graph, 0, FALSE);
  g_autofree char *verbose = strata_graph_format_branch (graph, 0, TRUE);

  g_assert_cmpstr (brief, ==, "abcd (branchpoint)\n     -> b (left) (head)\n     -> c (head)\n");
  g_assert_true (g_str_has_suffix (verbose, "    make abcd\n\n     -> b (left) (head), make b\n     -> c (head), make c\n"));
}

/* Each line of the message is indented, whatever Python takes for the end of a line. */
static void
test_message_lines (void)
{
  g_autoptr(GPtrArray) revisions = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_revision_unref);
  g_autoptr(StrataGraph) graph = NULL;
  g_autofree char *verbose = NULL;
  g_autofree char *empty = NULL;

  g_ptr_array_add (revisions, strata_revision_new (&(StrataRevisionFields) {
    .id = "a", .path = "a.py", .doc = "one\n\ntwo\r\nthree\vfour\xe2\x80\xa8" "five\xc2\x85six\n",
  }));
  g_ptr_array_add (revisions, strata_revision_new (&(StrataRevisionFields) { .id = "b", .path = "b.py" }));

  graph = strata_graph_new (revisions, NULL);
  verbose = strata_graph_format_revision (graph, 0, STRATA_LINE_VERBOSE, NULL);
  empty = strata_graph_format_revision (graph, 1, STRATA_LINE_VERBOSE, NULL);

  g_assert_cmpstr (verbose, ==, "Rev: a (head)\nParent: <base>\nPath: a.py\n\n"
                                "    one\n    \n    two\n    three\n    four\n    five\n    six\n");
  g_assert_cmpstr (empty, ==, "Rev: b (head)\nParent: <base>\nPath: b.py\n\n\n");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/graph/log-line/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_line);
    }
  g_test_add_func ("/graph/log-line/effective-head", test_effective_head);
  g_test_add_func ("/graph/log-line/branch", test_branch);
  g_test_add_func ("/graph/log-line/message-lines", test_message_lines);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/base/error.h"
#include "core/graph/graph-private.h"
#include "core/graph/plan.h"
#include "tests/core/graph/random-graph.h"

typedef enum
{
  UP,
  DOWN,
  STAMP,
  PURGE,
  OFFLINE_UP,
  OFFLINE_DOWN,
  OFFLINE_STAMP,
} Command;

typedef struct
{
  const char *name;
  Command     command;
  const char *graph;
  const char *rows;        /* by blanks, as the targets are */
  const char *targets;
  const char *expected;    /* "revision:edits", a stamp as "from>to:edits", and the rows after; or the error */
} Case;

#define FORK "a b<a@left c<b d<a@right e<d"
#define MERGED FORK " m<c,e n<m"
#define NEEDS "a b<a c<b x^b y<x"

static const Case cases[] = {
  { "nothing-to-do", UP, FORK, "c", "b", "= c" },
  { "from-nothing", UP, FORK, "", "c", "a:+a b:a>b c:b>c = c" },
  { "heads", UP, FORK, "a", "heads", "d:a>d e:d>e b:+b c:b>c = c e" },
  { "merge", UP, MERGED, "b", "head", "d:+d e:d>e c:b>c m:-c,e>m n:m>n = n" },
  { "brings-dependencies", UP, NEEDS, "", "y", "a:+a b:a>b x:b>x y:x>y = y" },
  { "beside-a-dependency", UP, NEEDS, "y", "c", "c:+c = c y" },
  { "one-step", UP, FORK, "b", "+1", "c:b>c = c" },
  { "one-step-on-a-branch", UP, FORK, "c", "right@+1", "d:+d = c d" },
  { "one-step-from-base", UP, "a b<a", "", "+1", "a:+a = a" },
  { "steps-from-a-revision", UP, FORK, "", "a+0", "a:+a = a" },
  { "steps-up-from-a-revision-on-a-branch", UP, FORK, "a", "right@a+2", "d:a>d e:d>e = e" },
  { "steps-down-from-a-head", UP, FORK, "a", "left@head-1", "b:a>b = b" },
  { "steps-down-to-base", UP, FORK, "a", "a-1", "= a" },
  { "label-that-looks-like-steps", UP, "a b<a@v-2 c<b d<a", "", "v-2@head", "a:+a b:a>b c:b>c = c" },
  { "implied-parent-of-a-merge", UP, "a b<a x^b y<a^b m<x,y^b", "x y", "m", "m:-x,y>m = m" },
  { "steps-on-a-branch-that-is-not-a-row", UP, "a b<a@core x^b y<x c<b", "y", "core@+1", "c:+c = c y" },
  { "steps-on-an-unknown-branch", UP, FORK, "a", "typo@+1",
    "unknown-revision: Can't locate revision identified by 'typo': No such branch: 'typo'" },
  { "ambiguous-steps", UP, FORK, "a", "+1",
    "ambiguous-target: Ambiguous walk: several revisions come after a, so '+1' is not one revision: say which is meant by its id" },
  { "steps-from-several-rows", UP, FORK, "c d", "+1",
    "ambiguous-target: Ambiguous upgrade from multiple current revisions: '+1' would start at c, d: name one, as in 'd@+1'" },
  { "steps-too-far", UP, FORK, "c", "+1",
    "invalid-target: Relative revision +1 didn't produce 1 migrations: Walked too far, it ends at c" },
  { "steps-down-from-here", UP, FORK, "c", "-1", "invalid-target: Relative revision -1 didn't produce 1 migrations" },
  { "steps-from-base-down", UP, FORK, "", "base-1",
    "invalid-target: Relative revision base-1 didn't produce 1 migrations: Walked too far, it ends at base" },
  { "rows-that-overlap", UP, FORK, "a c", "heads",
    "invalid-target: Requested revision c overlaps with other requested revisions a" },
  { "unknown-row", UP, FORK, "c gone", "heads",
    "unknown-revision: Can't locate revision identified by 'gone': the database has it, the folder has not. "
    "“strata rescue” looks for it in git and in the ledger" },
  { "range-online", UP, FORK, "", "a:b",
    "invalid-target: Range revision not allowed: 'a:b' would start where the database may not be; ranges are for --sql" },
  { "trailing-text", UP, FORK, "", "a+1x", "unknown-revision: Can't locate revision identified by 'a+1x': “strata history” lists those that there are" },

  { "all", DOWN, FORK, "c e", "base", "c:c>b b:-b e:e>d d:d>a a:-a = " },
  { "to-a-branch-point", DOWN, FORK, "c e", "a", "c:c>b b:-b e:e>d d:d>a = a" },
  { "branch-with-a-common-base", DOWN, FORK, "c e", "left@base", "c:c>b b:-b e:e>d d:d>a a:-a = " },
  { "one-branch-to-a-revision", DOWN, FORK, "c e", "left@a", "c:c>b b:-b = e" },
  { "split", DOWN, MERGED, "n", "c", "n:n>m m:+c,m>e = c e" },
  { "with-what-depends-on-it", DOWN, NEEDS, "c y", "a", "c:-c y:y>x x:x>b b:b>a = a" },
  { "dependency-stays", DOWN, NEEDS, "c y", "x@base", "y:y>x x:-x = c" },
  { "one-step-back", DOWN, FORK, "c", "-1", "c:c>b = b" },
  { "one-step-back-to-base", DOWN, "a b", "a", "-1", "a:-a = " },
  { "one-step-back-on-a-branch", DOWN, FORK, "c e", "left@-1", "c:c>b = b e" },
  { "one-step-back-on-an-implied-branch", DOWN, "a b<a@core x^b y<x", "y", "core@-1", "y:y>x x:x>b b:b>a = a" },
  { "branch-head-of-several", DOWN, FORK, "c e", "left@head", "= c e" },
  { "branch-heads-of-which-one-is-real", DOWN, "a b<a@left c<b d<b^c", "d", "left@heads", "= d" },
  { "steps-up-on-a-branch", DOWN, FORK, "c", "left@a+1", "c:c>b = b" },
  { "steps-up-are-ambiguous", DOWN, FORK, "c", "a+1",
    "ambiguous-target: Ambiguous walk: several revisions come after a, so 'a+1' is not one revision: say which is meant by its id" },
  { "steps-up-from-here", DOWN, FORK, "c", "+1", "invalid-target: Relative revision +1 didn't produce 1 migrations" },
  { "steps-up-on-an-unknown-branch", DOWN, FORK, "c", "typo@a+1",
    "unknown-revision: Can't locate revision identified by 'typo': No such branch: 'typo'" },
  { "base-and-no-steps", DOWN, FORK, "c", "base+0",
    "invalid-target: Relative revision base+0 didn't produce 0 migrations: Walked too far, it ends at base" },
  { "step-back-from-nothing", DOWN, FORK, "", "-1",
    "invalid-target: Relative revision -1 didn't produce 1 migrations" },
  { "branch-below-the-target", DOWN, "a@l b<a c<b d<b", "c d", "l@b",
    "invalid-target: Not a valid downgrade target from current heads: no revision after b leads to branch 'a'" },
  { "step-back-on-a-branch-with-several-rows", DOWN, "a@l b<a c<a", "b c", "l@-1",
    "ambiguous-target: downgrade l@-1 is ambiguous: branch 'l' has several current revisions, b and c" },
  { "range-online", DOWN, FORK, "c", "c:a",
    "invalid-target: Range revision not allowed: 'c:a' would start where the database may not be; ranges are for --sql" },
  { "parent-that-another-parent-implies", DOWN, "a b<a m<a,b x", "m x", "b", "m:m>b = b x" },
  { "overlapping-rows", DOWN, FORK, "a c", "base", "c:c>b b:-b a:-a = " },
  { "step-back-from-several-rows", DOWN, FORK, "c e", "-1",
    "ambiguous-target: downgrade -1 from multiple heads is ambiguous: name the branch, as in 'c@-1'" },
  { "step-back-on-a-branch-that-is-not-there", DOWN, "a@left b@right", "b", "left@-1",
    "invalid-target: Relative revision left@-1 didn't produce 1 migrations" },
  { "several-heads", DOWN, FORK, "c e", "heads",
    "several-heads: Multiple head revisions are present for given argument 'heads'; please specify a specific target "
    "revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads (c, e)" },
  { "not-applied", DOWN, FORK, "b", "c",
    "invalid-target: Destination c is not a valid downgrade target from current head(s)" },
  { "not-on-the-branch", DOWN, FORK, "c e", "left@d",
    "invalid-target: Can't locate revision identified by 'd': Revision d is not a member of branch 'left'" },
  { "no-such-branch", DOWN, FORK, "c e", "typo@base",
    "unknown-revision: Can't locate revision identified by 'typo': No such branch: 'typo'" },

  { "up", STAMP, FORK, "a", "c", "a>c:a>c = c" },
  { "down", STAMP, FORK, "c", "a", "c>a:c>a = a" },
  { "merge", STAMP, MERGED, "c e", "m", "c,e>m:-c,e>m = m" },
  { "new-branch", STAMP, FORK, "c", "e", ">e:+e = c e" },
  { "base", STAMP, FORK, "c e", "base", "c>:-c e>:-e = " },
  { "branch-base", STAMP, "a@left b@right", "a b", "left@base", "a>:-a = b" },
  { "heads-with-one-there", STAMP, FORK, "b e", "heads", "b>c:b>c = c e" },
  { "heads-from-one-row", STAMP, FORK, "a", "heads", "a>c:a>c a>e:+e = c e" },
  { "several-up-and-down", STAMP, "a b<a x y<x", "a y", "b x", "a>b:a>b y>x:y>x = b x" },
  { "drops-come-first", STAMP, FORK, "c e", "b base", "c>:-c e>:-e c>b:+b = b" },
  { "unknown-row", STAMP, FORK, "gone", "c",
    "unknown-revision: Can't locate revision identified by 'gone': the database has it, the folder has not. "
    "“strata rescue” looks for it in git and in the ledger" },
  { "overlapping-targets", STAMP, FORK, "", "a c",
    "invalid-target: Requested revision c overlaps with other requested revisions a" },
  { "several-heads", STAMP, FORK, "", "head",
    "several-heads: Multiple heads are present; please specify a single target revision: Multiple head revisions are "
    "present for given argument 'head'; please specify a specific target revision, '<branchname>@head' to narrow to a "
    "specific head, or 'heads' for all heads (c, e)" },
  { "unknown-row", PURGE, FORK, "gone c", "e", "c>:-c gone>:-gone >e:+e = e" },
  { "steps", STAMP, FORK, "", "left@-1", ">b:+b = b" },
  { "steps-with-rows", STAMP, FORK, "a", "left@-1", "unknown-revision: Can't locate revision identified by '-1'" },

  { "from-base", OFFLINE_UP, FORK, "", "b", "a:+a b:a>b = b" },
  { "from-a-start", OFFLINE_UP, FORK, "", "a:b", "b:a>b = b" },
  { "from-a-branch-head", OFFLINE_UP, MERGED, "", "left:c", "c:b>c = c" },
  { "range", OFFLINE_DOWN, FORK, "", "c:a", "c:c>b b:b>a = a" },
  { "no-range", OFFLINE_DOWN, FORK, "", "a", "usage: downgrade with --sql requires <fromrev>:<torev>" },
  { "half-a-range", OFFLINE_UP, FORK, "", ":b", "usage: A range is <fromrev>:<torev>, not ':b'" },
  { "stamps", OFFLINE_STAMP, FORK, "", "a:c e", "a>c:a>c a>e:+e = c e" },
  { "two-starts", OFFLINE_STAMP, FORK, "", "a:c b:e",
    "usage: Stamp operation with --sql only supports a single starting revision at a time" },

  { "broken-target", UP, "a b<gone c<b", "", "c",
    "findings: Revision c can't be used, because it comes after b: Revision gone referenced from b is not present" },
  { "broken-row", UP, "a b<gone", "b", "a",
    "findings: Revision b can't be used: Revision gone referenced from b is not present" },
  { "heads-without-broken-ones", UP, "a b<a c<b,gone", "", "heads", "a:+a b:a>b = b" },
};

static void
append_edits (GString          *text,
              const StrataStep *step)
{
  for (guint i = 0; i < step->edits->len; i++)
    {
      const StrataVersionEdit *edit = &g_array_index (step->edits, StrataVersionEdit, i);

      g_string_append (text, i > 0 ? "," : "");
      if (edit->kind == STRATA_VERSION_INSERT)
        g_string_append_printf (text, "+%s", edit->to);
      else if (edit->kind == STRATA_VERSION_DELETE)
        g_string_append_printf (text, "-%s", edit->from);
      else
        g_string_append_printf (text, "%s>%s", edit->from, edit->to);
    }
}

static char *
describe (StrataPlan *plan)
{
  GString *text = g_string_new (NULL);
  g_autofree char *after = g_strjoinv (" ", (GStrv) strata_plan_get_heads_after (plan));

  for (guint i = 0; i < strata_plan_get_n_steps (plan); i++)
    {
      const StrataStep *step = strata_plan_get_step (plan, i);
      g_autofree char *from = g_strjoinv (",", step->from);
      g_autofree char *to = g_strjoinv (",", step->to);

      if (step->kind == STRATA_STEP_STAMP)
        g_string_append_printf (text, "%s>%s:", from, to);
      else
        g_string_append_printf (text, "%s:", strata_revision_get_id (step->revision));
      append_edits (text, step);
      g_string_append_c (text, ' ');
    }
  g_string_append_printf (text, "= %s", after);

  return g_string_free (text, FALSE);
}

static StrataPlan *
ask (StrataGraph         *graph,
     Command              command,
     const char * const  *rows,
     const char * const  *targets,
     GError             **error)
{
  switch (command)
    {
    case UP:
      return strata_plan_upgrade (graph, rows, targets[0], error);
    case DOWN:
      return strata_plan_downgrade (graph, rows, targets[0], error);
    case STAMP:
      return strata_plan_stamp (graph, rows, targets, FALSE, error);
    case PURGE:
      return strata_plan_stamp (graph, rows, targets, TRUE, error);
    case OFFLINE_UP:
      return strata_plan_offline (graph, STRATA_STEP_UPGRADE, targets, error);
    case OFFLINE_DOWN:
      return strata_plan_offline (graph, STRATA_STEP_DOWNGRADE, targets, error);
    case OFFLINE_STAMP:
    default:
      return strata_plan_offline (graph, STRATA_STEP_STAMP, targets, error);
    }
}

static void
test_case (const void *data)
{
  const Case *test = data;
  g_autoptr(StrataGraph) graph = fixture_graph (test->graph);
  g_auto(GStrv) rows = g_strsplit (test->rows, " ", -1);
  g_auto(GStrv) targets = g_strsplit (test->targets, " ", -1);
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataPlan) plan = ask (graph, test->command, (const char * const *) rows,
                                    (const char * const *) targets, &error);
  g_autofree char *text = plan != NULL ? describe (plan)
                                       : g_strdup_printf ("%s: %s", strata_error_code_get_name (error->code),
                                                          error->message);

  g_assert_cmpstr (text, ==, test->expected);
}

/* The rows of a version table by definition: what is applied and has nothing applied above it. */
static char *
list_uppermost (StrataGraph  *graph,
                const guint8 *reaches,
                const guint8 *applied)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();

  for (guint node = 0; node < graph->n_nodes; node++)
    {
      gboolean is_covered = !applied[node];

      for (guint other = 0; other < graph->n_nodes; other++)
        is_covered |= other != node && applied[other] && reaches[other * graph->n_nodes + node];
      if (!is_covered)
        g_ptr_array_add (ids, (char *) strata_graph_get_id (graph, node));
    }
  g_ptr_array_sort (ids, (GCompareFunc) (void (*) (void)) strcmp);
  g_ptr_array_add (ids, NULL);

  return g_strjoinv (" ", (GStrv) ids->pdata);
}

/* Every edit must find its row, and the rows must always be the uppermost revisions. */
static void
follow (StrataGraph  *graph,
        StrataPlan   *plan,
        const guint8 *reaches,
        guint8       *applied)
{
  g_autoptr(GHashTable) table = g_hash_table_new (g_str_hash, g_str_equal);
  const char * const *start = strata_plan_get_start (plan);

  for (; *start != NULL; start++)
    g_hash_table_add (table, (char *) *start);

  for (guint i = 0; i < strata_plan_get_n_steps (plan); i++)
    {
      const StrataStep *step = strata_plan_get_step (plan, i);
      guint node = strata_graph_find (graph, strata_revision_get_id (step->revision));
      g_autofree char *expected = NULL;

      applied[node] = step->kind == STRATA_STEP_UPGRADE;
      for (guint k = 0; k < step->edits->len; k++)
        {
          const StrataVersionEdit *edit = &g_array_index (step->edits, StrataVersionEdit, k);

          if (edit->from != NULL)
            g_assert_true (g_hash_table_remove (table, edit->from));
          if (edit->to != NULL)
            g_assert_true (g_hash_table_add (table, (char *) edit->to));
        }

      expected = list_uppermost (graph, reaches, applied);
      if (*expected == '\0')
        g_assert_cmpuint (g_hash_table_size (table), ==, 0);
      else
        {
          g_auto(GStrv) rows = g_strsplit (expected, " ", -1);

          g_assert_cmpuint (g_hash_table_size (table), ==, g_strv_length (rows));
          for (guint k = 0; rows[k] != NULL; k++)
            g_assert_true (g_hash_table_contains (table, rows[k]));
        }
    }
}

static void
test_random (void)
{
  for (guint i = 0; i < 1000; i++)
    {
      static const char * const nothing[] = { NULL };
      g_autoptr(StrataGraph) graph = random_graph (g_test_rand_int_range (1, 25));
      g_autofree guint8 *reaches = random_closure (graph, TRUE);
      g_autofree guint8 *applied = g_new0 (guint8, graph->n_nodes);
      const char *first = strata_graph_get_id (graph, g_test_rand_int_range (0, graph->n_nodes));
      const char *second = strata_graph_get_id (graph, g_test_rand_int_range (0, graph->n_nodes));
      g_autoptr(StrataPlan) there = strata_plan_upgrade (graph, nothing, first, NULL);
      g_autoptr(StrataPlan) on = strata_plan_upgrade (graph, strata_plan_get_heads_after (there), "heads", NULL);
      g_autoptr(StrataPlan) back = strata_plan_downgrade (graph, strata_plan_get_heads_after (on), second, NULL);
      g_autoptr(StrataPlan) away = strata_plan_downgrade (graph, strata_plan_get_heads_after (on), "base", NULL);

      follow (graph, there, reaches, applied);
      follow (graph, on, reaches, applied);
      if (back != NULL)
        {
          g_autofree guint8 *copy = g_memdup2 (applied, graph->n_nodes);

          follow (graph, back, reaches, copy);
        }
      follow (graph, away, reaches, applied);
      g_assert_null (strata_plan_get_heads_after (away)[0]);
    }
}

static void
test_log_lines (void)
{
  static const char * const rows[] = { "c", "e", NULL };
  static const char * const base[] = { "base", NULL };
  g_autoptr(StrataGraph) graph = fixture_graph (MERGED);
  g_autoptr(StrataPlan) up = strata_plan_upgrade (graph, rows, "m", NULL);
  g_autoptr(StrataPlan) down = strata_plan_downgrade (graph, rows, "base", NULL);
  g_autoptr(StrataPlan) stamp = strata_plan_stamp (graph, rows, base, FALSE, NULL);
  g_autofree char *upgrade = strata_step_to_string (strata_plan_get_step (up, 0));
  g_autofree char *comment = strata_step_to_short_string (strata_plan_get_step (up, 0));
  g_autofree char *downgrade = strata_step_to_string (strata_plan_get_step (down, strata_plan_get_n_steps (down) - 1));
  g_autofree char *stamp_line = strata_step_to_string (strata_plan_get_step (stamp, 0));

  strata_plan_unref (strata_plan_ref (up));
  g_assert_cmpstr (upgrade, ==, "Running upgrade c, e -> m, make m");
  g_assert_cmpstr (comment, ==, "Running upgrade c, e -> m");
  g_assert_cmpstr (downgrade, ==, "Running downgrade a -> , make a");
  g_assert_cmpstr (stamp_line, ==, "Running stamp_revision c -> ");
}

/* A hundred thousand steps, and back, without recursion and without a search for each. */
static void
test_large (void)
{
  enum { N = 100000 };
  static const char * const nothing[] = { NULL };
  g_autoptr(GString) text = g_string_new ("r0");
  g_autoptr(StrataGraph) graph = NULL;
  g_autoptr(StrataPlan) up = NULL;
  g_autoptr(StrataPlan) down = NULL;

  for (guint i = 1; i < N / 3; i++)
    g_string_append_printf (text, " f%u<r%u t%u<r%u r%u<f%u,t%u", i, i - 1, i, i - 1, i, i, i);

  graph = fixture_graph (text->str);
  up = strata_plan_upgrade (graph, nothing, "head", NULL);
  down = strata_plan_downgrade (graph, strata_plan_get_heads_after (up), "base", NULL);

  g_assert_cmpuint (strata_plan_get_n_steps (up), ==, graph->n_nodes);
  g_assert_cmpuint (strata_plan_get_n_steps (down), ==, graph->n_nodes);
  g_assert_null (strata_plan_get_heads_after (down)[0]);
}

int
main (int    argc,
      char **argv)
{
  static const char * const folders[] = { "upgrade", "downgrade", "stamp", "purge", "offline-upgrade",
                                          "offline-downgrade", "offline-stamp" };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/graph/plan/%s/%s", folders[cases[i].command], cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/graph/plan/rows-are-uppermost", test_random);
  g_test_add_func ("/graph/plan/log-lines", test_log_lines);
  g_test_add_func ("/graph/plan/large", test_large);

  return g_test_run ();
}

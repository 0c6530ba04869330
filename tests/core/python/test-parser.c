/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/parser.h"
#include "core/python/tree.h"

#include "tests/core/python/print-tree.h"

/* What CPython 3.11 reads too is compared with it, on far more text, by tests/peers/test-python-syntax.py. Here stand the
 * newer forms, and what is read where something is wrong. */
typedef struct
{
  const char *name;
  const char *text;
  const char *tree;
  const char *findings;     /* "line:column" of each */
} Case;

static const Case cases[] = {
  { "simple", "a = 1; b: int\ndel a, b\n",
    "[[\"Assign\",[[\"Name\",\"a\"]],[\"Number\",\"1\"]],[\"AnnAssign\",[[\"Name\",\"b\"],[\"Name\",\"int\"],null]],"
    "[\"Delete\",[[\"Name\",\"a\"],[\"Name\",\"b\"]]]]", "" },
  { "precedence", "-a ** b * c + d @ e or not f < g is not h",
    "[[\"Expr\",[\"Boolean\",\"or\",[[\"Binary\",\"+\",[\"Binary\",\"*\",[\"Unary\",\"-\",[\"Binary\",\"**\","
    "[\"Name\",\"a\"],[\"Name\",\"b\"]]],[\"Name\",\"c\"]],[\"Binary\",\"@\",[\"Name\",\"d\"],[\"Name\",\"e\"]]],"
    "[\"Unary\",\"not\",[\"Compare\",[\"<\",\"is not\"],[[\"Name\",\"f\"],[\"Name\",\"g\"],[\"Name\",\"h\"]]]]]]]]", "" },
  { "strings", "'a' \"\\x62\\u00e9\\101\\n\" r'\\n'",
    "[[\"Expr\",[\"String\",\"s:0x6162c3a9410a5c6e\"]]]", "" },
  { "strings-by-name", "'\\N{DASH}' '\\ud800'", "[[\"Expr\",[\"String\",\"?\"]]]", "" },
  { "bytes", "b'\\xff\\u0041'", "[[\"Expr\",[\"String\",\"b:0xff5c7530303431\"]]]", "" },
  { "quotes-inside", "f'{d['k']!r:{w}}'",
    "[[\"Expr\",[\"Formatted\",[[\"Field\",[\"Subscript\",[\"Name\",\"d\"],[\"String\",\"s:k\"]],\"r\","
    "[\"Formatted\",[[\"Field\",[\"Name\",\"w\"],\"\",null,0]]],0]]]]]", "" },
  { "debug-field", "f'{a = }'", "[[\"Expr\",[\"Formatted\",[[\"Field\",[\"Name\",\"a\"],\"\",null,1]]]]]", "" },
  { "type-alias", "type X[T: int = str, *Ts = *a, **P] = T\ntype = 1\ntype in a",
    "[[\"TypeAlias\",\"X\",[[\"TypeParameter\",\"\",\"T\",[\"Name\",\"int\"],[\"Name\",\"str\"]],"
    "[\"TypeParameter\",\"*\",\"Ts\",null,[\"Starred\",[\"Name\",\"a\"]]],[\"TypeParameter\",\"**\",\"P\",null,null]],[\"Name\",\"T\"]],"
    "[\"Assign\",[[\"Name\",\"type\"]],[\"Number\",\"1\"]],"
    "[\"Expr\",[\"Compare\",[\"in\"],[[\"Name\",\"type\"],[\"Name\",\"a\"]]]]]", "" },
  { "type-parameters", "def f[T](a: T) -> T: pass\nclass C[T](B, k=1): pass",
    "[[\"Function\",\"f\",0,[],[[\"TypeParameter\",\"\",\"T\",null,null]],[[\"Parameter\",\"\",0,0,\"a\","
    "[\"Name\",\"T\"],null]],[],[\"Name\",\"T\"],[[\"Simple\",\"pass\"]]],"
    "[\"Class\",\"C\",0,[],[[\"TypeParameter\",\"\",\"T\",null,null]],[[\"Name\",\"B\"]],"
    "[[\"Keyword\",\"k\",[\"Number\",\"1\"]]],null,[[\"Simple\",\"pass\"]]]]", "" },
  { "soft-words-are-names", "match = case\nmatch(a)[b:c]\nmatch: int\nmatch.x = 1\n_ = type(a)",
    "[[\"Assign\",[[\"Name\",\"match\"]],[\"Name\",\"case\"]],[\"Expr\",[\"Subscript\",[\"Call\",[\"Name\",\"match\"],"
    "[[\"Name\",\"a\"]],[]],[\"Slice\",[[\"Name\",\"b\"],[\"Name\",\"c\"],null]]]],"
    "[\"AnnAssign\",[[\"Name\",\"match\"],[\"Name\",\"int\"],null]],"
    "[\"Assign\",[[\"Attribute\",[\"Name\",\"match\"],\"x\"]],[\"Number\",\"1\"]],"
    "[\"Assign\",[[\"Name\",\"_\"]],[\"Call\",[\"Name\",\"type\"],[[\"Name\",\"a\"]],[]]]]", "" },
  { "with-in-parentheses", "with (a as b, c,): pass\nwith (a, b): pass\nwith (a, b) as c: pass\nwith (a).b(): pass",
    "[[\"With\",0,[[\"Item\",[\"Name\",\"a\"],[\"Name\",\"b\"]],[\"Item\",[\"Name\",\"c\"],null]],[[\"Simple\",\"pass\"]]],"
    "[\"With\",0,[[\"Item\",[\"Name\",\"a\"],null],[\"Item\",[\"Name\",\"b\"],null]],[[\"Simple\",\"pass\"]]],"
    "[\"With\",0,[[\"Item\",[\"Tuple\",[[\"Name\",\"a\"],[\"Name\",\"b\"]]],[\"Name\",\"c\"]]],[[\"Simple\",\"pass\"]]],"
    "[\"With\",0,[[\"Item\",[\"Call\",[\"Attribute\",[\"Name\",\"a\"],\"b\"],[],[]],null]],[[\"Simple\",\"pass\"]]]]", "" },

  /* What is wrong takes no more with it than its own statement. */
  { "broken-line", "a\nb = = 1\nc", "[[\"Expr\",[\"Name\",\"a\"]],[\"Broken\"],[\"Expr\",[\"Name\",\"c\"]]]", "2:5" },
  { "broken-field-of-a-string-without-end", "f'{g=", "[[\"Broken\"]]", "1:3" },
  { "broken-inside-of-brackets", "a(1,\n  b c,\n)\nd", "[[\"Broken\"],[\"Expr\",[\"Name\",\"d\"]]]", "2:5" },
  { "bracket-never-closed", "a = (1,\ndef f():\n  b\nc",
    "[[\"Broken\"],[\"Function\",\"f\",0,[],[],[],[],null,[[\"Expr\",[\"Name\",\"b\"]]]],[\"Expr\",[\"Name\",\"c\"]]]", "1:5" },
  { "bracket-never-closed-in-a-block", "def f():\n  a(1\n  b = 2\nc",
    "[[\"Function\",\"f\",0,[],[],[],[],null,[[\"Broken\"],[\"Assign\",[[\"Name\",\"b\"]],[\"Number\",\"2\"]]]],"
    "[\"Expr\",[\"Name\",\"c\"]]]", "3:3" },
  { "broken-header", "if a b:\n  c\nd", "[[\"Broken\"],[\"Expr\",[\"Name\",\"d\"]]]", "1:6" },
  { "broken-in-a-block", "def f():\n  print 'a'\n  b\nc",
    "[[\"Function\",\"f\",0,[],[],[],[],null,[[\"Broken\"],[\"Expr\",[\"Name\",\"b\"]]]],[\"Expr\",[\"Name\",\"c\"]]]", "2:9" },
  { "unexpected-indent", "a\n  b\n  c\nd", "[[\"Expr\",[\"Name\",\"a\"]],[\"Broken\"],[\"Expr\",[\"Name\",\"d\"]]]", "2:3" },
  { "missing-block", "if a:\nb", "[[\"Broken\"],[\"Expr\",[\"Name\",\"b\"]]]", "2:1" },
  { "missing-block-at-the-end", "def f():\n  if a:\nb",
    "[[\"Function\",\"f\",0,[],[],[],[],null,[[\"Broken\"]]],[\"Expr\",[\"Name\",\"b\"]]]", "3:1" },
  { "string-without-end", "a = 'b\nc", "[[\"Broken\"],[\"Expr\",[\"Name\",\"c\"]]]", "1:5" },
  { "bad-escape", "a = '\\x1'\nc", "[[\"Broken\"],[\"Expr\",[\"Name\",\"c\"]]]", "1:5" },
  { "dedent-to-nowhere", "if a:\n    b\n  c\nd",
    "[[\"If\",[[\"Branch\",[\"Name\",\"a\"],[[\"Expr\",[\"Name\",\"b\"]]]]],[]],[\"Expr\",[\"Name\",\"c\"]],"
    "[\"Expr\",[\"Name\",\"d\"]]]", "3:3" },
  { "no-target", "f() = 1\n1 += 2\na, b: int\nc", "[[\"Broken\"],[\"Broken\"],[\"Broken\"],[\"Expr\",[\"Name\",\"c\"]]]",
    "1:1 2:1 3:1" },
  { "try-alone", "try:\n  a\nb", "[[\"Broken\"],[\"Expr\",[\"Name\",\"b\"]]]", "3:1" },
  { "bytes-and-text", "a = b'x' 'y'\nb'x' f'y'\nc", "[[\"Broken\"],[\"Broken\"],[\"Expr\",[\"Name\",\"c\"]]]", "1:10 2:6" },
  { "fstring-without-end", "a = f'x{y\nb", "[[\"Broken\"],[\"Expr\",[\"Name\",\"b\"]]]", "1:8" },
};

static void
test_tree (gconstpointer data)
{
  const Case *test = data;
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPyTree) tree = strata_py_tree_parse ("a.py", test->text, strlen (test->text), findings);
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GString) places = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      StrataPlace place = strata_finding_get_place (findings->pdata[i]);

      g_string_append_printf (places, "%s%u:%u", i > 0 ? " " : "", place.line, place.column);
    }

  print_list (out, strata_py_tree_get_body (tree));
  g_assert_cmpstr (out->str, ==, test->tree);
  g_assert_cmpstr (places->str, ==, test->findings);
}

static char *
repeat (const char *before,
        guint       n,
        const char *after)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, before);
  for (guint i = 0; i < n; i++)
    g_string_append (text, after);

  return g_string_free (text, FALSE);
}

/* Deeper than anyone writes: a finding, and no crash. */
static void
test_depth (void)
{
  static const char * const deep[][2] = {
    { "(", ")" }, { "[", "]" }, { "-", "" }, { "not ", "" }, { "lambda: ", "" }, { "a ** ", "" },
    { "a if b else ", "" }, { "f(", ")" }, { "a.b", "" }, { "f'{", "}'" }, { "{1: ", "}" }, { "a + ", "" },
    { "a[0](", ")" }, { "match a:\n case (", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (deep); i++)
    {
      g_autofree char *expression = repeat (deep[i][0], 100000, deep[i][1]);
      g_autofree char *text = g_strconcat ("a\n", expression, "\nb", NULL);
      g_autoptr(GPtrArray) findings = strata_findings_new ();
      g_autoptr(StrataPyTree) tree = strata_py_tree_parse ("a.py", text, strlen (text), findings);

      g_assert_cmpuint (strata_py_tree_get_body (tree).length, >=, 1);
      if (i != 8)
        g_assert_cmpuint (findings->len, >=, 1);
    }
}

static void
test_many_mistakes (void)
{
  g_autofree char *text = repeat ("a b\n", 1000, "");
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPyTree) tree = strata_py_tree_parse ("a.py", text, strlen (text), findings);

  g_assert_cmpuint (findings->len, <, 100);
}

static void
test_statements_one_by_one (void)
{
  const char *text = "'doc'\na = 1\n@b\ndef f():\n  '''\nc = 3\n'''\nd = 4; e = 5\n";
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPySource) source = strata_py_source_new ("a.py", text, strlen (text), findings);
  g_autoptr(StrataPyArena) arena = strata_py_arena_new ();
  g_autoptr(StrataPyParser) parser = strata_py_parser_new (source, arena, findings);

  g_assert_cmpuint (strata_py_parser_read (parser).items[0]->kind, ==, STRATA_PY_NODE_EXPRESSION);
  g_assert_cmpuint (strata_py_parser_read (parser).items[0]->kind, ==, STRATA_PY_NODE_ASSIGN);
  g_assert_cmpuint (strata_py_parser_peek (parser).symbol, ==, STRATA_PY_AT);
  strata_py_parser_skip (parser);
  g_assert_cmpuint (strata_py_parser_peek (parser).symbol, ==, STRATA_PY_DEF);
  strata_py_parser_skip (parser);
  g_assert_cmpuint (strata_py_parser_read (parser).length, ==, 2);
  g_assert_cmpuint (strata_py_parser_peek (parser).kind, ==, STRATA_PY_TOKEN_END);
  g_assert_cmpuint (strata_py_parser_read (parser).length, ==, 0);
  strata_py_parser_skip (parser);
  g_assert_false (strata_py_parser_has_given_up (parser));
  g_assert_cmpuint (findings->len, ==, 0);
}

static void
test_quote (void)
{
  const char *text = "a = f(1,\n    größe)\n";
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPyTree) tree = strata_py_tree_parse ("a.py", text, strlen (text), findings);
  const StrataPyNode *node = strata_py_tree_get_body (tree).items[0]->assign.value;
  g_autofree char *quote = strata_py_tree_quote (tree, node);
  StrataPlace place = strata_py_tree_get_place (tree, node->call.arguments.items[1]);

  g_assert_cmpstr (strata_py_tree_get_path (tree), ==, "a.py");
  g_assert_cmpstr (quote, ==, "f(1, größe)");
  g_assert_cmpuint (place.line, ==, 2);
  g_assert_cmpuint (place.column, ==, 5);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/python/parser/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_tree);
    }
  g_test_add_func ("/python/parser/depth", test_depth);
  g_test_add_func ("/python/parser/many-mistakes", test_many_mistakes);
  g_test_add_func ("/python/parser/one-by-one", test_statements_one_by_one);
  g_test_add_func ("/python/parser/quote", test_quote);

  return g_test_run ();
}

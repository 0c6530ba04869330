/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/config/yaml.h"

/* A tree as one line: {key: value, list: [a, b]}; a value that is not there is "-". */
static void
print_node (GString              *out,
            const StrataYamlNode *node)
{
  gboolean is_map;

  if (node == NULL || strata_yaml_node_get_kind (node) == STRATA_YAML_SCALAR)
    {
      g_string_append_printf (out, "%s", node != NULL ? strata_yaml_node_get_text (node) : "-");
      return;
    }

  is_map = strata_yaml_node_get_kind (node) == STRATA_YAML_MAP;
  g_string_append_c (out, is_map ? '{' : '[');
  for (guint i = 0; i < strata_yaml_node_get_n (node); i++)
    {
      const char *key;
      const StrataYamlNode *item = strata_yaml_node_get (node, i, &key);

      g_string_append_printf (out, "%s%s%s", i > 0 ? ", " : "", is_map ? key : "", is_map ? ": " : "");
      print_node (out, item);
    }
  g_string_append_c (out, is_map ? '}' : ']');
}

static const struct
{
  const char *text;
  const char *tree;
} cases[] = {
  { "", "-" },
  { "# only a comment\n", "-" },
  { "a: 1\nb: two words\n", "{a: 1, b: two words}" },
  { "---\na: 1\n...\nb: 2\n", "{a: 1}" },
  { "%YAML 1.2\n---\na: 1\n---\nb: 2\n", "{a: 1}" },
  { "a:\n  b:\n    c: x\n  d: y\ne: z", "{a: {b: {c: x}, d: y}, e: z}" },
  { "a:\n- 1\n- 2\nb: 3\n", "{a: [1, 2], b: 3}" },
  { "a:\n  - 1\n  - x: 1\n    y: 2\n  -\n    z: 3\n", "{a: [1, {x: 1, y: 2}, {z: 3}]}" },
  { "- - a\n  - b\n- c\n", "[[a, b], c]" },
  { "a: \"5433:5432\"  # mapped\n", "{a: 5433:5432}" },
  { "a: 5433:5432\n", "{a: 5433:5432}" },
  { "a: x#y # z\n", "{a: x#y}" },
  { "a: 'it''s'\n", "{a: it's}" },
  { "a: \"t\\tn\\u00e9\\\"\"\n", "{a: t\tn\xc3\xa9\"}" },
  { "a: \"x\\\n  y\\q\\\xc3\xa9\"\nb: 1\n", "{a: xy, b: 1}" },
  { "\"a b\": 1\n'c': 2\n", "{a b: 1, c: 2}" },
  { "a: [1, 'x, y', {b: c}, [d]]\n", "{a: [1, x, y, {b: c}, [d]]}" },
  { "a: [\n  1,\n  2, # two\n]\nb: {\n c: d }\n", "{a: [1, 2], b: {c: d}}" },
  { "a: {}\nb: []\n", "{a: {}, b: []}" },
  { "a:\nb: 1\n", "{a: -, b: 1}" },
  { "a: |\n  one\n  two\nb: 1\n", "{a: one\ntwo, b: 1}" },
  { "a: >-\n  one\n  two\n\nb: 1\n", "{a: one two, b: 1}" },
  { "a: one\n  two\n  three\nb: 1\n", "{a: one two three, b: 1}" },
  { "x: &e\n  a: 1\ny:\n  <<: *e\n  b: 2\nz: *e\n", "{x: {a: 1}, y: {<<: {a: 1}, b: 2}, z: {a: 1}}" },
  { "x: &e [1]\ny: *e\n", "{x: [1], y: [1]}" },
  { "x: &e\n  - *e\n", "{x: [-]}" },
  { "a: !reset []\nb: !!str 5\n", "{a: [], b: 5}" },
  { "a: 1\nnonsense\nb: 2\n", "{a: 1, b: 2}" },
  { "a:\n  b: 1\n nonsense\nc: 2\n", "{a: {b: 1}, c: 2}" },
  { "a: [1, 2\nb: 3\n", "{a: [1, 2, b, , 3]}" },
  { "a: \"open\nb: 1\n", "{a: open b: 1 }" },
  { "a: 1\r\nb:\r\n  - x\r\n", "{a: 1, b: [x]}" },
  { "\xEF\xBB\xBF" "a: 1\n", "{a: 1}" },
  { "just text\n", "just text" },
  { "a: http://x/y\n", "{a: http://x/y}" },
  { "-a: 1\n", "{-a: 1}" },
};

static void
test_trees (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(StrataYaml) yaml = strata_yaml_parse (cases[i].text, strlen (cases[i].text));
      g_autoptr(GString) tree = g_string_new (NULL);

      print_node (tree, strata_yaml_get_root (yaml));
      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (tree->str, ==, cases[i].tree);
    }
}

static void
test_find (void)
{
  static const char text[] = "base: &b {a: 1, c: 3}\nmore: &m {d: 4}\nit:\n  <<: [*b, *m]\n  a: 2\n";
  g_autoptr(StrataYaml) yaml = strata_yaml_parse (text, strlen (text));
  const StrataYamlNode *it = strata_yaml_node_find (strata_yaml_get_root (yaml), "it");

  g_assert_cmpuint (strata_yaml_node_get_line (it), ==, 4);
  g_assert_cmpstr (strata_yaml_node_get_text (strata_yaml_node_find (it, "a")), ==, "2");
  g_assert_cmpstr (strata_yaml_node_get_text (strata_yaml_node_find (it, "c")), ==, "3");
  g_assert_cmpstr (strata_yaml_node_get_text (strata_yaml_node_find (it, "d")), ==, "4");
  g_assert_null (strata_yaml_node_find (it, "e"));
  g_assert_null (strata_yaml_node_find (NULL, "e"));
  g_assert_cmpuint (strata_yaml_node_get_n (NULL), ==, 0);
}

/* Neither depth nor merges of merges may take the stack or the time. */
static void
test_hostile (void)
{
  g_autoptr(GString) deep = g_string_new (NULL);
  g_autoptr(GString) merges = g_string_new ("m0: &m0 {}\n");
  g_autoptr(StrataYaml) deep_yaml = NULL;
  g_autoptr(StrataYaml) merge_yaml = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (deep, i % 2 == 0 ? "[" : "- ");
  deep_yaml = strata_yaml_parse (deep->str, deep->len);

  for (guint i = 1; i < 60; i++)
    g_string_append_printf (merges, "m%u: &m%u\n  <<: [*m%u, *m%u]\n", i, i, i - 1, i - 1);
  merge_yaml = strata_yaml_parse (merges->str, merges->len);
  g_assert_null (strata_yaml_node_find (strata_yaml_node_find (strata_yaml_get_root (merge_yaml), "m59"), "x"));
}

/* The line that is not certain to be read as PyYAML reads it; 0: all of it is. */
static const struct
{
  const char *text;
  guint       line;
} doubts[] = {
  { "", 0 },
  { "---\n# ours\na: 1 # one\nb: [1, 'x', \"y\", {c: d}]\ne:\n- f\n- g: h\n", 0 },
  { "a: &x\n  b: 1\nc: *x\nd:\n  <<: [*x]\n", 0 },
  { "a: |\n  b: c\n   d\ne: {f: ,\n  g: h}\r\n", 0 },
  { "a: 1\n---\nb: 2\n", 2 },
  { "a: 1\n...\n", 2 },
  { "%YAML 1.1\n---\na: 1\n", 1 },
  { "a: 1\nb:\tc\n", 2 },
  { "a: 1\rb: 2\n", 1 },
  { "a: \xff\n", 1 },
  { "a: \x01\n", 1 },
  { "a: !!str b\n", 1 },
  { "a: *b\n", 1 },
  { "a: &b 1\nc: &b 2\n", 2 },
  { "a: &b *c\n", 1 },
  { "a: &b\n", 2 },
  { "- &b\n- c\n", 2 },
  { "&a b: c\n", 1 },
  { "a: b: c\n", 1 },
  { "a: b\n  c\n", 1 },
  { "a: 'b\n  c'\n", 1 },
  { "a: 'b\n", 1 },
  { "a: 'b' c\n", 1 },
  { "a: \"\\q\"\n", 1 },
  { "a: \"\\x4\"\n", 1 },
  { "a: @b\n", 1 },
  { "a: |2\n   b\n", 1 },
  { "a:\n  b: 1\n c: 2\n", 3 },
  { "a: 1\n  b: 2\n", 2 },
  { "a: 1\n- b\n", 2 },
  { "? a\n: b\n", 1 },
  { "'<<': a\n", 1 },
  { "a: [b c\n  d]\n", 2 },
  { "a: [b\n", 2 },
  { "a: [b: c]\n", 1 },
  { "a: {b\n: c}\n", 2 },
  { "a: {b?: c}\n", 1 },
  { "a: [b]]\n", 1 },
};

static void
test_doubt (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (doubts); i++)
    {
      g_autoptr(StrataYaml) yaml = strata_yaml_parse (doubts[i].text, strlen (doubts[i].text));

      g_test_message ("%u: %s", i, doubts[i].text);
      g_assert_cmpuint (strata_yaml_get_doubt (yaml), ==, doubts[i].line);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/config/yaml/trees", test_trees);
  g_test_add_func ("/config/yaml/find", test_find);
  g_test_add_func ("/config/yaml/hostile", test_hostile);
  g_test_add_func ("/config/yaml/doubt", test_doubt);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Prints the syntax tree of Python files as JSON, one line a file, for tests/peers/python-syntax.py: a node is a list
 * of its kind and its parts. Strings are in hexadecimal. */

#include "config.h"

#include "core/base/files.h"
#include "core/python/tree.h"

static void print_node (const StrataPyNode *node);

static void
print_text (const char *text)
{
  if (text == NULL)
    g_print ("null");
  else
    {
      g_autofree char *escaped = g_strescape (text, NULL);

      /* JSON has no octal escapes; names outside of ASCII go as hexadecimal too. */
      if (g_str_is_ascii (text) && strchr (escaped, '\\') == NULL)
        g_print ("\"%s\"", text);
      else
        {
          g_print ("\"0x");
          for (const char *p = text; *p != '\0'; p++)
            g_print ("%02x", (guchar) *p);
          g_print ("\"");
        }
    }
}

static void
print_bytes (const StrataPyString *string)
{
  if (!string->is_exact)
    {
      g_print ("\"?\"");
      return;
    }

  g_print ("\"%s", string->is_bytes ? "b" : "s");
  for (gsize i = 0; i < string->length; i++)
    g_print ("%02x", (guchar) string->text[i]);
  g_print ("\"");
}

static void
print_list (StrataPyList list)
{
  g_print ("[");
  for (guint i = 0; i < list.length; i++)
    {
      if (i > 0)
        g_print (",");
      print_node (list.items[i]);
    }
  g_print ("]");
}

/* The format letters: t text, n node, l list, s string, o operator, f flag. */
static void
print_parts (const char *name,
             const char *format,
             ...)
{
  va_list args;

  g_print ("[\"%s\"", name);
  va_start (args, format);
  for (const char *p = format; *p != '\0'; p++)
    {
      g_print (",");
      if (*p == 't')
        print_text (va_arg (args, const char *));
      else if (*p == 'n')
        print_node (va_arg (args, const StrataPyNode *));
      else if (*p == 'l')
        print_list (va_arg (args, StrataPyList));
      else if (*p == 's')
        print_bytes (va_arg (args, const StrataPyString *));
      else if (*p == 'o')
        g_print ("\"%s\"", strata_py_symbol_get_text (va_arg (args, int)));
      else
        g_print ("%d", va_arg (args, int) != 0);
    }
  va_end (args);
  g_print ("]");
}

static void
print_compare (const StrataPyNode *node)
{
  g_print ("[\"Compare\",[");
  for (guint i = 0; i + 1 < node->compare.operands.length; i++)
    g_print ("%s\"%s\"", i > 0 ? "," : "", strata_py_symbol_get_text (node->compare.ops[i]));
  g_print ("],");
  print_list (node->compare.operands);
  g_print ("]");
}

static void
print_definition (const StrataPyNode *node,
                  const char         *name)
{
  static const StrataPyExtras none = { { NULL, 0 } };
  const StrataPyExtras *extras = node->definition.extras != NULL ? node->definition.extras : &none;

  print_parts (name, "tfllllnl", node->definition.name, node->flags & STRATA_PY_IS_ASYNC, extras->decorators,
               extras->type_parameters, node->definition.parameters, extras->keywords, extras->returns,
               node->definition.body);
}

static StrataPyList
list_or_empty (const StrataPyList *list)
{
  return list != NULL ? *list : (StrataPyList) { NULL, 0 };
}

static void
print_statement (const StrataPyNode *node)
{
  gboolean is_async = (node->flags & STRATA_PY_IS_ASYNC) != 0;

  switch ((int) node->kind)
    {
    case STRATA_PY_NODE_EXPRESSION: print_parts ("Expr", "n", node->child); break;
    case STRATA_PY_NODE_ASSIGN: print_parts ("Assign", "ln", node->assign.targets, node->assign.value); break;
    case STRATA_PY_NODE_AUGMENTED: print_parts ("AugAssign", "onn", node->op, node->pair.first, node->pair.second); break;
    case STRATA_PY_NODE_ANNOTATED: print_parts ("AnnAssign", "l", node->list); break;
    case STRATA_PY_NODE_RETURN: print_parts ("Return", "n", node->child); break;
    case STRATA_PY_NODE_DELETE: print_parts ("Delete", "l", node->list); break;
    case STRATA_PY_NODE_SIMPLE: print_parts ("Simple", "o", node->op); break;
    case STRATA_PY_NODE_RAISE: print_parts ("Raise", "nn", node->pair.first, node->pair.second); break;
    case STRATA_PY_NODE_ASSERT: print_parts ("Assert", "nn", node->pair.first, node->pair.second); break;
    case STRATA_PY_NODE_IMPORT: print_parts ("Import", "l", node->import.names); break;
    case STRATA_PY_NODE_IMPORT_FROM:
      g_print ("[\"ImportFrom\",%u,", node->import.level);
      print_text (node->import.module);
      g_print (",");
      print_list (node->import.names);
      g_print ("]");
      break;
    case STRATA_PY_NODE_ALIAS: print_parts ("Alias", "tt", node->alias.name, node->alias.as_name); break;
    case STRATA_PY_NODE_SCOPE: print_parts ("Scope", "ol", node->op, node->list); break;
    case STRATA_PY_NODE_IF: print_parts ("If", "ll", node->branches.branches, node->branches.otherwise); break;
    case STRATA_PY_NODE_BRANCH: print_parts ("Branch", "nl", node->block.test, node->block.body); break;
    case STRATA_PY_NODE_WHILE:
      print_parts ("While", "nll", node->loop.target, node->loop.body, node->loop.otherwise);
      break;
    case STRATA_PY_NODE_FOR:
      print_parts ("For", "fnnll", is_async, node->loop.target, node->loop.iterable, node->loop.body,
                   node->loop.otherwise);
      break;
    case STRATA_PY_NODE_WITH: print_parts ("With", "fll", is_async, node->with.items, node->with.body); break;
    case STRATA_PY_NODE_WITH_ITEM: print_parts ("Item", "nn", node->pair.first, node->pair.second); break;
    case STRATA_PY_NODE_TRY:
      print_parts ("Try", "llll", node->attempt.body, node->attempt.handlers, list_or_empty (node->attempt.otherwise),
                   list_or_empty (node->attempt.finally));
      break;
    case STRATA_PY_NODE_HANDLER:
      print_parts ("Handler", "fntl", node->flags & STRATA_PY_IS_GROUP, node->block.test, node->block.name,
                   node->block.body);
      break;
    case STRATA_PY_NODE_FUNCTION: print_definition (node, "Function"); break;
    case STRATA_PY_NODE_CLASS: print_definition (node, "Class"); break;
    case STRATA_PY_NODE_PARAMETER:
      print_parts ("Parameter", "offtnn", node->op, node->flags & STRATA_PY_IS_POSITIONAL,
                   node->flags & STRATA_PY_IS_KEYWORD_ONLY, node->parameter.name, node->parameter.annotation,
                   node->parameter.value);
      break;
    case STRATA_PY_NODE_TYPE_PARAMETER:
      print_parts ("TypeParameter", "otnn", node->op, node->parameter.name, node->parameter.annotation,
                   node->parameter.value);
      break;
    case STRATA_PY_NODE_TYPE_ALIAS:
      print_parts ("TypeAlias", "tln", node->type.name, node->type.parameters, node->type.value);
      break;
    case STRATA_PY_NODE_MATCH: print_parts ("Match", "nl", node->match.subject, node->match.cases); break;
    case STRATA_PY_NODE_CASE: print_parts ("Case", "nnl", node->arm.pattern, node->arm.guard, node->arm.body); break;
    case STRATA_PY_NODE_PATTERN_VALUE: print_parts ("PValue", "n", node->child); break;
    case STRATA_PY_NODE_PATTERN_CAPTURE: print_parts ("PCapture", "t", node->name); break;
    case STRATA_PY_NODE_PATTERN_STAR: print_parts ("PStar", "t", node->name); break;
    case STRATA_PY_NODE_PATTERN_SEQUENCE: print_parts ("PSequence", "l", node->list); break;
    case STRATA_PY_NODE_PATTERN_MAPPING: print_parts ("PMapping", "l", node->list); break;
    case STRATA_PY_NODE_PATTERN_CLASS:
      print_parts ("PClass", "nll", node->call.function, node->call.arguments, node->call.keywords);
      break;
    case STRATA_PY_NODE_PATTERN_OR: print_parts ("POr", "l", node->list); break;
    case STRATA_PY_NODE_PATTERN_AS: print_parts ("PAs", "nt", node->attribute.value, node->attribute.name); break;
    default: g_print ("[\"Broken\"]"); break;
    }
}

static void
print_field (const StrataPyNode *node)
{
  char conversion[2] = { node->field.conversion, '\0' };

  print_parts ("Field", "ntnf", node->field.value, conversion, node->field.format, node->field.text != NULL);
}

static void
print_comprehension (const StrataPyNode *node,
                     const char         *name)
{
  print_parts (name, "nnl", node->comprehension.key, node->comprehension.element, node->comprehension.loops);
}

static void
print_node (const StrataPyNode *node)
{
  if (node == NULL)
    {
      g_print ("null");
      return;
    }

  switch ((int) node->kind)
    {
    case STRATA_PY_NODE_NAME: print_parts ("Name", "t", node->name); break;
    case STRATA_PY_NODE_CONSTANT: print_parts ("Constant", "o", node->op); break;
    case STRATA_PY_NODE_NUMBER: print_parts ("Number", "t", node->name); break;
    case STRATA_PY_NODE_STRING: print_parts ("String", "s", &node->string); break;
    case STRATA_PY_NODE_FORMATTED: print_parts ("Formatted", "l", node->list); break;
    case STRATA_PY_NODE_FIELD: print_field (node); break;
    case STRATA_PY_NODE_TUPLE: print_parts ("Tuple", "l", node->list); break;
    case STRATA_PY_NODE_LIST: print_parts ("List", "l", node->list); break;
    case STRATA_PY_NODE_SET: print_parts ("Set", "l", node->list); break;
    case STRATA_PY_NODE_DICT: print_parts ("Dict", "l", node->list); break;
    case STRATA_PY_NODE_ATTRIBUTE: print_parts ("Attribute", "nt", node->attribute.value, node->attribute.name); break;
    case STRATA_PY_NODE_SUBSCRIPT: print_parts ("Subscript", "nn", node->pair.first, node->pair.second); break;
    case STRATA_PY_NODE_SLICE: print_parts ("Slice", "l", node->list); break;
    case STRATA_PY_NODE_CALL:
      print_parts ("Call", "nll", node->call.function, node->call.arguments, node->call.keywords);
      break;
    case STRATA_PY_NODE_KEYWORD: print_parts ("Keyword", "tn", node->attribute.name, node->attribute.value); break;
    case STRATA_PY_NODE_STARRED: print_parts ("Starred", "n", node->child); break;
    case STRATA_PY_NODE_UNARY: print_parts ("Unary", "on", node->op, node->child); break;
    case STRATA_PY_NODE_BINARY: print_parts ("Binary", "onn", node->op, node->pair.first, node->pair.second); break;
    case STRATA_PY_NODE_BOOLEAN: print_parts ("Boolean", "ol", node->op, node->list); break;
    case STRATA_PY_NODE_COMPARE: print_compare (node); break;
    case STRATA_PY_NODE_CONDITIONAL: print_parts ("Conditional", "l", node->list); break;
    case STRATA_PY_NODE_LAMBDA: print_definition (node, "Lambda"); break;
    case STRATA_PY_NODE_LIST_COMP: print_comprehension (node, "ListComp"); break;
    case STRATA_PY_NODE_SET_COMP: print_comprehension (node, "SetComp"); break;
    case STRATA_PY_NODE_DICT_COMP: print_comprehension (node, "DictComp"); break;
    case STRATA_PY_NODE_GENERATOR: print_comprehension (node, "Generator"); break;
    case STRATA_PY_NODE_COMP_FOR:
      print_parts ("CompFor", "fnnl", node->flags & STRATA_PY_IS_ASYNC, node->comp_for.target,
                   node->comp_for.iterable, node->comp_for.conditions);
      break;
    case STRATA_PY_NODE_AWAIT: print_parts ("Await", "n", node->child); break;
    case STRATA_PY_NODE_YIELD: print_parts ("Yield", "n", node->child); break;
    case STRATA_PY_NODE_YIELD_FROM: print_parts ("YieldFrom", "n", node->child); break;
    case STRATA_PY_NODE_NAMED: print_parts ("Named", "nn", node->pair.first, node->pair.second); break;
    default: print_statement (node); break;
    }
}

static gboolean
print_file (const char *path)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPyTree) tree = NULL;
  g_autofree char *text = NULL;
  gsize length;

  text = strata_file_read (path, &length, NULL);
  if (text == NULL)
    {
      g_print ("null\n");
      return FALSE;
    }

  tree = strata_py_tree_parse (path, text, length, findings);
  print_list (strata_py_tree_get_body (tree));
  g_print ("\n");
  for (guint i = 0; i < findings->len; i++)
    {
      g_autofree char *line = strata_finding_to_string (g_ptr_array_index (findings, i));

      g_printerr ("%s\n", line);
    }

  return findings->len == 0;
}

static void
print_raw (const char *text)
{
  fputs (text, stdout);
}

/* Reads paths from standard input. */
int
main (void)
{
  char path[4096];

  g_set_print_handler (print_raw);
  while (fgets (path, sizeof path, stdin) != NULL)
    print_file (g_strchomp (path));

  return 0;
}

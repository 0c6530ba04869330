/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A syntax tree as JSON: a node is a list of its kind and its parts, strings are in hexadecimal. Included by one test
 * and by the tool that is compared with CPython. */

#pragma once

#include <string.h>

#include "core/python/tree.h"

static void print_node (GString            *out,
                        const StrataPyNode *node);

/* A JSON string; what would need escapes goes as hexadecimal. */
static void
print_quoted (GString    *out,
              const char *prefix,
              const char *text,
              gsize       length)
{
  gboolean is_plain = TRUE;

  for (gsize i = 0; i < length; i++)
    is_plain &= g_ascii_isprint (text[i]) && text[i] != '"' && text[i] != '\\';

  g_string_append_printf (out, "\"%s%s", prefix, is_plain ? "" : "0x");
  for (gsize i = 0; i < length; i++)
    if (is_plain)
      g_string_append_c (out, text[i]);
    else
      g_string_append_printf (out, "%02x", (guchar) text[i]);
  g_string_append (out, "\"");
}

static void
print_text (GString    *out,
            const char *text)
{
  if (text == NULL)
    g_string_append (out, "null");
  else
    print_quoted (out, "", text, strlen (text));
}

static void
print_string (GString              *out,
              const StrataPyString *string)
{
  if (string->is_exact)
    print_quoted (out, string->is_bytes ? "b:" : "s:", string->text, string->length);
  else
    g_string_append (out, "\"?\"");
}

static void
print_list (GString      *out,
            StrataPyList  list)
{
  g_string_append (out, "[");
  for (guint i = 0; i < list.length; i++)
    {
      if (i > 0)
        g_string_append (out, ",");
      print_node (out, list.items[i]);
    }
  g_string_append (out, "]");
}

/* The format letters: t text, n node, l list, s string, o operator, f flag. */
static void
print_parts (GString    *out,
             const char *name,
             const char *format,
             ...)
{
  va_list args;

  g_string_append_printf (out, "[\"%s\"", name);
  va_start (args, format);
  for (const char *p = format; *p != '\0'; p++)
    {
      g_string_append (out, ",");
      if (*p == 't')
        print_text (out, va_arg (args, const char *));
      else if (*p == 'n')
        print_node (out, va_arg (args, const StrataPyNode *));
      else if (*p == 'l')
        print_list (out, va_arg (args, StrataPyList));
      else if (*p == 's')
        print_string (out, va_arg (args, const StrataPyString *));
      else if (*p == 'o')
        g_string_append_printf (out, "\"%s\"", strata_py_symbol_get_text (va_arg (args, int)));
      else
        g_string_append_printf (out, "%d", va_arg (args, int) != 0);
    }
  va_end (args);
  g_string_append (out, "]");
}

static void
print_compare (GString            *out,
               const StrataPyNode *node)
{
  g_string_append (out, "[\"Compare\",[");
  for (guint i = 0; i + 1 < node->compare.operands.length; i++)
    g_string_append_printf (out, "%s\"%s\"", i > 0 ? "," : "", strata_py_symbol_get_text (node->compare.ops[i]));
  g_string_append (out, "],");
  print_list (out, node->compare.operands);
  g_string_append (out, "]");
}

static void
print_definition (GString            *out,
                  const StrataPyNode *node,
                  const char         *name)
{
  static const StrataPyExtras none = { { NULL, 0 } };
  const StrataPyExtras *extras = node->definition.extras != NULL ? node->definition.extras : &none;

  print_parts (out, name, "tfllllnl", node->definition.name, node->flags & STRATA_PY_IS_ASYNC, extras->decorators,
               extras->type_parameters, node->definition.parameters, extras->keywords, extras->returns,
               node->definition.body);
}

static StrataPyList
list_or_empty (const StrataPyList *list)
{
  return list != NULL ? *list : (StrataPyList) { NULL, 0 };
}

static void
print_statement (GString            *out,
                 const StrataPyNode *node)
{
  gboolean is_async = (node->flags & STRATA_PY_IS_ASYNC) != 0;

  switch ((int) node->kind)
    {
    case STRATA_PY_NODE_EXPRESSION: print_parts (out, "Expr", "n", node->child); break;
    case STRATA_PY_NODE_ASSIGN: print_parts (out, "Assign", "ln", node->assign.targets, node->assign.value); break;
    case STRATA_PY_NODE_AUGMENTED: print_parts (out, "AugAssign", "onn", node->op, node->pair.first, node->pair.second); break;
    case STRATA_PY_NODE_ANNOTATED: print_parts (out, "AnnAssign", "l", node->list); break;
    case STRATA_PY_NODE_RETURN: print_parts (out, "Return", "n", node->child); break;
    case STRATA_PY_NODE_DELETE: print_parts (out, "Delete", "l", node->list); break;
    case STRATA_PY_NODE_SIMPLE: print_parts (out, "Simple", "o", node->op); break;
    case STRATA_PY_NODE_RAISE: print_parts (out, "Raise", "nn", node->pair.first, node->pair.second); break;
    case STRATA_PY_NODE_ASSERT: print_parts (out, "Assert", "nn", node->pair.first, node->pair.second); break;
    case STRATA_PY_NODE_IMPORT: print_parts (out, "Import", "l", node->import.names); break;
    case STRATA_PY_NODE_IMPORT_FROM:
      g_string_append_printf (out, "[\"ImportFrom\",%u,", node->import.level);
      print_text (out, node->import.module);
      g_string_append (out, ",");
      print_list (out, node->import.names);
      g_string_append (out, "]");
      break;
    case STRATA_PY_NODE_ALIAS: print_parts (out, "Alias", "tt", node->alias.name, node->alias.as_name); break;
    case STRATA_PY_NODE_SCOPE: print_parts (out, "Scope", "ol", node->op, node->list); break;
    case STRATA_PY_NODE_IF: print_parts (out, "If", "ll", node->branches.branches, node->branches.otherwise); break;
    case STRATA_PY_NODE_BRANCH: print_parts (out, "Branch", "nl", node->block.test, node->block.body); break;
    case STRATA_PY_NODE_WHILE:
      print_parts (out, "While", "nll", node->loop.target, node->loop.body, node->loop.otherwise);
      break;
    case STRATA_PY_NODE_FOR:
      print_parts (out, "For", "fnnll", is_async, node->loop.target, node->loop.iterable, node->loop.body,
                   node->loop.otherwise);
      break;
    case STRATA_PY_NODE_WITH: print_parts (out, "With", "fll", is_async, node->with.items, node->with.body); break;
    case STRATA_PY_NODE_WITH_ITEM: print_parts (out, "Item", "nn", node->pair.first, node->pair.second); break;
    case STRATA_PY_NODE_TRY:
      print_parts (out, "Try", "llll", node->attempt.body, node->attempt.handlers, list_or_empty (node->attempt.otherwise),
                   list_or_empty (node->attempt.finally));
      break;
    case STRATA_PY_NODE_HANDLER:
      print_parts (out, "Handler", "fntl", node->flags & STRATA_PY_IS_GROUP, node->block.test, node->block.name,
                   node->block.body);
      break;
    case STRATA_PY_NODE_FUNCTION: print_definition (out, node, "Function"); break;
    case STRATA_PY_NODE_CLASS: print_definition (out, node, "Class"); break;
    case STRATA_PY_NODE_PARAMETER:
      print_parts (out, "Parameter", "offtnn", node->op, node->flags & STRATA_PY_IS_POSITIONAL,
                   node->flags & STRATA_PY_IS_KEYWORD_ONLY, node->parameter.name, node->parameter.annotation,
                   node->parameter.value);
      break;
    case STRATA_PY_NODE_TYPE_PARAMETER:
      print_parts (out, "TypeParameter", "otnn", node->op, node->parameter.name, node->parameter.annotation,
                   node->parameter.value);
      break;
    case STRATA_PY_NODE_TYPE_ALIAS:
      print_parts (out, "TypeAlias", "tln", node->type.name, node->type.parameters, node->type.value);
      break;
    case STRATA_PY_NODE_MATCH: print_parts (out, "Match", "nl", node->match.subject, node->match.cases); break;
    case STRATA_PY_NODE_CASE: print_parts (out, "Case", "nnl", node->arm.pattern, node->arm.guard, node->arm.body); break;
    case STRATA_PY_NODE_PATTERN_VALUE: print_parts (out, "PValue", "n", node->child); break;
    case STRATA_PY_NODE_PATTERN_CAPTURE: print_parts (out, "PCapture", "t", node->name); break;
    case STRATA_PY_NODE_PATTERN_STAR: print_parts (out, "PStar", "t", node->name); break;
    case STRATA_PY_NODE_PATTERN_SEQUENCE: print_parts (out, "PSequence", "l", node->list); break;
    case STRATA_PY_NODE_PATTERN_MAPPING: print_parts (out, "PMapping", "l", node->list); break;
    case STRATA_PY_NODE_PATTERN_CLASS:
      print_parts (out, "PClass", "nll", node->call.function, node->call.arguments, node->call.keywords);
      break;
    case STRATA_PY_NODE_PATTERN_OR: print_parts (out, "POr", "l", node->list); break;
    case STRATA_PY_NODE_PATTERN_AS: print_parts (out, "PAs", "nt", node->attribute.value, node->attribute.name); break;
    default: g_string_append (out, "[\"Broken\"]"); break;
    }
}

static void
print_field (GString            *out,
             const StrataPyNode *node)
{
  char conversion[2] = { node->field.conversion, '\0' };

  print_parts (out, "Field", "ntnf", node->field.value, conversion, node->field.format, node->field.text != NULL);
}

static void
print_comprehension (GString            *out,
                     const StrataPyNode *node,
                     const char         *name)
{
  print_parts (out, name, "nnl", node->comprehension.key, node->comprehension.element, node->comprehension.loops);
}

static void
print_node (GString            *out,
            const StrataPyNode *node)
{
  if (node == NULL)
    {
      g_string_append (out, "null");
      return;
    }

  switch ((int) node->kind)
    {
    case STRATA_PY_NODE_NAME: print_parts (out, "Name", "t", node->name); break;
    case STRATA_PY_NODE_CONSTANT: print_parts (out, "Constant", "o", node->op); break;
    case STRATA_PY_NODE_NUMBER: print_parts (out, "Number", "t", node->name); break;
    case STRATA_PY_NODE_STRING: print_parts (out, "String", "s", &node->string); break;
    case STRATA_PY_NODE_FORMATTED: print_parts (out, "Formatted", "l", node->list); break;
    case STRATA_PY_NODE_FIELD: print_field (out, node); break;
    case STRATA_PY_NODE_TUPLE: print_parts (out, "Tuple", "l", node->list); break;
    case STRATA_PY_NODE_LIST: print_parts (out, "List", "l", node->list); break;
    case STRATA_PY_NODE_SET: print_parts (out, "Set", "l", node->list); break;
    case STRATA_PY_NODE_DICT: print_parts (out, "Dict", "l", node->list); break;
    case STRATA_PY_NODE_ATTRIBUTE: print_parts (out, "Attribute", "nt", node->attribute.value, node->attribute.name); break;
    case STRATA_PY_NODE_SUBSCRIPT: print_parts (out, "Subscript", "nn", node->pair.first, node->pair.second); break;
    case STRATA_PY_NODE_SLICE: print_parts (out, "Slice", "l", node->list); break;
    case STRATA_PY_NODE_CALL:
      print_parts (out, "Call", "nll", node->call.function, node->call.arguments, node->call.keywords);
      break;
    case STRATA_PY_NODE_KEYWORD: print_parts (out, "Keyword", "tn", node->attribute.name, node->attribute.value); break;
    case STRATA_PY_NODE_STARRED: print_parts (out, "Starred", "n", node->child); break;
    case STRATA_PY_NODE_UNARY: print_parts (out, "Unary", "on", node->op, node->child); break;
    case STRATA_PY_NODE_BINARY: print_parts (out, "Binary", "onn", node->op, node->pair.first, node->pair.second); break;
    case STRATA_PY_NODE_BOOLEAN: print_parts (out, "Boolean", "ol", node->op, node->list); break;
    case STRATA_PY_NODE_COMPARE: print_compare (out, node); break;
    case STRATA_PY_NODE_CONDITIONAL: print_parts (out, "Conditional", "l", node->list); break;
    case STRATA_PY_NODE_LAMBDA: print_definition (out, node, "Lambda"); break;
    case STRATA_PY_NODE_LIST_COMP: print_comprehension (out, node, "ListComp"); break;
    case STRATA_PY_NODE_SET_COMP: print_comprehension (out, node, "SetComp"); break;
    case STRATA_PY_NODE_DICT_COMP: print_comprehension (out, node, "DictComp"); break;
    case STRATA_PY_NODE_GENERATOR: print_comprehension (out, node, "Generator"); break;
    case STRATA_PY_NODE_COMP_FOR:
      print_parts (out, "CompFor", "fnnl", node->flags & STRATA_PY_IS_ASYNC, node->comp_for.target,
                   node->comp_for.iterable, node->comp_for.conditions);
      break;
    case STRATA_PY_NODE_AWAIT: print_parts (out, "Await", "n", node->child); break;
    case STRATA_PY_NODE_YIELD: print_parts (out, "Yield", "n", node->child); break;
    case STRATA_PY_NODE_YIELD_FROM: print_parts (out, "YieldFrom", "n", node->child); break;
    case STRATA_PY_NODE_NAMED: print_parts (out, "Named", "nn", node->pair.first, node->pair.second); break;
    default: print_statement (out, node); break;
    }
}

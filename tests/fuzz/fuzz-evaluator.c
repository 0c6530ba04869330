/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/machine.h"
#include "core/python/object.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

#define WORDS(...) static const char * const words[] = { __VA_ARGS__ }

/* Bytes that name no word of the list stand for themselves, so that a text is a script too. Others are turned into words
 * that fit together more often than letters do. */
static char *
make_script (const guint8 *data,
             gsize         size)
{
  WORDS ("x", "y", "f", "A", " = ", "(", ")", "[", "]", "{", "}", ", ", ": ", ".", "\n", "\n  ", "\n    ", "for x in ", "if ",
         "else:", "while ", "def f(x, y=1):", "class A(Enum):", "class A:", "return ", "yield ", "try:", "except Exception as x:",
         "finally:", "raise ", "with x as y:", "lambda x: ", "not ", " in ", " is ", " and ", " + ", " * ", " % ", " - ", " // ",
         " < ", " == ", " | ", " ** ", "1", "0", "-1", "1.5", "10 ** 9", "'a%s'", "'{}'", "f'{x!r:>5}'", "b'a'", "None", "True",
         "range(5)", "len(", "sorted(", "list(", "dict(", "str(", "int(", "set(", "zip(", "map(", "x.append(", ".join(", ".split(",
         ".format(", ".replace(", "x.items()", "global x", "del x", "*x", "**x", "x[1:]", "x[::-1]", "(x for x in y)", "break",
         "continue", "pass", "match x:", "case [x, *y]:", "import json", "from datetime import datetime", "json.dumps(",
         "datetime(2024, 1, 2)", "super()", "self", "@property", "x := ", "next(", "isinstance(", "super().__init__()", "assert ");
  GString *script = g_string_new ("from enum import Enum\nx = [1, 2]\ny = {'a': 1}\n");

  for (gsize i = 0; i < size; i++)
    if (data[i] >= 128 && data[i] - 128U < G_N_ELEMENTS (words))
      g_string_append (script, words[data[i] - 128]);
    else
      g_string_append_c (script, data[i] < 128 && data[i] != 0 ? (char) data[i] : ' ');

  return g_string_free (script, FALSE);
}

static void
evaluate (const char *text,
          gsize       length)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPyTree) tree = strata_py_tree_parse ("fuzz.py", text, length, findings);
  g_autoptr(StrataPyMachine) machine = strata_py_machine_new (NULL, NULL);
  StrataPyValue *module, *value;
  const StrataPyFailure *failure;

  strata_py_machine_set_limits (machine, 20000, 1, 32 * 1024 * 1024);
  strata_py_machine_set_world (machine, 0, 1);
  module = strata_py_machine_run (machine, "fuzz", tree);
  value = module != NULL ? strata_py_machine_lookup (machine, module, "x") : NULL;
  if (value != NULL)
    value = strata_py_to_repr (machine, value);
  if (value != NULL)
    {
      gsize value_length;
      const char *value_text = strata_py_value_get_text (value, &value_length);

      g_assert (g_utf8_validate (value_text, value_length, NULL));
    }

  failure = strata_py_machine_get_failure (machine);
  g_assert ((failure->outcome == STRATA_PY_FINE) == (failure->code == NULL));
  g_assert (failure->outcome == STRATA_PY_FINE || failure->message != NULL);
  g_assert (module != NULL || failure->outcome != STRATA_PY_FINE);
}

/* The text as it is, and as words. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *script = make_script (data, size);

  evaluate ((const char *) data, size);
  evaluate (script, strlen (script));

  return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/python/symbol.h"
#include "core/python/object.h"
#include "tests/core/python/describe-result.h"

/* What CPython does too is compared with it by tests/peers/test-python-values.py. Here stands what is refused, and why;
 * what hosts give; and the bounds. */
typedef struct
{
  const char *name;
  const char *text;
  const char *result;
} Case;

static const Case cases[] = {
  { "unknown-import-is-harmless", "import app.models\nfrom app.db import Base, x as y\nclass A(Base):\n  c = y.Column(3)\n"
    "z = app.models.User.name\nresult = 1", "1" },
  { "unknown-decides", "from app import flag\nif flag:\n  pass", "needs-python:2: “app.flag” decides, and what it is is not known here" },
  { "unknown-is-compared", "import app\nflag = app.get('A').lower() == 'true'\nn = -int(app.n) + 1\nresult = 1", "1" },
  { "unknown-comparison-decides", "import app\nflag = app.name != 'true'\nif flag: pass",
    "needs-python:3: “app.name” decides, and what it is is not known here" },
  { "unknown-changes-a-set", "import app\na = b = {1}\na |= app.more",
    "needs-python:3: “app.more” is part of an expression, and what it is is not known here" },
  { "other-loggers", "from loguru import logger\nimport structlog\nlogger.remove(0)\nlogger.add(print, level='INFO')\n"
    "logger.info('a {}', 1)\nlogger.bind(a=1).opt(lazy=True).success('b')\n"
    "log = structlog.get_logger(__name__).bind(b=2)\nlog.warning('c', d=3)\nresult = 1", "1" },
  { "other-logger-lacks", "from loguru import logger\nlogger.catch()",
    "needs-python:2: “catch” of “Logger” is not known here" },
  { "typed-dict", "from typing import TypedDict\nclass A(TypedDict, total=False):\n  b: str\nresult = ({A: 1}[A], A(b='c'))",
    "(1, {'b': 'c'})" },
  { "unknown-in-text", "from app import name\nresult = f'a{name}'",
    "needs-python:2: “app.name” becomes text, and what it is is not known here" },
  { "unknown-in-a-loop", "import app\nfor x in app.names():\n  pass",
    "needs-python:2: “app.names()” is looped over, and what it is is not known here" },
  { "unknown-function-changes-a-list", "import app\nx = [1]\napp.change(x)\nresult = len(x)",
    "needs-python:4: “what an unknown function was given” is measured, and what it is is not known here" },
  { "unknown-decorator", "import app\n@app.thing\ndef f(): pass\nresult = 1", "1" },
  { "unknown-exception", "import app\ntry:\n  1 / 0\nexcept app.Error:\n  pass",
    "needs-python:4: “app.Error” may catch an exception, and what it is is not known here" },
  { "unknown-builtin", "open('x')", "needs-python:1: the builtin “open” is not known here" },
  { "unknown-method", "'a'.isprintable()", "needs-python:1: “isprintable” of “str” is not known here" },
  { "not-caught", "try:\n  open('x')\nexcept Exception:\n  pass", "needs-python:2: the builtin “open” is not known here" },
  { "address", "class A: pass\nresult = str(A())", "needs-python:2: the text of a “A” object has its address" },
  { "big-number", "result = 2 ** 127", "needs-python:1: this number has more than 127 bits" },
  { "big-literal", "result = 170141183460469231731687303715884105728", "needs-python:1: this number has more than 127 bits" },
  { "identity-of-texts", "a = 'a'\nb = ''.join(['a'])\nresult = a is b",
    "needs-python:3: “is” asks whether two equal values are one object" },
  { "order-of-a-set", "result = [x for x in {1.5, 2.5}]", "needs-python:1: the order of this set is not known here" },
  { "generator-left-open", "def g():\n  try:\n    yield 1\n  finally:\n    pass\nfor x in g():\n  break",
    "needs-python:7: a generator is left in the middle of a “with” or “try”" },
  { "asynchronous", "async def f(): pass\nf()", "needs-python:2: “f” is asynchronous" },
  { "broken", "a = 1\nb = = 2", "syntax:2: this could not be read as Python" },
  { "text-of-a-mixed-enum", "import enum\nclass A(str, enum.Enum):\n  B = 'b'\nresult = f'{A.B}'",
    "needs-python:4: what “A” looks like in a text depends on the version of Python" },
  { "message", "def f():\n  raise KeyError('a')\nf()", "raises:2: KeyError: 'a'" },
  { "own-message", "class E(Exception):\n  def __str__(self): return 'mine'\nraise E", "raises:3: E: mine" },
  { "endless-loop", "while True: pass",
    "limit:1: this takes longer than a migration may here: maybe it never ends" },
  { "endless-recursion", "def f(): f()\nf()", "limit:1: functions call each other deeper than in a migration here" },
  { "endless-iterator", "list(iter(int, 1))",
    "limit:1: this takes longer than a migration may here: maybe it never ends" },
  { "much-memory", "x = 'a' * 1000000000", "limit:1: this takes more memory than a migration may have here" },
  { "more-and-more-memory", "x = 'a'\nwhile True: x += x", "limit:2: this takes more memory than a migration may have here" },
  { "wide-field", "x = '%1000000000d' % 1", "limit:1: this takes more memory than a migration may have here" },
  { "nested-lists", "x = []\nfor i in range(100000): x = [x]\nrepr(x)",
    "limit:3: this is nested deeper than a migration may be here: maybe it never ends" },
  { "limits-are-not-caught", "try:\n  while True: pass\nexcept BaseException:\n  pass\nresult = 1",
    "limit:2: this takes longer than a migration may here: maybe it never ends" },
};

static void
test_result (gconstpointer data)
{
  const Case *test = data;
  g_autofree char *result = describe_result (test->text, NULL);

  g_assert_cmpstr (result, ==, test->result);
}

typedef struct
{
  StrataPyValue value;
  gint64        number;
} Point;

static StrataPyClass *point_class;

static StrataPyValue *
point_new (StrataPyMachine *py,
           StrataPyValue   *self,
           StrataPyValue  **arguments)
{
  Point *point = strata_py_host_object (py, (StrataPyClass *) self, sizeof (Point));

  if (!strata_py_value_get_int (arguments[0], &point->number))
    return strata_py_raise (py, "TypeError", "Point() wants a number");

  return &point->value;
}

static StrataPyValue *
point_move (StrataPyMachine *py,
            StrataPyValue   *self,
            StrataPyValue  **arguments)
{
  gint64 by = 1;

  if (arguments[0] != NULL)
    strata_py_value_get_int (arguments[0], &by);
  ((Point *) self)->number += by;

  return self;
}

static StrataPyValue *
point_get (StrataPyMachine *py,
           StrataPyValue   *self,
           const char      *name)
{
  return g_str_equal (name, "number") ? strata_py_int (py, ((Point *) self)->number) : NULL;
}

static StrataPyValue *
point_binary (StrataPyMachine *py,
              StrataPySymbol   op,
              StrataPyValue   *a,
              StrataPyValue   *b)
{
  g_autofree char *text = g_strdup_printf ("%s %s %s", strata_py_value_get_class_name (a), strata_py_symbol_get_text (op),
                                           strata_py_value_get_class_name (b));

  return strata_py_str (py, text);
}

static StrataPyValue *
point_repr (StrataPyMachine *py,
            StrataPyValue   *self)
{
  g_autofree char *text = g_strdup_printf ("Point(%d)", (int) ((Point *) self)->number);

  return strata_py_str (py, text);
}

static StrataPyValue *
point_enter (StrataPyMachine *py,
             StrataPyValue   *self)
{
  return self;
}

static int
point_leave (StrataPyMachine *py,
             StrataPyValue   *self,
             StrataPyValue   *exception)
{
  return !strata_py_is_none (exception);
}

static const StrataPyNative point_methods[] = {
  { "move", "by=", point_move },
  { NULL }
};

static const StrataPySlots point_slots = {
  .name = "Point",
  .methods = point_methods,
  .parameters = "number",
  .construct = point_new,
  .get_attribute = point_get,
  .binary = point_binary,
  .compare = point_binary,
  .repr = point_repr,
  .enter = point_enter,
  .leave = point_leave,
};

static StrataPyValue *
show (StrataPyMachine *py,
      StrataPyValue   *self,
      StrataPyValue  **arguments)
{
  return strata_py_tuple (py, (StrataPyValue *[]) { arguments[0], arguments[1], arguments[2] != NULL ? arguments[2] : strata_py_none (py),
                                                    arguments[3] }, 4);
}

static StrataPyValue *
stop (StrataPyMachine *py,
      StrataPyValue   *self,
      StrataPyValue  **arguments)
{
  return strata_py_stop (py, "needs-database", "rows of a table are asked for");
}

static const StrataPyNative functions[] = {
  { "show", "table, *columns, schema=, **options", show },
  { "stop", NULL, stop },
  { NULL }
};

static StrataPyValue *
find_module (StrataPyMachine *py,
             const char      *name,
             gpointer         data)
{
  StrataPyValue *module;

  if (!g_str_equal (name, "host"))
    return NULL;
  module = strata_py_module (py, name, TRUE);
  point_class = strata_py_class (py, &point_slots, NULL);
  strata_py_set_natives (py, module, functions);
  strata_py_set (py, module, "Point", (StrataPyValue *) point_class);

  return module;
}

static StrataPyTree *
load_module (StrataPyMachine *py,
             const char      *name,
             gboolean        *is_package,
             gpointer         data)
{
  static const struct { const char *name, *text; gboolean is_package; } files[] = {
    { "pack", "from .part import *\nfrom . import part as p\nname = __name__", TRUE },
    { "pack.part", "from ..pack import part\n_hidden = 1\nshown = 2\ndef call(f): return f()", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    if (g_str_equal (files[i].name, name))
      {
        g_autoptr(GPtrArray) findings = strata_findings_new ();

        *is_package = files[i].is_package;
        return strata_py_tree_parse (name, files[i].text, strlen (files[i].text), findings);
      }

  return NULL;
}

static const Case host_cases[] = {
  { "function", "from host import show\nresult = show('t', 1, 2, x=3)", "('t', (1, 2), None, {'x': 3})" },
  { "keyword", "import host\nresult = host.show(table='t', schema='s')", "('t', (), 's', {})" },
  { "missing", "import host\nhost.show()", "raises:2: TypeError: show() missing 1 required positional argument: 'table'" },
  { "object", "from host import Point\np = Point(3)\np.move().move(by=5)\nresult = [p, p.number, isinstance(p, Point)]",
    "[Point(9), 9, True]" },
  { "operators", "from host import Point\np = Point(3)\nresult = [p + 1, 1 - p, p == 2, 2 < p, p & p]",
    "['Point + int', 'int - Point', 'Point == int', 'int < Point', 'Point & Point']" },
  { "manager", "from host import Point\nwith Point(1) as p:\n  raise ValueError\nresult = p", "Point(1)" },
  { "derived", "from host import Point\nclass Q(Point):\n  def twice(self): return self.number * 2\n"
    "result = [Q(4).twice(), Q(1).move()]", "[8, Point(2)]" },
  { "not-there", "from host import nothing", "raises:1: ImportError: cannot import name 'nothing' from 'host'" },
  { "own-code", "import host\nhost.stop()", "needs-database:2: rows of a table are asked for" },
  { "package", "import pack, pack.part\nfrom pack import shown, part\nfrom pack.part import _hidden as h\n"
    "result = [pack.name, shown, part.shown, pack.p.shown, h]", "['pack', 2, 2, 2, 1]" },
  { "place-in-a-module", "from pack.part import call\ndef bad(): return 1 / 0\ncall(bad)",
    "raises:2: ZeroDivisionError: division by zero" },
};

static void
test_host (gconstpointer data)
{
  static const StrataPyHost host = { find_module, load_module };
  const Case *test = data;
  g_autofree char *result = describe_result (test->text, &host);

  g_assert_cmpstr (result, ==, test->result);
}

static void
test_machine (void)
{
  const char *text = "import app\nn = 0\ndef up(by):\n  global n\n  n += by\n  return n\ndef bad():\n  return up({})\n"
                     "def unknown(): app.seed()\n";
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPyTree) tree = strata_py_tree_parse ("a.py", text, strlen (text), findings);
  g_autoptr(StrataPyMachine) machine = strata_py_machine_new (NULL, NULL);
  StrataPyValue *module = strata_py_machine_run (machine, "a", tree);
  StrataPyValue *up = strata_py_machine_lookup (machine, module, "up");
  StrataPyValue *by = strata_py_int (machine, 3);
  const StrataPyFailure *failure = strata_py_machine_get_failure (machine);
  gint64 number;

  g_assert_true (strata_py_value_get_int (strata_py_machine_call (machine, up, &by, 1), &number));
  g_assert_true (strata_py_value_get_int (strata_py_machine_call (machine, up, &by, 1), &number));
  g_assert_cmpint (number, ==, 6);
  g_assert_null (strata_py_machine_lookup (machine, module, "down"));
  g_assert_cmpint (failure->outcome, ==, STRATA_PY_FINE);

  g_assert_null (strata_py_machine_call (machine, strata_py_machine_lookup (machine, module, "bad"), NULL, 0));
  failure = strata_py_machine_get_failure (machine);
  g_assert_cmpint (failure->outcome, ==, STRATA_PY_RAISES);
  g_assert_cmpstr (failure->message, ==, "TypeError: unsupported operand type(s) for +: 'int' and 'dict'");
  g_assert_cmpuint (failure->n_trace, ==, 2);
  g_assert_cmpuint (failure->trace[0].line, ==, 5);
  g_assert_cmpuint (failure->trace[1].line, ==, 8);

  /* What the unknown does is only harmless while nobody counts on it. */
  g_assert_nonnull (strata_py_machine_call (machine, strata_py_machine_lookup (machine, module, "unknown"), NULL, 0));
  strata_py_machine_set_strict (machine, TRUE);
  g_assert_null (strata_py_machine_call (machine, strata_py_machine_lookup (machine, module, "unknown"), NULL, 0));
  failure = strata_py_machine_get_failure (machine);
  g_assert_cmpstr (failure->code, ==, STRATA_PY_CODE_NEEDS_PYTHON);
  g_assert_cmpstr (failure->opaque, ==, "app.seed");
  g_assert_cmpuint (failure->place.line, ==, 9);
  g_assert_false (strata_py_machine_has_varied (machine));
}

static void
test_bounds (void)
{
  const char *text = "def turn():\n  for i in range(700): pass\n";
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPyTree) tree = strata_py_tree_parse ("a.py", text, strlen (text), findings);
  g_autoptr(StrataPyMachine) machine = strata_py_machine_new (NULL, NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  StrataPyValue *turn = strata_py_machine_lookup (machine, strata_py_machine_run (machine, "a", tree), "turn");

  strata_py_machine_set_limits (machine, 3000, 60, 32 * 1024 * 1024);
  strata_py_machine_set_cancellable (machine, cancellable);
  strata_py_machine_renew (machine);
  g_assert_nonnull (strata_py_machine_call (machine, turn, NULL, 0));
  strata_py_machine_renew (machine);
  g_assert_nonnull (strata_py_machine_call (machine, turn, NULL, 0));
  g_assert_null (strata_py_machine_call (machine, turn, NULL, 0));
  g_assert_cmpstr (strata_py_machine_get_failure (machine)->code, ==, STRATA_PY_CODE_LIMIT);

  strata_py_machine_renew (machine);
  g_cancellable_cancel (cancellable);
  g_assert_null (strata_py_machine_call (machine, turn, NULL, 0));
  g_assert_cmpstr (strata_py_machine_get_failure (machine)->code, ==, STRATA_PY_CODE_LIMIT);
}

/* What one evaluation leaves behind, the next one does not find. */
static void
test_rewind (void)
{
  const char *text = "import uuid\ntry:\n  import a\nexcept ImportError:\n  a = None\nmine = [1]\nclass A:\n  pass\n"
                     "def turn():\n  mine.append(2)\n  return [mine, A().__class__.__name__, str(uuid.uuid4())[:0]]\n";
  g_autoptr(StrataPyMachine) machine = strata_py_machine_new (NULL, NULL);

  strata_py_machine_mark (machine);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(GPtrArray) findings = strata_findings_new ();
      g_autoptr(StrataPyTree) tree = strata_py_tree_parse ("a.py", text, strlen (text), findings);
      StrataPyValue *module = strata_py_machine_run (machine, "a", tree);
      StrataPyValue *turn = module != NULL ? strata_py_machine_lookup (machine, module, "turn") : NULL;
      StrataPyValue *result = turn != NULL ? strata_py_machine_call (machine, turn, NULL, 0) : NULL;

      g_assert_nonnull (result);
      g_assert_cmpstr (strata_py_value_get_text (strata_py_to_str (machine, result), NULL), ==, "[[1, 2], 'A', '']");
      g_assert_true (strata_py_machine_has_varied (machine));
      strata_py_machine_rewind (machine);
      g_assert_false (strata_py_machine_has_varied (machine));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/python/evaluator/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_result);
    }
  for (guint i = 0; i < G_N_ELEMENTS (host_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/python/evaluator/host/", host_cases[i].name, NULL);

      g_test_add_data_func (path, &host_cases[i], test_host);
    }
  g_test_add_func ("/python/evaluator/machine", test_machine);
  g_test_add_func ("/python/evaluator/bounds", test_bounds);
  g_test_add_func ("/python/evaluator/rewind", test_rewind);

  return g_test_run ();
}

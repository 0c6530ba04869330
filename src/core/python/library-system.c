/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/evaluate.h"
#include "core/python/library.h"

#include <math.h>
#include <string.h>

/* More than any key has. */
#define MOST_RANDOM_BYTES 10000

/* logging, warnings, typing, sys, os.path, time, random, secrets: what looks outside, and what talks to people, who do not
 * listen here. */

static Value *
nothing (Machine *py,
         Value   *self,
         Value  **arguments)
{
  return py->none;
}

static Value *
itself (Machine *py,
        Value   *self,
        Value  **arguments)
{
  return arguments[0];
}

static Value *
logger_itself (Machine *py,
               Value   *self,
               Value  **arguments)
{
  return self;
}

#define LOG_METHODS \
  { "critical", "*args, **kwargs", nothing }, { "debug", "*args, **kwargs", nothing }, \
  { "error", "*args, **kwargs", nothing }, { "exception", "*args, **kwargs", nothing }, \
  { "fatal", "*args, **kwargs", nothing }, { "info", "*args, **kwargs", nothing }, \
  { "log", "*args, **kwargs", nothing }, { "warn", "*args, **kwargs", nothing }, { "warning", "*args, **kwargs", nothing }

static const StrataPyNative logger_methods[] = {
  LOG_METHODS,
  { "addFilter", "*args", nothing },
  { "addHandler", "*args", nothing },
  { "getChild", "name", logger_itself },
  { "removeHandler", "*args", nothing },
  { "setLevel", "level", nothing },
  { NULL }
};

static const StrataPySlots logger_slots = {
  "Logger", .methods = logger_methods,
  .lacking = " level name handlers propagate disabled parent isEnabledFor getEffectiveLevel hasHandlers manager root filters ",
};

static Value *
get_logger (Machine *py,
            Value   *module,
            Value  **arguments)
{
  return strata_py_host_object (py, strata_py_class (py, &logger_slots, NULL), sizeof (Value));
}

/* Its number, to remove it by. */
static Value *
add_sink (Machine *py,
          Value   *self,
          Value  **arguments)
{
  return strata_py_int (py, 1);
}

/* Of loguru and structlog. */
static const StrataPyNative free_logger_methods[] = {
  LOG_METHODS,
  { "add", "*args, **kwargs", add_sink },
  { "bind", "*args, **kwargs", logger_itself },
  { "configure", "**kwargs", nothing },
  { "new", "**kwargs", logger_itself },
  { "opt", "**kwargs", logger_itself },
  { "remove", "handler_id=", nothing },
  { "success", "*args, **kwargs", nothing },
  { "trace", "*args, **kwargs", nothing },
  { NULL }
};

static const StrataPySlots free_logger_slots = {
  "Logger", .methods = free_logger_methods,
  .lacking = " catch complete contextualize disable enable level name patch try_unbind unbind ",
};

static Value *
get_free_logger (Machine *py,
                 Value   *module,
                 Value  **arguments)
{
  return strata_py_host_object (py, strata_py_class (py, &free_logger_slots, NULL), sizeof (Value));
}

const StrataPyNative strata_py_structlog_functions[] = {
  { "getLogger", "*args, **kwargs", get_free_logger },
  { "get_logger", "*args, **kwargs", get_free_logger },
  { NULL }
};

void
strata_py_fill_loguru (Machine *py,
                       Value   *module)
{
  strata_py_set (py, module, "logger", get_free_logger (py, module, NULL));
}

const StrataPyNative strata_py_logging_functions[] = {
  LOG_METHODS,
  { "basicConfig", "**kwargs", nothing },
  { "disable", "level=", nothing },
  { "getLogger", "name=", get_logger },
  { NULL }
};

void
strata_py_fill_logging (Machine *py,
                        Value   *module)
{
  static const struct { const char *name; guint level; } levels[] = {
    { "CRITICAL", 50 }, { "FATAL", 50 }, { "ERROR", 40 }, { "WARNING", 30 }, { "WARN", 30 }, { "INFO", 20 }, { "DEBUG", 10 },
    { "NOTSET", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    strata_py_set (py, module, levels[i].name, strata_py_int (py, levels[i].level));
}

/* Nothing is warned of: the list of "record=True" stays empty. */
static Value *
catch_warnings (Machine *py,
                Value   *module,
                Value  **arguments)
{
  int records = arguments[0] != NULL ? strata_py_truth (py, arguments[0]) : FALSE;

  return records >= 0 ? strata_py_null_context (py, records ? strata_py_list (py, NULL, 0) : NULL) : NULL;
}

const StrataPyNative strata_py_warnings_functions[] = {
  { "catch_warnings", "*, record=, **kwargs", catch_warnings },
  { "filterwarnings", "*args, **kwargs", nothing },
  { "resetwarnings", "", nothing },
  { "simplefilter", "*args, **kwargs", nothing },
  { "warn", "*args, **kwargs", nothing },
  { NULL }
};

static Value *
cast (Machine *py,
      Value   *module,
      Value  **arguments)
{
  return arguments[1];
}

/* Nothing is made abstract: a script that makes an object of an abstract class is broken anyway. */
const StrataPyNative strata_py_abc_functions[] = {
  { "abstractmethod", "funcobj", itself },
  { NULL }
};

const StrataPyNative strata_py_typing_functions[] = {
  { "cast", "typ, val", cast },
  { "final", "f", itself },
  { "no_type_check", "f", itself },
  { "override", "f", itself },
  { "runtime_checkable", "f", itself },
  { NULL }
};

void
strata_py_fill_typing (Machine *py,
                       Value   *module)
{
  strata_py_set (py, module, "NamedTuple", (Value *) strata_py_named_tuple_base (py));
  strata_py_set (py, module, "TYPE_CHECKING", py->no);
}

static Value *
exit_program (Machine *py,
              Value   *module,
              Value  **arguments)
{
  return strata_py_raise_value (py, strata_py_new_exception (py, strata_py_find_class (py, "SystemExit"), arguments,
                                                             arguments[0] != NULL ? 1 : 0));
}

const StrataPyNative strata_py_sys_functions[] = {
  { "exit", "status=, /", exit_program },
  { NULL }
};

static const StrataPyNative stream_methods[] = {
  { "flush", NULL, nothing },
  { "write", "text, /", nothing },
  { NULL }
};

static const StrataPySlots stream_slots = { "TextIOWrapper", .methods = stream_methods, .lacking = " isatty fileno encoding buffer " };

void
strata_py_fill_sys (Machine *py,
                    Value   *module)
{
  Value *stream = strata_py_host_object (py, strata_py_class (py, &stream_slots, NULL), sizeof (Value));

  strata_py_set (py, module, "maxsize", strata_py_int (py, G_MAXINT64));
  strata_py_set (py, module, "stdout", stream);
  strata_py_set (py, module, "stderr", stream);
}

static Value *
now_seconds (Machine *py,
             Value   *module,
             Value  **arguments)
{
  return strata_py_vary (py, strata_py_float (py, (double) py->now / G_USEC_PER_SEC));
}

const StrataPyNative strata_py_time_functions[] = {
  { "monotonic", NULL, now_seconds },
  { "perf_counter", NULL, now_seconds },
  { "sleep", "seconds, /", nothing },
  { "time", NULL, now_seconds },
  { NULL }
};

static Value *
random_float (Machine *py,
              Value   *module,
              Value  **arguments)
{
  guint64 number;

  /* As many bits as a double holds. */
  return strata_py_draw_number (py, G_GUINT64_CONSTANT (1) << 53, &number)
         ? strata_py_vary (py, strata_py_float (py, number / (double) (G_GUINT64_CONSTANT (1) << 53))) : NULL;
}

static Value *
random_between (Machine *py,
                Value   *module,
                Value  **arguments)
{
  gint64 low, high;
  guint64 number;

  if (!strata_py_to_index (py, arguments[0], &low) || !strata_py_to_index (py, arguments[1], &high))
    return NULL;
  if (high < low)
    return strata_py_raise (py, "ValueError", "empty range for randint");

  return strata_py_draw_number (py, (guint64) high - (guint64) low + 1, &number)
         ? strata_py_vary (py, strata_py_wide (py, low + (Wide) number)) : NULL;
}

static Value *
random_choice (Machine *py,
               Value   *module,
               Value  **arguments)
{
  gint64 n = strata_py_length (py, arguments[0]);
  guint64 number;

  if (n == 0)
    return strata_py_raise (py, "IndexError", "Cannot choose from an empty sequence");
  if (n < 0)
    return NULL;

  return strata_py_draw_number (py, n, &number)
         ? strata_py_vary (py, strata_py_get_item (py, arguments[0], strata_py_int (py, number))) : NULL;
}

const StrataPyNative strata_py_random_functions[] = {
  { "choice", "seq", random_choice },
  { "randint", "a, b", random_between },
  { "random", NULL, random_float },
  { NULL }
};

static Value *
token (Machine *py,
       Value   *n,
       gboolean is_hex)
{
  g_autoptr(GString) out = g_string_new (NULL);
  guint8 bytes[MOST_RANDOM_BYTES];
  gint64 length = 32;

  if (n != NULL && !IS_NONE (n) && !strata_py_to_index (py, n, &length))
    return NULL;
  if (length < 0 || length > MOST_RANDOM_BYTES)
    return strata_py_refuse (py, "this many random bytes are not known here");
  if (!strata_py_draw (py, bytes, length))
    return NULL;
  if (!is_hex)
    return strata_py_vary (py, strata_py_bytes (py, (const char *) bytes, length));

  for (gint64 i = 0; i < length; i++)
    g_string_append_printf (out, "%02x", bytes[i]);

  return strata_py_vary (py, strata_py_string (py, out));
}

static Value *
token_hex (Machine *py,
           Value   *module,
           Value  **arguments)
{
  return token (py, arguments[0], TRUE);
}

static Value *
token_bytes (Machine *py,
             Value   *module,
             Value  **arguments)
{
  return token (py, arguments[0], FALSE);
}

const StrataPyNative strata_py_secrets_functions[] = {
  { "choice", "seq", random_choice },
  { "token_bytes", "nbytes=", token_bytes },
  { "token_hex", "nbytes=", token_hex },
  { NULL }
};

const StrataPyNative strata_py_os_functions[] = {
  { "urandom", "size", token_bytes },
  { NULL }
};

/* Paths as text: no file is looked at. What is made of an unknown path is unknown. */
static const char *
path_text (Machine *py,
           Value   *value,
           Value  **unknown)
{
  const char *text = strata_py_value_get_text (value, NULL);

  if (IS_OPAQUE (value))
    *unknown = strata_py_opaque (py, ((Opaque *) value)->name);
  else if (text == NULL || !IS_STR (value))
    return strata_py_raise (py, "TypeError", "expected str, bytes or os.PathLike object, not %s", value->class->name);

  return text;
}

static Value *
path_join (Machine *py,
      Value   *module,
      Value  **arguments)
{
  g_autoptr(GString) out = g_string_new (NULL);
  List *parts = (List *) arguments[0];
  Value *unknown = NULL;

  for (gsize i = 0; i < parts->length; i++)
    {
      const char *text = path_text (py, parts->items[i], &unknown);

      if (text == NULL)
        return unknown;
      if (*text == '/')
        g_string_truncate (out, 0);
      else if (out->len > 0 && out->str[out->len - 1] != '/')
        g_string_append_c (out, '/');
      g_string_append (out, text);
    }

  return strata_py_string (py, out);
}

static Value *
path_base (Machine *py,
          Value   *module,
          Value  **arguments)
{
  Value *unknown = NULL;
  const char *text = path_text (py, arguments[0], &unknown);

  return text == NULL ? unknown : strata_py_str (py, strrchr (text, '/') != NULL ? strrchr (text, '/') + 1 : text);
}

static Value *
path_folder (Machine *py,
         Value   *module,
         Value  **arguments)
{
  Value *unknown = NULL;
  const char *text = path_text (py, arguments[0], &unknown);
  gsize length;

  if (text == NULL)
    return unknown;
  length = strrchr (text, '/') != NULL ? (gsize) (strrchr (text, '/') - text) : 0;
  if (length == 0)
    return strata_py_str (py, *text == '/' ? "/" : "");
  while (length > 1 && text[length - 1] == '/')
    length--;

  return strata_py_str_len (py, text, length);
}

static Value *
path_split (Machine *py,
          Value   *module,
          Value  **arguments)
{
  Value *unknown = NULL;
  const char *text = path_text (py, arguments[0], &unknown);
  const char *base, *dot;
  Value *pair[2];

  if (text == NULL)
    return unknown;
  base = strrchr (text, '/') != NULL ? strrchr (text, '/') + 1 : text;
  dot = strrchr (base, '.');
  /* Dots at the beginning belong to the name. */
  if (dot == NULL || strspn (base, ".") > (gsize) (dot - base))
    dot = text + strlen (text);
  pair[0] = strata_py_str_len (py, text, dot - text);
  pair[1] = strata_py_str (py, dot);

  return strata_py_tuple (py, pair, 2);
}

const StrataPyNative strata_py_path_functions[] = {
  { "basename", "p", path_base },
  { "dirname", "p", path_folder },
  { "join", "*parts", path_join },
  { "splitext", "p", path_split },
  { NULL }
};

void
strata_py_fill_os (Machine *py,
                   Value   *module)
{
  strata_py_set (py, module, "path", strata_py_import_module (py, "os.path"));
  strata_py_set (py, module, "sep", strata_py_str (py, "/"));
  strata_py_set (py, module, "linesep", strata_py_str (py, "\n"));
}

static Value *
math_of (Machine *py,
         Value   *value,
         double (*function) (double))
{
  Wide whole;
  double number;

  if (IS_INT (value))
    return value;
  if (!IS_FLOAT (value))
    return strata_py_raise (py, "TypeError", "must be real number, not %s", value->class->name);
  number = function (((Float *) value)->number);

  return strata_py_float_to_wide (number, &whole) ? strata_py_wide (py, whole)
                                                  : strata_py_refuse (py, "this number has more than 127 bits");
}

static Value *
math_ceil (Machine *py,
           Value   *module,
           Value  **arguments)
{
  return math_of (py, arguments[0], ceil);
}

static Value *
math_floor (Machine *py,
            Value   *module,
            Value  **arguments)
{
  return math_of (py, arguments[0], floor);
}

static Value *
math_sqrt (Machine *py,
           Value   *module,
           Value  **arguments)
{
  if (!IS_INT (arguments[0]) && !IS_FLOAT (arguments[0]))
    return strata_py_raise (py, "TypeError", "must be real number, not %s", arguments[0]->class->name);
  if (strata_py_value_get_float (arguments[0]) < 0)
    return strata_py_raise (py, "ValueError", "math domain error");

  return strata_py_float (py, sqrt (strata_py_value_get_float (arguments[0])));
}

const StrataPyNative strata_py_math_functions[] = {
  { "ceil", "x, /", math_ceil },
  { "floor", "x, /", math_floor },
  { "sqrt", "x, /", math_sqrt },
  { NULL }
};

void
strata_py_fill_math (Machine *py,
                     Value   *module)
{
  strata_py_set (py, module, "pi", strata_py_float (py, G_PI));
  strata_py_set (py, module, "e", strata_py_float (py, G_E));
  strata_py_set (py, module, "inf", strata_py_float (py, INFINITY));
  strata_py_set (py, module, "nan", strata_py_float (py, NAN));
}

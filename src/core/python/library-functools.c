/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/evaluate.h"
#include "core/python/library.h"

/* functools, operator, contextlib */

typedef struct { Value base; Value *function; List *positional; Dict *keywords; } Partial;

static Value *
construct_partial (Machine *py,
                   Value   *class,
                   Value  **arguments)
{
  Partial *self = strata_py_host_object (py, (Class *) class, sizeof (Partial));

  self->function = arguments[0];
  self->positional = (List *) arguments[1];
  self->keywords = (Dict *) arguments[2];

  return &self->base;
}

static Value *
call_partial (Machine                 *py,
              Value                   *value,
              const StrataPyArguments *arguments)
{
  Partial *self = (Partial *) value;
  List *positional = strata_py_new_list (py, STRATA_PY_VALUE_LIST, 0);
  StrataPyArguments all = { NULL, 0, strata_py_dict (py) };

  if (!strata_py_extend (py, positional, &self->positional->base) || !strata_py_dict_merge (py, all.keywords, self->keywords)
      || (arguments->keywords != NULL && !strata_py_dict_merge (py, all.keywords, arguments->keywords)))
    return NULL;
  for (guint i = 0; i < arguments->n_positional; i++)
    if (!strata_py_list_append (py, &positional->base, arguments->positional[i]))
      return NULL;
  all.positional = positional->items;
  all.n_positional = positional->length;

  return strata_py_call (py, self->function, &all);
}

static const StrataPySlots partial_slots = {
  "partial", .lacking = " func args keywords ", .parameters = "func, /, *args, **keywords", .construct = construct_partial,
  .call = call_partial,
};

static Value *
reduce (Machine *py,
        Value   *module,
        Value  **arguments)
{
  Value *iterator = strata_py_iterate (py, arguments[1]);
  Value *result = arguments[2];
  Value *item;

  if (iterator == NULL)
    return NULL;
  if (result == NULL && (result = strata_py_next (py, iterator)) == NULL)
    return strata_py_raise (py, "TypeError", "reduce() of empty iterable with no initial value");
  while (result != NULL && (item = strata_py_next (py, iterator)) != NULL)
    result = strata_py_call_values (py, arguments[0], 2, result, item);

  return strata_py_has_failed (py) ? NULL : result;
}

static Value *
wrap (Machine *py,
      Value   *wrapped,
      Value  **arguments)
{
  Function *from = (Function *) wrapped;
  Function *to = (Function *) arguments[0];

  if (!strata_py_is (wrapped, STRATA_PY_VALUE_FUNCTION) || !strata_py_is (arguments[0], STRATA_PY_VALUE_FUNCTION))
    return arguments[0];
  to->name = from->name;
  to->path = from->path;
  strata_py_dict_set_name (py, to->base.attributes, "__wrapped__", wrapped);

  return strata_py_dict_merge (py, to->base.attributes, from->base.attributes) ? &to->base : NULL;
}

static const StrataPyNative wrap_native = { "wraps", "function, /", wrap };

static Value *
wraps (Machine *py,
       Value   *module,
       Value  **arguments)
{
  return strata_py_native (py, &wrap_native, arguments[0]);
}

/* What is remembered is what would come again: the function itself does, unless it counts its calls. */
static Value *
cached_property (Machine *py,
                 Value   *module,
                 Value  **arguments)
{
  Property *property = strata_py_new (py, STRATA_PY_VALUE_PROPERTY, sizeof (Property));

  property->get = arguments[0];
  property->is_cached = TRUE;

  return &property->base;
}

typedef struct { Value base; Value *function; Dict *results; } Cache;

static Value *
call_cache (Machine                 *py,
            Value                   *value,
            const StrataPyArguments *arguments)
{
  Cache *self = (Cache *) value;
  Value *key = strata_py_tuple (py, arguments->positional, arguments->n_positional);
  Value *result;

  if (arguments->keywords != NULL && arguments->keywords->n_live > 0)
    return strata_py_refuse (py, "a cache with names of arguments is not known here");
  result = strata_py_dict_get (py, self->results, key);
  if (result != NULL || strata_py_has_failed (py))
    return result;
  result = strata_py_call (py, self->function, arguments);

  return result != NULL && strata_py_dict_set (py, self->results, key, result) ? result : NULL;
}

static const StrataPySlots cache_slots = { "_lru_cache_wrapper", .lacking = " cache_info cache_clear ", .call = call_cache };

static Value *
cache (Machine *py,
       Value   *module,
       Value  **arguments)
{
  Cache *self = strata_py_host_object (py, strata_py_class (py, &cache_slots, NULL), sizeof (Cache));

  self->function = arguments[0];
  self->results = strata_py_dict (py);

  return &self->base;
}

static const StrataPyNative cache_native = { "cache", "function, /", cache };

static Value *
lru_cache (Machine *py,
           Value   *module,
           Value  **arguments)
{
  if (strata_py_is (arguments[0], STRATA_PY_VALUE_FUNCTION))
    return cache (py, module, arguments);

  return strata_py_native (py, &cache_native, module);
}

const StrataPyNative strata_py_functools_functions[] = {
  { "cache", "user_function, /", cache },
  { "cached_property", "func", cached_property },
  { "lru_cache", "maxsize=, typed=", lru_cache },
  { "reduce", "function, iterable, initial=, /", reduce },
  { "wraps", "wrapped, assigned=, updated=", wraps },
  { NULL }
};

void
strata_py_fill_functools (Machine *py,
                          Value   *module)
{
  strata_py_set (py, module, "partial", &strata_py_class (py, &partial_slots, NULL)->base);
}

static Value *
get_item (Machine *py,
          Value   *key,
          Value  **arguments)
{
  return strata_py_get_item (py, arguments[0], key);
}

static Value *
get_named (Machine *py,
           Value   *name,
           Value  **arguments)
{
  return strata_py_get_attribute (py, arguments[0], ((Str *) name)->text);
}

static const StrataPyNative item_native = { "itemgetter", "object, /", get_item };
static const StrataPyNative named_native = { "attrgetter", "object, /", get_named };

static Value *
itemgetter (Machine *py,
            Value   *module,
            Value  **arguments)
{
  return strata_py_native (py, &item_native, arguments[0]);
}

static Value *
attrgetter (Machine *py,
            Value   *module,
            Value  **arguments)
{
  if (!IS_STR (arguments[0]) || strchr (((Str *) arguments[0])->text, '.') != NULL)
    return strata_py_refuse (py, "this attrgetter() is not known here");

  return strata_py_native (py, &named_native, arguments[0]);
}

const StrataPyNative strata_py_operator_functions[] = {
  { "attrgetter", "attr, /", attrgetter },
  { "itemgetter", "item, /", itemgetter },
  { NULL }
};

/* A generator that yields once: up to there it is entered, behind it left. */
typedef struct { Value base; Value *generator; } Manager;

static Value *
enter_generator (Machine *py,
                 Value   *self)
{
  Value *returned;
  Value *value = strata_py_generator_send (py, ((Manager *) self)->generator, NULL, NULL, &returned);

  if (value == NULL)
    return strata_py_raise (py, "RuntimeError", "generator didn't yield");

  return value;
}

static int
leave_generator (Machine *py,
                 Value   *self,
                 Value   *exception)
{
  Value *returned;
  Value *thrown = IS_NONE (exception) ? NULL : exception;
  Value *value = strata_py_generator_send (py, ((Manager *) self)->generator, NULL, thrown, &returned);

  if (value != NULL)
    strata_py_raise (py, "RuntimeError", thrown != NULL ? "generator didn't stop after throw()" : "generator didn't stop");
  if (!strata_py_has_failed (py))
    return thrown != NULL;
  /* The same one, having passed through: not swallowed, and raised again by whoever asks. */
  if (thrown != NULL && py->failure.exception == thrown)
    {
      strata_py_take_exception (py);
      return 0;
    }

  return -1;
}

static const StrataPySlots manager_slots = { "_GeneratorContextManager", .enter = enter_generator, .leave = leave_generator };

typedef struct { Value base; Value *function; } Maker;

static Value *
call_maker (Machine                 *py,
            Value                   *value,
            const StrataPyArguments *arguments)
{
  Manager *manager = strata_py_host_object (py, strata_py_class (py, &manager_slots, NULL), sizeof (Manager));

  manager->generator = strata_py_call (py, ((Maker *) value)->function, arguments);
  if (manager->generator != NULL && !strata_py_is (manager->generator, STRATA_PY_VALUE_GENERATOR))
    return strata_py_raise (py, "TypeError", "'%s' object is not an iterator", manager->generator->class->name);

  return manager->generator != NULL ? &manager->base : NULL;
}

static const StrataPySlots maker_slots = { "function", .call = call_maker };

static Value *
contextmanager (Machine *py,
                Value   *module,
                Value  **arguments)
{
  Maker *self = strata_py_host_object (py, strata_py_class (py, &maker_slots, NULL), sizeof (Maker));

  self->function = arguments[0];

  return &self->base;
}

typedef struct { Value base; Value *value; } Plain;

static Value *
enter_plain (Machine *py,
             Value   *self)
{
  return ((Plain *) self)->value;
}

static int
leave_nothing (Machine *py,
               Value   *self,
               Value   *exception)
{
  return 0;
}

static int
leave_suppress (Machine *py,
                Value   *self,
                Value   *exception)
{
  return IS_NONE (exception) ? 0 : strata_py_catches (py, ((Plain *) self)->value, exception);
}

static const StrataPySlots nothing_slots = { "nullcontext", .enter = enter_plain, .leave = leave_nothing };
static const StrataPySlots suppress_slots = { "suppress", .enter = enter_plain, .leave = leave_suppress };

static Value *
new_plain (Machine             *py,
           const StrataPySlots *slots,
           Value               *value)
{
  Plain *self = strata_py_host_object (py, strata_py_class (py, slots, NULL), sizeof (Plain));

  self->value = value != NULL ? value : py->none;

  return &self->base;
}

Value *
strata_py_null_context (Machine *py,
                        Value   *value)
{
  return new_plain (py, &nothing_slots, value);
}

static Value *
nullcontext (Machine *py,
             Value   *module,
             Value  **arguments)
{
  return strata_py_null_context (py, arguments[0]);
}

static Value *
suppress (Machine *py,
          Value   *module,
          Value  **arguments)
{
  return new_plain (py, &suppress_slots, arguments[0]);
}

const StrataPyNative strata_py_contextlib_functions[] = {
  { "contextmanager", "func", contextmanager },
  { "nullcontext", "enter_result=", nullcontext },
  { "suppress", "*exceptions", suppress },
  { NULL }
};

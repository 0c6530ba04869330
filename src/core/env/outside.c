/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/parser.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/env/frame.h"

const StrataEnvValue *
strata_env_text (StrataEnvReader *self,
                 StrataPlace      place,
                 const char      *text)
{
  return strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_TEXT, place, text);
}

/* What must be there for Python to go on. */
const StrataEnvValue *
strata_env_need (StrataEnvReader      *self,
                 const StrataEnvValue *value)
{
  g_ptr_array_add (self->needed, (gpointer) value);
  self->trouble_at = self->trail->len;

  return strata_env_value_new_op (self->arena, STRATA_ENV_OP_NEED, value->place, 0, 1, value);
}

const StrataEnvValue *
strata_env_default (StrataEnvReader      *self,
                    const StrataEnvValue *value,
                    StrataEnvThing       *otherwise)
{
  if (otherwise == NULL)
    return value;

  return strata_env_value_new_op (self->arena, STRATA_ENV_OP_DEFAULT, value->place, 0, 2, value,
                                  strata_env_thing_to_value (self, otherwise));
}

const StrataEnvValue *
strata_env_join (StrataEnvReader *self,
                 StrataPlace      place,
                 guint            n,
                 ...)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new ();
  va_list args;

  va_start (args, n);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (parts, (gpointer) va_arg (args, const StrataEnvValue *));
  va_end (args);

  return strata_env_value_new_join (self->arena, place, parts);
}

gboolean
strata_env_is_builtin (const char *name)
{
  static const char * const names[] = {
    "ArithmeticError", "AssertionError", "AttributeError", "BaseException", "DeprecationWarning", "EOFError", "Exception",
    "FileNotFoundError", "ImportError", "IndexError", "KeyError", "KeyboardInterrupt", "LookupError", "ModuleNotFoundError",
    "NameError", "NotImplementedError", "OSError", "PermissionError", "RuntimeError", "StopIteration", "SystemExit",
    "TypeError", "UnicodeDecodeError", "UserWarning", "ValueError", "Warning", "__import__", "abs", "aiter", "all", "anext",
    "any", "ascii", "bin", "bool", "breakpoint", "bytearray", "bytes", "callable", "chr", "classmethod", "compile",
    "complex", "delattr", "dict", "dir", "divmod", "enumerate", "eval", "exec", "exit", "filter", "float", "format",
    "frozenset", "getattr", "globals", "hasattr", "hash", "help", "hex", "id", "input", "int", "isinstance", "issubclass",
    "iter", "len", "list", "locals", "map", "max", "memoryview", "min", "next", "object", "oct", "open", "ord", "pow",
    "print", "property", "quit", "range", "repr", "reversed", "round", "set", "setattr", "slice", "sorted", "staticmethod",
    "str", "sum", "super", "tuple", "type", "vars", "zip", NULL,
  };

  return g_strv_contains (names, name);
}

/* Functions, classes and modules are not None; a proxy of Flask's is anything. */
gboolean
strata_env_outside_is_never_none (const StrataEnvThing *thing)
{
  return strchr (thing->text, '(') == NULL && strchr (thing->text, '[') == NULL &&
         !g_str_has_prefix (thing->text, "flask.") && !g_str_has_prefix (thing->text, "alembic.context.config.");
}

StrataEnvThing *
strata_env_outside_get (StrataEnvReader *self,
                        StrataPlace      place,
                        const char      *owner,
                        const char      *name)
{
  g_autofree char *full = strchr ("([", *name) != NULL ? g_strconcat (owner, name, NULL)
                                                       : g_strconcat (owner, ".", name, NULL);
  StrataEnvThing *patched = strata_env_cell_get (self->patches, full);
  StrataEnvThing *section = strata_env_cell_get (self->world, "section");
  StrataEnvThing *found;

  if (patched != NULL)
    return patched;
  found = strata_env_flask_attribute (self, place, full);
  if (found != NULL)
    return found;
  if (strcmp (full, "typing.TYPE_CHECKING") == 0 || strcmp (full, "typing_extensions.TYPE_CHECKING") == 0)
    return strata_env_thing_of_value (self, strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_FALSE, place, NULL));
  if (strcmp (full, "alembic.context.config.config_ini_section") == 0)
    return section != NULL ? section : strata_env_thing_of_text (self, place, self->source->section);
  if (strcmp (full, "alembic.context.config.config_file_name") == 0)
    return self->source->config_path != NULL ? strata_env_thing_of_text (self, place, self->source->config_path)
                                             : strata_env_thing_none (self, place);
  if (strcmp (full, "os.sep") == 0)
    return strata_env_thing_of_text (self, place, "/");
  if (strcmp (full, "os.pardir") == 0)
    return strata_env_thing_of_text (self, place, "..");
  if (strcmp (full, "alembic.context.config.attributes") == 0)
    {
      /* No program is there that gives a connection or anything else. */
      self->traits |= STRATA_ENV_TAKES_CONNECTION;
      return self->attributes;
    }

  return strata_env_thing_outside (self, place, strlen (full) < 400 ? full : _("something outside"));
}

/* "str(x)": the same text. */
static StrataEnvThing *
call_str (StrataEnvReader *self,
          StrataEnvCall   *call)
{
  StrataEnvThing *thing = strata_env_call_get (call, 0, NULL);

  if (thing == NULL)
    return strata_env_thing_of_text (self, call->place, "");

  return strata_env_thing_of_value (self, strata_env_join (self, call->place, 1,
                                                           strata_env_thing_to_value (self, thing)));
}

static StrataEnvThing *
call_one_value (StrataEnvReader *self,
                StrataEnvCall   *call,
                StrataEnvOp      op)
{
  StrataEnvThing *thing = strata_env_call_get (call, 0, NULL);

  if (thing == NULL || call->arguments->len != 1)
    return NULL;

  return strata_env_thing_of_value (self, strata_env_value_new_op (self->arena, op, call->place, 0, 1,
                                                                   strata_env_thing_to_value (self, thing)));
}

static StrataEnvThing *
call_int (StrataEnvReader *self,
          StrataEnvCall   *call)
{
  return call_one_value (self, call, STRATA_ENV_OP_INTEGER);
}

static StrataEnvThing *
call_bool (StrataEnvReader *self,
           StrataEnvCall   *call)
{
  StrataEnvThing *thing = strata_env_call_get (call, 0, NULL);

  if (thing == NULL)
    return NULL;

  /* Twice "not" is a boolean, whatever it was. */
  return strata_env_thing_of_value (self, strata_env_not (self, strata_env_not (self, strata_env_truth (self, thing))));
}

static StrataEnvThing *
call_dict (StrataEnvReader *self,
           StrataEnvCall   *call)
{
  StrataEnvThing *from = strata_env_call_get (call, 0, NULL);
  StrataEnvThing *dict;

  if (from != NULL && from->kind == STRATA_THING_OUTSIDE && strcmp (from->text, "os.environ") == 0)
    from = strata_env_copy_environment (self, call->place);

  dict = from != NULL && from->kind == STRATA_THING_SECTION ? strata_env_copy (self, from, call->place)
                                                            : strata_env_thing_new (self, STRATA_THING_DICT, call->place);
  if (from != NULL && from->kind != STRATA_THING_SECTION)
    strata_env_dict_update (self, dict, from);
  for (guint i = 0; i < call->names->len; i++)
    strata_env_cell_set (self, dict, call->names->pdata[i], call->keywords->pdata[i]);
  if (call->is_open)
    strata_env_doubt_entries (self, dict);

  return dict;
}

static StrataEnvThing *
call_list (StrataEnvReader *self,
           StrataEnvCall   *call)
{
  StrataEnvThing *from = strata_env_call_get (call, 0, NULL);
  g_autoptr(GPtrArray) items = g_ptr_array_new ();
  StrataEnvThing *list;

  if (from != NULL && from->kind == STRATA_THING_LIST)
    return strata_env_copy (self, from, call->place);

  list = strata_env_thing_list (self, call->place, items);
  list->is_open = from != NULL;

  return list;
}

/* "isinstance(x, str)": of a value whether it is there at all; there are no other kinds of it in an environment. */
static StrataEnvThing *
call_isinstance (StrataEnvReader *self,
                 StrataEnvCall   *call)
{
  StrataEnvThing *thing = strata_env_call_get (call, 0, NULL);
  StrataEnvThing *type = strata_env_call_get (call, 1, NULL);

  if (thing == NULL || type == NULL || thing->kind != STRATA_THING_VALUE || type->kind != STRATA_THING_OUTSIDE)
    return NULL;
  /* "isinstance(connection, Connection)": what nobody handed over is none. */
  if (thing->value->op == STRATA_ENV_OP_NONE && g_str_has_prefix (type->text, "sqlalchemy."))
    return strata_env_thing_of_value (self, strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_FALSE, call->place, NULL));
  if (strcmp (type->text, "builtins.str") != 0)
    return NULL;

  return strata_env_thing_of_value (self,
                                    strata_env_not (self, strata_env_value_new_op (self->arena, STRATA_ENV_OP_IS_NONE,
                                                                                   call->place, 0, 1, thing->value)));
}

static StrataEnvThing *
call_getattr (StrataEnvReader *self,
              StrataEnvCall   *call)
{
  StrataEnvThing *thing = strata_env_call_get (call, 0, NULL);
  StrataEnvThing *name = strata_env_call_get (call, 1, NULL);
  StrataEnvThing *otherwise = strata_env_call_get (call, 2, NULL);
  StrataEnvThing *found;

  if (thing == NULL || name == NULL)
    return NULL;
  if (strata_env_thing_is_text (name, NULL))
    {
      found = strata_env_attribute (self, call->frame, call->node, thing, name->value->text);
      /* With something else to take, what is not known to be there may not be there. */
      if (otherwise == NULL || found->kind != STRATA_THING_VALUE || found->value->op != STRATA_ENV_OP_UNKNOWN)
        return found->kind == STRATA_THING_OUTSIDE && otherwise != NULL ? NULL : found;
      return NULL;
    }
  if (thing->kind != STRATA_THING_CLASS && thing->kind != STRATA_THING_MODULE)
    return NULL;
  if (thing->kind == STRATA_THING_MODULE)
    strata_env_module_enter (self, thing->module);

  /* A name that is only known later: the entries of a class or module are like those of a dict. */
  found = strata_env_thing_new (self, STRATA_THING_DICT, call->place);
  found->cells = thing->cells;

  return strata_env_find_item (self, call->place, found, name);
}

static StrataEnvThing *
call_hasattr (StrataEnvReader *self,
              StrataEnvCall   *call)
{
  StrataEnvThing *thing = strata_env_call_get (call, 0, NULL);
  StrataEnvThing *name = strata_env_call_get (call, 1, NULL);
  gboolean has = FALSE;

  if (thing == NULL || !strata_env_thing_is_text (name, NULL))
    return NULL;

  if (thing->kind == STRATA_THING_MODULE)
    {
      if (g_str_has_prefix (name->value->text, "__"))
        {
          if (strcmp (name->value->text, "__path__") != 0)
            return NULL;
          has = ((StrataEnvModule *) thing->module)->is_package;
        }
      else
        {
          strata_env_module_enter (self, thing->module);
          has = strata_env_cell_get (thing, name->value->text) != NULL;
        }
    }
  else if (thing->kind == STRATA_THING_CLASS)
    has = strata_env_class_find (thing, name->value->text) != NULL;
  else
    return NULL;

  return strata_env_thing_of_value (self, strata_env_value_new_leaf (self->arena,
                                                                     has ? STRATA_ENV_OP_TRUE : STRATA_ENV_OP_FALSE,
                                                                     call->place, NULL));
}

static StrataEnvThing *
call_setattr (StrataEnvReader *self,
              StrataEnvCall   *call)
{
  StrataEnvThing *thing = strata_env_call_get (call, 0, NULL);
  StrataEnvThing *name = strata_env_call_get (call, 1, NULL);
  StrataEnvThing *value = strata_env_call_get (call, 2, NULL);

  if (thing == NULL || value == NULL)
    return NULL;
  if (!strata_env_thing_is_text (name, NULL))
    {
      strata_env_spoil (self, thing);
      return NULL;
    }

  strata_env_set_attribute (self, thing, name->value->text, value);

  return strata_env_thing_none (self, call->place);
}

/* "asyncio.run(f())": what is awaited was followed already. */
static StrataEnvThing *
call_pass_through (StrataEnvReader *self,
                   StrataEnvCall   *call)
{
  return strata_env_call_get (call, 0, NULL);
}

static StrataEnvThing *
call_nothing (StrataEnvReader *self,
              StrataEnvCall   *call)
{
  return strata_env_thing_none (self, call->place);
}

/* "anyio.run(f, a)": the function itself is given. */
static StrataEnvThing *
call_given (StrataEnvReader *self,
            StrataEnvCall   *call)
{
  g_autoptr(GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr(GPtrArray) none = g_ptr_array_new ();
  StrataEnvCall copy = *call;

  if (call->arguments->len == 0)
    return NULL;

  for (guint i = 1; i < call->arguments->len; i++)
    g_ptr_array_add (arguments, call->arguments->pdata[i]);
  copy.arguments = arguments;
  copy.names = copy.keywords = none;

  return strata_env_call (self, call->arguments->pdata[0], &copy);
}

/* What is in it is shared by copy(), and not by deepcopy(). */
static StrataEnvThing *
call_copy (StrataEnvReader *self,
           StrataEnvCall   *call)
{
  StrataEnvThing *thing = strata_env_call_get (call, 0, NULL);

  if (thing == NULL)
    return NULL;

  switch ((StrataEnvThingKind) thing->kind)
    {
    case STRATA_THING_DICT:
    case STRATA_THING_LIST:
    case STRATA_THING_SECTION:
    case STRATA_THING_INSTANCE:
      return strata_env_copy (self, thing, call->place);
    case STRATA_THING_VALUE:
    case STRATA_THING_URL:
    case STRATA_THING_PATH:
      return thing;
    case STRATA_THING_OUTSIDE:
    case STRATA_THING_OBJECT:
    case STRATA_THING_MEMBER:
    case STRATA_THING_FUNCTION:
    case STRATA_THING_METHOD:
    case STRATA_THING_CLASS:
    case STRATA_THING_MODULE:
    case STRATA_THING_NAMES:
    case STRATA_THING_ENGINE:
    case STRATA_THING_CONNECTION:
    case STRATA_THING_ENVIRONMENT:
    case STRATA_THING_IMPORT:
    case STRATA_THING_CHOICE:
    default:
      return NULL;
    }
}

/* At the level of a module or class these are its names themselves. */
static StrataEnvThing *
call_locals (StrataEnvReader *self,
             StrataEnvCall   *call)
{
  if (call->arguments->len == 0 && call->frame->names->kind != STRATA_THING_NAMES)
    strata_env_lose (self, call->place, _("the names of a module or class are set by other names here"));

  return NULL;
}

/* functools.partial: a function that is called later, with these arguments first. */
static StrataEnvThing *
call_partial (StrataEnvReader *self,
              StrataEnvCall   *call)
{
  StrataEnvThing *object = strata_env_thing_list (self, call->place, call->arguments);

  if (object->n_items == 0)
    return NULL;

  object->kind = STRATA_THING_OBJECT;
  object->text = "functools.partial";
  object->is_open = call->is_open;
  for (guint i = 0; i < call->names->len; i++)
    strata_env_cell_set (self, object, call->names->pdata[i], call->keywords->pdata[i]);

  return object;
}

static const StrataEnvNative builtins[] = {
  { "asyncio.gather", call_pass_through },
  { "asyncio.run", call_pass_through },
  { "asyncio.get_event_loop().run_until_complete", call_pass_through },
  { "asyncio.get_running_loop().run_until_complete", call_pass_through },
  { "asyncio.new_event_loop().run_until_complete", call_pass_through },
  { "asyncio.wait_for", call_pass_through },
  { "anyio.run", call_given },
  { "builtins.bool", call_bool },
  { "builtins.dict", call_dict },
  { "builtins.getattr", call_getattr },
  { "builtins.hasattr", call_hasattr },
  { "builtins.int", call_int },
  { "builtins.isinstance", call_isinstance },
  { "builtins.list", call_list },
  { "builtins.locals", call_locals },
  { "builtins.print", call_nothing },
  { "builtins.set", call_list },
  { "builtins.setattr", call_setattr },
  { "builtins.str", call_str },
  { "builtins.super", strata_env_super_new },
  { "builtins.tuple", call_list },
  { "builtins.vars", call_locals },
  { "copy.copy", call_copy },
  { "functools.partial", call_partial },
  { "logging.config.fileConfig", call_nothing },
  { "logging.config.dictConfig", call_nothing },
  { "nest_asyncio.apply", call_nothing },
  { "typing.cast", NULL },
};

static StrataEnvThing *
call_builtin (StrataEnvReader *self,
              const char      *name,
              StrataEnvCall   *call)
{
  if (strcmp (name, "typing.cast") == 0)
    return strata_env_call_get (call, 1, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (builtins); i++)
    if (strcmp (builtins[i].name, name) == 0 && builtins[i].call != NULL)
      return builtins[i].call (self, call);

  return NULL;
}

/* Calls that only make an object, of which some attributes are known. */
static StrataEnvThing *
make_object (StrataEnvReader *self,
             const char      *name,
             StrataEnvCall   *call)
{
  static const char * const makers[] = {
    "AliasChoices", "Config", "Env", "Field", "FastAPI", "MetaData", "RepositoryEnv", "SettingsConfigDict", "ConfigDict",
    "declarative_base", "find_dotenv", NULL,
  };
  const char *dot = strrchr (name, '.');
  StrataEnvThing *object;

  if (dot == NULL || !g_strv_contains (makers, dot + 1))
    return NULL;

  object = strata_env_thing_list (self, call->place, call->arguments);
  object->kind = STRATA_THING_OBJECT;
  object->text = strata_py_arena_strndup (self->scratch, name, strlen (name));
  object->is_open = call->is_open;
  for (guint i = 0; i < call->names->len; i++)
    strata_env_cell_set (self, object, call->names->pdata[i], call->keywords->pdata[i]);

  return object;
}

StrataEnvThing *
strata_env_call_outside (StrataEnvReader *self,
                         const char      *name,
                         StrataEnvCall   *call)
{
  static StrataEnvThing *(* const groups[]) (StrataEnvReader *reader, const char *name, StrataEnvCall *call) = {
    call_builtin,
    strata_env_call_alembic,
    strata_env_call_environment,
    strata_env_call_os,
    strata_env_call_sys,
    strata_env_call_import,
    strata_env_call_dotenv,
    strata_env_call_sqlalchemy,
    strata_env_call_flask,
    strata_env_call_open,
    strata_env_call_loader,
    strata_env_call_new_parser,
    make_object,
  };
  StrataEnvThing *result = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (groups) && result == NULL; i++)
    result = groups[i] (self, name, call);

  return result;
}

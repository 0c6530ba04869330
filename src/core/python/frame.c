/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/evaluate.h"

#include <string.h>

Frame *
strata_py_new_frame (Machine     *py,
                     FrameKind    kind,
                     Module      *module,
                     Frame       *outer,
                     const Scope *scope)
{
  Frame *frame = strata_py_arena_new_struct (py->arena, Frame);

  frame->kind = kind;
  frame->names = strata_py_dict (py);
  frame->module = module;
  frame->outer = outer;
  frame->scope = scope;

  return frame;
}

static gboolean
is_local (Frame      *frame,
          const char *name)
{
  return g_hash_table_contains (frame->scope->locals, name);
}

/* The frame around whose variable that is, or NULL. Classes are not looked into. */
static Frame *
find_around (Frame      *frame,
             const char *name)
{
  for (frame = frame->outer; frame != NULL; frame = frame->outer)
    {
      if ((frame->kind == FRAME_FUNCTION || frame->kind == FRAME_COMPREHENSION) && is_local (frame, name))
        return frame;
      if (g_hash_table_contains (frame->scope->globals, name))
        return NULL;
    }

  return NULL;
}

static Value *
load_global (Machine    *py,
             Frame      *frame,
             const char *name)
{
  Value *value = strata_py_dict_get_name (frame->module->base.attributes, name);

  if (value == NULL)
    value = strata_py_dict_get_name (py->builtins, name);
  if (value == NULL)
    return strata_py_raise (py, "NameError", "name '%s' is not defined", name);
  if (IS_OPAQUE (value) && g_str_has_prefix (((Opaque *) value)->name, "builtins."))
    return strata_py_refuse (py, "the builtin “%s” is not known here", name);

  return value;
}

Value *
strata_py_load_name (Machine    *py,
                     Frame      *frame,
                     const char *name)
{
  gboolean is_own = is_local (frame, name);
  Value *value = NULL;
  Frame *around;

  if (frame->kind == FRAME_CLASS || is_own)
    value = strata_py_dict_get_name (frame->names, name);
  if (value != NULL)
    return value;
  if (is_own && (frame->kind == FRAME_FUNCTION || frame->kind == FRAME_COMPREHENSION))
    return strata_py_raise (py, "UnboundLocalError",
                            "cannot access local variable '%s' where it is not associated with a value", name);
  if (g_hash_table_contains (frame->scope->globals, name))
    return load_global (py, frame, name);

  around = find_around (frame, name);
  if (around == NULL)
    return load_global (py, frame, name);
  value = strata_py_dict_get_name (around->names, name);
  if (value == NULL)
    return strata_py_raise (py, "NameError",
                            "cannot access free variable '%s' where it is not associated with a value in enclosing scope",
                            name);

  return value;
}

/* Where a name is bound: a walrus in a comprehension binds around it. */
static Dict *
names_for (Machine    *py,
           Frame      *frame,
           const char *name)
{
  while (frame->kind == FRAME_COMPREHENSION && !is_local (frame, name))
    frame = frame->outer;

  if (g_hash_table_contains (frame->scope->globals, name))
    return frame->module->base.attributes;
  if (g_hash_table_contains (frame->scope->nonlocals, name))
    {
      Frame *around = find_around (frame, name);

      if (around == NULL)
        return strata_py_stop (py, STRATA_PY_CODE_SYNTAX, "no binding for nonlocal '%s' found", name);
      return around->names;
    }

  return frame->names;
}

gboolean
strata_py_store_name (Machine    *py,
                      Frame      *frame,
                      const char *name,
                      Value      *value)
{
  Dict *names = names_for (py, frame, name);

  if (names != NULL)
    strata_py_dict_set_name (py, names, name, value);

  return names != NULL;
}

gboolean
strata_py_delete_name (Machine    *py,
                       Frame      *frame,
                       const char *name)
{
  Dict *names = names_for (py, frame, name);
  Entry *entry = names != NULL ? strata_py_dict_find_name (names, name, strlen (name)) : NULL;

  if (entry == NULL)
    {
      if (frame->kind == FRAME_FUNCTION)
        return strata_py_raise (py, "UnboundLocalError",
                                "cannot access local variable '%s' where it is not associated with a value", name) != NULL;
      return strata_py_raise (py, "NameError", "name '%s' is not defined", name) != NULL;
    }
  strata_py_dict_remove_entry (names, entry);

  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/python/machine.h"
#include "core/python/object.h"

G_BEGIN_DECLS

/* What whoever embeds the machine gives to scripts: modules, functions and objects in C. */

typedef StrataPyValue *(*StrataPyNativeFunc) (StrataPyMachine  *py,
                                              StrataPyValue    *self,
                                              StrataPyValue   **arguments);

/* A function in C. Its parameters are written as in Python: "table, *columns, schema=, **options", with "/" and "*" too.
 * One with "=" may be left out. The arguments come in this order, checked: NULL for what was left out, a tuple for
 * "*columns", a dict for "**options". Tables end with a name that is NULL, and are constant for good. */
struct _StrataPyNative
{
  const char         *name;
  const char         *parameters;
  StrataPyNativeFunc  function;
};

/* A class in C. Every member but the name may be NULL, which is to say that its objects can't do that, or do it as those of
 * the base do. */
struct _StrataPySlots
{
  const char           *name;
  const StrataPyNative *methods;        /* self is the object */
  const StrataPyNative *class_methods;  /* self is the class */
  const char           *lacking;        /* " names " that Python has and we do not: they need Python */
  const char           *parameters;     /* of construct */
  StrataPyNativeFunc    construct;      /* self is the class, maybe a derived one */

  StrataPyValue *(*call)          (StrataPyMachine *py, StrataPyValue *self, const StrataPyArguments *arguments);
  /* NULL without failure: not here; methods and attributes of classes were looked at before. */
  StrataPyValue *(*get_attribute) (StrataPyMachine *py, StrataPyValue *self, const char *name);
  /* A NULL value deletes. */
  gboolean       (*set_attribute) (StrataPyMachine *py, StrataPyValue *self, const char *name, StrataPyValue *value);
  StrataPyValue *(*get_item)      (StrataPyMachine *py, StrataPyValue *self, StrataPyValue *key);
  gboolean       (*set_item)      (StrataPyMachine *py, StrataPyValue *self, StrataPyValue *key, StrataPyValue *value);
  /* NULL without failure: not with this one. The object may be either of the two. */
  StrataPyValue *(*binary)        (StrataPyMachine *py, StrataPySymbol op, StrataPyValue *a, StrataPyValue *b);
  StrataPyValue *(*compare)       (StrataPyMachine *py, StrataPySymbol op, StrataPyValue *a, StrataPyValue *b);
  StrataPyValue *(*unary)         (StrataPyMachine *py, StrataPySymbol op, StrataPyValue *self);
  StrataPyValue *(*iterate)       (StrataPyMachine *py, StrataPyValue *self);
  /* The next one, as an iterator; NULL without failure: no more. */
  StrataPyValue *(*next)          (StrataPyMachine *py, StrataPyValue *self);
  /* -1: failed. */
  int            (*contains)      (StrataPyMachine *py, StrataPyValue *self, StrataPyValue *item);
  gint64         (*length)        (StrataPyMachine *py, StrataPyValue *self);
  int            (*truth)         (StrataPyMachine *py, StrataPyValue *self);
  gboolean       (*hash)          (StrataPyMachine *py, StrataPyValue *self, guint64 *hash);
  StrataPyValue *(*repr)          (StrataPyMachine *py, StrataPyValue *self);
  StrataPyValue *(*str)           (StrataPyMachine *py, StrataPyValue *self);
  StrataPyValue *(*format)        (StrataPyMachine *py, StrataPyValue *self, const char *spec);
  StrataPyValue *(*enter)         (StrataPyMachine *py, StrataPyValue *self);
  /* The exception is None where there was none; -1 failed, 1 swallows it. */
  int            (*leave)         (StrataPyMachine *py, StrataPyValue *self, StrataPyValue *exception);
  /* A script has derived a class from this one. */
  gboolean       (*class_made)    (StrataPyMachine *py, StrataPyClass *class);

  gconstpointer         data;           /* the embedder's own: strata_py_class_get_slots */
};

/* Where imports come from. Both may be NULL. Names are absolute and dotted; a value of any kind can be a module. */
struct _StrataPyHost
{
  /* Comes before everything else. NULL without failure: not the host's. */
  StrataPyValue *(*find_module) (StrataPyMachine *py, const char *name, gpointer data);
  /* The text of a module of the project, by the tree of its file; NULL: there is none. */
  StrataPyTree  *(*load_module) (StrataPyMachine *py, const char *name, gboolean *is_package, gpointer data);
};

gpointer       strata_py_machine_get_host_data (StrataPyMachine *self);

/* A name of a module that nobody asked for before. NULL without failure: there is none. */
typedef StrataPyValue *(*StrataPyNameFinder) (StrataPyMachine *py, const char *name, guint data);

/* A module whose names are made when they are asked for. */
void           strata_py_module_set_finder     (StrataPyValue *module, StrataPyNameFinder find, guint data);

/* What a class is made from: a script's own has those of the class in C that it is derived from. NULL: no class. */
const StrataPySlots *strata_py_class_get_slots (const StrataPyValue *self);
/* Those of a function or a class in C; NULL: it takes none, or is something else. */
const char    *strata_py_value_get_parameters  (const StrataPyValue *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/python/value-private.h"

G_BEGIN_DECLS

/* What a body of code does with names, found once. */
typedef struct
{
  GHashTable *locals;          /* of borrowed names: bound here */
  GHashTable *globals;         /* said to be the module's */
  GHashTable *nonlocals;
  gboolean    is_generator;
} Scope;

typedef enum { FRAME_MODULE, FRAME_CLASS, FRAME_FUNCTION, FRAME_COMPREHENSION } FrameKind;

typedef struct _Frame Frame;
typedef struct _Function Function;

struct _Frame
{
  FrameKind           kind;
  Dict               *names;
  Frame              *outer;     /* where free names are looked up: functions and comprehensions; NULL: the module */
  Frame              *caller;
  Module             *module;
  const Scope        *scope;
  const StrataPyNode *node;      /* being evaluated: the place of failures */
  Function           *function;
  Value              *first;     /* argument, for super() */
};

typedef struct
{
  const char *name;
  Value      *initial;           /* default; NULL: none */
  guint8      kind;              /* '/' positional only, 0, '*' the rest, 'k' keyword only, 'd' the other keywords */
  gboolean    is_optional;
} Parameter;

typedef struct
{
  Parameter *parameters;
  guint      n_parameters;
} Signature;

struct _Function
{
  Value               base;
  const StrataPyNode *definition;
  Signature          *signature;
  Frame              *outer;
  Module             *module;
  const Scope        *scope;
  const char         *name;
  const char         *path;      /* "Class.method" */
  Class              *owner;
};

struct _StrataPyMachine
{
  StrataPyArena       *arena;
  const StrataPyHost  *host;           /* borrowed */
  gpointer             host_data;
  GPtrArray           *trees;          /* StrataPyTree */
  GPtrArray           *owned;          /* Owned */
  GHashTable          *signatures;     /* const char * of a StrataPyNative → Signature */
  GHashTable          *scopes;         /* StrataPyNode → Scope */
  Class               *classes[STRATA_PY_N_VALUES];
  Value               *none, *yes, *no, *ellipsis, *not_implemented;
  Dict                *builtins;
  Dict                *modules;        /* by dotted name */
  Frame               *frame;
  Value               *handled;        /* the exception in whose handler we are */
  StrataPyFailure      failure;
  char                *message;
  guint64              steps;
  guint64              max_steps;
  gsize                max_memory;
  double               max_seconds;
  double               started;
  GCancellable        *cancellable;    /* borrowed; NULL: none */
  guint                depth;
  guint                n_calls;
  gboolean             is_strict;
  gboolean             has_varied;
  gint64               now;
  GRand               *random;         /* NULL: chance is the system's */
  StrataPyArena       *texts;          /* of signatures, which stay when the machine is rewound */
  Machine             *marked;         /* as it was when it was marked; NULL: it was not */
  guint                n_marked;       /* of owned */
};

/* FALSE: a bound was met. Whoever recurses enters and leaves. */
gboolean    strata_py_step              (Machine *py);
/* FALSE: refused. */
gboolean    strata_py_draw              (Machine *py, gpointer bytes, gsize n);
gboolean    strata_py_draw_number       (Machine *py, guint64 end, guint64 *number);
gboolean    strata_py_enter             (Machine *py);
void        strata_py_leave             (Machine *py);
gboolean    strata_py_reserve           (Machine *py, gsize size);
/* A raised exception that can be caught, and is taken away from the machine; NULL: none, or not to be caught. */
Value      *strata_py_take_exception    (Machine *py);
/* The same, where it is of that class. */
gboolean    strata_py_catch             (Machine *py, const char *name);
StrataPlace strata_py_here              (Machine *py);
/* What comes of a value that is not known is not known either; where the machine is strict, it is refused at once. */
Value      *strata_py_unknown           (Machine *py, const Value *value, const char *what);

/* Parts of the library that fill a new machine. */
void        strata_py_add_classes       (Machine *py);
void        strata_py_add_exceptions    (Machine *py);
void        strata_py_add_builtins      (Machine *py);
void        strata_py_add_natives       (Machine *py, Dict *names, const StrataPyNative *natives, Value *self);

/* Calls */
Signature  *strata_py_parse_signature   (Machine *py, const char *parameters);
gboolean    strata_py_bind              (Machine *py, const char *name, const Signature *signature,
                                         const StrataPyArguments *arguments, Value *self, Value **values);
Value      *strata_py_call_native       (Machine *py, const char *name, const char *parameters, StrataPyNativeFunc function,
                                         Value *self, const StrataPyArguments *arguments);
Value      *strata_py_call_function     (Machine *py, Function *function, const StrataPyArguments *arguments, Value *self);
Value      *strata_py_instantiate       (Machine *py, Class *class, const StrataPyArguments *arguments);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/python/host.h"

G_BEGIN_DECLS

/* Short names for the files that make and change values. */
typedef StrataPyMachine Machine;
typedef StrataPyValue   Value;
typedef StrataPyClass   Class;
typedef StrataPyDict    Dict;

/* 128 bits, where Python has no bound: beyond, it needs Python. The arena aligns to pointers only. */
typedef __int128 Wide __attribute__ ((aligned (8)));

typedef struct { Value base; Wide number; } Int;      /* BOOL too */
typedef struct { Value base; double number; } Float;

/* STR (UTF-8) and BYTES. */
typedef struct
{
  Value       base;
  const char *text;
  gsize       length;         /* bytes */
  gsize       n_characters;
} Str;

/* LIST and TUPLE. */
typedef struct
{
  Value   base;
  Value **items;
  gsize   length;
  gsize   allocated;
} List;

typedef struct
{
  guint64  hash;
  Value   *key;               /* NULL: deleted */
  Value   *value;             /* NULL in sets */
} Entry;

/* DICT, SET and FROZENSET. */
struct _StrataPyDict
{
  Value     base;
  Entry    *entries;
  guint32   n_entries;        /* with deleted ones */
  guint32   n_live;
  guint32   allocated;
  guint32  *table;            /* entry + 1; NULL while there are few */
  guint32   mask;
  Value    *factory;          /* of a defaultdict */
};

typedef struct { Value base; Wide start, stop, step; } Range;
typedef struct { Value base; Value *start, *stop, *step; } Slice;
typedef struct { Value base; const StrataPyNative *native; Value *self; } Native;
typedef struct { Value base; Value *function, *self; } Method;
typedef struct { Value base; Value *get, *set, *erase; gboolean is_cached; } Property;
typedef struct { Value base; Value *function; } Wrapper;       /* static and class methods */
typedef struct { Value base; Class *after; Value *self; } Super;
typedef struct { Value base; const char *name; } Opaque;
typedef struct { Value base; Dict *dict; char what; } View;    /* 'k', 'v', 'i' */

typedef struct
{
  Value         base;
  const char   *name;
  StrataPyTree *tree;         /* NULL: in C */
  gboolean      is_complete;
  gboolean      is_package;
  StrataPyNameFinder find;    /* in C; NULL: all names are there */
  guint         find_data;
} Module;

typedef struct
{
  Value   base;
  Value  *args;               /* a tuple */
  Value  *cause;
  GArray *trace;              /* StrataPlace */
} Exception;

typedef struct _Iterator Iterator;
struct _Iterator
{
  Value   base;
  Value *(*next) (Machine *py, Iterator *self);
  Value  *source;
  Value  *function;
  Value **others;
  guint   n_others;
  gsize   index;
  Wide    number;
  Wide    step;
};

struct _StrataPyClass
{
  Value                 base;
  const char           *name;
  const char           *module;
  const StrataPySlots  *slots;
  Class               **mro;
  guint                 n_mro;
  guint8                kind;           /* of its objects */
  gboolean              is_user;        /* written in Python: special methods are looked for */
  gboolean              is_enum;
  List                 *members;        /* of an enum, in order */
  Dict                 *fields;         /* of a dataclass or named tuple: name to default, or to NotImplemented */
  gboolean              is_frozen;
};

/* Layouts */
gpointer  strata_py_new            (Machine *py, StrataPyValueKind kind, gsize size);
gpointer  strata_py_new_of         (Machine *py, Class *class, gsize size);
Value    *strata_py_wide           (Machine *py, Wide number);
Value    *strata_py_take_str       (Machine *py, const char *text, gsize length);
Value    *strata_py_string         (Machine *py, GString *string);
List     *strata_py_new_list       (Machine *py, StrataPyValueKind kind, gsize allocated);
Dict     *strata_py_new_set        (Machine *py, StrataPyValueKind kind);
Value    *strata_py_native         (Machine *py, const StrataPyNative *native, Value *self);
Iterator *strata_py_new_iterator   (Machine *py, Value *source, Value *(*next) (Machine *, Iterator *));

/* NULL without failure: it has no such name. */
Value    *strata_py_module_find    (Machine *py, Value *module, const char *name);

/* Tables */
Entry    *strata_py_dict_find      (Machine *py, Dict *self, Value *key, guint64 *hash);
Entry    *strata_py_dict_find_name (Dict *self, const char *name, gsize length);
gboolean  strata_py_dict_remove    (Machine *py, Dict *self, Value *key, Value **removed);
void      strata_py_dict_remove_entry (Dict *self, Entry *entry);
void      strata_py_dict_clear     (Dict *self);
gboolean  strata_py_dict_merge     (Machine *py, Dict *self, Dict *other);
gboolean  strata_py_set_add        (Machine *py, Dict *self, Value *key);
/* A position among the live entries, for iterators; NULL at the end. */
Entry    *strata_py_dict_step      (Dict *self, guint *position);
gboolean  strata_py_hash           (Machine *py, Value *value, guint64 *hash);

static inline gboolean
strata_py_is (const Value *value,
              StrataPyValueKind kind)
{
  return value != NULL && value->kind == kind;
}

#define IS_STR(v)   strata_py_is ((v), STRATA_PY_VALUE_STR)
#define IS_LIST(v)  strata_py_is ((v), STRATA_PY_VALUE_LIST)
#define IS_TUPLE(v) strata_py_is ((v), STRATA_PY_VALUE_TUPLE)
#define IS_DICT(v)  strata_py_is ((v), STRATA_PY_VALUE_DICT)
#define IS_NONE(v)  strata_py_is ((v), STRATA_PY_VALUE_NONE)
#define IS_OPAQUE(v) strata_py_is ((v), STRATA_PY_VALUE_OPAQUE)
#define IS_CLASS(v) strata_py_is ((v), STRATA_PY_VALUE_TYPE)
#define IS_INT(v)   (strata_py_is ((v), STRATA_PY_VALUE_INT) || strata_py_is ((v), STRATA_PY_VALUE_BOOL))
#define IS_FLOAT(v) strata_py_is ((v), STRATA_PY_VALUE_FLOAT)
#define IS_SET(v)   (strata_py_is ((v), STRATA_PY_VALUE_SET) || strata_py_is ((v), STRATA_PY_VALUE_FROZENSET))
#define IS_BYTES(v) strata_py_is ((v), STRATA_PY_VALUE_BYTES)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/env/value-private.h"
#include "core/python/node.h"

G_BEGIN_DECLS

/* What stands for an object of Python while env.py is followed. */
typedef enum
{
  STRATA_THING_VALUE,         /* value: a text, a number, None ... */
  STRATA_THING_OUTSIDE,       /* text: "sqlalchemy.create_engine", what no file of the project defines */
  STRATA_THING_OBJECT,        /* text: what made it; cells: its arguments by name and by number */
  STRATA_THING_MEMBER,        /* text: name of a method; first: whose */
  STRATA_THING_FUNCTION,      /* node, module; first: NAMES around it; text: what a library made of it, or NULL */
  STRATA_THING_METHOD,        /* first: self, second: function */
  STRATA_THING_CLASS,         /* node, module; items: bases; cells: attributes; second: LIST of it and all bases */
  STRATA_THING_INSTANCE,      /* first: class; cells: attributes; second, value: os.environ and the folder then */
  STRATA_THING_MODULE,        /* module; cells: names */
  STRATA_THING_NAMES,         /* cells: local names of a call; first: those of the functions around */
  STRATA_THING_DICT,          /* cells: entries; is_open: there may be more */
  STRATA_THING_LIST,          /* items; also tuples and sets */
  STRATA_THING_SECTION,       /* a dict from outside: op, text as in the leaf; cells: what was set since */
  STRATA_THING_ENGINE,        /* value: URL */
  STRATA_THING_CONNECTION,    /* value: URL */
  STRATA_THING_PATH,          /* value: a pathlib.Path */
  STRATA_THING_URL,           /* value: a URL object of SQLAlchemy or pydantic */
  STRATA_THING_ENVIRONMENT,   /* one change of os.environ: file, or text = second; first: those before */
  STRATA_THING_IMPORT,        /* module, text or node: a name or expression of it that was not needed yet */
  STRATA_THING_CHOICE,        /* value: condition; first or second */
} StrataEnvThingKind;

typedef struct _StrataEnvThing StrataEnvThing;

struct _StrataEnvThing
{
  guint8                 kind;
  guint8                 op;           /* StrataEnvOp */
  guint8                 is_open;
  StrataPlace            place;
  const StrataEnvValue  *value;
  const char            *text;
  gpointer               module;       /* StrataEnvModule */
  const StrataPyNode    *node;
  StrataEnvThing        *first;
  StrataEnvThing        *second;
  StrataEnvThing        *options;      /* of a CLASS: DICT, its keywords; or NULL */
  StrataEnvThing       **items;
  guint                  n_items;
  StrataEnvFile          file;
  GHashTable            *cells;        /* name → StrataEnvThing; NULL while empty */
};

/* One cell and what it held, or holds, at some time. */
typedef struct
{
  StrataEnvThing *owner;
  const char     *name;
  StrataEnvThing *held;
} StrataEnvChange;

typedef struct _StrataEnvReader StrataEnvReader;

StrataEnvThing       *strata_env_thing_new      (StrataEnvReader      *reader,
                                                 StrataEnvThingKind    kind,
                                                 StrataPlace           place);
StrataEnvThing       *strata_env_thing_with     (StrataEnvReader      *reader,
                                                 StrataEnvThingKind    kind,
                                                 StrataPlace           place,
                                                 const StrataEnvValue *value);
StrataEnvThing       *strata_env_thing_of_value (StrataEnvReader      *reader,
                                                 const StrataEnvValue *value);
StrataEnvThing       *strata_env_thing_of_text  (StrataEnvReader      *reader,
                                                 StrataPlace           place,
                                                 const char           *text);
StrataEnvThing       *strata_env_thing_none     (StrataEnvReader      *reader,
                                                 StrataPlace           place);
StrataEnvThing       *strata_env_thing_outside  (StrataEnvReader      *reader,
                                                 StrataPlace           place,
                                                 const char           *name);
StrataEnvThing       *strata_env_thing_unknown  (StrataEnvReader      *reader,
                                                 StrataPlace           place,
                                                 const char           *reason);
StrataEnvThing       *strata_env_thing_list     (StrataEnvReader      *reader,
                                                 StrataPlace           place,
                                                 GPtrArray            *items);
/* The one or the other; what is the same in both is that. */
StrataEnvThing       *strata_env_thing_choice   (StrataEnvReader      *reader,
                                                 const StrataEnvValue *condition,
                                                 StrataEnvThing       *first,
                                                 StrataEnvThing       *second);
gboolean              strata_env_thing_same     (const StrataEnvThing *a,
                                                 const StrataEnvThing *b);
/* As text in a URL would have it; never NULL. */
const StrataEnvValue *strata_env_thing_to_value (StrataEnvReader      *reader,
                                                 StrataEnvThing       *thing);
gboolean              strata_env_thing_is_text  (const StrataEnvThing *thing,
                                                 const char           *text);

/* Cells. What is set is remembered, so that it can be undone. */
StrataEnvThing       *strata_env_cell_get       (const StrataEnvThing *owner,
                                                 const char           *name);
void                  strata_env_cell_set       (StrataEnvReader      *reader,
                                                 StrataEnvThing       *owner,
                                                 const char           *name,
                                                 StrataEnvThing       *thing);
void                  strata_env_cell_keep      (StrataEnvReader      *reader,
                                                 StrataEnvThing       *owner,
                                                 const char           *name,
                                                 StrataEnvThing       *thing);
/* Names of the cells that hold something, borrowed, sorted. */
GPtrArray            *strata_env_cell_names     (const StrataEnvThing *owner);
/* Each cell that was set since, once, with what it holds now. */
GArray               *strata_env_cells_changed  (StrataEnvReader      *reader,
                                                 guint                 since);
void                  strata_env_doubt_changes  (StrataEnvReader      *reader,
                                                 guint                 since,
                                                 StrataPlace           place,
                                                 const char           *reason);
void                  strata_env_cells_undo     (StrataEnvReader      *reader,
                                                 guint                 since);
void                  strata_env_cells_apply    (StrataEnvReader      *reader,
                                                 GArray               *changes);
/* What holds now where the condition is not met, and the changes (since the same time) where it is. */
void                  strata_env_cells_join     (StrataEnvReader      *reader,
                                                 const StrataEnvValue *condition,
                                                 GArray               *changes,
                                                 guint                 since);

G_END_DECLS

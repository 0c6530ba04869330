/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/alembic/naming-find.h"
#include "core/python/tree.h"

G_BEGIN_DECLS

/* A module of the project; the one without a name is env.py. */
typedef struct
{
  char         *name;
  char         *path;
  char         *text;
  gboolean      is_package;
  StrataPyTree *tree;
  GHashTable   *names;         /* name to GPtrArray of Binding*, in the order of the source */
  GPtrArray    *stars;         /* IMPORT_FROM nodes of "*" */
  GPtrArray    *imports;       /* IMPORT and IMPORT_FROM nodes */
  GPtrArray    *attributes;    /* Binding*: "a.b = value" */
} Module;

/* What a statement gives a name. */
typedef struct
{
  const StrataPyNode *target;          /* of "a.b = value", else NULL */
  const StrataPyNode *value;           /* an expression, a FUNCTION or a CLASS; an IMPORT or IMPORT_FROM with its alias */
  const StrataPyNode *alias;
  gboolean            is_conditional;
} Binding;

typedef enum
{
  THING_NONE,
  THING_METADATA,              /* convention, or NULL: SQLAlchemy's own */
  THING_CLASS,                 /* node; metadata once it is known */
  THING_OWNER,                 /* has metadata: declarative_base(), registry(), SQLAlchemy() and its Model */
  THING_METADATAS,             /* SQLAlchemy().metadatas: by bind */
  THING_FUNCTION,
  THING_MODULE,
  THING_OUTSIDE,               /* text: dotted name */
  THING_OTHER,                 /* a list, a number ... */
  THING_UNKNOWN,               /* text: why */
} ThingKind;

typedef struct _Thing Thing;

struct _Thing
{
  ThingKind           kind;
  Module             *module;          /* where node stands */
  const StrataPyNode *node;
  char               *text;
  Thing              *metadata;
  const StrataPyNode *convention;
  Module             *convention_module;
};

typedef struct
{
  const StrataEnvSource *source;
  GHashTable            *modules;      /* name to Module*, or NULL where the project has none */
  GPtrArray             *things;
  GHashTable            *by_node;      /* of calls and classes: each is one object */
  GHashTable            *outside;      /* by dotted name */
  guint                  depth;
  guint                  n_modules;
} Finder;

Module *strata_naming_load            (Finder *self, const char *name);
Module *strata_naming_add_module      (Finder *self, const char *name, char *path, char *text, gsize length);
void    strata_naming_module_free     (gpointer data);
/* "from ..a import b" in the module is about a module of this name; NULL: it leads out of all packages. */
char   *strata_naming_resolve         (const Module *module, const StrataPyNode *import);
/* The bindings of a function's own names, for NAME; NULL: none. New. */
GPtrArray *strata_naming_local_bindings (const StrataPyNode *function, const char *name);

Thing  *strata_naming_new_thing       (Finder *self, ThingKind kind, Module *module, const StrataPyNode *node);
Thing  *strata_naming_unknown         (Finder *self, Module *module, const StrataPyNode *node, const char *reason);
Thing  *strata_naming_outside         (Finder *self, const char *name);
/* The value of a name or an expression; a function is the one whose own names count, or NULL. */
Thing  *strata_naming_lookup          (Finder *self, Module *module, const StrataPyNode *node, const char *name);
Thing  *strata_naming_evaluate        (Finder *self, Module *module, const StrataPyNode *function, const StrataPyNode *node);
Thing  *strata_naming_call            (Finder *self, Module *module, const StrataPyNode *function, const StrataPyNode *node);
Thing  *strata_naming_get_metadata    (Finder *self, Thing *owner);
/* The db object of a Flask application, which only a running one knows: the one that its modules have. */
Thing  *strata_naming_find_flask      (Finder *self, Module *module, const StrataPyNode *node);
const StrataPyNode *strata_naming_keyword (const StrataPyNode *call, const char *name);

G_END_DECLS

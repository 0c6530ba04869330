/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/env/facts.h"
#include "core/env/things.h"
#include "core/python/tree.h"

G_BEGIN_DECLS

/* Follows env.py statement by statement, with things in place of objects. Where a condition is not known beforehand both
 * ways are followed, and what they leave behind is joined: a value that depends on the condition. What was not
 * understood becomes an unknown value, which spoils only what is made of it. */

typedef struct
{
  char  *path;
  char  *text;       /* NULL: the project has no such module */
  gsize  length;
} StrataEnvText;

typedef struct
{
  char            *name;          /* dotted; "" for env.py */
  const char      *path;          /* in the arena of the facts */
  gboolean         is_package;
  gboolean         is_entered;    /* its statements were followed, or are being followed */
  gboolean         is_done;       /* they were followed to the end */
  const char      *text;
  gsize            length;
  StrataPyTree    *tree;          /* NULL until it is needed */
  StrataEnvThing  *thing;         /* its names are the thing's cells */
  StrataEnvThing  *environment;   /* os.environ when it was imported */
  StrataEnvThing  *left;          /* and as it left it */
} StrataEnvModule;

/* A way out of a function, a loop or a turn of it that was taken under a condition. */
typedef struct
{
  const StrataEnvValue *condition;    /* NULL: always */
  StrataEnvThing       *returned;
  GArray               *changes;      /* StrataEnvChange; NULL where Python stops */
} StrataEnvExit;

typedef enum
{
  STRATA_ENV_BY_RETURN,
  STRATA_ENV_BY_BREAK,
  STRATA_ENV_BY_CONTINUE,
  STRATA_ENV_N_WAYS,
} StrataEnvWay;

/* A running function, or the body of a module or class. */
typedef struct
{
  StrataEnvModule      *module;
  StrataEnvThing       *names;        /* cells: local names; first: names of the functions around it */
  StrataEnvThing       *function;     /* that runs, or NULL */
  GPtrArray            *scopes;       /* StrataPyNode: global and nonlocal statements */
  const StrataEnvValue *condition;    /* of the branches that this point is in; NULL: none */
  GArray               *exits[STRATA_ENV_N_WAYS];   /* StrataEnvExit */
  guint                 starts[STRATA_ENV_N_WAYS];  /* since where their changes count */
} StrataEnvFrame;

struct _StrataEnvReader
{
  const StrataEnvSource *source;
  StrataPyArena         *arena;       /* of the facts */
  StrataPyArena         *scratch;     /* of the things */
  GPtrArray             *tables;      /* GHashTable: the cells of all things */
  GPtrArray             *findings;    /* NULL: not asked for again */
  GPtrArray             *sources;     /* StrataEnvValue: leaves in the order of the code */
  GHashTable            *texts;       /* name → StrataEnvText; borrowed, all readings share it */
  gboolean               offline;
  StrataEnvTraits        traits;

  GArray                *trail;       /* StrataEnvChange: what cells held before they were set */
  GHashTable            *modules;     /* name → StrataEnvModule, owned; or NULL: there is none */
  GPtrArray             *needed;      /* StrataEnvValue: what must not be missing, in the order of the code */
  GPtrArray             *guards;      /* StrataEnvValue: what must come to something before the URL counts */
  GPtrArray             *before;      /* char, owned: folders that the code put into sys.path */
  GPtrArray             *after;
  const StrataEnvValue  *lost;        /* why nothing is known of any database; NULL: something is */
  StrataEnvThing        *world;       /* cells: "environ": the changes of os.environ, the newest first; "cwd": the
                                       * working folder and "section": config_ini_section, where they were set; "yaml",
                                       * where the code has changed what it means */
  StrataEnvThing        *as_of;       /* those that count for what was read earlier; NULL: all */
  StrataEnvThing        *ini;         /* cells: section → SECTION */
  StrataEnvThing        *attributes;  /* config.attributes */
  StrataEnvThing        *patches;     /* cells: full name of something outside → what it was replaced with */
  StrataEnvThing        *flask;       /* DICT: what Flask-Migrate gives to configure(); NULL: nobody asked yet */
  StrataEnvThing        *app;         /* that Flask runs; NULL: none that is known */
  const StrataEnvValue  *app_condition; /* under which it is that one */
  GPtrArray             *trees;       /* StrataPyTree: of expressions that stand in no file */
  StrataEnvThing        *facts;       /* cells: "url" and the settings, as configure() was told */
  guint                  n_risks;     /* calls of what was not followed: they may raise anything */
  guint                  n_missing;   /* files that are certainly opened and are not there: Python stops there */
  guint                  n_imports;   /* of modules that are neither the project's nor well known */
  guint                  n_uncertain; /* calls that this one is in and that may not have been made */
  gboolean               given_up;    /* too much of something */
  guint                  n_steps;
  guint                  n_scans;     /* one in another */
  guint                  n_escapes;   /* functions that may be called, one in another */
  guint                  trouble_at;  /* length of the trail when something may have failed, the last time */
  gboolean               path_is_unknown; /* modules may come from a folder that is not known */
  guint                  depth;       /* of expressions */
  guint                  n_calls;     /* one in another */
  GHashTable            *running;     /* StrataPyNode of a function → how many of its calls are in each other */
  gsize                  n_bytes;     /* of modules read */
  guint                  n_references; /* of entries of a ConfigParser to others, gone through */
};

/* A call with its arguments, ready to be bound to parameters. */
typedef struct
{
  StrataEnvFrame     *frame;
  const StrataPyNode *node;
  StrataPlace         place;
  StrataEnvThing     *self;         /* of a method, or NULL */
  GPtrArray          *arguments;    /* StrataEnvThing */
  GPtrArray          *names;        /* char: of the keywords */
  GPtrArray          *keywords;     /* StrataEnvThing */
  gboolean            is_open;      /* there may be more that are not known */
} StrataEnvCall;

/* Statements. FALSE: nothing comes after them, because they return or raise. */
gboolean              strata_env_follow        (StrataEnvReader      *self,
                                                StrataEnvFrame       *frame,
                                                StrataPyList          statements);
void                  strata_env_frame_init    (StrataEnvFrame       *frame,
                                                StrataEnvReader      *self,
                                                StrataEnvModule      *module,
                                                StrataEnvThing       *names);
void                  strata_env_frame_clear   (StrataEnvFrame       *frame);
/* Ends a function: what it returned, all ways out considered. */
StrataEnvThing       *strata_env_frame_leave   (StrataEnvReader      *self,
                                                StrataEnvFrame       *frame,
                                                gboolean              falls_through,
                                                StrataPlace           place);
void                  strata_env_assign        (StrataEnvReader      *self,
                                                StrataEnvFrame       *frame,
                                                const StrataPyNode   *target,
                                                StrataEnvThing       *thing);

/* Expressions; never NULL. */
StrataEnvThing       *strata_env_evaluate      (StrataEnvReader      *self,
                                                StrataEnvFrame       *frame,
                                                const StrataPyNode   *node);
const StrataEnvValue *strata_env_truth         (StrataEnvReader      *self,
                                                StrataEnvThing       *thing);
StrataEnvThing       *strata_env_attribute     (StrataEnvReader      *self,
                                                StrataEnvFrame       *frame,
                                                const StrataPyNode   *node,
                                                StrataEnvThing       *thing,
                                                const char           *name);
StrataEnvThing       *strata_env_comprehension (StrataEnvReader      *self,
                                                StrataEnvFrame       *frame,
                                                const StrataPyNode   *node);
StrataEnvThing       *strata_env_compare       (StrataEnvReader      *self,
                                                StrataEnvFrame       *frame,
                                                const StrataPyNode   *node);
StrataEnvThing       *strata_env_binary        (StrataEnvReader      *self,
                                                StrataEnvFrame       *frame,
                                                const StrataPyNode   *node,
                                                StrataEnvThing       *first,
                                                StrataEnvThing       *second);
void                  strata_env_set_attribute (StrataEnvReader      *self,
                                                StrataEnvThing       *owner,
                                                const char           *name,
                                                StrataEnvThing       *thing);
void                  strata_env_set_item      (StrataEnvReader      *self,
                                                StrataEnvThing       *owner,
                                                StrataEnvThing       *key,
                                                StrataEnvThing       *thing);
StrataEnvThing       *strata_env_member        (StrataEnvReader      *self,
                                                StrataEnvFrame       *frame,
                                                const StrataPyNode   *node,
                                                StrataEnvThing       *thing,
                                                guint                 i);
StrataEnvThing       *strata_env_find_item     (StrataEnvReader      *self,
                                                StrataPlace           place,
                                                StrataEnvThing       *thing,
                                                StrataEnvThing       *key);
StrataEnvThing       *strata_env_subscript     (StrataEnvReader      *self,
                                                StrataEnvFrame       *frame,
                                                const StrataPyNode   *node,
                                                StrataEnvThing       *thing);
StrataPlace           strata_env_place         (StrataEnvFrame       *frame,
                                                const StrataPyNode   *node);
/* A value that depends on code which was not followed; the reason quotes the node. */
StrataEnvThing       *strata_env_not_followed  (StrataEnvReader      *self,
                                                StrataEnvFrame       *frame,
                                                const StrataPyNode   *node);
const StrataEnvValue *strata_env_not           (StrataEnvReader      *self,
                                                const StrataEnvValue *condition);
const StrataEnvValue *strata_env_and           (StrataEnvReader      *self,
                                                const StrataEnvValue *first,
                                                const StrataEnvValue *second);
const StrataEnvValue *strata_env_or            (StrataEnvReader      *self,
                                                const StrataEnvValue *first,
                                                const StrataEnvValue *second);

/* Calls */
StrataEnvThing       *strata_env_call          (StrataEnvReader      *self,
                                                StrataEnvThing       *thing,
                                                StrataEnvCall        *call);
StrataEnvThing       *strata_env_call_function (StrataEnvReader      *self,
                                                StrataEnvThing       *function,
                                                StrataEnvCall        *call);
void                  strata_env_forget_results (StrataEnvReader     *self,
                                                StrataEnvThing       *function);
StrataEnvThing       *strata_env_call_node     (StrataEnvReader      *self,
                                                StrataEnvFrame       *frame,
                                                const StrataPyNode   *node);
/* By position or by name; NULL where it is not given. */
StrataEnvThing       *strata_env_call_get      (const StrataEnvCall  *call,
                                                guint                 position,
                                                const char           *name);
void                  strata_env_evaluate_arguments (StrataEnvReader    *self,
                                                StrataEnvFrame       *frame,
                                                StrataEnvCall        *call);
void                  strata_env_bind_parameters (StrataEnvReader    *self,
                                                StrataEnvFrame       *frame,
                                                StrataEnvThing       *function,
                                                StrataEnvCall        *call);
/* "def" and "lambda": the function with its defaults. */
StrataEnvThing       *strata_env_function_new  (StrataEnvReader      *self,
                                                StrataEnvFrame       *frame,
                                                const StrataPyNode   *node);
/* "def" with its decorators: what the name stands for. */
StrataEnvThing       *strata_env_define        (StrataEnvReader      *self,
                                                StrataEnvFrame       *frame,
                                                const StrataPyNode   *node);
/* What decorators, the last one first, make of a function or class: it may be something else altogether. */
StrataEnvThing       *strata_env_decorate      (StrataEnvReader      *self,
                                                StrataEnvFrame       *frame,
                                                const StrataPyNode   *node,
                                                StrataEnvThing       *thing,
                                                const char * const   *known);
/* Of what is not followed: as far as it may change what others read, that is not known any more. */
StrataEnvThing       *strata_env_call_unknown  (StrataEnvReader      *self,
                                                StrataEnvThing       *thing,
                                                StrataEnvCall        *call);
void                  strata_env_escape        (StrataEnvReader      *self,
                                                StrataEnvCall        *call);
void                  strata_env_spoil         (StrataEnvReader      *self,
                                                StrataEnvThing       *thing);
/* Less of it: what it holds is not known, but what that is made of stays. */
void                  strata_env_doubt_entries (StrataEnvReader      *self,
                                                StrataEnvThing       *thing);
void                  strata_env_risk          (StrataEnvReader      *self);
void                  strata_env_spoil_environment (StrataEnvReader  *self,
                                                StrataPlace           place);
void                  strata_env_spoil_ini     (StrataEnvReader      *self,
                                                StrataPlace           place);
void                  strata_env_lose          (StrataEnvReader      *self,
                                                StrataPlace           place,
                                                const char           *reason);
/* A call with these things (NULL ends them) for arguments. */
StrataEnvThing       *strata_env_call_with     (StrataEnvReader      *self,
                                                StrataEnvFrame       *frame,
                                                const StrataPyNode   *node,
                                                StrataEnvThing       *thing,
                                                ...) G_GNUC_NULL_TERMINATED;

/* Modules */
void                  strata_env_follow_import (StrataEnvReader      *self,
                                                StrataEnvFrame       *frame,
                                                const StrataPyNode   *node);
StrataEnvThing       *strata_env_module_get    (StrataEnvReader      *self,
                                                StrataEnvModule      *module,
                                                StrataPlace           place,
                                                const char           *name);
/* A name of a module that is set from outside of it, or when it was followed to the end. */
void                  strata_env_set_global    (StrataEnvReader      *self,
                                                StrataEnvThing       *module,
                                                const char           *name,
                                                StrataEnvThing       *thing);
/* The module is imported at this point. */
void                  strata_env_module_import (StrataEnvReader      *self,
                                                StrataEnvModule      *module);
StrataEnvThing       *strata_env_postpone      (StrataEnvReader      *self,
                                                StrataEnvFrame       *frame,
                                                const StrataPyNode   *node);
StrataEnvThing       *strata_env_resolve       (StrataEnvReader      *self,
                                                StrataEnvThing       *thing);
void                  strata_env_module_enter  (StrataEnvReader      *self,
                                                StrataEnvModule      *module);
StrataEnvModule      *strata_env_module_new    (StrataEnvReader      *self,
                                                const char           *name,
                                                const StrataEnvText  *text);
void                  strata_env_module_free   (gpointer              module);

/* Classes */
StrataEnvThing       *strata_env_class_new     (StrataEnvReader      *self,
                                                StrataEnvFrame       *frame,
                                                const StrataPyNode   *node);
StrataEnvThing       *strata_env_class_get     (StrataEnvReader      *self,
                                                StrataEnvFrame       *frame,
                                                const StrataPyNode   *node,
                                                StrataEnvThing       *class_thing,
                                                const char           *name);
/* What the class or one of its bases has under a name, as it is; NULL where none has it. */
StrataEnvThing       *strata_env_class_find    (StrataEnvThing       *class_thing,
                                                const char           *name);
/* A LIST of the class and its bases, in the order in which Python looks through them. */
StrataEnvThing       *strata_env_class_get_order (StrataEnvReader    *self,
                                                StrataEnvThing       *class_thing);
/* A function of the class with its first argument. */
StrataEnvThing       *strata_env_bind          (StrataEnvReader      *self,
                                                StrataEnvThing       *function,
                                                StrataEnvThing       *bound,
                                                StrataPlace           place);
/* "super()", where it stands in a method. */
StrataEnvThing       *strata_env_super_new     (StrataEnvReader      *self,
                                                StrataEnvCall        *call);
StrataEnvThing       *strata_env_super_get     (StrataEnvReader      *self,
                                                StrataPlace           place,
                                                StrataEnvThing       *super,
                                                const char           *name);
StrataEnvThing       *strata_env_super_call    (StrataEnvReader      *self,
                                                StrataEnvThing       *super,
                                                const char           *name,
                                                StrataEnvCall        *call);
/* It has bases, decorators or a metaclass that were not followed. */
gboolean              strata_env_class_is_strange (StrataEnvThing    *class_thing);
void                  strata_env_instance_fill (StrataEnvReader      *self,
                                                StrataEnvThing       *instance,
                                                StrataEnvCall        *call);
/* A class of an enumeration. */
gboolean              strata_env_class_is_enum (StrataEnvThing       *class_thing);
/* Whether something outside of that name (its last part) is among the bases. */
gboolean              strata_env_class_derives (StrataEnvThing       *class_thing,
                                                const char           *name);
StrataEnvThing       *strata_env_instance_new  (StrataEnvReader      *self,
                                                StrataEnvThing       *class_thing,
                                                StrataEnvCall        *call);
StrataEnvThing       *strata_env_instance_get  (StrataEnvReader      *self,
                                                StrataEnvFrame       *frame,
                                                const StrataPyNode   *node,
                                                StrataEnvThing       *instance,
                                                const char           *name);
/* A field of a pydantic settings class; NULL where it is none. */
StrataEnvThing       *strata_env_field_get     (StrataEnvReader      *self,
                                                StrataEnvFrame       *frame,
                                                const StrataPyNode   *node,
                                                StrataEnvThing       *instance,
                                                const char           *name);
/* "@model_validator(mode=...)" */
gboolean              strata_env_has_mode      (const StrataPyNode   *function,
                                                const char           *mode);
gboolean              strata_env_has_decorator (const StrataPyNode   *definition,
                                                const char * const   *names);

G_END_DECLS

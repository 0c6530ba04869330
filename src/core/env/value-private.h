/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/env/value.h"
#include "core/python/arena.h"

G_BEGIN_DECLS

typedef enum
{
  /* Leaves */
  STRATA_ENV_OP_NONE,
  STRATA_ENV_OP_FALSE,
  STRATA_ENV_OP_TRUE,
  STRATA_ENV_OP_NUMBER,        /* text: as written */
  STRATA_ENV_OP_TEXT,          /* text */
  STRATA_ENV_OP_VARIABLE,      /* text: name; files; number: what follows */
  STRATA_ENV_OP_INI_KEY,       /* section, text: key; number: 1 where the raw entry is meant */
  STRATA_ENV_OP_X_ARGUMENT,    /* text: name */
  STRATA_ENV_OP_ENTRY,         /* text; section: dotted name in the file; reader */
  STRATA_ENV_OP_EXISTS,        /* text: path; number: 0 anything, 1 a file, 2 a folder */
  STRATA_ENV_OP_UNKNOWN,       /* text: reason */
  STRATA_ENV_OP_STOP,          /* text: what stops here */

  /* Values */
  STRATA_ENV_OP_JOIN,          /* parts, one after the other */
  STRATA_ENV_OP_REPLACE,       /* text, from, to; number: how often, 0: always */
  STRATA_ENV_OP_OR,            /* a if a else b */
  STRATA_ENV_OP_AND,           /* b if a else a */
  STRATA_ENV_OP_DEFAULT,       /* a, or b where a is None */
  STRATA_ENV_OP_NEED,          /* a, which must not be None */
  STRATA_ENV_OP_CHOICE,        /* test, then, otherwise */
  STRATA_ENV_OP_AFTER,         /* guard, value: where the guard does not stop */
  STRATA_ENV_OP_QUOTE,         /* percent-encoded for a URL; what is safe, or nothing is; number: 1 where a blank is "+" */
  STRATA_ENV_OP_UNQUOTE,       /* number as above */
  STRATA_ENV_OP_LOWER,
  STRATA_ENV_OP_UPPER,
  STRATA_ENV_OP_STRIP,         /* text, characters (None: white space); number: 1 left, 2 right, 3 both */
  STRATA_ENV_OP_CUT,           /* text, prefix or suffix; number: 1 left, 2 right */
  STRATA_ENV_OP_SPLIT,         /* text, separator; number: which piece, from the end where negative */
  STRATA_ENV_OP_INTEGER,       /* int() */
  STRATA_ENV_OP_FLAG,          /* "yes", "0" ... as a boolean, as pydantic reads them */
  STRATA_ENV_OP_INTERPOLATE,   /* what ConfigParser reads of a text: %% as %, %(key)s; section. Then names and raw
                                * values that were set, by turns */
  STRATA_ENV_OP_DRIVER,        /* URL, new driver name */
  STRATA_ENV_OP_DATABASE,      /* URL, new database name */
  STRATA_ENV_OP_FROM,          /* URL, folder that a relative SQLite file is in */

  /* Conditions */
  STRATA_ENV_OP_NOT,
  STRATA_ENV_OP_EQUALS,
  STRATA_ENV_OP_IS_NONE,
  STRATA_ENV_OP_CONTAINS,      /* text, needle */
  STRATA_ENV_OP_STARTS,
  STRATA_ENV_OP_ENDS,
} StrataEnvOp;

/* Of a VARIABLE. */
enum
{
  STRATA_ENV_ONLY_FILES    = 1 << 0,   /* the environment itself does not count */
  STRATA_ENV_IGNORES_EMPTY = 1 << 1,   /* an empty one is none */
};

struct _StrataEnvValue
{
  guint8                        op;        /* StrataEnvOp */
  guint8                        any_case;
  guint16                       depth;
  int                           number;
  StrataPlace                   place;
  const char                   *text;
  const char                   *section;
  const StrataPlace            *reader;
  const StrataEnvFile          *files;
  guint                         n_files;
  guint                         n_parts;
  const StrataEnvValue * const *parts;
};

typedef enum
{
  STRATA_ENV_NEVER,
  STRATA_ENV_ALWAYS,
  STRATA_ENV_SOMETIMES,
} StrataEnvTruth;

/* Texts are copied into the arena. */
const StrataEnvValue *strata_env_value_new_leaf   (StrataPyArena               *arena,
                                                   StrataEnvOp                  op,
                                                   StrataPlace                  place,
                                                   const char                  *text);
/* Of a file of settings; the name and the place of the reader are borrowed. */
const StrataEnvValue *strata_env_value_new_entry  (StrataPyArena               *arena,
                                                   StrataPlace                  place,
                                                   const char                  *name,
                                                   const StrataPlace           *reader,
                                                   const char                  *text);
/* What needs nothing from outside is worked out at once. */
const StrataEnvValue *strata_env_value_new_op     (StrataPyArena               *arena,
                                                   StrataEnvOp                  op,
                                                   StrataPlace                  place,
                                                   int                          number,
                                                   guint                        n_parts,
                                                   ...);
const StrataEnvValue *strata_env_value_new_list   (StrataPyArena               *arena,
                                                   StrataEnvOp                  op,
                                                   StrataPlace                  place,
                                                   GPtrArray                   *parts);
const StrataEnvValue *strata_env_value_new_join   (StrataPyArena               *arena,
                                                   StrataPlace                  place,
                                                   GPtrArray                   *parts);
StrataEnvTruth        strata_env_value_get_truth  (const StrataEnvValue        *self);
gboolean              strata_env_value_is_literal (const StrataEnvValue        *self);
gboolean              strata_env_value_is_text    (const StrataEnvValue        *self,
                                                   const char                  *text);
gboolean              strata_env_value_equal      (const StrataEnvValue        *a,
                                                   const StrataEnvValue        *b);
/* Whether evaluating it can come to a STOP that the code raises. */
gboolean              strata_env_value_may_stop   (const StrataEnvValue        *self);
/* For what is made of literals only: one of the literal's operations, or that it can't be done. */
StrataEnvOp           strata_env_value_evaluate_literal (const StrataEnvValue  *self,
                                                         char                 **text);
/* Operations on one text, with one or two others. NULL where Python would stop. */
char                 *strata_env_text_compute     (const StrataEnvValue        *value,
                                                   const char                  *text,
                                                   const char                  *second,
                                                   const char                  *third);
char                 *strata_env_text_to_integer  (const char                  *text);
/* A SQLite URL whose file is relative, and the same with its folder. */
gboolean              strata_env_text_is_relative_file (const char           *url);
char                 *strata_env_text_place_file  (const char                  *url,
                                                   const char                  *folder);
/* Something in it that was not understood, or NULL. */
const StrataEnvValue *strata_env_value_find_unknown (const StrataEnvValue      *self);

G_END_DECLS

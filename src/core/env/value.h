/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/finding.h"

G_BEGIN_DECLS

/* A value that env.py would compute, as a small immutable expression over what lies outside of it: the ini, the
 * environment, -x arguments. It belongs to the StrataEnvFacts that it came from. */
typedef struct _StrataEnvValue StrataEnvValue;

typedef enum
{
  STRATA_ENV_LITERAL,      /* stands in the code */
  STRATA_ENV_VARIABLE,     /* of the environment, or of an environment file that the code reads */
  STRATA_ENV_INI_KEY,      /* of the configuration file */
  STRATA_ENV_X_ARGUMENT,   /* -x name=value */
  STRATA_ENV_ENTRY,        /* of a file of settings that the code reads: the place is there */
  STRATA_ENV_COMPUTED,     /* from its parts: joined, replaced, chosen by a condition ... */
  STRATA_ENV_UNKNOWN,      /* not understood */
} StrataEnvKind;

/* An environment file that the code reads, for one variable. */
typedef struct
{
  const char  *path;       /* absolute, or relative to the working directory; NULL where it could not be known */
  gboolean     upwards;    /* the path is a folder: the file ".env" in it or the nearest one above */
  gboolean     overrides;  /* wins over the environment */
  StrataPlace  place;      /* of the code that reads it */
} StrataEnvFile;

StrataEnvKind         strata_env_value_get_kind    (const StrataEnvValue *self);
StrataPlace           strata_env_value_get_place   (const StrataEnvValue *self);
/* The literal's or entry's text, the variable's, key's or argument's name, or the reason why it is unknown. */
const char           *strata_env_value_get_text    (const StrataEnvValue *self);
/* INI_KEY: its section, NULL for the one that Alembic uses ([alembic] or the one of -n). */
const char           *strata_env_value_get_section (const StrataEnvValue *self);
/* INI_KEY: the section where its name depends on something, a value that comes to a text; else NULL. */
const StrataEnvValue *strata_env_value_get_section_part (const StrataEnvValue *self);
/* ENTRY: its dotted name in the file, "" for the file's whole text; and the place of the code that reads it. */
const char           *strata_env_value_get_entry   (const StrataEnvValue *self);
StrataPlace           strata_env_value_get_reader  (const StrataEnvValue *self);
/* INI_KEY: its text is wanted as it stands in the file, not interpolated. */
gboolean              strata_env_value_is_raw      (const StrataEnvValue *self);
/* VARIABLE: the environment itself does not count, because the code has set the variable. */
gboolean              strata_env_value_is_only_in_files (const StrataEnvValue *self);
/* VARIABLE: an empty one, of the environment or of the file that has it, is as good as none. */
gboolean              strata_env_value_ignores_empty (const StrataEnvValue *self);
/* VARIABLE: whether its name is matched in any case (pydantic), and the files beside the environment, first wins. */
gboolean              strata_env_value_ignores_case (const StrataEnvValue *self);
const StrataEnvFile  *strata_env_value_get_files   (const StrataEnvValue *self,
                                                    guint                *n_files);
/* For tests and bug reports: env("DATABASE_URL", "sqlite:///x.db"). Passwords in literals stay as they are. */
char                 *strata_env_value_to_string   (const StrataEnvValue *self);

/* What the world says: each returns a new string, or NULL where there is no such thing. */
typedef struct
{
  char *(*ini_key)    (const StrataEnvValue *key,      gpointer data);
  char *(*variable)   (const StrataEnvValue *variable, gpointer data);
  char *(*x_argument) (const StrataEnvValue *argument, gpointer data);
  /* Whether there is a file or folder, or what the test is for; the path is absolute or from where Alembic is started. */
  gboolean (*exists)  (const char *path, GFileTest test, gpointer data);
} StrataEnvWorld;

typedef enum
{
  STRATA_ENV_IS_TEXT,      /* also numbers and booleans, as Python's str() writes them */
  STRATA_ENV_IS_NONE,
  STRATA_ENV_IS_MISSING,   /* Python would stop here: a KeyError and the like; culprit says which */
  STRATA_ENV_IS_UNKNOWN,   /* culprit is the part that was not understood */
} StrataEnvOutcome;

/* The parts that made the result, in order, are added to used (borrowed StrataEnvValue; may be NULL). */
StrataEnvOutcome      strata_env_value_evaluate    (const StrataEnvValue  *self,
                                                    const StrataEnvWorld  *world,
                                                    gpointer               data,
                                                    char                 **text,
                                                    GPtrArray             *used,
                                                    const StrataEnvValue **culprit);

G_END_DECLS

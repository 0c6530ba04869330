/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/env/facts.h"
#include "core/project/keys.h"

G_BEGIN_DECLS

/* What lies outside of env.py, as it would find it: the ini, the environment, .env files, -x arguments. */
typedef struct _StrataWorld StrataWorld;

/* Everything is borrowed and must stay alive; base is the folder that Alembic is started in. */
StrataWorld      *strata_world_new        (const StrataKeys     *keys,
                                           const char           *base,
                                           const char * const   *environment,
                                           const char * const   *x_args);
void              strata_world_free       (StrataWorld          *self);

/* Python's own order is certain, a person's idea of it is not: "what if it were the other way?" */
typedef enum
{
  STRATA_RULE_PYTHON,
  STRATA_RULE_FILES_FIRST,   /* .env files win over the environment */
  STRATA_RULE_OTHER_KEYS,    /* of a key that the ini gives twice, the value that does not count */
} StrataWorldRule;

/* As strata_env_value_evaluate(); but where a .env file may have decided and it is not known which, the outcome is
 * STRATA_ENV_IS_UNKNOWN. */
StrataEnvOutcome  strata_world_evaluate   (StrataWorld          *self,
                                           const StrataEnvValue *value,
                                           StrataWorldRule       rule,
                                           char                **text,
                                           GPtrArray            *used,
                                           const StrataEnvValue **culprit);

typedef enum
{
  STRATA_ORIGIN_NOWHERE,
  STRATA_ORIGIN_CODE,
  STRATA_ORIGIN_CONFIG,
  STRATA_ORIGIN_ENVIRONMENT,
  STRATA_ORIGIN_DOTENV,
  STRATA_ORIGIN_X_ARGUMENT,
} StrataOrigin;

/* Where the value of a part of an answer stands. The strings are owned. */
typedef struct
{
  StrataOrigin  origin;
  char         *name;     /* as it is written there: a settings class matches its variables in any case */
  char         *file;     /* of CONFIG and DOTENV; else NULL */
  guint         line;     /* of the value in that file */
} StrataFound;

StrataFound       strata_world_find       (StrataWorld          *self,
                                           const StrataEnvValue *part,
                                           StrataWorldRule       rule);
void              strata_found_clear      (StrataFound          *found);

/* For strata_env_value_evaluate() itself: the data is the world. */
extern const StrataEnvWorld strata_world_functions;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataWorld, strata_world_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataFound, strata_found_clear)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/alembic/env-value.h"

G_BEGIN_DECLS

/* What an env.py says, read from its syntax tree without running it. Immutable, atomically reference-counted. Where
 * the online and the offline way differ, the online one is told. */
typedef struct _StrataEnvFacts StrataEnvFacts;

#define STRATA_TYPE_ENV_FACTS (strata_env_facts_get_type ())

/* Keyword arguments of context.configure(). */
typedef enum
{
  STRATA_ENV_VERSION_TABLE,
  STRATA_ENV_VERSION_TABLE_SCHEMA,
  STRATA_ENV_VERSION_TABLE_PK,
  STRATA_ENV_RENDER_AS_BATCH,
  STRATA_ENV_TRANSACTION_PER_MIGRATION,
  STRATA_ENV_TRANSACTIONAL_DDL,
  STRATA_ENV_LITERAL_BINDS,             /* of the offline way */
  STRATA_ENV_PARAMSTYLE,                /* dialect_opts["paramstyle"], of the offline way */
  STRATA_ENV_INCLUDE_SCHEMAS,
  STRATA_ENV_COMPARE_TYPE,
  STRATA_ENV_COMPARE_SERVER_DEFAULT,
  STRATA_ENV_N_SETTINGS,
} StrataEnvSetting;

typedef enum
{
  STRATA_ENV_ASYNC         = 1 << 0,   /* an asyncio engine */
  STRATA_ENV_MULTIDB       = 1 << 1,   /* several databases in one run */
  STRATA_ENV_TAKES_CONNECTION = 1 << 2,/* may be handed a connection by a program: config.attributes */
  STRATA_ENV_SETS_SEARCH_PATH = 1 << 3,/* executes SET search_path or SET ROLE before migrating */
} StrataEnvTraits;

/* The text of a module of the project with its path, both new, or NULL where the project has none of that name. */
typedef char *(*StrataReadModule) (const char  *dotted_name,
                                   char       **path,
                                   gsize       *length,
                                   gpointer     data);

GType                 strata_env_facts_get_type    (void);
/* Never fails: what was not understood is a finding, and an unknown value where it matters. */
StrataEnvFacts       *strata_env_facts_read        (const char           *path,
                                                    const char           *text,
                                                    gsize                 length,
                                                    StrataReadModule      read_module,
                                                    gpointer              data,
                                                    GPtrArray            *findings);
StrataEnvFacts       *strata_env_facts_ref         (StrataEnvFacts       *self);
void                  strata_env_facts_unref       (StrataEnvFacts       *self);

/* NULL where it is not given: Alembic's default. */
const StrataEnvValue *strata_env_facts_get_setting (const StrataEnvFacts *self,
                                                    StrataEnvSetting      setting);
const char           *strata_env_setting_get_name  (StrataEnvSetting      setting);
StrataEnvTraits       strata_env_facts_get_traits  (const StrataEnvFacts *self);

/* The URL that the online way connects to; never NULL, of kind UNKNOWN where it was not understood. With several
 * databases it is the first one's. */
const StrataEnvValue *strata_env_facts_get_url     (const StrataEnvFacts *self);
/* Every place where env.py may take the URL from, in the order of the code: candidates for a question, never an
 * answer. Elements are borrowed StrataEnvValue without parts. */
GPtrArray            *strata_env_facts_get_sources (const StrataEnvFacts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataEnvFacts, strata_env_facts_unref)

G_END_DECLS

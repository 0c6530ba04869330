/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/env/value.h"

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
  STRATA_ENV_ASYNC            = 1 << 0,   /* an asyncio engine */
  STRATA_ENV_MULTIDB          = 1 << 1,   /* several databases in one run */
  STRATA_ENV_TAKES_CONNECTION = 1 << 2,   /* a program may hand it a connection: config.attributes */
  STRATA_ENV_SETS_SEARCH_PATH = 1 << 3,   /* SET search_path, SET ROLE and the like before migrating */
  STRATA_ENV_WANTS_FLASK      = 1 << 4,   /* only runs inside of a Flask application: Flask-Migrate's */
} StrataEnvTraits;

/* The text of a module of the project ("app.config", "app" for its __init__.py) with its path, both new, or NULL where
 * there is none of that name. The folder is one that the code put into sys.path itself, absolute; NULL: the usual ones. */
typedef char *(*StrataReadModule) (const char  *dotted_name,
                                   const char  *folder,
                                   char       **path,
                                   gsize       *length,
                                   gpointer     data);

/* Absolute paths of Python files that hold one of the words (NULL-terminated), sorted: of the folder that the scripts' folder is
 * in, or of the whole repository. */
typedef GStrv (*StrataGrepPython) (const char * const *words,
                                   gboolean            everywhere,
                                   gpointer            data);

/* A file of settings that the code reads. */
typedef enum
{
  STRATA_ENV_FILE_READ,
  STRATA_ENV_FILE_MISSING,   /* Python would stop at it */
  STRATA_ENV_FILE_REFUSED,   /* it may be there, and is not looked into */
} StrataEnvReading;

/* The path is absolute; named: a variable of the environment has a part in it, so that it may be anywhere. */
typedef StrataEnvReading (*StrataReadSettings) (const char  *path,
                                                gboolean     is_named,
                                                char       **text,
                                                gsize       *length,
                                                gpointer     data);

typedef struct
{
  const char       *path;          /* absolute */
  const char       *text;
  gsize             length;
  const char       *section;       /* of the configuration file: "alembic", or the one of -n */
  const char       *config_path;   /* of the configuration file, absolute; NULL where there is none */
  const char       *folder;        /* that Alembic is started in, absolute; NULL where it is not known */
  const char       *flask_app;     /* FLASK_APP of the environment, or NULL */
  StrataReadModule  read_module;   /* may be NULL */
  StrataGrepPython  grep;          /* may be NULL */
  StrataReadSettings read_file;    /* may be NULL */
  gpointer          data;
  const StrataEnvWorld *world;     /* as it is now: which file is read by a path that depends on it; may be NULL */
  gpointer          world_data;
} StrataEnvSource;

GType                 strata_env_facts_get_type    (void);
/* Never fails: what was not understood is a finding, and an unknown value where it matters. */
StrataEnvFacts       *strata_env_facts_read        (const StrataEnvSource *source,
                                                    GPtrArray             *findings);
StrataEnvFacts       *strata_env_facts_ref         (StrataEnvFacts        *self);
void                  strata_env_facts_unref       (StrataEnvFacts        *self);

/* NULL where it is not given: Alembic's default. */
const StrataEnvValue *strata_env_facts_get_setting (const StrataEnvFacts  *self,
                                                    StrataEnvSetting       setting);
const char           *strata_env_setting_get_name  (StrataEnvSetting       setting);
StrataEnvTraits       strata_env_facts_get_traits  (const StrataEnvFacts  *self);

/* The URL that the online way connects to; never NULL, of kind UNKNOWN where it was not understood. */
const StrataEnvValue *strata_env_facts_get_url     (const StrataEnvFacts  *self);
/* Every place where env.py may take the URL from, in the order of the code: candidates for a question, never an
 * answer. Elements are borrowed StrataEnvValue of the kinds LITERAL to X_ARGUMENT. */
GPtrArray            *strata_env_facts_get_sources (const StrataEnvFacts  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataEnvFacts, strata_env_facts_unref)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/project/profile.h"
#include "core/project/project.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_SOURCE_PROFILE,       /* -p */
  STRATA_SOURCE_OPTION,        /* --url */
  STRATA_SOURCE_STRATA_URL,
  STRATA_SOURCE_ENVIRONMENT,
  STRATA_SOURCE_DOTENV,
  STRATA_SOURCE_CONFIG,        /* an ini file */
  STRATA_SOURCE_CODE,          /* a literal in env.py or in a settings class */
  STRATA_SOURCE_COMPOSE,       /* a published port; only ever a candidate */
} StrataDatabaseSource;

/* One database and who names it. */
typedef struct
{
  StrataDatabaseSource  source;
  StrataUrl            *url;      /* SQLite paths are absolute; owned */
  char                 *reason;   /* "DATABASE_URL from .env, because env.py line 18 reads it"; owned */
  char                 *advice;   /* what to type to get this one: "--url postgresql://...", "-p staging"; owned */
} StrataDatabaseCandidate;

/* The answer to "which database, and why": one, or none with candidates. Immutable, atomically reference-counted. */
typedef struct _StrataDatabaseChoice StrataDatabaseChoice;

#define STRATA_TYPE_DATABASE_CHOICE (strata_database_choice_get_type ())

typedef struct
{
  StrataProfile       *profile;        /* -p, or NULL */
  const char          *url;            /* --url, or NULL */
  const char * const  *environ;        /* as g_get_environ(); NULL: empty */
} StrataDatabaseRequest;

GType                  strata_database_choice_get_type       (void);
/* Reads files, resolves no host name, opens nothing. Fails only where what was asked for cannot be understood (a bad
 * --url or STRATA_URL): "not known" is a choice without a URL. */
StrataDatabaseChoice  *strata_project_choose_database        (StrataProject                *project,
                                                              const StrataDatabaseRequest  *request,
                                                              GError                      **error);
/* A variable of the environment, else of the nearest .env; the place is "the environment" or that file's path. New, or
 * NULL where neither has it. */
char                  *strata_project_dup_variable           (StrataProject                *project,
                                                              const char                   *name,
                                                              const char * const           *environment,
                                                              char                        **place);
/* The password of a URL that the project has for the same user and database, or may have (candidates): what was named by
 * a person was named without. New, or NULL. */
char                  *strata_project_lend_password          (StrataProject                *project,
                                                              StrataUrl                    *url,
                                                              const char * const           *environment);
StrataDatabaseChoice  *strata_database_choice_ref            (StrataDatabaseChoice         *self);
void                   strata_database_choice_unref          (StrataDatabaseChoice         *self);

/* NULL: not known, and the reason says why not. */
StrataUrl             *strata_database_choice_get_url        (const StrataDatabaseChoice   *self);
StrataDatabaseSource   strata_database_choice_get_source     (const StrataDatabaseChoice   *self);
const char            *strata_database_choice_get_reason     (const StrataDatabaseChoice   *self);
/* Elements are StrataDatabaseCandidate. Conflicts: sources that name another database than the chosen one and may be
 * as right. Candidates: what may be meant where none is known; also the published port of a chosen URL's compose
 * host. */
GPtrArray             *strata_database_choice_get_conflicts  (const StrataDatabaseChoice   *self);
GPtrArray             *strata_database_choice_get_candidates (const StrataDatabaseChoice   *self);
/* The URL, or STRATA_ERROR_WHICH_DATABASE in words for a user: none is known, or (to_change) there are conflicts. */
StrataUrl             *strata_database_choice_require        (const StrataDatabaseChoice   *self,
                                                              gboolean                      to_change,
                                                              GError                      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataDatabaseChoice, strata_database_choice_unref)

G_END_DECLS

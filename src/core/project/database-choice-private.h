/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/project/database-choice.h"
#include "core/project/env-world.h"

G_BEGIN_DECLS

struct _StrataDatabaseChoice
{
  gatomicrefcount       ref_count;
  StrataUrl            *url;          /* or NULL */
  StrataDatabaseSource  source;
  char                 *reason;
  GPtrArray            *conflicts;    /* StrataDatabaseCandidate */
  GPtrArray            *candidates;   /* StrataDatabaseCandidate */
};

StrataDatabaseChoice    *strata_database_choice_new    (void);
/* Takes the reason; the advice is made of the source. */
StrataDatabaseCandidate *strata_database_candidate_new (StrataDatabaseSource  source,
                                                        StrataUrl            *url,
                                                        char                 *reason,
                                                        const char           *advice);

/* Why env.py comes to this text by these parts: "DATABASE_URL from .env, because env.py line 18 reads it". */
char *strata_env_reason (const StrataProject   *project,
                         StrataWorld           *world,
                         const StrataEnvValue  *value,
                         const char            *text,
                         GPtrArray             *parts,
                         StrataWorldRule        rule,
                         StrataDatabaseSource  *source);
/* Why it does not: what is missing, or was not understood. */
char *strata_env_reason_missing (const StrataProject  *project,
                                 const StrataEnvValue *value,
                                 const StrataEnvValue *culprit,
                                 StrataEnvOutcome      outcome);

/* A text as the database that it names in this project: paths resolved, what it leaves to the environment filled in.
 * Fails where it is no URL, or of no server that is known. */
StrataUrl *strata_project_read_url (const StrataProject  *project,
                                    const char           *text,
                                    const char * const   *environment,
                                    GError              **error);

/* The project's .env, or the nearest one above it in the repository; its values, and its path as it is shown. */
StrataDocument *strata_project_read_dotenv (const StrataProject  *project,
                                            const char * const   *environment,
                                            char                **shown);

/* What may be meant, for a question: sources of env.py, configuration, .env, compose files, profiles. */
void strata_project_add_candidates (const StrataProject   *project,
                                    StrataWorld           *world,
                                    const char * const    *environment,
                                    GPtrArray             *candidates);
/* Where a compose file publishes the service that a URL has for its host: that place. */
void strata_project_add_published  (const StrataProject   *project,
                                    const char * const    *environment,
                                    StrataUrl             *url,
                                    GPtrArray             *candidates);

G_END_DECLS

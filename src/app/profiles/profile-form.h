/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/workspace/workspace.h"

G_BEGIN_DECLS

/* What is typed into the editor of a profile, and what is wrong with it. No widget is needed for it. */

typedef enum
{
  STRATA_FORM_NAME,
  STRATA_FORM_FILE,
  STRATA_FORM_HOST,
  STRATA_FORM_PORT,
  STRATA_FORM_DATABASE,
  STRATA_FORM_USER,
  STRATA_FORM_OPTIONS,             /* "connect_timeout=5&sslrootcert=...", as behind the "?" of a URL */
  STRATA_FORM_LOCK_TIMEOUT,
  STRATA_FORM_STATEMENT_TIMEOUT,
  STRATA_FORM_CONNECT_TIMEOUT,
  STRATA_FORM_ROLE,
  STRATA_FORM_SEARCH_PATH,
  STRATA_FORM_N_TEXTS
} StrataFormText;

typedef struct
{
  char                     *texts[STRATA_FORM_N_TEXTS];   /* never NULL */
  StrataDialect             dialect;
  char                     *driver;        /* of "postgresql+psycopg2", which stays; or NULL */
  char                     *ssl_mode;      /* NULL: not said */
  char                     *colour;        /* NULL: none */
  char                     *project;       /* the root folder; NULL: for all projects */
  StrataProfileEnvironment  environment;
  StrataProfileScratch      scratch;
  gboolean                  is_protected;
} StrataProfileForm;

void           strata_profile_form_init        (StrataProfileForm        *self);
void           strata_profile_form_clear       (StrataProfileForm        *self);
void           strata_profile_form_set_text    (StrataProfileForm        *self,
                                                StrataFormText            which,
                                                const char               *text);
void           strata_profile_form_set_profile (StrataProfileForm        *self,
                                                StrataProfile            *profile);
/* Takes a URL apart; its password, if it has one, goes to the caller. */
gboolean       strata_profile_form_set_url     (StrataProfileForm        *self,
                                                const char               *text,
                                                char                    **password,
                                                GError                  **error);
/* In words for the one who types; NULL where all is well. The others are StrataProfile, the names that are taken; they may
 * be NULL. */
char          *strata_profile_form_dup_problem (const StrataProfileForm  *self,
                                                StrataFormText            which,
                                                GPtrArray                *others);
StrataProfile *strata_profile_form_make        (const StrataProfileForm  *self,
                                                GError                  **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataProfileForm, strata_profile_form_clear)

G_END_DECLS

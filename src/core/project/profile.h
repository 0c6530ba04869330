/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/url/url.h"

G_BEGIN_DECLS

/* A named database with how to treat it; never its password. Immutable, atomically reference-counted. */
typedef struct _StrataProfile StrataProfile;

#define STRATA_TYPE_PROFILE (strata_profile_get_type ())

typedef enum
{
  STRATA_PROFILE_DEVELOPMENT,
  STRATA_PROFILE_STAGING,
  STRATA_PROFILE_PRODUCTION,
} StrataProfileEnvironment;

typedef enum
{
  STRATA_SCRATCH_NO,
  STRATA_SCRATCH_ASK,
  STRATA_SCRATCH_YES,
} StrataProfileScratch;

/* Strings may be NULL but for the name. Times are milliseconds; 0: no limit, STRATA_PROFILE_UNSET: not said. */
typedef struct
{
  const char               *name;
  const char               *project;       /* root folder, absolute; NULL: a global profile */
  StrataUrl                *url;           /* its password, if any, is left out */
  StrataProfileEnvironment  environment;
  gboolean                  is_protected;  /* changing it wants its name typed */
  const char               *colour;        /* "red" or "#c01c28"; for the window */
  gint64                    lock_timeout;
  gint64                    statement_timeout;
  gint64                    connect_timeout;
  const char               *role;
  const char               *search_path;
  StrataProfileScratch      scratch;
} StrataProfileFields;

#define STRATA_PROFILE_UNSET (-1)

/* What a new profile has before anything is said: development, not protected, no limits said, scratch asks. */
#define STRATA_PROFILE_FIELDS_INIT \
  { \
    .lock_timeout = STRATA_PROFILE_UNSET, .statement_timeout = STRATA_PROFILE_UNSET, \
    .connect_timeout = STRATA_PROFILE_UNSET, .scratch = STRATA_SCRATCH_ASK \
  }

GType                      strata_profile_get_type   (void);
/* Fails with STRATA_ERROR_USAGE where a field is not valid, in words for a user. */
StrataProfile             *strata_profile_new        (const StrataProfileFields *fields,
                                                      GError                   **error);
StrataProfile             *strata_profile_ref        (StrataProfile             *self);
void                       strata_profile_unref      (StrataProfile             *self);
/* Borrowed from the profile; to change one, copy the struct, change it, and make a new profile of it. */
const StrataProfileFields *strata_profile_get_fields (const StrataProfile       *self);
/* Production never has scratch work, whatever is said. */
StrataProfileScratch       strata_profile_get_scratch (const StrataProfile      *self);

const char *strata_profile_environment_get_name  (StrataProfileEnvironment  environment);
gboolean    strata_profile_environment_from_name (const char               *name,
                                                  StrataProfileEnvironment *environment);
const char *strata_profile_scratch_get_name      (StrataProfileScratch      scratch);
gboolean    strata_profile_scratch_from_name     (const char               *name,
                                                  StrataProfileScratch     *scratch);

/* "A database that is not on this machine and has no profile counts as production"; the profile may be NULL. */
gboolean    strata_counts_as_production          (const StrataUrl          *url,
                                                  const StrataProfile      *profile);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataProfile, strata_profile_unref)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/env/things.h"

G_BEGIN_DECLS

/* What calls of functions that are not followed may do, from the least to the most. */
typedef enum
{
  STRATA_ENV_NEVER_FAILS,       /* logging and the like: does not even raise an error */
  STRATA_ENV_IN_ITSELF,         /* changes nothing of ours */
  STRATA_ENV_CHANGES_ITS_OWN,   /* may change what it is given, and call the functions among it */
  STRATA_ENV_CHANGES_ANYTHING,  /* may change the environment too */
  STRATA_ENV_LOSES,             /* runs code that is not seen */
} StrataEnvCare;

/* By the full name of the function; "" is one that nothing is known of. */
StrataEnvCare strata_env_library_get_care  (const char           *name);
/* Whether the module of that name is one of many that keep to themselves. */
gboolean      strata_env_library_is_met    (const char           *name);
/* Whether an import of that name may change the environment, by what it calls itself. */
gboolean      strata_env_library_is_loader (const char           *name);
/* Whether a module of that name is taken to be installed. */
gboolean      strata_env_is_well_known     (const char           *name);
/* Whether a method only looks at what it is of. */
gboolean      strata_env_looks             (const StrataEnvThing *member);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

#define STRATA_ERROR (strata_error_quark ())

/* Each code is here because some caller does something else for it; what the server said travels in a
 * StrataDatabaseError (core/database/error.h) instead. */
typedef enum
{
  STRATA_ERROR_FAILED,
  STRATA_ERROR_USAGE,              /* wrong arguments */
  STRATA_ERROR_NO_PROJECT,         /* none found, or several and none chosen */
  STRATA_ERROR_BAD_INPUT,          /* a file or value that cannot be understood; the text has the place */
  STRATA_ERROR_EXISTS,             /* would overwrite */
  STRATA_ERROR_SEVERAL_HEADS,
  STRATA_ERROR_UNKNOWN_REVISION,   /* not in the folder */
  STRATA_ERROR_AMBIGUOUS_TARGET,   /* a prefix or a walk with several answers */
  STRATA_ERROR_INVALID_TARGET,     /* understood, but does not make sense from here */
  STRATA_ERROR_PENDING,
  STRATA_ERROR_LOCKED,
  STRATA_ERROR_CANNOT_CONNECT,
  STRATA_ERROR_WHICH_DATABASE,     /* none, or sources that disagree: one must be named */
  STRATA_ERROR_FINDINGS,
  STRATA_ERROR_SCHEMA_DIFFERS,
  STRATA_ERROR_NEEDS_PYTHON,
  STRATA_ERROR_NEEDS_CONSENT,
  STRATA_ERROR_NEEDS_SCRATCH,      /* the consent is for a scratch database, not for code of the project */
  STRATA_ERROR_REFUSED,            /* irreversible, protected, not this project's database */
  STRATA_ERROR_CANCELLED,
} StrataError;

GQuark      strata_error_quark           (void);
const char *strata_error_code_get_name   (StrataError   code);
int         strata_error_get_exit_status (const GError *error);

G_END_DECLS

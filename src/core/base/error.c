/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/base/error.h"

G_DEFINE_QUARK (strata-error-quark, strata_error)

/* The names stand in --json output and never change; the statuses are documented in docs/manual.md. */
static const struct
{
  const char *name;
  int         exit_status;
} codes[] = {
  [STRATA_ERROR_FAILED] = { "failed", 1 },
  [STRATA_ERROR_USAGE] = { "usage", 2 },
  [STRATA_ERROR_NO_PROJECT] = { "no-project", 2 },
  [STRATA_ERROR_BAD_INPUT] = { "bad-input", 1 },
  [STRATA_ERROR_EXISTS] = { "exists", 1 },
  [STRATA_ERROR_SEVERAL_HEADS] = { "several-heads", 4 },
  [STRATA_ERROR_UNKNOWN_REVISION] = { "unknown-revision", 5 },
  [STRATA_ERROR_AMBIGUOUS_TARGET] = { "ambiguous-target", 1 },
  [STRATA_ERROR_INVALID_TARGET] = { "invalid-target", 1 },
  [STRATA_ERROR_PENDING] = { "pending", 3 },
  [STRATA_ERROR_LOCKED] = { "locked", 6 },
  [STRATA_ERROR_CANNOT_CONNECT] = { "cannot-connect", 7 },
  [STRATA_ERROR_WHICH_DATABASE] = { "which-database", 11 },
  [STRATA_ERROR_FINDINGS] = { "findings", 8 },
  [STRATA_ERROR_SCHEMA_DIFFERS] = { "schema-differs", 9 },
  [STRATA_ERROR_NEEDS_PYTHON] = { "needs-python", 10 },
  [STRATA_ERROR_NEEDS_CONSENT] = { "needs-consent", 10 },
  [STRATA_ERROR_NEEDS_SCRATCH] = { "needs-consent", 10 },
  [STRATA_ERROR_REFUSED] = { "refused", 11 },
  [STRATA_ERROR_CANCELLED] = { "cancelled", 130 },
};

const char *
strata_error_code_get_name (StrataError code)
{
  g_return_val_if_fail (code < G_N_ELEMENTS (codes), NULL);

  return codes[code].name;
}

int
strata_error_get_exit_status (const GError *error)
{
  g_return_val_if_fail (error != NULL, 1);

  if (error->domain == STRATA_ERROR)
    return codes[error->code].exit_status;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return codes[STRATA_ERROR_CANCELLED].exit_status;

  if (error->domain == G_OPTION_ERROR)
    return codes[STRATA_ERROR_USAGE].exit_status;

  return codes[STRATA_ERROR_FAILED].exit_status;
}

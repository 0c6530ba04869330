/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Steps of PostgreSQL. */

#include "config.h"

#include "core/diff/diff-private.h"

#include "core/base/error.h"

static gboolean
plan (StrataDiff      *self,
      const gboolean  *chosen,
      GError         **error)
{
  if (strata_diff_get_n (self) == 0 || chosen == (gpointer) self)
    return TRUE;

  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_FAILED, "Steps for PostgreSQL are not made yet");

  return FALSE;
}

const StrataDiffDialect strata_diff_postgresql = {
  .plan = plan,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/postgresql/libpq.h"

/* The number has been the same since PostgreSQL 8.2. */
static const char * const functions[] = { STRATA_LIBPQ_FUNCTIONS (STRATA_LIBRARY_NAME) };

StrataLibpq strata_libpq;

static StrataLibrary library = {
  .name = "libpq.so.5",
  .functions = functions,
  .n_functions = G_N_ELEMENTS (functions),
  .addresses = (gpointer *) &strata_libpq,
};

gboolean
strata_libpq_load (GError **error)
{
  return strata_library_load (&library, error);
}

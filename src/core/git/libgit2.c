/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/git/libgit2.h"

static const char * const functions[] = { STRATA_LIBGIT2_FUNCTIONS (STRATA_LIBRARY_NAME) };

StrataLibgit2 strata_libgit2;

static StrataLibrary library = {
  .name = "libgit2.so." LIBGIT2_SOVERSION,
  .functions = functions,
  .n_functions = G_N_ELEMENTS (functions),
  .addresses = (gpointer *) &strata_libgit2,
};

gboolean
strata_libgit2_load (GError **error)
{
  return strata_library_load (&library, error);
}

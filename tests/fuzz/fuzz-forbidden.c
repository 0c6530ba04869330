/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first byte chooses the dialect. Whatever may run in scratch still may not where something forbidden stands behind it,
 * and what is said of it is a text. */

#include "config.h"

#include <string.h>

#include "core/scratch/scratch.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  StrataDialect dialect;
  const char *text = (const char *) data + 1;
  const char *beyond;
  g_autofree char *found = NULL;
  g_autofree char *longer = NULL;
  g_autofree char *found_longer = NULL;
  gsize length;

  if (size == 0)
    return 0;

  dialect = *data % 2 == 0 ? STRATA_DIALECT_POSTGRESQL : STRATA_DIALECT_SQLITE;
  beyond = dialect == STRATA_DIALECT_SQLITE ? "\n;ATTACH 'x' AS y" : "\n;DROP ROLE x";
  found = strata_scratch_find_forbidden (dialect, "f.sql", text, size - 1, 1);
  g_assert_true (found == NULL || g_utf8_validate (found, -1, NULL));

  length = size - 1 + strlen (beyond);
  longer = g_malloc (length);
  memcpy (longer, text, size - 1);
  memcpy (longer + size - 1, beyond, strlen (beyond));
  found_longer = strata_scratch_find_forbidden (dialect, "f.sql", longer, length, 1);
  g_assert_nonnull (found_longer);

  return 0;
}

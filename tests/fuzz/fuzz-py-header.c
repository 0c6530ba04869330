/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/py-header.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataRevision) revision = strata_py_header_read ("/v/x.py", (const char *) data, size, findings);

  /* Either there is a revision, or a finding says why not. */
  g_assert (revision != NULL || findings->len > 0);
  if (revision != NULL)
    {
      g_assert (g_utf8_validate (strata_revision_get_id (revision), -1, NULL));
      g_assert (g_utf8_validate (strata_revision_get_doc (revision), -1, NULL));
      g_assert (g_str_has_prefix (strata_revision_get_doc (revision), strata_revision_get_message (revision)));
    }

  return 0;
}

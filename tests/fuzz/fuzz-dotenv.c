/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/config/dotenv.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static const char * const environment[] = { "A=1", "B=${A}", NULL };

  for (int override = 0; override < 2; override++)
    {
      g_autoptr(GPtrArray) findings = strata_findings_new ();
      g_autoptr(StrataDocument) document = NULL;

      document = strata_dotenv_parse ("f", (const char *) data, size, environment, override, findings);
      g_assert_true (document != NULL || findings->len > 0);
    }

  return 0;
}

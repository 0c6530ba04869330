/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/config/ini.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Reads, and asks for every value as text. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static const char * const defaults[] = { "here", "/p", NULL };
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataDocument) document = strata_ini_parse ("f", (const char *) data, size, defaults, findings);
  const StrataConfigValue *root = document != NULL ? strata_document_get_root (document) : NULL;

  g_assert_true (document != NULL || findings->len > 0);

  for (guint i = 0; root != NULL && i < strata_config_value_get_size (root); i++)
    {
      const StrataConfigValue *section = strata_config_value_get_element (root, i);
      const char *name = strata_config_value_get_key (root, i);

      for (guint j = 0; j < strata_config_value_get_size (section); j++)
        {
          const StrataConfigValue *value = strata_config_value_get_element (section, j);
          g_autoptr(GError) error = NULL;
          g_autofree char *text = strata_ini_expand (document, name, value, &error);

          g_assert_true ((text == NULL) == (error != NULL));
          g_assert_true (g_utf8_validate (text != NULL ? text : error->message, -1, NULL));
        }
    }

  return 0;
}

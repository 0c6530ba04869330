/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/config/json.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
visit (const StrataConfigValue *value)
{
  const char *text = strata_config_value_get_text (value);

  g_assert_cmpuint (strata_config_value_get_place (value).line, >, 0);
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));

  for (guint i = 0; i < strata_config_value_get_size (value); i++)
    visit (strata_config_value_get_element (value, i));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataDocument) document = strata_json_parse ("f", (const char *) data, size, findings);

  g_assert_cmpuint (findings->len, ==, document == NULL);
  if (document != NULL)
    visit (strata_document_get_root (document));

  return 0;
}

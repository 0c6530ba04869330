/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/url/libpq.h"
#include "core/url/mask.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What is shown of a URL can be read again, means the same place, and stays the same from then on. */
static void
check_url (StrataUrl *url)
{
  g_autofree char *text = strata_url_to_string (url);
  g_autoptr(StrataUrl) again = strata_url_parse (text, NULL);
  g_autofree char *text_again = NULL;
  g_auto(GStrv) secrets = strata_url_get_secrets (url);
  g_auto(GStrv) keywords = NULL;
  g_auto(GStrv) values = NULL;

  g_assert_true (g_utf8_validate (text, -1, NULL));
  if (again != NULL)
    {
      text_again = strata_url_to_string (again);
      g_assert_cmpstr (text_again, ==, text);
    }

  strata_url_is_local (url);
  if (strata_url_get_dialect (url) == STRATA_DIALECT_POSTGRESQL)
    strata_url_get_libpq_params (url, NULL, &keywords, &values);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *masked = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataUrl) url = strata_url_parse (text, &error);

  g_assert_true ((url == NULL) == (error != NULL));
  if (url != NULL)
    check_url (url);

  masked = strata_mask (text, (const char *[]) { "pw", "p@ss", NULL });
  g_assert_true (g_utf8_validate (masked, -1, NULL));

  return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/url/libpq.h"
#include "core/url/mask.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* White space at the end is taken away, and what was masked in the query may be read otherwise. */
static gboolean
is_stable (const char *text)
{
  const char *query = strchr (text, '?');

  return !g_str_has_suffix (text, " ") && (query == NULL || strstr (query, "***") == NULL);
}

/* What is shown of a URL can be read again and then is shown the same. */
static void
check_url (StrataUrl *url)
{
  g_autofree char *text = strata_url_to_string (url);
  g_autoptr(StrataUrl) again = strata_url_parse (text, NULL);
  g_autofree char *text_again = NULL;
  g_auto(GStrv) secrets = NULL;
  g_auto(GStrv) keywords = NULL;
  g_auto(GStrv) values = NULL;

  secrets = strata_url_get_secrets (url);
  g_assert_nonnull (secrets);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  if (again != NULL && is_stable (text))
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

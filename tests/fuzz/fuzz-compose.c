/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/compose.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static const char * const environment[] = { "NAME=value", "EMPTY=", NULL };
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr(GPtrArray) databases = strata_compose_read (text, strlen (text), environment, NULL);

  for (guint i = 0; i < databases->len; i++)
    {
      const StrataComposeDatabase *database = g_ptr_array_index (databases, i);
      g_autoptr(StrataUrl) here = strata_compose_move (database->url, database->host, database->port);
      g_autofree char *shown = strata_url_to_string (here);

      g_assert_true (g_utf8_validate (shown, -1, NULL));
    }

  return 0;
}

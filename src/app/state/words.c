/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/words.h"

char *
strata_words_dup_revision (const StrataRevision *revision)
{
  const char *message = strata_revision_get_message (revision);
  const char *id = strata_revision_get_id (revision);

  return *message != '\0' ? g_strdup_printf ("%s (%.12s)", message, id) : g_strdup (id);
}

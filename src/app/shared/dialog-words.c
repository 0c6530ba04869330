/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/shared/dialog-words.h"

#include <glib/gi18n.h>

#include "app/state/words.h"

void
strata_dialog_words_name_database (GtkWindow      *dialog,
                                   StrataSnapshot *snapshot,
                                   const char     *more)
{
  g_autofree char *name = strata_snapshot_dup_database_name (snapshot);
  StrataUrl *url = strata_snapshot_get_url (snapshot);
  g_autofree char *address = url != NULL ? strata_words_dup_address (url) : NULL;
  g_autofree char *words = NULL;
  g_autofree char *all = NULL;

  if (address == NULL)
    return;

  words = snapshot->environment == STRATA_PROFILE_PRODUCTION
    /* Translators: a database's name, and where it is. */
    ? g_strdup_printf (_("Writes to the PRODUCTION database %s, %s"), name, address)
    : g_strdup_printf (_("Writes to the database %s, %s"), name, address);
  all = g_strjoin (more != NULL ? ".\n" : NULL, words, more, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (dialog), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, all, -1);
}

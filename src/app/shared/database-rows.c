/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/shared/database-rows.h"

#include <glib/gi18n.h>

#include "app/widgets/fact-row.h"

static GtkWidget *
add (GtkListBox *list,
     const char *title,
     const char *subtitle,
     const char *icon)
{
  GtkWidget *row = strata_fact_row_new (title, subtitle, icon);

  gtk_list_box_append (list, row);

  return row;
}

static void
add_candidates (GtkListBox *list,
                GPtrArray  *candidates,
                const char *icon)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      const StrataDatabaseCandidate *one = g_ptr_array_index (candidates, i);
      g_autofree char *url = strata_url_to_string (one->url);
      GtkWidget *row = add (list, url, one->reason, icon);

      strata_fact_row_set_button (row, _("_Use"), "win.choose-candidate", url);
    }
}

static void
add_unknown (GtkListBox     *list,
             StrataSnapshot *snapshot)
{
  const char *why = snapshot->choice != NULL ? strata_database_choice_get_reason (snapshot->choice)
                                             : snapshot->choice_error->message;

  GtkWidget *row = add (list, _("Which database is not known"), why, "dialog-question-symbolic");

  strata_fact_row_set_button (row, _("_Choose…"), "win.new-profile", "");
  if (snapshot->choice != NULL)
    add_candidates (list, strata_database_choice_get_candidates (snapshot->choice), "network-server-symbolic");
}

static void
add_which (GtkListBox     *list,
           StrataSnapshot *snapshot,
           StrataLink      link)
{
  StrataUrl *url = strata_database_choice_get_url (snapshot->choice);
  g_autofree char *title = strata_snapshot_dup_database_title (snapshot);
  g_autofree char *where = strata_url_to_string (url);
  const char *server = snapshot->status->server;
  g_autofree char *subtitle = g_strdup_printf ("%s%s%s\n%s", where, server != NULL ? " · " : "",
                                               server != NULL ? server : "",
                                               strata_database_choice_get_reason (snapshot->choice));
  add (list, title, subtitle, "network-server-symbolic");
  add_candidates (list, strata_database_choice_get_conflicts (snapshot->choice), "dialog-warning-symbolic");
}

/* A wrong password is not cured by trying again. */
static void
add_broken (GtkListBox     *list,
            const GError   *error)
{
  GtkWidget *row = add (list, _("The database cannot be read"), error->message, "network-offline-symbolic");

  if (g_error_matches (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_AUTHENTICATION))
    strata_fact_row_set_button (row, _("_Password…"), "win.enter-password", NULL);
  else
    strata_fact_row_set_button (row, _("Try _Again"), "win.connect", NULL);
}

void
strata_database_rows_add (GtkListBox     *list,
                          StrataSnapshot *snapshot,
                          StrataLink      link)
{
  if (snapshot->choice == NULL || strata_database_choice_get_url (snapshot->choice) == NULL)
    {
      add_unknown (list, snapshot);
      return;
    }

  add_which (list, snapshot, link);
  if (link == STRATA_LINK_CONNECTING && snapshot->applied == NULL)
    add (list, _("Connecting…"), NULL, "network-transmit-receive-symbolic");
  if (link == STRATA_LINK_BROKEN && snapshot->status->error != NULL)
    add_broken (list, snapshot->status->error);
}

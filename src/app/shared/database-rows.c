/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/shared/database-rows.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/shared/connection-words.h"
#include "app/state/words.h"
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

/* Of a profile the name says more than its URL. */
static void
add_profile (GtkListBox                    *list,
             const StrataDatabaseCandidate *one)
{
  const char *name = one->advice + strlen ("-p ");
  g_autofree char *url = strata_url_to_string (one->url);
  GtkWidget *row = add (list, name, url, "network-server-symbolic");

  strata_fact_row_set_button (row, _("_Use"), "win.choose-profile", name);
}

static void
add_candidates (GtkListBox *list,
                GPtrArray  *candidates,
                gboolean    with_profiles)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      const StrataDatabaseCandidate *one = g_ptr_array_index (candidates, i);
      g_autofree char *url = strata_url_to_string (one->url);

      if (one->source != STRATA_SOURCE_PROFILE)
        strata_fact_row_set_button (add (list, url, one->reason, "network-server-symbolic"), _("_Use"),
                                    "win.choose-candidate", url);
      else if (with_profiles)
        add_profile (list, one);
    }
}

static void
add_unknown (GtkListBox     *list,
             StrataSnapshot *snapshot,
             gboolean        with_profiles)
{
  const char *why = snapshot->choice != NULL ? strata_database_choice_get_reason (snapshot->choice)
                                             : snapshot->choice_error->message;
  GtkWidget *row = add (list, _("Which database is not known"), why, "dialog-question-symbolic");

  if (with_profiles)
    strata_fact_row_set_button (row, _("_New Profile…"), "win.new-profile", "");
  if (snapshot->choice != NULL)
    add_candidates (list, strata_database_choice_get_candidates (snapshot->choice), with_profiles);
}

/* Core speaks of options, which a window has not. */
static char *
dup_reason (StrataSnapshot *snapshot)
{
  if (strata_database_choice_get_source (snapshot->choice) == STRATA_SOURCE_OPTION)
    return g_strdup (_("Chosen in this window"));

  /* Translators: what follows is “sqlalchemy.url from strata.ini line 5”, “the profile “staging””. */
  return g_strdup_printf (_("Chosen by %s"), strata_database_choice_get_reason (snapshot->choice));
}

static void
add_which (GtkListBox     *list,
           StrataSnapshot *snapshot)
{
  g_autofree char *title = strata_snapshot_dup_database_title (snapshot);
  g_autofree char *where = strata_words_dup_address (strata_database_choice_get_url (snapshot->choice));
  g_autofree char *traits = strata_connection_words_dup_traits (snapshot->status->traits);
  g_autofree char *reason = dup_reason (snapshot);
  const char *server = snapshot->status->server;
  g_autofree char *subtitle = g_strdup_printf ("%s\n%s%s%s%s%s", where, server != NULL ? server : "",
                                               server != NULL && traits != NULL ? " · " : "",
                                               server != NULL && traits != NULL ? traits : "",
                                               server != NULL ? "\n" : "", reason);

  add (list, title, subtitle, "network-server-symbolic");
}

static void
add_conflict (GtkListBox *list,
              StrataUrl  *url,
              const char *reason)
{
  g_autofree char *text = strata_url_to_string (url);
  GtkWidget *row = add (list, text, reason, "dialog-warning-symbolic");

  strata_fact_row_set_button (row, _("_Use This One"), "win.choose-candidate", text);
}

/* The one that is shown is as much in doubt as the others: it, too, can be meant. */
static void
add_conflicts (GtkListBox     *list,
               StrataSnapshot *snapshot)
{
  GPtrArray *conflicts = strata_database_choice_get_conflicts (snapshot->choice);
  g_autofree char *reason = dup_reason (snapshot);

  if (conflicts->len == 0)
    return;

  add (list, _("The sources disagree"), _("Nothing is changed until you say which database is meant"),
       "dialog-warning-symbolic");
  add_conflict (list, strata_database_choice_get_url (snapshot->choice), reason);
  for (guint i = 0; i < conflicts->len; i++)
    {
      const StrataDatabaseCandidate *one = g_ptr_array_index (conflicts, i);

      add_conflict (list, one->url, one->reason);
    }
}

/* A wrong password is not cured by trying again. */
static void
add_broken (GtkListBox   *list,
            const GError *error)
{
  g_autofree char *detail = strata_connection_words_dup_detail (error);
  GtkWidget *row = add (list, strata_connection_words_get_title (error), detail, "network-offline-symbolic");

  if (strata_connection_words_is_login (error))
    strata_fact_row_set_button (row, _("_Password…"), "win.enter-password", NULL);
  else
    strata_fact_row_set_button (row, _("Try _Again"), "win.connect", NULL);
}

void
strata_database_rows_add (GtkListBox     *list,
                          StrataSnapshot *snapshot,
                          StrataLink      link,
                          gboolean        with_profiles)
{
  if (snapshot->choice == NULL || strata_database_choice_get_url (snapshot->choice) == NULL)
    {
      add_unknown (list, snapshot, with_profiles);
      return;
    }

  add_which (list, snapshot);
  if (link == STRATA_LINK_CONNECTING && snapshot->applied == NULL)
    add (list, _("Connecting…"), NULL, "network-transmit-receive-symbolic");
  if (link == STRATA_LINK_BROKEN && snapshot->status->error != NULL)
    add_broken (list, snapshot->status->error);
  add_conflicts (list, snapshot);
  if (link != STRATA_LINK_CONNECTED)
    add_candidates (list, strata_database_choice_get_candidates (snapshot->choice), with_profiles);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/run-offer.h"

#include <glib/gi18n.h>

static StrataRunOfferKind
judge_kind (StrataSnapshot *snapshot,
            StrataLink      link,
            gboolean        loading,
            gboolean        running)
{
  const StrataStatus *status = snapshot != NULL ? snapshot->status : NULL;

  if (snapshot == NULL)
    return STRATA_OFFER_NOTHING;
  if (running || link == STRATA_LINK_CONNECTING || (loading && link != STRATA_LINK_CONNECTED))
    return STRATA_OFFER_BUSY;
  if (link != STRATA_LINK_CONNECTED || status->applied == NULL)
    return STRATA_OFFER_CONNECT;
  if (status->applied->unknown[0] != NULL)
    return STRATA_OFFER_RESCUE;
  if (status->several_heads)
    return STRATA_OFFER_HEADS;

  return status->pending == NULL || strata_plan_get_n_steps (status->pending) > 0 ? STRATA_OFFER_UPGRADE
                                                                                  : STRATA_OFFER_UP_TO_DATE;
}

static void
say_upgrade (StrataRunOffer *self,
             StrataSnapshot *snapshot,
             const char     *database)
{
  guint n = strata_snapshot_get_n_pending (snapshot);

  self->action = "win.upgrade";
  self->target = g_strdup ("");
  self->label = n > 0 ? g_strdup_printf (ngettext ("Upgrade %u…", "Upgrade %u…", n), n) : g_strdup (_("Upgrade…"));
  self->tooltip = n > 0 ? g_strdup_printf (ngettext ("Look at %u pending revision and apply it to %s",
                                                     "Look at %u pending revisions and apply them to %s", n), n, database)
                        : g_strdup_printf (_("See why %s cannot be upgraded"), database);
}

static void
say_heads (StrataRunOffer *self,
           StrataSnapshot *snapshot)
{
  guint n = g_strv_length (snapshot->status->heads);

  self->action = "win.show-heads";
  self->label = g_strdup_printf (ngettext ("%u Head…", "%u Heads…", n), n);
  self->tooltip = g_strdup (_("The revisions part and do not meet again: see the sides, upgrade all, or merge them"));
}

static void
say (StrataRunOffer *self,
     StrataSnapshot *snapshot,
     gboolean        running)
{
  g_autofree char *name = snapshot != NULL ? strata_snapshot_dup_database_name (snapshot) : NULL;
  const char *database = name != NULL ? name : _("the database");

  switch (self->kind)
    {
    case STRATA_OFFER_BUSY:
      self->label = g_strdup (running ? _("Running…") : _("Connecting…"));
      self->tooltip = g_strdup_printf (running ? _("A run changes %s: the bar below shows it") : _("Connecting to %s"),
                                       database);
      break;
    case STRATA_OFFER_CONNECT:
      self->action = "win.connect";
      self->label = g_strdup (_("Connect…"));
      self->tooltip = name != NULL ? g_strdup_printf (_("Connect to %s"), database) : g_strdup (_("Choose a database"));
      break;
    case STRATA_OFFER_RESCUE:
      self->action = "win.rescue";
      self->target = g_strdup (snapshot->status->applied->unknown[0]);
      self->label = g_strdup (_("Rescue…"));
      self->tooltip = g_strdup_printf (_("%s has revisions that the folder lacks"), database);
      break;
    case STRATA_OFFER_HEADS:
      say_heads (self, snapshot);
      break;
    case STRATA_OFFER_UPGRADE:
      say_upgrade (self, snapshot, database);
      break;
    case STRATA_OFFER_UP_TO_DATE:
      self->label = g_strdup (strata_status_is_up_to_date (snapshot->status) ? _("Up to Date") : _("Nothing to Run"));
      self->tooltip = g_strdup_printf (_("Nothing is pending on %s"), database);
      break;
    case STRATA_OFFER_NOTHING:
    default:
      break;
    }
}

static gboolean
is_sqlite_file (StrataSnapshot *snapshot)
{
  StrataUrl *url = strata_snapshot_get_url (snapshot);

  return url != NULL && strata_url_get_dialect (url) == STRATA_DIALECT_SQLITE && strata_url_get_database (url) != NULL;
}

StrataRunOffer *
strata_run_offer_judge (StrataSnapshot *snapshot,
                        StrataLink      link,
                        gboolean        loading,
                        gboolean        running)
{
  StrataRunOffer *self = g_new0 (StrataRunOffer, 1);
  gboolean known = snapshot != NULL && link == STRATA_LINK_CONNECTED && snapshot->status->applied != NULL;

  self->kind = judge_kind (snapshot, link, loading, running);
  say (self, snapshot, running);

  self->can_run = known && !running;
  self->can_step = self->can_run && strata_snapshot_get_n_pending (snapshot) > 0;
  self->can_downgrade = self->can_run && snapshot->status->applied->rows[0] != NULL;
  /* Also where the database is too broken to be read: that is what copies are for. */
  self->can_restore = snapshot != NULL && !running && is_sqlite_file (snapshot);

  return self;
}

StrataRunOffer *
strata_run_offer_new (StrataSession *session)
{
  return strata_run_offer_judge (strata_session_get_snapshot (session), strata_session_get_link (session),
                                 strata_session_get_loading (session), strata_session_get_run (session) != NULL);
}

void
strata_run_offer_free (StrataRunOffer *self)
{
  g_free (self->label);
  g_free (self->tooltip);
  g_free (self->target);
  g_free (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/timeline/timeline-menu.h"

#include <glib/gi18n.h>

static void
add (GMenu      *menu,
     const char *label,
     const char *action,
     const char *target)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

static void
add_section (GMenu *menu,
             GMenu *section)
{
  if (g_menu_model_get_n_items (G_MENU_MODEL (section)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

/* Down to a revision means that it stays; the one that the database is at has nothing above to take back. */
static void
add_runs (GMenu              *menu,
          StrataTimelineItem *item,
          const char         *id)
{
  StrataSnapshot *snapshot = strata_timeline_item_get_snapshot (item);
  gboolean here = snapshot->applied != NULL && g_strv_contains (strata_snapshot_get_rows (snapshot), id);

  switch (strata_timeline_item_get_state (item))
    {
    case STRATA_REVISION_PENDING:
      add (menu, _("_Upgrade to Here…"), "win.upgrade", id);
      break;
    case STRATA_REVISION_APPLIED:
      if (!here)
        add (menu, _("_Downgrade to Here…"), "win.downgrade", id);
      break;
    case STRATA_REVISION_LOST:
      add (menu, _("_Rescue…"), "win.rescue", id);
      break;
    case STRATA_REVISION_UNKNOWN:
    default:
      break;
    }

  if (snapshot->applied != NULL && !here && strata_timeline_item_get_kind (item) == STRATA_ENTRY_REVISION)
    add (menu, _("_Stamp Here…"), "win.stamp", id);
}

static void
add_merge (GMenu              *menu,
           StrataTimelineItem *item)
{
  static const char * const none[] = { NULL };
  StrataSnapshot *snapshot = strata_timeline_item_get_snapshot (item);
  g_autoptr(GMenuItem) merge = NULL;

  if (!(strata_timeline_item_get_flags (item) & STRATA_NODE_HEAD) || g_strv_length (snapshot->status->heads) < 2)
    return;

  merge = g_menu_item_new (_("_Merge With Another Head…"), NULL);
  g_menu_item_set_action_and_target (merge, "win.merge-heads", "^as", none);
  g_menu_append_item (menu, merge);
}

GMenuModel *
strata_timeline_menu_new (StrataTimelineItem *item)
{
  const char *id = strata_timeline_item_get_id (item);
  StrataRevision *revision = strata_timeline_item_get_revision (item);
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) runs = g_menu_new ();
  g_autoptr(GMenu) author = g_menu_new ();
  g_autoptr(GMenu) file = g_menu_new ();

  add_runs (runs, item, id);
  if (strata_timeline_item_get_kind (item) == STRATA_ENTRY_REVISION)
    {
      add (author, _("_New Revision After This…"), "win.new-revision", id);
      add_merge (author, item);
    }
  add (file, _("_Copy Id"), "win.copy", id);
  if (strata_timeline_item_get_kind (item) == STRATA_ENTRY_REVISION)
    {
      add (file, _("_Open in Editor"), "win.open-external", strata_revision_get_path (revision));
      add (file, _("Show in _Files"), "win.show-in-files", strata_revision_get_path (revision));
    }

  add_section (menu, runs);
  add_section (menu, author);
  add_section (menu, file);

  return G_MENU_MODEL (menu);
}

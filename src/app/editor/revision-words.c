/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/revision-words.h"

#include <glib/gi18n.h>

#include "app/state/selection.h"
#include "app/state/words.h"

const StrataLostRevision *
strata_revision_words_find_lost (StrataSnapshot *snapshot,
                                 const char     *id)
{
  const StrataLost *lost = snapshot->status->lost;

  for (guint i = 0; lost != NULL && i < lost->found->len; i++)
    {
      const StrataLostRevision *one = g_ptr_array_index (lost->found, i);

      if (g_str_equal (strata_revision_get_id (one->revision), id))
        return one;
    }

  return NULL;
}

static char *
describe_lost (StrataSnapshot *snapshot,
               const char     *id)
{
  const StrataLostRevision *lost = strata_revision_words_find_lost (snapshot, id);
  g_autofree char *where = NULL;

  if (lost == NULL)
    return g_strdup (_("The database has it, the folder has not, and neither git nor the ledger knows it."));

  where = strata_words_dup_where (lost);

  /* Translators: “on feature/x, by ana, 3 days ago”. */
  return g_strdup_printf (_("The database has it, the folder has not: it is %s."), where);
}

static char *
describe_unknown (StrataSession *session)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (session);
  g_autofree char *name = strata_snapshot_dup_database_name (snapshot);

  if (name == NULL)
    return g_strdup (_("Whether it is applied is not known: no database."));

  if (snapshot->applied_partly)
    return g_strdup_printf (_("Whether it is applied is not known: %s is at %.12s, which nobody knows."), name,
                            snapshot->status->lost->missing[0]);

  if (strata_session_get_link (session) == STRATA_LINK_CONNECTING)
    return g_strdup_printf (_("Connecting to %s …"), name);

  return g_strdup_printf (_("Whether it is applied is not known: no connection to %s."), name);
}

/* The steps that come before this one in a run to all heads; -1 where no such run can be planned. */
static int
count_before (StrataSnapshot *snapshot,
              const char     *id)
{
  StrataPlan *pending = snapshot->status->pending;

  for (guint i = 0; pending != NULL && i < strata_plan_get_n_steps (pending); i++)
    {
      StrataRevision *revision = strata_plan_get_step (pending, i)->revision;

      if (revision != NULL && g_str_equal (strata_revision_get_id (revision), id))
        return i;
    }

  return -1;
}

static char *
describe_pending (StrataSnapshot *snapshot,
                  const char     *id)
{
  g_autofree char *name = strata_snapshot_dup_database_name (snapshot);
  int before = count_before (snapshot, id);

  if (before < 0)
    return g_strdup_printf (_("Pending on %s."), name);

  if (before == 0)
    return g_strdup_printf (_("Pending on %s: the next step."), name);

  return g_strdup_printf (ngettext ("Pending on %s: %d step comes before it.", "Pending on %s: %d steps come before it.",
                                    before), name, before);
}

char *
strata_revision_words_dup_state (StrataSession *session,
                                 const char    *id)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (session);
  guint node = strata_graph_find (snapshot->graph, id);
  g_autofree char *name = NULL;

  if (strata_selection_is_file (id))
    return g_strdup (_("No revision can be read from this file. The checks say why; no run knows of it."));
  if (node == STRATA_NO_NODE)
    return describe_lost (snapshot, id);

  switch (strata_snapshot_get_state (snapshot, node))
    {
    case STRATA_REVISION_PENDING:
      return describe_pending (snapshot, id);
    case STRATA_REVISION_APPLIED:
      name = strata_snapshot_dup_database_name (snapshot);
      return g_strdup_printf (_("Applied on %s."), name);
    case STRATA_REVISION_UNKNOWN:
    case STRATA_REVISION_LOST:
    default:
      return describe_unknown (session);
    }
}

static void
append_link (GString        *text,
             StrataSnapshot *snapshot,
             guint           node)
{
  StrataRevision *revision = strata_graph_get_revision (snapshot->graph, node);
  g_autofree char *words = strata_words_dup_revision (revision);
  g_autofree char *markup = g_markup_printf_escaped ("<a href=\"select:%s\">%s</a>", strata_revision_get_id (revision),
                                                     words);

  if (text->len > 0)
    g_string_append (text, ", ");
  g_string_append (text, markup);
}

/* Parents that no file has are text and no link: the checks say more. */
static char *
dup_parents (StrataSnapshot *snapshot,
             StrataRevision *revision)
{
  const char * const *ids = strata_revision_get_down_revisions (revision);
  GString *text = g_string_new (NULL);

  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      guint node = strata_graph_find (snapshot->graph, ids[i]);
      g_autofree char *plain = g_markup_escape_text (ids[i], -1);

      if (node != STRATA_NO_NODE)
        append_link (text, snapshot, node);
      else
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", plain);
    }

  return g_string_free (text, FALSE);
}

static char *
dup_needs (StrataSnapshot *snapshot,
           StrataRevision *revision)
{
  guint node = strata_graph_find (snapshot->graph, strata_revision_get_id (revision));
  GString *text = g_string_new (NULL);
  const guint *needs = NULL;
  guint n = 0;

  if (node != STRATA_NO_NODE)
    needs = strata_graph_get_requires (snapshot->graph, node, &n);
  for (guint i = 0; i < n; i++)
    append_link (text, snapshot, needs[i]);

  return g_string_free (text, FALSE);
}

char *
strata_revision_words_dup_links (StrataSnapshot *snapshot,
                                 StrataRevision *revision)
{
  g_autofree char *parents = dup_parents (snapshot, revision);
  g_autofree char *needs = dup_needs (snapshot, revision);

  if (*parents != '\0' && *needs != '\0')
    /* Translators: the revisions that come before this one, and those that it depends on besides. */
    return g_strdup_printf (_("After %s; needs %s"), parents, needs);

  if (*parents != '\0')
    return g_strdup_printf (_("After %s"), parents);

  if (*needs != '\0')
    return g_strdup_printf (_("First of its branch; needs %s"), needs);

  return g_strdup (_("The first one"));
}

char *
strata_revision_words_dup_database (StrataSnapshot *snapshot)
{
  g_autofree char *name = strata_snapshot_dup_database_name (snapshot);
  StrataUrl *url = strata_snapshot_get_url (snapshot);

  if (url == NULL)
    return g_strdup (_("no database"));

  return g_strdup_printf ("%s (%s)", name, strata_dialect_get_title (strata_url_get_dialect (url)));
}

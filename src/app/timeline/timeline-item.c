/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/timeline/timeline-item.h"

#include <glib/gi18n.h>

#include "app/state/words.h"
#include "core/workspace/lost.h"

struct _StrataTimelineItem
{
  GObject         parent_instance;

  /* owned */
  StrataSnapshot *snapshot;
  char           *author;
  char           *python;        /* why it needs it, or NULL */

  /* values */
  StrataEntry     entry;
  gint64          time;          /* seconds since 1970; 0: not known */
  guint           n_findings;
  gboolean        uncommitted;
  gboolean        landed;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataTimelineItem, strata_timeline_item, G_TYPE_OBJECT)

static void
strata_timeline_item_finalize (GObject *object)
{
  StrataTimelineItem *self = STRATA_TIMELINE_ITEM (object);

  g_clear_pointer (&self->snapshot, strata_snapshot_unref);
  g_clear_pointer (&self->author, g_free);
  g_clear_pointer (&self->python, g_free);

  G_OBJECT_CLASS (strata_timeline_item_parent_class)->finalize (object);
}

static void
strata_timeline_item_class_init (StrataTimelineItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_timeline_item_finalize;

  signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
strata_timeline_item_init (StrataTimelineItem *self)
{
}

StrataTimelineItem *
strata_timeline_item_new (StrataSnapshot *snapshot,
                          StrataEntry     entry)
{
  StrataTimelineItem *self = g_object_new (STRATA_TYPE_TIMELINE_ITEM, NULL);

  self->snapshot = strata_snapshot_ref (snapshot);
  self->entry = entry;

  return self;
}

void
strata_timeline_item_update (StrataTimelineItem *self,
                             StrataSnapshot     *snapshot,
                             StrataEntry         entry)
{
  strata_snapshot_ref (snapshot);
  strata_snapshot_unref (self->snapshot);
  self->snapshot = snapshot;
  self->entry = entry;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
strata_timeline_item_set_findings (StrataTimelineItem *self,
                                   guint               n_findings)
{
  if (self->n_findings == n_findings)
    return;

  self->n_findings = n_findings;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
strata_timeline_item_set_author (StrataTimelineItem *self,
                                 const char         *author,
                                 gint64              time,
                                 gboolean            uncommitted)
{
  if (g_strcmp0 (self->author, author) == 0 && self->time == time && self->uncommitted == uncommitted)
    return;

  g_free (self->author);
  self->author = g_strdup (author);
  self->time = time;
  self->uncommitted = uncommitted;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
strata_timeline_item_set_python (StrataTimelineItem *self,
                                 const char         *why)
{
  if (g_strcmp0 (self->python, why) == 0)
    return;

  g_free (self->python);
  self->python = g_strdup (why);
  g_signal_emit (self, signals[CHANGED], 0);
}

const char *
strata_timeline_item_get_python (StrataTimelineItem *self)
{
  return self->python;
}

void
strata_timeline_item_set_landed (StrataTimelineItem *self,
                                 gboolean            landed)
{
  if (self->landed == landed)
    return;

  self->landed = landed;
  g_signal_emit (self, signals[CHANGED], 0);
}

StrataEntryKind
strata_timeline_item_get_kind (StrataTimelineItem *self)
{
  return self->entry.kind;
}

guint
strata_timeline_item_get_index (StrataTimelineItem *self)
{
  return self->entry.index;
}

StrataSnapshot *
strata_timeline_item_get_snapshot (StrataTimelineItem *self)
{
  return self->snapshot;
}

static const StrataLostRevision *
get_lost (StrataTimelineItem *self)
{
  const StrataLost *lost = self->snapshot->status->lost;

  return self->entry.index < lost->found->len ? g_ptr_array_index (lost->found, self->entry.index) : NULL;
}

const StrataLaneRow *
strata_timeline_item_get_lanes (StrataTimelineItem *self)
{
  if (self->entry.kind != STRATA_ENTRY_REVISION)
    return NULL;

  return &g_array_index (self->snapshot->lanes->rows, StrataLaneRow, self->entry.index);
}

StrataRevision *
strata_timeline_item_get_revision (StrataTimelineItem *self)
{
  switch (self->entry.kind)
    {
    case STRATA_ENTRY_REVISION:
      return strata_graph_get_revision (self->snapshot->graph, strata_timeline_item_get_lanes (self)->node);
    case STRATA_ENTRY_GHOST:
      return get_lost (self) != NULL ? get_lost (self)->revision : NULL;
    case STRATA_ENTRY_HERE:
    default:
      return NULL;
    }
}

const char *
strata_timeline_item_get_id (StrataTimelineItem *self)
{
  StrataRevision *revision = strata_timeline_item_get_revision (self);

  if (revision != NULL)
    return strata_revision_get_id (revision);
  if (self->entry.kind == STRATA_ENTRY_GHOST)
    return self->snapshot->status->lost->missing[self->entry.index - self->snapshot->status->lost->found->len];

  return NULL;
}

const char *
strata_timeline_item_get_title (StrataTimelineItem *self)
{
  StrataRevision *revision = strata_timeline_item_get_revision (self);
  const char *message = revision != NULL ? strata_revision_get_message (revision) : "";

  return *message != '\0' ? message : strata_timeline_item_get_id (self);
}

GStrv
strata_timeline_item_dup_labels (StrataTimelineItem *self)
{
  StrataRevision *revision = strata_timeline_item_get_revision (self);
  const char * const *labels = revision != NULL ? strata_revision_get_branch_labels (revision) : NULL;

  return labels != NULL ? g_strdupv ((char **) labels) : g_new0 (char *, 1);
}

StrataRevisionState
strata_timeline_item_get_state (StrataTimelineItem *self)
{
  if (self->entry.kind == STRATA_ENTRY_GHOST)
    return STRATA_REVISION_LOST;
  if (self->entry.kind != STRATA_ENTRY_REVISION)
    return STRATA_REVISION_UNKNOWN;

  return strata_snapshot_get_state (self->snapshot, strata_timeline_item_get_lanes (self)->node);
}

StrataNodeFlags
strata_timeline_item_get_flags (StrataTimelineItem *self)
{
  if (self->entry.kind != STRATA_ENTRY_REVISION)
    return 0;

  return strata_graph_get_flags (self->snapshot->graph, strata_timeline_item_get_lanes (self)->node);
}

guint
strata_timeline_item_get_findings (StrataTimelineItem *self)
{
  return self->n_findings;
}

gboolean
strata_timeline_item_get_uncommitted (StrataTimelineItem *self)
{
  return self->uncommitted;
}

gboolean
strata_timeline_item_get_landed (StrataTimelineItem *self)
{
  return self->landed;
}

static char *
dup_ghost_subtitle (StrataTimelineItem *self)
{
  const StrataLostRevision *lost = get_lost (self);
  g_autofree char *where = NULL;

  if (lost == NULL)
    return g_strdup_printf (_("%.12s · in the database, and in no file, commit or log"), strata_timeline_item_get_id (self));

  where = strata_words_dup_where (lost);

  return g_strdup_printf ("%.12s · %s", strata_timeline_item_get_id (self), where);
}

char *
strata_timeline_item_dup_subtitle (StrataTimelineItem *self)
{
  const char *id = strata_timeline_item_get_id (self);
  g_autofree char *age = NULL;

  if (id == NULL)
    return NULL;
  if (self->entry.kind == STRATA_ENTRY_GHOST)
    return dup_ghost_subtitle (self);
  if (self->author == NULL)
    return self->uncommitted ? g_strdup_printf (_("%.12s · not committed"), id) : g_strdup_printf ("%.12s", id);

  age = strata_words_dup_age (self->time, g_get_real_time () / G_USEC_PER_SEC);

  return g_strdup_printf ("%.12s · %s · %s", id, self->author, age);
}

gboolean
strata_timeline_item_is_irreversible (StrataTimelineItem *self)
{
  StrataRevision *revision = strata_timeline_item_get_revision (self);

  return revision != NULL && strata_revision_get_irreversible (revision);
}

static const char *
name_state (StrataTimelineItem *self)
{
  switch (strata_timeline_item_get_state (self))
    {
    case STRATA_REVISION_APPLIED:
      return _("applied");
    case STRATA_REVISION_PENDING:
      return self->landed ? _("applied just now") : _("pending");
    case STRATA_REVISION_LOST:
      return _("in the database, not in the folder");
    case STRATA_REVISION_UNKNOWN:
    default:
      return NULL;
    }
}

char *
strata_timeline_item_dup_spoken (StrataTimelineItem *self)
{
  StrataNodeFlags flags = strata_timeline_item_get_flags (self);
  const char *state = name_state (self);
  g_autofree char *subtitle = strata_timeline_item_dup_subtitle (self);
  g_auto(GStrv) labels = strata_timeline_item_dup_labels (self);
  g_autofree char *branches = g_strjoinv (", ", labels);
  GString *text = g_string_new (strata_timeline_item_get_title (self));

  if (state != NULL)
    g_string_append_printf (text, ", %s", state);
  if (flags & STRATA_NODE_MERGEPOINT)
    g_string_append_printf (text, ", %s", _("merge"));
  if (flags & STRATA_NODE_HEAD)
    g_string_append_printf (text, ", %s", _("head"));
  if (*branches != '\0')
    /* Translators: names of branches. */
    g_string_append_printf (text, _(", branch %s"), branches);
  if (strata_timeline_item_is_irreversible (self))
    g_string_append_printf (text, ", %s", _("cannot be undone"));
  if (self->python != NULL)
    g_string_append_printf (text, ", %s", _("needs Python"));
  g_string_append_printf (text, ", %s", subtitle);
  if (self->n_findings > 0)
    g_string_append_printf (text, ngettext (", %u finding", ", %u findings", self->n_findings), self->n_findings);

  return g_string_free (text, FALSE);
}

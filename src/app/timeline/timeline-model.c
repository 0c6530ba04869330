/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/timeline/timeline-model.h"

#include <string.h>

#include "core/workspace/authors.h"
#include "core/workspace/lost.h"

#define NOWHERE G_MAXUINT

struct _StrataTimelineModel
{
  GObject               parent_instance;

  /* owned */
  StrataSnapshot       *snapshot;
  GArray               *entries;       /* StrataEntry, those that are shown */
  GHashTable           *findings;      /* path of a file -> its number of findings, GUINT_TO_POINTER */
  GHashTable           *found;         /* the same, of those that were looked for apart; or NULL */
  GHashTable           *authors;       /* path -> StrataAuthorship, or NULL */
  GHashTable           *python;        /* id -> why it needs Python, or NULL */
  GHashTable           *landed;        /* ids, a set */
  GHashTable           *live;          /* id -> StrataTimelineItem, borrowed; "" is the row of the database */
  GStrv                 words;         /* case folded */

  /* values */
  StrataTimelineFilter  filter;
  guint                 counts[STRATA_TIMELINE_N_FILTERS];
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StrataTimelineModel, strata_timeline_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* The item does not know its list; what it is called here must outlive it. */
typedef struct
{
  StrataTimelineModel *model;
  char                *id;
} Live;

static void
live_free (Live *live)
{
  if (live->model != NULL)
    {
      g_hash_table_remove (live->model->live, live->id);
      g_object_remove_weak_pointer (G_OBJECT (live->model), (gpointer *) &live->model);
    }
  g_free (live->id);
  g_free (live);
}

static StrataRevision *
get_revision (StrataSnapshot *snapshot,
              StrataEntry     entry)
{
  if (entry.kind == STRATA_ENTRY_REVISION)
    return strata_graph_get_revision (snapshot->graph,
                                      g_array_index (snapshot->lanes->rows, StrataLaneRow, entry.index).node);
  if (entry.kind == STRATA_ENTRY_GHOST && entry.index < snapshot->status->lost->found->len)
    return ((StrataLostRevision *) g_ptr_array_index (snapshot->status->lost->found, entry.index))->revision;

  return NULL;
}

static const char *
get_id (StrataSnapshot *snapshot,
        StrataEntry     entry)
{
  StrataRevision *revision = get_revision (snapshot, entry);

  if (revision != NULL)
    return strata_revision_get_id (revision);
  if (entry.kind == STRATA_ENTRY_HERE)
    return "";

  return snapshot->status->lost->missing[entry.index - snapshot->status->lost->found->len];
}

static gboolean
has_findings (GHashTable *table)
{
  return table != NULL && g_hash_table_size (table) > 0;
}

static guint
count_findings (StrataTimelineModel *self,
                StrataRevision      *revision)
{
  GHashTable *tables[] = { self->findings, self->found };
  guint n = 0;

  /* Most projects have none: a hundred thousand paths need not be hashed for that. */
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (has_findings (tables[i]))
      n += GPOINTER_TO_UINT (g_hash_table_lookup (tables[i], strata_revision_get_path (revision)));

  return n;
}

static gboolean
is_problem (StrataTimelineModel *self,
            const StrataLaneRow *row)
{
  return count_findings (self, strata_graph_get_revision (self->snapshot->graph, row->node)) > 0
         || strata_graph_get_flags (self->snapshot->graph, row->node) & STRATA_NODE_BROKEN;
}

static gboolean
has_word (const char *text,
          const char *word)
{
  g_autofree char *folded = NULL;

  if (text == NULL)
    return FALSE;
  if (g_str_is_ascii (text))
    return strcasestr (text, word) != NULL;

  folded = g_utf8_casefold (text, -1);

  return strstr (folded, word) != NULL;
}

static gboolean
has_label (StrataRevision *revision,
           const char     *word)
{
  const char * const *labels = strata_revision_get_branch_labels (revision);

  for (guint i = 0; labels != NULL && labels[i] != NULL; i++)
    if (has_word (labels[i], word))
      return TRUE;

  return FALSE;
}

static gboolean
matches (StrataTimelineModel *self,
         StrataRevision      *revision)
{
  const char *path = strata_revision_get_path (revision);
  const char *slash = path != NULL ? strrchr (path, G_DIR_SEPARATOR) : NULL;
  StrataAuthorship *author = self->authors != NULL && path != NULL ? g_hash_table_lookup (self->authors, path) : NULL;

  for (guint i = 0; self->words[i] != NULL; i++)
    {
      const char *word = self->words[i];

      if (!has_word (strata_revision_get_id (revision), word) && !has_word (strata_revision_get_message (revision), word)
          && !has_label (revision, word) && !has_word (slash, word)
          && !(author != NULL && has_word (author->author, word)))
        return FALSE;
    }

  return TRUE;
}

static gboolean
passes (StrataTimelineModel  *self,
        const StrataLaneRow  *row,
        StrataTimelineFilter  filter)
{
  switch (filter)
    {
    case STRATA_TIMELINE_PENDING:
      return strata_snapshot_get_state (self->snapshot, row->node) == STRATA_REVISION_PENDING;
    case STRATA_TIMELINE_APPLIED:
      return strata_snapshot_get_state (self->snapshot, row->node) == STRATA_REVISION_APPLIED;
    case STRATA_TIMELINE_PROBLEMS:
      return is_problem (self, row);
    case STRATA_TIMELINE_ALL:
    case STRATA_TIMELINE_N_FILTERS:
    default:
      return TRUE;
    }
}

static void
add_ghosts (StrataTimelineModel *self,
            GArray              *entries)
{
  const StrataLost *lost = self->snapshot->status->lost;
  guint n = lost != NULL ? lost->found->len + g_strv_length (lost->missing) : 0;

  for (guint i = 0; i < n; i++)
    {
      const StrataEntry entry = { STRATA_ENTRY_GHOST, i };
      StrataRevision *revision = get_revision (self->snapshot, entry);

      if (self->words[0] == NULL || (revision != NULL && matches (self, revision)))
        g_array_append_val (entries, entry);
    }
}

static GArray *
list_entries (StrataTimelineModel *self)
{
  StrataEntry here = { STRATA_ENTRY_HERE, 0 };
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (StrataEntry));
  GArray *rows;
  gboolean wants_here;

  if (self->snapshot == NULL)
    return entries;

  rows = self->snapshot->lanes->rows;
  wants_here = self->snapshot->applied != NULL && !strata_timeline_model_is_filtered (self);
  if (self->filter != STRATA_TIMELINE_PENDING && self->filter != STRATA_TIMELINE_APPLIED)
    add_ghosts (self, entries);

  for (guint i = 0; i < rows->len; i++)
    {
      const StrataLaneRow *row = &g_array_index (rows, StrataLaneRow, i);
      const StrataEntry entry = { STRATA_ENTRY_REVISION, i };

      if (wants_here && self->snapshot->applied[row->node])
        {
          here.index = i;
          g_array_append_val (entries, here);
          wants_here = FALSE;
        }
      if (passes (self, row, self->filter)
          && (self->words[0] == NULL || matches (self, strata_graph_get_revision (self->snapshot->graph, row->node))))
        g_array_append_val (entries, entry);
    }

  here.index = rows->len;
  if (wants_here && rows->len > 0)
    g_array_append_val (entries, here);

  return entries;
}

/* Only where there are findings must the revisions be looked at one by one. */
static guint
count_problems (StrataTimelineModel *self)
{
  GArray *rows = self->snapshot->lanes->rows;
  guint n = 0;

  if (!has_findings (self->findings) && !has_findings (self->found))
    return self->snapshot->n_broken;

  for (guint i = 0; i < rows->len; i++)
    n += is_problem (self, &g_array_index (rows, StrataLaneRow, i));

  return n;
}

static void
count_all (StrataTimelineModel *self)
{
  memset (self->counts, 0, sizeof self->counts);
  if (self->snapshot == NULL)
    return;

  self->counts[STRATA_TIMELINE_ALL] = self->snapshot->lanes->rows->len;
  self->counts[STRATA_TIMELINE_PENDING] = self->snapshot->n_in_state[STRATA_REVISION_PENDING];
  self->counts[STRATA_TIMELINE_APPLIED] = self->snapshot->n_in_state[STRATA_REVISION_APPLIED];
  self->counts[STRATA_TIMELINE_PROBLEMS] = count_problems (self);
}

static void
count_file_findings (StrataTimelineModel *self)
{
  GPtrArray *findings = self->snapshot != NULL ? self->snapshot->status->findings : NULL;

  g_hash_table_remove_all (self->findings);
  for (guint i = 0; findings != NULL && i < findings->len; i++)
    {
      const char *file = strata_finding_get_place (g_ptr_array_index (findings, i)).file;
      guint n;

      if (file == NULL)
        continue;
      n = GPOINTER_TO_UINT (g_hash_table_lookup (self->findings, file));
      g_hash_table_replace (self->findings, g_strdup (file), GUINT_TO_POINTER (n + 1));
    }
}

static void
fill_item (StrataTimelineModel *self,
           StrataTimelineItem  *item)
{
  StrataRevision *revision = strata_timeline_item_get_revision (item);
  const char *path = revision != NULL ? strata_revision_get_path (revision) : NULL;
  StrataAuthorship *author = path != NULL && self->authors != NULL ? g_hash_table_lookup (self->authors, path) : NULL;

  if (strata_timeline_item_get_kind (item) != STRATA_ENTRY_REVISION)
    return;

  strata_timeline_item_set_findings (item, count_findings (self, revision));
  strata_timeline_item_set_python (item, self->python != NULL ? g_hash_table_lookup (self->python, strata_revision_get_id (revision))
                                                              : NULL);
  strata_timeline_item_set_landed (item, g_hash_table_contains (self->landed, strata_revision_get_id (revision)));
  if (author != NULL)
    strata_timeline_item_set_author (item, author->author, author->added, author->uncommitted);
}

/* The rows that are the same at both ends stay; what lies between is new. */
static void
replace_entries (StrataTimelineModel *self,
                 StrataSnapshot      *old_snapshot,
                 GArray              *entries)
{
  g_autoptr(GArray) old = self->entries;
  guint most = MIN (old->len, entries->len);
  guint head = 0;
  guint tail = 0;

#define ID(snapshot, array, i) get_id (snapshot, g_array_index (array, StrataEntry, i))
  while (head < most && g_str_equal (ID (old_snapshot, old, head), ID (self->snapshot, entries, head)))
    head++;
  while (tail < most - head
         && g_str_equal (ID (old_snapshot, old, old->len - 1 - tail), ID (self->snapshot, entries, entries->len - 1 - tail)))
    tail++;
#undef ID

  self->entries = entries;
  if (old->len - head - tail > 0 || entries->len - head - tail > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), head, old->len - head - tail, entries->len - head - tail);
}

/* Ids of what is shown -> entry + 1, for as many as are alive. */
static void
update_live (StrataTimelineModel *self)
{
  guint left = g_hash_table_size (self->live);

  for (guint i = 0; i < self->entries->len && left > 0; i++)
    {
      StrataEntry entry = g_array_index (self->entries, StrataEntry, i);
      StrataTimelineItem *item = g_hash_table_lookup (self->live, get_id (self->snapshot, entry));

      if (item == NULL)
        continue;

      strata_timeline_item_update (item, self->snapshot, entry);
      fill_item (self, item);
      left--;
    }
}

static void
renew (StrataTimelineModel *self,
       StrataSnapshot      *old_snapshot)
{
  replace_entries (self, old_snapshot, list_entries (self));
  update_live (self);
}

static GType
get_item_type (GListModel *model)
{
  return STRATA_TYPE_TIMELINE_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return STRATA_TIMELINE_MODEL (model)->entries->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  StrataTimelineModel *self = STRATA_TIMELINE_MODEL (model);
  StrataTimelineItem *item;
  StrataEntry entry;
  Live *live;

  if (position >= self->entries->len)
    return NULL;

  entry = g_array_index (self->entries, StrataEntry, position);
  item = g_hash_table_lookup (self->live, get_id (self->snapshot, entry));
  if (item != NULL)
    return g_object_ref (item);

  item = strata_timeline_item_new (self->snapshot, entry);
  fill_item (self, item);
  live = g_new0 (Live, 1);
  live->id = g_strdup (get_id (self->snapshot, entry));
  g_set_weak_pointer (&live->model, self);
  g_hash_table_insert (self->live, live->id, item);
  g_object_set_data_full (G_OBJECT (item), "live", live, (GDestroyNotify) live_free);

  return item;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
strata_timeline_model_finalize (GObject *object)
{
  StrataTimelineModel *self = STRATA_TIMELINE_MODEL (object);

  g_clear_pointer (&self->snapshot, strata_snapshot_unref);
  g_clear_pointer (&self->entries, g_array_unref);
  g_clear_pointer (&self->findings, g_hash_table_unref);
  g_clear_pointer (&self->found, g_hash_table_unref);
  g_clear_pointer (&self->authors, g_hash_table_unref);
  g_clear_pointer (&self->python, g_hash_table_unref);
  g_clear_pointer (&self->landed, g_hash_table_unref);
  g_clear_pointer (&self->live, g_hash_table_unref);
  g_clear_pointer (&self->words, g_strfreev);

  G_OBJECT_CLASS (strata_timeline_model_parent_class)->finalize (object);
}

static void
strata_timeline_model_class_init (StrataTimelineModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_timeline_model_finalize;
}

static void
strata_timeline_model_init (StrataTimelineModel *self)
{
  self->entries = g_array_new (FALSE, FALSE, sizeof (StrataEntry));
  self->findings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->landed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->live = g_hash_table_new (g_str_hash, g_str_equal);
  self->words = g_new0 (char *, 1);
}

StrataTimelineModel *
strata_timeline_model_new (void)
{
  return g_object_new (STRATA_TYPE_TIMELINE_MODEL, NULL);
}

void
strata_timeline_model_set_snapshot (StrataTimelineModel *self,
                                    StrataSnapshot      *snapshot)
{
  g_autoptr(StrataSnapshot) old = NULL;

  g_return_if_fail (STRATA_IS_TIMELINE_MODEL (self));

  if (self->snapshot == snapshot)
    return;

  old = g_steal_pointer (&self->snapshot);
  self->snapshot = snapshot != NULL ? strata_snapshot_ref (snapshot) : NULL;
  count_file_findings (self);
  count_all (self);
  renew (self, old);
}

void
strata_timeline_model_set_authors (StrataTimelineModel *self,
                                   GHashTable          *authors)
{
  g_return_if_fail (STRATA_IS_TIMELINE_MODEL (self));

  g_clear_pointer (&self->authors, g_hash_table_unref);
  self->authors = authors != NULL ? g_hash_table_ref (authors) : NULL;
  renew (self, self->snapshot);
}

static void
fill_live (StrataTimelineModel *self)
{
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    fill_item (self, item);
}

void
strata_timeline_model_set_found (StrataTimelineModel *self,
                                 GHashTable          *found)
{
  g_return_if_fail (STRATA_IS_TIMELINE_MODEL (self));

  g_hash_table_ref (found);
  g_clear_pointer (&self->found, g_hash_table_unref);
  self->found = found;
  count_all (self);
  if (self->filter == STRATA_TIMELINE_PROBLEMS)
    renew (self, self->snapshot);
  fill_live (self);
}

void
strata_timeline_model_set_python (StrataTimelineModel *self,
                                  GHashTable          *reasons)
{
  g_return_if_fail (STRATA_IS_TIMELINE_MODEL (self));

  g_hash_table_ref (reasons);
  g_clear_pointer (&self->python, g_hash_table_unref);
  self->python = reasons;
  fill_live (self);
}

void
strata_timeline_model_set_landed (StrataTimelineModel *self,
                                  const char * const  *ids)
{
  g_return_if_fail (STRATA_IS_TIMELINE_MODEL (self));

  g_hash_table_remove_all (self->landed);
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    g_hash_table_add (self->landed, g_strdup (ids[i]));
  fill_live (self);
}

void
strata_timeline_model_set_search (StrataTimelineModel *self,
                                  const char          *search)
{
  g_autofree char *folded = g_utf8_casefold (search != NULL ? search : "", -1);
  g_auto(GStrv) parts = g_strsplit_set (folded, " \t", -1);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  GStrv words;

  g_return_if_fail (STRATA_IS_TIMELINE_MODEL (self));

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_strv_builder_add (builder, parts[i]);
  words = g_strv_builder_end (builder);

  if (g_strv_equal ((const char * const *) words, (const char * const *) self->words))
    {
      g_strfreev (words);
      return;
    }

  g_strfreev (self->words);
  self->words = words;
  renew (self, self->snapshot);
}

void
strata_timeline_model_set_filter (StrataTimelineModel  *self,
                                  StrataTimelineFilter  filter)
{
  g_return_if_fail (STRATA_IS_TIMELINE_MODEL (self));

  if (self->filter == filter)
    return;

  self->filter = filter;
  renew (self, self->snapshot);
}

guint
strata_timeline_model_count (StrataTimelineModel  *self,
                             StrataTimelineFilter  filter)
{
  g_return_val_if_fail (filter < STRATA_TIMELINE_N_FILTERS, 0);

  return self->counts[filter];
}

gboolean
strata_timeline_model_is_filtered (StrataTimelineModel *self)
{
  return self->filter != STRATA_TIMELINE_ALL || self->words[0] != NULL;
}

guint
strata_timeline_model_find (StrataTimelineModel *self,
                            const char          *id)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (g_str_equal (get_id (self->snapshot, g_array_index (self->entries, StrataEntry, i)), id))
      return i;

  return NOWHERE;
}

guint
strata_timeline_model_find_here (StrataTimelineModel *self)
{
  return strata_timeline_model_find (self, "");
}

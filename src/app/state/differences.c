/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/differences.h"

#include <glib/gi18n.h>

#include "core/workspace/renames.h"

struct _StrataDifferences
{
  GObject         parent_instance;

  /* owned */
  StrataCompared *compared;
  GPtrArray      *items;        /* StrataDifferenceItem, as they are shown */
  GArray         *groups;       /* guint, one an item: where its group stands; itself of what is in none */
  GPtrArray      *questions;    /* StrataRenameGuess, borrowed */
  GPtrArray      *decided;      /* char*, and a NULL */
  GPtrArray      *along;        /* char*: titles of what comes along */

  /* values */
  guint           n_all;        /* those included that are not shown */
  guint           n;
  guint           n_ticked;
};

enum
{
  TICKS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StrataDifferences, strata_differences, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return STRATA_TYPE_DIFFERENCE_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return STRATA_DIFFERENCES (model)->items->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  StrataDifferences *self = STRATA_DIFFERENCES (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
strata_differences_finalize (GObject *object)
{
  StrataDifferences *self = STRATA_DIFFERENCES (object);

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->groups, g_array_unref);
  g_clear_pointer (&self->questions, g_ptr_array_unref);
  g_clear_pointer (&self->decided, g_ptr_array_unref);
  g_clear_pointer (&self->along, g_ptr_array_unref);
  g_clear_pointer (&self->compared, strata_compared_unref);

  G_OBJECT_CLASS (strata_differences_parent_class)->finalize (object);
}

static void
strata_differences_class_init (StrataDifferencesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_differences_finalize;

  signals[TICKS_CHANGED] =
    g_signal_new ("ticks-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
strata_differences_init (StrataDifferences *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->groups = g_array_new (FALSE, FALSE, sizeof (guint));
  self->along = g_ptr_array_new_with_free_func (g_free);
}

static const StrataObject *
get_object (const StrataDifference *difference)
{
  return difference->to != NULL ? difference->to : difference->from;
}

/* What it is about as a whole: the table, the view, the type. */
static char *
dup_key (const StrataObject *object)
{
  gboolean hangs = strata_object_kind_is_of_table (object->kind);
  StrataObjectKind kind = hangs || object->kind == STRATA_OBJECT_VIEW || object->kind == STRATA_OBJECT_MATERIALIZED_VIEW
                          ? STRATA_OBJECT_TABLE : object->kind;

  return g_strdup_printf ("%d %s\n%s\n%s", kind, object->schema != NULL ? object->schema : "",
                          hangs ? object->table : object->name,
                          !hangs && object->arguments != NULL ? object->arguments : "");
}

static const StrataObject *
find_table (const StrataPicture *picture,
            const StrataObject  *part)
{
  static const StrataObjectKind kinds[] = { STRATA_OBJECT_TABLE, STRATA_OBJECT_VIEW, STRATA_OBJECT_MATERIALIZED_VIEW };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const StrataObject like = { .kind = kinds[i], .schema = part->schema, .name = part->table };
      const StrataObject *found = strata_picture_find_object (picture, &like);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static char *
dup_group_title (StrataCompared         *compared,
                 const StrataDifference *difference)
{
  const StrataObject *object = get_object (difference);
  const StrataTakenSide *side = difference->to != NULL ? compared->comparison->to : compared->comparison->from;
  const StrataPicture *picture = side->picture;
  const StrataObject *table = strata_object_kind_is_of_table (object->kind) ? find_table (picture, object) : object;

  return strata_object_dup_title (table != NULL ? table : object, picture->default_schema);
}

/* Of a thing that comes or goes as a whole, and of nothing else: one row says it all. */
static gboolean
is_whole (const StrataDifference *difference)
{
  return difference->part == NULL && difference->kind != STRATA_DIFFERENCE_CHANGED
         && !strata_object_kind_is_of_table (get_object (difference)->kind);
}

static void
add_item (StrataDifferences      *self,
          StrataDifferenceFacts *facts,
          guint                  group)
{
  g_ptr_array_add (self->items, strata_difference_item_new (facts));
  g_array_append_val (self->groups, group);
}

static void
add_difference (StrataDifferences *self,
                guint             index,
                guint             group,
                gboolean          is_member)
{
  const StrataDifference *difference = strata_diff_get (self->compared->comparison->diff, index);
  StrataDifferenceFacts facts = {
    .kind = difference->kind,
    .is_member = is_member,
    .index = index,
    .title = strata_difference_dup_title (difference, self->compared->comparison->to->picture->default_schema),
    .property = g_strdup (difference->property),
    .was = g_strdup (difference->was),
    .is = g_strdup (difference->is),
    /* Untranslated there, as they go into scripts too. */
    .loss = difference->loss != NULL ? g_strdup (_(difference->loss)) : NULL,
    .review = difference->review != NULL ? g_strdup (_(difference->review)) : NULL,
  };

  if (self->compared->own_sql != NULL)
    facts.sql = g_strdup (g_ptr_array_index (self->compared->own_sql, index));
  add_item (self, &facts, group);
}

/* A group alone with its only difference is no group. */
static void
add_group (StrataDifferences *self,
           GArray           *members)
{
  guint first = g_array_index (members, guint, 0);
  const StrataDifference *difference = strata_diff_get (self->compared->comparison->diff, first);
  StrataDifferenceFacts facts = { .kind = STRATA_DIFFERENCE_CHANGED, .is_group = TRUE, .index = G_MAXUINT };
  guint group = self->items->len;

  if (members->len == 1 && is_whole (difference))
    {
      add_difference (self, first, group, FALSE);
      return;
    }

  for (guint i = 0; i < members->len; i++)
    {
      const StrataDifference *one = strata_diff_get (self->compared->comparison->diff, g_array_index (members, guint, i));

      if (is_whole (one))
        facts.kind = one->kind;
    }
  facts.title = dup_group_title (self->compared, difference);
  add_item (self, &facts, group);
  for (guint i = 0; i < members->len; i++)
    add_difference (self, g_array_index (members, guint, i), group, TRUE);
}

/* In the order in which the things first appear. */
static void
list_items (StrataDifferences *self)
{
  g_autoptr(GHashTable) by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (guint i = 0; i < self->n_all; i++)
    {
      const StrataDifference *difference = strata_diff_get (self->compared->comparison->diff, i);
      char *key = dup_key (get_object (difference));
      GArray *members = g_hash_table_lookup (by_key, key);

      if (!strata_comparison_tells (self->compared->comparison, i))
        {
          g_free (key);
          continue;
        }
      if (members == NULL)
        {
          members = g_array_new (FALSE, FALSE, sizeof (guint));
          g_ptr_array_add (groups, members);
          g_hash_table_insert (by_key, g_steal_pointer (&key), members);
        }
      g_free (key);
      g_array_append_val (members, i);
    }

  for (guint i = 0; i < groups->len; i++)
    add_group (self, g_ptr_array_index (groups, i));
}

StrataDifferences *
strata_differences_new (StrataCompared *compared)
{
  StrataDifferences *self = g_object_new (STRATA_TYPE_DIFFERENCES, NULL);
  const GPtrArray *guesses = strata_diff_get_guesses (compared->comparison->diff);

  self->compared = compared;
  self->n_all = strata_diff_get_n (compared->comparison->diff);
  self->n = compared->comparison->n_chosen;
  self->questions = g_ptr_array_new ();
  self->decided = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; compared->renames[i] != NULL; i++)
    g_ptr_array_add (self->decided, g_strdup (compared->renames[i]));
  g_ptr_array_add (self->decided, NULL);
  for (guint i = 0; guesses != NULL && i < guesses->len; i++)
    g_ptr_array_add (self->questions, g_ptr_array_index (guesses, i));
  list_items (self);

  return self;
}

StrataCompared *
strata_differences_get_compared (StrataDifferences *self)
{
  return self->compared;
}

static gboolean
set_one (StrataDifferences *self,
         guint             position,
         gboolean          ticked)
{
  StrataDifferenceItem *item = g_ptr_array_index (self->items, position);

  if (strata_difference_item_get_facts (item)->is_group || strata_difference_item_get_ticked (item) == ticked)
    return FALSE;

  strata_difference_item_set_state (item, ticked, FALSE);
  self->n_ticked += ticked ? 1 : -1;

  return TRUE;
}

static void
update_group (StrataDifferences *self,
              guint             group)
{
  guint n = 0;
  guint ticked = 0;

  if (!strata_difference_item_get_facts (g_ptr_array_index (self->items, group))->is_group)
    return;

  for (guint i = group + 1; i < self->items->len && g_array_index (self->groups, guint, i) == group; i++, n++)
    ticked += strata_difference_item_get_ticked (g_ptr_array_index (self->items, i));
  strata_difference_item_set_state (g_ptr_array_index (self->items, group), ticked == n, ticked > 0 && ticked < n);
}

const char *
strata_differences_get_title (StrataDifferences *self,
                              guint              which)
{
  StrataComparison *comparison = self->compared->comparison;

  return which == 0 ? comparison->from->title : comparison->to->title;
}

void
strata_differences_tick (StrataDifferences *self,
                        guint             position,
                        gboolean          ticked)
{
  guint group = g_array_index (self->groups, guint, position);
  gboolean changed = set_one (self, position, ticked);

  if (position == group)
    for (guint i = group + 1; i < self->items->len && g_array_index (self->groups, guint, i) == group; i++)
      changed |= set_one (self, i, ticked);
  update_group (self, group);
  if (changed)
    g_signal_emit (self, signals[TICKS_CHANGED], 0);
}

void
strata_differences_tick_all (StrataDifferences *self,
                            gboolean          ticked)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < self->items->len; i++)
    changed |= set_one (self, i, ticked);
  for (guint i = 0; i < self->items->len; i++)
    if (g_array_index (self->groups, guint, i) == i)
      update_group (self, i);
  if (changed)
    g_signal_emit (self, signals[TICKS_CHANGED], 0);
}

guint
strata_differences_get_n (StrataDifferences *self)
{
  return self->n;
}

guint
strata_differences_get_n_ticked (StrataDifferences *self)
{
  return self->n_ticked;
}

gboolean *
strata_differences_dup_chosen (StrataDifferences *self)
{
  gboolean *chosen = g_new0 (gboolean, self->n_all + 1);

  for (guint i = 0; i < self->items->len; i++)
    {
      StrataDifferenceItem *item = g_ptr_array_index (self->items, i);
      const StrataDifferenceFacts *facts = strata_difference_item_get_facts (item);

      if (!facts->is_group)
        chosen[facts->index] = strata_difference_item_get_ticked (item);
    }

  return chosen;
}

GPtrArray *
strata_differences_get_questions (StrataDifferences *self)
{
  return self->questions;
}

const char * const *
strata_differences_decide (StrataDifferences       *self,
                           const StrataRenameGuess *guess,
                           gboolean                 is_renamed)
{
  StrataRename rename = guess->rename;

  rename.is_denied = !is_renamed;
  g_ptr_array_insert (self->decided, self->decided->len - 1,
                      strata_rename_dup_text (&rename, self->compared->comparison->from->picture->default_schema));
  if (guess->is_swap && is_renamed)
    {
      rename = strata_rename_turn (&rename);
      g_ptr_array_insert (self->decided, self->decided->len - 1,
                          strata_rename_dup_text (&rename, self->compared->comparison->from->picture->default_schema));
    }
  g_ptr_array_remove (self->questions, (gpointer) guess);

  return (const char * const *) self->decided->pdata;
}

void
strata_differences_set_planned (StrataDifferences *self,
                                const gboolean    *planned)
{
  g_autofree gboolean *chosen = strata_differences_dup_chosen (self);

  g_ptr_array_set_size (self->along, 0);
  for (guint i = 0; planned != NULL && i < self->n_all; i++)
    if (planned[i] && !chosen[i] && strata_comparison_tells (self->compared->comparison, i))
      g_ptr_array_add (self->along, strata_difference_dup_title (strata_diff_get (self->compared->comparison->diff, i),
                                                                 self->compared->comparison->to->picture->default_schema));

  for (guint i = 0; i < self->items->len; i++)
    {
      StrataDifferenceItem *item = g_ptr_array_index (self->items, i);
      const StrataDifferenceFacts *facts = strata_difference_item_get_facts (item);

      if (!facts->is_group)
        strata_difference_item_set_along (item, planned != NULL && planned[facts->index] && !chosen[facts->index]);
    }
}

GPtrArray *
strata_differences_list_along (StrataDifferences *self)
{
  return self->along;
}

char *
strata_differences_dup_first (StrataDifferences *self)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const StrataDifferenceFacts *facts = strata_difference_item_get_facts (g_ptr_array_index (self->items, i));

      if (!facts->is_group)
        return g_strdup (facts->title);
    }

  return NULL;
}

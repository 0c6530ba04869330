/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/completion-search.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/editor/completion-item.h"
#include "app/editor/completion-keywords.h"
#include "app/state/words.h"

/* More than anyone goes through. */
#define MOST_ITEMS 60
/* Shorter ones would be in the way of who types. */
#define SHORTEST_PREFIX 2
/* A longer one would make the list wider than the script. */
#define MOST_SIGNATURE 56
/* In a comment it is prose more often. */
#define SHORTEST_MARKER 3

typedef enum
{
  TIER_COMMON,
  TIER_OWN,
  TIER_PROJECT,
  TIER_RARE,
} Tier;

typedef struct
{
  const char *text;
  const char *key;
  guint       weight;
  Tier        tier;
  gboolean    keyword;
} Candidate;

typedef struct
{
  const StrataCompletionQuestion *question;
  const char                     *key;            /* of the prefix */
  StrataWordList                 *keywords;       /* or NULL */
  gboolean                        recase;         /* keywords are written in any case */
  GArray                         *candidates;
  GHashTable                     *seen;           /* keys, borrowed */
  gboolean                        whole;          /* the prefix is a word already */
} Search;

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const Candidate *first = a;
  const Candidate *second = b;

  if (first->tier != second->tier)
    return first->tier < second->tier ? -1 : 1;
  if (first->tier == TIER_PROJECT && first->weight != second->weight)
    return first->weight > second->weight ? -1 : 1;

  return strcmp (first->key, second->key);
}

static void
add (Search         *self,
     StrataWordList *list,
     guint           index,
     Tier            tier,
     gboolean        keyword)
{
  const char *key = strata_word_list_get_key (list, index);
  Candidate candidate = {
    strata_word_list_get_text (list, index), key, strata_word_list_get_weight (list, index), tier, keyword
  };

  if (keyword || self->keywords == NULL || !strata_word_list_has (self->keywords, key))
    if (g_hash_table_add (self->seen, (gpointer) candidate.text))
      g_array_append_val (self->candidates, candidate);
}

static void
add_keywords (Search *self)
{
  guint first;
  guint n = strata_word_list_find (self->keywords, self->key, &first);

  for (guint i = first; i < first + n; i++)
    {
      const char *key = strata_word_list_get_key (self->keywords, i);

      self->whole |= g_str_equal (key, self->key);
      add (self, self->keywords, i, !self->recase || strata_keywords_is_common (key) ? TIER_COMMON : TIER_RARE, TRUE);
    }
}

/* The word that is being typed may be known for no other reason than that it is being typed. */
static void
add_names (Search         *self,
           StrataWordList *list,
           Tier            tier)
{
  guint first;
  guint n = list != NULL ? strata_word_list_find (list, self->key, &first) : 0;

  for (guint i = 0; i < n; i++)
    {
      gboolean same = g_str_equal (strata_word_list_get_text (list, first + i), self->question->prefix);

      if (same && strata_word_list_get_weight (list, first + i) < 2)
        continue;

      self->whole |= same;
      add (self, list, first + i, tier, FALSE);
    }
}

/* As the last letter that was typed is; with none, as most of the script's are. */
static gboolean
writes_lower (const StrataCompletionQuestion *question)
{
  static const char * const samples[] = { "add", "alter", "create", "drop", "insert", "not", "select", "table", "update" };
  int balance = 0;

  for (gsize i = strlen (question->prefix); i-- > 0;)
    if (g_ascii_isalpha (question->prefix[i]))
      return g_ascii_islower (question->prefix[i]);

  for (guint i = 0; question->own != NULL && i < G_N_ELEMENTS (samples); i++)
    {
      guint first;
      guint n = strata_word_list_find (question->own, samples[i], &first);

      for (guint j = first; j < first + n; j++)
        if (g_str_equal (strata_word_list_get_key (question->own, j), samples[i]))
          balance += (g_ascii_islower (*strata_word_list_get_text (question->own, j)) ? 1 : -1)
                     * (int) strata_word_list_get_weight (question->own, j);
    }

  return balance > 0;
}

static char *
write_candidate (const Candidate *candidate,
                 gboolean         lower)
{
  if (!candidate->keyword)
    return g_strdup (candidate->text);

  return lower ? g_ascii_strdown (candidate->text, -1) : g_ascii_strup (candidate->text, -1);
}

/* As a table or a column. */
static gboolean
has_item (GPtrArray  *items,
          const char *text)
{
  for (guint i = 0; i < items->len; i++)
    if (g_str_equal (strata_completion_item_get_text (g_ptr_array_index (items, i)), text))
      return TRUE;

  return FALSE;
}

static void
search_words (const StrataCompletionQuestion *question,
              StrataWordList                 *keywords,
              gboolean                        names,
              GPtrArray                      *items)
{
  g_autofree char *key = strata_word_dup_key (question->prefix);
  g_autoptr(GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean recase = question->kind == STRATA_COMPLETE_SQL;
  gboolean lower = recase && writes_lower (question);
  Search self = { question, key, keywords, recase, candidates, seen, FALSE };

  if (!question->asked && g_utf8_strlen (question->prefix, -1) < SHORTEST_PREFIX)
    return;

  if (keywords != NULL)
    add_keywords (&self);
  if (names)
    {
      add_names (&self, question->own, TIER_OWN);
      add_names (&self, question->project, TIER_PROJECT);
    }
  if (self.whole && !question->asked)
    return;

  g_array_sort (candidates, compare_candidates);
  for (guint i = 0; i < candidates->len && items->len < MOST_ITEMS; i++)
    {
      const Candidate *candidate = &g_array_index (candidates, Candidate, i);
      g_autofree char *text = recase ? write_candidate (candidate, lower) : g_strdup (candidate->text);

      if (!has_item (items, text))
        g_ptr_array_add (items, strata_completion_item_new (g_steal_pointer (&text), NULL));
    }
}

static void
add_fixed (const StrataCompletionQuestion *question,
           const char * const             *texts,
           GPtrArray                      *items)
{
  gsize length = strlen (question->prefix);

  for (guint i = 0; texts[i] != NULL; i++)
    if (g_ascii_strncasecmp (texts[i], question->prefix, length) == 0
        && (question->asked || !g_str_equal (texts[i], question->prefix)))
      g_ptr_array_add (items, strata_completion_item_new (g_strdup (texts[i]), NULL));
}

/* By the beginning of its id, or of a word of its message. */
static gboolean
matches (StrataRevision *revision,
         const char     *prefix,
         const char     *key)
{
  g_autofree char *message = NULL;

  if (g_str_has_prefix (strata_revision_get_id (revision), prefix))
    return TRUE;

  message = strata_word_dup_key (strata_revision_get_message (revision));
  for (const char *at = strstr (message, key); at != NULL; at = strstr (at + 1, key))
    if (at == message || !g_ascii_isalnum (at[-1]))
      return TRUE;

  return FALSE;
}

static void
add_labels (const StrataCompletionQuestion *question,
            GPtrArray                      *items)
{
  StrataGraph *graph = question->snapshot->graph;
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint node = strata_graph_get_n_nodes (graph); node-- > 0 && items->len < MOST_ITEMS;)
    {
      StrataRevision *revision = strata_graph_get_revision (graph, node);
      const char * const *labels = strata_revision_get_branch_labels (revision);

      for (guint i = 0; labels != NULL && labels[i] != NULL; i++)
        if (g_str_has_prefix (labels[i], question->prefix) && g_hash_table_add (seen, (gpointer) labels[i])
            && (question->asked || !g_str_equal (labels[i], question->prefix)))
          g_ptr_array_add (items, strata_completion_item_new (g_strdup (labels[i]), strata_revision_get_message (revision)));
    }
}

static void
add_revisions (const StrataCompletionQuestion *question,
               GPtrArray                      *items)
{
  GArray *rows = question->snapshot->lanes->rows;
  g_autofree char *key = strata_word_dup_key (question->prefix);

  for (guint i = 0; i < rows->len && items->len < MOST_ITEMS; i++)
    {
      StrataRevision *revision = strata_graph_get_revision (question->snapshot->graph,
                                                            g_array_index (rows, StrataLaneRow, i).node);
      const char *id = strata_revision_get_id (revision);

      if (g_strcmp0 (strata_revision_get_path (revision), question->path) == 0
          || !matches (revision, question->prefix, key))
        continue;

      if (g_str_equal (id, question->prefix) && !question->asked)
        {
          g_ptr_array_set_size (items, 0);
          return;
        }
      g_ptr_array_add (items, strata_completion_item_new (g_strdup (id), strata_revision_get_message (revision)));
    }

  add_labels (question, items);
}

static void
add_dialects (const StrataCompletionQuestion *question,
              GPtrArray                      *items)
{
  const char *names[STRATA_DIALECT_UNKNOWN + 1] = { NULL, };

  for (guint i = 0; i < STRATA_DIALECT_UNKNOWN; i++)
    names[i] = strata_dialect_get_name (i);
  add_fixed (question, names, items);
}

/* What can be said by name in the call, before all else. */
static void
add_arguments (const StrataCompletionQuestion *question,
               GPtrArray                      *items)
{
  g_auto(GStrv) names = question->call != NULL ? strata_script_dup_keyword_arguments (question->call) : NULL;

  if (!question->asked && *question->prefix == '\0')
    return;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (g_str_has_prefix (names[i], question->prefix))
      g_ptr_array_add (items, strata_completion_item_new (g_strconcat (names[i], "=", NULL), question->call));
}

static char *
shorten (const char *signature)
{
  return strlen (signature) <= MOST_SIGNATURE ? g_strdup (signature)
                                              : g_strdup_printf ("%.*s…", MOST_SIGNATURE - 1, signature);
}

/* With what they take. */
static void
add_module (const StrataCompletionQuestion *question,
            GPtrArray                      *items)
{
  g_autofree char *key = strata_word_dup_key (question->prefix);

  for (const StrataScriptName *name = strata_script_list_names (question->module); name->name != NULL; name++)
    {
      g_autofree char *name_key = strata_word_dup_key (name->name);
      g_autofree char *signature = NULL;
      g_autofree char *note = NULL;

      if (!g_str_has_prefix (name_key, key))
        continue;
      if (!question->asked && g_str_equal (name->name, question->prefix))
        {
          g_ptr_array_set_size (items, 0);
          return;
        }

      signature = strata_script_name_dup_signature (name);
      note = signature != NULL ? shorten (signature) : NULL;
      g_ptr_array_add (items, strata_completion_item_new (g_strdup (name->name), note));
    }
}

/* FALSE: what is written is such a name already. */
static gboolean
add_named (const StrataCompletionQuestion *question,
           GPtrArray                      *names,
           const char                     *note,
           GPtrArray                      *items)
{
  g_autofree char *key = strata_word_dup_key (question->prefix);

  for (guint i = 0; i < names->len && items->len < MOST_ITEMS; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *name_key = strata_word_dup_key (name);

      if (!g_str_has_prefix (name_key, key))
        continue;
      if (!question->asked && g_str_equal (name, question->prefix))
        return FALSE;
      g_ptr_array_add (items, strata_completion_item_new (g_strdup (name), note));
    }

  return TRUE;
}

/* Tables and columns that are there. FALSE: there is no more to be said. */
static gboolean
add_there (const StrataCompletionQuestion *question,
           GPtrArray                      *items)
{
  const StrataNameSpot *spot = question->spot;
  gboolean goes_on = TRUE;

  if (question->catalogue == NULL || spot == NULL)
    return TRUE;
  if (!spot->is_sure && !question->asked && g_utf8_strlen (question->prefix, -1) < SHORTEST_PREFIX)
    return TRUE;

  for (guint i = 0; spot->tables != NULL && i < spot->tables->len && goes_on; i++)
    {
      const char *table = g_ptr_array_index (spot->tables, i);
      g_autoptr(GPtrArray) columns = strata_catalogue_list_columns (question->catalogue, table);

      goes_on = add_named (question, columns, table, items);
    }
  if (goes_on && spot->wants_table)
    {
      g_autoptr(GPtrArray) tables = strata_catalogue_list_tables (question->catalogue);

      /* Translators: what a name is, in a list of names to choose from. */
      goes_on = add_named (question, tables, _("table"), items);
    }
  if (!goes_on)
    g_ptr_array_set_size (items, 0);

  return goes_on && (!spot->is_sure || items->len == 0);
}

GPtrArray *
strata_completion_search (const StrataCompletionQuestion *question)
{
  static const char * const keys[] = { "Revision: ", "Revises: ", "Branch labels: ", "Depends on: ", "Created: ", NULL };
  static const char * const markers[] = { "strata:upgrade", "strata:downgrade", NULL };
  static const char * const options[] = { "transaction=off", "dialect=", NULL };
  static const char * const transaction[] = { "off", NULL };
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  if (!add_there (question, items))
    return items;

  switch (question->kind)
    {
    case STRATA_COMPLETE_SQL:
      search_words (question, strata_keywords_get_sql (question->dialect), TRUE, items);
      break;
    case STRATA_COMPLETE_PYTHON:
      add_arguments (question, items);
      search_words (question, strata_keywords_get_python (), TRUE, items);
      break;
    case STRATA_COMPLETE_NAMES:
      search_words (question, NULL, TRUE, items);
      break;
    case STRATA_COMPLETE_MODULE:
      add_module (question, items);
      break;
    case STRATA_COMPLETE_KEYS:
      if (question->asked || *question->prefix != '\0')
        {
          add_fixed (question, keys, items);
          add_fixed (question, markers, items);
        }
      break;
    case STRATA_COMPLETE_MARKERS:
      if (question->asked || strlen (question->prefix) >= SHORTEST_MARKER)
        add_fixed (question, markers, items);
      break;
    case STRATA_COMPLETE_OPTIONS:
      add_fixed (question, options, items);
      break;
    case STRATA_COMPLETE_TRANSACTION:
      add_fixed (question, transaction, items);
      break;
    case STRATA_COMPLETE_DIALECTS:
      add_dialects (question, items);
      break;
    case STRATA_COMPLETE_REVISIONS:
      if (question->snapshot != NULL && (question->asked || *question->prefix != '\0'))
        add_revisions (question, items);
      break;
    case STRATA_COMPLETE_LABELS:
      if (question->snapshot != NULL && (question->asked || *question->prefix != '\0'))
        add_labels (question, items);
      break;
    case STRATA_COMPLETE_NOTHING:
    default:
      break;
    }

  return items;
}

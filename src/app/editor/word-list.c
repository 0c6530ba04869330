/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/word-list.h"

#include <string.h>

typedef struct
{
  char  *text;
  char  *key;       /* the text itself where that is the same */
  guint  weight;
} Word;

struct _StrataWordList
{
  GArray *words;    /* Word, by key, then by text */
};

static void
word_clear (gpointer data)
{
  Word *word = data;

  if (word->key != word->text)
    g_free (word->key);
  g_free (word->text);
}

static void
word_list_clear (gpointer data)
{
  g_array_unref (((StrataWordList *) data)->words);
}

char *
strata_word_dup_key (const char *word)
{
  return g_str_is_ascii (word) ? g_ascii_strdown (word, -1) : g_utf8_casefold (word, -1);
}

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  const Word *first = a;
  const Word *second = b;
  int order = strcmp (first->key, second->key);

  return order != 0 ? order : strcmp (first->text, second->text);
}

static StrataWordList *
word_list_alloc (guint n)
{
  StrataWordList *self = g_atomic_rc_box_new0 (StrataWordList);

  self->words = g_array_sized_new (FALSE, FALSE, sizeof (Word), n);
  g_array_set_clear_func (self->words, word_clear);

  return self;
}

static void
take_word (StrataWordList *self,
           char           *text,
           guint           weight)
{
  Word word = { text, strata_word_dup_key (text), weight };

  if (g_str_equal (word.key, text))
    {
      g_free (word.key);
      word.key = text;
    }
  g_array_append_val (self->words, word);
}

StrataWordList *
strata_word_list_new (GHashTable *counts)
{
  StrataWordList *self = word_list_alloc (g_hash_table_size (counts));
  GHashTableIter iter;
  gpointer text;
  gpointer weight;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &text, &weight))
    {
      if (GPOINTER_TO_UINT (weight) == 0)
        continue;

      g_hash_table_iter_steal (&iter);
      take_word (self, text, GPOINTER_TO_UINT (weight));
    }
  g_array_sort (self->words, compare_words);

  return self;
}

StrataWordList *
strata_word_list_ref (StrataWordList *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
strata_word_list_unref (StrataWordList *self)
{
  g_atomic_rc_box_release_full (self, word_list_clear);
}

guint
strata_word_list_get_n (const StrataWordList *self)
{
  return self->words->len;
}

const char *
strata_word_list_get_text (const StrataWordList *self,
                           guint                 index)
{
  return g_array_index (self->words, Word, index).text;
}

const char *
strata_word_list_get_key (const StrataWordList *self,
                          guint                 index)
{
  return g_array_index (self->words, Word, index).key;
}

guint
strata_word_list_get_weight (const StrataWordList *self,
                             guint                 index)
{
  return g_array_index (self->words, Word, index).weight;
}

/* The first one whose key, cut to the length, is not before the given one; or behind it. */
static guint
bisect (const StrataWordList *self,
        const char           *key,
        gsize                 length,
        gboolean              behind)
{
  guint low = 0;
  guint high = self->words->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (strncmp (strata_word_list_get_key (self, middle), key, length) < (behind ? 1 : 0))
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

guint
strata_word_list_find (const StrataWordList *self,
                       const char           *key,
                       guint                *first)
{
  gsize length = strlen (key);

  *first = bisect (self, key, length, FALSE);

  return bisect (self, key, length, TRUE) - *first;
}

gboolean
strata_word_list_has (const StrataWordList *self,
                      const char           *key)
{
  guint first = bisect (self, key, strlen (key) + 1, FALSE);

  return first < self->words->len && g_str_equal (strata_word_list_get_key (self, first), key);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/word-index.h"

#include <glib/gstdio.h>

#include "app/editor/script-words.h"
#include "core/base/files.h"

/* Of all files; a project with more has data in its scripts. */
#define MOST_WORDS 40000
/* Longer ones are data too. */
#define LONGEST_FILE (1024 * 1024)

typedef struct
{
  char    *stamp;
  GArray  *words;      /* guint: numbers of words */
  guint    round;      /* when it was looked at last */
} File;

struct _StrataWordIndex
{
  GHashTable  *files;      /* path → File */
  GHashTable  *numbers;    /* word → its number; the words are those of the array */
  GPtrArray   *words;      /* char, by their numbers */
  GArray      *counts;     /* guint: in how many files */
  guint        round;
  guint        n_read;
};

static void
file_free (gpointer data)
{
  File *file = data;

  g_free (file->stamp);
  g_array_unref (file->words);
  g_free (file);
}

StrataWordIndex *
strata_word_index_new (void)
{
  StrataWordIndex *self = g_new0 (StrataWordIndex, 1);

  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, file_free);
  self->numbers = g_hash_table_new (g_str_hash, g_str_equal);
  self->words = g_ptr_array_new_with_free_func (g_free);
  self->counts = g_array_new (FALSE, FALSE, sizeof (guint));

  return self;
}

void
strata_word_index_free (StrataWordIndex *self)
{
  g_hash_table_unref (self->files);
  g_hash_table_unref (self->numbers);
  g_ptr_array_unref (self->words);
  g_array_unref (self->counts);
  g_free (self);
}

void
strata_word_index_begin (StrataWordIndex *self)
{
  self->round++;
}

static void
forget_words (StrataWordIndex *self,
              File            *file)
{
  for (guint i = 0; i < file->words->len; i++)
    g_array_index (self->counts, guint, g_array_index (file->words, guint, i))--;
  g_array_set_size (file->words, 0);
}

/* FALSE: there are too many. */
static gboolean
find_number (StrataWordIndex *self,
             const char      *word,
             guint           *number)
{
  gpointer known;
  char *copy;
  guint none = 0;

  if (g_hash_table_lookup_extended (self->numbers, word, NULL, &known))
    {
      *number = GPOINTER_TO_UINT (known);
      return TRUE;
    }

  if (self->words->len == MOST_WORDS)
    return FALSE;

  copy = g_strdup (word);
  *number = self->words->len;
  g_ptr_array_add (self->words, copy);
  g_array_append_val (self->counts, none);
  g_hash_table_insert (self->numbers, copy, GUINT_TO_POINTER (*number));

  return TRUE;
}

static void
take_words (StrataWordIndex *self,
            File            *file,
            GHashTable      *counts)
{
  GHashTableIter iter;
  gpointer word;
  guint number;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    if (find_number (self, word, &number))
      {
        g_array_append_val (file->words, number);
        g_array_index (self->counts, guint, number)++;
      }
}

static void
read_words (StrataWordIndex *self,
            File            *file,
            const char      *path)
{
  g_autoptr(GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *text = NULL;
  GStatBuf info;
  gsize length;

  forget_words (self, file);
  self->n_read++;
  if (g_stat (path, &info) == 0 && info.st_size <= LONGEST_FILE)
    text = strata_file_read (path, &length, NULL);
  /* What cannot be read has its finding elsewhere. */
  if (text == NULL || !g_utf8_validate (text, length, NULL))
    return;

  strata_script_words_collect (counts, g_str_has_suffix (path, ".py") ? STRATA_SCRIPT_PYTHON : STRATA_SCRIPT_SQL, text,
                               length, MOST_WORDS);
  take_words (self, file, counts);
}

void
strata_word_index_look (StrataWordIndex *self,
                        const char      *path)
{
  g_autofree char *stamp = strata_file_dup_stamp (path);
  File *file = g_hash_table_lookup (self->files, path);

  if (file == NULL)
    {
      file = g_new0 (File, 1);
      file->words = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (self->files, g_strdup (path), file);
    }

  file->round = self->round;
  if (stamp != NULL && g_strcmp0 (file->stamp, stamp) == 0)
    return;

  g_free (file->stamp);
  file->stamp = g_steal_pointer (&stamp);
  read_words (self, file, path);
}

StrataWordList *
strata_word_index_end (StrataWordIndex *self)
{
  g_autoptr(GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer file;

  g_hash_table_iter_init (&iter, self->files);
  while (g_hash_table_iter_next (&iter, NULL, &file))
    if (((File *) file)->round != self->round)
      {
        forget_words (self, file);
        g_hash_table_iter_remove (&iter);
      }

  for (guint i = 0; i < self->words->len; i++)
    if (g_array_index (self->counts, guint, i) > 0)
      g_hash_table_insert (counts, g_strdup (g_ptr_array_index (self->words, i)),
                           GUINT_TO_POINTER (g_array_index (self->counts, guint, i)));

  return strata_word_list_new (counts);
}

guint
strata_word_index_get_n_read (StrataWordIndex *self)
{
  return self->n_read;
}

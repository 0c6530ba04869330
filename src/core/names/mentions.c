/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/names/mentions.h"

/* Longer ones are no names. */
#define LONGEST_WORD 128

struct _StrataMentions
{
  gatomicrefcount  ref_count;
  GArray          *mentions;     /* StrataMention */
  GStringChunk    *texts;
};

StrataMentions *
strata_mentions_new (void)
{
  StrataMentions *self = g_new0 (StrataMentions, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->mentions = g_array_new (FALSE, FALSE, sizeof (StrataMention));
  self->texts = g_string_chunk_new (256);

  return self;
}

StrataMentions *
strata_mentions_ref (StrataMentions *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
strata_mentions_unref (StrataMentions *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_array_unref (self->mentions);
  g_string_chunk_free (self->texts);
  g_free (self);
}

guint
strata_mentions_get_n (const StrataMentions *self)
{
  return self->mentions->len;
}

const StrataMention *
strata_mentions_get (const StrataMentions *self,
                     guint                 index)
{
  g_return_val_if_fail (index < self->mentions->len, NULL);

  return &g_array_index (self->mentions, StrataMention, index);
}

static const char *
keep (StrataMentions *self,
      const char     *text)
{
  return text != NULL ? g_string_chunk_insert_const (self->texts, text) : NULL;
}

StrataMention *
strata_mentions_add (StrataMentions    *self,
                     StrataMentionKind  kind,
                     const char        *table,
                     const char        *column,
                     const char        *new_name)
{
  const StrataMention mention = {
    .kind = kind,
    .table = keep (self, table),
    .column = keep (self, column),
    .new_name = keep (self, new_name),
  };

  g_array_append_val (self->mentions, mention);

  return &g_array_index (self->mentions, StrataMention, self->mentions->len - 1);
}

static gboolean
is_word (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '$' || (c & 0x80) != 0;
}

void
strata_mentions_doubt (StrataMentions *self,
                       const char     *text,
                       gsize           length)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < length;)
    {
      gsize start = i;
      g_autofree char *word = NULL;

      while (i < length && is_word (text[i]) && (i > start || text[i] != '$'))
        i++;
      if (i == start)
        i++;
      else if (i - start <= LONGEST_WORD && !g_ascii_isdigit (text[start]))
        word = g_strndup (text + start, i - start);
      if (word == NULL || g_hash_table_contains (seen, word))
        continue;

      strata_mentions_add (self, STRATA_MENTION_DOUBTS_TABLE, word, NULL, NULL);
      g_hash_table_add (seen, g_steal_pointer (&word));
    }
}

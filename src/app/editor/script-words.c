/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/script-words.h"

#include <string.h>

#define SHORTEST_WORD 3
#define LONGEST_WORD 60

typedef struct
{
  const char *at;
  const char *end;
} Cursor;

static gboolean
begins (const Cursor *self,
        const char   *what)
{
  gsize n = strlen (what);

  return (gsize) (self->end - self->at) >= n && memcmp (self->at, what, n) == 0;
}

/* Behind the next one, or at the end. */
static void
skip_behind (Cursor     *self,
             const char *what)
{
  const char *found = g_strstr_len (self->at, self->end - self->at, what);

  self->at = found != NULL ? found + strlen (what) : self->end;
}

static void
skip_literal (Cursor *self)
{
  self->at++;
  skip_behind (self, "'");
}

static gboolean
skip_sql (Cursor *self)
{
  if (begins (self, "--"))
    skip_behind (self, "\n");
  else if (begins (self, "/*"))
    skip_behind (self, "*/");
  else if (*self->at == '\'')
    skip_literal (self);
  else
    return FALSE;

  return TRUE;
}

/* A text in three quotes that begins a line from its first column says in words what the script does. */
static gboolean
skip_python (Cursor     *self,
             const char *start)
{
  gboolean at_line_start = self->at == start || self->at[-1] == '\n';

  if (*self->at == '#')
    skip_behind (self, "\n");
  else if (at_line_start && (begins (self, "\"\"\"") || begins (self, "'''")))
    {
      char quotes[] = { *self->at, *self->at, *self->at, '\0' };

      self->at += 3;
      skip_behind (self, quotes);
    }
  else
    return FALSE;

  return TRUE;
}

static gboolean
is_word (gunichar c)
{
  return c == '_' || g_unichar_isalnum (c);
}

static void
count (GHashTable *counts,
       const char *word,
       gsize       length,
       guint       most)
{
  char text[LONGEST_WORD + 1];
  gpointer known;
  gpointer n;

  memcpy (text, word, length);
  text[length] = '\0';
  if (g_hash_table_lookup_extended (counts, text, &known, &n))
    /* The table keeps the key that it has. */
    g_hash_table_insert (counts, g_strdup (text), GUINT_TO_POINTER (GPOINTER_TO_UINT (n) + 1));
  else if (g_hash_table_size (counts) < most)
    g_hash_table_insert (counts, g_strdup (text), GUINT_TO_POINTER (1));
}

void
strata_script_words_collect (GHashTable           *counts,
                             StrataScriptLanguage  language,
                             const char           *text,
                             gsize                 length,
                             guint                 most)
{
  Cursor cursor = { text, text + length };

  while (cursor.at < cursor.end)
    {
      const char *start = cursor.at;
      gsize n;

      if (language == STRATA_SCRIPT_SQL ? skip_sql (&cursor) : skip_python (&cursor, text))
        continue;

      while (cursor.at < cursor.end && is_word (g_utf8_get_char (cursor.at)))
        cursor.at = g_utf8_next_char (cursor.at);
      n = cursor.at - start;
      if (n == 0)
        cursor.at = g_utf8_next_char (cursor.at);
      if (n >= SHORTEST_WORD && n <= LONGEST_WORD && !g_ascii_isdigit (*start))
        count (counts, start, n, most);
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/script-report.h"

#include <string.h>

#include "app/editor/finding-item.h"
#include "app/editor/script-words.h"

/* More than a person works through; the rest is counted. */
#define MOST_ITEMS 100
#define MOST_WORDS 20000

#define MARKER "-- strata:"

/* Goes through a text once, in step with findings that are sorted by their lines. */
typedef struct
{
  const char *at;       /* the start of a line */
  guint       line;     /* its number, from 1 */
  guint       offset;   /* its first character */
} Cursor;

void
strata_script_question_free (StrataScriptQuestion *self)
{
  g_clear_pointer (&self->given, g_ptr_array_unref);
  g_clear_pointer (&self->project, strata_project_unref);
  g_clear_pointer (&self->names, strata_known_names_unref);
  g_clear_pointer (&self->scope, strata_scope_unref);
  g_free (self->path);
  g_free (self->text);
  g_free (self);
}

void
strata_script_report_free (StrataScriptReport *self)
{
  g_ptr_array_unref (self->items);
  g_array_unref (self->markers);
  strata_word_list_unref (self->words);
  g_clear_pointer (&self->scope, strata_scope_unref);
  g_free (self);
}

static gboolean
next_line (Cursor *self)
{
  const char *end = strchr (self->at, '\n');

  if (end == NULL)
    return FALSE;

  self->offset += g_utf8_strlen (self->at, end + 1 - self->at);
  self->at = end + 1;
  self->line++;

  return TRUE;
}

static gboolean
is_word (gunichar c)
{
  return c == '_' || g_unichar_isalnum (c);
}

/* The word at the column, else the character there, else the last one before it. */
static StrataTextRange
range_in_line (const Cursor *line,
               guint         column)
{
  const char *end = strchrnul (line->at, '\n');
  const char *at = line->at;
  guint start = line->offset;
  guint stop;

  for (guint i = 1; i < column && at < end; i++, start++)
    at = g_utf8_next_char (at);

  if (at == end)
    {
      for (; at > line->at && g_ascii_isspace (at[-1]); start--)
        at--;

      return (StrataTextRange) { start - (at > line->at), start };
    }

  for (stop = start; at < end && is_word (g_utf8_get_char (at)); stop++)
    at = g_utf8_next_char (at);

  return (StrataTextRange) { start, MAX (stop, start + 1) };
}

static StrataTextRange
range_of_line (const Cursor *line)
{
  const char *end = strchrnul (line->at, '\n');
  const char *at = line->at;
  guint start = line->offset;

  for (; at < end && g_ascii_isspace (*at); start++)
    at++;
  while (end > at && g_ascii_isspace (end[-1]))
    end--;

  return (StrataTextRange) { start, start + g_utf8_strlen (at, end - at) };
}

static StrataTextRange
find_range (Cursor      *cursor,
            StrataPlace  place)
{
  while (cursor->line < place.line && next_line (cursor))
    ;

  if (place.line == 0 || cursor->line != place.line)
    return (StrataTextRange) { 0, 0 };

  return place.column > 0 ? range_in_line (cursor, place.column) : range_of_line (cursor);
}

static void
add_items (StrataScriptReport *self,
           const char         *text,
           GPtrArray          *findings)
{
  Cursor cursor = { text, 1, 0 };

  for (guint i = 0; i < findings->len; i++)
    {
      StrataFinding *finding = g_ptr_array_index (findings, i);
      StrataTextRange range;

      if (self->items->len == MOST_ITEMS)
        {
          self->n_more = findings->len - i;
          return;
        }

      range = find_range (&cursor, strata_finding_get_place (finding));
      g_ptr_array_add (self->items, strata_finding_item_new (finding, range.start, range.end));
    }
}

static void
add_markers (StrataScriptReport *self,
             const char         *text)
{
  Cursor cursor = { text, 1, 0 };

  do
    if (g_str_has_prefix (cursor.at, MARKER))
      {
        StrataTextRange range = range_of_line (&cursor);

        g_array_append_val (self->markers, range);
      }
  while (next_line (&cursor));
}

StrataScriptReport *
strata_script_report_new (const StrataScriptQuestion *question)
{
  StrataScriptReport *self = g_new0 (StrataScriptReport, 1);
  gsize length = question->text != NULL ? strlen (question->text) : 0;
  const char *text = question->text != NULL ? question->text : "";
  g_autoptr(GPtrArray) findings = question->text != NULL
                                  ? strata_script_check (question->path, text, length, question->server,
                                                         question->project)
                                  : strata_findings_new ();
  g_autoptr(GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (question->text != NULL && question->names != NULL)
    self->scope = strata_scope_new (question->names, question->path, text, length, question->scope, findings);
  for (guint i = 0; question->given != NULL && i < question->given->len; i++)
    g_ptr_array_add (findings, strata_finding_ref (g_ptr_array_index (question->given, i)));
  strata_findings_sort (findings);

  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->markers = g_array_new (FALSE, FALSE, sizeof (StrataTextRange));
  add_items (self, text, findings);
  add_markers (self, text);

  strata_script_words_collect (words, g_str_has_suffix (question->path, ".py") ? STRATA_SCRIPT_PYTHON : STRATA_SCRIPT_SQL,
                               text, length, MOST_WORDS);
  self->words = strata_word_list_new (words);

  return self;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/completion-spot.h"

#include <string.h>

#include "app/editor/completion-names.h"

/* Of a statement, on either side of the cursor; one that is longer is full of values. */
#define MOST_CHARACTERS 16000
/* A call that goes on for longer gets no names offered. */
#define MOST_CALL_LINES 30

#define MARKER "-- strata:"

static char *
dup_before (const StrataCompletionCursor *cursor,
            const GtkTextIter            *from)
{
  GtkTextIter start = *from;
  GtkTextIter end = *cursor->cursor;

  gtk_text_iter_backward_chars (&end, g_utf8_strlen (cursor->prefix, -1));
  if (gtk_text_iter_get_offset (&end) - gtk_text_iter_get_offset (&start) > MOST_CHARACTERS)
    {
      start = end;
      gtk_text_iter_backward_chars (&start, MOST_CHARACTERS);
      gtk_text_iter_forward_line (&start);
    }

  return gtk_text_iter_compare (&start, &end) <= 0 ? gtk_text_iter_get_slice (&start, &end) : g_strdup ("");
}

static char *
dup_after (const StrataCompletionCursor *cursor,
           const GtkTextIter            *to)
{
  GtkTextIter end = *cursor->cursor;

  gtk_text_iter_forward_chars (&end, MOST_CHARACTERS);
  if (to != NULL && gtk_text_iter_compare (&end, to) > 0)
    end = *to;

  return gtk_text_iter_get_slice (cursor->cursor, &end);
}

static void
cut (char       *text,
     const char *mark)
{
  char *at = strstr (text, mark);

  if (at != NULL)
    *at = '\0';
}

static void
find_in_sql (StrataNameSpot               *self,
             const StrataCompletionCursor *cursor,
             const char                   *before,
             char                         *after)
{
  const char *start = strata_sql_find_statement_start (cursor->dialect, before);

  after[strata_sql_find_statement_end (cursor->dialect, after)] = '\0';
  strata_name_spot_find (self, cursor->dialect, start, after);
}

static void
find_in_script (StrataNameSpot               *self,
                const StrataCompletionCursor *cursor)
{
  GtkTextIter start;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  char *marker;

  gtk_text_buffer_get_start_iter (cursor->buffer, &start);
  before = dup_before (cursor, &start);
  after = dup_after (cursor, NULL);
  cut (after, "\n" MARKER);
  marker = g_strrstr (before, "\n" MARKER);
  find_in_sql (self, cursor, marker != NULL ? marker + 1 : before, after);
}

/* The text of a statement that stands in quotes. */
static void
find_in_literal (StrataNameSpot               *self,
                 const StrataCompletionCursor *cursor)
{
  g_autofree char *before = dup_before (cursor, cursor->literal);
  g_autofree char *after = NULL;
  GtkTextIter end = *cursor->cursor;
  const char *text;

  gtk_source_buffer_iter_forward_to_context_class_toggle (GTK_SOURCE_BUFFER (cursor->buffer), &end, "string");
  after = dup_after (cursor, &end);
  for (gsize length = strlen (after); length > 0 && strchr ("\"'", after[length - 1]) != NULL; length--)
    after[length - 1] = '\0';
  text = before + strcspn (before, "\"'");
  text += strspn (text, "\"'");
  find_in_sql (self, cursor, text, after);
}

static void
find_in_call (StrataNameSpot               *self,
              const StrataCompletionCursor *cursor)
{
  GtkTextIter start = *cursor->cursor;
  g_autofree char *before = NULL;
  g_autofree char *above = NULL;

  gtk_text_iter_backward_lines (&start, MOST_CALL_LINES);
  if (gtk_text_iter_compare (&start, cursor->literal) > 0)
    return;

  above = gtk_text_iter_get_slice (&start, cursor->literal);
  before = dup_before (cursor, &start);
  if (strlen (before) > strlen (above))
    strata_completion_names_find (self, before, before + strlen (above));
}

void
strata_completion_spot_find (StrataNameSpot               *self,
                             const StrataCompletionCursor *cursor)
{
  *self = (StrataNameSpot) { FALSE, };
  if (cursor->kind != STRATA_COMPLETE_SQL && cursor->kind != STRATA_COMPLETE_NAMES)
    return;

  if (cursor->is_sql)
    find_in_script (self, cursor);
  else if (cursor->literal != NULL && cursor->kind == STRATA_COMPLETE_SQL)
    find_in_literal (self, cursor);
  else if (cursor->literal != NULL)
    find_in_call (self, cursor);
}

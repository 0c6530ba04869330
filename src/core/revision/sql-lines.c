/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/revision/sql-lines.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"
#define MARKER_WORD     "strata:"

StrataSpan
strata_span_skip (StrataSpan self,
                  gsize      length)
{
  return (StrataSpan) { self.text + length, self.length - length };
}

gboolean
strata_span_begins (StrataSpan  self,
                    const char *prefix)
{
  gsize length = strlen (prefix);

  return self.length >= length && memcmp (self.text, prefix, length) == 0;
}

/* Whether a comment with this text is a marker. */
gboolean
strata_span_is_marker (StrataSpan self)
{
  return (self.length >= strlen (MARKER_WORD)
          && g_ascii_strncasecmp (self.text, MARKER_WORD, strlen (MARKER_WORD)) == 0);
}

void
strata_span_trim_start (StrataSpan *self)
{
  while (self->length > 0 && g_ascii_isspace (*self->text))
    *self = strata_span_skip (*self, 1);
}

void
strata_span_trim_end (StrataSpan *self)
{
  while (self->length > 0 && g_ascii_isspace (self->text[self->length - 1]))
    self->length--;
}

void
strata_span_trim (StrataSpan *self)
{
  strata_span_trim_start (self);
  strata_span_trim_end (self);
}

void
strata_lines_init (StrataLines *self,
                   const char  *text,
                   gsize        length)
{
  *self = (StrataLines) { .next = text, .end = text + length };

  if (strata_span_begins ((StrataSpan) { text, length }, BYTE_ORDER_MARK))
    self->next += strlen (BYTE_ORDER_MARK);
}

gboolean
strata_lines_next (StrataLines *self)
{
  const char *line_end;

  if (self->next == self->end)
    return FALSE;

  self->line.text = self->next;
  self->number++;

  line_end = memchr (self->next, '\n', self->end - self->next);
  self->next = line_end != NULL ? line_end + 1 : self->end;
  if (line_end == NULL)
    line_end = self->end;
  if (line_end > self->line.text && line_end[-1] == '\r')
    line_end--;
  self->line.length = line_end - self->line.text;

  return TRUE;
}

/* The next call of strata_lines_next() gives the current line again. */
void
strata_lines_step_back (StrataLines *self)
{
  self->next = self->line.text;
  self->number--;
}

/* Characters count, not bytes: every byte of UTF-8 that is no continuation begins one. */
guint
strata_lines_get_column (StrataLines *self,
                         const char  *at)
{
  guint column = 1;

  for (const char *c = self->line.text; c < at; c++)
    column += ((guchar) *c & 0xc0) != 0x80;

  return column;
}

/* Any case and more space are accepted, and the caller is told of an indented marker (which is none, it may well stand
 * inside a string): what passes for a comment here would leave the SQL of both directions in one section. */
gboolean
strata_lines_get_marker (StrataLines *self,
                         StrataSpan  *words,
                         gboolean    *indented)
{
  StrataSpan rest = self->line;

  /* Nearly all lines of a large file leave here. */
  if (rest.length == 0 || !(*rest.text == '-' || g_ascii_isspace (*rest.text)))
    return FALSE;

  strata_span_trim (&rest);
  if (!strata_span_begins (rest, "--"))
    return FALSE;

  *indented = rest.text != self->line.text;
  rest = strata_span_skip (rest, 2);
  strata_span_trim (&rest);
  if (!strata_span_is_marker (rest))
    return FALSE;

  *words = strata_span_skip (rest, strlen (MARKER_WORD));
  strata_span_trim (words);

  return TRUE;
}

gboolean
strata_lines_has_section (const StrataLines *self,
                          const char        *name)
{
  StrataLines lines = *self;
  gsize length = strlen (name);

  while (strata_lines_next (&lines))
    {
      StrataSpan words;
      gboolean indented;

      if (strata_lines_get_marker (&lines, &words, &indented) && !indented
          && words.length >= length && g_ascii_strncasecmp (words.text, name, length) == 0
          && (words.length == length || strchr (" \t", words.text[length]) != NULL))
        return TRUE;
    }

  return FALSE;
}

static void
skip_one_blank (StrataSpan *span)
{
  if (strata_span_begins (*span, " ") || strata_span_begins (*span, "\t"))
    *span = strata_span_skip (*span, 1);
}

/* Moves behind the end of the block comment, where that is on this line; gives how much of it the line has. */
static gsize
skip_block_comment (StrataLines *self,
                    StrataSpan  *rest)
{
  const char *close = memmem (rest->text, rest->length, "*/", 2);
  gsize length = close != NULL ? (gsize) (close - rest->text) : rest->length;

  self->in_block_comment = close == NULL;
  *rest = strata_span_skip (*rest, close != NULL ? length + 2 : length);
  strata_span_trim (rest);

  return length;
}

/* The content ends with the comment. Anything behind it but further comments makes the line one of text. */
static StrataLineKind
read_block_comment (StrataLines    *self,
                    StrataSpan     *content,
                    StrataLineKind  kind)
{
  StrataSpan rest = *content;

  content->length = skip_block_comment (self, &rest);
  strata_span_trim_end (content);
  while (strata_span_begins (rest, "/*"))
    {
      rest = strata_span_skip (rest, 2);
      skip_block_comment (self, &rest);
    }

  if (rest.length == 0 || strata_span_begins (rest, "--"))
    return kind;

  *content = rest;

  return STRATA_LINE_TEXT;
}

StrataLineKind
strata_lines_classify (StrataLines *self,
                       StrataSpan  *content)
{
  *content = self->line;
  strata_span_trim_end (content);
  if (content->length == 0)
    return self->in_block_comment ? STRATA_LINE_IN_COMMENT : STRATA_LINE_BLANK;

  strata_span_trim_start (content);

  if (self->in_block_comment)
    {
      if (strata_span_begins (*content, "*") && !strata_span_begins (*content, "*/"))
        *content = strata_span_skip (*content, 1);
      skip_one_blank (content);
      return read_block_comment (self, content, STRATA_LINE_IN_COMMENT);
    }

  if (strata_span_begins (*content, "--"))
    {
      *content = strata_span_skip (*content, 2);
      skip_one_blank (content);
      return STRATA_LINE_COMMENT;
    }

  if (strata_span_begins (*content, "/*"))
    {
      *content = strata_span_skip (*content, 2);
      skip_one_blank (content);
      return read_block_comment (self, content, STRATA_LINE_OPEN_COMMENT);
    }

  return STRATA_LINE_TEXT;
}

void
strata_report_indented_marker (const char  *path,
                               StrataLines *lines,
                               StrataSpan   words,
                               GPtrArray   *findings)
{
  StrataPlace place = { path, lines->number, strata_lines_get_column (lines, words.text) };

  g_ptr_array_add (findings,
                   strata_finding_new (STRATA_SEVERITY_ERROR, "sql-indented-marker", place,
                                       _("Move “--” to the start of the line, or change the text."),
                                       _("“strata:%.*s” is indented, so it begins no section"),
                                       (int) words.length, words.text));
}

gboolean
strata_report_utf16 (const char *path,
                     const char *text,
                     gsize       length,
                     GPtrArray  *findings)
{
  if (length < 2 || (memcmp (text, "\xff\xfe", 2) != 0 && memcmp (text, "\xfe\xff", 2) != 0))
    return FALSE;

  g_ptr_array_add (findings,
                   strata_finding_new (STRATA_SEVERITY_ERROR, "sql-not-utf8", (StrataPlace) { path, 1, 1 },
                                       _("Save the file as UTF-8."), _("The file is UTF-16, not UTF-8")));

  return TRUE;
}

void
strata_report_bad_utf8 (const char *path,
                        const char *text,
                        gsize       length,
                        GPtrArray  *findings)
{
  StrataLines lines;
  const char *bad;

  if (g_utf8_validate_len (text, length, &bad))
    return;

  strata_lines_init (&lines, text, length);
  while (strata_lines_next (&lines) && lines.next <= bad)
    ;

  g_ptr_array_add (findings,
                   strata_finding_new (STRATA_SEVERITY_ERROR, "sql-not-utf8",
                                       (StrataPlace) { path, lines.number, strata_lines_get_column (&lines, bad) },
                                       _("Save the file as UTF-8."), _("Byte 0x%02x is no UTF-8 text"), (guchar) *bad));
}

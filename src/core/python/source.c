/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/source.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Offsets in tokens and nodes have 32 bits; no script that people write comes near this. */
#define LONGEST_TEXT (16 * 1024 * 1024)

struct _StrataPySource
{
  gatomicrefcount ref_count;
  char           *path;
  char           *text;
  gsize           length;
  /* Offsets (guint32) where lines begin, so that a place is found without counting from the start each time. */
  GArray         *lines;
};

static void
report (StrataPySource *self,
        GPtrArray      *findings,
        guint           line,
        const char     *hint,
        const char     *message)
{
  StrataPlace place = { self->path, line, 0 };

  g_ptr_array_add (findings, strata_finding_new (STRATA_SEVERITY_ERROR, "python-encoding", place,
                                                 hint != NULL ? _(hint) : NULL, "%s", _(message)));
}

/* The name in "# -*- coding: latin-1 -*-" or "# vim: set fileencoding=...", or NULL: a comment line that has "coding"
 * followed by ":" or "=". */
static char *
read_cookie (const char *line,
             const char *end)
{
  const char *found = NULL;
  const char *start;

  while (line < end && strchr (" \t\f", *line) != NULL)
    line++;
  if (line == end || *line != '#')
    return NULL;

  for (const char *p = line; p + strlen ("coding:") <= end && found == NULL; p++)
    if (strncmp (p, "coding", 6) == 0 && (p[6] == ':' || p[6] == '='))
      found = p + 7;
  if (found == NULL)
    return NULL;

  while (found < end && (*found == ' ' || *found == '\t'))
    found++;
  start = found;
  while (found < end && (g_ascii_isalnum (*found) || strchr ("-_.", *found) != NULL))
    found++;

  return found > start ? g_ascii_strdown (start, found - start) : NULL;
}

/* Only the first two lines can declare it, and the second only after a comment or an empty line. */
static char *
find_cookie (const char *text,
             gsize       length,
             guint      *line)
{
  const char *end = text + length;

  for (*line = 1; *line <= 2 && text < end; (*line)++)
    {
      const char *stop = memchr (text, '\n', end - text);
      const char *first = text;
      char *cookie;

      if (stop == NULL)
        stop = end;
      cookie = read_cookie (text, stop);
      if (cookie != NULL)
        return cookie;

      while (first < stop && strchr (" \t\f\r", *first) != NULL)
        first++;
      if (first < stop && *first != '#')
        return NULL;
      text = MIN (stop + 1, end);
    }

  return NULL;
}

static gboolean
name_is (const char *name,
         const char *canonical)
{
  gsize length = strlen (canonical);

  return strncmp (name, canonical, length) == 0 && (name[length] == '\0' || name[length] == '-');
}

/* As CPython does it: "utf-8", "UTF_8" and "utf-8-unix" are the same, likewise the names of latin-1. */
static const char *
normalize_encoding (char *name)
{
  static const char * const utf8[] = { "utf", "utf8", "u8", "cp65001", "ascii", "us-ascii", NULL };
  static const char * const latin1[] = { "latin", "latin1", "l1", "iso8859-1", "8859", "cp819", NULL };

  g_strdelimit (name, "_", '-');

  if (name_is (name, "utf-8") || g_strv_contains (utf8, name))
    return "UTF-8";
  if (name_is (name, "latin-1") || name_is (name, "iso-8859-1") || name_is (name, "iso-latin-1") ||
      g_strv_contains (latin1, name))
    return "ISO-8859-1";

  return name;
}

/* Most scripts are nothing else, and this is several times as fast as looking for UTF-8. */
static gboolean
is_ascii (const char *text,
          gsize       length)
{
  guint64 seen = 0;
  guint64 word;
  gsize i;

  for (i = 0; i + sizeof word <= length; i += sizeof word)
    {
      memcpy (&word, text + i, sizeof word);
      seen |= word;
    }
  for (; i < length; i++)
    seen |= (guchar) text[i];

  return (seen & G_GUINT64_CONSTANT (0x8080808080808080)) == 0 && memchr (text, '\0', length) == NULL;
}

/* NULL where the bytes are not what the encoding allows. */
static char *
convert (const char *text,
         gsize       length,
         const char *encoding,
         gsize      *converted_length)
{
  g_autofree char *converted = NULL;

  if (strcmp (encoding, "UTF-8") == 0)
    {
      converted = g_malloc (length + 1);
      memcpy (converted, text, length);
      converted[length] = '\0';
      *converted_length = length;
    }
  else
    converted = g_convert (text, length, "UTF-8", encoding, NULL, converted_length, NULL);

  if (converted != NULL && is_ascii (converted, *converted_length))
    return g_steal_pointer (&converted);
  if (converted == NULL || !g_utf8_validate_len (converted, *converted_length, NULL))
    return NULL;

  return g_steal_pointer (&converted);
}

static void
decode (StrataPySource *self,
        const char     *text,
        gsize           length,
        gboolean        has_mark,
        GPtrArray      *findings)
{
  guint line;
  g_autofree char *cookie = has_mark ? NULL : find_cookie (text, length, &line);
  const char *encoding = cookie != NULL ? normalize_encoding (cookie) : "UTF-8";

  self->text = convert (text, length, encoding, &self->length);
  if (self->text != NULL)
    return;

  if (cookie != NULL)
    report (self, findings, line, N_("Declare the encoding that the file really has, or save it as UTF-8"),
            N_("The file can't be read in the encoding that it declares"));
  else
    report (self, findings, 0, N_("Save the file as UTF-8, or declare its encoding in its first line"),
            N_("The file is not valid UTF-8 text"));

  self->text = g_utf8_make_valid (text, length);
  self->length = strlen (self->text);
}

static void
normalize_newlines (StrataPySource *self)
{
  const char *from = memchr (self->text, '\r', self->length);
  const char *end = self->text + self->length;
  char *to;

  if (from == NULL)
    return;

  for (to = self->text + (from - self->text); from < end; from++)
    {
      if (*from == '\r' && from + 1 < end && from[1] == '\n')
        continue;
      *to++ = *from == '\r' ? '\n' : *from;
    }

  self->length = to - self->text;
  *to = '\0';
}

static void
find_lines (StrataPySource *self)
{
  const char *newline = self->text;
  const char *end = self->text + self->length;
  guint32 start = 0;

  self->lines = g_array_sized_new (FALSE, FALSE, sizeof (guint32), self->length / 24 + 16);
  g_array_append_val (self->lines, start);

  while ((newline = memchr (newline, '\n', end - newline)) != NULL)
    {
      newline++;
      start = newline - self->text;
      g_array_append_val (self->lines, start);
    }
}

/* A text beyond the limit is cut, which is a finding, so that what stands at its top can still be read. */
StrataPySource *
strata_py_source_new (const char *path,
                      const char *text,
                      gsize       length,
                      GPtrArray  *findings)
{
  StrataPySource *self = g_new0 (StrataPySource, 1);
  gboolean has_mark = length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0;

  g_atomic_ref_count_init (&self->ref_count);
  self->path = g_strdup (path);

  if (has_mark)
    {
      text += 3;
      length -= 3;
    }
  if (length > LONGEST_TEXT)
    {
      report (self, findings, 0, NULL, N_("The file is too large for a Python script; only its beginning was read"));
      for (length = LONGEST_TEXT; length > 0 && (text[length] & 0xc0) == 0x80; length--)
        ;
    }

  decode (self, text, length, has_mark, findings);
  normalize_newlines (self);
  find_lines (self);

  return self;
}

StrataPySource *
strata_py_source_ref (StrataPySource *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
strata_py_source_unref (StrataPySource *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_array_unref (self->lines);
  g_free (self->path);
  g_free (self->text);
  g_free (self);
}

const char *
strata_py_source_get_path (const StrataPySource *self)
{
  return self->path;
}

const char *
strata_py_source_get_text (const StrataPySource *self)
{
  return self->text;
}

gsize
strata_py_source_get_length (const StrataPySource *self)
{
  return self->length;
}

StrataPlace
strata_py_source_get_place (const StrataPySource *self,
                            gsize                 offset)
{
  guint low = 0;
  guint high = self->lines->len;
  guint32 start;

  g_return_val_if_fail (offset <= self->length, ((StrataPlace) { self->path, 0, 0 }));

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->lines, guint32, middle) <= offset)
        low = middle;
      else
        high = middle;
    }

  start = g_array_index (self->lines, guint32, low);

  return (StrataPlace) { self->path, low + 1, g_utf8_strlen (self->text + start, offset - start) + 1 };
}

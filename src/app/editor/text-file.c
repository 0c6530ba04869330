/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/text-file.h"

#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/widgets/source-limits.h"
#include "core/base/error.h"
#include "core/base/files.h"

/* What a text view takes in without a pause that a person feels. */
#define LARGEST_TEXT (2 * 1024 * 1024)
#define SHOWN_OF_LARGER (256 * 1024)
/* A line is laid out as a whole, in the main thread. */
#define LONGEST_LINE (32 * 1024)

#define BOM "\xef\xbb\xbf"

static void
lock (StrataTextFile *self,
      const char     *reason)
{
  if (self->read_only == NULL)
    self->read_only = g_strdup (reason);
}

static void
lock_partial (StrataTextFile *self,
              const char     *reason)
{
  self->is_partial = TRUE;
  lock (self, reason);
}

static void
set_text (StrataTextFile *self,
          char           *text,
          gsize           length)
{
  g_free (self->text);
  self->text = text;
  self->length = length;
}

static void
drop_bom (StrataTextFile *self)
{
  if (self->length < strlen (BOM) || memcmp (self->text, BOM, strlen (BOM)) != 0)
    return;

  self->has_bom = TRUE;
  set_text (self, g_strndup (self->text + strlen (BOM), self->length - strlen (BOM)), self->length - strlen (BOM));
}

static void
make_valid (StrataTextFile *self)
{
  if (g_utf8_validate_len (self->text, self->length, NULL))
    return;

  lock_partial (self, memchr (self->text, '\0', self->length) != NULL
                      ? _("It has NUL bytes, as no text has. What can be read of it is shown.")
                      : _("It is not in UTF-8. What can be read of it is shown."));
  for (gsize i = 0; i < self->length; i++)
    if (self->text[i] == '\0')
      self->text[i] = ' ';
  set_text (self, g_utf8_make_valid (self->text, self->length), 0);
  self->length = strlen (self->text);
}

/* The end of the last whole line before the limit, or of the last whole character. */
static gsize
find_cut (const char *text,
          gsize       limit)
{
  const char *line_end = memrchr (text, '\n', limit);

  return line_end != NULL ? (gsize) (line_end + 1 - text) : (gsize) (g_utf8_find_prev_char (text, text + limit) - text);
}

static void
cut_size (StrataTextFile *self)
{
  if (self->length <= LARGEST_TEXT)
    return;

  lock_partial (self, _("It is too large to be edited here. Its beginning is shown."));
  self->length = find_cut (self->text, SHOWN_OF_LARGER);
  self->text[self->length] = '\0';
}

static void
cut_lines (StrataTextFile *self)
{
  g_autoptr(GString) text = NULL;
  const char *end = self->text + self->length;

  for (const char *line = self->text; line < end;)
    {
      const char *line_end = memchr (line, '\n', end - line);
      gsize length = (line_end != NULL ? line_end : end) - line;

      self->has_long_lines |= length > STRATA_LONG_LINE;
      if (length > LONGEST_LINE && text == NULL)
        text = g_string_new_len (self->text, line - self->text);
      if (length > LONGEST_LINE)
        g_string_append_printf (text, "%.*s …\n", (int) find_cut (line, LONGEST_LINE), line);
      else if (text != NULL)
        g_string_append_len (text, line, length + (line_end != NULL));
      line += length + 1;
    }

  if (text == NULL)
    return;

  lock_partial (self, _("It has lines that are too long to be edited here. They are shown cut off."));
  set_text (self, text->str, text->len);
  g_string_free (g_steal_pointer (&text), FALSE);
}

static void
drop_carriage_returns (StrataTextFile *self)
{
  gsize to = 0;
  guint n_lf = 0;
  guint n_crlf = 0;

  for (gsize i = 0; i < self->length; i++)
    if (self->text[i] == '\n')
      {
        n_lf++;
        n_crlf += i > 0 && self->text[i - 1] == '\r';
      }

  self->has_crlf = n_lf > 0 && n_crlf == n_lf;
  if (!self->has_crlf)
    return;

  for (gsize from = 0; from < self->length; from++)
    if (self->text[from] != '\r' || self->text[from + 1] != '\n')
      self->text[to++] = self->text[from];
  self->text[to] = '\0';
  self->length = to;
}

/* Whoever takes all rights to write away means it, though a new file could take its place. */
static gboolean
may_write (const char *path)
{
  struct stat info;

  return access (path, W_OK) == 0 && stat (path, &info) == 0 && (info.st_mode & 0222) != 0;
}

static void
take_text (StrataTextFile *self)
{
  drop_bom (self);
  make_valid (self);
  cut_size (self);
  drop_carriage_returns (self);
  cut_lines (self);
}

StrataTextFile *
strata_text_file_read (const char  *path,
                       GError     **error)
{
  g_autoptr(StrataTextFile) self = g_new0 (StrataTextFile, 1);

  self->path = g_strdup (path);
  /* Before the text: what is written meanwhile is noticed later. */
  self->stamp = strata_file_dup_stamp (path);
  self->text = strata_file_read (path, &self->length, error);
  if (self->text == NULL)
    return NULL;

  take_text (self);
  if (!may_write (path))
    lock (self, _("The file is read-only."));

  return g_steal_pointer (&self);
}

StrataTextFile *
strata_text_file_new_for_text (const char *path,
                               const char *text,
                               gsize       length)
{
  StrataTextFile *self = g_new0 (StrataTextFile, 1);

  self->path = g_strdup (path);
  self->text = g_malloc (length + 1);
  memcpy (self->text, text, length);
  self->text[length] = '\0';
  self->length = length;
  take_text (self);

  return self;
}

void
strata_text_file_free (StrataTextFile *self)
{
  g_free (self->path);
  g_free (self->text);
  g_free (self->stamp);
  g_free (self->read_only);
  g_free (self);
}

gboolean
strata_text_file_save (StrataTextFile  *self,
                       const char      *text,
                       gsize            length,
                       GError         **error)
{
  g_autofree char *stamp = strata_file_dup_stamp (self->path);
  g_autoptr(GString) bytes = NULL;

  /* One that is gone can be brought back without harm. */
  if (stamp != NULL && g_strcmp0 (stamp, self->stamp) != 0)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_EXISTS, "“%s” was changed meanwhile, and was left alone", self->path);
      return FALSE;
    }

  bytes = g_string_sized_new (length + 3);
  if (self->has_bom)
    g_string_append (bytes, BOM);
  for (gsize i = 0; i < length; i++)
    {
      if (self->has_crlf && text[i] == '\n')
        g_string_append_c (bytes, '\r');
      g_string_append_c (bytes, text[i]);
    }

  if (!(stamp != NULL ? strata_file_save (self->path, bytes->str, bytes->len, error)
                      : strata_file_create (self->path, bytes->str, bytes->len, error)))
    return FALSE;

  g_free (self->stamp);
  self->stamp = strata_file_dup_stamp (self->path);

  return TRUE;
}

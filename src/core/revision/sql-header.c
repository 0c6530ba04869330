/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/revision/sql-header.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/revision/sql-file.h"

/* A line among the keys that begins like one and is none is a slip that would silently change the graph. They are tried
 * in this order: "Revision ID:" is told of "Revision:". */
static const struct
{
  const char *text;
  const char *near;
} keys[] = {
  [STRATA_HEADER_REVISION] = { "Revision:", "revision" },
  [STRATA_HEADER_REVISES] = { "Revises:", "revis" },
  [STRATA_HEADER_BRANCH_LABELS] = { "Branch labels:", "branch" },
  [STRATA_HEADER_DEPENDS_ON] = { "Depends on:", "depend" },
  [STRATA_HEADER_CREATED] = { "Created:", NULL },
};

typedef struct
{
  const char         *path;
  StrataLines        *lines;
  StrataHeaderExtent  extent;
  GPtrArray          *findings;
  StrataRevision     *revision;
  gboolean            have_header;
  gboolean            have_stray;
  StrataLineKind      last_kind;

  /* The comment at hand; what is wrong with it counts if it is the header. */
  GPtrArray          *block_findings;
  GString            *doc;
  GStrv               values[STRATA_HEADER_NO_KEY];        /* NULL: not there */
  guint               value_lines[STRATA_HEADER_NO_KEY];
  gboolean            in_keys;                             /* behind the first key */
} HeaderReader;

static void
reader_forget_block (HeaderReader *reader)
{
  for (guint key = 0; key < STRATA_HEADER_NO_KEY; key++)
    {
      g_clear_pointer (&reader->values[key], g_strfreev);
      reader->value_lines[key] = 0;
    }
  g_ptr_array_set_size (reader->block_findings, 0);
  g_string_truncate (reader->doc, 0);
  reader->in_keys = FALSE;
}

static void
reader_clear (HeaderReader *reader)
{
  reader_forget_block (reader);
  g_ptr_array_unref (reader->block_findings);
  g_string_free (reader->doc, TRUE);
  g_clear_pointer (&reader->revision, strata_revision_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HeaderReader, reader_clear)

#define add_error(findings, code, place, hint, ...) \
  g_ptr_array_add (findings, strata_finding_new (STRATA_SEVERITY_ERROR, code, place, hint, __VA_ARGS__))

static StrataPlace
line_place (HeaderReader *reader,
            guint         line)
{
  return (StrataPlace) { reader->path, line, 1 };
}

static StrataPlace
place_of (HeaderReader *reader,
          StrataSpan    span)
{
  return (StrataPlace) { reader->path, reader->lines->number, strata_lines_get_column (reader->lines, span.text) };
}

const char *
strata_header_key_get_text (StrataHeaderKey key)
{
  return keys[key].text;
}

StrataHeaderKey
strata_header_key_find (StrataSpan line)
{
  for (guint key = 0; key < STRATA_HEADER_NO_KEY; key++)
    if (strata_span_begins (line, keys[key].text))
      return key;

  return STRATA_HEADER_NO_KEY;
}

const char *
strata_header_find_escape (StrataSpan line)
{
  const char *escape;

  strata_span_trim (&line);
  escape = line.text;
  while (strata_span_begins (line, "\\"))
    line = strata_span_skip (line, 1);

  if (strata_header_key_find (line) != STRATA_HEADER_NO_KEY || strata_span_is_marker (line))
    return escape;

  return NULL;
}

static gboolean
is_one_word (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if (*c == ',' || g_ascii_isspace (*c) || g_ascii_iscntrl (*c))
      return FALSE;

  return *text != '\0';
}

/* What is wrong with one element is said, and the others are kept. */
static GStrv
read_list (HeaderReader    *reader,
           StrataHeaderKey  key,
           StrataSpan       value)
{
  g_autoptr(GStrvBuilder) list = g_strv_builder_new ();
  gboolean more = value.length > 0;

  while (more)
    {
      const char *comma = memchr (value.text, ',', value.length);
      StrataSpan element = { value.text, comma != NULL ? (gsize) (comma - value.text) : value.length };
      g_autofree char *copy = NULL;

      more = comma != NULL;
      value = strata_span_skip (value, element.length + more);
      strata_span_trim (&element);
      copy = g_strndup (element.text, element.length);

      if (is_one_word (copy))
        g_strv_builder_add (list, copy);
      else
        add_error (reader->block_findings, "sql-bad-list", place_of (reader, element),
                      _("Write single words with commas between them."),
                      _("“%s” is a list with “%s” in it, which is not one word"), keys[key].text, copy);
    }

  return g_strv_builder_end (list);
}

static GStrv
read_value (HeaderReader    *reader,
            StrataHeaderKey  key,
            StrataSpan       value)
{
  g_autoptr(GStrvBuilder) single = NULL;
  g_autofree char *copy = NULL;

  strata_span_trim (&value);
  if (key == STRATA_HEADER_REVISES || key == STRATA_HEADER_BRANCH_LABELS || key == STRATA_HEADER_DEPENDS_ON)
    return read_list (reader, key, value);

  copy = g_strchomp (g_strndup (value.text, value.length));
  if (key == STRATA_HEADER_REVISION && !is_one_word (copy))
    add_error (reader->block_findings, "sql-bad-revision", place_of (reader, value),
                  _("Write one word, as in “-- Revision: 3f1a2b4c5d6e”."), _("“%s” is no revision id"), copy);

  single = g_strv_builder_new ();
  g_strv_builder_add (single, copy);

  return g_strv_builder_end (single);
}

static void
read_key (HeaderReader    *reader,
          StrataHeaderKey  key,
          StrataSpan       line)
{
  reader->in_keys = TRUE;

  if (reader->values[key] != NULL)
    {
      add_error (reader->block_findings, "sql-duplicate-header-line", place_of (reader, line), _("Remove one of the two lines."),
                    _("“%s” stands in line %u already"), keys[key].text, reader->value_lines[key]);
      return;
    }

  reader->values[key] = read_value (reader, key, strata_span_skip (line, strlen (keys[key].text)));
  reader->value_lines[key] = reader->lines->number;
}

static void
report_near_key (HeaderReader *reader,
                 StrataSpan    line)
{
  const char *colon = memchr (line.text, ':', line.length);

  if (colon == NULL)
    return;

  for (guint key = 0; key < STRATA_HEADER_NO_KEY; key++)
    if (keys[key].near != NULL && g_ascii_strncasecmp (line.text, keys[key].near, strlen (keys[key].near)) == 0)
      {
        add_error (reader->block_findings, "sql-unknown-header-line", place_of (reader, line), NULL,
                      _("“%.*s” is not known in a header; is it “%s”?"),
                      (int) (colon + 1 - line.text), line.text, keys[key].text);
        return;
      }
}

static void
read_doc_line (HeaderReader *reader,
               StrataSpan    line)
{
  const char *escape = strata_header_find_escape (line);
  gsize before = reader->doc->len;

  g_string_append_len (reader->doc, line.text, line.length);
  if (escape != NULL && *escape == '\\')
    g_string_erase (reader->doc, before + (escape - line.text), 1);
  g_string_append_c (reader->doc, '\n');
}

/* One line of a comment, without the signs that make it one. */
static void
read_comment_line (HeaderReader *reader,
                   StrataSpan    line)
{
  StrataSpan trimmed = line;
  StrataHeaderKey key;

  strata_span_trim (&trimmed);
  key = strata_header_key_find (trimmed);

  if (key != STRATA_HEADER_NO_KEY)
    read_key (reader, key, trimmed);
  else if (reader->in_keys)
    report_near_key (reader, trimmed);
  else
    read_doc_line (reader, line);
}

static void
make_valid (char **text)
{
  char *valid;

  if (g_utf8_validate (*text, -1, NULL))
    return;

  valid = g_utf8_make_valid (*text, -1);
  g_free (*text);
  *text = valid;
}

static gboolean
name_has_id (const char *path,
             const char *id)
{
  const char *slash = strrchr (path, '/');
  const char *name = slash != NULL ? slash + 1 : path;

  for (const char *at = strstr (name, id); at != NULL; at = strstr (at + 1, id))
    if ((at == name || !g_ascii_isalnum (at[-1])) && !g_ascii_isalnum (at[strlen (id)]))
      return TRUE;

  return FALSE;
}

static void
check_header (HeaderReader *reader,
              const char   *id)
{
  StrataPlace place = line_place (reader, reader->value_lines[STRATA_HEADER_REVISION]);

  if (reader->values[STRATA_HEADER_REVISES] == NULL)
    add_error (reader->findings, "sql-no-revises", place,
                  _("Name the parent; for a first revision write “-- Revises:” and no more."),
                  _("The header has no line “Revises:”"));

  if (reader->path != NULL && !name_has_id (reader->path, id))
    g_ptr_array_add (reader->findings,
                     strata_finding_new (STRATA_SEVERITY_WARNING, "sql-file-name", place,
                                         _("The header counts; give the file a name that begins with its id."),
                                         _("The header says revision “%s”, the name of the file does not"), id));
}

static StrataRevision *
build_revision (HeaderReader *reader)
{
  const guint *lines = reader->value_lines;
  const char *id;
  const char *created = NULL;
  const char *blank_line;
  g_autofree char *doc = g_strdup (reader->doc->str);
  g_autofree char *message = NULL;

  for (guint key = 0; key < STRATA_HEADER_NO_KEY; key++)
    for (char **value = reader->values[key]; value != NULL && *value != NULL; value++)
      make_valid (value);
  make_valid (&doc);
  g_strstrip (doc);

  id = reader->values[STRATA_HEADER_REVISION][0];
  if (!is_one_word (id))
    return NULL;

  check_header (reader, id);
  if (reader->values[STRATA_HEADER_CREATED] != NULL && *reader->values[STRATA_HEADER_CREATED][0] != '\0')
    created = reader->values[STRATA_HEADER_CREATED][0];
  blank_line = strstr (doc, "\n\n");
  message = blank_line != NULL ? g_strndup (doc, blank_line - doc) : g_strdup (doc);

  return strata_revision_new (&(StrataRevisionFields) {
    .format = STRATA_REVISION_SQL,
    .id = id,
    .down_revisions = (const char * const *) reader->values[STRATA_HEADER_REVISES],
    .branch_labels = (const char * const *) reader->values[STRATA_HEADER_BRANCH_LABELS],
    .depends_on = (const char * const *) reader->values[STRATA_HEADER_DEPENDS_ON],
    .message = message,
    .doc = doc,
    .created = created,
    .path = reader->path,
    .id_line = lines[STRATA_HEADER_REVISION],
    .down_line = lines[STRATA_HEADER_REVISES],
    .labels_line = lines[STRATA_HEADER_BRANCH_LABELS],
    .depends_line = lines[STRATA_HEADER_DEPENDS_ON],
    .irreversible = !strata_lines_has_section (reader->lines, "downgrade"),
  });
}

static void
end_block (HeaderReader *reader)
{
  guint line = reader->value_lines[STRATA_HEADER_REVISION];

  if (reader->values[STRATA_HEADER_REVISION] != NULL && !reader->have_header)
    {
      reader->have_header = TRUE;
      for (guint i = 0; i < reader->block_findings->len; i++)
        g_ptr_array_add (reader->findings, strata_finding_ref (g_ptr_array_index (reader->block_findings, i)));
      reader->revision = build_revision (reader);
    }
  else if (reader->values[STRATA_HEADER_REVISION] != NULL)
    add_error (reader->findings, "sql-duplicate-header-line", line_place (reader, line), _("A file holds one revision."),
                  _("“Revision:” stands in an earlier comment already"));

  reader_forget_block (reader);
}

/* Once a file: what follows the first stray line is mostly more of it. */
static void
report_stray_text (HeaderReader *reader,
                   StrataSpan    text)
{
  if (!reader->have_stray)
    add_error (reader->findings, "sql-stray-text", place_of (reader, text), _("Put a line “-- strata:upgrade” before it."),
                  _("This text stands in no section and would never run"));

  reader->have_stray = TRUE;
}

static void
read_line (HeaderReader *reader)
{
  StrataSpan content;
  StrataLineKind kind = strata_lines_classify (reader->lines, &content);

  if (kind == STRATA_LINE_OPEN_COMMENT || (kind != STRATA_LINE_IN_COMMENT && kind != reader->last_kind))
    end_block (reader);
  reader->last_kind = kind;

  if (kind == STRATA_LINE_TEXT && reader->extent == STRATA_HEADER_WHOLE)
    report_stray_text (reader, content);
  else if (kind != STRATA_LINE_TEXT && kind != STRATA_LINE_BLANK)
    read_comment_line (reader, content);
}

StrataRevision *
strata_sql_header_parse (const char         *path,
                         StrataLines        *lines,
                         StrataHeaderExtent  extent,
                         GPtrArray          *findings)
{
  g_auto(HeaderReader) reader = { .path = path, .lines = lines, .findings = findings, .extent = extent };

  reader.block_findings = strata_findings_new ();
  reader.doc = g_string_new (NULL);

  while (!(reader.have_header && extent == STRATA_HEADER_ONLY) && strata_lines_next (lines))
    {
      StrataSpan words;
      gboolean indented;
      gboolean is_marker = strata_lines_get_marker (lines, &words, &indented);

      if (is_marker && !indented)
        {
          strata_lines_step_back (lines);
          break;
        }

      if (is_marker && extent == STRATA_HEADER_WHOLE)
        strata_report_indented_marker (path, lines, words, findings);
      read_line (&reader);
    }

  end_block (&reader);
  if (!reader.have_header)
    add_error (findings, "sql-no-header", line_place (&reader, 1),
                  _("Begin the file with a comment that has the lines “-- Revision: ID” and “-- Revises: PARENT”."),
                  _("No comment before the first section has a line “Revision:”"));

  return g_steal_pointer (&reader.revision);
}

/* Bytes that are no UTF-8 are looked for up to the end of the header only: the rest may be large, and is read again
 * before it is run. Of that rest only the markers count. */
StrataRevision *
strata_sql_header_read (const char *path,
                        const char *text,
                        gsize       length,
                        GPtrArray  *findings)
{
  StrataRevision *revision;
  StrataLines lines;

  if (strata_report_utf16 (path, text, length, findings))
    return NULL;

  strata_lines_init (&lines, text, length);
  revision = strata_sql_header_parse (path, &lines, STRATA_HEADER_ONLY, findings);
  strata_report_bad_utf8 (path, text, lines.next - text, findings);

  return revision;
}

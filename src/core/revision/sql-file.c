/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/revision/sql-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/revision/sql-header.h"

struct _StrataSqlScript
{
  gatomicrefcount  ref_count;
  char            *path;
  char            *text;
  StrataRevision  *revision;
  GArray          *sections;   /* StrataSqlSection; they point into text */
};

typedef struct
{
  const char  *path;
  StrataLines *lines;
  GPtrArray   *findings;
} MarkerReader;

static void
section_clear (StrataSqlSection *self)
{
  g_strfreev (self->dialects);
}

/* “span” and what is wrong with it. */
static void
add_error (MarkerReader *reader,
           StrataSpan    span,
           const char   *code,
           const char   *what,
           const char   *hint)
{
  StrataPlace place = { reader->path, reader->lines->number, strata_lines_get_column (reader->lines, span.text) };

  g_ptr_array_add (reader->findings,
                   strata_finding_new (STRATA_SEVERITY_ERROR, code, place, hint,
                                       /* Translators: a word, and what is wrong with it: “foo” is no section. */
                                       _("“%.*s” %s"), (int) span.length, span.text, what));
}

static gboolean
span_equals (StrataSpan  span,
             const char *word)
{
  return span.length == strlen (word) && g_ascii_strncasecmp (span.text, word, span.length) == 0;
}

/* Takes the next piece off the front of the rest; FALSE where there is none. */
static gboolean
next_piece (StrataSpan *rest,
            const char *separators,
            StrataSpan *piece)
{
  gsize length = 0;

  while (rest->length > 0 && strchr (separators, *rest->text) != NULL)
    *rest = strata_span_skip (*rest, 1);
  while (length < rest->length && strchr (separators, rest->text[length]) == NULL)
    length++;

  *piece = (StrataSpan) { rest->text, length };
  *rest = strata_span_skip (*rest, length);

  return length > 0;
}

static GStrv
read_dialects (MarkerReader *reader,
               StrataSpan    option,
               StrataSpan    value)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  gboolean any = FALSE;
  StrataSpan piece;

  while (next_piece (&value, ",", &piece))
    {
      g_autofree char *name = g_ascii_strdown (piece.text, piece.length);
      StrataDialect dialect = strata_dialect_from_name (name);

      any = TRUE;
      if (dialect == STRATA_DIALECT_UNKNOWN)
        add_error (reader, piece, "sql-unknown-dialect", _("is no server that Strata knows"),
                   _("Known are postgresql, sqlite, mysql, mariadb and mssql."));
      g_strv_builder_add (names, dialect == STRATA_DIALECT_UNKNOWN ? name : strata_dialect_get_name (dialect));
    }

  if (!any)
    add_error (reader, option, "sql-unknown-option", _("names no server"), _("Write for example “dialect=postgresql,sqlite”."));

  return g_strv_builder_end (names);
}

static void
read_option (MarkerReader     *reader,
             StrataSpan        option,
             StrataSqlSection *section)
{
  const char *equals = memchr (option.text, '=', option.length);
  StrataSpan key = { option.text, equals != NULL ? (gsize) (equals - option.text) : option.length };
  StrataSpan value = strata_span_skip (option, key.length + (equals != NULL));

  if (span_equals (key, "dialect") && *section->dialects == NULL)
    {
      g_strfreev (section->dialects);
      section->dialects = read_dialects (reader, option, value);
    }
  else if (span_equals (key, "dialect"))
    add_error (reader, option, "sql-unknown-option", _("is a second list of servers"), _("Write one: “dialect=postgresql,sqlite”."));
  else if (span_equals (key, "transaction") && span_equals (value, "off"))
    section->transactional = FALSE;
  else if (!span_equals (key, "transaction") || !span_equals (value, "on"))
    add_error (reader, option, "sql-unknown-option", _("is no option of a section"),
               _("Options are “transaction=off” and “dialect=NAME,NAME”."));
}

/* FALSE where it is not said which direction the section is for. */
static gboolean
read_marker (MarkerReader     *reader,
             StrataSpan        words,
             StrataSqlSection *section)
{
  StrataSpan rest = words;
  StrataSpan word;
  gboolean upgrade;

  if (!next_piece (&rest, " \t", &word))
    word = reader->lines->line;

  upgrade = span_equals (word, "upgrade");
  if (!upgrade && !span_equals (word, "downgrade"))
    {
      add_error (reader, word, "sql-unknown-marker", _("is no section"),
                 _("Sections are “-- strata:upgrade” and “-- strata:downgrade”."));
      return FALSE;
    }

  *section = (StrataSqlSection) {
    .direction = upgrade ? STRATA_UPGRADE : STRATA_DOWNGRADE,
    .transactional = TRUE,
    .dialects = g_new0 (char *, 1),
    .text = reader->lines->next,
    .line = reader->lines->number + 1,
  };
  while (next_piece (&rest, " \t", &word))
    read_option (reader, word, section);

  return TRUE;
}

static void
end_section (GArray     *sections,
             const char *end)
{
  StrataSqlSection *last = &g_array_index (sections, StrataSqlSection, sections->len - 1);

  last->length = end - last->text;
}

static void
read_sections (StrataSqlScript *self,
               StrataLines     *lines,
               GPtrArray       *findings)
{
  MarkerReader reader = { self->path, lines, findings };
  gboolean is_open = FALSE;

  while (strata_lines_next (lines))
    {
      StrataSqlSection section;
      StrataSpan words;
      gboolean indented;

      if (!strata_lines_get_marker (lines, &words, &indented))
        continue;

      if (indented)
        {
          strata_report_indented_marker (self->path, lines, words, findings);
          continue;
        }

      if (is_open)
        end_section (self->sections, lines->line.text);
      is_open = read_marker (&reader, words, &section);
      if (is_open)
        g_array_append_val (self->sections, section);
    }

  if (is_open)
    end_section (self->sections, lines->end);
}

/* Findings have all that is wrong with the file, in any part of it. */
StrataSqlScript *
strata_sql_script_parse (const char *path,
                         const char *text,
                         gsize       length,
                         GPtrArray  *findings)
{
  StrataSqlScript *self = g_new0 (StrataSqlScript, 1);
  StrataLines lines;

  g_atomic_ref_count_init (&self->ref_count);
  self->path = g_strdup (path);
  self->text = g_malloc (length + 1);
  memcpy (self->text, text, length);
  self->text[length] = '\0';
  self->sections = g_array_new (FALSE, FALSE, sizeof (StrataSqlSection));
  g_array_set_clear_func (self->sections, (GDestroyNotify) section_clear);

  if (strata_report_utf16 (path, text, length, findings))
    return self;

  strata_report_bad_utf8 (path, text, length, findings);
  strata_lines_init (&lines, self->text, length);
  self->revision = strata_sql_header_parse (path, &lines, STRATA_HEADER_WHOLE, findings);
  read_sections (self, &lines, findings);

  if (!strata_sql_script_has_direction (self, STRATA_UPGRADE))
    g_ptr_array_add (findings,
                     strata_finding_new (STRATA_SEVERITY_ERROR, "sql-no-upgrade", (StrataPlace) { path, 0, 0 },
                                         _("Where there is nothing to do, leave it empty."),
                                         _("The file has no section “-- strata:upgrade”")));

  return self;
}

StrataSqlScript *
strata_sql_script_ref (StrataSqlScript *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
strata_sql_script_unref (StrataSqlScript *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->revision, strata_revision_unref);
  g_array_unref (self->sections);
  g_free (self->text);
  g_free (self->path);
  g_free (self);
}

StrataRevision *
strata_sql_script_get_revision (StrataSqlScript *self)
{
  return self->revision;
}

const char *
strata_sql_script_get_text (StrataSqlScript *self)
{
  return self->text;
}

GArray *
strata_sql_script_get_sections (StrataSqlScript *self)
{
  return self->sections;
}

gboolean
strata_sql_script_has_direction (StrataSqlScript *self,
                                 StrataDirection  direction)
{
  for (guint i = 0; i < self->sections->len; i++)
    if (g_array_index (self->sections, StrataSqlSection, i).direction == direction)
      return TRUE;

  return FALSE;
}

/* The sections of the direction that name the server, or that name none. */
static GPtrArray *
collect_sections (StrataSqlScript *self,
                  StrataDirection  direction,
                  const char      *dialect)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new ();

  for (guint i = 0; i < self->sections->len; i++)
    {
      StrataSqlSection *section = &g_array_index (self->sections, StrataSqlSection, i);
      gboolean fits = dialect != NULL ? g_strv_contains ((const char * const *) section->dialects, dialect)
                                      : *section->dialects == NULL;

      if (section->direction == direction && fits)
        g_ptr_array_add (found, section);
    }

  return g_steal_pointer (&found);
}

static void
report_no_section (StrataSqlScript  *self,
                   StrataDirection   direction,
                   StrataDialect     dialect,
                   GError          **error)
{
  g_autofree char *name = g_filename_display_name (self->path);

  if (strata_sql_script_has_direction (self, direction))
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_REFUSED,
                 _("%s: there is no %s section for %s: add “dialect=%s” to the one that is meant for it, or write one"),
                 name, strata_direction_get_name (direction), strata_dialect_get_title (dialect),
                 strata_dialect_get_name (dialect));
  else if (direction == STRATA_DOWNGRADE)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_REFUSED,
                 _("%s: it cannot be taken back: there is no section “-- strata:downgrade”"), name);
  else
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_REFUSED,
                 _("%s: it cannot be run: there is no section “-- strata:upgrade”"), name);
}

GPtrArray *
strata_sql_script_select (StrataSqlScript  *self,
                          StrataDirection   direction,
                          StrataDialect     dialect,
                          GError          **error)
{
  g_autoptr(GPtrArray) sections = collect_sections (self, direction, strata_dialect_get_name (dialect));

  if (sections->len == 0)
    {
      g_ptr_array_unref (sections);
      sections = collect_sections (self, direction, NULL);
    }

  if (sections->len > 0)
    return g_steal_pointer (&sections);

  report_no_section (self, direction, dialect, error);

  return NULL;
}

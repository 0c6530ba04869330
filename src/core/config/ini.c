/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/config/ini.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/config/scanner.h"
#include "core/config/value-private.h"

typedef struct
{
  StrataScanner      scanner;
  StrataDocument    *document;
  GPtrArray         *findings;

  StrataConfigValue *section;        /* NULL before the first header */
  char              *section_name;
  char              *key;            /* of the value that is being read; NULL: none */
  StrataPlace        key_place;
  StrataPlace        value_place;
  GString           *value;
  glong              indent;         /* of the last header or key, in characters */
} IniReader;

/* One line without its end, with white space at both ends and without. */
typedef struct
{
  const char *begin;
  const char *text;
  const char *end;
  glong       indent;
} IniLine;

/* Which of two texts is meant only a person can say, so that the one before it is kept. */
static void
keep_other (IniReader         *reader,
            StrataConfigValue *value)
{
  StrataConfigValue *old = strata_config_table_edit (reader->section, reader->key);
  StrataPlace place;

  if (old == NULL || old->key_line == 0)
    return;

  if (g_str_equal (old->text, value->text))
    {
      value->other = g_steal_pointer (&old->other);
      return;
    }

  place = strata_config_value_get_place (old);
  value->other = strata_config_value_new_text (STRATA_CONFIG_STRING, place, g_strdup (old->text));
}

static void
finish_value (IniReader *reader)
{
  const char *begin = reader->value->str;
  const char *end = begin + reader->value->len;
  StrataConfigValue *value;

  if (reader->key == NULL)
    return;

  strata_strip_end (begin, &end);
  value = strata_config_value_new_text (STRATA_CONFIG_STRING, reader->value_place, g_strndup (begin, end - begin));
  keep_other (reader, value);
  strata_config_table_set (reader->section, reader->key, reader->key_place, value);
  g_clear_pointer (&reader->key, g_free);
}

static void
read_header (IniReader  *reader,
             const char *name,
             gsize       length,
             StrataPlace place)
{
  StrataConfigValue *root = strata_document_edit_root (reader->document);
  StrataConfigValue *known;

  finish_value (reader);
  g_free (reader->section_name);
  reader->section_name = g_strndup (name, length);

  known = strata_config_table_edit (root, reader->section_name);
  if (known == NULL)
    {
      reader->section = strata_config_table_set (root, reader->section_name, place,
                                                 strata_config_value_new (STRATA_CONFIG_TABLE, place));
      return;
    }

  reader->section = known;
  if (strcmp (reader->section_name, STRATA_INI_DEFAULT) != 0)
    g_ptr_array_add (reader->findings,
                     strata_finding_new (STRATA_SEVERITY_ERROR, "ini-duplicate-section", place,
                                         _("Put its keys under one header"),
                                         _("section [%s] is there already, in line %u: Alembic refuses such a file"),
                                         reader->section_name, known->line));
}

static void
note_duplicate (IniReader *reader)
{
  StrataConfigValue *old = strata_config_table_edit (reader->section, reader->key);

  /* The caller's defaults have no line, and are there to be replaced. */
  if (old == NULL || old->key_line == 0)
    return;

  g_ptr_array_add (reader->findings,
                   strata_finding_new (STRATA_SEVERITY_ERROR, "ini-duplicate-key", reader->key_place,
                                       _("Remove one of them"),
                                       _("“%s” is given twice in [%s], first in line %u: Alembic refuses such a file"),
                                       reader->key, reader->section_name, old->key_line));
}

static void
read_key (IniReader     *reader,
          const IniLine *line)
{
  const char *delimiter = line->text;
  const char *key = line->text;
  const char *value, *key_end, *value_end = line->end;
  StrataPlace place = strata_scanner_place (&reader->scanner, line->text);

  while (delimiter < line->end && *delimiter != '=' && *delimiter != ':')
    delimiter++;

  /* ConfigParser goes on with the value before such a line, so a continuation after it still belongs there. */
  if (delimiter == line->end)
    {
      g_ptr_array_add (reader->findings,
                       strata_finding_new (STRATA_SEVERITY_ERROR, "ini-syntax", place,
                                           _("Write “key = value”; a value that goes on in a new line is indented "
                                             "there"),
                                           _("this line is no section, no key with a value and no comment")));
      return;
    }

  finish_value (reader);

  key_end = delimiter;
  strata_strip (&key, &key_end);
  if (key == key_end)
    {
      g_ptr_array_add (reader->findings,
                       strata_finding_new (STRATA_SEVERITY_ERROR, "ini-syntax", place, NULL,
                                           _("there is no key before “%c”"), *delimiter));
      return;
    }

  value = delimiter + 1;
  strata_strip (&value, &value_end);

  reader->key = strata_lower (key, key_end - key);
  reader->key_place = place;
  reader->value_place = strata_scanner_place (&reader->scanner, value);
  g_string_truncate (reader->value, 0);
  g_string_append_len (reader->value, value, value_end - value);
  note_duplicate (reader);
}

/* The last "]" of the line ends a name, and what follows it is not looked at. */
static const char *
header_end (const IniLine *line)
{
  const char *end = *line->text == '[' ? memrchr (line->text, ']', line->end - line->text) : NULL;

  return end != NULL && end > line->text + 1 ? end : NULL;
}

static void
read_line (IniReader     *reader,
           const IniLine *line)
{
  const char *end;

  if (line->text == line->end)
    {
      if (reader->key != NULL)
        g_string_append_c (reader->value, '\n');
      return;
    }

  if (*line->text == '#' || *line->text == ';')
    return;

  if (reader->key != NULL && line->indent > reader->indent)
    {
      g_string_append_c (reader->value, '\n');
      g_string_append_len (reader->value, line->text, line->end - line->text);
      return;
    }

  reader->indent = line->indent;
  end = header_end (line);
  if (end != NULL)
    read_header (reader, line->text + 1, end - line->text - 1, strata_scanner_place (&reader->scanner, line->text));
  else if (reader->section != NULL)
    read_key (reader, line);
  else
    g_ptr_array_add (reader->findings,
                     strata_finding_new (STRATA_SEVERITY_ERROR, "ini-syntax",
                                         strata_scanner_place (&reader->scanner, line->text),
                                         _("Begin with a section, such as [alembic]"),
                                         _("this line stands before the first section")));
}

static void
read_lines (IniReader *reader)
{
  StrataScanner *scanner = &reader->scanner;

  while (scanner->pos < scanner->end)
    {
      IniLine line = { .begin = scanner->pos };

      while (scanner->pos < scanner->end && strata_scanner_eol (scanner, scanner->pos) == 0)
        scanner->pos++;

      line.text = line.begin;
      line.end = scanner->pos;
      strata_strip (&line.text, &line.end);
      line.indent = g_utf8_pointer_to_offset (line.begin, line.text);
      read_line (reader, &line);

      scanner->pos += strata_scanner_eol (scanner, scanner->pos);
    }
}

static void
set_defaults (StrataConfigValue  *table,
              const char * const *defaults)
{
  StrataPlace nowhere = { table->file, 0, 0 };

  for (guint i = 0; defaults != NULL && defaults[i] != NULL; i += 2)
    {
      g_autofree char *key = strata_lower (defaults[i], -1);

      strata_config_table_set (table, key, nowhere,
                               strata_config_value_new_text (STRATA_CONFIG_STRING, nowhere, g_strdup (defaults[i + 1])));
    }
}

/* Python stops at a mark, whatever the locale; editors on Windows write it. */
static void
note_mark (IniReader  *reader,
           const char *text)
{
  if (reader->scanner.pos != text)
    g_ptr_array_add (reader->findings,
                     strata_finding_new (STRATA_SEVERITY_WARNING, "ini-byte-order-mark",
                                         (StrataPlace) { reader->scanner.file, 1, 1 },
                                         _("Save it as UTF-8 without a byte order mark"),
                                         _("the file begins with a byte order mark, where Alembic stops")));
}

StrataDocument *
strata_ini_parse (const char         *path,
                  const char         *text,
                  gsize               length,
                  const char * const *defaults,
                  GPtrArray          *findings)
{
  g_autoptr(StrataDocument) document = strata_document_new (path);
  StrataConfigValue *root = strata_document_edit_root (document);
  StrataConfigValue *default_table;
  IniReader reader = { .document = document, .findings = findings };

  if (!strata_scanner_init (&reader.scanner, strata_document_get_file (document), text, length, findings))
    return NULL;
  note_mark (&reader, text);

  default_table = strata_config_value_new (STRATA_CONFIG_TABLE, (StrataPlace) { strata_document_get_file (document), 0, 0 });
  strata_config_table_set (root, STRATA_INI_DEFAULT, strata_config_value_get_place (default_table), default_table);
  set_defaults (default_table, defaults);

  reader.value = g_string_new (NULL);
  read_lines (&reader);
  finish_value (&reader);

  g_string_free (reader.value, TRUE);
  g_free (reader.section_name);

  return g_steal_pointer (&document);
}

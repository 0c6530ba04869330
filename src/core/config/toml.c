/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/config/toml.h"

#include <glib/gi18n-lib.h>

#include "core/config/toml-private.h"

/* Which ways are left to add to a table or array: TOML lets each be defined once. */
enum
{
  DEFINED  = 1 << 0,   /* by a header of its own, or it is the root */
  DOTTED   = 1 << 1,   /* by a key such as a.b = 1 */
  CLOSED   = 1 << 2,   /* an inline table or array: complete */
  HEADERS  = 1 << 3,   /* an array of tables, by [[headers]] */
};

static StrataConfigValue *
add_table (StrataConfigValue *parent,
           const TomlKeyPart     *part,
           guint              marks)
{
  StrataConfigValue *table = strata_config_value_new (STRATA_CONFIG_TABLE, part->place);

  table->marks = marks;

  return strata_config_table_set (parent, part->name, part->place, table);
}

/* One part of a header further in; NULL after a failure. An array of tables stands for its last one. */
static StrataConfigValue *
enter_header_part (TomlReader        *reader,
                   StrataConfigValue *table,
                   const TomlKeyPart     *part)
{
  StrataConfigValue *child = strata_config_table_edit (table, part->name);

  if (child == NULL)
    return add_table (table, part, 0);

  if (child->marks & HEADERS)
    return g_ptr_array_index (child->elements, child->elements->len - 1);

  if (child->kind == STRATA_CONFIG_TABLE && !(child->marks & CLOSED))
    return child;

  toml_fail_at (reader, part->place, _("“%s” is %s already, from line %u, and can't have tables added"),
                part->name, strata_config_kind_get_name (child->kind), child->line);

  return NULL;
}

static StrataConfigValue *
open_table (TomlReader        *reader,
            StrataConfigValue *parent,
            const TomlKeyPart     *part)
{
  StrataConfigValue *table = strata_config_table_edit (parent, part->name);

  if (table == NULL)
    return add_table (parent, part, DEFINED);

  if (table->kind == STRATA_CONFIG_TABLE && table->marks == 0)
    {
      table->marks |= DEFINED;
      return table;
    }

  toml_fail_at (reader, part->place, _("“%s” is defined already, in line %u"), part->name, table->key_line);

  return NULL;
}

static StrataConfigValue *
open_array_table (TomlReader        *reader,
                  StrataConfigValue *parent,
                  const TomlKeyPart     *part)
{
  StrataConfigValue *array = strata_config_table_edit (parent, part->name);
  StrataConfigValue *table;

  if (array == NULL)
    {
      array = strata_config_table_set (parent, part->name, part->place,
                                       strata_config_value_new (STRATA_CONFIG_ARRAY, part->place));
      array->marks = HEADERS;
    }
  else if (!(array->marks & HEADERS))
    {
      toml_fail_at (reader, part->place, _("“%s” is defined already, in line %u, and not by [[%s]]"),
                    part->name, array->key_line, part->name);
      return NULL;
    }

  table = strata_config_value_new (STRATA_CONFIG_TABLE, part->place);
  table->marks = DEFINED;

  return strata_config_array_add (array, table);
}

/* The table that a [header] or [[header]] opens. */
static StrataConfigValue *
read_header (TomlReader *reader)
{
  StrataScanner *scanner = &reader->scanner;
  StrataConfigValue *table = strata_document_edit_root (reader->document);
  g_autoptr(GArray) key = NULL;
  guint n_brackets = 1;
  const TomlKeyPart *last;

  scanner->pos++;
  if (toml_peek (reader) == '[')
    {
      scanner->pos++;
      n_brackets++;
    }

  key = toml_read_key (reader);
  if (key == NULL)
    return NULL;

  for (guint i = 0; i < n_brackets; i++, scanner->pos++)
    if (toml_peek (reader) != ']')
      {
        toml_fail (reader, scanner->pos, _("“]” is missing here"));
        return NULL;
      }

  for (guint i = 0; i + 1 < key->len && table != NULL; i++)
    table = enter_header_part (reader, table, &g_array_index (key, TomlKeyPart, i));
  if (table == NULL)
    return NULL;

  last = &g_array_index (key, TomlKeyPart, key->len - 1);

  return n_brackets == 2 ? open_array_table (reader, table, last) : open_table (reader, table, last);
}

/* One part of a dotted key further in. */
static StrataConfigValue *
enter_dotted_part (TomlReader        *reader,
                   StrataConfigValue *table,
                   const TomlKeyPart     *part)
{
  StrataConfigValue *child = strata_config_table_edit (table, part->name);

  if (child == NULL)
    return add_table (table, part, DOTTED);

  if (child->kind == STRATA_CONFIG_TABLE && !(child->marks & (DEFINED | CLOSED)))
    {
      child->marks |= DOTTED;
      return child;
    }

  toml_fail_at (reader, part->place, _("“%s” is defined already, in line %u"), part->name, child->key_line);

  return NULL;
}

static StrataConfigValue *read_value (TomlReader *reader);

static gboolean
read_key_value (TomlReader        *reader,
                StrataConfigValue *table)
{
  g_autoptr(GArray) key = toml_read_key (reader);
  const TomlKeyPart *last;
  StrataConfigValue *value, *old;

  if (key == NULL)
    return FALSE;

  if (toml_peek (reader) != '=')
    return toml_fail (reader, reader->scanner.pos, _("“=” is missing here"));
  reader->scanner.pos++;
  toml_skip_blanks (reader);

  for (guint i = 0; i + 1 < key->len && table != NULL; i++)
    table = enter_dotted_part (reader, table, &g_array_index (key, TomlKeyPart, i));
  if (table == NULL)
    return FALSE;

  last = &g_array_index (key, TomlKeyPart, key->len - 1);
  old = strata_config_table_edit (table, last->name);
  if (old != NULL)
    return toml_fail_at (reader, last->place, _("“%s” is defined already, in line %u"), last->name, old->key_line);

  reader->depth += key->len;
  value = read_value (reader);
  reader->depth -= key->len;
  if (value == NULL)
    return FALSE;
  strata_config_table_set (table, last->name, last->place, value);

  return TRUE;
}

static StrataConfigValue *
read_array (TomlReader *reader)
{
  StrataScanner *scanner = &reader->scanner;
  g_autoptr(StrataConfigValue) array = NULL;

  array = strata_config_value_new (STRATA_CONFIG_ARRAY, strata_scanner_place (scanner, scanner->pos));
  array->marks = CLOSED;
  scanner->pos++;

  for (;;)
    {
      StrataConfigValue *element;

      if (!toml_skip_lines (reader))
        return NULL;
      if (toml_peek (reader) == ']')
        break;

      element = read_value (reader);
      if (element == NULL)
        return NULL;
      strata_config_array_add (array, element);

      if (!toml_skip_lines (reader))
        return NULL;
      if (toml_peek (reader) == ',')
        scanner->pos++;
      else if (toml_peek (reader) != ']')
        {
          toml_fail (reader, scanner->pos, _("“,” or “]” is missing here"));
          return NULL;
        }
    }
  scanner->pos++;

  return g_steal_pointer (&array);
}

/* Dotted keys made tables inside; once the braces are closed nothing can be added to them either. */
static void
close_tables (StrataConfigValue *value)
{
  if (value->elements == NULL || value->marks & CLOSED)
    return;

  value->marks |= CLOSED;
  for (guint i = 0; i < value->elements->len; i++)
    close_tables (g_ptr_array_index (value->elements, i));
}

static StrataConfigValue *
read_inline_table (TomlReader *reader)
{
  StrataScanner *scanner = &reader->scanner;
  g_autoptr(StrataConfigValue) table = NULL;

  table = strata_config_value_new (STRATA_CONFIG_TABLE, strata_scanner_place (scanner, scanner->pos));
  scanner->pos++;
  toml_skip_blanks (reader);

  while (toml_peek (reader) != '}' || strata_config_value_get_size (table) > 0)
    {
      if (!read_key_value (reader, table))
        return NULL;

      toml_skip_blanks (reader);
      if (toml_peek (reader) == '}')
        break;
      if (toml_peek (reader) != ',')
        {
          toml_fail (reader, scanner->pos, _("“,” or “}” is missing here; an inline table stands in one line"));
          return NULL;
        }
      scanner->pos++;
    }
  scanner->pos++;
  close_tables (table);

  return g_steal_pointer (&table);
}

static StrataConfigValue *
read_text (TomlReader *reader)
{
  StrataPlace place = strata_scanner_place (&reader->scanner, reader->scanner.pos);
  char *text = toml_read_string (reader, TRUE);

  return text != NULL ? strata_config_value_new_text (STRATA_CONFIG_STRING, place, text) : NULL;
}

static StrataConfigValue *
read_value (TomlReader *reader)
{
  StrataConfigValue *value;

  if (reader->depth >= TOML_DEEPEST)
    {
      toml_fail (reader, reader->scanner.pos, _("values are nested too deeply"));
      return NULL;
    }

  reader->depth++;
  switch (toml_peek (reader))
    {
    case '"':
    case '\'':
      value = read_text (reader);
      break;
    case '[':
      value = read_array (reader);
      break;
    case '{':
      value = read_inline_table (reader);
      break;
    default:
      value = toml_read_scalar (reader);
      break;
    }
  reader->depth--;

  return value;
}

static gboolean
read_statements (TomlReader *reader)
{
  StrataScanner *scanner = &reader->scanner;
  StrataConfigValue *table = strata_document_edit_root (reader->document);

  table->marks = DEFINED;

  for (;;)
    {
      if (!toml_skip_lines (reader))
        return FALSE;
      if (scanner->pos == scanner->end)
        return TRUE;

      if (*scanner->pos == '[')
        table = read_header (reader);
      else if (!read_key_value (reader, table))
        return FALSE;

      if (table == NULL || !toml_end_of_statement (reader))
        return FALSE;
    }
}

StrataDocument *
strata_toml_parse (const char *path,
                   const char *text,
                   gsize       length,
                   GPtrArray  *findings)
{
  g_autoptr(StrataDocument) document = strata_document_new (path);
  TomlReader reader = { .document = document, .findings = findings };

  if (!strata_scanner_init (&reader.scanner, strata_document_get_file (document), text, length, findings))
    return NULL;

  return read_statements (&reader) ? g_steal_pointer (&document) : NULL;
}

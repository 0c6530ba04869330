/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/config/dotenv.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/config/scanner.h"
#include "core/config/value-private.h"

/* Each line may double the one before it: the sum of all values stays below this. */
#define LARGEST_RESULT (16 * 1024 * 1024)

/* A key as far as it is known; the value is NULL where the line had no "=". */
typedef struct
{
  char        *key;
  char        *value;
  StrataPlace  key_place;
  StrataPlace  value_place;
} Binding;

typedef struct
{
  StrataScanner       scanner;
  const char * const *environment;
  gboolean            override;
  GPtrArray          *findings;
  GPtrArray          *bindings;     /* Binding, owned, in the order in which the keys came first */
  GHashTable         *by_key;       /* key to Binding, borrowed both */
  gsize               total;        /* bytes of all values made so far */
} DotenvReader;

static void
binding_free (Binding *binding)
{
  g_free (binding->key);
  g_free (binding->value);
  g_free (binding);
}

static void
skip_blanks (StrataScanner *scanner)
{
  while (scanner->pos < scanner->end && strata_scanner_eol (scanner, scanner->pos) == 0
         && strata_is_space (g_utf8_get_char (scanner->pos)))
    scanner->pos = g_utf8_next_char (scanner->pos);
}

static void
skip_line (StrataScanner *scanner)
{
  while (scanner->pos < scanner->end && strata_scanner_eol (scanner, scanner->pos) == 0)
    scanner->pos++;
}

static void
skip_export (StrataScanner *scanner)
{
  const char *before = scanner->pos;

  if (scanner->end - scanner->pos < 7 || memcmp (scanner->pos, "export", 6) != 0)
    return;

  scanner->pos += 6;
  skip_blanks (scanner);
  if (scanner->pos == before + 6)
    scanner->pos = before;
}

static char
unescape (char character,
          char quote)
{
  static const char from[] = "abfnrtv";
  static const char to[] = "\a\b\f\n\r\t\v";
  const char *known;

  if (character == '\\' || character == '\'')
    return character;
  if (quote == '\'' || character == '\0')
    return '\0';
  if (character == '"')
    return character;

  known = strchr (from, character);

  return known != NULL ? to[known - from] : '\0';
}

/* What stands in quotes, each line end as LF. The quote says which escapes there are: NUL for none. */
static char *
copy_quoted (const StrataScanner *scanner,
             const char          *begin,
             const char          *end,
             char                 quote)
{
  GString *text = g_string_sized_new (end - begin);

  for (const char *at = begin; at < end; at++)
    {
      char plain = quote != '\0' && *at == '\\' && at + 1 < end ? unescape (at[1], quote) : '\0';
      guint eol = strata_scanner_eol (scanner, at);

      if (plain != '\0')
        at++;
      else if (eol > 0)
        at += eol - 1;

      g_string_append_c (text, plain != '\0' ? plain : eol > 0 ? '\n' : *at);
    }

  return g_string_free (text, FALSE);
}

/* NULL: there is no key here. */
static char *
read_key (StrataScanner *scanner)
{
  const char *begin = scanner->pos;

  if (*begin == '\'')
    {
      const char *close = memchr (begin + 1, '\'', scanner->end - begin - 1);

      if (close == NULL || close == begin + 1)
        return NULL;

      scanner->pos = close + 1;
      return copy_quoted (scanner, begin + 1, close, '\0');
    }

  while (scanner->pos < scanner->end && *scanner->pos != '=' && *scanner->pos != '#'
         && !strata_is_space (g_utf8_get_char (scanner->pos)))
    scanner->pos = g_utf8_next_char (scanner->pos);

  return scanner->pos > begin ? g_strndup (begin, scanner->pos - begin) : NULL;
}

/* The closing quote. An escaped quote does not close, unless no other one does: 'C:\dir\' is what people write. */
static const char *
find_close (const StrataScanner *scanner,
            char                 quote)
{
  const char *escaped = NULL;

  for (const char *at = scanner->pos + 1; at < scanner->end; at++)
    {
      if (*at == quote)
        return at;
      if (*at == '\\' && at + 1 < scanner->end && at[1] == quote)
        escaped = ++at;
    }

  return escaped;
}

static char *
read_quoted (StrataScanner *scanner)
{
  const char *begin = scanner->pos + 1;
  const char *close = find_close (scanner, *scanner->pos);

  if (close == NULL)
    return NULL;

  scanner->pos = close + 1;

  return copy_quoted (scanner, begin, close, begin[-1]);
}

/* To the end of the line, or to a comment that has white space before it. */
static char *
read_unquoted (StrataScanner *scanner)
{
  const char *begin = scanner->pos;
  const char *end;

  skip_line (scanner);
  end = scanner->pos;

  for (const char *hash = begin; hash < end; hash++)
    if (*hash == '#' && hash > begin && strata_is_space (g_utf8_get_char (g_utf8_prev_char (hash))))
      end = hash;

  strata_strip_end (begin, &end);

  return g_strndup (begin, end - begin);
}

static char *
read_value (StrataScanner *scanner)
{
  if (scanner->pos < scanner->end && (*scanner->pos == '\'' || *scanner->pos == '"'))
    return read_quoted (scanner);

  return read_unquoted (scanner);
}

/* What a name stands for at this line. A key without a value hides what is behind it, and stands for nothing. */
static const char *
resolve (DotenvReader *reader,
         const char   *name,
         const char   *fallback)
{
  const char *outside = g_environ_getenv ((char **) reader->environment, name);
  Binding *inside = g_hash_table_lookup (reader->by_key, name);

  if (inside != NULL && (reader->override || outside == NULL))
    return inside->value != NULL ? inside->value : "";

  return outside != NULL ? outside : fallback;
}

/* Reads "${name}" or "${name:-default}". FALSE: it is no such thing, and nothing before the new position begins one. */
static gboolean
read_variable (const char **at,
               char       **name,
               char       **fallback)
{
  const char *begin = *at + 2;
  const char *name_end = begin + strcspn (begin, "}:");
  const char *close = name_end;

  if (*name_end == ':' && name_end[1] == '-')
    close = strchrnul (name_end, '}');

  *at = close;
  if (*close != '}')
    return FALSE;

  *at = close + 1;
  *name = g_strndup (begin, name_end - begin);
  *fallback = *name_end == ':' ? g_strndup (name_end + 2, close - name_end - 2) : g_strdup ("");

  return TRUE;
}

/* NULL: the result would be too large. */
static char *
expand (DotenvReader *reader,
        const char   *text)
{
  g_autoptr(GString) result = g_string_new (NULL);
  const char *dollar;

  while ((dollar = strstr (text, "${")) != NULL)
    {
      g_autofree char *name = NULL;
      g_autofree char *fallback = NULL;
      const char *after = dollar;

      g_string_append_len (result, text, dollar - text);
      if (read_variable (&after, &name, &fallback))
        g_string_append (result, resolve (reader, name, fallback));
      else
        g_string_append_len (result, dollar, after - dollar);
      text = after;

      if (result->len > LARGEST_RESULT - reader->total)
        return NULL;
    }

  g_string_append (result, text);
  if (result->len > LARGEST_RESULT - reader->total)
    return NULL;
  reader->total += result->len;

  return g_string_free (g_steal_pointer (&result), FALSE);
}

static void
keep (DotenvReader *reader,
      Binding      *binding)
{
  Binding *old = g_hash_table_lookup (reader->by_key, binding->key);

  if (old == NULL)
    {
      g_ptr_array_add (reader->bindings, binding);
      g_hash_table_insert (reader->by_key, binding->key, binding);
      return;
    }

  g_free (old->value);
  old->value = g_steal_pointer (&binding->value);
  old->key_place = binding->key_place;
  old->value_place = binding->value_place;
  binding_free (binding);
}

static void
note (DotenvReader *reader,
      StrataPlace   place,
      const char   *hint,
      const char   *text)
{
  g_ptr_array_add (reader->findings,
                   strata_finding_new (STRATA_SEVERITY_WARNING, "dotenv-syntax", place, hint, "%s", text));
}

/* After a value only a comment may follow. */
static gboolean
at_line_end (StrataScanner *scanner)
{
  skip_blanks (scanner);
  if (scanner->pos < scanner->end && *scanner->pos == '#')
    skip_line (scanner);

  return scanner->pos == scanner->end || strata_scanner_eol (scanner, scanner->pos) > 0;
}

/* The part from "=" on, where there is one. FALSE: it was not understood. */
static gboolean
read_assignment (DotenvReader *reader,
                 Binding      *binding)
{
  StrataScanner *scanner = &reader->scanner;
  g_autofree char *raw = NULL;

  skip_blanks (scanner);
  if (scanner->pos == scanner->end || *scanner->pos != '=')
    return TRUE;

  scanner->pos++;
  skip_blanks (scanner);
  binding->value_place = strata_scanner_place (scanner, scanner->pos);

  raw = read_value (scanner);
  if (raw == NULL)
    {
      note (reader, binding->value_place, _("A quote inside of a quoted value is written \\' or \\\""),
            _("the quote that opens here is not closed; the line is left out"));
      return FALSE;
    }

  binding->value = expand (reader, raw);
  if (binding->value == NULL)
    {
      note (reader, binding->value_place, NULL, _("the value grows beyond all measure; the line is left out"));
      return FALSE;
    }

  return TRUE;
}

static void
read_binding (DotenvReader *reader)
{
  StrataScanner *scanner = &reader->scanner;
  Binding *binding = g_new0 (Binding, 1);

  skip_export (scanner);
  binding->key_place = strata_scanner_place (scanner, scanner->pos);
  binding->key = scanner->pos < scanner->end ? read_key (scanner) : NULL;

  if (binding->key == NULL)
    note (reader, binding->key_place, _("Write NAME=value"), _("there is no name here; the line is left out"));
  else if (read_assignment (reader, binding))
    {
      if (at_line_end (scanner))
        {
          keep (reader, binding);
          return;
        }
      note (reader, strata_scanner_place (scanner, scanner->pos), _("Put the value in quotes, or # before a comment"),
            _("something follows the value; the line is left out"));
    }

  skip_line (scanner);
  binding_free (binding);
}

static void
read_bindings (DotenvReader *reader)
{
  StrataScanner *scanner = &reader->scanner;

  for (;;)
    {
      while (scanner->pos < scanner->end && strata_is_space (g_utf8_get_char (scanner->pos)))
        scanner->pos = g_utf8_next_char (scanner->pos);

      if (scanner->pos == scanner->end)
        return;

      if (*scanner->pos == '#')
        skip_line (scanner);
      else
        read_binding (reader);
    }
}

StrataDocument *
strata_dotenv_parse (const char         *path,
                     const char         *text,
                     gsize               length,
                     const char * const *environment,
                     gboolean            override,
                     GPtrArray          *findings)
{
  g_autoptr(StrataDocument) document = strata_document_new (path);
  g_autoptr(GPtrArray) bindings = g_ptr_array_new_with_free_func ((GDestroyNotify) binding_free);
  g_autoptr(GHashTable) by_key = g_hash_table_new (g_str_hash, g_str_equal);
  DotenvReader reader = {
    .environment = environment,
    .override = override,
    .findings = findings,
    .bindings = bindings,
    .by_key = by_key,
  };

  if (!strata_scanner_init (&reader.scanner, strata_document_get_file (document), text, length, findings))
    return NULL;

  read_bindings (&reader);

  for (guint i = 0; i < bindings->len; i++)
    {
      Binding *binding = g_ptr_array_index (bindings, i);

      if (binding->value != NULL)
        strata_config_table_set (strata_document_edit_root (document), binding->key, binding->key_place,
                                 strata_config_value_new_text (STRATA_CONFIG_STRING, binding->value_place,
                                                               g_steal_pointer (&binding->value)));
    }

  return g_steal_pointer (&document);
}

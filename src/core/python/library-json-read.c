/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/library.h"

#include <string.h>

typedef struct
{
  Machine    *py;
  const char *start;
  const char *text;
  const char *end;
} Reader;

static Value *read_value (Reader *self);

static gpointer
fail (Reader     *self,
      const char *message)
{
  g_autofree char *text = NULL;
  Value *module = strata_py_dict_get_name (self->py->modules, "json");
  Class *class = (Class *) strata_py_dict_get_name (module->attributes, "JSONDecodeError");
  gint64 at = g_utf8_pointer_to_offset (self->start, self->text);
  gint64 line = 1, column = 1;
  Value *argument;

  for (const char *c = self->start; c < self->text; c = g_utf8_next_char (c))
    {
      column = *c == '\n' ? 1 : column + 1;
      line += *c == '\n';
    }
  text = g_strdup_printf ("%s: line %d column %d (char %d)", message, (int) line, (int) column, (int) at);
  argument = strata_py_str (self->py, text);

  return strata_py_raise_value (self->py, strata_py_new_exception (self->py, class, &argument, 1));
}

static void
skip_space (Reader *self)
{
  while (self->text < self->end && strchr (" \t\n\r", *self->text) != NULL && *self->text != '\0')
    self->text++;
}

static gboolean
read_hex (Reader   *self,
          gunichar *c)
{
  *c = 0;
  for (guint i = 0; i < 4; i++, self->text++)
    {
      if (!g_ascii_isxdigit (*self->text))
        return FALSE;
      *c = *c * 16 + g_ascii_xdigit_value (*self->text);
    }

  return TRUE;
}

static gboolean
read_escape (Reader  *self,
             GString *out)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  char letter = *self->text;
  const char *known = letter != '\0' ? strchr (letters, letter) : NULL;
  gunichar c, low;

  self->text++;
  if (known != NULL)
    {
      g_string_append_c (out, meanings[known - letters]);
      return TRUE;
    }
  if (letter != 'u' || !read_hex (self, &c))
    return FALSE;
  if (c >= 0xd800 && c < 0xdc00 && self->text[0] == '\\' && self->text[1] == 'u')
    {
      self->text += 2;
      if (!read_hex (self, &low))
        return FALSE;
      c = low >= 0xdc00 && low < 0xe000 ? 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00) : c;
    }
  if (!g_unichar_validate (c))
    return strata_py_refuse (self->py, "half of a character in JSON is not known here") != NULL;
  g_string_append_unichar (out, c);

  return TRUE;
}

static Value *
read_text (Reader *self)
{
  g_autoptr(GString) out = g_string_new (NULL);

  for (self->text++; self->text < self->end && *self->text != '"';)
    if ((guint8) *self->text < 0x20)
      return fail (self, "Invalid control character at");
    else if (*self->text != '\\')
      g_string_append_c (out, *self->text++);
    else
      {
        self->text++;
        if (!read_escape (self, out))
          return fail (self, "Invalid \\escape");
      }
  if (self->text >= self->end)
    return fail (self, "Unterminated string starting at");
  self->text++;

  return strata_py_string (self->py, out);
}

static Value *
read_number (Reader *self)
{
  const char *start = self->text;
  gboolean is_float = FALSE, too_big = FALSE;
  gboolean is_negative = *start == '-';
  double number;
  Wide wide;

  if (is_negative)
    self->text++;
  if (!g_ascii_isdigit (*self->text))
    {
      self->text = start;
      return fail (self, "Expecting value");
    }
  if (*self->text == '0')
    self->text++;
  else
    while (g_ascii_isdigit (*self->text))
      self->text++;
  if (*self->text == '.' && g_ascii_isdigit (self->text[1]))
    {
      is_float = TRUE;
      for (self->text++; g_ascii_isdigit (*self->text);)
        self->text++;
    }
  if (*self->text == 'e' || *self->text == 'E')
    {
      guint sign = self->text[1] == '+' || self->text[1] == '-';

      if (g_ascii_isdigit (self->text[1 + sign]))
        {
          is_float = TRUE;
          for (self->text += 1 + sign; g_ascii_isdigit (*self->text);)
            self->text++;
        }
    }
  start += is_negative;
  if (is_float)
    return strata_py_parse_float (start, self->text - start, &number) ? strata_py_float (self->py, is_negative ? -number : number)
                                                                      : NULL;
  if (strata_py_parse_int (start, self->text - start, 10, &wide, &too_big))
    return strata_py_wide (self->py, is_negative ? -wide : wide);

  return strata_py_refuse (self->py, "this number has more than 127 bits");
}

static Value *
read_list (Reader *self)
{
  Value *list = strata_py_list (self->py, NULL, 0);

  self->text++;
  skip_space (self);
  if (*self->text == ']')
    {
      self->text++;
      return list;
    }
  for (;;)
    {
      Value *item = read_value (self);

      if (item == NULL || !strata_py_list_append (self->py, list, item))
        return NULL;
      skip_space (self);
      if (*self->text == ']')
        {
          self->text++;
          return list;
        }
      if (*self->text != ',')
        return fail (self, "Expecting ',' delimiter");
      self->text++;
    }
}

static Value *
read_dict (Reader *self)
{
  Dict *dict = strata_py_dict (self->py);

  self->text++;
  skip_space (self);
  if (*self->text == '}')
    {
      self->text++;
      return &dict->base;
    }
  for (;;)
    {
      Value *key, *value;

      skip_space (self);
      if (*self->text != '"')
        return fail (self, "Expecting property name enclosed in double quotes");
      key = read_text (self);
      skip_space (self);
      if (key != NULL && *self->text != ':')
        return fail (self, "Expecting ':' delimiter");
      self->text++;
      value = key != NULL ? read_value (self) : NULL;
      if (value == NULL || !strata_py_dict_set (self->py, dict, key, value))
        return NULL;
      skip_space (self);
      if (*self->text == '}')
        {
          self->text++;
          return &dict->base;
        }
      if (*self->text != ',')
        return fail (self, "Expecting ',' delimiter");
      self->text++;
    }
}

static Value *
read_any (Reader *self)
{
  Machine *py = self->py;
  const struct { const char *word; Value *value; } words[] = { { "null", py->none }, { "true", py->yes }, { "false", py->no } };

  skip_space (self);
  if (self->text >= self->end)
    return fail (self, "Expecting value");
  if (*self->text == '"')
    return read_text (self);
  if (*self->text == '[')
    return read_list (self);
  if (*self->text == '{')
    return read_dict (self);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (self->text, words[i].word))
      {
        self->text += strlen (words[i].word);
        return words[i].value;
      }

  return read_number (self);
}

static Value *
read_value (Reader *self)
{
  Value *value;

  if (!strata_py_enter (self->py) || !strata_py_step (self->py))
    return NULL;
  value = read_any (self);
  strata_py_leave (self->py);

  return value;
}

Value *
strata_py_json_loads (Machine *py,
                      Value   *module,
                      Value  **arguments)
{
  Str *str = (Str *) arguments[0];
  Reader reader = { py, NULL };
  Value *value;

  if (IS_OPAQUE (arguments[0]))
    return strata_py_refuse_opaque (py, arguments[0], "is read as JSON");
  if (IS_BYTES (arguments[0]))
    return strata_py_refuse (py, "JSON in bytes is not known here");
  if (!IS_STR (arguments[0]))
    return strata_py_raise (py, "TypeError", "the JSON object must be str, bytes or bytearray, not %s", str->base.class->name);
  reader.start = reader.text = str->text;
  reader.end = str->text + str->length;
  value = read_value (&reader);
  if (value == NULL)
    return NULL;
  skip_space (&reader);

  return reader.text == reader.end ? value : fail (&reader, "Extra data");
}

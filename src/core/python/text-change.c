/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/text.h"

#include <string.h>

static Value *
justify (Machine *py,
         Value   *self,
         Value  **arguments,
         char     align)
{
  Str *str = (Str *) self;
  Str *fill = NULL;
  g_autoptr(GString) out = g_string_new (NULL);
  gint64 width;
  gsize missing, before;

  if (!strata_py_to_index (py, arguments[0], &width)
      || (arguments[1] != NULL && (fill = strata_py_same_text (py, self, arguments[1])) == NULL))
    return NULL;
  if (fill != NULL && fill->n_characters != 1)
    return strata_py_raise (py, "TypeError", "The fill character must be exactly one character long");
  if (width <= (gint64) str->n_characters)
    return self;
  missing = width - str->n_characters;
  if (!strata_py_reserve (py, missing * 4))
    return NULL;

  /* The odd one goes left where the width is odd, as in CPython. */
  before = align == 'r' ? missing : align == 'c' ? missing / 2 + (missing & width & 1) : 0;
  for (gsize i = 0; i < missing; i++)
    {
      if (i == before)
        g_string_append_len (out, str->text, str->length);
      g_string_append_len (out, fill != NULL ? fill->text : " ", fill != NULL ? fill->length : 1);
    }
  if (before == missing)
    g_string_append_len (out, str->text, str->length);

  return strata_py_like (py, self, out->str, out->len);
}

Value *
strata_py_text_center (Machine *py,
                       Value   *self,
                       Value  **arguments)
{
  return justify (py, self, arguments, 'c');
}

Value *
strata_py_text_ljust (Machine *py,
                      Value   *self,
                      Value  **arguments)
{
  return justify (py, self, arguments, 'l');
}

Value *
strata_py_text_rjust (Machine *py,
                      Value   *self,
                      Value  **arguments)
{
  return justify (py, self, arguments, 'r');
}

Value *
strata_py_text_zfill (Machine *py,
                      Value   *self,
                      Value  **arguments)
{
  Str *str = (Str *) self;
  g_autoptr(GString) out = g_string_new (NULL);
  gboolean has_sign = str->length > 0 && (*str->text == '-' || *str->text == '+');
  gint64 width;

  if (!strata_py_to_index (py, arguments[0], &width))
    return NULL;
  if (width <= (gint64) str->n_characters)
    return self;
  if (!strata_py_reserve (py, width))
    return NULL;
  if (has_sign)
    g_string_append_c (out, *str->text);
  for (gint64 i = str->n_characters; i < width; i++)
    g_string_append_c (out, '0');
  g_string_append_len (out, str->text + has_sign, str->length - has_sign);

  return strata_py_like (py, self, out->str, out->len);
}

Value *
strata_py_str_expandtabs (Machine *py,
                          Value   *self,
                          Value  **arguments)
{
  Str *str = (Str *) self;
  g_autoptr(GString) out = g_string_new (NULL);
  gint64 size = 8;
  gint64 column = 0;

  if (arguments[0] != NULL && !strata_py_to_index (py, arguments[0], &size))
    return NULL;
  if (size > 1000)
    return strata_py_refuse (py, "these tabs are wider than is known here");
  for (gsize i = 0; i < str->length; i++)
    if (str->text[i] != '\t')
      {
        g_string_append_c (out, str->text[i]);
        column = str->text[i] == '\n' || str->text[i] == '\r' ? 0 : column + ((str->text[i] & 0xc0) != 0x80);
      }
    else if (size > 0)
      do
        {
          g_string_append_c (out, ' ');
          column++;
        }
      while (column % size != 0);

  return strata_py_string (py, out);
}

/* One character becomes another one, by rules that need no table of their own; others are refused. */
static gboolean
has_simple_case (gunichar c)
{
  if (c < 0x80 || !g_unichar_isalpha (c) || (!g_unichar_isupper (c) && !g_unichar_islower (c) && !g_unichar_istitle (c)))
    return TRUE;

  return (c >= 0xc0 && c <= 0xfe && c != 0xdf) || (c >= 0x100 && c <= 0x17e && c != 0x130 && c != 0x131 && c != 0x149)
         || (c >= 0x391 && c <= 0x3a1) || (c >= 0x3b1 && c <= 0x3c1) || (c >= 0x400 && c <= 0x45f);
}

static gboolean
append_case (Machine  *py,
             GString  *out,
             gunichar  c,
             gboolean  upper)
{
  if (!has_simple_case (c))
    return strata_py_refuse (py, "upper and lower case of this text are not known here") != NULL;
  g_string_append_unichar (out, upper ? g_unichar_toupper (c) : g_unichar_tolower (c));

  return TRUE;
}

/* How: 'u'pper, 'l'ower, 't'itle, 'c'apitalize, 's'wap. */
static Value *
change_case (Machine *py,
             Value   *self,
             char     how)
{
  Str *str = (Str *) self;
  g_autoptr(GString) out = g_string_new (NULL);
  const char *end = str->text + str->length;
  gboolean is_first = TRUE;

  for (const char *text = str->text; text < end; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);
      gboolean upper = how == 'u' || ((how == 't' || how == 'c') && is_first) || (how == 's' && g_unichar_islower (c));

      if (!append_case (py, out, c, upper))
        return NULL;
      is_first = how == 't' ? !g_unichar_isupper (c) && !g_unichar_islower (c) : FALSE;
    }

  return strata_py_string (py, out);
}

Value *
strata_py_str_lower (Machine *py,
                     Value   *self,
                     Value  **arguments)
{
  return change_case (py, self, 'l');
}

Value *
strata_py_str_upper (Machine *py,
                     Value   *self,
                     Value  **arguments)
{
  return change_case (py, self, 'u');
}

Value *
strata_py_str_title (Machine *py,
                     Value   *self,
                     Value  **arguments)
{
  return change_case (py, self, 't');
}

Value *
strata_py_str_capitalize (Machine *py,
                          Value   *self,
                          Value  **arguments)
{
  return change_case (py, self, 'c');
}

Value *
strata_py_str_swapcase (Machine *py,
                        Value   *self,
                        Value  **arguments)
{
  return change_case (py, self, 's');
}

Value *
strata_py_str_maketrans (Machine *py,
                         Value   *class,
                         Value  **arguments)
{
  Dict *table = strata_py_dict (py);
  Str *from = (Str *) arguments[0];
  Str *to = (Str *) arguments[1];
  guint position = 0;
  Value *key, *value;

  if (arguments[1] == NULL && IS_DICT (arguments[0]))
    {
      while (strata_py_dict_next ((Dict *) arguments[0], &position, &key, &value))
        {
          if (IS_STR (key))
            key = strata_py_int (py, g_utf8_get_char (((Str *) key)->text));
          if (!strata_py_dict_set (py, table, key, value))
            return NULL;
        }
      return &table->base;
    }
  if (!IS_STR (arguments[0]) || !IS_STR (arguments[1]) || from->n_characters != to->n_characters)
    return strata_py_raise (py, "ValueError", "the first two maketrans arguments must have equal length");
  for (gsize i = 0; i < from->n_characters; i++)
    strata_py_dict_set (py, table, strata_py_int (py, g_utf8_get_char (g_utf8_offset_to_pointer (from->text, i))),
                        strata_py_int (py, g_utf8_get_char (g_utf8_offset_to_pointer (to->text, i))));
  for (const char *c = IS_STR (arguments[2]) ? ((Str *) arguments[2])->text : ""; *c != '\0'; c = g_utf8_next_char (c))
    strata_py_dict_set (py, table, strata_py_int (py, g_utf8_get_char (c)), py->none);

  return &table->base;
}

Value *
strata_py_str_translate (Machine *py,
                         Value   *self,
                         Value  **arguments)
{
  Str *str = (Str *) self;
  g_autoptr(GString) out = g_string_new (NULL);
  const char *end = str->text + str->length;
  gint64 number;

  if (!IS_DICT (arguments[0]))
    return strata_py_refuse (py, "translate() by what is no dict is not known here");
  for (const char *c = str->text; c < end; c = g_utf8_next_char (c))
    {
      Value *to = strata_py_dict_get (py, (Dict *) arguments[0], strata_py_int (py, g_utf8_get_char (c)));

      if (to == NULL)
        g_string_append_len (out, c, g_utf8_skip[(guint8) *c]);
      else if (IS_STR (to))
        g_string_append_len (out, ((Str *) to)->text, ((Str *) to)->length);
      else if (strata_py_value_get_int (to, &number) && number >= 0 && g_unichar_validate (number))
        g_string_append_unichar (out, number);
      else if (!IS_NONE (to))
        return strata_py_raise (py, "TypeError", "character mapping must return integer, None or str");
      if (!strata_py_reserve (py, out->len))
        return NULL;
    }

  return strata_py_string (py, out);
}

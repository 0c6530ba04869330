/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/text.h"

#include <string.h>

static const char *
codec (Machine *py,
       Value   *encoding)
{
  g_autofree char *name = NULL;

  if (encoding == NULL || IS_NONE (encoding))
    return "utf-8";
  if (!IS_STR (encoding))
    return strata_py_raise (py, "TypeError", "the encoding must be str, not %s", encoding->class->name);
  name = g_ascii_strdown (((Str *) encoding)->text, -1);
  g_strdelimit (name, "_", '-');
  if (g_str_equal (name, "utf-8") || g_str_equal (name, "utf8"))
    return "utf-8";
  if (g_str_equal (name, "ascii") || g_str_equal (name, "us-ascii"))
    return "ascii";
  if (g_str_equal (name, "latin-1") || g_str_equal (name, "latin1") || g_str_equal (name, "iso-8859-1"))
    return "latin-1";

  return strata_py_refuse (py, "the encoding “%s” is not known here", ((Str *) encoding)->text);
}

Value *
strata_py_encode (Machine *py,
                  Value   *text,
                  Value   *encoding)
{
  Str *str = (Str *) text;
  const char *name = codec (py, encoding);

  if (name == NULL)
    return NULL;
  if (str->length != str->n_characters && !g_str_equal (name, "utf-8"))
    return strata_py_refuse (py, "text that is not ASCII is encoded as %s", name);

  return strata_py_bytes (py, str->text, str->length);
}

Value *
strata_py_decode (Machine *py,
                  Value   *bytes,
                  Value   *encoding)
{
  Str *str = (Str *) bytes;
  const char *name = codec (py, encoding);
  gboolean is_ascii = TRUE;

  if (name == NULL)
    return NULL;
  for (gsize i = 0; i < str->length; i++)
    is_ascii &= (str->text[i] & 0x80) == 0;
  if (!is_ascii && (!g_str_equal (name, "utf-8") || !g_utf8_validate_len (str->text, str->length, NULL)))
    return strata_py_refuse (py, "bytes that are not valid %s become text", name);

  return strata_py_str_len (py, str->text, str->length);
}

static Value *
construct_bytes (Machine *py,
                 Value   *class,
                 Value  **arguments)
{
  g_autoptr(GString) out = g_string_new (NULL);
  Value *value = arguments[0];
  List *items;
  gint64 n;

  if (value == NULL)
    return strata_py_bytes (py, "", 0);
  if (IS_STR (value))
    return arguments[1] != NULL ? strata_py_encode (py, value, arguments[1])
                                : strata_py_raise (py, "TypeError", "string argument without an encoding");
  if (IS_BYTES (value))
    return value;
  if (IS_INT (value))
    {
      char *zeros;

      if (!strata_py_to_index (py, value, &n))
        return NULL;
      if (n < 0)
        return strata_py_raise (py, "ValueError", "negative count");
      zeros = strata_py_alloc (py, n + 1);
      return zeros != NULL ? strata_py_bytes (py, zeros, n) : NULL;
    }
  items = strata_py_collect (py, value, STRATA_PY_VALUE_LIST);
  for (gsize i = 0; items != NULL && i < items->length; i++)
    {
      if (!strata_py_to_index (py, items->items[i], &n))
        return NULL;
      if (n < 0 || n > 255)
        return strata_py_raise (py, "ValueError", "bytes must be in range(0, 256)");
      g_string_append_c (out, (char) n);
    }

  return items != NULL ? strata_py_bytes (py, out->str, out->len) : NULL;
}

static Value *
bytes_decode (Machine *py,
              Value   *self,
              Value  **arguments)
{
  return strata_py_decode (py, self, arguments[0]);
}

static Value *
bytes_hex (Machine *py,
           Value   *self,
           Value  **arguments)
{
  g_autoptr(GString) out = g_string_new (NULL);

  for (gsize i = 0; i < ((Str *) self)->length; i++)
    g_string_append_printf (out, "%02x", (guint8) ((Str *) self)->text[i]);

  return strata_py_string (py, out);
}

static Value *
bytes_fromhex (Machine *py,
               Value   *class,
               Value  **arguments)
{
  g_autoptr(GString) out = g_string_new (NULL);
  const char *text = strata_py_value_get_text (arguments[0], NULL);

  while (text != NULL && *text != '\0')
    {
      if (g_ascii_isspace (*text))
        {
          text++;
          continue;
        }
      if (!g_ascii_isxdigit (text[0]) || !g_ascii_isxdigit (text[1]))
        return strata_py_raise (py, "ValueError", "non-hexadecimal number found in fromhex() arg");
      g_string_append_c (out, g_ascii_xdigit_value (text[0]) * 16 + g_ascii_xdigit_value (text[1]));
      text += 2;
    }

  return strata_py_bytes (py, out->str, out->len);
}

static const StrataPyNative bytes_methods[] = {
  { "count", "text, start=, end=, /", strata_py_text_count },
  { "decode", "encoding=, errors=", bytes_decode },
  { "endswith", "suffix, start=, end=, /", strata_py_text_endswith },
  { "find", "text, start=, end=, /", strata_py_text_find },
  { "hex", NULL, bytes_hex },
  { "index", "text, start=, end=, /", strata_py_text_index },
  { "join", "items, /", strata_py_text_join },
  { "lstrip", "characters=, /", strata_py_text_lstrip },
  { "partition", "separator, /", strata_py_text_partition },
  { "removeprefix", "prefix, /", strata_py_text_removeprefix },
  { "removesuffix", "suffix, /", strata_py_text_removesuffix },
  { "replace", "old, new, count=", strata_py_text_replace },
  { "rfind", "text, start=, end=, /", strata_py_text_rfind },
  { "rpartition", "separator, /", strata_py_text_rpartition },
  { "rsplit", "sep=, maxsplit=", strata_py_text_rsplit },
  { "rstrip", "characters=, /", strata_py_text_rstrip },
  { "split", "sep=, maxsplit=", strata_py_text_split },
  { "splitlines", "keepends=", strata_py_text_splitlines },
  { "startswith", "prefix, start=, end=, /", strata_py_text_startswith },
  { "strip", "characters=, /", strata_py_text_strip },
  { NULL }
};

static const StrataPyNative bytes_class_methods[] = {
  { "fromhex", "text, /", bytes_fromhex },
  { NULL }
};

const StrataPySlots strata_py_bytes_slots = {
  .name = "bytes",
  .methods = bytes_methods,
  .class_methods = bytes_class_methods,
  .lacking = " capitalize center expandtabs isalnum isalpha isascii isdigit islower isspace istitle isupper ljust lower maketrans"
             " rindex rjust swapcase title translate upper zfill ",
  .parameters = "value=, encoding=, errors=",
  .construct = construct_bytes,
};

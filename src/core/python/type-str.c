/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/text.h"

#include <string.h>

/* The methods of str that ask, cut and search; and what it has in common with bytes. */

static Value *
construct_str (Machine *py,
               Value   *class,
               Value  **arguments)
{
  Value *value;

  if (arguments[1] != NULL || arguments[2] != NULL)
    {
      if (arguments[0] == NULL || !IS_BYTES (arguments[0]))
        return strata_py_raise (py, "TypeError", "decoding to str: need a bytes-like object");
      value = strata_py_decode (py, arguments[0], arguments[1]);
    }
  else
    value = arguments[0] != NULL ? strata_py_to_str (py, arguments[0]) : strata_py_str (py, "");
  if (value == NULL || value->class == (Class *) class)
    return value;

  return strata_py_copy_as (py, value, (Class *) class);
}

Value *
strata_py_like (Machine    *py,
                Value      *self,
                const char *text,
                gsize       length)
{
  return IS_BYTES (self) ? strata_py_bytes (py, text, length) : strata_py_str_len (py, text, length);
}

/* The argument as text of the same kind, or a TypeError. */
Str *
strata_py_same_text (Machine *py,
                     Value   *self,
                     Value   *argument)
{
  if (argument->kind == self->kind)
    return (Str *) argument;
  if (IS_OPAQUE (argument))
    return strata_py_refuse_opaque (py, argument, "is taken for text");

  return strata_py_raise (py, "TypeError", "a %s is required, not '%s'", self->class->name, argument->class->name);
}

static gboolean
is_space (gunichar c,
          gboolean is_bytes)
{
  if (c < 0x80 || is_bytes)
    return (c >= 9 && c <= 13) || c == ' ' || (!is_bytes && c >= 0x1c && c <= 0x1f);

  return c == 0x85 || c == 0xa0 || g_unichar_isspace (c);
}

gsize
strata_py_skip_space (const char *text,
                      gsize       length,
                      gboolean    is_bytes)
{
  gunichar c = is_bytes ? (guint8) *text : g_utf8_get_char (text);

  return length > 0 && is_space (c, is_bytes) ? (is_bytes ? 1 : g_utf8_skip[(guint8) *text]) : 0;
}

static gboolean
is_one_of (const Str  *set,
           const char *c,
           gsize       length)
{
  if (set != NULL)
    return memmem (set->text, set->length, c, length) != NULL;

  return FALSE;
}

static Value *
strip (Machine *py,
       Value   *self,
       Value   *characters,
       gboolean left,
       gboolean right)
{
  Str *str = (Str *) self;
  gboolean is_bytes = IS_BYTES (self);
  const char *start = str->text;
  const char *end = str->text + str->length;
  Str *set = NULL;

  if (characters != NULL && !IS_NONE (characters) && (set = strata_py_same_text (py, self, characters)) == NULL)
    return NULL;
  while (left && start < end)
    {
      gsize size = is_bytes ? 1 : g_utf8_skip[(guint8) *start];

      if (set != NULL ? !is_one_of (set, start, size) : strata_py_skip_space (start, end - start, is_bytes) == 0)
        break;
      start += size;
    }
  while (right && start < end)
    {
      const char *last = is_bytes ? end - 1 : g_utf8_prev_char (end);

      if (set != NULL ? !is_one_of (set, last, end - last) : strata_py_skip_space (last, end - last, is_bytes) == 0)
        break;
      end = last;
    }

  return strata_py_like (py, self, start, end - start);
}

Value *
strata_py_text_strip (Machine *py,
                      Value   *self,
                      Value  **arguments)
{
  return strip (py, self, arguments[0], TRUE, TRUE);
}

Value *
strata_py_text_lstrip (Machine *py,
                       Value   *self,
                       Value  **arguments)
{
  return strip (py, self, arguments[0], TRUE, FALSE);
}

Value *
strata_py_text_rstrip (Machine *py,
                       Value   *self,
                       Value  **arguments)
{
  return strip (py, self, arguments[0], FALSE, TRUE);
}

/* The part between two positions that may be left out. */
static gboolean
part (Machine *py,
      Str     *str,
      Value  **bounds,
      gsize   *start,
      gsize   *end)
{
  gint64 first = 0, last = str->n_characters;
  gint64 length = str->n_characters;

  if ((bounds[0] != NULL && !IS_NONE (bounds[0]) && !strata_py_to_index (py, bounds[0], &first))
      || (bounds[1] != NULL && !IS_NONE (bounds[1]) && !strata_py_to_index (py, bounds[1], &last)))
    return FALSE;
  first = first < 0 ? MAX (0, first + length) : first;
  last = last < 0 ? MAX (0, last + length) : MIN (last, length);
  *start = first > length ? str->length + 1 : strata_py_byte_offset (str, first);
  *end = strata_py_byte_offset (str, last);

  return TRUE;
}

/* 1: the text begins, or ends, with one of them. */
static int
has_affix (Machine *py,
           Value   *self,
           Value   *affix,
           Value  **bounds,
           gboolean at_end)
{
  Str *str = (Str *) self;
  List *tuple = (List *) affix;
  gsize start, end;
  Str *other;

  if (IS_TUPLE (affix))
    {
      for (gsize i = 0; i < tuple->length; i++)
        {
          int found = IS_TUPLE (tuple->items[i]) ? 0 : has_affix (py, self, tuple->items[i], bounds, at_end);

          if (found != 0)
            return found;
        }
      return 0;
    }
  other = strata_py_same_text (py, self, affix);
  if (other == NULL || !part (py, str, bounds, &start, &end))
    return -1;
  if (start > end || end - start < other->length)
    return 0;

  return memcmp (str->text + (at_end ? end - other->length : start), other->text, other->length) == 0;
}

Value *
strata_py_text_startswith (Machine *py,
                           Value   *self,
                           Value  **arguments)
{
  int found = has_affix (py, self, arguments[0], arguments + 1, FALSE);

  return found < 0 ? NULL : strata_py_bool (py, found);
}

Value *
strata_py_text_endswith (Machine *py,
                         Value   *self,
                         Value  **arguments)
{
  int found = has_affix (py, self, arguments[0], arguments + 1, TRUE);

  return found < 0 ? NULL : strata_py_bool (py, found);
}

Value *
strata_py_text_removeprefix (Machine *py,
                             Value   *self,
                             Value  **arguments)
{
  Str *str = (Str *) self;
  Str *other = strata_py_same_text (py, self, arguments[0]);

  if (other == NULL)
    return NULL;
  if (str->length < other->length || memcmp (str->text, other->text, other->length) != 0)
    return self;

  return strata_py_like (py, self, str->text + other->length, str->length - other->length);
}

Value *
strata_py_text_removesuffix (Machine *py,
                             Value   *self,
                             Value  **arguments)
{
  Str *str = (Str *) self;
  Str *other = strata_py_same_text (py, self, arguments[0]);

  if (other == NULL)
    return NULL;
  if (str->length < other->length || memcmp (str->text + str->length - other->length, other->text, other->length) != 0)
    return self;

  return strata_py_like (py, self, str->text, str->length - other->length);
}

/* In characters; -1: not there, -2: failed. */
static gint64
search (Machine *py,
        Value   *self,
        Value  **arguments,
        gboolean from_end)
{
  Str *str = (Str *) self;
  Str *other = strata_py_same_text (py, self, arguments[0]);
  const char *found = NULL;
  gsize start, end;

  if (other == NULL || !part (py, str, arguments + 1, &start, &end))
    return -2;
  if (start > end || end - start < other->length)
    return -1;
  if (!from_end)
    found = memmem (str->text + start, end - start, other->text, other->length);
  else
    for (gsize at = end - other->length + 1; at > start && found == NULL; at--)
      if (memcmp (str->text + at - 1, other->text, other->length) == 0)
        found = str->text + at - 1;
  if (found == NULL)
    return -1;

  return str->length == str->n_characters ? found - str->text : g_utf8_pointer_to_offset (str->text, found);
}

static Value *
index_of (Machine *py,
          gint64   index,
          gboolean must_be)
{
  if (index == -1 && must_be)
    return strata_py_raise (py, "ValueError", "substring not found");

  return index < -1 ? NULL : strata_py_int (py, index);
}

Value *
strata_py_text_find (Machine *py,
                     Value   *self,
                     Value  **arguments)
{
  return index_of (py, search (py, self, arguments, FALSE), FALSE);
}

Value *
strata_py_text_rfind (Machine *py,
                      Value   *self,
                      Value  **arguments)
{
  return index_of (py, search (py, self, arguments, TRUE), FALSE);
}

Value *
strata_py_text_index (Machine *py,
                      Value   *self,
                      Value  **arguments)
{
  return index_of (py, search (py, self, arguments, FALSE), TRUE);
}

Value *
strata_py_text_rindex (Machine *py,
                       Value   *self,
                       Value  **arguments)
{
  return index_of (py, search (py, self, arguments, TRUE), TRUE);
}

Value *
strata_py_text_count (Machine *py,
                      Value   *self,
                      Value  **arguments)
{
  Str *str = (Str *) self;
  Str *other = strata_py_same_text (py, self, arguments[0]);
  const char *at, *stop;
  gsize start, end;
  gint64 n = 0;

  if (other == NULL || !part (py, str, arguments + 1, &start, &end))
    return NULL;
  if (start > end)
    return strata_py_int (py, 0);
  if (other->length == 0)
    return strata_py_int (py, (IS_BYTES (self) ? (glong) (end - start) : g_utf8_strlen (str->text + start, end - start)) + 1);
  stop = str->text + end;
  for (at = str->text + start; (at = memmem (at, stop - at, other->text, other->length)) != NULL; at += other->length)
    n++;

  return strata_py_int (py, n);
}

static gboolean
is_alnum (gunichar c)
{
  return g_unichar_isalnum (c);
}

/* What all characters are, and that there is one. */
static Value *
all_are (Machine   *py,
         Value     *self,
         gboolean (*is) (gunichar))
{
  Str *str = (Str *) self;
  const char *end = str->text + str->length;

  /* Digits of other scripts, fractions and raised ones: Python has three words for them. */
  if (str->length != str->n_characters && (is == is_alnum || is == g_unichar_isdigit))
    return strata_py_refuse (py, "what the characters of this text are is not known here");
  for (const char *c = str->text; c < end; c = g_utf8_next_char (c))
    if (!is (g_utf8_get_char (c)))
      return py->no;

  return strata_py_bool (py, str->length > 0);
}

static gboolean
is_any_space (gunichar c)
{
  return is_space (c, FALSE);
}

static Value *
str_isalnum (Machine *py,
             Value   *self,
             Value  **arguments)
{
  return all_are (py, self, is_alnum);
}

static Value *
str_isalpha (Machine *py,
             Value   *self,
             Value  **arguments)
{
  return all_are (py, self, g_unichar_isalpha);
}

static Value *
str_isdigit (Machine *py,
             Value   *self,
             Value  **arguments)
{
  return all_are (py, self, g_unichar_isdigit);
}

static Value *
str_isspace (Machine *py,
             Value   *self,
             Value  **arguments)
{
  return all_are (py, self, is_any_space);
}

static Value *
has_case (Machine *py,
          Value   *self,
          gboolean upper)
{
  Str *str = (Str *) self;
  const char *end = str->text + str->length;
  gboolean found = FALSE;

  for (const char *text = str->text; text < end; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (upper ? g_unichar_islower (c) : g_unichar_isupper (c))
        return py->no;
      found |= upper ? g_unichar_isupper (c) : g_unichar_islower (c);
    }

  return strata_py_bool (py, found);
}

static Value *
str_isupper (Machine *py,
             Value   *self,
             Value  **arguments)
{
  return has_case (py, self, TRUE);
}

static Value *
str_islower (Machine *py,
             Value   *self,
             Value  **arguments)
{
  return has_case (py, self, FALSE);
}

static Value *
str_isascii (Machine *py,
             Value   *self,
             Value  **arguments)
{
  return strata_py_bool (py, ((Str *) self)->length == ((Str *) self)->n_characters);
}

static Value *
str_isidentifier (Machine *py,
                  Value   *self,
                  Value  **arguments)
{
  Str *str = (Str *) self;

  if (str->length != str->n_characters)
    return strata_py_refuse (py, "whether this is a name is not known here");
  for (gsize i = 0; i < str->length; i++)
    if (!(g_ascii_isalpha (str->text[i]) || str->text[i] == '_' || (i > 0 && g_ascii_isdigit (str->text[i]))))
      return py->no;

  return strata_py_bool (py, str->length > 0);
}

static Value *
str_format (Machine *py,
            Value   *self,
            Value  **arguments)
{
  return strata_py_format_fields (py, (Str *) self, (List *) arguments[0], (Dict *) arguments[1]);
}

static Value *
str_format_map (Machine *py,
                Value   *self,
                Value  **arguments)
{
  if (!IS_DICT (arguments[0]) || arguments[0]->class->is_user)
    return strata_py_refuse (py, "format_map() with what is no dict is not known here");

  return strata_py_format_fields (py, (Str *) self, (List *) strata_py_tuple (py, NULL, 0), (Dict *) arguments[0]);
}

static Value *
str_encode (Machine *py,
            Value   *self,
            Value  **arguments)
{
  return strata_py_encode (py, self, arguments[0]);
}

static const StrataPyNative str_methods[] = {
  { "capitalize", NULL, strata_py_str_capitalize },
  { "casefold", NULL, strata_py_str_lower },
  { "center", "width, fill=, /", strata_py_text_center },
  { "count", "text, start=, end=, /", strata_py_text_count },
  { "encode", "encoding=, errors=", str_encode },
  { "endswith", "suffix, start=, end=, /", strata_py_text_endswith },
  { "expandtabs", "tabsize=", strata_py_str_expandtabs },
  { "find", "text, start=, end=, /", strata_py_text_find },
  { "format", "*args, **kwargs", str_format },
  { "format_map", "mapping, /", str_format_map },
  { "index", "text, start=, end=, /", strata_py_text_index },
  { "isalnum", NULL, str_isalnum },
  { "isalpha", NULL, str_isalpha },
  { "isascii", NULL, str_isascii },
  { "isdecimal", NULL, str_isdigit },
  { "isdigit", NULL, str_isdigit },
  { "isidentifier", NULL, str_isidentifier },
  { "islower", NULL, str_islower },
  { "isnumeric", NULL, str_isdigit },
  { "isspace", NULL, str_isspace },
  { "isupper", NULL, str_isupper },
  { "join", "items, /", strata_py_text_join },
  { "ljust", "width, fill=, /", strata_py_text_ljust },
  { "lower", NULL, strata_py_str_lower },
  { "lstrip", "characters=, /", strata_py_text_lstrip },
  { "partition", "separator, /", strata_py_text_partition },
  { "removeprefix", "prefix, /", strata_py_text_removeprefix },
  { "removesuffix", "suffix, /", strata_py_text_removesuffix },
  { "replace", "old, new, count=", strata_py_text_replace },
  { "rfind", "text, start=, end=, /", strata_py_text_rfind },
  { "rindex", "text, start=, end=, /", strata_py_text_rindex },
  { "rjust", "width, fill=, /", strata_py_text_rjust },
  { "rpartition", "separator, /", strata_py_text_rpartition },
  { "rsplit", "sep=, maxsplit=", strata_py_text_rsplit },
  { "rstrip", "characters=, /", strata_py_text_rstrip },
  { "split", "sep=, maxsplit=", strata_py_text_split },
  { "splitlines", "keepends=", strata_py_text_splitlines },
  { "startswith", "prefix, start=, end=, /", strata_py_text_startswith },
  { "strip", "characters=, /", strata_py_text_strip },
  { "swapcase", NULL, strata_py_str_swapcase },
  { "title", NULL, strata_py_str_title },
  { "translate", "table, /", strata_py_str_translate },
  { "upper", NULL, strata_py_str_upper },
  { "zfill", "width, /", strata_py_text_zfill },
  { NULL }
};

static const StrataPyNative str_class_methods[] = {
  { "maketrans", "a, b=, c=, /", strata_py_str_maketrans },
  { NULL }
};

const StrataPySlots strata_py_str_slots = {
  .name = "str",
  .methods = str_methods,
  .class_methods = str_class_methods,
  .lacking = " isprintable istitle ",
  .parameters = "object=, encoding=, errors=",
  .construct = construct_str,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/text.h"

#include <string.h>

Value *
strata_py_text_join (Machine *py,
                     Value   *self,
                     Value  **arguments)
{
  Str *separator = (Str *) self;
  g_autoptr(GString) out = g_string_new (NULL);
  List *items = strata_py_collect (py, arguments[0], STRATA_PY_VALUE_LIST);
  gboolean varies = FALSE;
  Value *result;

  for (gsize i = 0; items != NULL && i < items->length; i++)
    {
      Str *item = (Str *) items->items[i];

      if (IS_OPAQUE (&item->base))
        return strata_py_refuse_opaque (py, &item->base, "is taken for text");
      if (item->base.kind != self->kind)
        return strata_py_raise (py, "TypeError", "sequence item %" G_GSIZE_FORMAT ": expected %s instance, %s found", i,
                                IS_STR (self) ? "str" : "a bytes-like object", item->base.class->name);
      if (i > 0)
        g_string_append_len (out, separator->text, separator->length);
      g_string_append_len (out, item->text, item->length);
      varies |= item->base.is_varying;
      if (!strata_py_reserve (py, out->len))
        return NULL;
    }
  result = items != NULL ? strata_py_like (py, self, out->str, out->len) : NULL;

  return varies ? strata_py_vary (py, result) : result;
}

static const char *
find_last (const Str *str,
           const Str *part)
{
  for (gsize at = str->length + 1; at > part->length; at--)
    if (memcmp (str->text + at - 1 - part->length, part->text, part->length) == 0)
      return str->text + at - 1 - part->length;

  return NULL;
}

static Value *
partition (Machine *py,
           Value   *self,
           Value   *separator,
           gboolean from_end)
{
  Str *str = (Str *) self;
  Str *part = strata_py_same_text (py, self, separator);
  Value *parts[3];
  const char *found;

  if (part == NULL)
    return NULL;
  if (part->length == 0)
    return strata_py_raise (py, "ValueError", "empty separator");
  found = from_end ? find_last (str, part) : memmem (str->text, str->length, part->text, part->length);
  parts[0] = parts[1] = parts[2] = strata_py_like (py, self, "", 0);
  if (found == NULL)
    parts[from_end ? 2 : 0] = self;
  else
    {
      parts[0] = strata_py_like (py, self, str->text, found - str->text);
      parts[1] = separator;
      parts[2] = strata_py_like (py, self, found + part->length, str->text + str->length - found - part->length);
    }

  return strata_py_tuple (py, parts, 3);
}

Value *
strata_py_text_partition (Machine *py,
                          Value   *self,
                          Value  **arguments)
{
  return partition (py, self, arguments[0], FALSE);
}

Value *
strata_py_text_rpartition (Machine *py,
                           Value   *self,
                           Value  **arguments)
{
  return partition (py, self, arguments[0], TRUE);
}

Value *
strata_py_text_replace (Machine *py,
                        Value   *self,
                        Value  **arguments)
{
  Str *str = (Str *) self;
  Str *old = strata_py_same_text (py, self, arguments[0]);
  Str *new = old != NULL ? strata_py_same_text (py, self, arguments[1]) : NULL;
  g_autoptr(GString) out = g_string_new (NULL);
  const char *text = str->text;
  const char *end = str->text + str->length;
  gint64 n = -1;

  if (new == NULL || (arguments[2] != NULL && !strata_py_to_index (py, arguments[2], &n)))
    return NULL;
  for (; n != 0; n--)
    {
      const char *found = memmem (text, end - text, old->text, old->length);

      if (found == NULL || !strata_py_reserve (py, out->len))
        break;
      g_string_append_len (out, text, found - text);
      g_string_append_len (out, new->text, new->length);
      text = found + old->length;
      if (old->length > 0)
        continue;
      /* Nothing stands before each character, and at the end. */
      if (text >= end)
        break;
      g_string_append_len (out, text, IS_BYTES (self) ? 1 : g_utf8_skip[(guint8) *text]);
      text += IS_BYTES (self) ? 1 : g_utf8_skip[(guint8) *text];
    }
  g_string_append_len (out, text, end - text);

  return strata_py_has_failed (py) ? NULL : strata_py_like (py, self, out->str, out->len);
}

/* At runs of white space; none at the ends. */
static Value *
split_at_space (Machine *py,
                Value   *self,
                gint64   n)
{
  Str *str = (Str *) self;
  Value *list = strata_py_list (py, NULL, 0);
  const char *text = str->text;
  const char *end = text + str->length;
  gboolean is_bytes = IS_BYTES (self);
  gsize skip;

  for (;;)
    {
      const char *start;

      while (text < end && (skip = strata_py_skip_space (text, end - text, is_bytes)) > 0)
        text += skip;
      if (text >= end)
        return list;
      start = text;
      if (n-- == 0)
        {
          while (end > text && strata_py_skip_space (is_bytes ? end - 1 : g_utf8_prev_char (end), 1, is_bytes) > 0)
            end = is_bytes ? end - 1 : g_utf8_prev_char (end);
          text = end;
        }
      while (text < end && strata_py_skip_space (text, end - text, is_bytes) == 0)
        text += is_bytes ? 1 : g_utf8_skip[(guint8) *text];
      if (!strata_py_list_append (py, list, strata_py_like (py, self, start, text - start)))
        return NULL;
    }
}

static Value *
split_at (Machine *py,
          Value   *self,
          Str     *separator,
          gint64   n)
{
  Str *str = (Str *) self;
  Value *list = strata_py_list (py, NULL, 0);
  const char *text = str->text;
  const char *end = text + str->length;

  for (;;)
    {
      const char *found = n-- != 0 ? memmem (text, end - text, separator->text, separator->length) : NULL;
      Value *piece = strata_py_like (py, self, text, (found != NULL ? found : end) - text);

      if (piece == NULL || !strata_py_list_append (py, list, piece))
        return NULL;
      if (found == NULL)
        return list;
      text = found + separator->length;
    }
}

static Value *
split_at_from_end (Machine *py,
                   Value   *self,
                   Str     *separator,
                   gint64   n)
{
  Str rest = *(Str *) self;
  List *list = strata_py_new_list (py, STRATA_PY_VALUE_LIST, 0);

  for (;;)
    {
      const char *found = n-- != 0 ? find_last (&rest, separator) : NULL;
      const char *start = found != NULL ? found + separator->length : rest.text;

      if (!strata_py_list_append (py, &list->base, strata_py_like (py, self, start, rest.text + rest.length - start)))
        return NULL;
      if (found == NULL)
        break;
      rest.length = found - rest.text;
    }
  for (gsize i = 0; i < list->length / 2; i++)
    {
      Value *item = list->items[i];

      list->items[i] = list->items[list->length - 1 - i];
      list->items[list->length - 1 - i] = item;
    }

  return &list->base;
}

static Value *
split (Machine *py,
       Value   *self,
       Value  **arguments,
       gboolean from_end)
{
  Str *separator;
  gint64 n = -1;

  if (arguments[1] != NULL && !strata_py_to_index (py, arguments[1], &n))
    return NULL;
  n = n < 0 ? -1 : n;
  if (arguments[0] == NULL || IS_NONE (arguments[0]))
    {
      if (from_end && n >= 0)
        return strata_py_refuse (py, "rsplit() at white space with a limit is not known here");
      return split_at_space (py, self, n);
    }
  separator = strata_py_same_text (py, self, arguments[0]);
  if (separator == NULL)
    return NULL;
  if (separator->length == 0)
    return strata_py_raise (py, "ValueError", "empty separator");

  return from_end ? split_at_from_end (py, self, separator, n) : split_at (py, self, separator, n);
}

Value *
strata_py_text_split (Machine *py,
                      Value   *self,
                      Value  **arguments)
{
  return split (py, self, arguments, FALSE);
}

Value *
strata_py_text_rsplit (Machine *py,
                       Value   *self,
                       Value  **arguments)
{
  return split (py, self, arguments, TRUE);
}

/* The length of the end of a line; 0: none here. */
static gsize
line_end (const char *text,
          const char *end,
          gboolean    is_bytes)
{
  gunichar c = is_bytes ? (guint8) *text : g_utf8_get_char (text);

  if (c == '\r')
    return text + 1 < end && text[1] == '\n' ? 2 : 1;
  if (c == '\n' || (!is_bytes && (c == '\v' || c == '\f' || (c >= 0x1c && c <= 0x1e))))
    return 1;

  return !is_bytes && (c == 0x85 || c == 0x2028 || c == 0x2029) ? g_utf8_skip[(guint8) *text] : 0;
}

Value *
strata_py_text_splitlines (Machine *py,
                           Value   *self,
                           Value  **arguments)
{
  Str *str = (Str *) self;
  Value *list = strata_py_list (py, NULL, 0);
  const char *text = str->text;
  const char *end = text + str->length;
  int keep = arguments[0] != NULL ? strata_py_truth (py, arguments[0]) : 0;

  while (keep >= 0 && text < end)
    {
      const char *start = text;
      gsize length = 0;

      while (text < end && (length = line_end (text, end, IS_BYTES (self))) == 0)
        text += IS_BYTES (self) ? 1 : g_utf8_skip[(guint8) *text];
      if (!strata_py_list_append (py, list, strata_py_like (py, self, start, text - start + (keep ? length : 0))))
        return NULL;
      text += length;
    }

  return keep < 0 ? NULL : list;
}

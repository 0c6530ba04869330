/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/library.h"

#include <math.h>
#include <string.h>

typedef struct
{
  Machine    *py;
  GString    *out;
  gint64      indent;        /* -1: all on one line */
  gboolean    ascii;
  gboolean    sort;
  const char *item_separator;
  const char *key_separator;
  Value      *fallback;      /* for what JSON does not have */
  gboolean    varies;
} Writer;

static gboolean write_value (Writer *self,
                             Value  *value,
                             guint   level);

static void
write_text (Writer     *self,
            const char *text,
            gsize       length)
{
  const char *end = text + length;

  g_string_append_c (self->out, '"');
  for (; text < end; text = g_utf8_next_char (text))
    {
      static const char letters[] = "\"\\\n\r\t\f\b";
      static const char * const escapes[] = { "\\\"", "\\\\", "\\n", "\\r", "\\t", "\\f", "\\b" };
      gunichar c = g_utf8_get_char (text);
      const char *known = c != 0 && c < 0x80 ? strchr (letters, c) : NULL;

      if (known != NULL)
        g_string_append (self->out, escapes[known - letters]);
      else if (c < 0x20 || (self->ascii && c > 0x7e && c < 0x10000))
        g_string_append_printf (self->out, "\\u%04x", c);
      else if (self->ascii && c >= 0x10000)
        g_string_append_printf (self->out, "\\u%04x\\u%04x", 0xd800 + ((c - 0x10000) >> 10), 0xdc00 + ((c - 0x10000) & 0x3ff));
      else
        g_string_append_unichar (self->out, c);
    }
  g_string_append_c (self->out, '"');
}

static void
new_line (Writer *self,
          guint   level)
{
  if (self->indent < 0)
    return;
  g_string_append_c (self->out, '\n');
  for (gint64 i = 0; i < self->indent * level; i++)
    g_string_append_c (self->out, ' ');
}

static gboolean
write_list (Writer *self,
            List   *list,
            guint   level)
{
  g_string_append_c (self->out, '[');
  for (gsize i = 0; i < list->length; i++)
    {
      if (i > 0)
        g_string_append (self->out, self->item_separator);
      new_line (self, level + 1);
      if (!write_value (self, list->items[i], level + 1))
        return FALSE;
    }
  if (list->length > 0)
    new_line (self, level);
  g_string_append_c (self->out, ']');

  return TRUE;
}

static gboolean
write_key (Writer *self,
           Value  *key)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (IS_STR (key))
    g_string_append_len (text, ((Str *) key)->text, ((Str *) key)->length);
  else if (IS_NONE (key))
    g_string_append (text, "null");
  else if (strata_py_is (key, STRATA_PY_VALUE_BOOL))
    g_string_append (text, key == self->py->yes ? "true" : "false");
  else if (IS_INT (key))
    strata_py_append_int (text, ((Int *) key)->number, 10, FALSE);
  else if (IS_FLOAT (key) && isfinite (((Float *) key)->number))
    strata_py_append_float (text, ((Float *) key)->number);
  else
    return strata_py_raise (self->py, "TypeError", "keys must be str, int, float, bool or None, not %s", key->class->name) != NULL;
  write_text (self, text->str, text->len);

  return TRUE;
}

static gboolean
write_dict (Writer *self,
            Dict   *dict,
            guint   level)
{
  List *keys = strata_py_collect (self->py, &dict->base, STRATA_PY_VALUE_LIST);

  if (keys == NULL || (self->sort && !strata_py_sort (self->py, keys, NULL, FALSE)))
    return FALSE;
  g_string_append_c (self->out, '{');
  for (gsize i = 0; i < keys->length; i++)
    {
      if (i > 0)
        g_string_append (self->out, self->item_separator);
      new_line (self, level + 1);
      if (!write_key (self, keys->items[i]))
        return FALSE;
      g_string_append (self->out, self->key_separator);
      if (!write_value (self, strata_py_dict_get (self->py, dict, keys->items[i]), level + 1))
        return FALSE;
    }
  if (keys->length > 0)
    new_line (self, level);
  g_string_append_c (self->out, '}');

  return TRUE;
}

static gboolean
write_other (Writer *self,
             Value  *value,
             guint   level)
{
  if (IS_OPAQUE (value))
    return strata_py_refuse_opaque (self->py, value, "becomes JSON") != NULL;
  if (self->fallback == NULL)
    return strata_py_raise (self->py, "TypeError", "Object of type %s is not JSON serializable", value->class->name) != NULL;
  value = strata_py_call_values (self->py, self->fallback, 1, value);

  return value != NULL && write_value (self, value, level);
}

static gboolean
write_plain (Writer *self,
             Value  *value,
             guint   level)
{
  switch (value->kind)
    {
    case STRATA_PY_VALUE_NONE:
      g_string_append (self->out, "null");
      return TRUE;
    case STRATA_PY_VALUE_BOOL:
      g_string_append (self->out, value == self->py->yes ? "true" : "false");
      return TRUE;
    case STRATA_PY_VALUE_INT:
      strata_py_append_int (self->out, ((Int *) value)->number, 10, FALSE);
      return TRUE;
    case STRATA_PY_VALUE_FLOAT:
      if (isfinite (((Float *) value)->number))
        strata_py_append_float (self->out, ((Float *) value)->number);
      else
        g_string_append (self->out, isnan (((Float *) value)->number) ? "NaN" : ((Float *) value)->number < 0 ? "-Infinity"
                                                                                                            : "Infinity");
      return TRUE;
    case STRATA_PY_VALUE_STR:
      write_text (self, ((Str *) value)->text, ((Str *) value)->length);
      return TRUE;
    case STRATA_PY_VALUE_LIST:
    case STRATA_PY_VALUE_TUPLE:
      return write_list (self, (List *) value, level);
    case STRATA_PY_VALUE_DICT:
      return write_dict (self, (Dict *) value, level);
    default:
      return write_other (self, value, level);
    }
}

static gboolean
write_value (Writer *self,
             Value  *value,
             guint   level)
{
  gboolean is_fine;

  if (!strata_py_enter (self->py) || !strata_py_step (self->py) || !strata_py_reserve (self->py, self->out->len))
    return FALSE;
  self->varies |= value->is_varying;
  is_fine = write_plain (self, value, level);
  strata_py_leave (self->py);

  return is_fine;
}

static gboolean
read_separators (Machine *py,
                 Writer  *writer,
                 Value   *separators)
{
  List *pair = (List *) separators;

  if (separators == NULL || IS_NONE (separators))
    return TRUE;
  if ((!IS_TUPLE (separators) && !IS_LIST (separators)) || pair->length != 2 || !IS_STR (pair->items[0])
      || !IS_STR (pair->items[1]))
    return strata_py_raise (py, "TypeError", "separators must be two texts") != NULL;
  writer->item_separator = ((Str *) pair->items[0])->text;
  writer->key_separator = ((Str *) pair->items[1])->text;

  return TRUE;
}

static Value *
dumps (Machine *py,
       Value   *module,
       Value  **arguments)
{
  g_autoptr(GString) out = g_string_new (NULL);
  Writer writer = { py, out, -1, TRUE, FALSE, ", ", ": ", NULL, FALSE };
  int ascii = arguments[1] != NULL ? strata_py_truth (py, arguments[1]) : 1;
  int sort = arguments[4] != NULL ? strata_py_truth (py, arguments[4]) : 0;
  Value *result;

  if (arguments[2] != NULL && !IS_NONE (arguments[2]))
    {
      if (!strata_py_value_get_int (arguments[2], &writer.indent) || writer.indent < 0 || writer.indent > 100)
        return strata_py_refuse (py, "this indentation of JSON is not known here");
      writer.item_separator = ",";
    }
  if (ascii < 0 || sort < 0 || !read_separators (py, &writer, arguments[3]))
    return NULL;
  writer.ascii = ascii;
  writer.sort = sort;
  writer.fallback = arguments[5] != NULL && !IS_NONE (arguments[5]) ? arguments[5] : NULL;
  if (!write_value (&writer, arguments[0], 0))
    return NULL;
  result = strata_py_string (py, out);

  return writer.varies ? strata_py_vary (py, result) : result;
}

const StrataPyNative strata_py_json_functions[] = {
  { "dumps", "obj, *, ensure_ascii=, indent=, separators=, sort_keys=, default=", dumps },
  { "loads", "s", strata_py_json_loads },
  { NULL }
};

void
strata_py_fill_json (Machine *py,
                     Value   *module)
{
  Class *base = strata_py_find_class (py, "ValueError");
  Class *error = strata_py_new_class (py, "JSONDecodeError", &base, 1, strata_py_dict (py));

  error->is_user = FALSE;
  error->module = "json.decoder";
  strata_py_set (py, module, "JSONDecodeError", &error->base);
}

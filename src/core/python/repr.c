/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/slots.h"

static gboolean
is_printable (gunichar c)
{
  switch ((int) g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return FALSE;
    case G_UNICODE_SPACE_SEPARATOR:
      return c == ' ';
    default:
      return TRUE;
    }
}

static void
append_character (GString  *out,
                  gunichar  c,
                  char      quote,
                  gboolean  is_bytes)
{
  if (c == '\\' || c == (gunichar) quote)
    g_string_append_printf (out, "\\%c", (char) c);
  else if (c == '\n' || c == '\r' || c == '\t')
    g_string_append (out, c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t");
  else if (c < ' ' || c == 0x7f || (is_bytes ? c >= 0x7f : c < 0x100 && !is_printable (c)))
    g_string_append_printf (out, "\\x%02x", c);
  else if (is_printable (c))
    g_string_append_unichar (out, c);
  else
    g_string_append_printf (out, c < 0x10000 ? "\\u%04x" : "\\U%08x", c);
}

/* As repr() writes a text: with the quotes that need no backslash. */
void
strata_py_append_quoted (GString    *out,
                         const char *text,
                         gsize       length,
                         gboolean    is_bytes)
{
  const char *end = text + length;
  char quote = memchr (text, '\'', length) != NULL && memchr (text, '"', length) == NULL ? '"' : '\'';

  if (is_bytes)
    g_string_append_c (out, 'b');
  g_string_append_c (out, quote);
  while (text < end)
    if (is_bytes)
      append_character (out, (guint8) *text++, quote, TRUE);
    else
      {
        append_character (out, g_utf8_get_char (text), quote, FALSE);
        text = g_utf8_next_char (text);
      }
  g_string_append_c (out, quote);
}

static gboolean
append_items (Machine    *py,
              GString    *out,
              List       *list,
              const char *open,
              const char *close)
{
  g_string_append (out, open);
  for (gsize i = 0; i < list->length; i++)
    {
      if (i > 0)
        g_string_append (out, ", ");
      if (!strata_py_append_repr (py, out, list->items[i]))
        return FALSE;
    }
  if (list->length == 1 && *open == '(')
    g_string_append_c (out, ',');
  g_string_append (out, close);

  return TRUE;
}

static gboolean
append_dict (Machine *py,
             GString *out,
             Dict    *dict)
{
  guint position = 0;
  gboolean is_first = TRUE;
  Value *key, *value;

  g_string_append_c (out, '{');
  while (strata_py_dict_next (dict, &position, &key, &value))
    {
      if (!is_first)
        g_string_append (out, ", ");
      is_first = FALSE;
      if (!strata_py_append_repr (py, out, key))
        return FALSE;
      g_string_append (out, ": ");
      if (!strata_py_append_repr (py, out, value))
        return FALSE;
    }
  g_string_append_c (out, '}');

  return TRUE;
}

static gboolean
append_set (Machine *py,
            GString *out,
            Dict    *set)
{
  gboolean is_plain = set->base.kind == STRATA_PY_VALUE_SET;
  List *members = strata_py_set_members (py, set, FALSE);

  if (members == NULL)
    return FALSE;
  if (members->length == 0)
    {
      g_string_append_printf (out, "%s()", set->base.class->name);
      return TRUE;
    }

  return is_plain ? append_items (py, out, members, "{", "}") : append_items (py, out, members, "frozenset({", "})");
}

static gboolean
append_view (Machine *py,
             GString *out,
             View    *view)
{
  List *list = strata_py_collect (py, &view->base, STRATA_PY_VALUE_LIST);

  g_string_append (out, view->what == 'k' ? "dict_keys(" : view->what == 'v' ? "dict_values(" : "dict_items(");

  return list != NULL && append_items (py, out, list, "[", "])");
}

static gboolean
append_range (Machine *py,
              GString *out,
              Range   *range)
{
  g_string_append (out, "range(");
  strata_py_append_int (out, range->start, 10, FALSE);
  g_string_append (out, ", ");
  strata_py_append_int (out, range->stop, 10, FALSE);
  if (range->step != 1)
    {
      g_string_append (out, ", ");
      strata_py_append_int (out, range->step, 10, FALSE);
    }
  g_string_append_c (out, ')');

  return TRUE;
}

static gboolean
append_slice (Machine *py,
              GString *out,
              Slice   *slice)
{
  Value *parts[] = { slice->start, slice->stop, slice->step };

  g_string_append (out, "slice");

  return strata_py_append_repr (py, out, strata_py_tuple (py, parts, 3));
}

static gboolean
append_class (GString *out,
              Class   *class)
{
  if (class->members != NULL)
    g_string_append_printf (out, "<enum '%s'>", class->name);
  else if (g_str_equal (class->module, "builtins"))
    g_string_append_printf (out, "<class '%s'>", class->name);
  else
    g_string_append_printf (out, "<class '%s.%s'>", class->module, class->name);

  return TRUE;
}

static gboolean
append_builtin (Machine *py,
                GString *out,
                Value   *value)
{
  switch (value->kind)
    {
    case STRATA_PY_VALUE_NONE:
      g_string_append (out, "None");
      return TRUE;
    case STRATA_PY_VALUE_BOOL:
      g_string_append (out, value == py->yes ? "True" : "False");
      return TRUE;
    case STRATA_PY_VALUE_ELLIPSIS:
      g_string_append (out, "Ellipsis");
      return TRUE;
    case STRATA_PY_VALUE_NOT_IMPLEMENTED:
      g_string_append (out, "NotImplemented");
      return TRUE;
    case STRATA_PY_VALUE_INT:
      strata_py_append_int (out, ((Int *) value)->number, 10, FALSE);
      return TRUE;
    case STRATA_PY_VALUE_FLOAT:
      strata_py_append_float (out, ((Float *) value)->number);
      return TRUE;
    case STRATA_PY_VALUE_STR:
    case STRATA_PY_VALUE_BYTES:
      strata_py_append_quoted (out, ((Str *) value)->text, ((Str *) value)->length, IS_BYTES (value));
      return TRUE;
    case STRATA_PY_VALUE_LIST:
      return append_items (py, out, (List *) value, "[", "]");
    case STRATA_PY_VALUE_TUPLE:
      return append_items (py, out, (List *) value, "(", ")");
    case STRATA_PY_VALUE_DICT:
      return append_dict (py, out, (Dict *) value);
    case STRATA_PY_VALUE_SET:
    case STRATA_PY_VALUE_FROZENSET:
      return append_set (py, out, (Dict *) value);
    case STRATA_PY_VALUE_DICT_VIEW:
      return append_view (py, out, (View *) value);
    case STRATA_PY_VALUE_RANGE:
      return append_range (py, out, (Range *) value);
    case STRATA_PY_VALUE_SLICE:
      return append_slice (py, out, (Slice *) value);
    case STRATA_PY_VALUE_TYPE:
      return append_class (out, (Class *) value);
    default:
      /* <object at 0x7f...> is another one in every run. */
      return strata_py_refuse (py, "the text of a “%s” object has its address", value->class->name) != NULL;
    }
}

static gboolean
append_value (Machine *py,
              GString *out,
              Value   *value)
{
  if (!IS_STR (value))
    return strata_py_raise (py, "TypeError", "__str__ returned non-string (type %s)", value->class->name) != NULL;
  g_string_append_len (out, ((Str *) value)->text, ((Str *) value)->length);

  return TRUE;
}

static gboolean
append_repr (Machine *py,
             GString *out,
             Value   *value)
{
  Value *result = strata_py_call_special (py, value, "__repr__", 0);

  if (strata_py_has_failed (py))
    return FALSE;
  if (result == NULL && value->class->slots->repr != NULL && (result = value->class->slots->repr (py, value)) == NULL)
    return FALSE;
  if (IS_OPAQUE (value))
    return strata_py_refuse_opaque (py, value, "becomes text") != NULL;

  return result != NULL ? append_value (py, out, result) : append_builtin (py, out, value);
}

gboolean
strata_py_append_repr (Machine *py,
                       GString *out,
                       Value   *value)
{
  gboolean is_fine;

  if (!strata_py_enter (py) || !strata_py_reserve (py, out->len))
    return FALSE;
  if (value->is_varying)
    py->has_varied = TRUE;
  is_fine = append_repr (py, out, value);
  strata_py_leave (py);

  return is_fine;
}

gboolean
strata_py_append_str (Machine *py,
                      GString *out,
                      Value   *value)
{
  Value *result;

  if (IS_STR (value) && !value->class->is_user)
    return append_value (py, out, value);
  result = strata_py_call_special (py, value, "__str__", 0);
  if (strata_py_has_failed (py))
    return FALSE;
  if (result == NULL && value->class->slots->str != NULL && (result = value->class->slots->str (py, value)) == NULL)
    return FALSE;
  if (result != NULL)
    return append_value (py, out, result);
  if (IS_STR (value) && strata_py_special (py, value, "__repr__") == NULL)
    return append_value (py, out, value);

  return strata_py_append_repr (py, out, value);
}

Value *
strata_py_to_repr (Machine *py,
                   Value   *value)
{
  g_autoptr(GString) out = g_string_new (NULL);
  Value *result = strata_py_append_repr (py, out, value) ? strata_py_string (py, out) : NULL;

  return result != NULL && value->is_varying ? strata_py_vary (py, result) : result;
}

Value *
strata_py_to_str (Machine *py,
                  Value   *value)
{
  g_autoptr(GString) out = g_string_new (NULL);
  Value *result;

  if (IS_STR (value) && !value->class->is_user)
    return value;
  result = strata_py_append_str (py, out, value) ? strata_py_string (py, out) : NULL;

  return result != NULL && value->is_varying ? strata_py_vary (py, result) : result;
}

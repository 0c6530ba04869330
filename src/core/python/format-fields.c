/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/operate.h"

#include <string.h>

/* "text".format (...): fields by number or name, with attributes and items of theirs. */
typedef struct
{
  List     *positional;
  Dict     *keywords;
  gsize     next;            /* of "{}" */
  gboolean  is_numbered;
  gboolean  varies;
} Fields;

static gboolean append_text (Machine    *py,
                             GString    *out,
                             Fields     *fields,
                             const char *text,
                             const char *end,
                             guint       depth);

static Value *
first_value (Machine    *py,
             Fields     *fields,
             const char *name,
             gsize       length)
{
  g_autofree char *copy = g_strndup (name, length);
  gsize index = fields->next;
  Value *value;

  if (length > 0 && !g_ascii_isdigit (*name))
    {
      value = fields->keywords != NULL ? strata_py_dict_get_name (fields->keywords, copy) : NULL;
      return value != NULL ? value : strata_py_key_error (py, strata_py_str (py, copy));
    }
  if (length > 0)
    {
      if (fields->next > 0)
        return strata_py_raise (py, "ValueError", "cannot switch from automatic field numbering to manual field specification");
      fields->is_numbered = TRUE;
      index = g_ascii_strtoull (copy, NULL, 10);
    }
  else
    {
      if (fields->is_numbered)
        return strata_py_raise (py, "ValueError", "cannot switch from manual field specification to automatic field numbering");
      fields->next++;
    }
  if (index >= fields->positional->length)
    return strata_py_raise (py, "IndexError", "Replacement index %" G_GSIZE_FORMAT " out of range for positional args tuple",
                            index);

  return fields->positional->items[index];
}

/* ".name" and "[key]" behind it. */
static Value *
follow (Machine    *py,
        Value      *value,
        const char *text,
        const char *end)
{
  while (text < end && value != NULL)
    {
      const char *start = text + 1;
      g_autofree char *part = NULL;

      if (*text == '.')
        {
          for (text++; text < end && *text != '.' && *text != '['; text++)
            ;
          part = g_strndup (start, text - start);
          value = strata_py_get_attribute (py, value, part);
        }
      else
        {
          text = memchr (text, ']', end - text);
          if (*(start - 1) != '[' || text == NULL)
            return strata_py_raise (py, "ValueError", "Missing ']' in format string");
          part = g_strndup (start, text - start);
          text++;
          value = strata_py_get_item (py, value, g_ascii_isdigit (*part)
                                                 ? strata_py_int (py, g_ascii_strtoll (part, NULL, 10))
                                                 : strata_py_str (py, part));
        }
    }

  return value;
}

/* "name!r:spec" between the braces. */
static gboolean
append_field (Machine    *py,
              GString    *out,
              Fields     *fields,
              const char *text,
              const char *end,
              guint       depth)
{
  g_autoptr(GString) spec = g_string_new (NULL);
  const char *name_end = text + strcspn (text, ".[!:}");
  const char *path_end = name_end;
  char conversion = '\0';
  Value *value;

  for (gboolean inside = FALSE; path_end < end && (inside || (*path_end != '!' && *path_end != ':')); path_end++)
    inside = *path_end == '[' ? TRUE : *path_end == ']' ? FALSE : inside;
  value = first_value (py, fields, text, MIN (name_end, end) - text);
  if (value != NULL)
    value = follow (py, value, MIN (name_end, end), path_end);
  if (value == NULL)
    return FALSE;
  fields->varies |= value->is_varying;
  if (path_end + 1 < end && *path_end == '!')
    {
      conversion = path_end[1];
      path_end += 2;
      if (strchr ("rs", conversion) == NULL)
        return strata_py_refuse (py, "this conversion is not known here") != NULL;
    }
  if (path_end < end && *path_end == ':' && !append_text (py, spec, fields, path_end + 1, end, depth + 1))
    return FALSE;
  if (conversion != '\0')
    value = conversion == 'r' ? strata_py_to_repr (py, value) : strata_py_to_str (py, value);
  if (value != NULL)
    value = strata_py_format (py, value, spec->str, spec->len);
  if (value == NULL || !strata_py_reserve (py, out->len))
    return FALSE;
  g_string_append_len (out, ((Str *) value)->text, ((Str *) value)->length);

  return TRUE;
}

static const char *
find_close (const char *text,
            const char *end)
{
  guint depth = 1;

  for (; text < end; text++)
    {
      depth += *text == '{' ? 1 : *text == '}' ? -1 : 0;
      if (depth == 0)
        return text;
    }

  return NULL;
}

static gboolean
append_text (Machine    *py,
             GString    *out,
             Fields     *fields,
             const char *text,
             const char *end,
             guint       depth)
{
  if (depth > 1)
    return strata_py_raise (py, "ValueError", "Max string recursion exceeded") != NULL;

  while (text < end)
    {
      const char *close;

      if ((*text == '{' || *text == '}') && text + 1 < end && text[1] == *text && depth == 0)
        {
          g_string_append_c (out, *text);
          text += 2;
          continue;
        }
      if (*text == '}')
        return strata_py_raise (py, "ValueError", "Single '}' encountered in format string") != NULL;
      if (*text != '{')
        {
          g_string_append_c (out, *text++);
          continue;
        }
      close = find_close (text + 1, end);
      if (close == NULL)
        return strata_py_raise (py, "ValueError", text + 1 == end ? "Single '{' encountered in format string"
                                                                  : "expected '}' before end of string") != NULL;
      if (!append_field (py, out, fields, text + 1, close, depth))
        return FALSE;
      text = close + 1;
    }

  return TRUE;
}

Value *
strata_py_format_fields (Machine *py,
                         Str     *format,
                         List    *positional,
                         Dict    *keywords)
{
  g_autoptr(GString) out = g_string_new (NULL);
  Fields fields = { positional, keywords, 0, FALSE, FALSE };
  Value *result;

  if (!append_text (py, out, &fields, format->text, format->text + format->length, 0))
    return NULL;
  result = strata_py_string (py, out);

  return fields.varies ? strata_py_vary (py, result) : result;
}

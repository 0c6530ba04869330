/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/library-re.h"

#include <string.h>

Value *
strata_py_match_group (Machine *py,
                       Match   *self,
                       guint    number)
{
  int start = self->bounds[2 * number];

  return start >= 0 ? strata_py_str_len (py, self->text->text + start, self->bounds[2 * number + 1] - start) : NULL;
}

/* The number of a group that is named by a number or a name; -1: failed. */
static int
group_number (Machine *py,
              Match   *self,
              Value   *name)
{
  gint64 number = -1;

  if (name->kind == STRATA_PY_VALUE_STR)
    number = g_regex_get_string_number (self->pattern->regex, ((Str *) name)->text);
  else if (!strata_py_value_get_int (name, &number))
    number = -1;
  if (number >= 0 && number < self->n_groups)
    return number;
  strata_py_raise (py, "IndexError", "no such group");

  return -1;
}

static Value *
group_or (Machine *py,
          Match   *self,
          guint    number,
          Value   *otherwise)
{
  Value *text = strata_py_match_group (py, self, number);

  return text != NULL || strata_py_has_failed (py) ? text : otherwise != NULL ? otherwise : py->none;
}

static Value *
match_group (Machine *py,
             Value   *self,
             Value  **arguments)
{
  guint n;
  Value **names = strata_py_value_get_items (arguments[0], &n);
  g_autoptr(GPtrArray) texts = g_ptr_array_new ();

  if (n == 0)
    return strata_py_match_group (py, (Match *) self, 0);
  for (guint i = 0; i < n; i++)
    {
      int number = group_number (py, (Match *) self, names[i]);
      Value *text = number >= 0 ? group_or (py, (Match *) self, number, NULL) : NULL;

      if (text == NULL)
        return NULL;
      g_ptr_array_add (texts, text);
    }

  return n == 1 ? g_ptr_array_index (texts, 0) : strata_py_tuple (py, (Value **) texts->pdata, n);
}

static Value *
match_groups (Machine *py,
              Value   *self,
              Value  **arguments)
{
  Match *match = (Match *) self;
  g_autoptr(GPtrArray) texts = g_ptr_array_new ();

  for (guint i = 1; i < match->n_groups; i++)
    g_ptr_array_add (texts, group_or (py, match, i, arguments[0]));

  return strata_py_tuple (py, (Value **) texts->pdata, texts->len);
}

static Value *
position (Machine *py,
          Value   *self,
          Value   *name,
          guint    end)
{
  Match *match = (Match *) self;
  int number = name != NULL ? group_number (py, match, name) : 0;
  int offset;

  if (number < 0)
    return NULL;
  offset = match->bounds[2 * number + end];

  return strata_py_int (py, offset >= 0 ? g_utf8_pointer_to_offset (match->text->text, match->text->text + offset) : -1);
}

static Value *
match_start (Machine *py,
             Value   *self,
             Value  **arguments)
{
  return position (py, self, arguments[0], 0);
}

static Value *
match_end (Machine *py,
           Value   *self,
           Value  **arguments)
{
  return position (py, self, arguments[0], 1);
}

static Value *
match_span (Machine *py,
            Value   *self,
            Value  **arguments)
{
  Value *bounds[] = { position (py, self, arguments[0], 0), position (py, self, arguments[0], 1) };

  return bounds[0] != NULL && bounds[1] != NULL ? strata_py_tuple (py, bounds, 2) : NULL;
}

static gboolean
append_group (Machine *py,
              Match   *self,
              Value   *name,
              GString *out)
{
  int number = group_number (py, self, name);
  Value *text = number >= 0 ? strata_py_match_group (py, self, number) : NULL;

  if (number < 0 && strata_py_catch (py, "IndexError"))
    return strata_py_refuse (py, "what replaces names a group that the regular expression does not have") != NULL;
  if (text != NULL)
    g_string_append_len (out, ((Str *) text)->text, ((Str *) text)->length);

  return number >= 0 && !strata_py_has_failed (py);
}

/* "\1", "\g<1>", "\g<name>": at stands behind the backslash, and is moved behind it all. */
static gboolean
expand_escape (Machine     *py,
               Match       *self,
               const char **at,
               GString     *out)
{
  static const char letters[] = "abfnrtv", codes[] = "\a\b\f\n\r\t\v";
  const char *letter = **at != '\0' ? strchr (letters, **at) : NULL;

  if (**at == 'g' && (*at)[1] == '<' && strchr (*at, '>') != NULL)
    {
      const char *end = strchr (*at, '>');
      g_autofree char *name = g_strndup (*at + 2, end - *at - 2);
      gboolean is_number = g_ascii_isdigit (*name);

      *at = end + 1;
      return append_group (py, self, is_number ? strata_py_int (py, g_ascii_strtoll (name, NULL, 10)) : strata_py_str (py, name), out);
    }
  if (g_ascii_isdigit (**at))
    {
      if (**at == '0' || g_ascii_isdigit ((*at)[1]))
        return strata_py_refuse (py, "a number behind a backslash may be a group or a character") != NULL;
      return append_group (py, self, strata_py_int (py, *(*at)++ - '0'), out);
    }
  if (letter != NULL)
    g_string_append_c (out, codes[letter - letters]);
  else if (**at == '\\')
    g_string_append_c (out, '\\');
  else if (g_ascii_isalpha (**at) || **at == '\0')
    return strata_py_refuse (py, "an escape in what replaces is not known here") != NULL;
  else
    {
      g_string_append_c (out, '\\');
      return TRUE;
    }
  (*at)++;

  return TRUE;
}

gboolean
strata_py_match_expand (Machine *py,
                        Match   *self,
                        Str     *template,
                        GString *out)
{
  for (const char *at = template->text; *at != '\0';)
    if (*at != '\\')
      g_string_append_c (out, *at++);
    else
      {
        at++;
        if (!expand_escape (py, self, &at, out))
          return FALSE;
      }

  return TRUE;
}

static Value *
match_expand (Machine *py,
              Value   *self,
              Value  **arguments)
{
  g_autoptr(GString) out = g_string_new (NULL);

  if (arguments[0]->kind != STRATA_PY_VALUE_STR)
    return strata_py_raise (py, "TypeError", "expected a string");

  return strata_py_match_expand (py, (Match *) self, (Str *) arguments[0], out) ? strata_py_string (py, out) : NULL;
}

static Value *
match_item (Machine *py,
            Value   *self,
            Value   *key)
{
  int number = group_number (py, (Match *) self, key);

  return number >= 0 ? group_or (py, (Match *) self, number, NULL) : NULL;
}

static Value *
match_attribute (Machine    *py,
                 Value      *self,
                 const char *name)
{
  if (g_str_equal (name, "re"))
    return &((Match *) self)->pattern->base;

  return g_str_equal (name, "string") ? &((Match *) self)->text->base : NULL;
}

static const StrataPyNative methods[] = {
  { "end", "group=", match_end },
  { "expand", "template", match_expand },
  { "group", "*names", match_group },
  { "groups", "default=", match_groups },
  { "span", "group=", match_span },
  { "start", "group=", match_start },
  { NULL }
};

const StrataPySlots strata_py_match_slots = {
  .name = "Match",
  .methods = methods,
  .lacking = " groupdict lastgroup lastindex pos endpos regs ",
  .get_attribute = match_attribute,
  .get_item = match_item,
};

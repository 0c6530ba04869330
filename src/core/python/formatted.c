/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/evaluate.h"

/* f-strings */

static Value *
convert (Machine *py,
         Value   *value,
         char     conversion)
{
  switch (conversion)
    {
    case 'r':
      return strata_py_to_repr (py, value);
    case 's':
      return strata_py_to_str (py, value);
    case 'a':
      value = strata_py_to_repr (py, value);
      if (value != NULL && ((Str *) value)->length != ((Str *) value)->n_characters)
        return strata_py_refuse (py, "“!a” of text that is not ASCII");
      return value;
    default:
      return value;
    }
}

static gboolean
append_field (Machine            *py,
              Frame              *frame,
              const StrataPyNode *node,
              GString            *out,
              gboolean           *varies)
{
  char conversion = node->field.conversion;
  Value *value = strata_py_evaluate (py, frame, node->field.value);
  Str *spec = NULL;

  if (value == NULL)
    return FALSE;
  *varies |= value->is_varying;
  if (node->field.text != NULL)
    {
      g_string_append (out, node->field.text);
      if (conversion == '\0' && node->field.format == NULL)
        conversion = 'r';
    }
  frame->node = node->field.value;
  value = convert (py, value, conversion);
  if (value != NULL && node->field.format != NULL && (spec = (Str *) strata_py_evaluate (py, frame, node->field.format)) == NULL)
    return FALSE;
  frame->node = node->field.value;
  if (value != NULL)
    value = strata_py_format (py, value, spec != NULL ? spec->text : "", spec != NULL ? spec->length : 0);
  if (value == NULL || !strata_py_reserve (py, out->len))
    return FALSE;
  g_string_append_len (out, ((Str *) value)->text, ((Str *) value)->length);

  return TRUE;
}

Value *
strata_py_formatted (Machine            *py,
                     Frame              *frame,
                     const StrataPyNode *node)
{
  g_autoptr(GString) out = g_string_new (NULL);
  gboolean varies = FALSE;
  Value *result;

  for (guint i = 0; i < node->list.length; i++)
    {
      const StrataPyNode *part = node->list.items[i];

      if (part->kind == STRATA_PY_NODE_FIELD)
        {
          if (!append_field (py, frame, part, out, &varies))
            return NULL;
        }
      else if (!part->string.is_exact)
        return strata_py_refuse (py, "this text has a character by its name, or half of one");
      else
        g_string_append_len (out, part->string.text, part->string.length);
    }

  result = strata_py_string (py, out);

  return varies ? strata_py_vary (py, result) : result;
}

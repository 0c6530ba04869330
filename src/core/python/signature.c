/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/machine-private.h"

#include <string.h>

/* "a, /, b=, *rest, c, **others" */
static Parameter
parse_parameter (Machine    *py,
                 const char *text,
                 gboolean   *after_star)
{
  g_autofree char *name = g_strstrip (g_strdup (text));
  Parameter parameter = { NULL, NULL, 0, FALSE };
  const char *start = name;

  if (g_str_has_prefix (name, "**"))
    {
      parameter.kind = 'd';
      start += 2;
    }
  else if (*name == '*')
    {
      parameter.kind = '*';
      *after_star = TRUE;
      start++;
    }
  else if (*after_star)
    parameter.kind = 'k';
  if (g_str_has_suffix (name, "="))
    {
      parameter.is_optional = TRUE;
      name[strlen (name) - 1] = '\0';
    }
  parameter.name = strata_py_arena_strndup (py->texts, start, strlen (start));

  return parameter;
}

Signature *
strata_py_parse_signature (Machine    *py,
                           const char *parameters)
{
  Signature *self = g_hash_table_lookup (py->signatures, parameters);
  g_auto(GStrv) parts = NULL;
  gboolean after_star = FALSE;

  if (self != NULL)
    return self;

  self = strata_py_arena_new_struct (py->texts, Signature);
  parts = g_strsplit (parameters, ",", -1);
  self->parameters = strata_py_arena_alloc (py->texts, g_strv_length (parts) * sizeof (Parameter));
  for (guint i = 0; parts[i] != NULL; i++)
    {
      Parameter parameter = parse_parameter (py, parts[i], &after_star);

      if (g_str_equal (parameter.name, "/"))
        for (guint j = 0; j < self->n_parameters; j++)
          self->parameters[j].kind = '/';
      else if (*parameter.name != '\0')
        self->parameters[self->n_parameters++] = parameter;
    }
  g_hash_table_insert (py->signatures, (gpointer) parameters, self);

  return self;
}

static int
find_parameter (const Signature *signature,
                const char      *name)
{
  for (guint i = 0; i < signature->n_parameters; i++)
    if ((signature->parameters[i].kind == 0 || signature->parameters[i].kind == 'k')
        && g_str_equal (signature->parameters[i].name, name))
      return i;

  return -1;
}

static gboolean
too_many (Machine         *py,
          const char      *name,
          const Signature *signature,
          guint            n_given)
{
  guint n_most = 0;
  guint n_least = 0;

  for (guint i = 0; i < signature->n_parameters; i++)
    if (signature->parameters[i].kind == 0 || signature->parameters[i].kind == '/')
      {
        n_most++;
        n_least += !signature->parameters[i].is_optional;
      }

  if (n_least < n_most)
    strata_py_raise (py, "TypeError", "%s() takes from %u to %u positional arguments but %u %s given", name, n_least,
                     n_most, n_given, n_given == 1 ? "was" : "were");
  else
    strata_py_raise (py, "TypeError", "%s() takes %u positional argument%s but %u %s given", name, n_most,
                     n_most == 1 ? "" : "s", n_given, n_given == 1 ? "was" : "were");

  return FALSE;
}

/* The object that a method is of comes first, for functions in Python. */
static gboolean
bind_positional (Machine                 *py,
                 const char              *name,
                 const Signature         *signature,
                 const StrataPyArguments *arguments,
                 Value                   *self,
                 Value                  **values)
{
  guint n_before = self != NULL ? 1 : 0;
  guint n = arguments->n_positional + n_before;
  guint used = 0;

  for (guint i = 0; i < signature->n_parameters; i++)
    {
      const Parameter *parameter = &signature->parameters[i];

      if (parameter->kind == '*' && *parameter->name != '\0')
        {
          List *rest = (List *) strata_py_tuple (py, NULL, 0);

          for (; used < n; used++)
            if (!strata_py_list_append (py, &rest->base, used < n_before ? self : arguments->positional[used - n_before]))
              return FALSE;
          values[i] = &rest->base;
        }
      else if (parameter->kind == 'd')
        values[i] = &strata_py_dict (py)->base;
      else if (parameter->kind != '*' && parameter->kind != 'k' && used < n)
        {
          values[i] = used < n_before ? self : arguments->positional[used - n_before];
          used++;
        }
    }

  return used == n || too_many (py, name, signature, n);
}

static gboolean
bind_keywords (Machine         *py,
               const char      *name,
               const Signature *signature,
               Dict            *keywords,
               Value          **values)
{
  guint n = signature->n_parameters;
  Dict *others = n > 0 && signature->parameters[n - 1].kind == 'd' ? (Dict *) values[n - 1] : NULL;
  guint position = 0;
  Value *key, *value;

  while (keywords != NULL && strata_py_dict_next (keywords, &position, &key, &value))
    {
      const char *word = ((Str *) key)->text;
      int i = find_parameter (signature, word);

      if (i >= 0 && values[i] != NULL)
        return strata_py_raise (py, "TypeError", "%s() got multiple values for argument '%s'", name, word) != NULL;
      if (i >= 0)
        values[i] = value;
      else if (others != NULL)
        strata_py_dict_set_name (py, others, word, value);
      else
        return strata_py_raise (py, "TypeError", "%s() got an unexpected keyword argument '%s'", name, word) != NULL;
    }

  return TRUE;
}

static void
append_missing (GString    *out,
                GPtrArray  *names)
{
  for (guint i = 0; i < names->len; i++)
    {
      if (i > 0)
        g_string_append (out, names->len == 2 ? " and " : i + 1 == names->len ? ", and " : ", ");
      g_string_append_printf (out, "'%s'", (const char *) g_ptr_array_index (names, i));
    }
}

static gboolean
check_missing (Machine         *py,
               const char      *name,
               const Signature *signature,
               Value          **values)
{
  g_autoptr(GPtrArray) positional = g_ptr_array_new ();
  g_autoptr(GPtrArray) keyword = g_ptr_array_new ();
  g_autoptr(GString) text = g_string_new (NULL);
  GPtrArray *missing;

  for (guint i = 0; i < signature->n_parameters; i++)
    {
      const Parameter *parameter = &signature->parameters[i];

      if (values[i] != NULL || parameter->kind == '*' || parameter->kind == 'd')
        continue;
      if (parameter->is_optional)
        values[i] = parameter->initial;
      else
        g_ptr_array_add (parameter->kind == 'k' ? keyword : positional, (gpointer) parameter->name);
    }

  if (positional->len == 0 && keyword->len == 0)
    return TRUE;
  missing = positional->len > 0 ? positional : keyword;
  append_missing (text, missing);

  return strata_py_raise (py, "TypeError", "%s() missing %u required %s argument%s: %s", name, missing->len,
                          missing == positional ? "positional" : "keyword-only", missing->len == 1 ? "" : "s",
                          text->str) != NULL;
}

gboolean
strata_py_bind (Machine                 *py,
                const char              *name,
                const Signature         *signature,
                const StrataPyArguments *arguments,
                Value                   *self,
                Value                  **values)
{
  return bind_positional (py, name, signature, arguments, self, values)
         && bind_keywords (py, name, signature, arguments->keywords, values)
         && check_missing (py, name, signature, values);
}

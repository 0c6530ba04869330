/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/mako-private.h"

#include <string.h>

/* The names that Mako itself gives to filters, and what stands for them in mako.py. */
static const char * const builtin_filters[][2] = {
  { "x", "_mako_filters.xml" },
  { "h", "_mako_filters.html" },
  { "u", "_mako_filters.url" },
  { "trim", "_mako_filters.trim" },
  { "entity", "_mako_filters.entity" },
  { "unicode", "str" },
};

/* "a, f(1, 2)" at its outer commas. */
static GPtrArray *
split_filters (const char *filters)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  const char *start = filters;
  int depth = 0;
  char quote = '\0';

  for (const char *at = filters;; at++)
    {
      if (quote != '\0')
        quote = *at == quote ? '\0' : quote;
      else if (*at == '"' || *at == '\'')
        quote = *at;
      else if (strchr ("([{", *at) != NULL && *at != '\0')
        depth++;
      else if (strchr (")]}", *at) != NULL && *at != '\0')
        depth--;
      if (*at == '\0' || (*at == ',' && depth == 0 && quote == '\0'))
        {
          char *part = g_strstrip (g_strndup (start, at - start));

          if (*part != '\0')
            g_ptr_array_add (parts, part);
          else
            g_free (part);
          start = at + 1;
        }
      if (*at == '\0')
        return parts;
    }
}

static char *
filter_function (const char *name)
{
  gsize length = strcspn (name, "(");

  if (g_str_has_prefix (name, "decode."))
    return g_strconcat ("_mako_filters.", name, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (builtin_filters); i++)
    if (strlen (builtin_filters[i][0]) == length && strncmp (builtin_filters[i][0], name, length) == 0)
      return g_strconcat (builtin_filters[i][1], name + length, NULL);

  return g_strdup (name);
}

char *
strata_mako_filter (const char *expression,
                    const char *filters,
                    gboolean    is_expression)
{
  g_autoptr(GPtrArray) parts = split_filters (filters != NULL ? filters : "");
  gboolean is_plain = g_ptr_array_find_with_equal_func (parts, "n", g_str_equal, NULL);
  char *result = is_expression && !is_plain ? g_strdup_printf ("str(%s)", expression) : g_strdup (expression);

  for (guint i = 0; i < parts->len; i++)
    if (!g_str_equal (g_ptr_array_index (parts, i), "n"))
      {
        g_autofree char *function = filter_function (g_ptr_array_index (parts, i));
        char *filtered = g_strdup_printf ("%s(%s)", function, result);

        g_free (result);
        result = filtered;
      }

  return result;
}

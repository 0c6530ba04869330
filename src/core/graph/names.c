/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/graph/names.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/graph/graph-private.h"

/* Alembic completes only names that are longer. */
#define LONGEST_UNCOMPLETED 3
#define SHOWN_MATCHES 3
/* Of what a mistyped id begins with, so that it may be another one. */
#define LEAST_ALIKE 4

static guint
find_exact (StrataGraph *self,
            const char  *name)
{
  guint node = strata_graph_find (self, name);

  return node != STRATA_NO_NODE ? node : GPOINTER_TO_UINT (g_hash_table_lookup (self->node_by_label, name)) - 1;
}

gboolean
strata_graph_has_name (StrataGraph *self,
                       const char  *name)
{
  return find_exact (self, name) != STRATA_NO_NODE;
}

static int
compare_names (const void *a,
               const void *b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* All names that can be completed, by alphabet. Few questions need them, so the first one that does sorts them. */
static GPtrArray *
get_sorted_names (StrataGraph *self)
{
  if (g_once_init_enter (&self->sorted_names))
    {
      GPtrArray *names = g_ptr_array_sized_new (self->n_nodes + self->labels->len);

      for (guint node = 0; node < self->n_nodes; node++)
        g_ptr_array_add (names, (char *) strata_graph_get_id (self, node));
      g_ptr_array_extend (names, self->labels, NULL, NULL);

      for (guint i = 0; i < names->len;)
        if (g_utf8_strlen (g_ptr_array_index (names, i), -1) <= LONGEST_UNCOMPLETED)
          g_ptr_array_remove_index_fast (names, i);
        else
          i++;

      if (names->len > 0)
        qsort (names->pdata, names->len, sizeof (gpointer), compare_names);

      g_once_init_leave (&self->sorted_names, names);
    }

  return self->sorted_names;
}

/* Where names that are not before the text begin. */
static guint
find_first (GPtrArray  *names,
            const char *text)
{
  guint begin = 0;
  guint end = names->len;

  while (begin < end)
    {
      guint middle = begin + (end - begin) / 2;

      if (strcmp (g_ptr_array_index (names, middle), text) < 0)
        begin = middle + 1;
      else
        end = middle;
    }

  return begin;
}

static gsize
count_alike (const char *a,
             const char *b)
{
  gsize n = 0;

  while (a[n] != '\0' && a[n] == b[n])
    n++;

  return n;
}

/* What may be meant: a word in other case, or the name that begins like it the longest; NULL where nothing does. */
static const char *
find_near (GPtrArray  *names,
           const char *name)
{
  static const char * const words[] = { "base", "current", "head", "heads" };
  guint place = find_first (names, name);
  const char *near = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (name, words[i]) == 0)
      return words[i];

  /* In their order, the most alike stand beside it. */
  for (guint i = place > 0 ? place - 1 : 0; i < names->len && i <= place; i++)
    if (count_alike (g_ptr_array_index (names, i), name) >= MAX (LEAST_ALIKE, near != NULL ? count_alike (near, name) + 1 : 0))
      near = g_ptr_array_index (names, i);

  return near;
}

static void
set_unknown_error (GError     **error,
                   GPtrArray   *names,
                   const char  *name)
{
  const char *near = find_near (names, name);

  if (near != NULL)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_UNKNOWN_REVISION,
                 "Can't locate revision identified by '%s': did you mean '%s'?", name, near);
  else if (g_utf8_strlen (name, -1) > LONGEST_UNCOMPLETED)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_UNKNOWN_REVISION,
                 "Can't locate revision identified by '%s': “strata history” lists those that there are", name);
  else
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_UNKNOWN_REVISION,
                 "Can't locate revision identified by '%s': No such revision or branch '%s'; please ensure at least "
                 "four characters are present for partial revision identifier matches", name, name);
}

guint
strata_graph_lookup (StrataGraph   *self,
                     const char    *name,
                     const guint8  *within,
                     GError       **error)
{
  g_autoptr(GString) shown = g_string_new (NULL);
  guint found = find_exact (self, name);
  guint n_found = 0;
  GPtrArray *names;

  if (found != STRATA_NO_NODE)
    return found;

  names = get_sorted_names (self);
  for (guint i = find_first (names, name); i < names->len; i++)
    {
      const char *match = g_ptr_array_index (names, i);
      guint node = find_exact (self, match);

      if (*name == '\0' || !g_str_has_prefix (match, name))
        break;
      if (within != NULL && !within[node])
        continue;

      found = node;
      if (n_found++ < SHOWN_MATCHES)
        g_string_append_printf (shown, "%s'%s'", shown->len > 0 ? ", " : "", match);
    }

  if (n_found == 1)
    return found;

  if (n_found == 0)
    set_unknown_error (error, names, name);
  else
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_AMBIGUOUS_TARGET,
                 "Can't locate revision identified by '%s': Multiple revisions start with '%s': %s...",
                 name, name, shown->str);

  return STRATA_NO_NODE;
}

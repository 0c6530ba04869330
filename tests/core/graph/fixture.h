/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <string.h>

#include "core/graph/graph.h"

/* Graphs from a line of text: "a b<a c<a,b^x@l,m" is a base a, its child b, and c that merges a and b, depends on x
 * and has the labels l and m; the blanks are the order of the files. Each revision stands in a line of its own. */
static inline GStrv
fixture_take_list (char       **rest,
                   const char  *ends)
{
  char *begin = *rest;
  gsize length;
  g_autofree char *text = NULL;

  length = strcspn (begin, ends);
  text = g_strndup (begin, length);
  *rest = begin + length;

  return g_strsplit (text, ",", -1);
}

static inline StrataRevision *
fixture_revision (const char *text,
                  guint       line)
{
  g_autofree char *copy = g_strdup (text);
  g_autofree char *id = NULL;
  g_autofree char *message = NULL;
  g_auto(GStrv) down = NULL;
  g_auto(GStrv) depends = NULL;
  g_auto(GStrv) labels = NULL;
  char *rest = copy + strcspn (copy, "<^@");

  id = g_strndup (copy, rest - copy);
  message = g_strdup_printf ("make %s", id);

  while (*rest != '\0')
    {
      char kind = *rest++;
      GStrv *list = kind == '<' ? &down : kind == '^' ? &depends : &labels;

      *list = fixture_take_list (&rest, "<^@");
    }

  return strata_revision_new (&(StrataRevisionFields) {
    .id = id,
    .down_revisions = (const char * const *) down,
    .branch_labels = (const char * const *) labels,
    .depends_on = (const char * const *) depends,
    .message = message,
    .doc = message,
    .path = "/versions/all.sql",
    .id_line = line,
    .down_line = line,
    .labels_line = line,
    .depends_line = line,
  });
}

static inline GPtrArray *
fixture_revisions (const char *text)
{
  GPtrArray *revisions = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_revision_unref);
  g_auto(GStrv) words = g_strsplit_set (text, " \n", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_ptr_array_add (revisions, fixture_revision (words[i], revisions->len + 1));

  return revisions;
}

static inline StrataGraph *
fixture_graph (const char *text)
{
  g_autoptr(GPtrArray) revisions = fixture_revisions (text);

  return strata_graph_new (revisions, NULL);
}

/* "a b c": the ids of an array of nodes. */
static inline char *
fixture_ids (StrataGraph  *graph,
             const guint  *nodes,
             guint         n_nodes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_nodes; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            strata_revision_get_id (strata_graph_get_revision (graph, nodes[i])));

  return g_string_free (text, FALSE);
}

static inline char *
fixture_array_ids (StrataGraph  *graph,
                   const GArray *nodes)
{
  return fixture_ids (graph, (const guint *) nodes->data, nodes->len);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/completion-names.h"

#include <string.h>

#include "core/workspace/script-names.h"

#define BATCH "batch_alter_table("

/* A call or a list that is not closed yet. */
typedef struct
{
  const char *open;
  GPtrArray  *arguments;     /* const char: where each begins */
} Level;

static const char * const table_parameters[] = {
  "table_name", "source_table", "referent_table", "old_table_name", "new_table_name",
};
static const char * const column_parameters[] = { "column_name", "columns", "local_cols", "remote_cols" };

static void
clear_level (gpointer data)
{
  g_ptr_array_unref (((Level *) data)->arguments);
}

static const char *
skip_literal (const char *at,
              const char *end)
{
  char quote = *at++;

  while (at < end && *at != quote && *at != '\n')
    at += *at == '\\' ? 2 : 1;

  return MIN (at + 1, end);
}

static void
push (GArray     *levels,
      const char *open)
{
  Level level = { open, g_ptr_array_new () };

  g_ptr_array_add (level.arguments, (gpointer) (open + 1));
  g_array_append_val (levels, level);
}

static GArray *
find_levels (const char *before,
             const char *end)
{
  GArray *levels = g_array_new (FALSE, FALSE, sizeof (Level));

  g_array_set_clear_func (levels, clear_level);
  for (const char *at = before; at < end;)
    {
      if (*at == '"' || *at == '\'')
        {
          at = skip_literal (at, end);
          continue;
        }
      if (*at == '#')
        {
          at += strcspn (at, "\n");
          continue;
        }
      if (strchr ("([{", *at) != NULL)
        push (levels, at);
      else if (strchr (")]}", *at) != NULL && levels->len > 0)
        g_array_set_size (levels, levels->len - 1);
      else if (*at == ',' && levels->len > 0)
        g_ptr_array_add (g_array_index (levels, Level, levels->len - 1).arguments, (gpointer) (at + 1));
      at++;
    }

  return levels;
}

static gboolean
is_name (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '.';
}

/* "op.add_column", or NULL. */
static char *
dup_function (const char *before,
              const char *open)
{
  const char *start = open;

  while (start > before && is_name (start[-1]))
    start--;

  return start < open && *open == '(' ? g_strndup (start, open - start) : NULL;
}

/* What an argument is called: by its name, or by its number. */
static const char *
find_parameter (GStrv        parameters,
                const Level *level,
                guint        index)
{
  const char *at = g_ptr_array_index (level->arguments, index);
  const char *end;

  at += strspn (at, " \t\n");
  for (end = at; is_name (*end); end++)
    ;
  end += strspn (end, " ");
  if (*end == '=' && end[1] != '=')
    for (guint i = 0; parameters[i] != NULL; i++)
      if (g_str_has_prefix (at, parameters[i]) && !is_name (at[strlen (parameters[i])]))
        return parameters[i];

  return index < g_strv_length (parameters) ? parameters[index] : NULL;
}

/* The text of an argument that is a plain literal. */
static char *
dup_value (const Level *level,
           guint        index)
{
  const char *at = g_ptr_array_index (level->arguments, index);
  const char *end;

  at += strspn (at, " \t\n");
  if (is_name (*at) && strchr (at, '=') != NULL)
    {
      while (is_name (*at))
        at++;
      at += strspn (at, " =");
    }
  if (*at != '"' && *at != '\'')
    return NULL;
  end = strchr (at + 1, *at);

  return end != NULL ? g_strndup (at + 1, end - at - 1) : NULL;
}

static gboolean
is_one_of (const char         *name,
           const char * const *names,
           guint               n)
{
  for (guint i = 0; name != NULL && i < n; i++)
    if (g_str_equal (names[i], name))
      return TRUE;

  return FALSE;
}

static char *
dup_batch_table (const char *before,
                 const char *end)
{
  const char *last = g_strrstr_len (before, end - before, BATCH);
  const char *quote = last != NULL ? last + strlen (BATCH) + strspn (last + strlen (BATCH), " \n\t") : "";
  const char *stop = *quote == '"' || *quote == '\'' ? strchr (quote + 1, *quote) : NULL;

  return stop != NULL ? g_strndup (quote + 1, stop - quote - 1) : NULL;
}

/* Of the table that is named before, or that the batch is about. */
static void
add_columns (StrataNameSpot *self,
             const char     *before,
             GStrv           parameters,
             const Level    *level,
             gboolean        of_referent)
{
  g_autofree char *table = NULL;

  for (guint i = 0; i + 1 < level->arguments->len && table == NULL; i++)
    {
      const char *parameter = find_parameter (parameters, level, i);

      if (is_one_of (parameter, table_parameters, G_N_ELEMENTS (table_parameters))
          && g_str_equal (parameter, "referent_table") == of_referent)
        table = dup_value (level, i);
    }
  if (table == NULL && !of_referent)
    table = dup_batch_table (before, level->open);
  if (table == NULL)
    return;

  self->tables = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->tables, g_steal_pointer (&table));
}

/* ForeignKey("orders.id") */
static void
find_in_reference (StrataNameSpot *self,
                   const char     *literal)
{
  const char *text = literal + 1;
  const char *dot = strrchr (text, '.');
  const char *start = dot;

  self->is_sure = TRUE;
  self->wants_table = dot == NULL;
  if (dot == NULL)
    return;

  while (start > text && start[-1] != '.')
    start--;
  self->tables = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->tables, g_strndup (start, dot - start));
}

static void
find_in_call (StrataNameSpot *self,
              const char     *before,
              const Level    *level,
              const char     *function)
{
  g_auto(GStrv) parameters = strata_script_dup_keyword_arguments (function);
  const char *parameter = parameters != NULL ? find_parameter (parameters, level, level->arguments->len - 1) : NULL;

  if (is_one_of (parameter, column_parameters, G_N_ELEMENTS (column_parameters)))
    {
      self->is_sure = TRUE;
      add_columns (self, before, parameters, level, g_str_equal (parameter, "remote_cols"));
    }
  else if (is_one_of (parameter, table_parameters, G_N_ELEMENTS (table_parameters)))
    {
      self->is_sure = TRUE;
      self->wants_table = !g_str_equal (parameter, "new_table_name") && !g_str_equal (function, "op.create_table");
    }
}

void
strata_completion_names_find (StrataNameSpot *self,
                              const char     *before,
                              const char     *literal)
{
  g_autoptr(GArray) levels = find_levels (before, literal);
  g_autofree char *function = NULL;
  const Level *level;

  *self = (StrataNameSpot) { FALSE, };
  if (levels->len == 0)
    return;

  level = &g_array_index (levels, Level, levels->len - 1);
  function = dup_function (before, level->open);
  if (function == NULL && levels->len > 1)
    {
      level = &g_array_index (levels, Level, levels->len - 2);
      function = dup_function (before, level->open);
    }
  if (function == NULL)
    return;

  if (g_str_has_suffix (function, "ForeignKey"))
    find_in_reference (self, literal);
  else
    find_in_call (self, before, level, function);
}

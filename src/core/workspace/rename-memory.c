/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/rename-memory.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/workspace/rename-words.h"

static const char * const beginning =
  "# What was renamed (OLD=NEW), and what is two things (OLD!=NEW), as people have decided it. Strata reads this where it\n"
  "# compares. Keep it with the project; a line that is deleted is asked about again.\n";

static char *
dup_path (StrataProject *project)
{
  return g_build_filename (strata_project_get_root (project), STRATA_RENAME_MEMORY, NULL);
}

static gboolean
is_remark (const char *line)
{
  return *line == '\0' || *line == '#';
}

/* All lines, remarks too, without white space at their ends; none where there is no file. */
static gboolean
read_lines (const char  *path,
            GPtrArray   *lines,
            GError     **error)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) parts = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  text = strata_file_read (path, NULL, error);
  if (text == NULL)
    return FALSE;

  parts = g_strsplit (text, "\n", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *line = g_strstrip (parts[i]);
      g_autoptr(StrataRenameWords) words = is_remark (line) ? NULL : strata_rename_words_parse (line);

      if (!is_remark (line) && words == NULL)
        {
          g_set_error (error, STRATA_ERROR, STRATA_ERROR_FAILED, _("%s:%u: neither OLD=NEW nor OLD!=NEW: “%s”"), path, i + 1, line);
          return FALSE;
        }
      if (*line != '\0' || parts[i + 1] != NULL)
        g_ptr_array_add (lines, g_strdup (line));
    }

  return TRUE;
}

GStrv
strata_rename_memory_read (StrataProject  *project,
                           GError        **error)
{
  g_autofree char *path = dup_path (project);
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  if (!read_lines (path, lines, error))
    return NULL;

  for (guint i = 0; i < lines->len; i++)
    if (!is_remark (g_ptr_array_index (lines, i)))
      g_strv_builder_add (builder, g_ptr_array_index (lines, i));

  return g_strv_builder_end (builder);
}

/* The same thing has one new name, and is not another thing as well. */
static gboolean
is_replaced (const StrataRenameWords *old,
             const StrataRenameWords *new)
{
  const char *was = strata_rename_words_get_old (old), *is = strata_rename_words_get_old (new);
  guint n = g_strv_length (old->from);
  gboolean is_same = strcmp (was, is) == 0, is_turned = strcmp (was, new->to) == 0 && strcmp (old->to, is) == 0;

  if (n != g_strv_length (new->from) || g_strcmp0 (old->arguments, new->arguments) != 0)
    return FALSE;
  for (guint i = 0; i + 1 < n; i++)
    if (strcmp (old->from[i], new->from[i]) != 0)
      return FALSE;

  return is_turned || (is_same && (strcmp (old->to, new->to) == 0 || (!old->is_denied && !new->is_denied)));
}

/* Whether the texts have it the other way round too, as where names change hands: then neither takes the other's place. */
static gboolean
is_swap (const StrataRenameWords *words,
         const char * const      *texts)
{
  g_autoptr(StrataRenameWords) turned = strata_rename_words_turn (words);
  g_autofree char *text = strata_rename_words_to_text (turned);

  return !words->is_denied && g_strv_contains (texts, text);
}

/* By the alphabet, so that two branches seldom add at one place. */
static void
insert (GPtrArray               *lines,
        const StrataRenameWords *words,
        gboolean                 swaps)
{
  g_autofree char *text = strata_rename_words_to_text (words);
  g_autoptr(StrataRenameWords) turned = strata_rename_words_turn (words);
  g_autofree char *half = swaps ? strata_rename_words_to_text (turned) : NULL;
  guint at;

  /* A name of several lines can't stand in a file of lines. */
  if (strchr (text, '\n') != NULL || g_ptr_array_find_with_equal_func (lines, text, g_str_equal, NULL))
    return;

  for (guint i = lines->len; i > 0; i--)
    {
      const char *line = g_ptr_array_index (lines, i - 1);
      g_autoptr(StrataRenameWords) other = is_remark (line) ? NULL : strata_rename_words_parse (line);

      if (other != NULL && is_replaced (other, words) && g_strcmp0 (line, half) != 0)
        g_ptr_array_remove_index (lines, i - 1);
    }
  for (at = 0; at < lines->len; at++)
    {
      const char *line = g_ptr_array_index (lines, at);

      if (!is_remark (line) && strcmp (line, text) > 0)
        break;
    }

  g_ptr_array_insert (lines, at, g_steal_pointer (&text));
}

static char *
join (GPtrArray *lines)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "%s\n", (const char *) g_ptr_array_index (lines, i));

  return g_string_free (text, FALSE);
}

gboolean
strata_rename_memory_add (StrataProject       *project,
                          const char * const  *texts,
                          GError             **error)
{
  g_autofree char *path = dup_path (project);
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *whole = NULL;

  if (!read_lines (path, lines, error))
    return FALSE;

  before = join (lines);
  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_autoptr(StrataRenameWords) words = strata_rename_words_parse (texts[i]);

      if (words != NULL)
        insert (lines, words, is_swap (words, texts));
    }
  after = join (lines);
  if (strcmp (before, after) == 0)
    return TRUE;

  whole = g_strconcat (*before == '\0' ? beginning : "", after, NULL);

  return strata_file_save (path, whole, strlen (whole), error);
}

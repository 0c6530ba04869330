/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/ignore.h"

#include <fnmatch.h>
#include <string.h>

/* One line of a .gitignore. */
typedef struct
{
  GStrv    segments;      /* of the pattern, between its slashes */
  gboolean negated;
  gboolean folders_only;
  gboolean anchored;      /* against the file's folder; else against the last name of a path */
} Rule;

struct _StrataIgnore
{
  gatomicrefcount  ref_count;
  StrataIgnore    *outer;     /* owned; or NULL */
  char            *folder;
  GArray          *rules;     /* Rule, in file order */
};

static void
rule_clear (gpointer data)
{
  Rule *rule = data;

  g_strfreev (rule->segments);
}

/* Blanks at the end do not count unless a backslash keeps them. */
static void
strip_end (char *line)
{
  gsize length = strlen (line);

  if (length > 0 && line[length - 1] == '\r')
    length--;
  while (length > 0 && line[length - 1] == ' ' && (length < 2 || line[length - 2] != '\\'))
    length--;

  line[length] = '\0';
}

static gboolean
rule_read (Rule *rule,
           char *line)
{
  gsize length;

  strip_end (line);
  if (*line == '\0' || *line == '#')
    return FALSE;

  rule->negated = *line == '!';
  line += rule->negated;

  length = strlen (line);
  rule->folders_only = length > 0 && line[length - 1] == '/';
  if (rule->folders_only)
    line[length - 1] = '\0';

  rule->anchored = strchr (line, '/') != NULL;
  line += *line == '/';
  if (*line == '\0')
    return FALSE;

  rule->segments = g_strsplit (line, "/", -1);

  return TRUE;
}

static gboolean
is_any_depth (const char *segment)
{
  return g_strcmp0 (segment, "**") == 0;
}

/* "**" stands for any number of names, at the end for at least one; the last one passed is the only one that ever
 * needs to be tried again, so that no pattern is slower than names times segments. */
static gboolean
segments_match (const char * const *pattern,
                const char * const *names)
{
  const char * const *retry_pattern = NULL;
  const char * const *retry_names = NULL;

  while (*names != NULL)
    {
      if (is_any_depth (*pattern))
        {
          if (pattern[1] == NULL)
            return TRUE;
          retry_pattern = ++pattern;
          retry_names = names;
        }
      else if (*pattern != NULL && fnmatch (*pattern, *names, 0) == 0)
        {
          pattern++;
          names++;
        }
      else if (retry_pattern != NULL)
        {
          pattern = retry_pattern;
          names = ++retry_names;
        }
      else
        return FALSE;
    }

  return *pattern == NULL;
}

StrataIgnore *
strata_ignore_new (StrataIgnore *outer,
                   const char   *folder,
                   const char   *text)
{
  StrataIgnore *self = g_new0 (StrataIgnore, 1);
  g_auto(GStrv) lines = g_strsplit (g_str_has_prefix (text, "\xEF\xBB\xBF") ? text + 3 : text, "\n", -1);

  g_atomic_ref_count_init (&self->ref_count);
  self->outer = outer != NULL ? strata_ignore_ref (outer) : NULL;
  self->folder = g_strdup (folder);
  self->rules = g_array_new (FALSE, FALSE, sizeof (Rule));
  g_array_set_clear_func (self->rules, rule_clear);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      Rule rule = { 0 };

      if (rule_read (&rule, lines[i]))
        g_array_append_val (self->rules, rule);
    }

  return self;
}

StrataIgnore *
strata_ignore_ref (StrataIgnore *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
strata_ignore_unref (StrataIgnore *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->outer, strata_ignore_unref);
  g_array_unref (self->rules);
  g_free (self->folder);
  g_free (self);
}

/* The path as the folder of the rules sees it; NULL where it is not inside. */
static const char *
path_below (const char *folder,
            const char *path)
{
  gsize length = strlen (folder);

  if (length == 0)
    return path;

  return strncmp (path, folder, length) == 0 && path[length] == '/' ? path + length + 1 : NULL;
}

/* Git's order: the last rule of the innermost file that says anything decides. */
gboolean
strata_ignore_matches (StrataIgnore *self,
                       const char   *path,
                       gboolean      is_folder)
{
  for (; self != NULL; self = self->outer)
    {
      const char *below = path_below (self->folder, path);
      g_auto(GStrv) names = below != NULL ? g_strsplit (below, "/", -1) : NULL;
      guint n_names = names != NULL ? g_strv_length (names) : 0;

      for (guint i = n_names > 0 ? self->rules->len : 0; i > 0; i--)
        {
          const Rule *rule = &g_array_index (self->rules, Rule, i - 1);
          guint skipped = rule->anchored ? 0 : n_names - 1;

          if (rule->folders_only && !is_folder)
            continue;
          if (segments_match ((const char * const *) rule->segments, (const char * const *) names + skipped))
            return !rule->negated;
        }
    }

  return FALSE;
}

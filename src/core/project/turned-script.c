/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/turned-script.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"

typedef struct
{
  const char                *path;
  GStrv                      lines;
  guint                      at;          /* of the next line */
  guint                      n_turned;
  const StrataRevisionDraft *draft;
  GString                   *out;
} Turning;

static gboolean
is_word (const char *line,
         const char *word)
{
  gsize length = strlen (word);

  return strncmp (line, word, length) == 0 && !g_ascii_isalnum (line[length]) && line[length] != '_';
}

/* Python's repr() of names, which have no quotes in them: None, 'a', ('a', 'b'). */
static char *
dup_names (const char * const *names)
{
  GString *out = g_string_new (NULL);
  guint n = names != NULL ? g_strv_length ((GStrv) names) : 0;

  if (n == 0)
    return g_string_free (g_string_append (out, "None"), FALSE);

  g_string_append (out, n > 1 ? "(" : "");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (out, "%s'%s'", i > 0 ? ", " : "", names[i]);
  g_string_append (out, n > 1 ? ")" : "");

  return g_string_free (out, FALSE);
}

/* Brackets that the line leaves open; strings with brackets in them do not stand in a header. */
static int
count_open (const char *line)
{
  int open = 0;

  for (; *line != '\0' && *line != '#'; line++)
    open += (*line == '(' || *line == '[') - (*line == ')' || *line == ']');

  return open;
}

/* "revision: str = 'x'" with another value, and without the lines that the old one went on in. */
static gboolean
turn_assignment (Turning    *self,
                 const char *name,
                 const char *value)
{
  const char *line = self->lines[self->at];
  const char *equals = is_word (line, name) ? strchr (line, '=') : NULL;
  int open;

  if (equals == NULL || equals[1] == '=')
    return FALSE;

  open = count_open (equals);
  g_string_append_printf (self->out, "%.*s= %s\n", (int) (equals - line), line, value);
  while (open > 0 && self->lines[self->at + 1] != NULL)
    open += count_open (self->lines[++self->at]);
  self->at++;

  return TRUE;
}

static gboolean
turn_header (Turning *self)
{
  const char *id[] = { self->draft->id, NULL };
  g_autofree char *revision = dup_names (id);
  g_autofree char *down = dup_names ((const char * const *) self->draft->down);

  return turn_assignment (self, "revision", revision) || turn_assignment (self, "down_revision", down)
         || turn_assignment (self, "branch_labels", "None") || turn_assignment (self, "depends_on", "None");
}

/* Lines of the body that are more than blanks, comments, a line of documentation or “pass”. */
static gboolean
has_body (const Turning *self,
          guint          line)
{
  for (guint i = line + 1; self->lines[i] != NULL; i++)
    {
      g_autofree char *text = g_strstrip (g_strdup (self->lines[i]));

      if (*text != '\0' && *text != '#' && self->lines[i][0] != ' ' && self->lines[i][0] != '\t' && *text != ')')
        return FALSE;
      if (*text != '\0' && *text != '#' && *text != '"' && strcmp (text, "pass") != 0 && !g_str_has_prefix (text, "raise "))
        return TRUE;
    }

  return FALSE;
}

static gboolean
turn_function (Turning  *self,
               GError  **error)
{
  const char *line = self->lines[self->at];
  gboolean is_upgrade = g_str_has_prefix (line, "def upgrade(");

  if (!is_upgrade && !has_body (self, self->at))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_REFUSED,
                   _("%s:%u: its downgrade does nothing, so that it can't be undone"),
                   self->path, self->at + 1);
      return FALSE;
    }
  g_string_append_printf (self->out, "def %s%s\n", is_upgrade ? "downgrade" : "upgrade", strchr (line, '('));
  self->n_turned++;
  self->at++;

  /* Alembic's templates describe both. */
  line = self->lines[self->at];
  if (line != NULL && strstr (line, is_upgrade ? "\"\"\"Upgrade " : "\"\"\"Downgrade ") != NULL)
    {
      const char *after = strchr (strstr (line, "\"\"\""), ' ');

      g_string_append_printf (self->out, "    \"\"\"%s%s\n", is_upgrade ? "Downgrade" : "Upgrade", after);
      self->at++;
    }

  return TRUE;
}

static gboolean
turn_lines (Turning  *self,
            GError  **error)
{
  while (self->lines[self->at] != NULL)
    {
      const char *line = self->lines[self->at];

      if (g_str_has_prefix (line, "def upgrade_") || g_str_has_prefix (line, "def downgrade_"))
        {
          g_set_error (error, STRATA_ERROR, STRATA_ERROR_NEEDS_PYTHON,
                       _("%s:%u: a script with several databases can't be turned"),
                       self->path, self->at + 1);
          return FALSE;
        }
      if (g_str_has_prefix (line, "def upgrade(") || g_str_has_prefix (line, "def downgrade("))
        {
          if (!turn_function (self, error))
            return FALSE;
        }
      else if (!turn_header (self))
        {
          g_string_append_printf (self->out, "%s%s", line, self->lines[self->at + 1] != NULL ? "\n" : "");
          self->at++;
        }
    }
  if (self->n_turned == 2)
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_NEEDS_PYTHON,
               _("%s: it has no plain upgrade() and downgrade() of its own"),
               self->path);

  return FALSE;
}

/* The old message goes: it stands in three quotes at the very beginning. */
static void
skip_message (Turning *self)
{
  const char *quotes, *end;

  while (self->lines[self->at] != NULL && (*self->lines[self->at] == '#' || *self->lines[self->at] == '\0'))
    g_string_append_printf (self->out, "%s\n", self->lines[self->at++]);
  if (self->lines[self->at] == NULL)
    return;

  quotes = strstr (self->lines[self->at], "\"\"\"");
  if (quotes == NULL)
    quotes = strstr (self->lines[self->at], "'''");
  if (quotes == NULL || quotes - self->lines[self->at] > 1)
    return;

  end = strstr (quotes + 3, *quotes == '"' ? "\"\"\"" : "'''");
  while (end == NULL && self->lines[self->at + 1] != NULL)
    end = strstr (self->lines[++self->at], *quotes == '"' ? "\"\"\"" : "'''");
  self->at++;
}

char *
strata_turned_script_format (const char                 *path,
                             const char                 *text,
                             const char                 *message,
                             const StrataRevisionDraft  *draft,
                             GError                    **error)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr(GString) out = g_string_new (NULL);
  g_autofree char *shown = g_strdelimit (g_strdup (message), "\\\"", '\'');
  g_autofree char *down = draft->down != NULL ? g_strjoinv (", ", draft->down) : g_strdup ("");
  g_autofree char *created = g_date_time_format (draft->created, "%Y-%m-%d %H:%M:%S.%f");
  Turning self = { .path = path, .lines = lines, .draft = draft, .out = out };

  skip_message (&self);
  g_string_append_printf (out, "\"\"\"%s\n\nRevision ID: %s\nRevises: %s\nCreate Date: %s\n\n\"\"\"\n", shown, draft->id, down,
                          created);

  return turn_lines (&self, error) ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/diff-line.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/line-diff.h"

struct _StrataDiffLine
{
  GObject         parent_instance;

  char           *text;
  StrataDiffKind  kind;
  guint           old_number;
  guint           new_number;
};

G_DEFINE_FINAL_TYPE (StrataDiffLine, strata_diff_line, G_TYPE_OBJECT)

static void
strata_diff_line_finalize (GObject *object)
{
  g_free (STRATA_DIFF_LINE (object)->text);

  G_OBJECT_CLASS (strata_diff_line_parent_class)->finalize (object);
}

static void
strata_diff_line_class_init (StrataDiffLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_diff_line_finalize;
}

static void
strata_diff_line_init (StrataDiffLine *self)
{
}

static void
add (GPtrArray      *lines,
     StrataDiffKind  kind,
     const char     *text,
     guint           old_number,
     guint           new_number)
{
  StrataDiffLine *line = g_object_new (STRATA_TYPE_DIFF_LINE, NULL);

  line->kind = kind;
  line->text = g_strdup (text);
  line->old_number = old_number;
  line->new_number = new_number;
  g_ptr_array_add (lines, line);
}

/* "@@ -12,3 +14 @@": where a side has no line, the number is of the one before. */
static void
read_hunk (const char *line,
           guint      *old_number,
           guint      *new_number)
{
  char *end;

  *old_number = strtoul (line + strlen ("@@ -"), &end, 10);
  if (g_str_has_prefix (end, ",0"))
    (*old_number)++;
  end = strchr (end, '+');
  *new_number = strtoul (end + 1, &end, 10);
  if (g_str_has_prefix (end, ",0"))
    (*new_number)++;
}

GPtrArray *
strata_diff_lines_new (const char *old_text,
                       const char *new_text,
                       guint       context)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *diff = strata_line_diff (old_text, new_text, "", "", context);
  g_auto(GStrv) all = g_strsplit (diff, "\n", -1);
  guint n = g_strv_length (all);
  guint old_number = 0;
  guint new_number = 0;

  /* Behind the two names, and before what follows the last line's end. */
  for (guint i = 2; i + 1 < n; i++)
    switch (all[i][0])
      {
      case '@':
        read_hunk (all[i], &old_number, &new_number);
        if (old_number > 1 || new_number > 1)
          add (lines, STRATA_DIFF_GAP, "", old_number, new_number);
        break;
      case '-':
        add (lines, STRATA_DIFF_REMOVED, all[i] + 1, old_number++, 0);
        break;
      case '+':
        add (lines, STRATA_DIFF_ADDED, all[i] + 1, 0, new_number++);
        break;
      case ' ':
        add (lines, STRATA_DIFF_SAME, all[i] + 1, old_number++, new_number++);
        break;
      default:
        /* That there is no line end at the end. */
        break;
      }

  return lines;
}

StrataDiffKind
strata_diff_line_get_kind (StrataDiffLine *self)
{
  return self->kind;
}

const char *
strata_diff_line_get_text (StrataDiffLine *self)
{
  return self->text;
}

guint
strata_diff_line_get_old_number (StrataDiffLine *self)
{
  return self->old_number;
}

guint
strata_diff_line_get_new_number (StrataDiffLine *self)
{
  return self->new_number;
}

char *
strata_diff_line_dup_words (StrataDiffLine *self)
{
  switch (self->kind)
    {
    case STRATA_DIFF_REMOVED:
      /* Translators: a line that was applied, and is no more in the file. */
      return g_strdup_printf (_("Removed, line %u: %s"), self->old_number, self->text);
    case STRATA_DIFF_ADDED:
      /* Translators: a line of the file that was not applied. */
      return g_strdup_printf (_("Added, line %u: %s"), self->new_number, self->text);
    case STRATA_DIFF_GAP:
      return g_strdup_printf (_("From line %u"), self->new_number);
    case STRATA_DIFF_SAME:
    default:
      return g_strdup_printf (_("Line %u: %s"), self->new_number, self->text);
    }
}

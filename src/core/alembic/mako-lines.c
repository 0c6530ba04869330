/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/mako-private.h"

#include <string.h>

#include "core/python/lexer.h"

#define TAB_WIDTH 8

static void
add_line (StrataMakoLines *self,
          guint            line,
          guint            indent,
          const char      *text,
          gsize            length)
{
  for (guint i = 0; i < indent; i++)
    g_string_append (self->text, "    ");
  g_string_append_len (self->text, text, length);
  g_string_append_c (self->text, '\n');
  g_array_append_val (self->lines, line);
}

void
strata_mako_lines_add (StrataMakoLines *self,
                       guint            line,
                       const char      *statement)
{
  g_auto(GStrv) lines = g_strsplit (statement, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    add_line (self, line > 0 ? line + i : 0, i == 0 ? self->indent : 0, lines[i], strlen (lines[i]));
}

void
strata_mako_lines_printf (StrataMakoLines *self,
                          guint            line,
                          const char      *format,
                          ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  strata_mako_lines_add (self, line, text);
}

static char *
expand_tabs (const char *line)
{
  g_autoptr(GString) out = g_string_new (NULL);
  guint column = 0;

  for (; *line != '\0'; line = g_utf8_next_char (line))
    if (*line == '\t')
      for (guint n = TAB_WIDTH - column % TAB_WIDTH; n > 0; n--, column++)
        g_string_append_c (out, ' ');
    else
      {
        g_string_append_len (out, line, g_utf8_next_char (line) - line);
        column++;
      }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* What a line leaves open for the next one: a backslash at its end, or a string in three quotes. */
typedef struct { gboolean is_joined; char quote; } Open;

static void
follow (Open       *open,
        const char *line)
{
  gsize length = strlen (line);

  open->is_joined = length > 0 && line[length - 1] == '\\';
  for (const char *at = line; *at != '\0'; at++)
    if (open->quote == '\0' && *at == '#')
      return;
    else if ((*at == '"' || *at == '\'') && at[1] == *at && at[2] == *at && (open->quote == '\0' || open->quote == *at))
      {
        open->quote = open->quote == '\0' ? *at : '\0';
        at += 2;
      }
}

void
strata_mako_lines_add_code (StrataMakoLines *self,
                            guint            line,
                            const char      *code)
{
  g_auto(GStrv) lines = g_strsplit (code, "\n", -1);
  g_autofree char *margin = NULL;
  Open open = { FALSE, '\0' };

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gboolean is_inside = open.is_joined || open.quote != '\0';
      g_autofree char *text = NULL;
      const char *start;

      if (g_str_has_suffix (lines[i], "\r"))
        lines[i][strlen (lines[i]) - 1] = '\0';
      follow (&open, lines[i]);
      text = is_inside ? g_strdup (lines[i]) : expand_tabs (lines[i]);
      start = text + strspn (text, " ");
      if (!is_inside && margin == NULL && *start != '\0' && *start != '#')
        margin = g_strndup (text, start - text);
      if (is_inside || *start == '\0')
        add_line (self, line + i, 0, text, strlen (text));
      else
        {
          start = margin != NULL && g_str_has_prefix (text, margin) ? text + strlen (margin) : text;
          add_line (self, line + i, self->indent, start, strlen (start));
        }
    }
}

void
strata_mako_lines_append (StrataMakoLines       *self,
                          const StrataMakoLines *other)
{
  g_string_append_len (self->text, other->text->str, other->text->len);
  g_array_append_vals (self->lines, other->lines->data, other->lines->len);
}

/* Calls back for each name that is no attribute, until one returns TRUE. */
static gboolean
each_name (const char  *code,
           gsize        length,
           gboolean   (*found) (const char *name, gpointer data),
           gpointer     data)
{
  g_autoptr(StrataPySource) source = strata_py_source_new ("", code, length, NULL);
  StrataPyToken token, before = { STRATA_PY_TOKEN_END };
  StrataPyLexer lexer;

  strata_py_lexer_init (&lexer, source);
  while ((token = strata_py_lexer_next (&lexer)).kind != STRATA_PY_TOKEN_END)
    {
      if (token.kind == STRATA_PY_TOKEN_NAME
          && !(before.kind == STRATA_PY_TOKEN_SYMBOL && before.symbol == STRATA_PY_DOT))
        {
          g_autofree char *name = g_strndup (strata_py_source_get_text (source) + token.offset, token.length);

          if (found (name, data))
            return TRUE;
        }
      before = token;
    }

  return FALSE;
}

typedef struct { GHashTable *seen; GPtrArray *names; } Names;

static gboolean
collect (const char *name,
         gpointer    data)
{
  Names *self = data;

  if (g_hash_table_add (self->seen, g_strdup (name)))
    g_ptr_array_add (self->names, g_strdup (name));

  return FALSE;
}

GPtrArray *
strata_mako_lines_names (const StrataMakoLines *self)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Names names = { seen, g_ptr_array_new_with_free_func (g_free) };

  each_name (self->text->str, self->text->len, collect, &names);

  return names.names;
}

static gboolean
is_name (const char *name,
         gpointer    wanted)
{
  return g_str_equal (name, wanted);
}

gboolean
strata_mako_mentions (const char *code,
                      const char *name)
{
  return strstr (code, name) != NULL && each_name (code, strlen (code), is_name, (gpointer) name);
}

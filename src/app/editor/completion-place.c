/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/completion-place.h"

#include <string.h>

#include "app/editor/completion-keywords.h"

#define MARKER "strata:"

static const char *
skip_space (const char *at)
{
  return at + strspn (at, " \t");
}

/* Where what stands behind the last of these characters begins, but not before a place. */
static const char *
behind_last (const char *line,
             const char *from,
             const char *characters)
{
  const char *at = line + strlen (line);

  while (at > from && strchr (characters, at[-1]) == NULL)
    at--;

  return at;
}

static const char *
start_of_word (const char *line)
{
  const char *at = line + strlen (line);

  while (at > line)
    {
      const char *before = g_utf8_find_prev_char (line, at);
      gunichar c = g_utf8_get_char (before);

      if (c != '_' && !g_unichar_isalnum (c))
        break;
      at = before;
    }

  return at;
}

static StrataCompleteKind
find_in_marker (const char  *content,
                const char **start)
{
  const char *last = behind_last (content, content, " \t");

  *start = last;
  if (last == content)
    return STRATA_COMPLETE_MARKERS;

  if (g_str_has_prefix (last, "dialect="))
    {
      *start = behind_last (last, last, "=,");
      return STRATA_COMPLETE_DIALECTS;
    }
  if (g_str_has_prefix (last, "transaction="))
    {
      *start = behind_last (last, last, "=");
      return STRATA_COMPLETE_TRANSACTION;
    }

  return STRATA_COMPLETE_OPTIONS;
}

/* Of the value of a key; lists have commas. */
static StrataCompleteKind
find_in_value (const char  *content,
               const char  *colon,
               const char **start)
{
  *start = behind_last (content, colon + 1, ", \t");
  if (g_str_has_prefix (content, "Revises:") || g_str_has_prefix (content, "Depends on:"))
    return STRATA_COMPLETE_REVISIONS;
  if (g_str_has_prefix (content, "Branch labels:"))
    return STRATA_COMPLETE_LABELS;

  return STRATA_COMPLETE_NOTHING;
}

static StrataCompleteKind
find_in_comment (const char                  *line,
                 const StrataCompleteContext *context,
                 const char                 **start)
{
  const char *content = skip_space (line + 2);
  const char *colon = strchr (content, ':');
  gsize length = strlen (content);

  *start = content;
  if (g_str_has_prefix (content, MARKER))
    return find_in_marker (content, start);

  if (context->in_keys)
    return colon != NULL ? find_in_value (content, colon, start) : STRATA_COMPLETE_KEYS;

  return strncmp (content, MARKER, length) == 0 && !context->in_head ? STRATA_COMPLETE_MARKERS : STRATA_COMPLETE_NOTHING;
}

/* What stands before the word says what it can be. */
static StrataCompleteKind
find_name (const char         *line,
           const char         *start,
           StrataCompleteKind  otherwise)
{
  char before = start > line ? start[-1] : '\0';
  gboolean is_cast = start >= line + 2 && before == ':' && start[-2] == ':';

  if (g_ascii_isdigit (*start) || (before != '\0' && strchr ("@$#%:\\", before) != NULL && !is_cast))
    return STRATA_COMPLETE_NOTHING;

  return before != '\0' && strchr (".\"`[", before) != NULL ? STRATA_COMPLETE_NAMES : otherwise;
}

static StrataCompleteKind
find_in_sql (const char                  *line,
             const StrataCompleteContext *context,
             const char                 **start)
{
  if (g_str_has_prefix (line, "--"))
    return find_in_comment (line, context, start);

  *start = start_of_word (line);
  if (context->in_head || context->in_comment || context->literal != NULL)
    return STRATA_COMPLETE_NOTHING;

  return find_name (line, *start, STRATA_COMPLETE_SQL);
}

static gboolean
assigns (const char *line,
         const char *name)
{
  gsize length = strlen (name);

  return g_str_has_prefix (line, name) && strchr (" \t:=", line[length]) != NULL && line[length] != '\0';
}

/* A literal that begins as a statement does, or has three quotes and stands inside a call. */
static gboolean
is_sql_literal (const char *literal)
{
  const char *text = literal + strcspn (literal, "\"'");
  const char *word;
  const char *end;
  g_autofree char *first = NULL;
  g_autofree char *key = NULL;

  word = text + strspn (text, "\"' \t\n");
  for (end = word; g_ascii_isalpha (*end); end++)
    ;
  first = g_strndup (word, end - word);
  key = g_ascii_strdown (first, -1);

  return *end != '\0' && strata_keywords_begins_sql (key);
}

static StrataCompleteKind
find_in_literal (const char                  *line,
                 const StrataCompleteContext *context,
                 const char                 **start)
{
  const char *quote = behind_last (line, line, "\"' \t,");

  if (assigns (line, "down_revision") || assigns (line, "depends_on"))
    {
      *start = quote;
      return STRATA_COMPLETE_REVISIONS;
    }
  if (assigns (line, "branch_labels"))
    {
      *start = quote;
      return STRATA_COMPLETE_LABELS;
    }
  if (context->in_head || assigns (line, "revision"))
    return STRATA_COMPLETE_NOTHING;

  return find_name (line, *start, is_sql_literal (context->literal) ? STRATA_COMPLETE_SQL : STRATA_COMPLETE_NAMES);
}

/* Where the name begins that ends here. */
static const char *
start_of_name (const char *line,
               const char *end)
{
  while (end > line && (g_ascii_isalnum (end[-1]) || end[-1] == '_'))
    end--;

  return end;
}

gboolean
strata_complete_find_module (const char         *line,
                             const char         *start,
                             StrataScriptModule *module)
{
  const char *name;

  if (start == line || start[-1] != '.')
    return FALSE;
  name = start_of_name (line, start - 1);

  return strata_script_find_module (name, start - 1 - name, module);
}

static StrataCompleteKind
find_in_python (const char                  *line,
                const StrataCompleteContext *context,
                const char                 **start)
{
  StrataScriptModule module;

  *start = start_of_word (line);
  if (context->in_head && g_str_has_prefix (line, "Revises:"))
    return find_in_value (line, strchr (line, ':'), start);
  if (context->in_comment)
    return STRATA_COMPLETE_NOTHING;
  if (context->literal != NULL)
    return find_in_literal (line, context, start);
  if (strata_complete_find_module (line, *start, &module))
    return STRATA_COMPLETE_MODULE;

  return find_name (line, *start, STRATA_COMPLETE_PYTHON);
}

StrataCompleteKind
strata_complete_find_place (const char                  *line,
                            const StrataCompleteContext *context,
                            gsize                       *prefix)
{
  const char *start = line;
  StrataCompleteKind kind = context->language == STRATA_SCRIPT_SQL ? find_in_sql (line, context, &start)
                                                                   : find_in_python (line, context, &start);

  *prefix = start - line;

  return kind;
}

/* Behind the literal that begins here, or its end where it is not closed. */
static const char *
skip_literal (const char *at)
{
  char quote = *at++;

  while (*at != '\0' && *at != quote && *at != '\n')
    at += *at == '\\' && at[1] != '\0' ? 2 : 1;

  return *at == quote ? at + 1 : at;
}

static char *
dup_function (const char *before,
              const char *open)
{
  const char *name = start_of_name (before, open);
  StrataScriptModule module;

  if (name == open || !strata_complete_find_module (before, name, &module))
    return NULL;

  name = start_of_name (before, name - 1);

  return g_strndup (name, open - name);
}

char *
strata_complete_dup_call (const char *before)
{
  g_autoptr(GPtrArray) open = g_ptr_array_new ();

  for (const char *at = before; *at != '\0';)
    {
      if (*at == '"' || *at == '\'')
        {
          at = skip_literal (at);
          continue;
        }
      if (*at == '#')
        {
          at += strcspn (at, "\n");
          continue;
        }
      if (strchr ("([{", *at) != NULL)
        g_ptr_array_add (open, (gpointer) at);
      else if (strchr (")]}", *at) != NULL && open->len > 0)
        g_ptr_array_set_size (open, open->len - 1);
      at++;
    }

  return open->len > 0 ? dup_function (before, g_ptr_array_index (open, open->len - 1)) : NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/mako-parts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"

/* The patterns that are looked for at one place of a template. */
typedef enum { TAG, TAG_END, COMMENT, CODING, ATTRIBUTE, N_PATTERNS } Pattern;

static const char * const pattern_texts[N_PATTERNS] = {
  [TAG] = "<%([\\w.:]+)((?:\\s+\\w+|\\s*=\\s*|\"[^\"]*?\"|'[^']*?'|\\s*,\\s*)*)\\s*(/)?>",
  [TAG_END] = "</%[\\t ]*([^\\t ]+?)[\\t ]*>",
  [COMMENT] = "(?s)<%doc>.*?</%doc>",
  [CODING] = "#[^\\n]*coding[:=]\\s*([-\\w.]+)[^\\n]*\\n",
  [ATTRIBUTE] = "\\s*(\\w+)\\s*=\\s*(?:'([^']*)'|\"([^\"]*)\")",
};

typedef struct
{
  const char *path;
  const char *text;
  const char *end;
  const char *at;
  const char *counted;         /* lines are counted up to here */
  guint       line;
  GPtrArray  *parts;           /* StrataMakoPart */
  GPtrArray  *open;            /* const char *, keywords of open tags */
  GRegex     *patterns[N_PATTERNS];
} Reader;

static void
part_free (gpointer data)
{
  StrataMakoPart *part = data;

  g_free (part->text);
  g_free (part->detail);
  g_strfreev (part->attributes);
  g_free (part);
}

static guint
line_at (Reader     *self,
         const char *at)
{
  for (; self->counted < at; self->counted++)
    self->line += *self->counted == '\n';

  return self->line;
}

static gboolean G_GNUC_PRINTF (4, 5)
complain (Reader      *self,
          guint        line,
          GError     **error,
          const char  *format,
          ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT, "%s:%u: %s", self->path, line, text);

  return FALSE;
}

static StrataMakoPart *
add (Reader         *self,
     StrataMakoKind  kind,
     guint           line,
     const char     *text,
     gsize           length)
{
  StrataMakoPart *part = g_new0 (StrataMakoPart, 1);

  part->kind = kind;
  part->line = line;
  part->text = g_strndup (text, length);
  g_ptr_array_add (self->parts, part);

  return part;
}

static gboolean
match (Reader      *self,
       Pattern      pattern,
       GMatchInfo **info)
{
  return g_regex_match_full (self->patterns[pattern], self->text, self->end - self->text, self->at - self->text,
                             G_REGEX_MATCH_ANCHORED, info, NULL);
}

static const char *
end_of_match (Reader     *self,
              GMatchInfo *info)
{
  int end = 0;

  g_match_info_fetch_pos (info, 0, NULL, &end);

  return self->text + end;
}

/* What begins with a quote: to behind the closing one, or NULL where there is none. */
static const char *
skip_quoted (Reader     *self,
             const char *at,
             gsize       n_quotes)
{
  g_autofree char *quotes = g_strndup (at, n_quotes);

  for (at += n_quotes; at < self->end; at++)
    {
      if (strncmp (at, quotes, n_quotes) == 0)
        return at + n_quotes;
      if (*at == '\\' && ++at == self->end)
        return NULL;
    }

  return NULL;
}

static const char *
skip_string (Reader     *self,
             const char *at)
{
  const char *end = NULL;

  if (at[0] == at[1] && at[0] == at[2])
    end = skip_quoted (self, at, 3);

  return end != NULL ? end : skip_quoted (self, at, 1);
}

/* Where Python code ends: at one of the given characters outside of strings, comments and brackets, or at "%>" outside of
 * strings and comments where none are given. A quote or a "#" that begins nothing is passed over, as Mako does. */
static const char *
find_end_of_code (Reader     *self,
                  const char *at,
                  const char *stops)
{
  int braces = 0, parens = 0, brackets = 0;

  while (at < self->end)
    {
      const char *after = NULL;

      if (*at == '#')
        after = memchr (at, '\n', self->end - at);
      else if (*at == '"' || *at == '\'')
        after = skip_string (self, at);
      else if (stops == NULL && at[0] == '%' && at[1] == '>')
        return at;
      else if (stops != NULL && strchr (stops, *at) != NULL && braces <= 0 && parens <= 0 && brackets <= 0)
        return at;

      braces += (*at == '{') - (*at == '}');
      parens += (*at == '(') - (*at == ')');
      brackets += (*at == '[') - (*at == ']');
      if (after != NULL)
        at = after + (*at == '#');
      else
        at++;
    }

  return NULL;
}

static char *
without_returns (const char *text,
                 gsize       length)
{
  g_autoptr(GString) out = g_string_new_len (text, length);

  g_string_replace (out, "\r\n", "\n", 0);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
read_expression (Reader  *self,
                 GError **error)
{
  guint line = line_at (self, self->at);
  const char *start = self->at + 2;
  const char *bar = find_end_of_code (self, start, "|}");
  const char *end = bar != NULL && *bar == '|' ? find_end_of_code (self, bar + 1, "}") : bar;
  StrataMakoPart *part;

  if (end == NULL)
    return complain (self, line, error, _("this “${” has no “}”"));

  part = add (self, STRATA_MAKO_EXPRESSION, line, "", 0);
  g_free (part->text);
  part->text = without_returns (start, bar - start);
  part->detail = bar < end ? g_strstrip (without_returns (bar + 1, end - bar - 1)) : g_strdup ("");
  self->at = end + 1;

  return TRUE;
}

static gboolean
read_code (Reader  *self,
           GError **error)
{
  guint line = line_at (self, self->at);
  gboolean is_module = self->at[2] == '!';
  const char *start = self->at + 2 + is_module;
  const char *end = find_end_of_code (self, start, NULL);

  if (end == NULL)
    return complain (self, line, error, _("this “<%%” has no “%%>”"));
  add (self, is_module ? STRATA_MAKO_MODULE_CODE : STRATA_MAKO_CODE, line, start, end - start);
  self->at = end + 2;

  return TRUE;
}

/* Behind the white space, "%" or "##" of a line that is for Mako; NULL for any other one, and for "%%". */
static const char *
control_start (Reader *self)
{
  const char *at = self->at;

  if (at > self->text && at[-1] != '\n')
    return NULL;
  while (*at == ' ' || *at == '\t')
    at++;
  if (at[0] == '#' && at[1] == '#')
    return at + 2;

  return at[0] == '%' && at[1] != '%' ? at + 1 : NULL;
}

/* A whole line, and those that a backslash joins to it. */
static gboolean
read_control (Reader *self)
{
  const char *start = control_start (self);
  const char *at = start;
  guint line = line_at (self, self->at);

  if (start == NULL)
    return FALSE;
  while (at < self->end && *at != '\n' && *at != '\r')
    {
      const char *next = at + 1;

      if (*at == '\\' && *next == '\r' && next[1] == '\n')
        next += 2;
      else if (*at == '\\' && *next == '\n')
        next++;
      at = next;
    }
  if (at < self->end && *at == '\r' && at[1] != '\n')
    return FALSE;

  if (start[-1] == '%')
    {
      StrataMakoPart *part;

      while (*start == ' ' || *start == '\t')
        start++;
      part = add (self, STRATA_MAKO_CONTROL, line, "", 0);
      g_free (part->text);
      part->text = without_returns (start, at - start);
    }
  self->at = MIN (at + (*at == '\r' ? 2 : 1), self->end);

  return TRUE;
}

/* "%%" at the start of a line is a "%". */
static gboolean
read_percent (Reader *self)
{
  const char *at = self->at;
  guint line = line_at (self, at);
  StrataMakoPart *part;

  if (at > self->text && at[-1] != '\n')
    return FALSE;
  while (at < self->end && g_ascii_isspace (*at))
    at++;
  if (at[0] != '%' || at[1] != '%')
    return FALSE;

  part = add (self, STRATA_MAKO_TEXT, line, self->at, at - self->at);
  for (at++; *at == '%'; at++)
    {
      char *longer = g_strconcat (part->text, "%", NULL);

      g_free (part->text);
      part->text = longer;
    }
  self->at = at;

  return TRUE;
}

static GStrv
read_attributes (Reader     *self,
                 const char *text)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(GMatchInfo) info = NULL;

  for (g_regex_match (self->patterns[ATTRIBUTE], text, 0, &info); g_match_info_matches (info); g_match_info_next (info, NULL))
    {
      g_autofree char *name = g_match_info_fetch (info, 1);
      g_autofree char *single = g_match_info_fetch (info, 2);
      g_autofree char *plain = single != NULL && *single != '\0' ? g_strdup (single) : g_match_info_fetch (info, 3);
      g_autofree char *value = without_returns (plain != NULL ? plain : "", plain != NULL ? strlen (plain) : 0);

      g_strv_builder_add (builder, name);
      g_strv_builder_add (builder, value);
    }

  return g_strv_builder_end (builder);
}

static gboolean
read_tag_end (Reader   *self,
              gboolean *found,
              GError  **error)
{
  g_autoptr(GMatchInfo) info = NULL;
  g_autofree char *keyword = NULL;
  guint line = line_at (self, self->at);

  *found = match (self, TAG_END, &info);
  if (!*found)
    return TRUE;

  keyword = g_match_info_fetch (info, 1);
  if (self->open->len == 0)
    return complain (self, line, error, "Closing tag without opening tag: </%%%s>", keyword);
  if (!g_str_equal (g_ptr_array_index (self->open, self->open->len - 1), keyword))
    return complain (self, line, error, "Closing tag </%%%s> does not match tag: <%%%s>", keyword,
                     (const char *) g_ptr_array_index (self->open, self->open->len - 1));

  g_ptr_array_set_size (self->open, self->open->len - 1);
  add (self, STRATA_MAKO_TAG_END, line, keyword, strlen (keyword));
  self->at = end_of_match (self, info);

  return TRUE;
}

/* What stands in <%text> is text to the letter. */
static gboolean
read_verbatim (Reader  *self,
               guint    line,
               GError **error)
{
  const char *end = g_strstr_len (self->at, self->end - self->at, "</%text>");
  gboolean found;

  if (end == NULL || end == self->at)
    return complain (self, line, error, "Unclosed tag: <%%text>");
  add (self, STRATA_MAKO_TEXT, line_at (self, self->at), self->at, end - self->at);
  self->at = end;

  return read_tag_end (self, &found, error);
}

static gboolean
read_tag (Reader   *self,
          gboolean *found,
          GError  **error)
{
  g_autoptr(GMatchInfo) info = NULL;
  g_autofree char *keyword = NULL;
  g_autofree char *attributes = NULL;
  g_autofree char *slash = NULL;
  guint line = line_at (self, self->at);
  StrataMakoPart *part;

  *found = match (self, TAG, &info);
  if (!*found)
    return TRUE;

  keyword = g_match_info_fetch (info, 1);
  attributes = g_match_info_fetch (info, 2);
  slash = g_match_info_fetch (info, 3);
  part = add (self, STRATA_MAKO_TAG, line, keyword, strlen (keyword));
  part->attributes = read_attributes (self, attributes);
  self->at = end_of_match (self, info);
  if (slash != NULL && *slash != '\0')
    {
      add (self, STRATA_MAKO_TAG_END, line, keyword, strlen (keyword));
      return TRUE;
    }

  g_ptr_array_add (self->open, part->text);

  return !g_str_equal (keyword, "text") || read_verbatim (self, line, error);
}

static gboolean
ends_text (Reader     *self,
           const char *at)
{
  if (at == self->end || (at[0] == '$' && at[1] == '{') || (at[0] == '<' && at[1] == '%')
      || (at[0] == '<' && at[1] == '/' && at[2] == '%'))
    return TRUE;
  if (at == self->text || at[-1] != '\n')
    return FALSE;
  while (*at == ' ' || *at == '\t')
    at++;

  return *at == '%' || (at[0] == '#' && at[1] == '#');
}

/* To whatever is not text; a line's end behind a backslash is dropped. Where that is nothing at all, Mako steps over one
 * character, and loses it. */
static void
read_text (Reader *self)
{
  const char *at = self->at;
  guint line = line_at (self, at);
  gsize dropped = 0;

  for (; dropped == 0 && !ends_text (self, at); at++)
    if (at[0] == '\\' && at[1] == '\n')
      dropped = 2;
    else if (at[0] == '\\' && at[1] == '\r' && at[2] == '\n')
      dropped = 3;
  if (dropped > 0)
    at--;

  if (at > self->at)
    add (self, STRATA_MAKO_TEXT, line, self->at, at - self->at);
  else if (dropped == 0)
    dropped = g_utf8_next_char (at) - at;
  self->at = MIN (at + dropped, self->end);
}

static gboolean
read_part (Reader  *self,
           GError **error)
{
  g_autoptr(GMatchInfo) comment = NULL;
  gboolean found = FALSE;

  if (self->at[0] == '$' && self->at[1] == '{')
    return read_expression (self, error);
  if (read_control (self))
    return TRUE;
  if (match (self, COMMENT, &comment))
    {
      self->at = end_of_match (self, comment);
      return TRUE;
    }
  if (read_percent (self))
    return TRUE;
  if (!read_tag (self, &found, error) || (!found && !read_tag_end (self, &found, error)))
    return FALSE;
  if (found)
    return TRUE;
  if (self->at[0] == '<' && self->at[1] == '%')
    return read_code (self, error);
  read_text (self);

  return TRUE;
}

/* The comment that tells the encoding is no part of the text. */
static gboolean
skip_coding (Reader  *self,
             GError **error)
{
  g_autoptr(GMatchInfo) info = NULL;
  g_autofree char *name = NULL;

  if (!match (self, CODING, &info))
    return TRUE;
  name = g_match_info_fetch (info, 1);
  if (g_ascii_strcasecmp (name, "utf-8") != 0 && g_ascii_strcasecmp (name, "utf8") != 0 && g_ascii_strcasecmp (name, "ascii") != 0)
    return complain (self, 1, error, _("a template in “%s” can't be read here: save it as UTF-8"), name);
  self->at = end_of_match (self, info);

  return TRUE;
}

static gboolean
read_all (Reader  *self,
          GError **error)
{
  if (!g_utf8_validate (self->text, self->end - self->text, NULL))
    return complain (self, 1, error, _("the template is not UTF-8"));
  if (!skip_coding (self, error))
    return FALSE;
  while (self->at < self->end)
    if (!read_part (self, error))
      return FALSE;
  if (self->open->len > 0)
    return complain (self, line_at (self, self->end), error, "Unclosed tag: <%%%s>",
                     (const char *) g_ptr_array_index (self->open, self->open->len - 1));

  return TRUE;
}

GPtrArray *
strata_mako_parts_read (const char  *path,
                        const char  *text,
                        gsize        length,
                        GError     **error)
{
  gboolean has_mark = g_str_has_prefix (text, "\xef\xbb\xbf");
  g_autofree char *copy = g_strndup (text + 3 * has_mark, length - 3 * has_mark);
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func (part_free);
  g_autoptr(GPtrArray) open = g_ptr_array_new ();
  Reader self = { path, copy, copy + strlen (copy), copy, copy, 1, parts, open };
  gboolean done;

  for (guint i = 0; i < N_PATTERNS; i++)
    self.patterns[i] = g_regex_new (pattern_texts[i], 0, 0, NULL);
  done = read_all (&self, error);
  for (guint i = 0; i < N_PATTERNS; i++)
    g_regex_unref (self.patterns[i]);

  return done ? g_steal_pointer (&parts) : NULL;
}

const char *
strata_mako_part_get (const StrataMakoPart *self,
                      const char           *attribute)
{
  for (guint i = 0; self->attributes != NULL && self->attributes[i] != NULL; i += 2)
    if (g_str_equal (self->attributes[i], attribute))
      return self->attributes[i + 1];

  return NULL;
}

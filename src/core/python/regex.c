/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/regex.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_GROUPS 100

typedef struct
{
  const char           *at;
  GString              *out;
  guint                 flags;
  StrataPyRegexTraits  *traits;
  const char           *problem;
  guint                 depth;
  gboolean              behind[MAX_GROUPS];    /* whether the group looks behind */
} Translator;

static gboolean
refuse (Translator *self,
        const char *problem)
{
  self->problem = problem;

  return FALSE;
}

/* "\u0041", "\U00000041": at stands on the letter. */
static gboolean
translate_code (Translator *self,
                guint       n_digits)
{
  for (guint i = 1; i <= n_digits; i++)
    if (!g_ascii_isxdigit (self->at[i]))
      return refuse (self, N_("an escape in it is not complete"));

  g_string_append_printf (self->out, "\\x{%.*s}", (int) n_digits, self->at + 1);
  self->at += n_digits + 1;

  return TRUE;
}

/* Behind a backslash. What is no letter or digit stands for itself in both. */
static gboolean
translate_escape (Translator *self,
                  gboolean    in_class)
{
  char c = *self->at;

  if (c == 'u' || c == 'U' || c == 'x')
    return translate_code (self, c == 'u' ? 4 : c == 'U' ? 8 : 2);
  if (c == '\0')
    return refuse (self, N_("it ends in a backslash"));

  self->traits->has_space |= strchr ("sS", c) != NULL;
  self->traits->has_class |= strchr (in_class ? "wWdDsS" : "wWdDsSb", c) != NULL;
  if (c == 'v')
    g_string_append (self->out, "\\x0b");
  else if (c == 'a')
    g_string_append (self->out, "\\x07");
  else if (c == 'Z' && !in_class)
    g_string_append (self->out, "\\z");
  else if (g_ascii_isalpha (c) && strchr (in_class ? "wWdDsSbfnrt" : "wWdDsSbAfnrt", c) == NULL)
    return refuse (self, N_("an escape in it is not known here"));
  else if (g_ascii_isdigit (c) && (in_class || c == '0' || g_ascii_isdigit (self->at[1])))
    return refuse (self, N_("a number behind a backslash in it may be a group or a character"));
  else
    g_string_append_printf (self->out, "\\%c", c);
  self->at++;

  return TRUE;
}

static gboolean
translate_class (Translator *self)
{
  g_string_append_c (self->out, *self->at++);
  if (*self->at == '^')
    g_string_append_c (self->out, *self->at++);
  if (*self->at == ']')
    {
      g_string_append (self->out, "\\]");
      self->at++;
    }

  while (*self->at != ']')
    {
      if (*self->at == '\0')
        return refuse (self, N_("a set of characters in it has no end"));
      if (*self->at == '\\')
        {
          self->at++;
          if (!translate_escape (self, TRUE))
            return FALSE;
          continue;
        }
      if (*self->at == '[')
        g_string_append_c (self->out, '\\');
      g_string_append_c (self->out, *self->at++);
    }
  g_string_append_c (self->out, *self->at++);

  return TRUE;
}

/* Of what stands behind a parenthesis and makes its group a special one; -1: not known here. */
static int
group_kind_length (const char *at)
{
  static const char * const kinds[] = { "?:", "?=", "?!", "?<=", "?<!", "?P<", "?i:", "?m:", "?s:", "?-i:", "?-m:", "?-s:" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (at, kinds[i]))
      return strlen (kinds[i]);

  return *at != '?' && *at != '*' ? 0 : -1;
}

/* "(?P=name)": the same text once more. */
static void
copy_reference (Translator *self)
{
  gsize length = strcspn (self->at, ")");

  length += self->at[length] == ')';
  g_string_append_len (self->out, self->at, length);
  self->at += length;
}

static gboolean
set_flag (Translator *self)
{
  if (self->out->len > 0)
    return refuse (self, N_("flags stand in the middle of it"));
  g_string_append_len (self->out, self->at, 4);
  self->at += 4;

  return TRUE;
}

static gboolean
open_group (Translator *self)
{
  const char *kind = self->at + 1;
  int length = group_kind_length (kind);

  if (g_str_has_prefix (kind, "?P="))
    {
      copy_reference (self);
      return TRUE;
    }
  if (g_str_has_prefix (kind, "?i)") || g_str_has_prefix (kind, "?m)") || g_str_has_prefix (kind, "?s)"))
    return set_flag (self);
  if (length < 0)
    return refuse (self, N_("a group in it is of a kind that is not known here"));
  if (self->depth + 1 == MAX_GROUPS)
    return refuse (self, N_("it has too many groups in one another"));

  self->depth++;
  self->behind[self->depth] = self->behind[self->depth - 1] || g_str_has_prefix (kind, "?<");
  g_string_append_len (self->out, self->at, length + 1);
  self->at += length + 1;

  return TRUE;
}

/* How often: "*", "{2,}". A second one behind it means another thing in each version of Python. */
static gboolean
translate_count (Translator *self)
{
  if (*self->at == '{')
    {
      const char *end = self->at + 1;

      while (g_ascii_isdigit (*end))
        end++;
      if (*end == ',')
        for (end++; g_ascii_isdigit (*end);)
          end++;
      if (*end != '}' || end == self->at + 1 || g_str_has_prefix (self->at, "{,}"))
        {
          g_string_append (self->out, "\\{");
          self->at++;
          return TRUE;
        }
      g_string_append (self->out, self->at[1] == ',' ? "{0" : "{");
      g_string_append_len (self->out, self->at + 1, end - self->at);
      self->at = end + 1;
    }
  else
    g_string_append_c (self->out, *self->at++);

  if (*self->at == '?')
    g_string_append_c (self->out, *self->at++);
  if (strchr ("*+?", *self->at) != NULL && *self->at != '\0')
    return refuse (self, N_("it repeats a repetition"));
  if (*self->at == '{' && g_ascii_isdigit (self->at[1]))
    return refuse (self, N_("it repeats a repetition"));

  return TRUE;
}

static gboolean
translate_one (Translator *self)
{
  switch (*self->at)
    {
    case '\\':
      self->at++;
      return translate_escape (self, FALSE);
    case '[':
      return translate_class (self);
    case '(':
      return open_group (self);
    case ')':
      if (self->depth > 0)
        self->depth--;
      break;
    case '|':
      if (self->behind[self->depth])
        return refuse (self, N_("it looks behind for one of several things"));
      break;
    case '*':
    case '+':
    case '?':
    case '{':
      return translate_count (self);
    case '#':
      if ((self->flags & STRATA_PY_REGEX_VERBOSE) != 0)
        {
          while (*self->at != '\0' && *self->at != '\n')
            self->at++;
          return TRUE;
        }
      break;
    default:
      break;
    }
  g_string_append_c (self->out, *self->at++);

  return TRUE;
}

char *
strata_py_regex_translate (const char           *pattern,
                           guint                 flags,
                           StrataPyRegexTraits  *traits,
                           const char          **problem)
{
  g_autoptr(GString) out = g_string_new (NULL);
  Translator self = { .at = pattern, .out = out, .flags = flags, .traits = traits };

  *traits = (StrataPyRegexTraits) { FALSE };
  while (*self.at != '\0')
    if (!translate_one (&self))
      {
        *problem = self.problem;
        return NULL;
      }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

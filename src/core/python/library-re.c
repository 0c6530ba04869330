/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/library.h"
#include "core/python/library-re.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/python/regex.h"

/* A pattern that tries more than this would take too long for a migration; Python would go on. */
#define MOST_TRIES "(*LIMIT_MATCH=1000000)"

static Class *
class_of (Machine    *py,
          const char *name)
{
  return (Class *) strata_py_dict_get_name (strata_py_dict_get_name (py->modules, "re")->attributes, name);
}

static GRegex *
compile (Machine    *py,
         const char *text,
         guint       flags)
{
  g_autoptr(GError) error = NULL;
  GRegexCompileFlags compile_flags = G_REGEX_NEWLINE_LF
    | ((flags & STRATA_PY_REGEX_IGNORECASE) != 0 ? G_REGEX_CASELESS : 0)
    | ((flags & STRATA_PY_REGEX_MULTILINE) != 0 ? G_REGEX_MULTILINE : 0)
    | ((flags & STRATA_PY_REGEX_DOTALL) != 0 ? G_REGEX_DOTALL : 0)
    | ((flags & STRATA_PY_REGEX_VERBOSE) != 0 ? G_REGEX_EXTENDED : 0);
  GRegex *regex = g_regex_new (text, compile_flags, 0, &error);

  if (regex == NULL)
    return strata_py_refuse (py, "this regular expression was not understood: %s", error->message);
  strata_py_own (py, regex, (GDestroyNotify) g_regex_unref);

  return regex;
}

static GRegex *
compile_pattern (Machine  *py,
                 Pattern  *self,
                 gboolean  to_end)
{
  StrataPyRegexTraits traits;
  const char *problem = NULL;
  g_autofree char *text = strata_py_regex_translate (self->pattern->text, self->flags, &traits, &problem);
  g_autofree char *full = NULL;

  if (text == NULL)
    return strata_py_refuse (py, "this regular expression was not understood: %s", _(problem));
  self->has_space = traits.has_space;
  self->has_class = traits.has_class;
  full = to_end ? g_strconcat (MOST_TRIES "(?:", text, ")\\z", NULL) : g_strconcat (MOST_TRIES, text, NULL);

  return compile (py, full, self->flags);
}

static Pattern *
new_pattern (Machine *py,
             Value   *pattern,
             Value   *flags)
{
  gint64 number = 0;
  Pattern *self;

  if (strata_py_is_instance (pattern, class_of (py, "Pattern")))
    return (Pattern *) pattern;
  if (flags != NULL && !strata_py_value_get_int (flags, &number))
    return strata_py_refuse (py, "these flags of a regular expression are not known here");
  if (pattern->kind != STRATA_PY_VALUE_STR || strlen (((Str *) pattern)->text) != ((Str *) pattern)->length || (number & 4) != 0)
    return strata_py_refuse (py, "only texts are regular expressions here");

  self = strata_py_host_object (py, class_of (py, "Pattern"), sizeof (Pattern));
  if (self == NULL)
    return NULL;
  self->pattern = (Str *) pattern;
  self->flags = number;
  self->regex = compile_pattern (py, self, FALSE);

  return self->regex != NULL ? self : NULL;
}

/* Beyond ASCII the two have other tables of what is a letter or the same letter. */
static gboolean
check_text (Machine *py,
            Pattern *self,
            Str     *text)
{
  gboolean is_ascii = g_str_is_ascii (text->text) && strlen (text->text) == text->length;

  if (!is_ascii && ((self->flags & (STRATA_PY_REGEX_IGNORECASE | STRATA_PY_REGEX_ASCII)) != 0 || strstr (self->pattern->text, "(?i") != NULL))
    return strata_py_refuse (py, "this regular expression asks about letters beyond ASCII") != NULL;
  if (self->has_space && strpbrk (text->text, "\x1c\x1d\x1e\x1f") != NULL)
    return strata_py_refuse (py, "what is white space in this text differs between regular expressions") != NULL;

  return TRUE;
}

static Str *
to_text (Machine *py,
         Pattern *self,
         Value   *value)
{
  if (value->kind == STRATA_PY_VALUE_STR)
    return check_text (py, self, (Str *) value) ? (Str *) value : NULL;
  if (value->kind == STRATA_PY_VALUE_OPAQUE)
    return strata_py_refuse_opaque (py, value, "is matched");

  return strata_py_raise (py, "TypeError", "expected string or bytes-like object, got '%s'", value->class->name);
}

Match *
strata_py_regex_find (Machine          *py,
                      Pattern          *pattern,
                      GRegex           *regex,
                      Str              *text,
                      gsize             from,
                      GRegexMatchFlags  flags)
{
  g_autoptr(GMatchInfo) info = NULL;
  g_autoptr(GError) error = NULL;
  Match *self;

  if (!strata_py_step (py))
    return NULL;
  if (!g_regex_match_full (regex, text->text, text->length, from, flags, &info, &error))
    return error != NULL ? strata_py_refuse (py, "this regular expression takes too long here") : NULL;

  self = strata_py_host_object (py, class_of (py, "Match"), sizeof (Match));
  if (self == NULL)
    return NULL;
  self->pattern = pattern;
  self->text = text;
  self->n_groups = g_regex_get_capture_count (pattern->regex) + 1;
  self->bounds = strata_py_alloc (py, 2 * self->n_groups * sizeof (int));
  for (guint i = 0; self->bounds != NULL && i < self->n_groups; i++)
    if (!g_match_info_fetch_pos (info, i, &self->bounds[2 * i], &self->bounds[2 * i + 1]))
      self->bounds[2 * i] = self->bounds[2 * i + 1] = -1;

  return self->bounds != NULL ? self : NULL;
}

/* The one behind that one, which may be empty only where it does not stand where an empty one stood. */
static Match *
find_next (Machine *py,
           Pattern *pattern,
           Str     *text,
           Match   *before)
{
  gboolean was_empty = before != NULL && before->bounds[0] == before->bounds[1];

  return strata_py_regex_find (py, pattern, pattern->regex, text, before != NULL ? before->bounds[1] : 0,
                               was_empty ? G_REGEX_MATCH_NOTEMPTY_ATSTART : 0);
}

static Value *
found_or_none (Machine *py,
               Match   *match)
{
  return match != NULL || strata_py_has_failed (py) ? &match->base : py->none;
}

static Value *
find_one (Machine          *py,
          Pattern          *pattern,
          Value            *value,
          gboolean          to_end,
          GRegexMatchFlags  flags)
{
  Str *text = pattern != NULL ? to_text (py, pattern, value) : NULL;

  if (text == NULL)
    return NULL;
  if (to_end && pattern->whole == NULL && (pattern->whole = compile_pattern (py, pattern, TRUE)) == NULL)
    return NULL;

  return found_or_none (py, strata_py_regex_find (py, pattern, to_end ? pattern->whole : pattern->regex, text, 0, flags));
}

/* What findall() has of one match. */
static Value *
found_text (Machine *py,
            Match   *match)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new ();

  if (match->n_groups == 1)
    return strata_py_match_group (py, match, 0);
  for (guint i = 1; i < match->n_groups; i++)
    {
      Value *text = strata_py_match_group (py, match, i);

      g_ptr_array_add (texts, text != NULL ? text : strata_py_str (py, ""));
    }

  return texts->len == 1 ? g_ptr_array_index (texts, 0) : strata_py_tuple (py, (Value **) texts->pdata, texts->len);
}

static Value *
find_all (Machine  *py,
          Pattern  *pattern,
          Value    *value,
          gboolean  as_matches)
{
  Str *text = pattern != NULL ? to_text (py, pattern, value) : NULL;
  Value *list = text != NULL ? strata_py_list (py, NULL, 0) : NULL;
  Match *match = NULL;

  while (list != NULL && (match = find_next (py, pattern, text, match)) != NULL)
    if (!strata_py_list_append (py, list, as_matches ? &match->base : found_text (py, match)))
      return NULL;

  return strata_py_has_failed (py) ? NULL : list;
}

static Value *
iterate (Machine *py,
         Value   *list)
{
  return list != NULL ? strata_py_iterate (py, list) : NULL;
}

static gint64
count_of (Value *value)
{
  gint64 count = 0;

  return value != NULL && strata_py_value_get_int (value, &count) && count > 0 ? count : G_MAXINT64;
}

static Value *
split (Machine *py,
       Pattern *pattern,
       Value   *value,
       Value   *most)
{
  Str *text = pattern != NULL ? to_text (py, pattern, value) : NULL;
  Value *list = text != NULL ? strata_py_list (py, NULL, 0) : NULL;
  Match *match = NULL;
  gsize from = 0;

  for (gint64 left = count_of (most); list != NULL && left > 0 && (match = find_next (py, pattern, text, match)) != NULL; left--)
    {
      strata_py_list_append (py, list, strata_py_str_len (py, text->text + from, match->bounds[0] - from));
      for (guint i = 1; i < match->n_groups; i++)
        strata_py_list_append (py, list, found_or_none (py, (Match *) strata_py_match_group (py, match, i)));
      from = match->bounds[1];
    }
  if (list == NULL || strata_py_has_failed (py))
    return NULL;

  return strata_py_list_append (py, list, strata_py_str_len (py, text->text + from, text->length - from)) ? list : NULL;
}

static gboolean
append_replacement (Machine *py,
                    Match   *match,
                    Value   *with,
                    GString *out)
{
  Value *text;

  if (with->kind == STRATA_PY_VALUE_STR)
    return strata_py_match_expand (py, match, (Str *) with, out);
  text = strata_py_call_values (py, with, 1, &match->base);
  if (text == NULL)
    return FALSE;
  if (text->kind == STRATA_PY_VALUE_OPAQUE)
    return strata_py_refuse_opaque (py, text, "becomes text") != NULL;
  if (text->kind != STRATA_PY_VALUE_STR)
    return strata_py_raise (py, "TypeError", "expected str instance, %s found", text->class->name) != NULL;
  g_string_append_len (out, ((Str *) text)->text, ((Str *) text)->length);

  return strata_py_reserve (py, out->len);
}

static Value *
replace (Machine *py,
         Pattern *pattern,
         Value   *with,
         Value   *value,
         Value   *most,
         gboolean with_count)
{
  g_autoptr(GString) out = g_string_new (NULL);
  Str *text = pattern != NULL ? to_text (py, pattern, value) : NULL;
  Match *match = NULL;
  gint64 left = count_of (most), done = 0;
  gsize from = 0;
  Value *result;

  if (text == NULL)
    return NULL;
  for (; left > 0 && (match = find_next (py, pattern, text, match)) != NULL; left--, done++)
    {
      g_string_append_len (out, text->text + from, match->bounds[0] - from);
      if (!append_replacement (py, match, with, out))
        return NULL;
      from = match->bounds[1];
    }
  if (strata_py_has_failed (py))
    return NULL;
  g_string_append_len (out, text->text + from, text->length - from);
  result = strata_py_string (py, out);

  return with_count ? strata_py_tuple (py, (Value *[]) { result, strata_py_int (py, done) }, 2) : result;
}

/* Each is a function of the module with the pattern before and the flags behind, and a method of a pattern. */
#define BOTH(name, call, flags_at) \
  static Value *re_##name (Machine *py, Value *module, Value **a) \
  { Pattern *pattern = new_pattern (py, a[0], a[flags_at]); a++; return call; } \
  static Value *pattern_##name (Machine *py, Value *self, Value **a) \
  { Pattern *pattern = (Pattern *) self; return call; }

BOTH (match, find_one (py, pattern, a[0], FALSE, G_REGEX_MATCH_ANCHORED), 2)
BOTH (fullmatch, find_one (py, pattern, a[0], TRUE, G_REGEX_MATCH_ANCHORED), 2)
BOTH (search, find_one (py, pattern, a[0], FALSE, 0), 2)
BOTH (findall, find_all (py, pattern, a[0], FALSE), 2)
BOTH (finditer, iterate (py, find_all (py, pattern, a[0], TRUE)), 2)
BOTH (split, split (py, pattern, a[0], a[1]), 3)
BOTH (sub, replace (py, pattern, a[0], a[1], a[2], FALSE), 4)
BOTH (subn, replace (py, pattern, a[0], a[1], a[2], TRUE), 4)

static Value *
re_compile (Machine *py,
            Value   *module,
            Value  **arguments)
{
  Pattern *self = new_pattern (py, arguments[0], arguments[1]);

  return self != NULL ? &self->base : NULL;
}

static Value *
re_escape (Machine *py,
           Value   *module,
           Value  **arguments)
{
  g_autoptr(GString) out = g_string_new (NULL);

  if (arguments[0]->kind != STRATA_PY_VALUE_STR)
    return strata_py_refuse (py, "only texts are escaped here");
  for (const char *at = ((Str *) arguments[0])->text; *at != '\0'; at++)
    {
      if (strchr ("()[]{}?*+-|^$\\.&~# \t\n\r\v\f", *at) != NULL)
        g_string_append_c (out, '\\');
      g_string_append_c (out, *at);
    }

  return strata_py_string (py, out);
}

static Value *
pattern_attribute (Machine    *py,
                   Value      *value,
                   const char *name)
{
  Pattern *self = (Pattern *) value;

  if (g_str_equal (name, "pattern"))
    return &self->pattern->base;
  if (g_str_equal (name, "flags"))
    return strata_py_int (py, self->flags | STRATA_PY_REGEX_UNICODE);

  return g_str_equal (name, "groups") ? strata_py_int (py, g_regex_get_capture_count (self->regex)) : NULL;
}

static const StrataPyNative pattern_methods[] = {
  { "findall", "string", pattern_findall },
  { "finditer", "string", pattern_finditer },
  { "fullmatch", "string", pattern_fullmatch },
  { "match", "string", pattern_match },
  { "search", "string", pattern_search },
  { "split", "string, maxsplit=", pattern_split },
  { "sub", "repl, string, count=", pattern_sub },
  { "subn", "repl, string, count=", pattern_subn },
  { NULL }
};

static const StrataPySlots pattern_slots = {
  .name = "Pattern",
  .methods = pattern_methods,
  .lacking = " groupindex scanner ",
  .get_attribute = pattern_attribute,
};

const StrataPyNative strata_py_re_functions[] = {
  { "compile", "pattern, flags=", re_compile },
  { "escape", "pattern", re_escape },
  { "findall", "pattern, string, flags=", re_findall },
  { "finditer", "pattern, string, flags=", re_finditer },
  { "fullmatch", "pattern, string, flags=", re_fullmatch },
  { "match", "pattern, string, flags=", re_match },
  { "search", "pattern, string, flags=", re_search },
  { "split", "pattern, string, maxsplit=, flags=", re_split },
  { "sub", "pattern, repl, string, count=, flags=", re_sub },
  { "subn", "pattern, repl, string, count=, flags=", re_subn },
  { NULL }
};

void
strata_py_fill_re (Machine *py,
                   Value   *module)
{
  static const struct { const char *name, *letter; guint flag; } flags[] = {
    { "ASCII", "A", STRATA_PY_REGEX_ASCII }, { "IGNORECASE", "I", STRATA_PY_REGEX_IGNORECASE },
    { "MULTILINE", "M", STRATA_PY_REGEX_MULTILINE }, { "DOTALL", "S", STRATA_PY_REGEX_DOTALL },
    { "UNICODE", "U", STRATA_PY_REGEX_UNICODE }, { "VERBOSE", "X", STRATA_PY_REGEX_VERBOSE },
  };
  Class *exception = strata_py_find_class (py, "Exception");

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      strata_py_set (py, module, flags[i].name, strata_py_int (py, flags[i].flag));
      strata_py_set (py, module, flags[i].letter, strata_py_int (py, flags[i].flag));
    }
  strata_py_set (py, module, "Pattern", (Value *) strata_py_class (py, &pattern_slots, NULL));
  strata_py_set (py, module, "Match", (Value *) strata_py_class (py, &strata_py_match_slots, NULL));
  strata_py_set (py, module, "error", (Value *) strata_py_new_class (py, "error", &exception, 1, strata_py_dict (py)));
}

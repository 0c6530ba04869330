/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/mako-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"

/* A "% for" or the like that is open. */
typedef struct { char *keyword; guint line; gboolean has_loop; } Control;

typedef struct
{
  const char      *path;
  GPtrArray       *parts;      /* StrataMakoPart */
  GPtrArray       *texts;      /* const char * */
  StrataMakoLines  module;     /* what stands in <%! %> */
  StrataMakoLines  body;
  GArray          *controls;   /* Control, of the function that is being written */
  guint            n_blocks;
} Writer;

static gboolean write_range (Writer *self, guint start, guint end, GError **error);

static StrataMakoPart *
part_at (Writer *self,
         guint   index)
{
  return g_ptr_array_index (self->parts, index);
}

static gboolean G_GNUC_PRINTF (5, 6)
complain (Writer     *self,
          guint       line,
          GError    **error,
          int         code,
          const char *format,
          ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, STRATA_ERROR, code, "%s:%u: %s", self->path, line, text);

  return FALSE;
}

static void
control_clear (gpointer data)
{
  g_free (((Control *) data)->keyword);
}

static guint
end_of_tag (Writer *self,
            guint   start)
{
  guint depth = 0;

  for (guint i = start;; i++)
    {
      depth += part_at (self, i)->kind == STRATA_MAKO_TAG;
      depth -= part_at (self, i)->kind == STRATA_MAKO_TAG_END;
      if (depth == 0)
        return i;
    }
}

static gboolean
is_tag (const StrataMakoPart *part,
        const char           *keyword)
{
  return part->kind == STRATA_MAKO_TAG && g_str_equal (part->text, keyword);
}

/* Whether what stands between here and the end of a loop asks for "loop". */
static gboolean
has_loop (Writer *self,
          guint   start,
          guint   end)
{
  guint depth = 0;

  for (guint i = start; i < end; i++)
    {
      StrataMakoPart *part = part_at (self, i);

      if (part->kind == STRATA_MAKO_CONTROL)
        {
          depth += g_str_has_prefix (part->text, "for ");
          depth -= g_str_has_prefix (part->text, "endfor");
          if (depth == 0)
            return FALSE;
        }
      if (part->kind >= STRATA_MAKO_EXPRESSION && part->kind <= STRATA_MAKO_CODE && strata_mako_mentions (part->text, "loop"))
        return TRUE;
    }

  return FALSE;
}

static gboolean
goes_with (const char *keyword,
           const char *primary)
{
  if (g_str_equal (primary, "if"))
    return g_str_equal (keyword, "else") || g_str_equal (keyword, "elif");
  if (g_str_equal (primary, "try"))
    return g_str_equal (keyword, "except");

  return g_str_equal (primary, "for") && g_str_equal (keyword, "else");
}

static gboolean
end_control (Writer         *self,
             StrataMakoPart *part,
             const char     *keyword,
             GError        **error)
{
  Control *open = self->controls->len > 0 ? &g_array_index (self->controls, Control, self->controls->len - 1) : NULL;

  if (open == NULL)
    return complain (self, part->line, error, STRATA_ERROR_BAD_INPUT, "No starting keyword '%s' for '%s'", keyword, part->text);
  if (!g_str_equal (open->keyword, keyword))
    return complain (self, part->line, error, STRATA_ERROR_BAD_INPUT, "Keyword '%s' doesn't match keyword '%s'",
                     part->text, open->keyword);

  self->body.indent--;
  if (open->has_loop)
    {
      self->body.indent--;
      strata_mako_lines_add (&self->body, part->line, "finally:");
      strata_mako_lines_add (&self->body, part->line, "    loop = _mako_loop._exit()");
    }
  g_array_set_size (self->controls, self->controls->len - 1);

  return TRUE;
}

static void
begin_loop (Writer         *self,
            StrataMakoPart *part)
{
  g_autoptr(GRegex) regex = g_regex_new ("^for\\s+(.+?)\\s+in\\s+(.*):", G_REGEX_DOTALL, 0, NULL);
  g_autoptr(GMatchInfo) info = NULL;
  g_autofree char *target = NULL;
  g_autofree char *iterable = NULL;

  g_regex_match (regex, part->text, 0, &info);
  target = g_match_info_fetch (info, 1);
  iterable = g_match_info_fetch (info, 2);
  strata_mako_lines_printf (&self->body, part->line, "loop = _mako_loop._enter(%s)", iterable);
  strata_mako_lines_add (&self->body, part->line, "try:");
  self->body.indent++;
  strata_mako_lines_printf (&self->body, part->line, "for %s in loop:", target);
}

static gboolean
begin_control (Writer         *self,
               guint           index,
               guint           end,
               const char     *keyword,
               GError        **error)
{
  static const char * const primary[] = { "for", "if", "try", "while", "with", NULL };
  StrataMakoPart *part = part_at (self, index);
  Control *open = self->controls->len > 0 ? &g_array_index (self->controls, Control, self->controls->len - 1) : NULL;

  if (g_strv_contains (primary, keyword))
    {
      Control control = { g_strdup (keyword), part->line, g_str_equal (keyword, "for") && has_loop (self, index, end) };

      if (control.has_loop)
        begin_loop (self, part);
      else
        strata_mako_lines_add (&self->body, part->line, part->text);
      g_array_append_val (self->controls, control);
      self->body.indent++;
    }
  else if (open == NULL || !goes_with (keyword, open->keyword))
    return complain (self, part->line, error, STRATA_ERROR_BAD_INPUT, "Keyword '%s' is not legal here", keyword);
  else
    {
      self->body.indent--;
      strata_mako_lines_add (&self->body, part->line, part->text);
      self->body.indent++;
    }
  strata_mako_lines_add (&self->body, part->line, "pass");

  return TRUE;
}

static gboolean
write_control (Writer   *self,
               guint     index,
               guint     end,
               GError  **error)
{
  StrataMakoPart *part = part_at (self, index);
  g_autoptr(GRegex) form = g_regex_new ("^\\w+(?:\\s+.*?)?:\\s*(#|$)", G_REGEX_DOTALL, 0, NULL);
  gboolean is_end = g_str_has_prefix (part->text, "end");
  const char *word = part->text + 3 * is_end;
  gsize length = 0;
  g_autofree char *keyword = NULL;

  while (g_ascii_isalnum (word[length]) || word[length] == '_')
    length++;
  keyword = g_strndup (word, length);
  if (length == 0)
    return complain (self, part->line, error, STRATA_ERROR_BAD_INPUT, "Invalid control line: '%s'", part->text);
  if (is_end)
    return end_control (self, part, keyword, error);
  if (!g_regex_match (form, part->text, 0, NULL))
    return complain (self, part->line, error, STRATA_ERROR_BAD_INPUT,
                     "Fragment '%s' is not a partial control statement", part->text);

  return begin_control (self, index, end, keyword, error);
}

static void
write_expression (Writer         *self,
                  StrataMakoPart *part)
{
  g_autofree char *value = strata_mako_filter (part->text, part->detail, TRUE);

  strata_mako_lines_printf (&self->body, part->line, "_mako_write(%s)", value);
}

static void
write_text (Writer         *self,
            StrataMakoPart *part)
{
  strata_mako_lines_printf (&self->body, part->line, "_mako_text(%u)", self->texts->len);
  g_ptr_array_add (self->texts, part->text);
}

/* What stands between the tags, as the rest of a function; what is written is caught and filtered where that is asked for. */
static gboolean
write_inside (Writer   *self,
              guint     start,
              guint     end,
              gboolean  is_function,
              GError  **error)
{
  StrataMakoPart *part = part_at (self, start);
  const char *filter = strata_mako_part_get (part, "filter");
  gboolean is_buffered = g_strcmp0 (strata_mako_part_get (part, "buffered"), "True") == 0;
  gboolean is_caught = is_buffered || (filter != NULL && *filter != '\0');
  g_autofree char *result = strata_mako_filter ("_mako_caught", filter, FALSE);

  if (is_caught)
    {
      strata_mako_lines_add (&self->body, part->line, "_mako_push()");
      strata_mako_lines_add (&self->body, part->line, "try:");
      self->body.indent++;
      strata_mako_lines_add (&self->body, part->line, "pass");
    }
  if (!write_range (self, start + 1, end, error))
    return FALSE;
  if (is_caught)
    {
      self->body.indent--;
      strata_mako_lines_add (&self->body, part->line, "finally:");
      strata_mako_lines_add (&self->body, part->line, "    _mako_caught = _mako_pop()");
      strata_mako_lines_printf (&self->body, part->line, is_buffered ? "return %s" : "_mako_write(%s)", result);
    }
  if (is_function)
    strata_mako_lines_add (&self->body, part->line, "return ''");

  return TRUE;
}

static gboolean
write_function (Writer      *self,
                guint        start,
                guint        end,
                const char  *declaration,
                GError     **error)
{
  StrataMakoPart *part = part_at (self, start);
  GArray *outer = self->controls;
  gboolean done;

  if (strata_mako_part_get (part, "cached") != NULL || strata_mako_part_get (part, "decorator") != NULL
      || strata_mako_part_get (part, "args") != NULL)
    return complain (self, part->line, error, STRATA_ERROR_NEEDS_PYTHON, _("what this <%%%s> asks for is not evaluated here"), part->text);

  self->controls = g_array_new (FALSE, FALSE, sizeof (Control));
  g_array_set_clear_func (self->controls, control_clear);
  strata_mako_lines_printf (&self->body, part->line, "def %s:", declaration);
  self->body.indent++;
  strata_mako_lines_add (&self->body, 0, "loop = _mako_loop = _mako_LoopStack()");
  done = write_inside (self, start, end, TRUE, error);
  self->body.indent--;
  g_array_unref (self->controls);
  self->controls = outer;

  return done;
}

static gboolean
write_def (Writer  *self,
           guint    start,
           guint    end,
           GError **error)
{
  StrataMakoPart *part = part_at (self, start);
  const char *name = strata_mako_part_get (part, "name");

  if (name == NULL)
    return complain (self, part->line, error, STRATA_ERROR_BAD_INPUT, "Missing attribute(s): 'name'");
  if (strchr (name, '(') == NULL)
    return complain (self, part->line, error, STRATA_ERROR_BAD_INPUT, "Missing parenthesis in %%def");

  return write_function (self, start, end, name, error);
}

/* One that holds functions of its own; other files are not looked at. */
static gboolean
write_namespace (Writer  *self,
                 guint    start,
                 guint    end,
                 GError **error)
{
  StrataMakoPart *part = part_at (self, start);
  const char *name = strata_mako_part_get (part, "name");
  g_autoptr(GString) list = g_string_new (NULL);

  if (name == NULL || strata_mako_part_get (part, "file") != NULL || strata_mako_part_get (part, "module") != NULL
      || strata_mako_part_get (part, "import") != NULL)
    return complain (self, part->line, error, STRATA_ERROR_NEEDS_PYTHON, _("other files and modules are not read for a <%%namespace> here"));

  strata_mako_lines_printf (&self->body, part->line, "def _mako_namespace_%s():", name);
  self->body.indent++;
  for (guint i = start + 1; i < end; i++)
    {
      StrataMakoPart *inner = part_at (self, i);
      guint inner_end;

      if (!is_tag (inner, "def"))
        continue;
      inner_end = end_of_tag (self, i);
      if (!write_def (self, i, inner_end, error))
        return FALSE;
      g_string_append_printf (list, "'%.*s': %.*s, ", (int) strcspn (strata_mako_part_get (inner, "name"), "("),
                              strata_mako_part_get (inner, "name"),
                              (int) strcspn (strata_mako_part_get (inner, "name"), "("), strata_mako_part_get (inner, "name"));
      i = inner_end;
    }
  strata_mako_lines_printf (&self->body, part->line, "return {%s}", list->str);
  self->body.indent--;
  strata_mako_lines_printf (&self->body, part->line, "%s = _mako_Namespace(_mako_namespace_%s())", name, name);

  return TRUE;
}

/* Functions are there before what calls them. */
static gboolean
hoist (Writer  *self,
       guint    start,
       guint    end,
       GError **error)
{
  for (guint i = start; i < end; i++)
    {
      StrataMakoPart *part = part_at (self, i);
      guint tag_end;

      if (part->kind != STRATA_MAKO_TAG)
        continue;
      tag_end = end_of_tag (self, i);
      if ((is_tag (part, "def") && !write_def (self, i, tag_end, error))
          || (is_tag (part, "namespace") && !write_namespace (self, i, tag_end, error)))
        return FALSE;
      i = tag_end;
    }

  return TRUE;
}

static gboolean
write_block (Writer  *self,
             guint    start,
             guint    end,
             GError **error)
{
  g_autofree char *name = g_strdup_printf ("_mako_block_%u", self->n_blocks++);
  g_autofree char *declaration = g_strconcat (name, "()", NULL);

  if (!write_function (self, start, end, declaration, error))
    return FALSE;
  strata_mako_lines_printf (&self->body, part_at (self, start)->line, "%s()", name);

  return TRUE;
}

static gboolean
write_tag (Writer  *self,
           guint    start,
           guint    end,
           GError **error)
{
  StrataMakoPart *part = part_at (self, start);

  if (is_tag (part, "def") || is_tag (part, "namespace") || (is_tag (part, "page") && part->attributes[0] == NULL))
    return TRUE;
  if (is_tag (part, "text"))
    return write_inside (self, start, end, FALSE, error);
  if (is_tag (part, "block"))
    return write_block (self, start, end, error);

  return complain (self, part->line, error, STRATA_ERROR_NEEDS_PYTHON, _("<%%%s> is not evaluated here"), part->text);
}

static gboolean
write_part (Writer   *self,
            guint    *index,
            guint     end,
            GError  **error)
{
  StrataMakoPart *part = part_at (self, *index);

  switch (part->kind)
    {
    case STRATA_MAKO_TEXT:
      write_text (self, part);
      return TRUE;
    case STRATA_MAKO_EXPRESSION:
      write_expression (self, part);
      return TRUE;
    case STRATA_MAKO_CONTROL:
      return write_control (self, *index, end, error);
    case STRATA_MAKO_CODE:
      strata_mako_lines_add_code (&self->body, part->line, part->text);
      return TRUE;
    case STRATA_MAKO_MODULE_CODE:
      strata_mako_lines_add_code (&self->module, part->line, part->text);
      return TRUE;
    case STRATA_MAKO_TAG:
      {
        guint start = *index;

        *index = end_of_tag (self, start);
        return write_tag (self, start, *index, error);
      }
    case STRATA_MAKO_TAG_END:
    default:
      g_assert_not_reached ();
    }
}

static gboolean
write_range (Writer  *self,
             guint    start,
             guint    end,
             GError **error)
{
  guint n_controls = self->controls->len;

  if (!hoist (self, start, end, error))
    return FALSE;
  for (guint i = start; i < end; i++)
    if (!write_part (self, &i, end, error))
      return FALSE;
  if (self->controls->len > n_controls)
    {
      Control *open = &g_array_index (self->controls, Control, self->controls->len - 1);

      return complain (self, open->line, error, STRATA_ERROR_BAD_INPUT, "Unterminated control keyword: '%s'", open->keyword);
    }

  return TRUE;
}

/* What nobody binds is asked of the context, and undefined where that does not have it. */
static void
declare_names (StrataMakoLines *out,
               StrataMakoLines *body)
{
  g_autoptr(GPtrArray) names = strata_mako_lines_names (body);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      if (!g_str_has_prefix (name, "_mako_") && !g_str_equal (name, "context"))
        strata_mako_lines_printf (out, 0, "try: %s\nexcept NameError: %s = context.get('%s', UNDEFINED)", name, name, name);
    }
}

static void
assemble (StrataMakoPython *self,
          Writer           *writer)
{
  StrataMakoLines out = { self->text, self->lines, 0 };

  strata_mako_lines_add (&out, 0, "from _strata_mako import pop as _mako_pop, push as _mako_push, text as _mako_text, "
                         "write as _mako_write");
  strata_mako_lines_add (&out, 0, "from _strata_mako_names import LoopStack as _mako_LoopStack, Namespace as _mako_Namespace, "
                         "STOP_RENDERING, UNDEFINED, context, filters as _mako_filters");
  strata_mako_lines_append (&out, &writer->module);
  declare_names (&out, &writer->body);
  strata_mako_lines_append (&out, &writer->body);
  strata_mako_lines_add (&out, 0, "_mako_body()");
}

gboolean
strata_mako_python_write (StrataMakoPython *self,
                          const char       *path,
                          GPtrArray        *parts,
                          GError          **error)
{
  Writer writer = {
    .path = path,
    .parts = parts,
    .texts = self->texts = g_ptr_array_new (),
    .module = { g_string_new (NULL), g_array_new (FALSE, FALSE, sizeof (guint)), 0 },
    .body = { g_string_new (NULL), g_array_new (FALSE, FALSE, sizeof (guint)), 0 },
    .controls = g_array_new (FALSE, FALSE, sizeof (Control)),
  };
  gboolean done;

  self->text = g_string_new (NULL);
  self->lines = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_set_clear_func (writer.controls, control_clear);
  strata_mako_lines_add (&writer.body, 0, "def _mako_body():");
  writer.body.indent = 1;
  strata_mako_lines_add (&writer.body, 0, "loop = _mako_loop = _mako_LoopStack()");
  done = write_range (&writer, 0, parts->len, error);
  if (done)
    assemble (self, &writer);

  g_string_free (writer.module.text, TRUE);
  g_array_unref (writer.module.lines);
  g_string_free (writer.body.text, TRUE);
  g_array_unref (writer.body.lines);
  g_array_unref (writer.controls);

  return done;
}

guint
strata_mako_python_get_line (const StrataMakoPython *self,
                             guint                   line)
{
  return line > 0 && line <= self->lines->len ? g_array_index (self->lines, guint, line - 1) : 0;
}

void
strata_mako_python_clear (StrataMakoPython *self)
{
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  g_clear_pointer (&self->lines, g_array_unref);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
}

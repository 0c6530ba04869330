/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/output.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/wrap.h"

static FILE *stream;          /* stdout, until a failure is told */
static gboolean show_styles;

/* Wide enough for the longest label, "Transactions". */
#define LABEL_WIDTH 13

static void
set_stream (FILE     *new_stream,
            gboolean  no_color)
{
  const char *wish = g_getenv ("NO_COLOR");

  stream = new_stream;
  show_styles = !no_color
                && (wish == NULL || *wish == '\0')
                && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0
                && isatty (fileno (stream));
}

void
strata_output_init (gboolean no_color)
{
  set_stream (stdout, no_color);
}

void
strata_output_to_stderr (gboolean no_color)
{
  fflush (stdout);
  set_stream (stderr, no_color);
}

static const char *
style_begin (StrataStyle style)
{
  static const char * const sequences[] = {
    [STRATA_STYLE_PLAIN] = "",
    [STRATA_STYLE_BOLD] = "\033[1m",
    [STRATA_STYLE_DIM] = "\033[2m",
    [STRATA_STYLE_GOOD] = "\033[32m",
    [STRATA_STYLE_WARN] = "\033[33m",
    [STRATA_STYLE_BAD] = "\033[31m",
  };

  return show_styles ? sequences[style] : "";
}

static const char *
style_end (StrataStyle style)
{
  return show_styles && style != STRATA_STYLE_PLAIN ? "\033[0m" : "";
}

void
strata_print (StrataStyle  style,
              const char  *format,
              ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  fprintf (stream, "%s%s%s", style_begin (style), text, style_end (style));
}

void
strata_print_fact (const char  *label,
                   StrataStyle  style,
                   const char  *format,
                   ...)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  lines = strata_wrap (text, STRATA_TEXT_WIDTH - LABEL_WIDTH - 1);
  for (guint i = 0; lines[i] != NULL; i++)
    fprintf (stream, "%s%-*s%s %s%s%s\n",
             style_begin (STRATA_STYLE_DIM), LABEL_WIDTH, i == 0 ? label : "", style_end (STRATA_STYLE_DIM),
             style_begin (style), lines[i], style_end (style));
}

void
strata_print_wrapped (StrataStyle  style,
                      guint        indent,
                      const char  *text)
{
  g_auto(GStrv) lines = strata_wrap (text, STRATA_TEXT_WIDTH - indent);

  for (guint i = 0; lines[i] != NULL; i++)
    fprintf (stream, "%*s%s%s%s\n", i == 0 ? 0 : (int) indent, "", style_begin (style), lines[i], style_end (style));
}

void
strata_warn (const char *format,
             ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  fflush (stdout);
  fprintf (stderr, "strata: %s\n", text);
}

void
strata_print_json (JsonBuilder *builder)
{
  g_autoptr(JsonGenerator) generator = json_generator_new ();
  g_autoptr(JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = NULL;

  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, NULL);
  fprintf (stdout, "%s\n", text);
}

/* A NULL value is JSON's null. */
void
strata_json_string (JsonBuilder *builder,
                    const char  *name,
                    const char  *value)
{
  json_builder_set_member_name (builder, name);
  if (value == NULL)
    json_builder_add_null_value (builder);
  else
    json_builder_add_string_value (builder, value);
}

void
strata_json_int (JsonBuilder *builder,
                 const char  *name,
                 gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

void
strata_json_bool (JsonBuilder *builder,
                  const char  *name,
                  gboolean     value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

/* NULL is the empty list. */
void
strata_json_strings (JsonBuilder        *builder,
                     const char         *name,
                     const char * const *values)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    json_builder_add_string_value (builder, values[i]);
  json_builder_end_array (builder);
}

char *
strata_shown_path (const char *path)
{
  g_autofree char *here = g_get_current_dir ();
  gsize length = strlen (here);

  if (length > 1 && g_str_has_prefix (path, here) && path[length] == '/' && path[length + 1] != '\0')
    return g_strdup (path + length + 1);

  return g_strdup (path);
}

char *
strata_moment (const char *timestamp)
{
  g_autoptr(GDateTime) moment = g_date_time_new_from_iso8601 (timestamp, NULL);
  g_autoptr(GDateTime) utc = moment != NULL ? g_date_time_to_utc (moment) : NULL;

  return utc != NULL ? g_date_time_format (utc, "%Y-%m-%d %H:%M:%SZ") : g_strdup (timestamp);
}

char *
strata_count (guint       n,
              const char *one,
              const char *many)
{
  return g_strdup_printf ("%u %s", n, n == 1 ? one : many);
}

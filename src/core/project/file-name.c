/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/file-name.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"

/* No template asks for more, and a mistyped one must not fill the memory. */
#define WIDEST 200

/* One "%(name)0W.Pd" of a template. */
typedef struct
{
  char     *name;
  gboolean  left;
  gboolean  zeros;
  gboolean  sign;
  guint     width;
  guint     precision;
  gboolean  has_precision;
  char      conversion;
} Field;

/* A value that a template may name: a text, or a number where the text is NULL. */
typedef struct
{
  const char *name;
  const char *text;
  gint64      number;
} Value;

static guint
read_number (const char **at)
{
  guint number = 0;

  for (; g_ascii_isdigit (**at); (*at)++)
    number = MIN (number * 10 + (**at - '0'), WIDEST);

  return number;
}

/* At stands behind the "%" and is moved behind the field; FALSE where it is not one. */
static gboolean
read_field (const char **at,
            Field       *field)
{
  const char *end = **at == '(' ? strchr (*at, ')') : NULL;

  if (end == NULL)
    return FALSE;

  field->name = g_strndup (*at + 1, end - *at - 1);
  for (*at = end + 1; **at != '\0' && strchr ("-0 +#", **at) != NULL; (*at)++)
    {
      field->left |= **at == '-';
      field->zeros |= **at == '0';
      field->sign |= **at == '+';
    }

  field->width = read_number (at);
  if (**at == '.')
    {
      (*at)++;
      field->has_precision = TRUE;
      field->precision = read_number (at);
    }

  field->conversion = **at;
  *at += **at != '\0';

  return field->conversion != '\0' && strchr ("dius", field->conversion) != NULL;
}

static void
append_padded (GString     *out,
               const Field *field,
               const char  *text,
               char         filler)
{
  gsize length = g_utf8_strlen (text, -1);

  for (gsize i = length; !field->left && i < field->width; i++)
    g_string_append_c (out, filler);
  g_string_append (out, text);
  for (gsize i = length; field->left && i < field->width; i++)
    g_string_append_c (out, ' ');
}

static void
append_number (GString     *out,
               const Field *field,
               gint64       number)
{
  gboolean zeros = field->zeros && !field->left;
  guint digits = field->has_precision ? field->precision : zeros ? field->width : 0;
  g_autofree char *text = g_strdup_printf ("%s%0*" G_GINT64_FORMAT, field->sign ? "+" : "", (int) digits, number);

  append_padded (out, field, text, ' ');
}

static gboolean
append_value (GString     *out,
              const Field *field,
              const Value *value)
{
  g_autofree char *text = NULL;

  if (field->conversion != 's' && value->text != NULL)
    return FALSE;

  if (field->conversion != 's')
    {
      append_number (out, field, value->number);
      return TRUE;
    }

  text = value->text != NULL ? g_strdup (value->text) : g_strdup_printf ("%" G_GINT64_FORMAT, value->number);
  if (field->has_precision && g_utf8_strlen (text, -1) > field->precision)
    *g_utf8_offset_to_pointer (text, field->precision) = '\0';
  append_padded (out, field, text, ' ');

  return TRUE;
}

static gboolean
append_field (GString      *out,
              const char  **at,
              const Value  *values,
              guint         n_values)
{
  Field field = { NULL };
  gboolean done = FALSE;

  if (read_field (at, &field))
    for (guint i = 0; !done && i < n_values; i++)
      if (g_str_equal (values[i].name, field.name))
        done = append_value (out, &field, &values[i]);

  g_free (field.name);

  return done;
}

char *
strata_file_name_format (const char  *file_template,
                         const char  *rev_id,
                         const char  *slug,
                         GDateTime   *created,
                         GError     **error)
{
  const Value values[] = {
    { "rev", rev_id, 0 },
    { "slug", slug, 0 },
    { "epoch", NULL, g_date_time_to_unix (created) },
    { "year", NULL, g_date_time_get_year (created) },
    { "month", NULL, g_date_time_get_month (created) },
    { "day", NULL, g_date_time_get_day_of_month (created) },
    { "hour", NULL, g_date_time_get_hour (created) },
    { "minute", NULL, g_date_time_get_minute (created) },
    { "second", NULL, g_date_time_get_second (created) },
  };
  g_autoptr(GString) name = g_string_new (NULL);
  const char *at = file_template;

  while (*at != '\0')
    {
      const char *start = at;

      if (*at != '%')
        g_string_append_c (name, *at++);
      else if (at[1] == '%')
        {
          g_string_append_c (name, '%');
          at += 2;
        }
      else
        {
          at++;
          if (append_field (name, &at, values, G_N_ELEMENTS (values)))
            continue;

          g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT,
                       _("The file_template “%s” was not understood at “%.20s”"), file_template, start);
          return NULL;
        }
    }

  return g_string_free (g_steal_pointer (&name), FALSE);
}

char *
strata_file_name_slug (const char *message,
                       guint       longest)
{
  g_autoptr(GString) slug = g_string_new (NULL);
  g_autofree char *lower = NULL;
  gboolean in_word = FALSE;
  char *cut;

  for (const char *at = message; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      gboolean is_word = g_unichar_isalnum (c) || c == '_';

      if (is_word && !in_word && slug->len > 0)
        g_string_append_c (slug, '_');
      if (is_word)
        g_string_append_unichar (slug, c);
      in_word = is_word;
    }

  lower = g_utf8_strdown (slug->str, -1);
  if (g_utf8_strlen (lower, -1) <= longest)
    return g_steal_pointer (&lower);

  *g_utf8_offset_to_pointer (lower, longest) = '\0';
  cut = strrchr (lower, '_');
  if (cut != NULL)
    *cut = '\0';

  return g_strconcat (lower, "_", NULL);
}

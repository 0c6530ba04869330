/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/library-datetime.h"

#include <string.h>

/* Dates as text: strftime(), strptime(), fromisoformat(). */

static const char * const months[] = {
  "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
};

static const char * const days[] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };

static gboolean
append_part (GString *out,
             Moment  *self,
             char     what)
{
  int year, month, day;
  int hour = self->rest / HOUR;

  strata_py_date_of (self->day, &year, &month, &day);
  switch (what)
    {
    case 'Y':
      g_string_append_printf (out, year < 1000 ? "%d" : "%04d", year);
      return year >= 1000;
    case 'y':
      g_string_append_printf (out, "%02d", year % 100);
      return TRUE;
    case 'm':
      g_string_append_printf (out, "%02d", month);
      return TRUE;
    case 'd':
      g_string_append_printf (out, "%02d", day);
      return TRUE;
    case 'H':
      g_string_append_printf (out, "%02d", hour);
      return TRUE;
    case 'I':
      g_string_append_printf (out, "%02d", hour % 12 == 0 ? 12 : hour % 12);
      return TRUE;
    case 'p':
      g_string_append (out, hour < 12 ? "AM" : "PM");
      return TRUE;
    case 'M':
      g_string_append_printf (out, "%02d", (int) (self->rest / (60 * SECOND) % 60));
      return TRUE;
    case 'S':
      g_string_append_printf (out, "%02d", (int) (self->rest / SECOND % 60));
      return TRUE;
    case 'f':
      g_string_append_printf (out, "%06d", (int) (self->rest % SECOND));
      return TRUE;
    case 'j':
      g_string_append_printf (out, "%03d", (int) (self->day - strata_py_day_of (year, 1, 1) + 1));
      return TRUE;
    case 'B':
      g_string_append (out, months[month - 1]);
      return TRUE;
    case 'b':
      g_string_append_len (out, months[month - 1], 3);
      return TRUE;
    case 'A':
      g_string_append (out, days[(self->day + 6) % 7]);
      return TRUE;
    case 'a':
      g_string_append_len (out, days[(self->day + 6) % 7], 3);
      return TRUE;
    case 'z':
      if (self->zone != NULL)
        strata_py_append_offset (out, self->zone->offset, "");
      return TRUE;
    case 'Z':
      return self->zone == NULL;
    case '%':
      g_string_append_c (out, '%');
      return TRUE;
    default:
      return FALSE;
    }
}

Value *
strata_py_format_moment (Machine    *py,
                         Moment     *self,
                         const char *format)
{
  g_autoptr(GString) out = g_string_new (NULL);
  Value *result;

  for (; *format != '\0'; format++)
    if (*format != '%')
      g_string_append_c (out, *format);
    else if (*++format == '\0' || !append_part (out, self, *format))
      return strata_py_refuse (py, "this format of strftime() is not known here");
  result = strata_py_string (py, out);

  return self->base.is_varying ? strata_py_vary (py, result) : result;
}

/* A number of at most so many digits. */
static gboolean
read_digits (const char **text,
             guint        at_least,
             guint        at_most,
             gint64      *number)
{
  guint n = 0;

  *number = 0;
  while (n < at_most && g_ascii_isdigit (**text))
    {
      *number = *number * 10 + *(*text)++ - '0';
      n++;
    }

  return n >= at_least;
}

static gboolean
read_fraction (const char **text,
               gint64      *number)
{
  guint n = 0;

  *number = 0;
  for (; n < 6 && g_ascii_isdigit (**text); n++)
    *number = *number * 10 + *(*text)++ - '0';
  for (guint i = n; i < 6; i++)
    *number *= 10;

  return n > 0;
}

/* "Z", "+02:00", "+0200" */
static gboolean
read_offset (Machine     *py,
             const char **text,
             Zone       **zone)
{
  Moments *all = strata_py_moments (py);
  gboolean is_negative = **text == '-';
  gint64 hours, minutes = 0;

  if (**text == 'Z')
    {
      (*text)++;
      *zone = (Zone *) all->utc;
      return TRUE;
    }
  if (**text != '+' && **text != '-')
    return FALSE;
  (*text)++;
  if (!read_digits (text, 2, 2, &hours))
    return FALSE;
  if (**text == ':')
    (*text)++;
  if (!read_digits (text, 2, 2, &minutes) || hours > 23 || minutes > 59)
    return FALSE;
  *zone = strata_py_host_object (py, all->zone, sizeof (Zone));
  (*zone)->offset = (hours * HOUR + minutes * 60 * SECOND) * (is_negative ? -1 : 1);
  if ((*zone)->offset == 0)
    *zone = (Zone *) all->utc;

  return TRUE;
}

static gboolean
is_valid (const gint64 *parts)
{
  return parts[0] >= 1 && parts[1] >= 1 && parts[1] <= 12 && parts[2] >= 1
         && parts[2] <= strata_py_days_in_month (parts[0], parts[1]) && parts[3] <= 23 && parts[4] <= 59 && parts[5] <= 59;
}

static Value *
from_parts (Machine      *py,
            Class        *class,
            const gint64 *parts,
            Zone         *zone)
{
  return strata_py_moment (py, class, strata_py_day_of (parts[0], parts[1], parts[2]),
                           parts[3] * HOUR + parts[4] * 60 * SECOND + parts[5] * SECOND + parts[6], zone);
}

static gpointer
no_match (Machine    *py,
          const char *text,
          const char *format)
{
  g_autoptr(GString) message = g_string_new ("time data ");

  strata_py_append_quoted (message, text, strlen (text), FALSE);
  g_string_append (message, " does not match format ");
  strata_py_append_quoted (message, format, strlen (format), FALSE);

  return strata_py_raise (py, "ValueError", "%s", message->str);
}

Value *
strata_py_parse_moment (Machine    *py,
                        const char *text,
                        const char *format)
{
  static const char letters[] = "YmdHMSf";
  gint64 parts[7] = { 1900, 1, 1, 0, 0, 0, 0 };
  const char *all_text = text;
  const char *all_format = format;
  Zone *zone = NULL;

  for (; *format != '\0'; format++)
    {
      const char *letter;
      guint which;

      if (*format != '%')
        {
          if (g_ascii_isspace (*format))
            return strata_py_refuse (py, "white space in a format of strptime() is not known here");
          if (*text++ != *format)
            return no_match (py, all_text, all_format);
          continue;
        }
      letter = *++format != '\0' ? strchr (letters, *format) : NULL;
      which = letter != NULL ? letter - letters : 0;
      if (*format == 'z')
        {
          if (!read_offset (py, &text, &zone))
            return no_match (py, all_text, all_format);
        }
      else if (letter == NULL)
        return strata_py_refuse (py, "this format of strptime() is not known here");
      else if (!(*letter == 'f' ? read_fraction (&text, &parts[which])
                                : read_digits (&text, which == 0 ? 4 : 1, which == 0 ? 4 : 2, &parts[which])))
        return no_match (py, all_text, all_format);
    }
  if (*text != '\0' || !is_valid (parts))
    return no_match (py, all_text, all_format);

  return from_parts (py, strata_py_moments (py)->datetime, parts, zone);
}

Value *
strata_py_parse_iso (Machine    *py,
                     Class      *class,
                     const char *text)
{
  gboolean is_date = class == strata_py_moments (py)->date;
  gint64 parts[7] = { 0 };
  const char *c = text;
  Zone *zone = NULL;
  gboolean fits = read_digits (&c, 4, 4, &parts[0]) && *c++ == '-' && read_digits (&c, 2, 2, &parts[1]) && *c++ == '-'
                  && read_digits (&c, 2, 2, &parts[2]);

  if (fits && !is_date && *c != '\0')
    {
      c = g_utf8_next_char (c);
      fits = read_digits (&c, 2, 2, &parts[3]) && *c++ == ':' && read_digits (&c, 2, 2, &parts[4]);
      if (fits && *c == ':')
        {
          c++;
          fits = read_digits (&c, 2, 2, &parts[5]);
          if (fits && *c == '.')
            {
              c++;
              fits = read_fraction (&c, &parts[6]);
            }
        }
      if (fits && *c != '\0')
        fits = read_offset (py, &c, &zone);
    }
  if (!fits || *c != '\0')
    return strata_py_refuse (py, "this form of an ISO date is not known here");
  if (!is_valid (parts))
    return strata_py_raise (py, "ValueError", "Invalid isoformat string: '%s'", text);

  return from_parts (py, class, parts, zone);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/base/number.h"

#define LARGEST_NEGATIVE ((guint64) G_MAXINT64 + 1)

gboolean
strata_number_parse_unsigned (const char *text,
                              guint64     least,
                              guint64     most,
                              guint64    *number)
{
  guint64 value = 0;

  if (*text == '\0')
    return FALSE;

  for (; *text != '\0'; text++)
    {
      guint64 digit = *text - '0';

      if (!g_ascii_isdigit (*text) || digit > most || value > (most - digit) / 10)
        return FALSE;
      value = value * 10 + digit;
    }

  if (value < least)
    return FALSE;
  if (number != NULL)
    *number = value;

  return TRUE;
}

gboolean
strata_number_parse_signed (const char *text,
                            gint64      least,
                            gint64      most,
                            gint64     *number)
{
  gboolean negative = *text == '-';
  const char *digits = text + (negative || *text == '+');
  guint64 size;
  gint64 value;

  if (!strata_number_parse_unsigned (digits, 0, negative ? LARGEST_NEGATIVE : G_MAXINT64, &size))
    return FALSE;

  value = !negative ? (gint64) size : size == LARGEST_NEGATIVE ? G_MININT64 : -(gint64) size;
  if (value < least || value > most)
    return FALSE;
  if (number != NULL)
    *number = value;

  return TRUE;
}

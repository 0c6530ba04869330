/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/base/duration.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"

static const struct
{
  const char *unit;
  double      milliseconds;
} units[] = {
  { "h", 60 * 60 * 1000 }, { "min", 60 * 1000 }, { "s", 1000 }, { "ms", 1 }, { "m", 60 * 1000 }, { "", 1000 },
};

/* A month: longer waits are typing mistakes, and milliseconds still fit the servers' settings. */
#define LONGEST_MS (31.0 * 24 * 60 * 60 * 1000 / 2)

gboolean
strata_duration_parse (const char  *text,
                       gint64      *milliseconds,
                       GError     **error)
{
  char *end = NULL;
  double number = g_ascii_strtod (text, &end);
  const char *unit = end + strspn (end, " ");

  for (guint i = 0; end != text && number >= 0 && i < G_N_ELEMENTS (units); i++)
    if (strcmp (unit, units[i].unit) == 0 && number * units[i].milliseconds <= LONGEST_MS)
      {
        *milliseconds = (gint64) (number * units[i].milliseconds);
        *milliseconds += (double) *milliseconds < number * units[i].milliseconds;
        return TRUE;
      }

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE,
               _("“%s” is not a time; write 5s, 500ms or 2min"), text);

  return FALSE;
}

char *
strata_duration_to_text (gint64 milliseconds)
{
  guint i = 0;

  while (milliseconds % (gint64) units[i].milliseconds != 0)
    i++;

  return milliseconds == 0 ? g_strdup ("0")
                           : g_strdup_printf ("%" G_GINT64_FORMAT " %s", milliseconds / (gint64) units[i].milliseconds,
                                              units[i].unit);
}

char *
strata_duration_format (gint64 microseconds)
{
  gint64 seconds = microseconds / G_USEC_PER_SEC;

  if (microseconds < 1000)
    return g_strdup ("under 1 ms");
  if (seconds < 1)
    return g_strdup_printf ("%d ms", (int) (microseconds / 1000));
  if (seconds < 60)
    return g_strdup_printf ("%.1f s", (double) microseconds / G_USEC_PER_SEC);

  return g_strdup_printf ("%d min %d s", (int) (seconds / 60), (int) (seconds % 60));
}

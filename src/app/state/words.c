/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/words.h"

#include <glib/gi18n.h>
#include <string.h>

char *
strata_words_dup_revision (const StrataRevision *revision)
{
  const char *message = strata_revision_get_message (revision);
  const char *id = strata_revision_get_id (revision);

  return *message != '\0' ? g_strdup_printf ("%s (%.12s)", message, id) : g_strdup (id);
}

char *
strata_words_dup_path (const char *path)
{
  const char *home = g_get_home_dir ();
  gsize length = strlen (home);

  if (length > 1 && strncmp (path, home, length) == 0 && path[length] == G_DIR_SEPARATOR)
    return g_strconcat ("~", path + length, NULL);

  return g_strdup (path);
}

char *
strata_words_dup_address (StrataUrl *url)
{
  const char *database = strata_url_get_database (url);

  if (strata_url_get_dialect (url) != STRATA_DIALECT_SQLITE || database == NULL || !g_path_is_absolute (database))
    return strata_url_to_string (url);

  return strata_words_dup_path (database);
}

char *
strata_words_dup_where (const StrataLostRevision *lost)
{
  g_autofree char *age = NULL;
  g_autofree char *refs = NULL;

  if (lost->commit == NULL)
    return g_strdup (_("in the ledger, as it was applied"));

  age = strata_words_dup_age (g_date_time_to_unix (lost->authored), g_get_real_time () / G_USEC_PER_SEC);
  refs = g_strjoinv (", ", lost->refs);
  if (*refs == '\0')
    /* Translators: a commit, who wrote it, and when. */
    return g_strdup_printf (_("in commit %.12s, on no branch any more, by %s, %s"), lost->commit, lost->author, age);

  /* Translators: names of branches and tags, who wrote it, and when. */
  return g_strdup_printf (_("on %s, by %s, %s"), refs, lost->author, age);
}

char *
strata_words_dup_age (gint64 then,
                      gint64 now)
{
  const gint64 age = MAX (now - then, 0);
  const gint64 minute = 60, hour = 60 * minute, day = 24 * hour;

  if (age < minute)
    return g_strdup (_("just now"));
  if (age < hour)
    return g_strdup_printf (ngettext ("%d minute ago", "%d minutes ago", age / minute), (int) (age / minute));
  if (age < day)
    return g_strdup_printf (ngettext ("%d hour ago", "%d hours ago", age / hour), (int) (age / hour));
  if (age < 2 * day)
    return g_strdup (_("yesterday"));
  if (age < 30 * day)
    return g_strdup_printf (ngettext ("%d day ago", "%d days ago", age / day), (int) (age / day));
  if (age < 365 * day)
    return g_strdup_printf (ngettext ("%d month ago", "%d months ago", age / (30 * day)), (int) (age / (30 * day)));

  return g_strdup_printf (ngettext ("%d year ago", "%d years ago", age / (365 * day)), (int) (age / (365 * day)));
}

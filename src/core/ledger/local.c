/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/ledger/local.h"

#include <string.h>

/* The same database whoever connects and with which driver; users and passwords are no part of it. */
static char *
describe_database (StrataUrl *url)
{
  const char *database = strata_url_get_database (url);
  const char *host = strata_url_get_host (url);

  if (strata_url_get_dialect (url) == STRATA_DIALECT_SQLITE)
    return database != NULL ? g_canonicalize_filename (database, NULL) : g_strdup (":memory:");

  if (host == NULL)
    host = strata_url_get_query (url, "host");

  return g_strdup_printf ("%s://%s:%u/%s", strata_dialect_get_name (strata_url_get_dialect (url)),
                          host != NULL ? host : "", strata_url_get_port (url), database != NULL ? database : "");
}

/* For a person who looks into the folder. */
static char *
make_slug (const char *project_key)
{
  g_autofree char *name = g_path_get_basename (project_key);

  g_strcanon (name, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_", '-');
  if (strlen (name) > 40)
    name[40] = '\0';

  return g_steal_pointer (&name);
}

char *
strata_ledger_local_path (const char *project_key,
                          StrataUrl  *database)
{
  g_autofree char *place = describe_database (database);
  g_autofree char *slug = make_slug (project_key);
  g_autofree char *both = g_strconcat (project_key, "\n", place, NULL);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, both, -1);
  g_autofree char *file = g_strdup_printf ("%s-%.16s.db", slug, hash);

  return g_build_filename (g_get_user_data_dir (), "strata", "ledger", file, NULL);
}

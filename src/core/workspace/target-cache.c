/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/target-cache.h"

#include <string.h>
#include <utime.h>

#include "core/base/cache-folder.h"
#include "core/ddl/ddl.h"

/* With each change of what a dump says. */
#define FORMAT "1"

static const StrataCacheFolder targets = { "targets", 64, 64 * 1024 * 1024 };

static char *
dup_name (const char *key)
{
  return g_strconcat (key, ".sql", NULL);
}

/* Each text ends, so that no two lists of texts are one. */
static void
add (GChecksum  *checksum,
     const char *text,
     gssize      length)
{
  g_checksum_update (checksum, (const guchar *) text, length);
  g_checksum_update (checksum, (const guchar *) "", 1);
}

char *
strata_target_cache_dup_key (GPtrArray           *texts,
                             const StrataPicture *database)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  add (checksum, PACKAGE_VERSION " " FORMAT, -1);
  add (checksum, strata_dialect_get_name (database->dialect), -1);
  add (checksum, database->server != NULL ? database->server : "", -1);
  add (checksum, database->has_privileges ? "privileges" : "", -1);
  add (checksum, database->default_schema != NULL ? database->default_schema : "", -1);
  for (guint i = 0; i < texts->len; i++)
    {
      const StrataDdlText *text = g_ptr_array_index (texts, i);

      add (checksum, text->name, -1);
      add (checksum, text->text, text->length);
    }

  return g_strdup (g_checksum_get_string (checksum));
}

/* Behind the heading, which says of whom it is. */
static const char *
skip_heading (const char *dump)
{
  while (g_str_has_prefix (dump, "--"))
    {
      const char *end = strchr (dump, '\n');

      dump = end != NULL ? end + 1 : dump + strlen (dump);
    }

  return dump;
}

static char *
dup_canonical (const StrataPicture *picture)
{
  const StrataDdlOptions options = { .has_sorted_columns = TRUE };
  g_autofree char *dump = strata_ddl_dump (picture, &options);

  return g_strdup (skip_heading (dump));
}

gboolean
strata_target_cache_is_same (const char          *key,
                             const StrataPicture *database)
{
  g_autofree char *name = dup_name (key);
  g_autofree char *path = strata_cache_folder_dup_path (&targets, name);
  g_autofree char *kept = NULL;
  g_autofree char *dump = NULL;

  if (!g_file_get_contents (path, &kept, NULL, NULL))
    return FALSE;

  utime (path, NULL);
  dump = dup_canonical (database);

  return strcmp (kept, dump) == 0;
}

/* What is loaded from a dump is dumped as the same text: that needs no proof each time. */
gboolean
strata_target_is_dump (GPtrArray           *texts,
                       const StrataPicture *database)
{
  const StrataDdlText *text = texts->len == 1 ? g_ptr_array_index (texts, 0) : NULL;
  g_autofree char *dump = NULL;

  if (text == NULL)
    return FALSE;

  dump = strata_ddl_dump (database, NULL);

  return strcmp (skip_heading (text->text), skip_heading (dump)) == 0;
}

void
strata_target_cache_keep (const char          *key,
                          const StrataPicture *target)
{
  g_autofree char *name = dup_name (key);
  g_autofree char *dump = dup_canonical (target);

  strata_cache_folder_keep (&targets, name, dump, strlen (dump));
}

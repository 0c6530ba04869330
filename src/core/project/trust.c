/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/trust.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/project/kept-file.h"

/* A consent is a group named by the hash of what it is for; the words beside it are for people who look into the file,
 * with passwords masked. [project] says whose file it is. */
#define PROJECT_GROUP "project"

typedef struct
{
  char           *project;   /* the real path */
  StrataKeptFile  kept;
} Store;

static void
store_clear (Store *store)
{
  g_free (store->project);
  strata_kept_file_clear (&store->kept);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Store, store_clear)

static char *
make_path (const char *project)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, project, -1);
  g_autofree char *slug = g_path_get_basename (project);
  g_autofree char *name = NULL;

  g_strcanon (slug, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_", '-');
  name = g_strdup_printf ("%.40s-%.16s.ini", slug, hash);

  return g_build_filename (g_get_user_data_dir (), "strata", "trust", name, NULL);
}

static char *
make_group (StrataProjectCommand *command)
{
  const char * const *arguments = strata_project_command_get_arguments (command);
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  const char *purpose = strata_command_purpose_get_name (strata_project_command_get_purpose (command));
  const char *folder = strata_project_command_get_folder (command);

  /* With the NUL behind each, so that no two lists are one text. */
  g_checksum_update (checksum, (const guchar *) purpose, strlen (purpose) + 1);
  g_checksum_update (checksum, (const guchar *) folder, strlen (folder) + 1);
  for (guint i = 0; arguments[i] != NULL; i++)
    g_checksum_update (checksum, (const guchar *) arguments[i], strlen (arguments[i]) + 1);

  return g_strdup (g_checksum_get_string (checksum));
}

/* TRUE also where there is no file. */
static gboolean
check_owner (const char  *path,
             GError     **error)
{
  struct stat info;

  if (stat (path, &info) < 0 || (info.st_uid == geteuid () && (info.st_mode & (S_IWGRP | S_IWOTH)) == 0))
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT,
               _("“%s”, where consent is kept, belongs to another user or can be written by others: it is not believed."
                 " Remove it, and give consent anew"), path);

  return FALSE;
}

static gboolean
store_open (Store       *store,
            const char  *project,
            gboolean     to_change,
            GError     **error)
{
  char *real = realpath (project, NULL);

  store->project = g_strdup (real != NULL ? real : project);
  free (real);

  return strata_kept_file_open (&store->kept, make_path (store->project), _("consent"), to_change, error)
         && check_owner (store->kept.path, error);
}

gboolean
strata_trust_has (const char            *project,
                  StrataProjectCommand  *command,
                  gboolean              *trusted,
                  GError               **error)
{
  g_auto(Store) store = { .kept = STRATA_KEPT_FILE_INIT };
  g_autofree char *group = make_group (command);

  *trusted = FALSE;
  if (!store_open (&store, project, FALSE, error))
    return FALSE;

  *trusted = g_key_file_has_group (store.kept.file, group);

  return TRUE;
}

gboolean
strata_trust_require (const char            *project,
                      StrataProjectCommand  *command,
                      GError               **error)
{
  g_autofree char *text = strata_project_command_to_string (command);
  gboolean trusted;

  if (!strata_trust_has (project, command, &trusted, error))
    return FALSE;

  if (!trusted)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_NEEDS_CONSENT,
                 _("This project wants to run “%s” (%s), and that was not agreed to. “strata trust” shows it and gives"
                   " consent; --trust does so for one call, say in CI"), text,
                 strata_project_command_get_reason (command));

  return trusted;
}

static void
add_consent (Store                *store,
             StrataProjectCommand *command)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *given = g_date_time_format (now, "%Y-%m-%d %H:%M:%S+00:00");
  g_autofree char *group = make_group (command);
  g_autofree char *text = strata_project_command_to_string (command);
  g_autofree char *folder = g_filename_display_name (strata_project_command_get_folder (command));

  g_key_file_set_string (store->kept.file, group, "purpose",
                         strata_command_purpose_get_name (strata_project_command_get_purpose (command)));
  g_key_file_set_string (store->kept.file, group, "command", text);
  g_key_file_set_string (store->kept.file, group, "folder", folder);
  g_key_file_set_string (store->kept.file, group, "given", given);
}

gboolean
strata_trust_give (const char  *project,
                   GPtrArray   *commands,
                   GError     **error)
{
  g_auto(Store) store = { .kept = STRATA_KEPT_FILE_INIT };
  g_autofree char *shown = NULL;

  if (!store_open (&store, project, TRUE, error))
    return FALSE;

  shown = g_filename_display_name (store.project);
  g_key_file_set_string (store.kept.file, PROJECT_GROUP, "path", shown);
  for (guint i = 0; i < commands->len; i++)
    add_consent (&store, g_ptr_array_index (commands, i));

  return strata_kept_file_save (&store.kept, error);
}

gboolean
strata_trust_revoke (const char  *project,
                     guint       *n_revoked,
                     GError     **error)
{
  g_auto(Store) store = { .kept = STRATA_KEPT_FILE_INIT };
  g_auto(GStrv) groups = NULL;
  guint n = 0;

  if (!store_open (&store, project, TRUE, error))
    return FALSE;

  groups = g_key_file_get_groups (store.kept.file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    n += strcmp (groups[i], PROJECT_GROUP) != 0;

  if (n_revoked != NULL)
    *n_revoked = n;

  if (unlink (store.kept.path) == 0 || errno == ENOENT)
    return TRUE;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), _("Cannot remove “%s”: %s"), store.kept.path,
               g_strerror (errno));

  return FALSE;
}

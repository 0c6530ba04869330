/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/git/private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"

gboolean
strata_git_fail (GError     **error,
                 const char  *what)
{
  const git_error *last = git_error_last ();
  g_autofree char *words = strata_git_dup_text (last != NULL ? last->message : _("no reason given"));

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_FAILED, "%s: %s", what, words);
  return FALSE;
}

/* Names and messages in a repository are bytes. */
char *
strata_git_dup_text (const char *text)
{
  return g_utf8_make_valid (text != NULL ? text : "", -1);
}

GDateTime *
strata_git_dup_time (git_commit *commit)
{
  const git_signature *author = git_commit_author (commit);
  g_autoptr(GTimeZone) zone = g_time_zone_new_offset (author->when.offset * 60);
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (author->when.time);

  return utc != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_new_from_unix_utc (0);
}

char *
strata_git_dup_id (git_commit *commit)
{
  char hex[GIT_OID_HEXSZ + 1];

  return g_strdup (git_oid_tostr (hex, sizeof hex, git_commit_id (commit)));
}

gboolean
strata_git_lookup_path (git_commit *commit,
                        const char *path,
                        git_oid    *id)
{
  g_autoptr(git_tree) tree = NULL;
  g_autoptr(git_tree_entry) entry = NULL;

  if (*path == '\0')
    {
      git_oid_cpy (id, git_commit_tree_id (commit));
      return TRUE;
    }

  if (git_commit_tree (&tree, commit) < 0 || git_tree_entry_bypath (&entry, tree, path) < 0)
    return FALSE;

  git_oid_cpy (id, git_tree_entry_id (entry));
  return TRUE;
}

/* Most commits leave the folder alone, and its id is cheaper to find than that of a file in it. */
static gboolean
has_same (git_commit    *commit,
          const char    *folder,
          const git_oid *folder_id,
          const char    *path,
          const git_oid *id)
{
  git_oid other;

  if (strata_git_lookup_path (commit, folder, &other) && git_oid_equal (&other, folder_id))
    return TRUE;

  return strata_git_lookup_path (commit, path, &other) && git_oid_equal (&other, id);
}

static git_commit *
find_same_parent (git_commit    *commit,
                  const char    *folder,
                  const char    *path,
                  const git_oid *id)
{
  git_oid folder_id = { 0 };

  strata_git_lookup_path (commit, folder, &folder_id);

  for (guint i = 0; i < git_commit_parentcount (commit); i++)
    {
      g_autoptr(git_commit) parent = NULL;

      /* A parent that is not there is where a shallow clone ends. */
      if (git_commit_parent (&parent, commit, i) == 0 && has_same (parent, folder, &folder_id, path, id))
        return g_steal_pointer (&parent);
    }

  return NULL;
}

git_commit *
strata_git_follow (git_commit    *commit,
                   const char    *path,
                   const git_oid *id,
                   GCancellable  *cancellable)
{
  const char *slash = strrchr (path, '/');
  g_autofree char *folder = slash != NULL ? g_strndup (path, slash - path) : g_strdup ("");
  git_commit *here;
  git_commit *parent;

  git_commit_dup (&here, commit);

  while (!g_cancellable_is_cancelled (cancellable) &&
         (parent = find_same_parent (here, folder, path, id)) != NULL)
    {
      git_commit_free (here);
      here = parent;
    }

  return here;
}

guint
strata_git_id_hash (gconstpointer id)
{
  guint hash;

  memcpy (&hash, ((const git_oid *) id)->id, sizeof hash);
  return hash;
}

gboolean
strata_git_id_equal (gconstpointer a,
                     gconstpointer b)
{
  return git_oid_equal (a, b);
}

git_oid *
strata_git_id_copy (const git_oid *id)
{
  return g_memdup2 (id, sizeof *id);
}

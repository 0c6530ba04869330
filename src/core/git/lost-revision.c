/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/git/lost-revision.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/git/commit-walk.h"
#include "core/git/tips.h"

/* No revision that people write comes near this. */
#define LARGEST_BLOB (4 * 1024 * 1024)

/* A blob whose header says the id, and where it was met first. */
typedef struct
{
  git_oid         id;
  char           *path;
  StrataRevision *revision;
  git_commit     *commit;
} Match;

typedef struct
{
  StrataRepository *repository;     /* borrowed, as are the next four */
  const char       *id;
  StrataReadHeader  read_header;
  gpointer          data;
  GCancellable     *cancellable;
  gint64            deadline;       /* monotonic; G_MAXINT64: none */

  GPtrArray        *folders;        /* char, owned: from the root */
  GPtrArray        *last_trees;     /* git_tree, owned: of each folder the one that was examined last, or NULL */
  GHashTable       *seen;           /* set of git_oid, owned: trees and blobs that were examined */
  GPtrArray        *matches;        /* Match, owned */
} Search;

static void
match_free (gpointer data)
{
  Match *match = data;

  g_free (match->path);
  strata_revision_unref (match->revision);
  git_commit_free (match->commit);
  g_free (match);
}

static void
search_clear (Search *search)
{
  g_clear_pointer (&search->folders, g_ptr_array_unref);
  g_clear_pointer (&search->last_trees, g_ptr_array_unref);
  g_clear_pointer (&search->seen, g_hash_table_unref);
  g_clear_pointer (&search->matches, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

void
strata_lost_revision_free (StrataLostRevision *lost)
{
  strata_revision_unref (lost->revision);
  g_free (lost->path);
  g_free (lost->text);
  g_free (lost->commit);
  g_free (lost->author);
  g_clear_pointer (&lost->authored, g_date_time_unref);
  g_strfreev (lost->refs);
  g_free (lost);
}

static gboolean
is_first_time (Search        *search,
               const git_oid *id)
{
  if (g_hash_table_contains (search->seen, id))
    return FALSE;

  g_hash_table_add (search->seen, strata_git_id_copy (id));
  return TRUE;
}

static void examine_folder (Search               *search,
                            const git_oid        *id,
                            const git_tree_entry *examined,
                            const char           *path,
                            git_commit           *commit);

static void
examine_blob (Search        *search,
              const git_oid *id,
              const char    *path,
              git_commit    *commit)
{
  g_autoptr(git_blob) blob = NULL;
  g_autoptr(StrataRevision) revision = NULL;
  g_autofree char *text = NULL;
  g_autofree char *place = NULL;
  gsize length;
  Match *match;

  if (!is_first_time (search, id) ||
      git_blob_lookup (&blob, search->repository->git, id) < 0 ||
      git_blob_rawsize (blob) > LARGEST_BLOB)
    return;

  /* Reading a header costs more than finding out that the id is nowhere in the text. */
  length = git_blob_rawsize (blob);
  if (memmem (git_blob_rawcontent (blob), length, search->id, strlen (search->id)) == NULL)
    return;

  text = g_strndup (git_blob_rawcontent (blob), length);
  place = g_build_filename (search->repository->root, path, NULL);
  revision = search->read_header (place, text, length, search->data);
  if (revision == NULL || strcmp (strata_revision_get_id (revision), search->id) != 0)
    return;

  match = g_new0 (Match, 1);
  git_oid_cpy (&match->id, id);
  match->path = g_strdup (path);
  match->revision = g_steal_pointer (&revision);
  git_commit_dup (&match->commit, commit);
  g_ptr_array_add (search->matches, match);
}

/* Every blob of a tree that is not in another one (or NULL), whose blobs have all been examined. Entries of trees are
 * sorted, so one walk through both finds the differences: a history of many small changes to a large folder stays cheap. */
static void
examine_tree (Search     *search,
              git_tree   *tree,
              git_tree   *examined,
              const char *path,
              git_commit *commit)
{
  gsize n_examined = examined != NULL ? git_tree_entrycount (examined) : 0;
  gsize j = 0;

  for (gsize i = 0; i < git_tree_entrycount (tree); i++)
    {
      const git_tree_entry *entry = git_tree_entry_byindex (tree, i);
      const git_oid *id = git_tree_entry_id (entry);
      const git_tree_entry *twin = NULL;
      g_autofree char *name = NULL;
      int order = -1;

      while (j < n_examined &&
             (order = git_tree_entry_cmp (git_tree_entry_byindex (examined, j), entry)) < 0)
        j++;
      if (j < n_examined && order == 0)
        twin = git_tree_entry_byindex (examined, j);
      if (twin != NULL && git_oid_equal (git_tree_entry_id (twin), id))
        continue;

      name = g_build_filename (path, git_tree_entry_name (entry), NULL);
      if (git_tree_entry_type (entry) == GIT_OBJECT_BLOB)
        examine_blob (search, id, name, commit);
      else if (git_tree_entry_type (entry) == GIT_OBJECT_TREE)
        examine_folder (search, id, twin, name, commit);
    }
}

static void
examine_folder (Search               *search,
                const git_oid        *id,
                const git_tree_entry *examined,
                const char           *path,
                git_commit           *commit)
{
  git_repository *git = search->repository->git;
  g_autoptr(git_tree) tree = NULL;
  g_autoptr(git_tree) other = NULL;

  if (!is_first_time (search, id) || git_tree_lookup (&tree, git, id) < 0)
    return;

  if (examined != NULL && git_tree_entry_type (examined) == GIT_OBJECT_TREE)
    git_tree_lookup (&other, git, git_tree_entry_id (examined));

  examine_tree (search, tree, other, path, commit);
}

static void
examine_commit (Search     *search,
                git_commit *commit)
{
  for (guint i = 0; i < search->folders->len; i++)
    {
      const char *folder = g_ptr_array_index (search->folders, i);
      git_tree *last = g_ptr_array_index (search->last_trees, i);
      git_tree *tree;
      git_oid id;

      if (!strata_git_lookup_path (commit, folder, &id) ||
          !is_first_time (search, &id) ||
          git_tree_lookup (&tree, search->repository->git, &id) < 0)
        continue;

      examine_tree (search, tree, last, folder, commit);
      git_tree_free (last);
      search->last_trees->pdata[i] = tree;
    }
}

static gboolean
may_go_on (Search      *search,
           git_commit  *commit,
           GError     **error)
{
  if (g_cancellable_set_error_if_cancelled (search->cancellable, error))
    return FALSE;

  if (g_get_monotonic_time () > search->deadline)
    {
      g_autoptr(GDateTime) when = strata_git_dup_time (commit);
      g_autofree char *date = g_date_time_format (when, "%F");

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                   _("Revision %s was not found in the commits since %s; older ones were not looked through"),
                   search->id, date);
      return FALSE;
    }

  return TRUE;
}

static gboolean
search_tips (Search     *search,
             GPtrArray  *tips,
             GError    **error)
{
  for (guint i = 0; i < tips->len; i++)
    {
      StrataTip *tip = g_ptr_array_index (tips, i);

      if (!may_go_on (search, tip->commit, error))
        return FALSE;
      examine_commit (search, tip->commit);
    }

  return TRUE;
}

static gboolean
search_history (Search     *search,
                GPtrArray  *tips,
                GError    **error)
{
  g_autoptr(StrataCommitWalk) walk = strata_commit_walk_new (search->repository->git);
  g_autoptr(GPtrArray) left_behind = strata_git_list_history (search->repository->git);
  git_commit *next;

  for (guint i = 0; i < tips->len; i++)
    strata_commit_walk_push (walk, git_commit_id (((StrataTip *) g_ptr_array_index (tips, i))->commit));
  for (guint i = 0; i < left_behind->len; i++)
    strata_commit_walk_push (walk, g_ptr_array_index (left_behind, i));

  while (search->matches->len == 0 && (next = strata_commit_walk_next (walk)) != NULL)
    {
      g_autoptr(git_commit) commit = next;

      if (!may_go_on (search, commit, error))
        return FALSE;
      examine_commit (search, commit);
    }

  return TRUE;
}

static GStrv
list_refs (const Match *match,
           GPtrArray   *tips)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < tips->len; i++)
    {
      StrataTip *tip = g_ptr_array_index (tips, i);
      git_oid id;

      if (strata_git_lookup_path (tip->commit, match->path, &id) && git_oid_equal (&id, &match->id))
        g_strv_builder_add (builder, tip->name);
    }

  return g_strv_builder_end (builder);
}

static StrataLostRevision *
describe (Search      *search,
          const Match *match,
          GPtrArray   *tips)
{
  StrataLostRevision *lost = g_new0 (StrataLostRevision, 1);
  g_autoptr(git_commit) author = strata_git_follow (match->commit, match->path, &match->id, search->cancellable);
  g_autoptr(git_blob) blob = NULL;

  /* It was read before. */
  git_blob_lookup (&blob, search->repository->git, &match->id);

  lost->revision = strata_revision_ref (match->revision);
  lost->path = g_strdup (match->path);
  lost->length = git_blob_rawsize (blob);
  lost->text = g_strndup (git_blob_rawcontent (blob), lost->length);
  lost->commit = strata_git_dup_id (author);
  lost->author = strata_git_dup_text (git_commit_author (author)->name);
  lost->authored = strata_git_dup_time (author);
  lost->refs = list_refs (match, tips);

  return lost;
}

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  const StrataLostRevision *lost_a = *(StrataLostRevision * const *) a;
  const StrataLostRevision *lost_b = *(StrataLostRevision * const *) b;
  int order = g_date_time_compare (lost_b->authored, lost_a->authored);

  return order != 0 ? order : strcmp (lost_a->commit, lost_b->commit);
}

/* The folders seen from the root; those that lie outside are left out. */
static GPtrArray *
relative_folders (StrataRepository   *repository,
                  const char * const *folders)
{
  GPtrArray *relative = g_ptr_array_new_with_free_func (g_free);

  for (; *folders != NULL; folders++)
    {
      char *path = strata_repository_relative (repository, *folders);

      if (path != NULL)
        g_ptr_array_add (relative, path);
    }

  return relative;
}

GPtrArray *
strata_repository_find_revision (StrataRepository    *self,
                                 const char          *id,
                                 const char * const  *folders,
                                 guint                max_seconds,
                                 StrataReadHeader     read_header,
                                 gpointer             data,
                                 GCancellable        *cancellable,
                                 GError             **error)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_lost_revision_free);
  g_autoptr(GPtrArray) tips = NULL;
  g_auto(Search) search = {
    .repository = self,
    .id = id,
    .read_header = read_header,
    .data = data,
    .cancellable = cancellable,
    .deadline = max_seconds == 0 ? G_MAXINT64 : g_get_monotonic_time () + max_seconds * G_USEC_PER_SEC,
  };

  g_return_val_if_fail (self != NULL && id != NULL && folders != NULL && read_header != NULL, NULL);

  tips = strata_git_list_tips (self->git);
  search.folders = relative_folders (self, folders);
  search.last_trees = g_ptr_array_new_with_free_func ((GDestroyNotify) git_tree_free);
  g_ptr_array_set_size (search.last_trees, search.folders->len);
  search.seen = g_hash_table_new_full (strata_git_id_hash, strata_git_id_equal, g_free, NULL);
  search.matches = g_ptr_array_new_with_free_func (match_free);

  if (!search_tips (&search, tips, error))
    return NULL;
  if (search.matches->len == 0 && !search_history (&search, tips, error))
    return NULL;

  for (guint i = 0; i < search.matches->len; i++)
    g_ptr_array_add (found, describe (&search, g_ptr_array_index (search.matches, i), tips));
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  g_ptr_array_sort (found, compare_newest_first);
  return g_steal_pointer (&found);
}

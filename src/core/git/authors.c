/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/git/commit-walk.h"

#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (git_diff, git_diff_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (git_status_list, git_status_list_free)

typedef struct
{
  StrataRepository *repository;
  GPtrArray        *folders;      /* absolute, as they were given */
  GPtrArray        *relative;     /* the same seen from the root */
  GHashTable       *authors;      /* absolute path -> StrataAuthorship */
  guint             n_unknown;    /* of HEAD's files, those whose commit was not met yet */
} Search;

void
strata_authorship_free (StrataAuthorship *authorship)
{
  g_free (authorship->author);
  g_free (authorship);
}

static void
search_clear (Search *search)
{
  g_clear_pointer (&search->folders, g_ptr_array_unref);
  g_clear_pointer (&search->relative, g_ptr_array_unref);
  g_clear_pointer (&search->authors, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

/* Files are named as the caller's folders are, which may lead through links. */
static char *
dup_absolute (const Search *search,
              const char   *path)
{
  for (guint i = 0; i < search->relative->len; i++)
    {
      const char *folder = g_ptr_array_index (search->relative, i);
      gsize length = strlen (folder);

      if (length == 0)
        return g_build_filename (g_ptr_array_index (search->folders, i), path, NULL);
      if (g_str_has_prefix (path, folder) && path[length] == '/')
        return g_build_filename (g_ptr_array_index (search->folders, i), path + length + 1, NULL);
    }

  return NULL;
}

/* Whether anything below the folders differs: cheaper than comparing the trees. */
static gboolean
differ (const Search *search,
        git_commit   *commit,
        git_commit   *parent)
{
  for (guint i = 0; i < search->relative->len; i++)
    {
      git_oid ours, theirs;
      gboolean have = strata_git_lookup_path (commit, g_ptr_array_index (search->relative, i), &ours);
      gboolean had = parent != NULL && strata_git_lookup_path (parent, g_ptr_array_index (search->relative, i), &theirs);

      if (have && (!had || !git_oid_equal (&ours, &theirs)))
        return TRUE;
    }

  return FALSE;
}

/* What a commit has below the folders and its parent (NULL: nothing) has not. */
static git_diff *
compare (const Search *search,
         git_commit   *commit,
         git_commit   *parent)
{
  g_autoptr(git_tree) tree = NULL;
  g_autoptr(git_tree) parent_tree = NULL;
  git_diff_options options = GIT_DIFF_OPTIONS_INIT;
  git_diff *diff = NULL;

  if (git_commit_tree (&tree, commit) < 0 || (parent != NULL && git_commit_tree (&parent_tree, parent) < 0))
    return NULL;

  options.flags = GIT_DIFF_DISABLE_PATHSPEC_MATCH | GIT_DIFF_SKIP_BINARY_CHECK;
  options.pathspec.strings = (char **) search->relative->pdata;
  options.pathspec.count = strcmp (g_ptr_array_index (search->relative, 0), "") == 0 ? 0 : search->relative->len;
  if (git_diff_tree_to_tree (&diff, search->repository->git, parent_tree, tree, &options) < 0)
    return NULL;

  return diff;
}

static void
list_files (Search     *search,
            git_commit *head)
{
  g_autoptr(git_diff) diff = compare (search, head, NULL);

  for (gsize i = 0; diff != NULL && i < git_diff_num_deltas (diff); i++)
    {
      char *path = dup_absolute (search, git_diff_get_delta (diff, i)->new_file.path);

      if (path != NULL && g_hash_table_insert (search->authors, path, g_new0 (StrataAuthorship, 1)))
        search->n_unknown++;
    }
}

/* The newest commit that brought a file is the one that counts: the walk meets it first. */
static void
note_author (Search     *search,
             const char *relative,
             git_commit *commit)
{
  g_autofree char *path = dup_absolute (search, relative);
  StrataAuthorship *authorship = path != NULL ? g_hash_table_lookup (search->authors, path) : NULL;

  if (authorship == NULL || authorship->author != NULL)
    return;

  authorship->author = strata_git_dup_text (git_commit_author (commit)->name);
  authorship->added = git_commit_author (commit)->when.time;
  search->n_unknown--;
}

/* Who merges a branch has not written what is on it. */
static void
look_at (Search     *search,
         git_commit *commit)
{
  g_autoptr(git_commit) parent = NULL;
  g_autoptr(git_diff) diff = NULL;

  if (git_commit_parentcount (commit) > 1)
    return;
  /* The edge of a shallow clone has a parent that is not there: what it has, it brought. */
  if (git_commit_parentcount (commit) == 1)
    git_commit_parent (&parent, commit, 0);
  if (!differ (search, commit, parent))
    return;

  diff = compare (search, commit, parent);
  for (gsize i = 0; diff != NULL && i < git_diff_num_deltas (diff); i++)
    if (git_diff_get_delta (diff, i)->status == GIT_DELTA_ADDED)
      note_author (search, git_diff_get_delta (diff, i)->new_file.path, commit);
}

static void
mark_uncommitted (Search *search)
{
  git_status_options options = GIT_STATUS_OPTIONS_INIT;
  g_autoptr(git_status_list) list = NULL;

  options.show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR;
  options.flags = GIT_STATUS_OPT_INCLUDE_UNTRACKED | GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS
                  | GIT_STATUS_OPT_DISABLE_PATHSPEC_MATCH;
  options.pathspec.strings = (char **) search->relative->pdata;
  options.pathspec.count = strcmp (g_ptr_array_index (search->relative, 0), "") == 0 ? 0 : search->relative->len;
  if (git_status_list_new (&list, search->repository->git, &options) < 0)
    return;

  for (gsize i = 0; i < git_status_list_entrycount (list); i++)
    {
      const git_status_entry *entry = git_status_byindex (list, i);
      const git_diff_delta *delta = entry->index_to_workdir != NULL ? entry->index_to_workdir : entry->head_to_index;
      g_autofree char *path = dup_absolute (search, delta->new_file.path);
      StrataAuthorship *authorship;

      if (path == NULL)
        continue;

      authorship = g_hash_table_lookup (search->authors, path);
      if (authorship == NULL)
        {
          authorship = g_new0 (StrataAuthorship, 1);
          g_hash_table_insert (search->authors, g_steal_pointer (&path), authorship);
        }
      authorship->uncommitted = TRUE;
    }
}

static void
add_folders (Search             *search,
             const char * const *folders)
{
  search->folders = g_ptr_array_new_with_free_func (g_free);
  search->relative = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; folders[i] != NULL; i++)
    {
      char *relative = strata_repository_relative (search->repository, folders[i]);

      if (relative == NULL)
        continue;

      g_ptr_array_add (search->folders, g_strdup (folders[i]));
      g_ptr_array_add (search->relative, relative);
    }
}

GHashTable *
strata_repository_read_authors (StrataRepository    *self,
                                const char * const  *folders,
                                GCancellable        *cancellable,
                                GError             **error)
{
  g_auto(Search) search = { .repository = self };
  g_autoptr(git_object) head = NULL;
  g_autoptr(StrataCommitWalk) walk = NULL;

  g_return_val_if_fail (self != NULL && folders != NULL, NULL);

  search.authors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) strata_authorship_free);
  add_folders (&search, folders);
  if (search.relative->len == 0)
    return g_steal_pointer (&search.authors);

  if (git_revparse_single (&head, self->git, "HEAD^{commit}") == 0)
    {
      list_files (&search, (git_commit *) head);
      walk = strata_commit_walk_new (self->git);
      strata_commit_walk_push (walk, git_object_id (head));
    }

  while (walk != NULL && search.n_unknown > 0)
    {
      g_autoptr(git_commit) commit = strata_commit_walk_next (walk);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (commit == NULL)
        break;
      look_at (&search, commit);
    }

  mark_uncommitted (&search);

  return g_steal_pointer (&search.authors);
}

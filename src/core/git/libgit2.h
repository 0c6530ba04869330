/* SPDX-License-Identifier: GPL-3.0-or-later */

/* libgit2, which brings a dozen libraries along for what Strata never does, as to fetch: it is loaded with the first
 * repository. */

#pragma once

#include <git2.h>

#include "core/base/library.h"

G_BEGIN_DECLS

#define STRATA_LIBGIT2_FUNCTIONS(f) \
  f (git_blob_free) f (git_blob_lookup) f (git_blob_rawcontent) f (git_blob_rawsize) f (git_commit_author) \
  f (git_commit_dup) f (git_commit_free) f (git_commit_id) f (git_commit_lookup) f (git_commit_parent) \
  f (git_commit_parent_id) f (git_commit_parentcount) f (git_commit_time) f (git_commit_tree) f (git_commit_tree_id) \
  f (git_diff_free) f (git_diff_get_delta) f (git_diff_num_deltas) f (git_diff_tree_to_tree) f (git_error_last) \
  f (git_libgit2_init) f (git_libgit2_opts) f (git_libgit2_shutdown) f (git_object_free) f (git_object_id) \
  f (git_oid_cmp) f (git_oid_cpy) f (git_oid_equal) f (git_oid_tostr) f (git_reference_free) \
  f (git_reference_is_branch) f (git_reference_is_remote) f (git_reference_is_tag) f (git_reference_iterator_free) \
  f (git_reference_iterator_new) f (git_reference_lookup) f (git_reference_name) f (git_reference_next) \
  f (git_reference_peel) f (git_reference_shorthand) f (git_reference_symbolic_target) f (git_reference_type) \
  f (git_reflog_entry_byindex) f (git_reflog_entry_id_new) f (git_reflog_entrycount) f (git_reflog_free) \
  f (git_reflog_read) f (git_repository_free) f (git_repository_head) f (git_repository_open_ext) \
  f (git_repository_path) f (git_repository_workdir) f (git_revparse_single) f (git_status_byindex) \
  f (git_status_list_entrycount) f (git_status_list_free) f (git_status_list_new) f (git_tree_entry_byindex) \
  f (git_tree_entry_bypath) f (git_tree_entry_cmp) f (git_tree_entry_free) f (git_tree_entry_id) \
  f (git_tree_entry_name) f (git_tree_entry_type) f (git_tree_entrycount) f (git_tree_free) f (git_tree_lookup)

typedef struct
{
  STRATA_LIBGIT2_FUNCTIONS (STRATA_LIBRARY_MEMBER)
} StrataLibgit2;

extern StrataLibgit2 strata_libgit2;

gboolean strata_libgit2_load (GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/git/repository.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "core/git/private.h"

/* Whoever owns the files, they are only read, and libgit2 runs no program that a repository names: the check that
 * guards git's hooks would only keep containers and sudo from seeing their own project. */
static void
start_libgit2 (void)
{
  git_libgit2_init ();
  git_libgit2_opts (GIT_OPT_SET_OWNER_VALIDATION, 0);
}

StrataRepository *
strata_repository_open (const char  *folder,
                        GError     **error)
{
  g_autoptr(StrataRepository) self = NULL;
  const char *root;
  int result;

  g_return_val_if_fail (folder != NULL, NULL);

  if (!strata_libgit2_load (error))
    return NULL;

  start_libgit2 ();
  self = g_new0 (StrataRepository, 1);
  result = git_repository_open_ext (&self->git, folder, 0, NULL);

  if (result == GIT_ENOTFOUND)
    {
      g_autofree char *name = g_filename_display_name (folder);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("“%s” is in no git repository"), name);
      return NULL;
    }

  if (result < 0)
    {
      strata_git_fail (error, _("Cannot open the git repository"));
      return NULL;
    }

  /* A bare repository has no files of its own; its folder stands for them. */
  root = git_repository_workdir (self->git);
  self->root = g_canonicalize_filename (root != NULL ? root : git_repository_path (self->git), NULL);

  return g_steal_pointer (&self);
}

void
strata_repository_free (StrataRepository *self)
{
  git_repository_free (self->git);
  g_free (self->root);
  g_free (self);
  git_libgit2_shutdown ();
}

const char *
strata_repository_get_root (StrataRepository *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->root;
}

/* libgit2 gives real paths. Of a path that does not exist (any more) the part that does is made real. */
static char *
real_path (const char *path)
{
  g_autofree char *existing = g_canonicalize_filename (path, NULL);
  g_autofree char *rest = g_strdup ("");
  char *real = NULL;

  while ((real = realpath (existing, NULL)) == NULL && strcmp (existing, "/") != 0)
    {
      g_autofree char *name = g_path_get_basename (existing);
      g_autofree char *parent = g_path_get_dirname (existing);
      g_autofree char *longer = g_strconcat ("/", name, rest, NULL);

      g_free (rest);
      rest = g_steal_pointer (&longer);
      g_free (existing);
      existing = g_steal_pointer (&parent);
    }

  {
    g_autofree char *whole = g_strconcat (real != NULL ? real : "", rest, NULL);

    free (real);
    return g_canonicalize_filename (whole, "/");
  }
}

char *
strata_repository_relative (StrataRepository *self,
                            const char       *path)
{
  g_autofree char *real = real_path (path);
  gsize length = strlen (self->root);

  if (strcmp (real, self->root) == 0)
    return g_strdup ("");
  if (!g_str_has_prefix (real, self->root) || real[length] != '/')
    return NULL;

  return g_strdup (real + length + 1);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A temporary folder with files, for the tests of this folder; gone when the test's variable is. */

#pragma once

#include <ftw.h>
#include <glib/gstdio.h>
#include <linux/capability.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/base/finding.h"

typedef char TestFolder;

static inline TestFolder *
test_folder_new (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *made = g_dir_make_tmp ("strata-project-XXXXXX", &error);
  char *real = made != NULL ? realpath (made, NULL) : NULL;

  g_assert_no_error (error);
  g_assert_nonnull (real);

  return real;
}

static inline int
test_folder_remove (const char        *path,
                    const struct stat *info,
                    int                flag,
                    struct FTW        *walk)
{
  /* Some tests take rights away. */
  chmod (path, 0700);

  return remove (path);
}

static inline void
test_folder_free (TestFolder *folder)
{
  nftw (folder, test_folder_remove, 16, FTW_DEPTH | FTW_PHYS);
  free (folder);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestFolder, test_folder_free)

static inline char *
test_folder_path (TestFolder *folder,
                  const char *name)
{
  return g_build_filename (folder, name, NULL);
}

/* Folders on the way are made; a name that ends with "/" is a folder. */
static inline void
test_folder_write (TestFolder *folder,
                   const char *name,
                   const char *text)
{
  g_autofree char *path = test_folder_path (folder, name);
  g_autofree char *parent = g_path_get_dirname (path);
  FILE *file;

  g_assert_cmpint (g_mkdir_with_parents (g_str_has_suffix (name, "/") ? path : parent, 0755), ==, 0);
  if (g_str_has_suffix (name, "/"))
    return;

  /* Without the fsync() of g_file_set_contents(), of which thousands would take their time. */
  file = g_fopen (path, "w");
  g_assert_nonnull (file);
  g_assert_cmpint (fputs (text != NULL ? text : "", file), >=, 0);
  g_assert_cmpint (fclose (file), ==, 0);
}

static inline void
test_folder_link (TestFolder *folder,
                  const char *target,
                  const char *name)
{
  g_autofree char *path = test_folder_path (folder, name);

  g_assert_cmpint (symlink (target, path), ==, 0);
}

/* From here on rights bind root too, who else may read everything. */
static inline void
test_let_rights_bind (void)
{
  struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
  struct __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3];

  g_assert_cmpint (syscall (SYS_capget, &header, sets), ==, 0);
  sets[0].effective &= ~(1u << CAP_DAC_OVERRIDE | 1u << CAP_DAC_READ_SEARCH);
  g_assert_cmpint (syscall (SYS_capset, &header, sets), ==, 0);
}

static inline gboolean
test_has_finding (GPtrArray  *findings,
                  const char *code,
                  const char *part)
{
  for (guint i = 0; i < findings->len; i++)
    {
      StrataFinding *finding = g_ptr_array_index (findings, i);

      if (g_str_equal (strata_finding_get_code (finding), code) &&
          (part == NULL || strstr (strata_finding_get_message (finding), part) != NULL))
        return TRUE;
    }

  return FALSE;
}

static inline void
test_print_findings (GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      g_autofree char *text = strata_finding_to_string (g_ptr_array_index (findings, i));

      g_test_message ("%s", text);
    }
}

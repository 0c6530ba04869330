/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/discover.h"

#include <dirent.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/project/config-files.h"
#include "core/project/ignore.h"

/* Far beyond what real repositories have, and still answered within a second. */
#define MOST_FOLDERS 20000
#define DEEPEST 16
#define MOST_SCRIPTS 4000
#define LONGEST_SCRIPT (1024 * 1024)
/* More than a person reads. */
#define MOST_TOLD 20

typedef struct
{
  char         *path;       /* absolute */
  char         *relative;   /* below the root of the search; "" for the root */
  StrataIgnore *rules;      /* or NULL */
  guint         depth;
} Folder;

typedef struct
{
  GQueue     waiting;     /* Folder, owned; nearest to the root first */
  GPtrArray *found;       /* char*, owned */
  const char * const *words;   /* of Python files that are looked for; NULL: projects are */
  guint      n_scripts;
  guint      n_folders;
  gboolean   complete;
} Search;

static void
folder_free (Folder *folder)
{
  g_clear_pointer (&folder->rules, strata_ignore_unref);
  g_free (folder->path);
  g_free (folder->relative);
  g_free (folder);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Folder, folder_free)

static void
read_rules (Folder     *folder,
            const char *file)
{
  g_autofree char *path = g_build_filename (folder->path, file, NULL);
  g_autofree char *text = strata_file_read (path, NULL, NULL);
  StrataIgnore *rules;

  if (text == NULL)
    return;

  rules = strata_ignore_new (folder->rules, folder->relative, text);
  g_clear_pointer (&folder->rules, strata_ignore_unref);
  folder->rules = rules;
}

/* Hidden folders, installed packages and virtual environments hold other people's projects. */
static gboolean
is_foreign (const char *path,
            const char *name)
{
  return *name == '.' ||
         g_str_equal (name, "node_modules") ||
         g_str_equal (name, "site-packages") ||
         g_str_equal (name, "__pycache__") ||
         strata_folder_has (path, "pyvenv.cfg");
}

static gboolean
is_folder (const char          *path,
           const struct dirent *entry)
{
  struct stat info;

  if (entry->d_type != DT_UNKNOWN)
    return entry->d_type == DT_DIR;

  return lstat (path, &info) == 0 && S_ISDIR (info.st_mode);
}

static void
add_subfolder (Search     *search,
               Folder     *parent,
               const char *name)
{
  g_autoptr(Folder) folder = g_new0 (Folder, 1);

  folder->path = g_build_filename (parent->path, name, NULL);
  folder->relative = *parent->relative != '\0' ? g_strconcat (parent->relative, "/", name, NULL) : g_strdup (name);
  folder->rules = parent->rules != NULL ? strata_ignore_ref (parent->rules) : NULL;
  folder->depth = parent->depth + 1;

  if (is_foreign (folder->path, name) || strata_ignore_matches (folder->rules, folder->relative, TRUE))
    return;

  if (folder->depth > DEEPEST || search->n_folders >= MOST_FOLDERS)
    {
      search->complete = FALSE;
      return;
    }

  search->n_folders++;
  g_queue_push_tail (&search->waiting, g_steal_pointer (&folder));
}

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(char * const *) a, *(char * const *) b);
}

static void
look_into (Search     *search,
           const char *path)
{
  g_autofree char *text = NULL;
  struct stat info;

  if (!g_str_has_suffix (path, ".py") || ++search->n_scripts > MOST_SCRIPTS || lstat (path, &info) < 0
      || !S_ISREG (info.st_mode) || info.st_size > LONGEST_SCRIPT)
    return;

  text = strata_file_read (path, NULL, NULL);
  for (guint i = 0; text != NULL && search->words[i] != NULL; i++)
    if (strstr (text, search->words[i]) != NULL)
      {
        g_ptr_array_add (search->found, g_strdup (path));
        return;
      }
}

/* Symbolic links are not followed: what they lead to is found where it really is, and cycles can't arise. */
static void
visit (Search *search,
       Folder *folder)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const struct dirent *entry;
  DIR *directory = opendir (folder->path);

  if (directory == NULL)
    return;

  read_rules (folder, ".gitignore");
  if (search->words == NULL)
    strata_config_files_in_folder (folder->path, search->found);

  while ((entry = readdir (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder->path, entry->d_name, NULL);

      if (is_folder (path, entry))
        g_ptr_array_add (names, g_strdup (entry->d_name));
      else if (search->words != NULL)
        look_into (search, path);
    }
  closedir (directory);

  g_ptr_array_sort (names, compare_strings);
  for (guint i = 0; i < names->len; i++)
    add_subfolder (search, folder, g_ptr_array_index (names, i));
}

/* The paths stay as the user stands in them: canonical, but links are not resolved. */
static char *
canonical_folder (const char *folder)
{
  return g_canonicalize_filename (folder != NULL ? folder : ".", NULL);
}

/* The nearest folder upwards that has projects, not beyond the root of the repository; root (owned) becomes that
 * root, or NULL where there is none. */
static void
search_upwards (const char  *folder,
                GPtrArray   *found,
                char       **root)
{
  g_autofree char *here = g_strdup (folder);

  *root = NULL;
  while (TRUE)
    {
      g_autofree char *parent = g_path_get_dirname (here);

      if (found->len == 0)
        strata_config_files_in_folder (here, found);
      if (strata_folder_has (here, ".git"))
        {
          *root = g_steal_pointer (&here);
          return;
        }
      if (g_str_equal (parent, here))
        return;

      g_free (here);
      here = g_steal_pointer (&parent);
    }
}

static gboolean
search_downwards (const char         *root,
                  const char * const *words,
                  GPtrArray          *found)
{
  Search search = { .found = found, .words = words, .complete = TRUE };
  Folder *folder = g_new0 (Folder, 1);

  folder->path = g_strdup (root);
  folder->relative = g_strdup ("");
  read_rules (folder, ".git/info/exclude");
  g_queue_push_tail (&search.waiting, folder);

  while ((folder = g_queue_pop_head (&search.waiting)) != NULL)
    {
      visit (&search, folder);
      folder_free (folder);
    }

  return search.complete;
}

static gboolean
is_below (const char *folder,
          const char *path)
{
  gsize length = strlen (folder);

  return strncmp (path, folder, length) == 0 && (path[length] == '/' || g_str_equal (folder, "/"));
}

/* Below where the user stands is nearer than elsewhere in the repository. */
static void
prefer_below (const char *folder,
              GPtrArray  *found)
{
  guint n_below = 0;

  for (guint i = 0; i < found->len; i++)
    n_below += is_below (folder, g_ptr_array_index (found, i));

  for (guint i = found->len; n_below > 0 && i > 0; i--)
    if (!is_below (folder, g_ptr_array_index (found, i - 1)))
      g_ptr_array_remove_index (found, i - 1);
}

GStrv
strata_project_discover (const char *folder,
                         gboolean   *complete)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *here = canonical_folder (folder);
  g_autofree char *root = NULL;
  gboolean all = TRUE;

  search_upwards (here, found, &root);
  if (found->len == 0)
    {
      all = search_downwards (root != NULL ? root : here, NULL, found);
      prefer_below (here, found);
    }

  g_ptr_array_sort (found, compare_strings);
  if (complete != NULL)
    *complete = all;

  g_ptr_array_add (found, NULL);

  return (GStrv) g_ptr_array_free (g_steal_pointer (&found), FALSE);
}

/* From where the user stands, if it is below. */
static const char *
path_to_type (const char *here,
              const char *path)
{
  if (!is_below (here, path))
    return path;

  return path + strlen (here) + !g_str_equal (here, "/");
}

char *
strata_project_dup_repository (const char *folder)
{
  g_autofree char *here = canonical_folder (folder);

  while (!strata_folder_has (here, ".git"))
    {
      g_autofree char *parent = g_path_get_dirname (here);

      if (g_str_equal (parent, here))
        return NULL;
      g_free (here);
      here = g_steal_pointer (&parent);
    }

  return g_steal_pointer (&here);
}

GStrv
strata_project_grep_python (const char         *folder,
                            const char * const *words)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *root = canonical_folder (folder);

  search_downwards (root, words, found);
  g_ptr_array_sort (found, compare_strings);
  g_ptr_array_add (found, NULL);

  return (GStrv) g_ptr_array_free (g_steal_pointer (&found), FALSE);
}

static void
set_several_error (GError     **error,
                   const char  *here,
                   GStrv        found,
                   gboolean     complete)
{
  GString *list = g_string_new (NULL);
  guint n = g_strv_length (found);

  for (guint i = 0; i < n && i < MOST_TOLD; i++)
    {
      g_autofree char *name = g_filename_display_name (path_to_type (here, found[i]));
      g_autofree char *quoted = g_shell_quote (name);

      g_string_append_printf (list, "\n  -c %s", strpbrk (name, " '\"\\$&;|<>()*?`~#") != NULL ? quoted : name);
    }
  if (n > MOST_TOLD)
    g_string_append_printf (list, _("\n  and %u more"), n - MOST_TOLD);
  if (!complete)
    g_string_append (list, _("\n  (and perhaps more: the search stopped at its limits)"));

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_NO_PROJECT,
               _("There are several projects here; choose one by adding to the command:%s"), list->str);
  g_string_free (list, TRUE);
}

char *
strata_project_find (const char  *folder,
                     GError     **error)
{
  g_autofree char *here = canonical_folder (folder);
  g_autofree char *name = g_filename_display_name (here);
  gboolean complete;
  g_auto(GStrv) found = strata_project_discover (here, &complete);

  switch (g_strv_length (found))
    {
    case 0:
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_NO_PROJECT,
                   _("There is no project in “%s”, above it or below it%s: no strata.ini, alembic.ini or "
                     "pyproject.toml with [tool.alembic]. Name one with -c FILE, or make one with “%s”."),
                   name, complete ? "" : _(" (the search stopped at its limits)"), "strata init");
      return NULL;

    case 1:
      return g_strdup (found[0]);

    default:
      set_several_error (error, here, found, complete);
      return NULL;
    }
}

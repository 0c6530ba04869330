/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/window/windows.h"

#include "app/editor/documents.h"
#include "app/state/settings.h"

/* A window of the last time, before there is one. */
typedef struct
{
  GVariant      *place;
  StrataSession *session;
} Recalled;

static void
recalled_free (Recalled *self)
{
  g_variant_unref (self->place);
  g_object_unref (self->session);
  g_free (self);
}

/* Nothing in it that would be lost. */
static gboolean
is_empty (StrataWindow *window)
{
  StrataSession *session = strata_window_get_session (window);

  if (strata_session_get_folder (session) == NULL)
    return TRUE;

  return strata_session_get_error (session) != NULL && strata_session_get_snapshot (session) == NULL
         && !strata_documents_has_unsaved (strata_documents_of (session));
}

static gboolean
has_folder (StrataSession *session,
            const char    *folder)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (session);

  if (g_strcmp0 (strata_session_get_folder (session), folder) == 0)
    return TRUE;
  if (snapshot == NULL)
    return FALSE;

  return g_str_equal (strata_project_get_root (snapshot->project), folder)
         || g_strv_contains ((const char * const *) strata_project_get_settings (snapshot->project)->version_locations, folder);
}

static StrataRevision *
find_revision (StrataSession *session,
               const char    *path)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (session);
  GPtrArray *revisions = snapshot != NULL ? strata_project_get_revisions (snapshot->project) : NULL;

  for (guint i = 0; revisions != NULL && i < revisions->len; i++)
    if (g_str_equal (strata_revision_get_path (g_ptr_array_index (revisions, i)), path))
      return g_ptr_array_index (revisions, i);

  return NULL;
}

static StrataWindow *
find_open (GtkApplication *application,
           const char     *path,
           const char     *folder)
{
  for (GList *l = application != NULL ? gtk_application_get_windows (application) : NULL; l != NULL; l = l->next)
    {
      StrataSession *session = STRATA_IS_WINDOW (l->data) ? strata_window_get_session (l->data) : NULL;
      StrataRevision *revision = session != NULL ? find_revision (session, path) : NULL;

      if (revision != NULL)
        strata_session_select_later (session, strata_revision_get_id (revision));
      if (revision != NULL || (session != NULL && has_folder (session, folder)))
        return l->data;
    }

  return NULL;
}

static StrataWindow *
find_empty (GtkApplication *application,
            StrataWindow   *asking)
{
  if (asking != NULL && is_empty (asking))
    return asking;

  for (GList *l = application != NULL ? gtk_application_get_windows (application) : NULL; l != NULL; l = l->next)
    if (STRATA_IS_WINDOW (l->data) && is_empty (l->data))
      return l->data;

  return NULL;
}

/* A database that was asked for by name is not the one that happens to be open; a run is not left alone. */
static void
raise_with (StrataWindow *window,
            const char   *profile)
{
  StrataSession *session = strata_window_get_session (window);

  if (profile != NULL && g_strcmp0 (profile, strata_session_get_profile_name (session)) != 0
      && strata_session_get_run (session) == NULL)
    strata_session_choose (session, profile, NULL);
}

static char *
dup_folder (const char *path)
{
  return g_file_test (path, G_FILE_TEST_IS_DIR) ? g_strdup (path) : g_path_get_dirname (path);
}

StrataSession *
strata_windows_begin (const char         *path,
                      const char         *profile,
                      const char * const *variables)
{
  g_autofree char *canonical = g_canonicalize_filename (path, NULL);
  g_autofree char *folder = dup_folder (canonical);
  StrataSession *session = strata_session_new ();

  strata_session_set_environ (session, variables);
  strata_session_open (session, folder, profile, NULL);

  return session;
}

StrataWindow *
strata_windows_show (GtkApplication *application,
                     StrataSession  *session)
{
  StrataWindow *window = strata_window_new (application, session);

  gtk_window_present (GTK_WINDOW (window));

  return window;
}

StrataWindow *
strata_windows_open (GtkApplication     *application,
                     StrataWindow       *asking,
                     const char         *path,
                     const char         *profile,
                     const char * const *variables)
{
  g_autofree char *canonical = path != NULL ? g_canonicalize_filename (path, NULL) : NULL;
  g_autofree char *folder = canonical != NULL ? dup_folder (canonical) : NULL;
  StrataWindow *window = folder != NULL ? find_open (application, canonical, folder) : NULL;
  g_autoptr(StrataSession) session = NULL;

  if (window != NULL)
    raise_with (window, profile);
  else if (folder != NULL && (window = find_empty (application, asking)) != NULL)
    {
      strata_session_set_environ (strata_window_get_session (window), variables);
      strata_window_open (window, folder, profile);
    }
  else
    {
      session = folder != NULL ? strata_windows_begin (folder, profile, variables) : NULL;
      return strata_windows_show (application, session);
    }
  gtk_window_present (GTK_WINDOW (window));

  return window;
}

GPtrArray *
strata_windows_recall (const char * const *variables)
{
  GSettings *settings = strata_settings_get ();
  g_autoptr(GVariant) open = settings != NULL ? g_settings_get_value (settings, "open") : NULL;
  GPtrArray *recalled = g_ptr_array_new_with_free_func ((GDestroyNotify) recalled_free);

  for (gsize i = 0; open != NULL && i < g_variant_n_children (open); i++)
    {
      g_autoptr(GVariant) one = g_variant_get_child_value (open, i);
      const char *folder, *profile;
      Recalled *window;

      g_variant_get (one, "(&s&siibis)", &folder, &profile, NULL, NULL, NULL, NULL, NULL);
      if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
        continue;

      window = g_new0 (Recalled, 1);
      window->session = strata_windows_begin (folder, *profile != '\0' ? profile : NULL, variables);
      window->place = g_steal_pointer (&one);
      g_ptr_array_add (recalled, window);
    }

  return recalled;
}

gboolean
strata_windows_restore (GtkApplication *application,
                        GPtrArray      *recalled)
{
  for (guint i = 0; i < recalled->len; i++)
    {
      const Recalled *one = g_ptr_array_index (recalled, i);
      StrataWindow *window = strata_window_new (application, one->session);

      strata_window_set_place (window, one->place);
      gtk_window_present (GTK_WINDOW (window));
    }

  return recalled->len > 0;
}

void
strata_windows_remember (GtkApplication *application)
{
  GSettings *settings = strata_settings_get ();
  g_auto(GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ssiibis)"));
  guint n = 0;

  /* The last one that was used comes first in the list: it is to be opened last. */
  for (GList *l = g_list_last (gtk_application_get_windows (application)); settings != NULL && l != NULL; l = l->prev)
    {
      GVariant *place = STRATA_IS_WINDOW (l->data) ? strata_window_dup_place (l->data) : NULL;

      if (place == NULL)
        continue;
      g_variant_builder_add_value (&builder, place);
      n++;
    }

  if (n > 0)
    g_settings_set_value (settings, "open", g_variant_builder_end (&builder));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/support.h"

#include <adwaita.h>
#include <gtksourceview/gtksource.h>
#include <locale.h>

#include "core/base/files.h"
#include "core/engine/run.h"
#include "core/workspace/run.h"

/* Longer than any machine needs, shorter than meson waits. */
#define PATIENCE_US (60 * G_USEC_PER_SEC)

static void
forget_environment (void)
{
  static const char * const foreign[] = {
    "ALEMBIC_CONFIG", "DATABASE_URL", "PGPASSFILE", "PGPASSWORD", "PGSERVICEFILE", "STRATA_PASSWORD", "STRATA_URL",
  };

  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++)
    g_unsetenv (foreign[i]);
}

void
support_init (int    *argc,
              char ***argv)
{
  setlocale (LC_ALL, "");
  g_test_init (argc, argv, NULL);
  forget_environment ();
}

void
support_init_display (int    *argc,
                      char ***argv)
{
  support_init (argc, argv);
  /* GTK warns about the machine that it is on; a critical is a fault of ours. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  gtk_init ();
  adw_init ();
  gtk_source_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-cursor-blink", FALSE, NULL);
}

static gboolean
tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

SupportPump
support_pump_begin (void)
{
  /* What is waited for may change without an event. */
  return (SupportPump) { .deadline = g_get_monotonic_time () + PATIENCE_US, .source = g_timeout_add (10, tick, NULL) };
}

void
support_pump_turn (SupportPump *self,
                   const char  *place,
                   const char  *condition)
{
  if (g_get_monotonic_time () > self->deadline)
    g_error ("%s: this never came: %s", place, condition);

  g_main_context_iteration (NULL, TRUE);
}

void
support_pump_end (SupportPump *self)
{
  g_source_remove (self->source);
}

static gboolean
keep_busy (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

guint
support_keep_busy (void)
{
  return g_idle_add_full (G_PRIORITY_HIGH_IDLE + 21, keep_busy, NULL, NULL);
}

static void
copy_folder (const char *from,
             const char *to)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) entries = g_dir_open (from, 0, &error);
  const char *name;

  g_assert_no_error (error);
  g_mkdir_with_parents (to, 0755);
  while ((name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      g_autofree char *text = NULL;
      gsize length;

      if (g_file_test (source, G_FILE_TEST_IS_DIR))
        {
          copy_folder (source, target);
          continue;
        }

      g_file_get_contents (source, &text, &length, &error);
      g_assert_no_error (error);
      g_file_set_contents (target, text, length, &error);
      g_assert_no_error (error);
    }
}

static void
remove_folder (GFile *folder)
{
  g_autoptr(GFileEnumerator) entries =
    g_file_enumerate_children (folder, G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                               G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFileInfo *info;
  GFile *child;

  while (entries != NULL && g_file_enumerator_iterate (entries, &info, &child, NULL, NULL) && info != NULL)
    {
      if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
        remove_folder (child);
      else
        g_file_delete (child, NULL, NULL);
    }

  g_file_delete (folder, NULL, NULL);
}

void
support_sample_set_up (SupportSample *self,
                       gconstpointer  target)
{
  g_autofree char *source = g_test_build_filename (G_TEST_DIST, "..", "data", "sample", NULL);
  g_autoptr(GError) error = NULL;

  self->folder = g_dir_make_tmp ("strata-sample-XXXXXX", &error);
  g_assert_no_error (error);
  copy_folder (source, self->folder);
  self->database = g_build_filename (self->folder, "shop.db", NULL);
  if (target != NULL)
    support_sample_upgrade (self, target);
}

void
support_sample_tear_down (SupportSample *self,
                          gconstpointer  target)
{
  g_autoptr(GFile) folder = g_file_new_for_path (self->folder);

  remove_folder (folder);
  g_free (self->folder);
  g_free (self->database);
}

static void
move (SupportSample *self,
      StrataRunKind  kind,
      const char    *target)
{
  g_auto(GStrv) environment = g_get_environ ();
  const StrataWorkspaceRequest request = {
    .project = { .folder = self->folder, .environ = (const char * const *) environment },
  };
  const StrataConnectRequest connect = { .command = "test", .writable = TRUE };
  const char *targets[] = { target, NULL };
  StrataRunOptions options = STRATA_RUN_OPTIONS_INIT;
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataWorkspace) workspace = strata_workspace_open (&request, &error);
  g_autoptr(StrataConnection) connection = NULL;
  g_autoptr(StrataRunReport) report = NULL;
  StrataRunRequest run;

  g_assert_no_error (error);
  connection = strata_workspace_connect (workspace, &connect, NULL, &error);
  g_assert_no_error (error);

  options.kind = kind;
  options.targets = targets;
  options.first_run_accepted = TRUE;
  run = strata_workspace_run_request (workspace, strata_connection_get_dialect (connection), &options);
  report = strata_engine_run (connection, &run, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

void
support_sample_upgrade (SupportSample *self,
                        const char    *target)
{
  move (self, STRATA_RUN_UPGRADE, target);
}

void
support_sample_downgrade (SupportSample *self,
                          const char    *target)
{
  move (self, STRATA_RUN_DOWNGRADE, target);
}

void
support_sample_write (SupportSample *self,
                      const char    *name,
                      const char    *text)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(GError) error = NULL;

  g_mkdir_with_parents (folder, 0755);
  strata_file_replace (path, text, -1, &error);
  g_assert_no_error (error);
}

void
support_sample_execute (SupportSample *self,
                        const char    *sql)
{
  const StrataConnectOptions options = { .application_name = "test", .writable = TRUE };
  g_autofree char *text = g_strconcat ("sqlite:///", self->database, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataUrl) url = strata_url_parse (text, &error);
  g_autoptr(StrataConnection) connection = NULL;

  g_assert_no_error (error);
  connection = strata_connection_open (url, &options, NULL, &error);
  g_assert_no_error (error);
  strata_connection_execute (connection, sql, -1, NULL, 0, NULL, NULL, &error);
  g_assert_no_error (error);
}

StrataSession *
support_sample_open (SupportSample *self)
{
  StrataSession *session = strata_session_new ();

  strata_session_open (session, self->folder, NULL, NULL);
  pump_until (!strata_session_get_loading (session) && strata_session_get_link (session) != STRATA_LINK_CONNECTING);

  return session;
}

guint
support_count (const char *what)
{
  g_autofree char *path = g_build_filename ("/proc/self", what, NULL);
  g_autoptr(GDir) entries = g_dir_open (path, 0, NULL);
  guint count = 0;

  while (entries != NULL && g_dir_read_name (entries) != NULL)
    count++;

  return count;
}

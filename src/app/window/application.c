/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/window/application.h"

#include <glib/gi18n.h>
#include <gtksourceview/gtksource.h>

#include "app/state/settings.h"
#include "app/window/window.h"

struct _StrataApplication
{
  AdwApplication parent_instance;

  gboolean quitting;     /* what is open was remembered before the first window closed */
};

G_DEFINE_FINAL_TYPE (StrataApplication, strata_application, ADW_TYPE_APPLICATION)

static const GOptionEntry entries[] = {
  { "profile", 'p', 0, G_OPTION_ARG_STRING, NULL, N_("Profile of the database to connect to"), N_("NAME") },
  { "version", 'V', 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and exit"), NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, N_("[FOLDER]") },
  G_OPTION_ENTRY_NULL,
};

/* The window that has a project open already is raised. */
static gboolean
raise_window (StrataApplication *self,
              const char        *folder)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (STRATA_IS_WINDOW (l->data)
        && g_strcmp0 (strata_session_get_folder (strata_window_get_session (l->data)), folder) == 0)
      {
        gtk_window_present (l->data);
        return TRUE;
      }

  return FALSE;
}

static void
open_window (StrataApplication *self,
             const char        *folder,
             const char        *profile)
{
  StrataWindow *window;

  if (folder != NULL && raise_window (self, folder))
    return;

  window = strata_window_new (GTK_APPLICATION (self));
  if (folder != NULL)
    strata_window_open (window, folder, profile);
  gtk_window_present (GTK_WINDOW (window));
}

/* What was open at the end of the last time; FALSE where nothing was. */
static gboolean
restore_windows (StrataApplication *self)
{
  GSettings *settings = strata_settings_get ();
  g_autoptr(GVariant) open = settings != NULL ? g_settings_get_value (settings, "open") : NULL;
  gboolean any = FALSE;
  const char *folder;
  const char *profile;
  GVariantIter iter;

  if (open == NULL)
    return FALSE;

  g_variant_iter_init (&iter, open);
  while (g_variant_iter_next (&iter, "(&s&s)", &folder, &profile))
    if (g_file_test (folder, G_FILE_TEST_IS_DIR))
      {
        open_window (self, folder, *profile != '\0' ? profile : NULL);
        any = TRUE;
      }

  return any;
}

/* Each time a window comes or goes: after the last one nothing is left to ask, so an empty list is not remembered. */
static void
remember_windows (GApplication *application)
{
  GSettings *settings = strata_settings_get ();
  g_auto(GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ss)"));
  guint n = 0;

  if (settings == NULL || STRATA_APPLICATION (application)->quitting)
    return;

  for (GList *l = g_list_last (gtk_application_get_windows (GTK_APPLICATION (application))); l != NULL; l = l->prev)
    {
      StrataSession *session = STRATA_IS_WINDOW (l->data) ? strata_window_get_session (l->data) : NULL;
      const char *folder = session != NULL ? strata_session_get_folder (session) : NULL;
      const char *profile = session != NULL ? strata_session_get_profile_name (session) : NULL;

      if (folder == NULL)
        continue;
      g_variant_builder_add (&builder, "(ss)", folder, profile != NULL ? profile : "");
      n++;
    }

  if (n > 0)
    g_settings_set_value (settings, "open", g_variant_builder_end (&builder));
}

static int
strata_application_handle_local_options (GApplication *application,
                                         GVariantDict *options)
{
  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("strata-gtk %s\n", PACKAGE_VERSION);
      return 0;
    }

  return -1;
}

static int
strata_application_command_line (GApplication            *application,
                                 GApplicationCommandLine *command_line)
{
  StrataApplication *self = STRATA_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  g_autofree const char **folders = NULL;
  const char *profile = NULL;

  g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &folders);
  g_variant_dict_lookup (options, "profile", "&s", &profile);
  if (folders == NULL)
    {
      GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

      if (window != NULL)
        gtk_window_present (window);
      else if (!restore_windows (self))
        open_window (self, NULL, NULL);
      return 0;
    }

  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autoptr(GFile) file = g_application_command_line_create_file_for_arg (command_line, folders[i]);

      open_window (self, g_file_peek_path (file), profile);
    }

  return 0;
}

static void
new_window (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       self)
{
  open_window (self, NULL, NULL);
}

static void
show_about (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       self)
{
  static const char * const developers[] = { "The Strata authors", NULL };

  adw_show_about_window (gtk_application_get_active_window (self),
                         "application-icon", STRATA_APPLICATION_ID,
                         "application-name", "Strata",
                         "comments", _("Version control for database schemas"),
                         "developer-name", "The Strata authors",
                         "developers", developers,
                         "license-type", GTK_LICENSE_GPL_3_0,
                         /* Translators: your names, one a line. */
                         "translator-credits", _("translator-credits"),
                         "version", PACKAGE_VERSION,
                         NULL);
}

/* What a notification does when it is clicked. */
static void
present_window (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       self)
{
  GtkWindow *window = gtk_application_get_window_by_id (self, g_variant_get_uint32 (parameter));

  if (window != NULL)
    gtk_window_present (window);
}

/* Each window asks what it has to ask. */
static void
quit (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       self)
{
  g_autoptr(GList) windows = g_list_copy (gtk_application_get_windows (self));

  remember_windows (self);
  STRATA_APPLICATION (self)->quitting = TRUE;
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
}

static void
set_style (GSettings *settings)
{
  g_autofree char *style = g_settings_get_string (settings, "style");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      g_str_equal (style, "dark")    ? ADW_COLOR_SCHEME_FORCE_DARK
                                      : g_str_equal (style, "light") ? ADW_COLOR_SCHEME_FORCE_LIGHT
                                                                     : ADW_COLOR_SCHEME_DEFAULT);
}

static void
strata_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { .name = "about", .activate = show_about },
    { .name = "new-window", .activate = new_window },
    { .name = "present", .activate = present_window, .parameter_type = "u" },
    { .name = "quit", .activate = quit },
  };
  static const struct { const char *action; const char *keys[2]; } keys[] = {
    { "app.new-window", { "<Control><Shift>n", NULL } },
    { "app.quit", { "<Control>q", NULL } },
  };
  GSettings *settings = strata_settings_get ();

  G_APPLICATION_CLASS (strata_application_parent_class)->startup (application);

  gtk_source_init ();
  gtk_window_set_default_icon_name (STRATA_APPLICATION_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), keys[i].action, keys[i].keys);
  if (settings != NULL)
    {
      g_signal_connect_object (settings, "changed::style", G_CALLBACK (set_style), application, 0);
      set_style (settings);
    }
}

static void
strata_application_window_added (GtkApplication *application,
                                 GtkWindow      *window)
{
  GTK_APPLICATION_CLASS (strata_application_parent_class)->window_added (application, window);

  STRATA_APPLICATION (application)->quitting = FALSE;
  if (STRATA_IS_WINDOW (window))
    g_signal_connect_object (strata_window_get_session (STRATA_WINDOW (window)), "notify::folder",
                             G_CALLBACK (remember_windows), application, G_CONNECT_SWAPPED);
}

static void
strata_application_window_removed (GtkApplication *application,
                                   GtkWindow      *window)
{
  GTK_APPLICATION_CLASS (strata_application_parent_class)->window_removed (application, window);

  remember_windows (G_APPLICATION (application));
}

static void
strata_application_class_init (StrataApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->command_line = strata_application_command_line;
  application_class->handle_local_options = strata_application_handle_local_options;
  application_class->startup = strata_application_startup;
  GTK_APPLICATION_CLASS (klass)->window_added = strata_application_window_added;
  GTK_APPLICATION_CLASS (klass)->window_removed = strata_application_window_removed;
}

static void
strata_application_init (StrataApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), entries);
}

StrataApplication *
strata_application_new (void)
{
  return g_object_new (STRATA_TYPE_APPLICATION,
                       "application-id", STRATA_APPLICATION_ID,
                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE,
                       "resource-base-path", "/io/github/strata/Strata",
                       NULL);
}

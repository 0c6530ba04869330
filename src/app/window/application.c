/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/window/application.h"

#include <glib/gi18n.h>
#include <gtksourceview/gtksource.h>

#include "app/state/settings.h"
#include "app/widgets/accessible-mend.h"
#include "app/widgets/text-attributes.h"
#include "app/window/modal.h"
#include "app/window/windows.h"

struct _StrataApplication
{
  AdwApplication parent_instance;

  /* owned */
  char          *folder;       /* what the command line is about; NULL: what was open the last time */
  char          *profile;
  StrataSession *begun;        /* reads that since before GTK was ready; NULL once it has a window */
  GPtrArray     *recalled;     /* the same of windows of the last time */

  /* values */
  gboolean       restoring;
  gboolean       quitting;     /* what is open was remembered before the first window closed */
};

G_DEFINE_FINAL_TYPE (StrataApplication, strata_application, ADW_TYPE_APPLICATION)

static const GOptionEntry entries[] = {
  { "profile", 'p', 0, G_OPTION_ARG_STRING, NULL, N_("Profile of the database to connect to"), N_("NAME") },
  { "version", 'V', 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and exit"), NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, N_("[FOLDER]") },
  G_OPTION_ENTRY_NULL,
};

/* Only what the process does that gets to show windows counts; that this is the one is known when it starts up. */
static void
keep_wish (StrataApplication *self,
           GVariantDict      *options)
{
  g_autofree const char **folders = NULL;

  g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &folders);
  g_variant_dict_lookup (options, "profile", "s", &self->profile);
  self->restoring = folders == NULL && self->profile == NULL;
  if (!self->restoring)
    {
      g_autoptr(GFile) file = g_file_new_for_commandline_arg (folders != NULL ? folders[0] : ".");

      self->folder = g_file_get_path (file);
    }
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

  keep_wish (STRATA_APPLICATION (application), options);

  return -1;
}

static void
begin (StrataApplication *self)
{
  if (self->restoring)
    self->recalled = strata_windows_recall (NULL);
  else if (self->folder != NULL)
    self->begun = strata_windows_begin (self->folder, self->profile, NULL);
}

/* Nothing was named: what is there, or what was there the last time. */
static void
show_something (StrataApplication  *self,
                const char * const *variables)
{
  GtkApplication *application = GTK_APPLICATION (self);
  GtkWindow *window = gtk_application_get_active_window (application);
  g_autoptr(GPtrArray) recalled = g_steal_pointer (&self->recalled);

  if (window != NULL)
    {
      gtk_window_present (window);
      return;
    }

  if (recalled == NULL)
    recalled = strata_windows_recall (variables);
  if (!strata_windows_restore (application, recalled))
    strata_windows_open (application, NULL, NULL, NULL, variables);
}

static void
show_folder (StrataApplication  *self,
             const char         *path,
             const char         *profile,
             const char * const *variables)
{
  g_autoptr(StrataSession) begun = g_steal_pointer (&self->begun);

  if (begun != NULL && g_strcmp0 (path, self->folder) == 0 && g_strcmp0 (profile, self->profile) == 0)
    strata_windows_show (GTK_APPLICATION (self), begun);
  else
    strata_windows_open (GTK_APPLICATION (self), NULL, path, profile, variables);
}

static int
strata_application_command_line (GApplication            *application,
                                 GApplicationCommandLine *command_line)
{
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  const char * const *variables = g_application_command_line_get_environ (command_line);
  g_autofree const char **folders = NULL;
  const char *profile = NULL;

  g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &folders);
  g_variant_dict_lookup (options, "profile", "&s", &profile);
  if (folders == NULL && profile == NULL)
    {
      show_something (STRATA_APPLICATION (application), variables);
      return 0;
    }

  /* -p alone is about the project where the caller is. */
  for (guint i = 0; i == 0 || (folders != NULL && folders[i] != NULL); i++)
    {
      g_autoptr(GFile) file = g_application_command_line_create_file_for_arg (command_line,
                                                                              folders != NULL ? folders[i] : ".");

      if (g_file_peek_path (file) != NULL)
        show_folder (STRATA_APPLICATION (application), g_file_peek_path (file), profile, variables);
      else
        g_application_command_line_printerr (command_line, _("“%s” is not on this computer\n"), folders[i]);
    }

  return 0;
}

/* From the desktop: a notification that was clicked. */
static void
strata_application_activate (GApplication *application)
{
  show_something (STRATA_APPLICATION (application), NULL);
}

static void
new_window (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       self)
{
  strata_windows_open (self, NULL, NULL, NULL, NULL);
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
  g_autolist(GtkWindow) windows = g_list_copy (gtk_application_get_windows (self));

  /* A dialog goes with its window. */
  for (GList *l = windows; l != NULL; l = l->next)
    g_object_ref (l->data);
  strata_windows_remember (self);
  STRATA_APPLICATION (self)->quitting = TRUE;
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
}

/* A window that was asked to close stays: the others that did are not to come back. */
static void
keep_open (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       self)
{
  STRATA_APPLICATION (self)->quitting = FALSE;
}

static void
remember_windows (StrataApplication *self)
{
  if (!self->quitting)
    strata_windows_remember (GTK_APPLICATION (self));
}

/* After what it had to ask. The last one is what the next start opens; where there are others, those are. */
static gboolean
on_closing (StrataApplication *self)
{
  guint n = 0;

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    n += STRATA_IS_WINDOW (l->data);
  if (n == 1)
    remember_windows (self);

  return GDK_EVENT_PROPAGATE;
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
    { .name = "keep-open", .activate = keep_open },
    { .name = "new-window", .activate = new_window },
    { .name = "present", .activate = present_window, .parameter_type = "u" },
    { .name = "quit", .activate = quit },
  };
  static const struct { const char *action; const char *keys[2]; } keys[] = {
    { "app.new-window", { "<Control><Shift>n", NULL } },
    { "app.quit", { "<Control>q", NULL } },
  };
  GSettings *settings = strata_settings_get ();

  begin (STRATA_APPLICATION (application));
  G_APPLICATION_CLASS (strata_application_parent_class)->startup (application);

  gtk_source_init ();
  strata_modal_watch ();
  strata_accessible_mend ();
  strata_text_attributes_mend ();
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

  if (!STRATA_IS_WINDOW (window))
    return;

  STRATA_APPLICATION (application)->quitting = FALSE;
  g_signal_connect_object (strata_window_get_session (STRATA_WINDOW (window)), "notify::folder",
                           G_CALLBACK (remember_windows), application, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "close-request", G_CALLBACK (on_closing), application,
                           G_CONNECT_AFTER | G_CONNECT_SWAPPED);
}

static void
strata_application_window_removed (GtkApplication *application,
                                   GtkWindow      *window)
{
  GTK_APPLICATION_CLASS (strata_application_parent_class)->window_removed (application, window);

  if (STRATA_IS_WINDOW (window))
    remember_windows (STRATA_APPLICATION (application));
}

static void
strata_application_finalize (GObject *object)
{
  StrataApplication *self = STRATA_APPLICATION (object);

  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->profile, g_free);
  g_clear_object (&self->begun);
  g_clear_pointer (&self->recalled, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_application_parent_class)->finalize (object);
}

static void
strata_application_class_init (StrataApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = strata_application_finalize;
  application_class->activate = strata_application_activate;
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
                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_SEND_ENVIRONMENT,
                       "resource-base-path", "/io/github/strata/Strata",
                       NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/window/application.h"

#include <glib/gi18n.h>
#include <gtksourceview/gtksource.h>

#include "app/window/window.h"

struct _StrataApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (StrataApplication, strata_application, ADW_TYPE_APPLICATION)

static const GOptionEntry entries[] = {
  { "profile", 'p', 0, G_OPTION_ARG_STRING, NULL, N_("Profile of the database to connect to"), N_("NAME") },
  { "version", 'V', 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and exit"), NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, N_("[FOLDER]") },
  G_OPTION_ENTRY_NULL,
};

static void
open_window (StrataApplication *self,
             const char        *folder,
             const char        *profile)
{
  StrataWindow *window = strata_window_new (GTK_APPLICATION (self));

  if (folder != NULL)
    strata_window_open (window, folder, profile);
  gtk_window_present (GTK_WINDOW (window));
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
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  g_autofree const char **folders = NULL;
  const char *profile = NULL;

  g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &folders);
  g_variant_dict_lookup (options, "profile", "&s", &profile);
  if (folders == NULL)
    {
      open_window (STRATA_APPLICATION (application), NULL, NULL);
      return 0;
    }

  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autoptr(GFile) file = g_application_command_line_create_file_for_arg (command_line, folders[i]);

      open_window (STRATA_APPLICATION (application), g_file_peek_path (file), profile);
    }

  return 0;
}

static void
strata_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (strata_application_parent_class)->startup (application);

  gtk_source_init ();
  gtk_window_set_default_icon_name (STRATA_APPLICATION_ID);
}

static void
strata_application_class_init (StrataApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->command_line = strata_application_command_line;
  application_class->handle_local_options = strata_application_handle_local_options;
  application_class->startup = strata_application_startup;
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

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/settings.h"

#define SCHEMA "io.github.strata.Strata"
#define MOST_RECENT 10

GSettings *
strata_settings_get (void)
{
  static GSettings *settings = NULL;
  static gsize looked = 0;

  if (g_once_init_enter (&looked))
    {
      GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
      g_autoptr(GSettingsSchema) schema = source != NULL ? g_settings_schema_source_lookup (source, SCHEMA, TRUE) : NULL;

      if (schema != NULL)
        settings = g_settings_new_full (schema, NULL, NULL);
      g_once_init_leave (&looked, 1);
    }

  return settings;
}

void
strata_settings_add_recent (const char *folder)
{
  GSettings *settings = strata_settings_get ();
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) old = NULL;
  g_auto(GStrv) now = NULL;
  guint n = 1;

  if (settings == NULL)
    return;

  old = g_settings_get_strv (settings, "recent");
  if (g_strcmp0 (old[0], folder) == 0)
    return;

  g_strv_builder_add (builder, folder);
  for (guint i = 0; old[i] != NULL && n < MOST_RECENT; i++)
    if (!g_str_equal (old[i], folder))
      {
        g_strv_builder_add (builder, old[i]);
        n++;
      }

  now = g_strv_builder_end (builder);
  g_settings_set_strv (settings, "recent", (const char * const *) now);
}

GStrv
strata_settings_dup_recent (void)
{
  GSettings *settings = strata_settings_get ();
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) recent = settings != NULL ? g_settings_get_strv (settings, "recent") : g_new0 (char *, 1);

  for (guint i = 0; recent[i] != NULL; i++)
    if (g_file_test (recent[i], G_FILE_TEST_IS_DIR))
      g_strv_builder_add (builder, recent[i]);

  return g_strv_builder_end (builder);
}

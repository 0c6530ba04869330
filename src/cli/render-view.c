/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/render-view.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "cli/output.h"
#include "core/base/error.h"
#include "core/base/files.h"

static const char *
direction_name (const StrataRendering *rendering)
{
  return rendering->direction == STRATA_UPGRADE ? "upgrade" : "downgrade";
}

static char *
statements_to_text (const StrataRendering *rendering)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rendering->statements->len; i++)
    g_string_append_printf (text, "%s%s;\n", i > 0 ? "\n" : "", (char *) g_ptr_array_index (rendering->statements, i));

  return g_string_free (text, FALSE);
}

static void
print_json (GPtrArray     *renderings,
            StrataDialect  dialect)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  strata_json_string (builder, "dialect", strata_dialect_get_name (dialect));
  json_builder_set_member_name (builder, "rendered");
  json_builder_begin_array (builder);
  for (guint i = 0; i < renderings->len; i++)
    {
      const StrataRendering *one = g_ptr_array_index (renderings, i);

      if (one->statements == NULL)
        continue;
      json_builder_begin_object (builder);
      strata_json_string (builder, "revision", strata_revision_get_id (one->revision));
      strata_json_string (builder, "direction", direction_name (one));
      strata_json_bool (builder, "varies", one->varies);
      json_builder_set_member_name (builder, "statements");
      json_builder_begin_array (builder);
      for (guint j = 0; j < one->statements->len; j++)
        json_builder_add_string_value (builder, g_ptr_array_index (one->statements, j));
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "refused");
  json_builder_begin_array (builder);
  for (guint i = 0; i < renderings->len; i++)
    {
      const StrataRendering *one = g_ptr_array_index (renderings, i);

      if (one->statements != NULL)
        continue;
      json_builder_begin_object (builder);
      strata_json_string (builder, "revision", strata_revision_get_id (one->revision));
      strata_json_string (builder, "direction", direction_name (one));
      strata_json_string (builder, "code", one->code);
      strata_json_string (builder, "file", one->file);
      strata_json_int (builder, "line", one->line);
      strata_json_string (builder, "message", one->message);
      strata_json_string (builder, "name", one->opaque);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  strata_print_json (builder);
}

static void
print_text (GPtrArray *renderings)
{
  for (guint i = 0; i < renderings->len; i++)
    {
      const StrataRendering *one = g_ptr_array_index (renderings, i);
      g_autofree char *text = one->statements != NULL ? statements_to_text (one) : NULL;

      if (one->statements == NULL)
        continue;
      if (renderings->len > 1)
        strata_print (STRATA_STYLE_DIM, "%s-- %s %s\n\n", i > 0 ? "\n" : "", strata_revision_get_id (one->revision),
                      direction_name (one));
      strata_print (STRATA_STYLE_PLAIN, "%s", text);
    }
}

static gboolean
write_files (GPtrArray   *renderings,
             const char  *folder,
             GError     **error)
{
  if (g_mkdir_with_parents (folder, 0777) != 0)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_FAILED, "The folder “%s” can't be made: %s", folder, g_strerror (errno));
      return FALSE;
    }
  for (guint i = 0; i < renderings->len; i++)
    {
      const StrataRendering *one = g_ptr_array_index (renderings, i);
      g_autofree char *name = g_strdup_printf ("%s.%s.sql", strata_revision_get_id (one->revision), direction_name (one));
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = one->statements != NULL ? statements_to_text (one) : NULL;

      /* What an earlier call left there would look like the answer. */
      if (text == NULL)
        g_remove (path);
      else if (!strata_file_replace (path, text, -1, error))
        return FALSE;
    }

  return TRUE;
}

static void
warn_of_refused (GPtrArray *renderings)
{
  for (guint i = 0; i < renderings->len; i++)
    {
      const StrataRendering *one = g_ptr_array_index (renderings, i);
      StrataPlace place = { one->file, one->line, 0 };
      g_autofree char *shown = one->statements == NULL ? strata_place_to_string (place) : NULL;

      if (one->statements != NULL)
        continue;
      strata_warn ("%s: %s of %s: %s (%s)\n", shown, direction_name (one), strata_revision_get_id (one->revision), one->message,
                   one->code);
      if (one->opaque != NULL)
        strata_warn ("  [strata:names] in strata.ini can say what “%s” is: an SQL type, a constant, or nothing\n", one->opaque);
    }
}

/* Where only Python is wanting, that is what the status says. */
static int
exit_status (GPtrArray *renderings)
{
  int status = 0;

  for (guint i = 0; i < renderings->len; i++)
    {
      const StrataRendering *one = g_ptr_array_index (renderings, i);

      if (one->statements == NULL && g_strcmp0 (one->code, STRATA_RENDERING_NEEDS_PYTHON) != 0)
        return 8;
      if (one->statements == NULL)
        status = 10;
    }

  return status;
}

int
strata_show_renderings (GPtrArray      *renderings,
                        StrataDialect   dialect,
                        gboolean        json,
                        const char     *folder,
                        GError        **error)
{
  if (folder != NULL && !write_files (renderings, folder, error))
    return 1;
  if (json)
    print_json (renderings, dialect);
  else if (folder == NULL)
    print_text (renderings);
  if (!json)
    warn_of_refused (renderings);

  return exit_status (renderings);
}

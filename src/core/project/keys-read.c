/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/keys-private.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/config/toml.h"

/* The reader's last words are why it gave up. */
static void
set_error_from_findings (GError     **error,
                         const char  *path,
                         GPtrArray   *findings)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *words = NULL;

  if (findings->len > 0)
    words = strata_finding_to_string (g_ptr_array_index (findings, findings->len - 1));

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT,
               _("The configuration file “%s” cannot be used: %s"), name, words != NULL ? words : _("it is not text"));
}

static gboolean
read_ini (const char      *path,
          StrataDocument **document,
          GPtrArray       *findings,
          GError         **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *text = NULL;
  g_auto(GStrv) pieces = NULL;
  g_autofree char *here = NULL;
  const char *defaults[] = { "here", NULL, NULL };
  gsize length;

  if (path == NULL)
    return TRUE;

  text = strata_file_read (path, &length, error);
  if (text == NULL)
    return FALSE;

  folder = g_path_get_dirname (path);
  /* A folder's name is no template: its “%” is one, where Alembic fails. */
  pieces = g_strsplit (folder, "%", -1);
  here = g_strjoinv ("%%", pieces);
  defaults[1] = here;
  *document = strata_ini_parse (path, text, length, defaults, findings);
  if (*document == NULL)
    set_error_from_findings (error, path, findings);

  return *document != NULL;
}

/* Where an ini can say everything, a pyproject.toml that cannot be read is only a finding. */
static gboolean
read_toml (const char      *path,
           gboolean         needed,
           StrataDocument **document,
           GPtrArray       *findings,
           GError         **error)
{
  g_autofree char *text = NULL;
  gsize length;

  if (path == NULL)
    return TRUE;

  text = strata_file_read (path, &length, error);
  if (text == NULL)
    return FALSE;

  *document = strata_toml_parse (path, text, length, findings);
  if (*document == NULL && needed)
    set_error_from_findings (error, path, findings);

  return *document != NULL || !needed;
}

/* What stands for itself in other values is the project's own. */
static gboolean
is_referred_to (const StrataConfigValue *section,
                const char              *key)
{
  g_autofree char *reference = g_strdup_printf ("%%(%s)s", key);

  for (guint i = 0; i < strata_config_value_get_size (section); i++)
    {
      const char *text = strata_config_value_get_text (strata_config_value_get_element (section, i));

      if (text != NULL && strstr (text, reference) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* A slip of the pen would otherwise be a setting that does nothing. Of Alembic's files env.py may read anything. */
static void
check_own_keys (const StrataKeys *self,
                GPtrArray        *findings)
{
  static const char * const known[] = {
    "alembic_command", "file_template", "here", "ledger", "output_encoding", "path_separator", "prepend_sys_path",
    "privileges", "recursive_version_locations", "revision_environment", "schema", "schema_command", "scratch_url",
    "script_location", "sourceless", "timezone", "truncate_slug_length", "url", "version_locations",
    "version_path_separator", "version_table", "version_table_schema", NULL,
  };
  const StrataConfigValue *section = self->own != NULL && findings != NULL
                                     ? strata_config_value_lookup (strata_document_get_root (self->own), self->own_section) : NULL;

  for (guint i = 0; section != NULL && i < strata_config_value_get_size (section); i++)
    {
      const char *key = strata_config_value_get_key (section, i);

      if (!g_strv_contains (known, key) && !g_str_has_prefix (key, "sqlalchemy.") && !is_referred_to (section, key))
        g_ptr_array_add (findings,
                         strata_finding_new (STRATA_SEVERITY_WARNING, "unknown-key",
                                             strata_config_value_get_key_place (strata_config_value_get_element (section, i)),
                                             _("Look for a slip of the pen, or take it out."),
                                             _("“%s” is no key of Strata's: it does nothing"), key));
    }
}

StrataKeys *
strata_keys_read (const StrataConfigFiles  *files,
                  const char               *section,
                  GPtrArray                *findings,
                  GError                  **error)
{
  g_autoptr(StrataKeys) self = g_new0 (StrataKeys, 1);
  gboolean only_own = files->ini == NULL && files->toml == NULL;

  self->ini_section = g_strdup (section != NULL ? section : "alembic");
  self->own_section = g_strdup (section != NULL && only_own ? section : "strata");

  if (!read_ini (files->ini, &self->ini, findings, error) ||
      !read_toml (files->toml, files->ini == NULL, &self->toml, findings, error) ||
      !read_ini (files->own, &self->own, findings, error))
    return NULL;

  /* A misspelt -n would otherwise be a project without settings. */
  if (only_own && section != NULL && !strata_ini_has_section (self->own, section))
    {
      g_autofree char *name = g_filename_display_name (files->own);

      g_set_error (error, STRATA_ERROR, STRATA_ERROR_NO_PROJECT, _("“%s” has no section [%s]"), name, section);
      return NULL;
    }

  check_own_keys (self, findings);

  return g_steal_pointer (&self);
}

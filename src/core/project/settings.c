/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/settings-read.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/number.h"
#include "core/project/python-path.h"

#define DEFAULT_FILE_TEMPLATE "%(rev)s_%(slug)s"
#define DEFAULT_SLUG_LENGTH 40
#define DEFAULT_VERSION_TABLE "alembic_version"

/* How Alembic split before path_separator: version_locations at blanks and commas, prepend_sys_path at colons too. It
 * forgot line ends, which nobody means as a part of a path. */
#define OLD_LOCATIONS_RULE ", *| +|\n"
#define OLD_SYS_PATH_RULE ", *| +|\n|:"

void
strata_settings_clear (StrataSettings *settings)
{
  g_clear_pointer (&settings->script_location, g_free);
  g_clear_pointer (&settings->version_locations, g_strfreev);
  g_clear_pointer (&settings->prepend_sys_path, g_strfreev);
  g_clear_pointer (&settings->file_template, g_free);
  g_clear_pointer (&settings->timezone, g_free);
  g_clear_pointer (&settings->output_encoding, g_free);
  g_clear_pointer (&settings->version_table, g_free);
  g_clear_pointer (&settings->version_table_schema, g_free);
  g_clear_pointer (&settings->schema, g_free);
  g_clear_pointer (&settings->schema_command, g_free);
  g_clear_pointer (&settings->scratch_url, g_free);
  g_clear_pointer (&settings->names, g_strfreev);
}

static void
report (GPtrArray   *findings,
        StrataPlace  place,
        const char  *hint,
        const char  *message)
{
  g_ptr_array_add (findings, strata_finding_new (STRATA_SEVERITY_ERROR, "config-value", place, hint, "%s", message));
}

/* As Alembic, from where it is started; a file that was named from elsewhere may mean its own folder. */
static char *
resolve (const StrataConfigFiles *files,
         const char              *path)
{
  g_autofree char *from_base = g_canonicalize_filename (path, files->base);

  if (!files->chosen || g_path_is_absolute (path) || g_file_test (from_base, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&from_base);

  return g_canonicalize_filename (path, files->folder);
}

static gboolean
is_resource (const char *location)
{
  return !g_path_is_absolute (location) && strchr (location, ':') != NULL;
}

/* A path, or "package:folder". NULL where the package is not in the project. */
static char *
resolve_location (const StrataSettings    *settings,
                  const StrataConfigFiles *files,
                  const char              *location)
{
  g_auto(GStrv) path = NULL;

  if (!is_resource (location))
    return resolve (files, location);

  path = strata_python_path_new ((const char * const *) settings->prepend_sys_path, files->base, files->folder,
                                 settings->script_location);

  return strata_python_path_find_resource ((const char * const *) path, location);
}

static void
read_sys_path (StrataSettings          *settings,
               const StrataKeys        *keys,
               const StrataConfigFiles *files,
               GPtrArray               *findings)
{
  settings->prepend_sys_path = strata_keys_dup_paths (keys, "prepend_sys_path", NULL, OLD_SYS_PATH_RULE, findings);

  for (guint i = 0; settings->prepend_sys_path[i] != NULL; i++)
    {
      g_autofree char *relative = settings->prepend_sys_path[i];

      settings->prepend_sys_path[i] = resolve (files, relative);
    }
}

/* Flask-Migrate keeps alembic.ini beside env.py and tells Alembic the folder itself. */
static gboolean
is_script_folder (const char *folder)
{
  g_autofree char *env = g_build_filename (folder, "env.py", NULL);

  return g_file_test (env, G_FILE_TEST_IS_REGULAR);
}

static gboolean
set_no_location_error (const StrataKeys        *keys,
                       const StrataConfigFiles *files,
                       GError                 **error)
{
  g_autofree char *name = g_filename_display_name (files->ini != NULL ? files->ini : files->toml);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_NO_PROJECT,
               "No 'script_location' key found in configuration. It is looked for in “%s”, section [%s].",
               name, files->ini != NULL ? strata_keys_get_section (keys) : "tool.alembic");

  return FALSE;
}

/* Somebody took the “#” from a line and left the blank behind it: ConfigParser then adds the line to the value above. */
static gboolean
check_one_line (const char  *location,
                GError     **error)
{
  const char *end = strchr (location, '\n');
  g_autofree char *rest = end != NULL ? g_strstrip (g_strdup (end)) : NULL;

  if (end == NULL)
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT,
               _("The script_location goes on with “%s”: an indented line belongs to the value above it. Keys begin in "
                 "the first column."), rest);

  return FALSE;
}

static gboolean
read_script_location (StrataSettings          *settings,
                      const StrataKeys        *keys,
                      const StrataConfigFiles *files,
                      GPtrArray               *findings,
                      GError                 **error)
{
  gboolean is_alembic = files->ini != NULL || files->toml != NULL;
  g_autofree char *location = strata_keys_dup (keys, "script_location", NULL, findings);

  if (location != NULL && !check_one_line (location, error))
    return FALSE;

  if (location != NULL)
    settings->script_location = resolve_location (settings, files, location);
  else if (!is_alembic || is_script_folder (files->folder))
    settings->script_location = g_strdup (files->folder);
  else
    return set_no_location_error (keys, files, error);

  if (settings->script_location == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT,
                   _("The script_location “%s” is in a package that is not part of the project (prepend_sys_path says "
                     "where its packages are)."), location);
      return FALSE;
    }

  if (!g_file_test (settings->script_location, G_FILE_TEST_IS_DIR))
    {
      g_autofree char *name = g_filename_display_name (settings->script_location);

      g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT,
                   "Path doesn't exist: %s.  Please use the 'init' command to create a new scripts folder.", name);
      return FALSE;
    }

  return TRUE;
}

static void
read_version_locations (StrataSettings          *settings,
                        const StrataKeys        *keys,
                        const StrataConfigFiles *files,
                        GPtrArray               *findings)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) written = strata_keys_dup_paths (keys, "version_locations", "version_path_separator",
                                                 OLD_LOCATIONS_RULE, findings);

  for (guint i = 0; written[i] != NULL; i++)
    {
      g_autofree char *location = resolve_location (settings, files, written[i]);
      StrataPlace place = { files->ini != NULL ? files->ini : files->toml != NULL ? files->toml : files->own, 0, 0 };

      if (location != NULL)
        g_strv_builder_add (builder, location);
      else
        {
          g_autofree char *message = NULL;

          message = g_strdup_printf (_("The package of the version location “%s” is not part of the project"),
                                     written[i]);
          report (findings, place, _("prepend_sys_path says where packages are."), message);
        }
    }

  if (*written == NULL)
    {
      g_autofree char *versions = g_build_filename (settings->script_location, "versions", NULL);

      g_strv_builder_add (builder, versions);
    }

  settings->version_locations = g_strv_builder_end (builder);
}

/* util.asbool() of Alembic. */
static gboolean
read_bool (const StrataKeys *keys,
           const char       *key,
           GPtrArray        *findings)
{
  static const char * const yes[] = { "true", "yes", "on", "y", "t", "1", NULL };
  static const char * const no[] = { "false", "no", "off", "n", "f", "0", "", NULL };
  StrataPlace place = { 0 };
  g_autofree char *raw = NULL;
  g_autofree char *text = NULL;
  g_autofree char *message = NULL;

  if (strata_keys_get_flag (keys, key, NULL))
    return TRUE;

  raw = strata_keys_dup (keys, key, &place, NULL);
  text = raw != NULL ? g_ascii_strdown (g_strstrip (raw), -1) : NULL;
  if (text == NULL || g_strv_contains (no, text))
    return FALSE;
  if (g_strv_contains (yes, text))
    return TRUE;

  message = g_strdup_printf (_("“%s” must be true or false, not “%s”"), key, text);
  report (findings, place, NULL, message);

  return FALSE;
}

static guint
read_slug_length (const StrataKeys *keys,
                  GPtrArray        *findings)
{
  StrataPlace place = { 0 };
  g_autofree char *text = strata_keys_dup (keys, "truncate_slug_length", &place, findings);
  guint64 number = 0;

  if (text != NULL && !strata_number_parse_unsigned (g_strstrip (text), 0, G_MAXUINT16, &number))
    report (findings, place, NULL, _("“truncate_slug_length” must be a number"));

  return number > 0 ? number : DEFAULT_SLUG_LENGTH;
}

static void
read_file_keys (StrataSettings   *settings,
                const StrataKeys *keys,
                GPtrArray        *findings)
{
  settings->recursive_version_locations = strata_keys_get_flag (keys, "recursive_version_locations", findings);
  settings->sourceless = strata_keys_get_flag (keys, "sourceless", findings);
  settings->revision_environment = read_bool (keys, "revision_environment", findings);
  settings->truncate_slug_length = read_slug_length (keys, findings);
  settings->timezone = strata_keys_dup (keys, "timezone", NULL, findings);
  settings->output_encoding = strata_keys_dup (keys, "output_encoding", NULL, findings);
  settings->file_template = strata_keys_dup (keys, "file_template", NULL, findings);

  if (settings->file_template == NULL)
    settings->file_template = g_strdup (DEFAULT_FILE_TEMPLATE);
  if (settings->output_encoding == NULL)
    settings->output_encoding = g_strdup ("utf-8");
}

static StrataLedgerMode
read_ledger (const StrataKeys  *keys,
             StrataProjectKind  kind,
             GPtrArray         *findings)
{
  StrataPlace place = { 0 };
  g_autofree char *text = strata_keys_dup_own (keys, "ledger", &place, findings);

  if (g_strcmp0 (text, "table") == 0)
    return STRATA_LEDGER_IN_DATABASE;
  if (g_strcmp0 (text, "local") == 0)
    return STRATA_LEDGER_LOCAL;
  if (g_strcmp0 (text, "off") == 0)
    return STRATA_LEDGER_OFF;

  if (text != NULL)
    report (findings, place, NULL, _("“ledger” must be table, local or off"));

  return kind == STRATA_PROJECT_SQL ? STRATA_LEDGER_IN_DATABASE : STRATA_LEDGER_LOCAL;
}

static gboolean
read_privileges (const StrataKeys *keys,
                 GPtrArray        *findings)
{
  StrataPlace place = { 0 };
  g_autofree char *text = strata_keys_dup_own (keys, "privileges", &place, findings);

  if (text != NULL && strcmp (text, "true") != 0 && strcmp (text, "false") != 0)
    report (findings, place, NULL, _("“privileges” must be true or false"));

  return g_strcmp0 (text, "true") == 0;
}

static void
read_own_keys (StrataSettings          *settings,
               StrataProjectKind        kind,
               const StrataKeys        *keys,
               const StrataConfigFiles *files,
               GPtrArray               *findings)
{
  g_autofree char *schema = strata_keys_dup_own (keys, "schema", NULL, findings);

  settings->ledger = read_ledger (keys, kind, findings);
  settings->schema = schema != NULL ? g_canonicalize_filename (schema, files->folder) : NULL;
  settings->schema_command = strata_keys_dup_own (keys, "schema_command", NULL, findings);
  settings->scratch_url = strata_keys_dup_own (keys, "scratch_url", NULL, findings);
  settings->privileges = read_privileges (keys, findings);
  settings->names = strata_keys_dup_names (keys, findings);

  settings->version_table = strata_keys_dup_own (keys, "version_table", NULL, findings);
  settings->version_table_schema = strata_keys_dup_own (keys, "version_table_schema", NULL, findings);
  if (settings->version_table == NULL)
    settings->version_table = g_strdup (DEFAULT_VERSION_TABLE);

  settings->transactions = kind == STRATA_PROJECT_SQL ? STRATA_TRANSACTION_PER_REVISION : STRATA_TRANSACTION_PER_RUN;
}

gboolean
strata_settings_read (StrataSettings           *settings,
                      StrataProjectKind        *kind,
                      const StrataKeys         *keys,
                      const StrataConfigFiles  *files,
                      GPtrArray                *findings,
                      GError                  **error)
{
  read_sys_path (settings, keys, files, findings);
  if (!read_script_location (settings, keys, files, findings, error))
    return FALSE;

  *kind = files->ini != NULL || files->toml != NULL || is_script_folder (settings->script_location)
          ? STRATA_PROJECT_ALEMBIC : STRATA_PROJECT_SQL;

  read_version_locations (settings, keys, files, findings);
  read_file_keys (settings, keys, findings);
  read_own_keys (settings, *kind, keys, files, findings);

  return TRUE;
}

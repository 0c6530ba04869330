/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/profile-store.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/finding.h"
#include "core/base/number.h"
#include "core/project/kept-file.h"

/* A group is named after its profile, so that people find it, with a number where another scope has the same name. What
 * counts are its keys "name" and "project". */

static gboolean
open_file (StrataKeptFile  *store,
           gboolean         to_change,
           GError         **error)
{
  return strata_kept_file_open (store, g_build_filename (g_get_user_config_dir (), "strata", "profiles.ini", NULL),
                                _("profiles"),
                                to_change, error);
}

static void
note (GPtrArray            *findings,
      const StrataKeptFile *store,
      const char           *code,
      const char           *group,
      const char           *text)
{
  if (findings != NULL)
    g_ptr_array_add (findings, strata_finding_new (STRATA_SEVERITY_WARNING, code, (StrataPlace) { store->path, 0, 0 },
                                                   NULL, _("the profile in [%s] %s"), group, text));
}

static char *
get_text (const StrataKeptFile *store,
          const char           *group,
          const char           *key)
{
  g_autofree char *text = g_key_file_get_string (store->file, group, key, NULL);

  return text != NULL && *text != '\0' ? g_steal_pointer (&text) : NULL;
}

/* FALSE: there is something else than a time. */
static gboolean
get_time (const StrataKeptFile *store,
          const char           *group,
          const char           *key,
          gint64               *time)
{
  g_autofree char *text = get_text (store, group, key);

  *time = STRATA_PROFILE_UNSET;

  return text == NULL || strata_number_parse_signed (text, 0, G_MAXINT64, time);
}

/* A word that is not known is no reason to be less careful: FALSE then. */
static gboolean
get_words (const StrataKeptFile *store,
           const char           *group,
           StrataProfileFields  *fields)
{
  g_autofree char *environment = get_text (store, group, "environment");
  g_autofree char *scratch = get_text (store, group, "scratch");
  g_autofree char *is_protected = get_text (store, group, "protected");

  fields->is_protected = g_strcmp0 (is_protected, "true") == 0;

  return (environment == NULL || strata_profile_environment_from_name (environment, &fields->environment))
         && (scratch == NULL || strata_profile_scratch_from_name (scratch, &fields->scratch))
         && (is_protected == NULL || fields->is_protected || strcmp (is_protected, "false") == 0)
         && get_time (store, group, "lock-timeout", &fields->lock_timeout)
         && get_time (store, group, "statement-timeout", &fields->statement_timeout)
         && get_time (store, group, "connect-timeout", &fields->connect_timeout);
}

/* NULL, with a finding, where the group cannot be understood. */
static StrataProfile *
read_profile (const StrataKeptFile *store,
              const char           *group,
              GPtrArray            *findings)
{
  StrataProfileFields fields = STRATA_PROFILE_FIELDS_INIT;
  g_autofree char *name = get_text (store, group, "name");
  g_autofree char *project = get_text (store, group, "project");
  g_autofree char *url_text = get_text (store, group, "url");
  g_autofree char *colour = get_text (store, group, "colour");
  g_autofree char *role = get_text (store, group, "role");
  g_autofree char *search_path = get_text (store, group, "search-path");
  g_autoptr(StrataUrl) url = NULL;
  g_autoptr(GError) error = NULL;
  StrataProfile *profile;

  if (!get_words (store, group, &fields))
    {
      note (findings, store, "profile", group, _("has a value that is not known, and is left out"));
      return NULL;
    }

  url = url_text != NULL ? strata_url_parse (url_text, &error) : NULL;
  if ((url != NULL && strata_url_get_password (url) != NULL) || g_key_file_has_key (store->file, group, "password", NULL))
    note (findings, store, "profile-password", group,
          _("has a password in the file, where it is not read: remove it, and store it with “strata profile add”"));

  fields.name = name != NULL ? name : group;
  fields.project = project;
  fields.url = url;
  fields.colour = colour;
  fields.role = role;
  fields.search_path = search_path;
  profile = error == NULL ? strata_profile_new (&fields, &error) : NULL;

  if (profile == NULL)
    {
      g_autofree char *text = g_strdup_printf (_("is left out: %s"), error->message);

      note (findings, store, "profile", group, text);
    }

  return profile;
}

static gboolean
same_scope (const char *a,
            const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

static int
compare_profiles (gconstpointer a,
                  gconstpointer b)
{
  const StrataProfileFields *fields_a = strata_profile_get_fields (*(StrataProfile **) a);
  const StrataProfileFields *fields_b = strata_profile_get_fields (*(StrataProfile **) b);

  if ((fields_a->project == NULL) != (fields_b->project == NULL))
    return fields_a->project == NULL ? 1 : -1;

  return strcmp (fields_a->name, fields_b->name);
}

static GPtrArray *
read_profiles (const StrataKeptFile *store,
               const char           *project,
               GPtrArray            *findings)
{
  g_autoptr(GPtrArray) profiles = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_profile_unref);
  g_auto(GStrv) groups = g_key_file_get_groups (store->file, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_autofree char *scope = get_text (store, groups[i], "project");
      StrataProfile *profile;

      if (scope != NULL && !same_scope (scope, project))
        continue;

      profile = read_profile (store, groups[i], findings);
      if (profile != NULL)
        g_ptr_array_add (profiles, profile);
    }
  g_ptr_array_sort (profiles, compare_profiles);

  return g_steal_pointer (&profiles);
}

GPtrArray *
strata_profiles_list (const char  *project,
                      GPtrArray   *findings,
                      GError     **error)
{
  g_auto(StrataKeptFile) store = STRATA_KEPT_FILE_INIT;

  if (!open_file (&store, FALSE, error))
    return NULL;

  return read_profiles (&store, project, findings);
}

static void
set_unknown_error (GPtrArray   *profiles,
                   const char  *name,
                   GPtrArray   *findings,
                   GError     **error)
{
  g_autoptr(GString) names = g_string_new (NULL);
  g_autoptr(GString) broken = g_string_new (NULL);

  for (guint i = 0; i < profiles->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            strata_profile_get_fields (g_ptr_array_index (profiles, i))->name);
  for (guint i = 0; i < findings->len; i++)
    g_string_append_printf (broken, _(". But %s"), strata_finding_get_message (g_ptr_array_index (findings, i)));

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE,
               profiles->len > 0 ? _("There is no profile “%s”; there are: %s%s")
               : _("There is no profile “%s”; “strata profile add” makes one%s%s"), name, names->str, broken->str);
}

StrataProfile *
strata_profiles_find (const char  *project,
                      const char  *name,
                      GError     **error)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(GPtrArray) profiles = strata_profiles_list (project, findings, error);

  if (profiles == NULL)
    return NULL;

  for (guint i = 0; i < profiles->len; i++)
    {
      StrataProfile *profile = g_ptr_array_index (profiles, i);

      if (strcmp (strata_profile_get_fields (profile)->name, name) == 0)
        return strata_profile_ref (profile);
    }

  set_unknown_error (profiles, name, findings, error);

  return NULL;
}

gboolean
strata_profiles_match (const char       *project,
                       const StrataUrl  *url,
                       GPtrArray        *findings,
                       StrataProfile   **profile,
                       GError          **error)
{
  g_autoptr(GPtrArray) profiles = strata_profiles_list (project, findings, error);

  *profile = NULL;
  if (profiles == NULL)
    return FALSE;

  for (guint i = 0; i < profiles->len; i++)
    {
      StrataProfile *candidate = g_ptr_array_index (profiles, i);
      const StrataProfileFields *fields = strata_profile_get_fields (candidate);

      if (!strata_url_same_database (fields->url, url))
        continue;
      if (*profile == NULL || (fields->is_protected && !strata_profile_get_fields (*profile)->is_protected))
        *profile = candidate;
    }
  if (*profile != NULL)
    strata_profile_ref (*profile);

  return TRUE;
}

/* The group of a profile; NULL: there is none of that name and scope. */
static char *
find_group (const StrataKeptFile *store,
            const char           *project,
            const char           *wanted)
{
  g_auto(GStrv) groups = g_key_file_get_groups (store->file, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_autofree char *name = get_text (store, groups[i], "name");
      g_autofree char *scope = get_text (store, groups[i], "project");

      if (strcmp (name != NULL ? name : groups[i], wanted) == 0 && same_scope (scope, project))
        return g_strdup (groups[i]);
    }

  return NULL;
}

static char *
new_group (const StrataKeptFile *store,
           const char           *name)
{
  char *group = g_strdup (name);

  for (guint n = 2; g_key_file_has_group (store->file, group); n++)
    {
      g_free (group);
      group = g_strdup_printf ("%s %u", name, n);
    }

  return group;
}

static void
set_text (StrataKeptFile *store,
          const char     *group,
          const char     *key,
          const char     *text)
{
  if (text != NULL)
    g_key_file_set_string (store->file, group, key, text);
  else
    g_key_file_remove_key (store->file, group, key, NULL);
}

static void
set_time (StrataKeptFile *store,
          const char     *group,
          const char     *key,
          gint64          time)
{
  if (time != STRATA_PROFILE_UNSET)
    g_key_file_set_int64 (store->file, group, key, time);
  else
    g_key_file_remove_key (store->file, group, key, NULL);
}

static void
write_profile (StrataKeptFile            *store,
               const char                *group,
               const StrataProfileFields *fields)
{
  g_autofree char *url = strata_url_to_string (fields->url);

  set_text (store, group, "name", fields->name);
  set_text (store, group, "project", fields->project);
  set_text (store, group, "url", url);
  set_text (store, group, "environment", strata_profile_environment_get_name (fields->environment));
  g_key_file_set_boolean (store->file, group, "protected", fields->is_protected);
  set_text (store, group, "colour", fields->colour);
  set_time (store, group, "lock-timeout", fields->lock_timeout);
  set_time (store, group, "statement-timeout", fields->statement_timeout);
  set_time (store, group, "connect-timeout", fields->connect_timeout);
  set_text (store, group, "role", fields->role);
  set_text (store, group, "search-path", fields->search_path);
  set_text (store, group, "scratch", strata_profile_scratch_get_name (fields->scratch));
  set_text (store, group, "password", NULL);
}

static gboolean
not_there (const char  *project,
           const char  *name,
           GError     **error)
{
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE,
               project != NULL ? _("There is no profile “%s” of this project")
               : _("There is no profile “%s” among the global ones"), name);

  return FALSE;
}

gboolean
strata_profiles_add (StrataProfile  *profile,
                     GError        **error)
{
  const StrataProfileFields *fields = strata_profile_get_fields (profile);
  g_auto(StrataKeptFile) store = STRATA_KEPT_FILE_INIT;
  g_autofree char *known = NULL;
  g_autofree char *group = NULL;

  if (!open_file (&store, TRUE, error))
    return FALSE;

  known = find_group (&store, fields->project, fields->name);
  if (known != NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_EXISTS,
                   fields->project != NULL ? _("There is a profile “%s” already in this project: remove that one first, or choose another name")
                   : _("There is a profile “%s” already: remove that one first, or choose another name"), fields->name);
      return FALSE;
    }

  group = new_group (&store, fields->name);
  write_profile (&store, group, fields);

  return strata_kept_file_save (&store, error);
}

gboolean
strata_profiles_update (StrataProfile  *profile,
                        GError        **error)
{
  const StrataProfileFields *fields = strata_profile_get_fields (profile);
  g_auto(StrataKeptFile) store = STRATA_KEPT_FILE_INIT;
  g_autofree char *group = NULL;

  if (!open_file (&store, TRUE, error))
    return FALSE;

  group = find_group (&store, fields->project, fields->name);
  if (group == NULL)
    return not_there (fields->project, fields->name, error);

  write_profile (&store, group, fields);

  return strata_kept_file_save (&store, error);
}

gboolean
strata_profiles_remove (const char  *project,
                        const char  *name,
                        GError     **error)
{
  g_auto(StrataKeptFile) store = STRATA_KEPT_FILE_INIT;
  g_autofree char *group = NULL;

  if (!open_file (&store, TRUE, error))
    return FALSE;

  group = find_group (&store, project, name);
  if (group == NULL)
    return not_there (project, name, error);

  g_key_file_remove_group (store.file, group, NULL);

  return strata_kept_file_save (&store, error);
}

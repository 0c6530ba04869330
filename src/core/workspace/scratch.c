/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/scratch.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/workspace/workspace-private.h"

/* Without being asked. */
static gboolean
allows (StrataProfile *profile)
{
  const StrataProfileFields *fields = strata_profile_get_fields (profile);
  StrataProfileScratch scratch = strata_profile_get_scratch (profile);

  return scratch == STRATA_SCRATCH_YES || (scratch != STRATA_SCRATCH_NO && fields->environment == STRATA_PROFILE_DEVELOPMENT
                                           && strata_url_is_local (fields->url));
}

static gboolean
is_same_server (StrataUrl *one,
                StrataUrl *other)
{
  return other != NULL && g_strcmp0 (strata_url_get_host (one), strata_url_get_host (other)) == 0
         && strata_url_get_port (one) == strata_url_get_port (other);
}

/* A profile of the project on whose server there may be one. */
static StrataProfile *
find_other (StrataWorkspace *self,
            StrataDialect    dialect)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(GPtrArray) profiles = strata_profiles_list (strata_project_get_root (self->project), findings, NULL);
  StrataDatabaseChoice *choice = strata_workspace_get_choice (self, NULL);
  StrataUrl *chosen = choice != NULL ? strata_database_choice_get_url (choice) : NULL;

  for (guint i = 0; profiles != NULL && i < profiles->len; i++)
    {
      StrataProfile *profile = g_ptr_array_index (profiles, i);
      const StrataProfileFields *fields = strata_profile_get_fields (profile);

      if (strata_url_get_dialect (fields->url) == dialect && allows (profile) && !is_same_server (fields->url, chosen))
        return strata_profile_ref (profile);
    }

  return NULL;
}

/* With what to do next. It is no matter of this one command: there is no option that allows it. */
static gboolean
refuse (StrataWorkspace  *self,
        StrataDialect     dialect,
        GError          **error,
        const char       *reason)
{
  g_autoptr(StrataProfile) other = find_other (self, dialect);
  g_autofree char *url = other != NULL ? strata_url_to_string (strata_profile_get_fields (other)->url) : NULL;
  g_autofree char *server = other != NULL ? g_strdup_printf (_("%s, that of the profile “%s”"), url,
                                                              strata_profile_get_fields (other)->name)
                                          : g_strdup ("postgresql://localhost/postgres");

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_REFUSED, _("This needs a scratch database, and there is none: %s. Next: “scratch_url”"
                 " in strata.ini names another server for it, best of the same version, with a role that may create databases"
                 " (scratch_url = %s). No rows of a database go there"), reason, server);

  return FALSE;
}

/* What scratch_url names; NULL without an error where there is none, or none for that server. */
static StrataUrl *
read_scratch_url (StrataWorkspace  *self,
                  StrataDialect     dialect,
                  StrataProfile   **profile,
                  GError          **error)
{
  const StrataSettings *settings = strata_project_get_settings (self->project);
  g_autoptr(StrataUrl) parsed = NULL;
  g_autoptr(StrataUrl) url = NULL;

  if (settings->scratch_url == NULL)
    return NULL;

  parsed = strata_url_parse (settings->scratch_url, error);
  if (parsed == NULL)
    {
      g_prefix_error (error, "scratch_url in strata.ini: ");
      return NULL;
    }
  if (strata_url_get_dialect (parsed) != dialect)
    return NULL;

  url = strata_url_with_environment (parsed, (const char * const *) self->environ);
  if (!strata_profiles_match (strata_project_get_root (self->project), url, NULL, profile, error))
    return NULL;

  return g_steal_pointer (&url);
}

/* A profile that a person has made for a database overrules what a project's file says of it. */
static gboolean
check_profile (StrataWorkspace  *self,
               StrataProfile    *profile,
               gboolean          is_local,
               gboolean          agreed,
               GError          **error)
{
  const StrataProfileFields *fields = strata_profile_get_fields (profile);
  g_autofree char *reason = NULL;

  if (fields->is_protected)
    reason = g_strdup_printf (_("the profile “%s” is protected, so that none is made on its server"), fields->name);
  else if (fields->environment == STRATA_PROFILE_PRODUCTION)
    reason = g_strdup_printf (_("the profile “%s” is production, so that none is made on its server"), fields->name);
  else if (fields->scratch == STRATA_SCRATCH_NO)
    reason = g_strdup_printf (_("the profile “%s” says “scratch = no”"), fields->name);
  if (reason != NULL)
    return refuse (self, strata_url_get_dialect (fields->url), error, reason);

  if (fields->scratch == STRATA_SCRATCH_YES || agreed || (is_local && fields->environment == STRATA_PROFILE_DEVELOPMENT))
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_NEEDS_SCRATCH,
               _("A scratch database would be made on the server of the profile “%s”, and dropped afterwards; that was not"
                 " agreed to (“scratch = yes” in the profile does)"), fields->name);

  return FALSE;
}

static StrataUrl *
check_chosen (StrataWorkspace  *self,
              StrataDialect     dialect,
              gboolean          agreed,
              GError          **error)
{
  StrataDatabaseChoice *choice = strata_workspace_get_choice (self, error);
  StrataUrl *url = choice != NULL ? strata_database_choice_get_url (choice) : NULL;

  if (choice == NULL)
    return NULL;

  if (url == NULL || strata_url_get_dialect (url) != dialect)
    refuse (self, dialect, error, _("no server is known for it"));
  else if (self->profile != NULL)
    return check_profile (self, self->profile, strata_url_is_local (url), agreed, error) ? url : NULL;
  else if (strata_counts_as_production (url, NULL))
    refuse (self, dialect, error, _("the database is not on this machine and has no profile, so that it counts as production"));
  else
    return url;

  return NULL;
}

gboolean
strata_workspace_may_scratch (StrataWorkspace  *self,
                              StrataDialect     dialect,
                              gboolean          agreed,
                              GError          **error)
{
  g_autoptr(StrataProfile) profile = NULL;
  g_autoptr(StrataUrl) url = NULL;
  g_autoptr(GError) local = NULL;

  if (dialect == STRATA_DIALECT_SQLITE)
    return TRUE;

  url = read_scratch_url (self, dialect, &profile, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (url != NULL)
    {
      if (profile == NULL || check_profile (self, profile, TRUE, TRUE, error))
        return TRUE;
      g_prefix_error (error, "scratch_url: ");
      return FALSE;
    }

  return check_chosen (self, dialect, agreed, error) != NULL;
}

static StrataScratch *
open_on_url (StrataWorkspace  *self,
             StrataUrl        *url,
             StrataProfile    *profile,
             GCancellable     *cancellable,
             GError          **error)
{
  const StrataPasswordSources sources = { .environ = (const char * const *) self->environ };
  const StrataProfileFields *fields = self->profile != NULL ? strata_profile_get_fields (self->profile) : NULL;
  StrataPasswordOrigin origin;
  g_autoptr(StrataUrl) complete = strata_password_find (url, profile, &sources, &origin, NULL, cancellable, error);

  if (complete == NULL)
    return NULL;

  return strata_scratch_open (strata_url_get_dialect (url), complete, fields != NULL ? fields->search_path : NULL, cancellable,
                              error);
}

/* What a script leaves without a schema goes where it would go in the database itself. */
static StrataScratch *
open_beside (StrataWorkspace  *self,
             GCancellable     *cancellable,
             GError          **error)
{
  const StrataConnectRequest request = { .command = "scratch" };
  g_autoptr(StrataConnection) connection = strata_workspace_connect (self, &request, cancellable, error);
  g_autoptr(StrataRows) rows = NULL;

  if (connection != NULL)
    rows = strata_connection_query (connection, "SHOW search_path", NULL, 0, cancellable, error);
  if (rows == NULL)
    return NULL;

  return strata_scratch_open (strata_connection_get_dialect (connection), strata_connection_get_url (connection),
                              strata_rows_get (rows, 0, 0), cancellable, error);
}

StrataScratch *
strata_workspace_open_scratch (StrataWorkspace  *self,
                               StrataDialect     dialect,
                               gboolean          agreed,
                               GCancellable     *cancellable,
                               GError          **error)
{
  g_autoptr(StrataProfile) profile = NULL;
  g_autoptr(StrataUrl) url = NULL;

  if (!strata_workspace_may_scratch (self, dialect, agreed, error))
    return NULL;
  if (dialect == STRATA_DIALECT_SQLITE)
    return strata_scratch_open (dialect, NULL, NULL, cancellable, error);

  url = read_scratch_url (self, dialect, &profile, NULL);

  return url != NULL ? open_on_url (self, url, profile, cancellable, error) : open_beside (self, cancellable, error);
}

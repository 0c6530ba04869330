/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/profile.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/url/mask.h"

#define LONGEST_NAME 64

struct _StrataProfile
{
  gatomicrefcount      ref_count;
  StrataProfileFields  fields;        /* its strings and its URL are owned */
};

G_DEFINE_BOXED_TYPE (StrataProfile, strata_profile, strata_profile_ref, strata_profile_unref)

static const char * const environments[] = {
  [STRATA_PROFILE_DEVELOPMENT] = "development",
  [STRATA_PROFILE_STAGING] = "staging",
  [STRATA_PROFILE_PRODUCTION] = "production",
};

static const char * const scratches[] = {
  [STRATA_SCRATCH_NO] = "no",
  [STRATA_SCRATCH_ASK] = "ask",
  [STRATA_SCRATCH_YES] = "yes",
};

static const char * const colours[] = {
  "blue", "green", "yellow", "orange", "red", "purple", "brown", "grey", NULL
};

static gboolean fail (GError     **error,
                      const char  *format,
                      ...) G_GNUC_PRINTF (2, 3);

static gboolean
fail (GError     **error,
      const char  *format,
      ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_USAGE, text);

  return FALSE;
}

/* A name is typed in shells and written into files: it must need no quotes anywhere. */
static gboolean
check_name (const char  *name,
            GError     **error)
{
  if (name == NULL || *name == '\0')
    return fail (error, _("A profile needs a name"));
  if (!g_utf8_validate (name, -1, NULL) || g_utf8_strlen (name, -1) > LONGEST_NAME)
    return fail (error, _("The name of a profile has at most %d characters"), LONGEST_NAME);

  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (!g_unichar_isalnum (character) && (at == name || strchr ("-_.", character < 0x80 ? (int) character : '/') == NULL))
        return fail (error,
                     _("“%s” cannot name a profile: a name has letters, digits, “-”, “_” and “.”, and begins with a "
                       "letter or a digit"), name);
    }

  return TRUE;
}

static gboolean
is_colour (const char *text)
{
  if (g_strv_contains (colours, text))
    return TRUE;

  return *text == '#' && strlen (text) == 7 && strspn (text + 1, "0123456789abcdefABCDEF") == 6;
}

static gboolean
is_one_line (const char *text)
{
  if (*text == '\0' || !g_utf8_validate (text, -1, NULL))
    return FALSE;

  for (; *text != '\0'; text++)
    if (g_ascii_iscntrl (*text))
      return FALSE;

  return TRUE;
}

static gboolean
check_details (const StrataProfileFields  *fields,
               GError                    **error)
{
  if (fields->colour != NULL && !is_colour (fields->colour))
    {
      g_autofree char *known = g_strjoinv (", ", (GStrv) colours);

      return fail (error, _("“%s” is no colour: it can be %s, or like #c01c28"), fields->colour, known);
    }

  if (fields->lock_timeout < STRATA_PROFILE_UNSET || fields->statement_timeout < STRATA_PROFILE_UNSET
      || fields->connect_timeout < STRATA_PROFILE_UNSET)
    return fail (error, _("A time limit cannot be negative"));

  if ((fields->role != NULL && !is_one_line (fields->role))
      || (fields->search_path != NULL && !is_one_line (fields->search_path)))
    return fail (error, _("A role and a search path are one line of text each"));

  return TRUE;
}

/* What the URL says besides its password that nobody may read in a file. */
static gboolean
check_no_secret (StrataUrl  *url,
                 GError    **error)
{
  const char * const *query = strata_url_get_query_list (url);
  g_auto(GStrv) secrets = strata_url_get_secrets (url);

  if (*secrets != NULL)
    return fail (error, _("A profile never holds a password, but the part behind the “?” of its URL has one"));

  for (; *query != NULL; query += 2)
    {
      g_autofree char *masked = strata_mask (query[1], NULL);

      if (strcmp (masked, query[1]) != 0)
        return fail (error, _("A profile never holds a password, but “%s” in its URL has one"), query[0]);
    }

  return TRUE;
}

static gboolean
check_url (StrataUrl  *url,
           GError    **error)
{
  g_autofree char *text = strata_url_to_string (url);
  g_autoptr(StrataUrl) again = NULL;

  if (strata_url_get_dialect (url) == STRATA_DIALECT_UNKNOWN)
    return fail (error, _("“%s” is no database server that can be worked with: there are sqlite, postgresql, mysql, "
                          "mariadb and mssql"), strata_url_get_scheme (url));
  if (strata_url_get_dialect (url) == STRATA_DIALECT_SQLITE && strata_url_get_database (url) == NULL)
    return fail (error, _("A database in memory is gone when a program ends: a profile needs a file"));
  if (strata_url_get_dialect (url) == STRATA_DIALECT_SQLITE && !g_path_is_absolute (strata_url_get_database (url)))
    return fail (error, _("The path of a profile's database must be absolute: sqlite:////srv/app.db"));

  /* It is kept as text, where a path with a "?" would come back as another one. */
  again = strata_url_parse (text, NULL);
  if (again == NULL || g_strcmp0 (strata_url_get_database (again), strata_url_get_database (url)) != 0)
    return fail (error, _("The URL %s cannot be written down so that it means the same"), text);

  return check_no_secret (url, error);
}

/* For a profile of a project a relative path begins at the project's folder. */
static StrataUrl *
plain_url (const StrataProfileFields  *fields,
           GError                    **error)
{
  g_autoptr(StrataUrl) resolved = NULL;
  g_autoptr(StrataUrl) url = NULL;

  if (fields->url == NULL)
    {
      fail (error, _("A profile needs the URL of its database"));
      return NULL;
    }

  resolved = fields->project != NULL ? strata_url_resolve (fields->url, fields->project) : strata_url_ref (fields->url);
  url = strata_url_with_password (resolved, NULL);

  return check_url (url, error) ? g_steal_pointer (&url) : NULL;
}

StrataProfile *
strata_profile_new (const StrataProfileFields  *fields,
                    GError                    **error)
{
  g_autoptr(StrataUrl) url = NULL;
  StrataProfile *self;

  if (!check_name (fields->name, error) || !check_details (fields, error))
    return NULL;

  url = plain_url (fields, error);
  if (url == NULL)
    return NULL;

  self = g_new0 (StrataProfile, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->fields = *fields;
  self->fields.name = g_strdup (fields->name);
  self->fields.project = fields->project != NULL ? g_canonicalize_filename (fields->project, NULL) : NULL;
  self->fields.url = g_steal_pointer (&url);
  self->fields.colour = g_strdup (fields->colour);
  self->fields.role = g_strdup (fields->role);
  self->fields.search_path = g_strdup (fields->search_path);

  return self;
}

StrataProfile *
strata_profile_ref (StrataProfile *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
strata_profile_unref (StrataProfile *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free ((char *) self->fields.name);
  g_free ((char *) self->fields.project);
  strata_url_unref (self->fields.url);
  g_free ((char *) self->fields.colour);
  g_free ((char *) self->fields.role);
  g_free ((char *) self->fields.search_path);
  g_free (self);
}

const StrataProfileFields *
strata_profile_get_fields (const StrataProfile *self)
{
  return &self->fields;
}

StrataProfileScratch
strata_profile_get_scratch (const StrataProfile *self)
{
  if (self->fields.environment == STRATA_PROFILE_PRODUCTION || self->fields.is_protected)
    return STRATA_SCRATCH_NO;

  return self->fields.scratch;
}

const char *
strata_profile_environment_get_name (StrataProfileEnvironment environment)
{
  g_return_val_if_fail (environment < G_N_ELEMENTS (environments), NULL);

  return environments[environment];
}

static gboolean
find_name (const char         *name,
           const char * const *names,
           guint               n_names,
           guint              *index)
{
  for (*index = 0; *index < n_names; (*index)++)
    if (g_strcmp0 (name, names[*index]) == 0)
      return TRUE;

  return FALSE;
}

gboolean
strata_profile_environment_from_name (const char               *name,
                                      StrataProfileEnvironment *environment)
{
  guint index;

  if (!find_name (name, environments, G_N_ELEMENTS (environments), &index))
    return FALSE;
  *environment = index;

  return TRUE;
}

const char *
strata_profile_scratch_get_name (StrataProfileScratch scratch)
{
  g_return_val_if_fail (scratch < G_N_ELEMENTS (scratches), NULL);

  return scratches[scratch];
}

gboolean
strata_profile_scratch_from_name (const char           *name,
                                  StrataProfileScratch *scratch)
{
  guint index;

  if (!find_name (name, scratches, G_N_ELEMENTS (scratches), &index))
    return FALSE;
  *scratch = index;

  return TRUE;
}

gboolean
strata_counts_as_production (const StrataUrl     *url,
                             const StrataProfile *profile)
{
  if (profile != NULL)
    return profile->fields.environment == STRATA_PROFILE_PRODUCTION;

  return !strata_url_is_local (url);
}

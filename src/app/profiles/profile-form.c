/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/profiles/profile-form.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/base/duration.h"
#include "core/base/error.h"
#include "core/base/number.h"

void
strata_profile_form_init (StrataProfileForm *self)
{
  *self = (StrataProfileForm) { .dialect = STRATA_DIALECT_POSTGRESQL, .scratch = STRATA_SCRATCH_ASK };
  for (guint i = 0; i < STRATA_FORM_N_TEXTS; i++)
    self->texts[i] = g_strdup ("");
}

void
strata_profile_form_clear (StrataProfileForm *self)
{
  for (guint i = 0; i < STRATA_FORM_N_TEXTS; i++)
    g_clear_pointer (&self->texts[i], g_free);
  g_clear_pointer (&self->driver, g_free);
  g_clear_pointer (&self->ssl_mode, g_free);
  g_clear_pointer (&self->colour, g_free);
  g_clear_pointer (&self->project, g_free);
}

/* Blanks around it come from pasting, and mean nothing in any of them. */
void
strata_profile_form_set_text (StrataProfileForm *self,
                              StrataFormText     which,
                              const char        *text)
{
  char *copy = g_strstrip (g_strdup (text != NULL ? text : ""));

  g_free (self->texts[which]);
  self->texts[which] = copy;
}

static void
set_time (StrataProfileForm *self,
          StrataFormText     which,
          gint64             milliseconds)
{
  g_autofree char *text = milliseconds != STRATA_PROFILE_UNSET ? strata_duration_to_text (milliseconds) : NULL;

  strata_profile_form_set_text (self, which, text);
}

/* The query as it is written behind the "?", but for what has a row of its own: of several hosts each has its port. */
static void
set_query (StrataProfileForm *self,
           StrataUrl         *url)
{
  const char * const *pairs = strata_url_get_query_list (url);
  g_autoptr(GPtrArray) kept = g_ptr_array_new ();
  g_autoptr(StrataUrl) rest = NULL;
  g_autofree char *text = NULL;

  g_clear_pointer (&self->ssl_mode, g_free);
  for (; *pairs != NULL; pairs += 2)
    if (self->dialect == STRATA_DIALECT_POSTGRESQL && g_str_equal (pairs[0], "sslmode"))
      {
        g_free (self->ssl_mode);
        self->ssl_mode = g_strdup (pairs[1]);
      }
    else if (g_str_equal (pairs[0], "port"))
      strata_profile_form_set_text (self, STRATA_FORM_PORT, pairs[1]);
    else
      {
        g_ptr_array_add (kept, (gpointer) pairs[0]);
        g_ptr_array_add (kept, (gpointer) pairs[1]);
      }
  g_ptr_array_add (kept, NULL);

  rest = strata_url_new (&(StrataUrlParts) { .dialect = STRATA_DIALECT_POSTGRESQL, .query = (const char **) kept->pdata });
  text = strata_url_to_string (rest);
  strata_profile_form_set_text (self, STRATA_FORM_OPTIONS, kept->len > 1 ? strchr (text, '?') + 1 : NULL);
}

static void
set_parts (StrataProfileForm *self,
           StrataUrl         *url)
{
  gboolean is_file = strata_url_get_dialect (url) == STRATA_DIALECT_SQLITE;
  guint port = strata_url_get_port (url);
  g_autofree char *port_text = port > 0 ? g_strdup_printf ("%u", port) : NULL;

  self->dialect = strata_url_get_dialect (url);
  g_free (self->driver);
  self->driver = g_strdup (strata_url_get_driver (url));
  strata_profile_form_set_text (self, STRATA_FORM_FILE, is_file ? strata_url_get_database (url) : NULL);
  strata_profile_form_set_text (self, STRATA_FORM_DATABASE, is_file ? NULL : strata_url_get_database (url));
  strata_profile_form_set_text (self, STRATA_FORM_HOST, strata_url_get_host (url));
  strata_profile_form_set_text (self, STRATA_FORM_PORT, port_text);
  strata_profile_form_set_text (self, STRATA_FORM_USER, strata_url_get_user (url));
  set_query (self, url);
}

void
strata_profile_form_set_profile (StrataProfileForm *self,
                                 StrataProfile     *profile)
{
  const StrataProfileFields *fields = strata_profile_get_fields (profile);

  set_parts (self, fields->url);
  strata_profile_form_set_text (self, STRATA_FORM_NAME, fields->name);
  strata_profile_form_set_text (self, STRATA_FORM_ROLE, fields->role);
  strata_profile_form_set_text (self, STRATA_FORM_SEARCH_PATH, fields->search_path);
  set_time (self, STRATA_FORM_LOCK_TIMEOUT, fields->lock_timeout);
  set_time (self, STRATA_FORM_STATEMENT_TIMEOUT, fields->statement_timeout);
  set_time (self, STRATA_FORM_CONNECT_TIMEOUT, fields->connect_timeout);
  g_free (self->colour);
  self->colour = g_strdup (fields->colour);
  g_free (self->project);
  self->project = g_strdup (fields->project);
  self->environment = fields->environment;
  self->is_protected = fields->is_protected;
  self->scratch = fields->scratch;
}

gboolean
strata_profile_form_set_url (StrataProfileForm  *self,
                             const char         *text,
                             char              **password,
                             GError            **error)
{
  g_autoptr(StrataUrl) url = strata_url_parse (text, error);
  StrataDialect dialect;

  *password = NULL;
  if (url == NULL)
    return FALSE;

  dialect = strata_url_get_dialect (url);
  if (dialect != STRATA_DIALECT_SQLITE && dialect != STRATA_DIALECT_POSTGRESQL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE, _("Strata works with SQLite and PostgreSQL, and this is a URL of %s"),
                   strata_url_get_scheme (url));
      return FALSE;
    }

  set_parts (self, url);
  /* What Strata itself shows in place of one is no password. */
  if (g_strcmp0 (strata_url_get_password (url), "***") != 0)
    *password = g_strdup (strata_url_get_password (url));

  return TRUE;
}

/* Keys that have a row of their own would be two truths. */
static StrataUrl *
parse_options (const StrataProfileForm  *self,
               GError                  **error)
{
  const char *scheme = self->dialect == STRATA_DIALECT_SQLITE ? "sqlite" : "postgresql";
  g_autofree char *text = g_strdup_printf ("%s://?%s", scheme, self->texts[STRATA_FORM_OPTIONS]);
  g_autoptr(StrataUrl) url = strata_url_parse (text, error);
  g_auto(GStrv) secrets = NULL;

  if (url == NULL)
    return NULL;

  secrets = strata_url_get_secrets (url);
  if (strata_url_get_password (url) != NULL || *secrets != NULL)
    g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_USAGE, _("No password can stand here: a profile is a plain file"));
  else if (strata_url_get_host (url) != NULL || strata_url_get_port (url) != 0 || strata_url_get_user (url) != NULL
           || strata_url_get_database (url) != NULL || strata_url_get_query (url, "sslmode") != NULL)
    g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_USAGE,
                         _("Host, port, user, database and sslmode have rows of their own"));
  else
    return g_steal_pointer (&url);

  return NULL;
}

static char *
dup_path (const StrataProfileForm *self)
{
  const char *text = self->texts[STRATA_FORM_FILE];

  return g_str_has_prefix (text, "~/") ? g_build_filename (g_get_home_dir (), text + 2, NULL) : g_strdup (text);
}

static StrataUrl *
make_url (const StrataProfileForm  *self,
          GError                  **error)
{
  gboolean is_file = self->dialect == STRATA_DIALECT_SQLITE;
  const char *port = self->texts[STRATA_FORM_PORT];
  g_autofree char *path = dup_path (self);
  g_autoptr(StrataUrl) options = parse_options (self, error);
  g_autoptr(GPtrArray) query = g_ptr_array_new ();
  StrataUrlParts parts = { .dialect = self->dialect, .driver = self->driver };

  if (options == NULL)
    return NULL;

  if (!is_file && self->ssl_mode != NULL)
    {
      g_ptr_array_add (query, (gpointer) "sslmode");
      g_ptr_array_add (query, self->ssl_mode);
    }
  for (const char * const *pair = strata_url_get_query_list (options); *pair != NULL; pair++)
    g_ptr_array_add (query, (gpointer) *pair);
  if (!is_file && strchr (port, ',') != NULL)
    {
      g_ptr_array_add (query, (gpointer) "port");
      g_ptr_array_add (query, (gpointer) port);
    }
  g_ptr_array_add (query, NULL);
  parts.query = (const char **) query->pdata;

  parts.database = is_file ? path : self->texts[STRATA_FORM_DATABASE];
  if (!is_file)
    {
      parts.host = self->texts[STRATA_FORM_HOST];
      parts.user = self->texts[STRATA_FORM_USER];
      parts.port = strchr (port, ',') == NULL ? (guint) g_ascii_strtoull (port, NULL, 10) : 0;
    }

  return strata_url_new (&parts);
}

static char *
dup_name_problem (const StrataProfileForm *self,
                  GPtrArray               *others)
{
  const char *name = self->texts[STRATA_FORM_NAME];
  g_autoptr(StrataUrl) url = strata_url_parse ("sqlite:////x", NULL);
  StrataProfileFields fields = STRATA_PROFILE_FIELDS_INIT;
  g_autoptr(StrataProfile) probe = NULL;

  if (*name == '\0')
    return g_strdup (_("A profile needs a name"));

  fields.name = name;
  fields.url = url;
  probe = strata_profile_new (&fields, NULL);
  if (probe == NULL)
    return g_strdup (_("At most 64 letters, digits, “-”, “_” and “.”; the first one a letter or a digit"));

  for (guint i = 0; others != NULL && i < others->len; i++)
    {
      const StrataProfileFields *other = strata_profile_get_fields (g_ptr_array_index (others, i));

      if (g_str_equal (other->name, name) && g_strcmp0 (other->project, self->project) == 0)
        return g_strdup (_("Another profile has this name"));
    }

  return NULL;
}

static char *
dup_file_problem (const StrataProfileForm *self)
{
  g_autofree char *path = dup_path (self);

  if (self->dialect != STRATA_DIALECT_SQLITE)
    return NULL;
  if (*path == '\0')
    return g_strdup (_("Which file is the database?"));
  if (strstr (path, "://") != NULL)
    return g_strdup (_("This is a URL: it belongs in the row above"));
  if (!g_path_is_absolute (path) && self->project == NULL)
    return g_strdup (_("A profile for all projects needs the whole path, from “/”"));

  return NULL;
}

static char *
dup_host_problem (const StrataProfileForm *self)
{
  const char *host = self->texts[STRATA_FORM_HOST];

  if (self->dialect == STRATA_DIALECT_SQLITE)
    return NULL;
  if (strstr (host, "://") != NULL)
    return g_strdup (_("This is a URL: it belongs in the row above"));
  if (strpbrk (host, " @?") != NULL)
    return g_strdup (_("A name, an address, or the folder of a socket"));

  return NULL;
}

static char *
dup_port_problem (const StrataProfileForm *self)
{
  g_auto(GStrv) ports = g_strsplit (self->texts[STRATA_FORM_PORT], ",", -1);
  g_auto(GStrv) hosts = g_strsplit (self->texts[STRATA_FORM_HOST], ",", -1);

  if (self->dialect == STRATA_DIALECT_SQLITE)
    return NULL;

  for (guint i = 0; ports[i] != NULL; i++)
    if (*ports[i] != '\0' && !strata_number_parse_unsigned (ports[i], 1, 65535, NULL))
      return g_strdup (_("A port is a number from 1 to 65535"));

  if (g_strv_length (ports) > 1 && g_strv_length (ports) != g_strv_length (hosts))
    return g_strdup (_("One port for all hosts, or one for each"));

  return NULL;
}

static char *
dup_time_problem (const char *text)
{
  gint64 milliseconds;

  if (*text == '\0' || strata_duration_parse (text, &milliseconds, NULL))
    return NULL;

  return g_strdup (_("A time is written like 5 s, 500 ms or 2 min"));
}

static char *
dup_options_problem (const StrataProfileForm *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataUrl) options = parse_options (self, &error);

  return options == NULL ? g_strdup (error->message) : NULL;
}

char *
strata_profile_form_dup_problem (const StrataProfileForm *self,
                                 StrataFormText           which,
                                 GPtrArray               *others)
{
  switch (which)
    {
    case STRATA_FORM_NAME:
      return dup_name_problem (self, others);
    case STRATA_FORM_FILE:
      return dup_file_problem (self);
    case STRATA_FORM_HOST:
      return dup_host_problem (self);
    case STRATA_FORM_PORT:
      return dup_port_problem (self);
    case STRATA_FORM_OPTIONS:
      return dup_options_problem (self);
    case STRATA_FORM_LOCK_TIMEOUT:
    case STRATA_FORM_STATEMENT_TIMEOUT:
    case STRATA_FORM_CONNECT_TIMEOUT:
      return dup_time_problem (self->texts[which]);
    case STRATA_FORM_DATABASE:
    case STRATA_FORM_USER:
    case STRATA_FORM_ROLE:
    case STRATA_FORM_SEARCH_PATH:
    case STRATA_FORM_N_TEXTS:
    default:
      return NULL;
    }
}

static gboolean
get_time (const StrataProfileForm  *self,
          StrataFormText            which,
          gint64                   *milliseconds,
          GError                  **error)
{
  *milliseconds = STRATA_PROFILE_UNSET;

  return *self->texts[which] == '\0' || strata_duration_parse (self->texts[which], milliseconds, error);
}

static const char *
get_filled (const StrataProfileForm *self,
            StrataFormText           which)
{
  return *self->texts[which] != '\0' ? self->texts[which] : NULL;
}

StrataProfile *
strata_profile_form_make (const StrataProfileForm  *self,
                          GError                  **error)
{
  g_autoptr(StrataUrl) url = make_url (self, error);
  StrataProfileFields fields = STRATA_PROFILE_FIELDS_INIT;

  if (url == NULL
      || !get_time (self, STRATA_FORM_LOCK_TIMEOUT, &fields.lock_timeout, error)
      || !get_time (self, STRATA_FORM_STATEMENT_TIMEOUT, &fields.statement_timeout, error)
      || !get_time (self, STRATA_FORM_CONNECT_TIMEOUT, &fields.connect_timeout, error))
    return NULL;

  fields.name = self->texts[STRATA_FORM_NAME];
  fields.project = self->project;
  fields.url = url;
  fields.environment = self->environment;
  fields.is_protected = self->is_protected;
  fields.colour = self->colour;
  fields.role = get_filled (self, STRATA_FORM_ROLE);
  fields.search_path = get_filled (self, STRATA_FORM_SEARCH_PATH);
  fields.scratch = self->scratch;

  return strata_profile_new (&fields, error);
}

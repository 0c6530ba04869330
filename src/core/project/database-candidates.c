/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/database-choice-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/project/compose-files.h"
#include "core/project/profile-store.h"
#include "core/project/project-private.h"

/* The names under which people keep a database's URL; looked up in the environment, where every other name is somebody
 * else's. */
static const char * const usual_names[] = {
  "DATABASE_URL", "DATABASE_URI", "DB_URL", "DB_URI", "POSTGRES_URL", "SQLALCHEMY_DATABASE_URI",
  "SQLALCHEMY_DATABASE_URL", "SQLALCHEMY_URL",
};

typedef struct
{
  const StrataProject  *project;
  const char * const   *environment;
  StrataWorld          *world;
  GPtrArray            *candidates;
} Collector;

static gboolean
is_known (GPtrArray *candidates,
          StrataUrl *url)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      const StrataDatabaseCandidate *candidate = g_ptr_array_index (candidates, i);

      if (strata_url_same_database (candidate->url, url))
        return TRUE;
    }

  return FALSE;
}

/* Takes the reason. What is no URL is no candidate. */
static void
add_text (Collector            *self,
          StrataDatabaseSource  source,
          const char           *text,
          char                 *reason)
{
  g_autofree char *owned = reason;
  g_autoptr(StrataUrl) url = NULL;

  if (text != NULL)
    url = strata_project_read_url (self->project, text, self->environment, NULL);
  if (url == NULL)
    return;

  if (!is_known (self->candidates, url))
    g_ptr_array_add (self->candidates, strata_database_candidate_new (source, url, g_steal_pointer (&owned), NULL));
  strata_project_add_published (self->project, self->environment, url, self->candidates);
}

static void
add_env_sources (Collector *self)
{
  StrataEnvFacts *facts = self->project->env_facts;
  GPtrArray *sources = facts != NULL ? strata_env_facts_get_sources (facts) : NULL;

  for (guint i = 0; sources != NULL && i < sources->len; i++)
    {
      const StrataEnvValue *value = g_ptr_array_index (sources, i);
      g_autoptr(GPtrArray) parts = g_ptr_array_new ();
      StrataDatabaseSource source;
      g_autofree char *text = NULL;

      if (strata_world_evaluate (self->world, value, STRATA_RULE_PYTHON, &text, parts, NULL) == STRATA_ENV_IS_TEXT)
        {
          char *reason = strata_env_reason (self->project, self->world, value, text, parts, STRATA_RULE_PYTHON, &source);

          add_text (self, source, text, reason);
        }
    }
}

/* The URL of an ini's section; NULL is the one that counts. */
static void
add_section (Collector  *self,
             const char *section)
{
  StrataPlace place = { 0 };
  g_autofree char *text = strata_keys_dup_ini (self->project->keys, section, "sqlalchemy.url", &place, NULL);
  g_autofree char *shown = place.file != NULL ? strata_project_dup_shown_path (self->project, place.file) : NULL;

  if (text != NULL)
    add_text (self, STRATA_SOURCE_CONFIG, text, g_strdup_printf (_("%s from %s line %u"), "sqlalchemy.url", shown,
                                                                 place.line));
}

/* The multidb template names a section for each of its databases. */
static void
add_config (Collector *self)
{
  static const char * const own_keys[] = { "url", "sqlalchemy.url" };
  g_autofree char *databases = strata_keys_dup_ini (self->project->keys, NULL, "databases", NULL, NULL);
  g_auto(GStrv) sections = g_strsplit (databases != NULL ? databases : "", ",", -1);
  StrataPlace place = { 0 };

  add_section (self, NULL);
  for (guint i = 0; sections[i] != NULL; i++)
    add_section (self, g_strstrip (sections[i]));

  for (guint i = 0; i < G_N_ELEMENTS (own_keys); i++)
    {
      g_autofree char *own = strata_keys_dup_own (self->project->keys, own_keys[i], &place, NULL);

      add_text (self, STRATA_SOURCE_CONFIG, own,
                g_strdup_printf (_("%s from strata.ini line %u"), own_keys[i], place.line));
    }
}

static void
add_environment (Collector *self)
{
  for (guint i = 0; self->environment != NULL && i < G_N_ELEMENTS (usual_names); i++)
    add_text (self, STRATA_SOURCE_ENVIRONMENT, g_environ_getenv ((char **) self->environment, usual_names[i]),
              g_strdup_printf (_("%s from the environment"), usual_names[i]));
}

static void
add_dotenv (Collector *self)
{
  g_autofree char *shown = NULL;
  g_autoptr(StrataDocument) document = strata_project_read_dotenv (self->project, self->environment, &shown);
  const StrataConfigValue *root = document != NULL ? strata_document_get_root (document) : NULL;

  for (guint i = 0; root != NULL && i < strata_config_value_get_size (root); i++)
    {
      const char *text = strata_config_value_get_text (strata_config_value_get_element (root, i));

      if (text != NULL && strstr (text, "://") != NULL)
        add_text (self, STRATA_SOURCE_DOTENV, text,
                  g_strdup_printf (_("%s from %s"), strata_config_value_get_key (root, i), shown));
    }
}

static void
add_compose (Collector *self)
{
  g_autoptr(GPtrArray) databases = strata_compose_files_read (self->project, self->environment);

  for (guint i = 0; i < databases->len; i++)
    {
      const StrataComposeDatabase *database = g_ptr_array_index (databases, i);
      g_autoptr(StrataUrl) url = NULL;

      if (database->port == 0)
        continue;

      url = strata_compose_move (database->url, database->host, database->port);
      if (!is_known (self->candidates, url))
        g_ptr_array_add (self->candidates,
                         strata_database_candidate_new (STRATA_SOURCE_COMPOSE, url,
                                                        g_strdup_printf (_("the compose service %s, published here"),
                                                                         database->service), NULL));
    }
}

static void
add_profiles (Collector *self)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(GPtrArray) profiles = strata_profiles_list (self->project->files.folder, findings, NULL);

  for (guint i = 0; profiles != NULL && i < profiles->len; i++)
    {
      const StrataProfileFields *fields = strata_profile_get_fields (g_ptr_array_index (profiles, i));
      g_autofree char *advice = g_strdup_printf ("-p %s", fields->name);

      g_ptr_array_add (self->candidates,
                       strata_database_candidate_new (STRATA_SOURCE_PROFILE, fields->url,
                                                      g_strdup (_("a profile")), advice));
    }
}

void
strata_project_add_candidates (const StrataProject  *project,
                               StrataWorld          *world,
                               const char * const   *environment,
                               GPtrArray            *candidates)
{
  Collector self = { project, environment, world, candidates };

  add_env_sources (&self);
  add_config (&self);
  add_environment (&self);
  add_dotenv (&self);
  add_compose (&self);
  add_profiles (&self);
}

static gboolean
is_host_of (const StrataComposeDatabase *database,
            StrataUrl                   *url)
{
  const char *host = strata_url_get_host (url);
  guint port = strata_url_get_port (url);

  return host != NULL &&
         (g_str_equal (host, database->service) || g_strcmp0 (host, database->container_name) == 0) &&
         (port == 0 || port == strata_url_get_port (database->url));
}

void
strata_project_add_published (const StrataProject *project,
                              const char * const  *environment,
                              StrataUrl           *url,
                              GPtrArray           *candidates)
{
  g_autoptr(GPtrArray) databases = NULL;

  if (strata_url_is_local (url))
    return;

  databases = strata_compose_files_read (project, environment);
  for (guint i = 0; i < databases->len; i++)
    {
      const StrataComposeDatabase *database = g_ptr_array_index (databases, i);
      g_autoptr(StrataUrl) here = NULL;

      if (database->port == 0 || !is_host_of (database, url))
        continue;

      here = strata_compose_move (url, database->host, database->port);
      if (!is_known (candidates, here))
        g_ptr_array_add (candidates,
                         strata_database_candidate_new (STRATA_SOURCE_COMPOSE, here,
                                                        g_strdup_printf (_("%s:%u is %s:%u here, says the compose "
                                                                           "file"),
                                                                         strata_url_get_host (url),
                                                                         strata_url_get_port (database->url),
                                                                         database->host, database->port), NULL));
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/database-choice-private.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/config/dotenv.h"
#include "core/project/project-private.h"

#define VARIABLE "DATABASE_URL"

typedef struct
{
  const StrataProject   *project;
  const char * const    *environment;
  StrataWorld           *world;
  StrataDatabaseChoice  *choice;
  GPtrArray             *blank;         /* char*: sources that are set, to nothing; owned */
} Chooser;

/* What is set to nothing, and how many these are. */
static char *
ask_for_url (const char *blank,
             guint       n)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "%s is empty, and wants a URL like postgresql://user@host/name or "
                                       "sqlite:///app.db",
                                       "%s are empty: one of them wants a URL like postgresql://user@host/name or "
                                       "sqlite:///app.db", n), blank);
}

static gboolean
is_blank (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;

  return *text == '\0';
}

StrataUrl *
strata_project_read_url (const StrataProject  *project,
                         const char           *text,
                         const char * const   *environment,
                         GError              **error)
{
  g_autoptr(StrataUrl) written = strata_url_parse (text, error);
  g_autoptr(StrataUrl) resolved = NULL;

  if (written == NULL)
    return NULL;

  if (strata_url_get_dialect (written) == STRATA_DIALECT_UNKNOWN)
    {
      g_autofree char *shown = strata_url_to_string (written);

      g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT, _("“%s” is of no server that Strata knows"), shown);
      return NULL;
    }

  resolved = strata_url_resolve (written, project->files.base);

  return strata_url_with_environment (resolved, environment);
}

/* The next source in the order: the first one that can be read is chosen, one that names another database after it is
 * a conflict. The first one that cannot be read ends the search: nothing falls back past it. Takes the reason. */
static void
offer (Chooser              *self,
       StrataDatabaseSource  source,
       const char           *text,
       char                 *reason)
{
  StrataDatabaseChoice *choice = self->choice;
  g_autofree char *owned = reason;
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataUrl) url = strata_project_read_url (self->project, text, self->environment, &error);

  if (url == NULL && choice->reason == NULL && is_blank (text))
    choice->reason = g_strdup_printf (_("%s, is empty, and wants a URL like postgresql://user@host/name or "
                                        "sqlite:///app.db"), reason);
  else if (url == NULL && choice->reason == NULL)
    choice->reason = g_strdup_printf ("%s: %s", reason, error->message);
  else if (url != NULL && choice->reason == NULL)
    {
      choice->url = g_steal_pointer (&url);
      choice->source = source;
      choice->reason = g_steal_pointer (&owned);
    }
  else if (url != NULL && choice->url != NULL && !strata_url_same_database (url, choice->url))
    g_ptr_array_add (choice->conflicts,
                     strata_database_candidate_new (source, url, g_steal_pointer (&owned), NULL));
}

static void
offer_own_key (Chooser    *self,
               const char *key)
{
  StrataPlace place = { 0 };
  StrataPlace other_place = { 0 };
  g_autofree char *text = strata_keys_dup_own (self->project->keys, key, &place, NULL);
  g_autofree char *other = strata_keys_dup_other_own (self->project->keys, key, &other_place);
  g_autofree char *shown = NULL;

  if (text == NULL)
    return;

  shown = strata_project_dup_shown_path (self->project, place.file);
  if (*g_strstrip (text) == '\0')
    {
      g_ptr_array_add (self->blank, g_strdup_printf (_("%s from %s line %u"), key, shown, place.line));
      return;
    }

  /* Translators: a key, a file and a line of it. */
  offer (self, STRATA_SOURCE_CONFIG, text, g_strdup_printf (_("%s from %s line %u"), key, shown, place.line));
  if (other != NULL && other_place.line != place.line)
    offer (self, STRATA_SOURCE_CONFIG, other, g_strdup_printf (_("%s from %s line %u"), key, shown, other_place.line));
}

StrataDocument *
strata_project_read_dotenv (const StrataProject  *project,
                            const char * const   *environment,
                            char                **shown)
{
  g_autofree char *here = g_strdup (project->files.folder);

  while (TRUE)
    {
      g_autofree char *path = g_build_filename (here, ".env", NULL);
      g_autofree char *parent = g_path_get_dirname (here);
      g_autoptr(GPtrArray) findings = strata_findings_new ();
      gsize length;
      g_autofree char *text = strata_file_read (path, &length, NULL);

      if (text != NULL)
        {
          *shown = strata_project_dup_shown_path (project, path);
          return strata_dotenv_parse (path, text, length, environment, FALSE, findings);
        }

      if (strata_folder_has (here, ".git") || g_str_equal (parent, here))
        return NULL;

      g_free (here);
      here = g_steal_pointer (&parent);
    }
}

static const char *
get_variable (const Chooser *self,
              const char    *name)
{
  const char *value = self->environment != NULL ? g_environ_getenv ((char **) self->environment, name) : NULL;

  return value != NULL && !is_blank (value) ? value : NULL;
}

static gboolean
has_blank_variable (const Chooser *self,
                    const char    *name)
{
  return get_variable (self, name) == NULL && self->environment != NULL
         && g_environ_getenv ((char **) self->environment, name) != NULL;
}

static void
offer_dotenv (Chooser *self)
{
  g_autofree char *shown = NULL;
  g_autoptr(StrataDocument) document = strata_project_read_dotenv (self->project, self->environment, &shown);
  const StrataConfigValue *value = NULL;

  if (document != NULL)
    value = strata_config_value_lookup (strata_document_get_root (document), VARIABLE);

  if (value == NULL)
    return;
  if (is_blank (strata_config_value_get_text (value)))
    g_ptr_array_add (self->blank, g_strdup_printf (_("%s from %s line %u"), VARIABLE, shown,
                                                   strata_config_value_get_place (value).line));
  else
    offer (self, STRATA_SOURCE_DOTENV, strata_config_value_get_text (value),
           g_strdup_printf (_("%s from %s"), VARIABLE, shown));
}

/* What is set to nothing counts as not set, and is named: it is what people overlook. */
static char *
dup_blank (const Chooser *self)
{
  GString *text = g_string_new (NULL);
  guint n = self->blank->len;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i == 0 ? "" : i + 1 == n ? _(" and ") : ", ",
                            (char *) g_ptr_array_index (self->blank, i));

  return g_string_free (text, FALSE);
}

static void
explain_blank (Chooser *self)
{
  StrataDatabaseChoice *choice = self->choice;
  g_autofree char *blank = dup_blank (self);
  g_autofree char *reason = g_steal_pointer (&choice->reason);

  if (reason != NULL)
    choice->reason = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s, as %s is empty", "%s, as %s are empty",
                                                   self->blank->len), reason, blank);
  else
    choice->reason = ask_for_url (blank, self->blank->len);
}

static void
choose_for_sql (Chooser *self)
{
  const char *variable = get_variable (self, VARIABLE);

  if (has_blank_variable (self, VARIABLE))
    g_ptr_array_add (self->blank, g_strdup_printf (_("%s from the environment"), VARIABLE));
  if (variable != NULL)
    offer (self, STRATA_SOURCE_ENVIRONMENT, variable, g_strdup_printf (_("%s from the environment"), VARIABLE));
  offer_dotenv (self);
  offer_own_key (self, "url");
  offer_own_key (self, "sqlalchemy.url");
  if (self->blank->len > 0)
    explain_blank (self);

  if (self->choice->reason == NULL)
    {
      g_autofree char *name = g_filename_display_basename (self->project->files.own);

      self->choice->reason = g_strdup_printf (_("Neither STRATA_URL nor DATABASE_URL (of the environment or of .env) "
                                                "is set, and %s has no url"), name);
    }
}

static void
offer_env (Chooser         *self,
           StrataWorldRule  rule)
{
  const StrataEnvValue *value = strata_env_facts_get_url (self->project->env_facts);
  g_autoptr(GPtrArray) parts = g_ptr_array_new ();
  const StrataEnvValue *culprit = NULL;
  StrataDatabaseSource source;
  g_autofree char *text = NULL;
  StrataEnvOutcome outcome = strata_world_evaluate (self->world, value, rule, &text, parts, &culprit);

  if (outcome == STRATA_ENV_IS_TEXT)
    {
      char *reason = strata_env_reason (self->project, self->world, value, text, parts, rule, &source);

      offer (self, source, text, reason);
    }
  else if (rule == STRATA_RULE_PYTHON)
    self->choice->reason = strata_env_reason_missing (self->project, value, culprit, outcome);
}

static void
choose_for_alembic (Chooser *self)
{
  StrataDatabaseChoice *choice = self->choice;
  StrataEnvFacts *facts = self->project->env_facts;
  g_autofree char *env_reason = NULL;

  if (facts == NULL)
    choice->reason = g_strdup (_("There is no env.py that says it"));
  else if (strata_env_facts_get_traits (facts) & STRATA_ENV_MULTIDB)
    choice->reason = g_strdup (_("env.py migrates several databases in one run"));
  else
    {
      offer_env (self, STRATA_RULE_PYTHON);
      offer_env (self, STRATA_RULE_FILES_FIRST);
      offer_env (self, STRATA_RULE_OTHER_KEYS);
    }

  /* What env.py does is not replaced by the ini that it overrides; strata.ini is a word to us. */
  if (choice->url == NULL)
    env_reason = g_steal_pointer (&choice->reason);
  offer_own_key (self, "url");
  if (choice->reason == NULL)
    choice->reason = g_steal_pointer (&env_reason);
}

/* What a person names for this one command ends the search, and is not compared with anything. */
static gboolean
choose_named (Chooser                      *self,
              const StrataDatabaseRequest  *request,
              GError                      **error)
{
  const char *text = request->url != NULL ? request->url : get_variable (self, "STRATA_URL");
  g_autoptr(GError) local = NULL;
  StrataDatabaseChoice *choice = self->choice;

  if (request->profile != NULL && request->url != NULL)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_USAGE, _("Give either a profile (-p) or --url, not both"));
      return FALSE;
    }

  if (request->profile != NULL)
    {
      const StrataProfileFields *fields = strata_profile_get_fields (request->profile);
      g_autoptr(StrataUrl) resolved = strata_url_resolve (fields->url, self->project->files.base);

      choice->source = STRATA_SOURCE_PROFILE;
      choice->reason = g_strdup_printf (_("the profile “%s”"), fields->name);
      choice->url = strata_url_with_environment (resolved, self->environment);
      return TRUE;
    }

  if (text == NULL)
    return TRUE;

  choice->source = request->url != NULL ? STRATA_SOURCE_OPTION : STRATA_SOURCE_STRATA_URL;
  choice->reason = request->url != NULL ? g_strdup ("--url") : g_strdup_printf (_("%s from the environment"),
                                                                                "STRATA_URL");
  choice->url = strata_project_read_url (self->project, text, self->environment, &local);
  if (is_blank (text))
    {
      g_autofree char *wanted = ask_for_url ("--url", 1);

      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_USAGE, wanted);
    }
  else if (choice->url == NULL)
    {
      g_prefix_error (&local, "%s: ", request->url != NULL ? "--url" : "STRATA_URL");
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_USAGE, local->message);
    }

  return choice->url != NULL;
}

StrataDatabaseChoice *
strata_project_choose_database (StrataProject                *project,
                                const StrataDatabaseRequest  *request,
                                GError                      **error)
{
  g_autoptr(StrataDatabaseChoice) choice = strata_database_choice_new ();
  g_autoptr(StrataWorld) world = strata_world_new (project->keys, project->files.base, request->environ,
                                                   (const char * const *) project->x_args);
  g_autoptr(GPtrArray) blank = g_ptr_array_new_with_free_func (g_free);
  Chooser chooser = { project, request->environ, world, choice, blank };

  if (!choose_named (&chooser, request, error))
    return NULL;

  if (choice->reason == NULL && project->kind == STRATA_PROJECT_ALEMBIC)
    choose_for_alembic (&chooser);
  else if (choice->reason == NULL)
    choose_for_sql (&chooser);

  if (choice->url == NULL)
    strata_project_add_candidates (project, world, request->environ, choice->candidates);
  else
    strata_project_add_published (project, request->environ, choice->url, choice->candidates);

  return g_steal_pointer (&choice);
}

static const char *
match_password (StrataUrl *wanted,
                StrataUrl *url)
{
  if (url == NULL || g_strcmp0 (strata_url_get_user (url), strata_url_get_user (wanted)) != 0
      || !strata_url_same_database (url, wanted))
    return NULL;

  return strata_url_get_password (url);
}

static const char *
match_candidates (StrataUrl *wanted,
                  GPtrArray *candidates)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      const StrataDatabaseCandidate *candidate = g_ptr_array_index (candidates, i);
      const char *password = match_password (wanted, candidate->url);

      if (password != NULL)
        return password;
    }

  return NULL;
}

char *
strata_project_lend_password (StrataProject       *project,
                              StrataUrl           *url,
                              const char * const  *environment)
{
  g_auto(GStrv) without = g_environ_unsetenv (g_strdupv ((GStrv) environment), "STRATA_URL");
  const StrataDatabaseRequest request = { .environ = (const char * const *) without };
  g_autoptr(StrataDatabaseChoice) choice = strata_project_choose_database (project, &request, NULL);
  const char *password;

  if (choice == NULL)
    return NULL;

  password = match_password (url, choice->url);
  if (password == NULL)
    password = match_candidates (url, choice->conflicts);
  if (password == NULL)
    password = match_candidates (url, choice->candidates);

  return g_strdup (password);
}

char *
strata_project_dup_variable (StrataProject       *project,
                             const char          *name,
                             const char * const  *environment,
                             char               **place)
{
  const char *value = g_environ_getenv ((GStrv) environment, name);
  g_autofree char *shown = NULL;
  g_autoptr(StrataDocument) document = NULL;
  const StrataConfigValue *found;

  if (value != NULL)
    {
      *place = g_strdup (_("the environment"));
      return g_strdup (value);
    }

  document = strata_project_read_dotenv (project, environment, &shown);
  found = document != NULL ? strata_config_value_lookup (strata_document_get_root (document), name) : NULL;
  if (found == NULL)
    return NULL;

  *place = g_steal_pointer (&shown);

  return g_strdup (strata_config_value_get_text (found));
}

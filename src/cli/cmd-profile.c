/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "core/base/duration.h"
#include "core/base/error.h"

typedef struct
{
  char     *environment;
  char     *colour;
  char     *lock_timeout;
  char     *statement_timeout;
  char     *connect_timeout;
  char     *role;
  char     *search_path;
  char     *scratch;
  gboolean  is_protected;
  gboolean  is_global;
} ProfileFlags;

static void
profile_flags_clear (ProfileFlags *self)
{
  g_free (self->environment);
  g_free (self->colour);
  g_free (self->lock_timeout);
  g_free (self->statement_timeout);
  g_free (self->connect_timeout);
  g_free (self->role);
  g_free (self->search_path);
  g_free (self->scratch);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ProfileFlags, profile_flags_clear)

/* The project's folder, or NULL for global profiles; outside of any project only those are seen. */
static gboolean
find_scope (StrataCli            *cli,
            const ProfileFlags   *flags,
            char                **scope,
            GError              **error)
{
  g_autoptr(StrataWorkspace) workspace = NULL;
  g_autoptr(GError) local = NULL;

  *scope = NULL;
  if (flags->is_global)
    return TRUE;

  workspace = strata_cli_open (cli, &local);
  if (workspace != NULL)
    *scope = g_strdup (strata_project_get_root (strata_workspace_get_project (workspace)));
  else if (!g_error_matches (local, STRATA_ERROR, STRATA_ERROR_NO_PROJECT))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  return TRUE;
}

static gboolean
parse_choices (const ProfileFlags   *flags,
               StrataProfileFields  *fields,
               GError              **error)
{
  if (flags->environment != NULL
      && !strata_profile_environment_from_name (flags->environment, &fields->environment))
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_USAGE,
                           "--environment is development, staging or production");
      return FALSE;
    }

  if (flags->scratch != NULL && !strata_profile_scratch_from_name (flags->scratch, &fields->scratch))
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_USAGE, "--scratch is yes, ask or no");
      return FALSE;
    }

  return TRUE;
}

static gboolean
parse_times (const ProfileFlags   *flags,
             StrataProfileFields  *fields,
             GError              **error)
{
  const struct { const char *text; gint64 *value; } times[] = {
    { flags->lock_timeout, &fields->lock_timeout },
    { flags->statement_timeout, &fields->statement_timeout },
    { flags->connect_timeout, &fields->connect_timeout },
  };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    if (times[i].text != NULL && !strata_duration_parse (times[i].text, times[i].value, error))
      return FALSE;

  return TRUE;
}

static StrataProfile *
make_profile (const char          *name,
              const char          *scope,
              StrataUrl           *url,
              const ProfileFlags  *flags,
              GError             **error)
{
  StrataProfileFields fields = STRATA_PROFILE_FIELDS_INIT;

  fields.name = name;
  fields.project = scope;
  fields.url = url;
  fields.is_protected = flags->is_protected;
  fields.colour = flags->colour;
  fields.role = flags->role;
  fields.search_path = flags->search_path;
  if (!parse_choices (flags, &fields, error) || !parse_times (flags, &fields, error))
    return NULL;

  return strata_profile_new (&fields, error);
}

/* From standard input, or from the URL, where it has been seen by everybody already. */
static gboolean
keep_password (StrataCli      *cli,
               StrataProfile  *profile,
               StrataUrl      *url,
               GError        **error)
{
  g_autofree char *typed = cli->options.password_stdin ? strata_password_read_stdin (error) : NULL;
  const char *password = typed != NULL ? typed : strata_url_get_password (url);

  if (cli->options.password_stdin && typed == NULL)
    return FALSE;

  if (password == NULL)
    return TRUE;

  if (strata_secrets_store (profile, password, 0, cli->cancellable, error))
    return TRUE;

  g_prefix_error (error, "The profile was kept, its password was not (STRATA_PASSWORD, ~/.pgpass or a prompt can give it): ");

  return FALSE;
}

static void
json_profile (JsonBuilder   *builder,
              StrataProfile *profile)
{
  const StrataProfileFields *fields = strata_profile_get_fields (profile);
  g_autofree char *url = strata_url_to_string (fields->url);

  json_builder_begin_object (builder);
  strata_json_string (builder, "name", fields->name);
  strata_json_string (builder, "project", fields->project);
  strata_json_string (builder, "url", url);
  strata_json_string (builder, "environment", strata_profile_environment_get_name (fields->environment));
  strata_json_bool (builder, "protected", fields->is_protected);
  strata_json_string (builder, "colour", fields->colour);
  strata_json_string (builder, "role", fields->role);
  strata_json_string (builder, "search_path", fields->search_path);
  strata_json_string (builder, "scratch", strata_profile_scratch_get_name (strata_profile_get_scratch (profile)));
  strata_json_int (builder, "lock_timeout_ms", fields->lock_timeout);
  strata_json_int (builder, "statement_timeout_ms", fields->statement_timeout);
  strata_json_int (builder, "connect_timeout_ms", fields->connect_timeout);
  json_builder_end_object (builder);
}

static int
profile_list (StrataCli           *cli,
              const ProfileFlags  *flags,
              GError             **error)
{
  g_autofree char *scope = NULL;
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(GPtrArray) profiles = NULL;
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  if (!find_scope (cli, flags, &scope, error)
      || (profiles = strata_profiles_list (scope, findings, error)) == NULL)
    return 1;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "profiles");
  json_builder_begin_array (builder);
  for (guint i = 0; i < profiles->len; i++)
    {
      const StrataProfileFields *fields = strata_profile_get_fields (g_ptr_array_index (profiles, i));
      g_autofree char *url = strata_url_to_string (fields->url);

      json_profile (builder, g_ptr_array_index (profiles, i));
      if (!cli->options.json)
        strata_print (STRATA_STYLE_PLAIN, "%-16s %-12s %-10s %-7s %s\n", fields->name,
                      strata_profile_environment_get_name (fields->environment),
                      fields->is_protected ? "protected" : "", fields->project == NULL ? "global" : "", url);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  if (cli->options.json)
    strata_print_json (builder);
  else if (profiles->len == 0)
    strata_print (STRATA_STYLE_PLAIN, "There are none yet: strata profile add NAME URL\n");
  for (guint i = 0; i < findings->len && !cli->options.json; i++)
    strata_warn ("%s", strata_finding_get_message (g_ptr_array_index (findings, i)));

  return 0;
}

static void
print_time (const char *label,
            gint64      milliseconds)
{
  g_autofree char *text = strata_duration_format (milliseconds * 1000);

  if (milliseconds != STRATA_PROFILE_UNSET)
    strata_print_fact (label, STRATA_STYLE_PLAIN, "%s", milliseconds == 0 ? "no limit" : text);
}

static void
print_profile (StrataProfile *profile)
{
  const StrataProfileFields *fields = strata_profile_get_fields (profile);
  g_autofree char *url = strata_url_to_string (fields->url);

  strata_print_fact ("Profile", STRATA_STYLE_BOLD, "%s%s", fields->name, fields->project == NULL ? " (global)" : "");
  strata_print_fact ("Database", STRATA_STYLE_PLAIN, "%s", url);
  strata_print_fact ("Environment", STRATA_STYLE_PLAIN, "%s%s",
                     strata_profile_environment_get_name (fields->environment),
                     fields->is_protected ? ", protected: changes want its name typed" : "");
  if (fields->colour != NULL)
    strata_print_fact ("Colour", STRATA_STYLE_PLAIN, "%s", fields->colour);
  if (fields->role != NULL)
    strata_print_fact ("Role", STRATA_STYLE_PLAIN, "%s", fields->role);
  if (fields->search_path != NULL)
    strata_print_fact ("Search path", STRATA_STYLE_PLAIN, "%s", fields->search_path);
  strata_print_fact ("Scratch", STRATA_STYLE_PLAIN, "%s",
                     strata_profile_scratch_get_name (strata_profile_get_scratch (profile)));
  print_time ("Lock wait", fields->lock_timeout);
  print_time ("Statements", fields->statement_timeout);
  print_time ("Connecting", fields->connect_timeout);
}

static int
profile_show (StrataCli      *cli,
              StrataProfile  *profile)
{
  if (cli->options.json)
    {
      g_autoptr(JsonBuilder) builder = json_builder_new ();

      json_profile (builder, profile);
      strata_print_json (builder);
    }
  else
    print_profile (profile);

  return 0;
}

static int
profile_add (StrataCli     *cli,
             GStrv          arguments,
             ProfileFlags  *flags,
             GError       **error)
{
  g_autofree char *scope = NULL;
  g_autoptr(StrataUrl) url = NULL;
  g_autoptr(StrataProfile) profile = NULL;

  if (g_strv_length (arguments) != 3)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_USAGE, "Write strata profile add NAME URL");
      return 1;
    }

  url = strata_url_parse (arguments[2], error);
  if (url == NULL)
    return 1;

  strata_cli_warn_of_password (arguments[2]);
  if (!find_scope (cli, flags, &scope, error))
    return 1;

  profile = make_profile (arguments[1], scope, url, flags, error);
  if (profile == NULL || !strata_profiles_add (profile, error) || !keep_password (cli, profile, url, error))
    return 1;

  if (cli->options.json)
    return profile_show (cli, profile);

  strata_print (STRATA_STYLE_PLAIN, "Kept “%s”%s; “strata -p %s status” uses it\n", arguments[1],
                scope == NULL ? " for all projects" : "", arguments[1]);

  return 0;
}

static int
profile_test (StrataCli      *cli,
              StrataProfile  *profile,
              GError        **error)
{
  const StrataConnectRequest request = { .command = "profile test", .ask_password = strata_ask_is_possible () };
  g_autoptr(StrataConnection) connection =
    strata_workspace_test_profile (profile, NULL, &request, cli->cancellable, error);

  if (connection == NULL)
    return 1;

  if (cli->options.json)
    {
      g_autoptr(JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      strata_json_string (builder, "profile", strata_profile_get_fields (profile)->name);
      strata_json_string (builder, "server", strata_connection_get_server (connection));
      json_builder_end_object (builder);
      strata_print_json (builder);
    }
  else
    strata_print (STRATA_STYLE_GOOD, "It answers: %s\n", strata_connection_get_server (connection));

  return 0;
}

static int
profile_remove (StrataCli      *cli,
                StrataProfile  *profile,
                GError        **error)
{
  g_autoptr(GError) secret_error = NULL;
  const StrataProfileFields *fields = strata_profile_get_fields (profile);

  if (!strata_profiles_remove (fields->project, fields->name, error))
    return 1;

  /* Most profiles have no password kept, and a build may have no place for one. */
  strata_secrets_forget (profile, 0, cli->cancellable, &secret_error);
  if (cli->options.json)
    return profile_show (cli, profile);

  strata_print (STRATA_STYLE_PLAIN, "Removed “%s”; the database itself is untouched\n",
                strata_profile_get_fields (profile)->name);

  return 0;
}

static int
with_profile (StrataCli           *cli,
              GStrv                arguments,
              const ProfileFlags  *flags,
              GError             **error)
{
  g_autofree char *scope = NULL;
  const char *name = arguments[1] != NULL ? arguments[1] : cli->options.profile;
  g_autoptr(StrataProfile) profile = NULL;

  if (name == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE, "Write strata profile %s NAME", arguments[0]);
      return 1;
    }

  if (!find_scope (cli, flags, &scope, error)
      || (profile = strata_profiles_find (scope, name, error)) == NULL)
    return 1;

  if (strcmp (arguments[0], "show") == 0)
    return profile_show (cli, profile);
  if (strcmp (arguments[0], "test") == 0)
    return profile_test (cli, profile, error);

  return profile_remove (cli, profile, error);
}

int
strata_cmd_profile (StrataCli  *cli,
                    GError    **error)
{
  static const char * const verbs[] = { "show", "test", "remove", NULL };
  g_auto(ProfileFlags) flags = { 0 };
  const GOptionEntry entries[] = {
    { "environment", 'e', 0, G_OPTION_ARG_STRING, &flags.environment, "development, staging or production", "NAME" },
    { "protected", 0, 0, G_OPTION_ARG_NONE, &flags.is_protected, "Changing it wants its name typed", NULL },
    { "colour", 0, 0, G_OPTION_ARG_STRING, &flags.colour, "For the window: red, #c01c28, ...", "COLOUR" },
    { "lock-timeout", 0, 0, G_OPTION_ARG_STRING, &flags.lock_timeout, "How long a statement waits for a lock", "TIME" },
    { "statement-timeout", 0, 0, G_OPTION_ARG_STRING, &flags.statement_timeout, "How long a statement may run", "TIME" },
    { "connect-timeout", 0, 0, G_OPTION_ARG_STRING, &flags.connect_timeout, "How long connecting may take", "TIME" },
    { "role", 0, 0, G_OPTION_ARG_STRING, &flags.role, "Role to set after connecting", "NAME" },
    { "search-path", 0, 0, G_OPTION_ARG_STRING, &flags.search_path, "Schemas to look in", "LIST" },
    { "scratch", 0, 0, G_OPTION_ARG_STRING, &flags.scratch, "Scratch databases on its server: yes, ask, no", "WHETHER" },
    { "global", 'g', 0, G_OPTION_ARG_NONE, &flags.is_global, "For all projects", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto(GStrv) arguments = strata_cli_parse (cli, entries, 1, 3, error);

  if (arguments == NULL)
    return 1;

  strata_output_init (cli->options.no_color);
  if (strcmp (arguments[0], "add") == 0)
    return profile_add (cli, arguments, &flags, error);
  if (strcmp (arguments[0], "list") == 0)
    return profile_list (cli, &flags, error);
  if (g_strv_contains (verbs, arguments[0]))
    return with_profile (cli, arguments, &flags, error);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE,
               "“%s” is not one of add, list, show, test, remove", arguments[0]);

  return 1;
}

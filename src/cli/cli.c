/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

#include "core/base/error.h"
#include "core/names/name-check.h"

/* Stands before an argument such as "-1", so that GOption takes it for one. No shell can pass it in. */
#define ARGUMENT_MARK "\001"

/* Every global option; a command that has a short name of its own ("current -c") keeps it. */
static void
fill_global_entries (StrataGlobalOptions *options,
                     GOptionEntry        *entries)
{
  const GOptionEntry table[] = {
    { "config", 'c', 0, G_OPTION_ARG_FILENAME_ARRAY, &options->config,
      "Project file, where it is not to be looked for", "FILE" },
    { "name", 'n', 0, G_OPTION_ARG_STRING, &options->section, "Section of the ini file", "SECTION" },
    { "x-arg", 'x', 0, G_OPTION_ARG_STRING_ARRAY, &options->x_arguments, "Argument that env.py reads", "KEY=VALUE" },
    { "profile", 'p', 0, G_OPTION_ARG_STRING, &options->profile, "Database profile to use", "NAME" },
    { "url", 0, 0, G_OPTION_ARG_STRING, &options->url, "Database to use (a password would show in ps)", "URL" },
    { "password-stdin", 0, 0, G_OPTION_ARG_NONE, &options->password_stdin, "Read the password from stdin", NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, "Print JSON", NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &options->quiet, "Print only results and errors", NULL },
    { "no-color", 0, 0, G_OPTION_ARG_NONE, &options->no_color, "Print without colours", NULL },
    G_OPTION_ENTRY_NULL,
  };

  memcpy (entries, table, sizeof table);
}

enum { N_GLOBAL_ENTRIES = 10 };

static gboolean
has_short_name (const GOptionEntry *entries,
                char                short_name)
{
  for (; entries != NULL && entries->long_name != NULL; entries++)
    if (entries->short_name == short_name)
      return TRUE;

  return FALSE;
}

/* GOption knows no abbreviations, argparse does: "--auto" for "--autogenerate" where only one option begins so. */
static char *
expand_abbreviation (const char         *argument,
                     const GOptionEntry *own,
                     const GOptionEntry *global)
{
  const GOptionEntry *lists[] = { own, global };
  const GOptionEntry *found = NULL;
  gsize length = strcspn (argument, "=");

  if (!g_str_has_prefix (argument, "--") || length < 3)
    return g_strdup (argument);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (const GOptionEntry *entry = lists[i]; entry != NULL && entry->long_name != NULL; entry++)
      {
        if (strncmp (entry->long_name, argument + 2, length - 2) != 0)
          continue;
        if (entry->long_name[length - 2] == '\0' || found != NULL)
          return g_strdup (argument);
        found = entry;
      }

  return found == NULL ? g_strdup (argument) : g_strconcat ("--", found->long_name, argument + length, NULL);
}

/* "-1", "-3:head": targets below something, as people type them. */
static gboolean
is_relative_target (const char *argument)
{
  return argument[0] == '-' && g_ascii_isdigit (argument[1]);
}

/* A number is not marked: GOption takes what follows such an option for its value in any case. */
static gboolean
takes_number (const char         *option,
              const GOptionEntry *entries)
{
  for (; entries != NULL && entries->long_name != NULL; entries++)
    {
      const char short_form[] = { '-', entries->short_name, '\0' };
      g_autofree char *long_form = g_strconcat ("--", entries->long_name, NULL);

      if (entries->arg == G_OPTION_ARG_INT
          && (strcmp (option, long_form) == 0 || (entries->short_name != 0 && strcmp (option, short_form) == 0)))
        return TRUE;
    }

  return FALSE;
}

/* Of "-r-3:current", "-mTEXT" and "-n=staging", which GOption knows only in two words, the second; NULL: it is no such. */
static const char *
find_value (const char         *argument,
            const GOptionEntry *entries)
{
  if (argument[0] != '-' || argument[1] == '\0' || argument[1] == '-' || argument[2] == '\0')
    return NULL;

  for (; entries != NULL && entries->long_name != NULL; entries++)
    if (entries->short_name == argument[1] && entries->arg != G_OPTION_ARG_NONE)
      return argument + (argument[2] == '=' ? 3 : 2);

  return NULL;
}

/* Whether the next argument is the option's value, whatever it looks like. */
static gboolean
awaits_value (const char         *argument,
              const GOptionEntry *entries)
{
  gboolean is_long = g_str_has_prefix (argument, "--");

  for (; argument[0] == '-' && entries != NULL && entries->long_name != NULL; entries++)
    if (entries->arg != G_OPTION_ARG_NONE
        && (is_long ? strcmp (argument + 2, entries->long_name) == 0
                    : argument[1] != '\0' && argument[1] == entries->short_name && argument[2] == '\0'))
      return TRUE;

  return FALSE;
}

static void
add_in_two (GStrvBuilder *builder,
            const char   *argument,
            const char   *value)
{
  const char option[] = { '-', argument[1], '\0' };
  g_autofree char *marked = is_relative_target (value) ? g_strconcat (ARGUMENT_MARK, value, NULL) : g_strdup (value);

  g_strv_builder_add_many (builder, option, marked, NULL);
}

static GStrv
prepare_arguments (GStrv               arguments,
                   const GOptionEntry *own,
                   const GOptionEntry *global)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  gboolean only_arguments = FALSE;

  g_strv_builder_add (builder, "strata");
  for (guint i = 0; arguments[i] != NULL; i++)
    {
      g_autofree char *prepared = NULL;
      const char *before = i > 0 ? arguments[i - 1] : "";
      gboolean is_value = awaits_value (before, own) || awaits_value (before, global);
      const char *value = is_value || only_arguments ? NULL : find_value (arguments[i], own);

      if (value == NULL && !is_value && !only_arguments)
        value = find_value (arguments[i], global);
      if (value != NULL)
        {
          add_in_two (builder, arguments[i], value);
          continue;
        }

      if (is_relative_target (arguments[i]) && (i == 0 || !takes_number (arguments[i - 1], own)))
        prepared = g_strconcat (ARGUMENT_MARK, arguments[i], NULL);
      else if (only_arguments)
        prepared = g_strdup (arguments[i]);
      else
        prepared = expand_abbreviation (arguments[i], own, global);

      only_arguments |= strcmp (arguments[i], "--") == 0;
      g_strv_builder_add (builder, prepared);
    }

  return g_strv_builder_end (builder);
}

static void
strip_mark (char *text)
{
  if (text != NULL && text[0] == ARGUMENT_MARK[0])
    memmove (text, text + 1, strlen (text));
}

/* A marked text may also have become an option's value: "-r -3:head". */
static void
strip_marks (GStrv               arguments,
             const GOptionEntry *entries)
{
  for (guint i = 0; arguments[i] != NULL; i++)
    strip_mark (arguments[i]);

  for (; entries != NULL && entries->long_name != NULL; entries++)
    if (entries->arg == G_OPTION_ARG_STRING)
      strip_mark (*(char **) entries->arg_data);
}

static GStrv
drop_separator (GStrv arguments)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  gboolean dropped = FALSE;

  for (guint i = 1; arguments[i] != NULL; i++)
    {
      if (!dropped && strcmp (arguments[i], "--") == 0)
        dropped = TRUE;
      else
        g_strv_builder_add (builder, arguments[i]);
    }

  return g_strv_builder_end (builder);
}

static GOptionContext *
option_context_new (StrataCli          *self,
                    const GOptionEntry *entries,
                    const GOptionEntry *global)
{
  g_autofree char *usage = g_strconcat (self->command->name, *self->command->arguments != '\0' ? " " : "",
                                        self->command->arguments, NULL);
  GOptionContext *context = g_option_context_new (usage);
  GOptionGroup *group = g_option_group_new ("global", "Options of every command:", "Show options of every command",
                                            NULL, NULL);
  g_autofree char *summary = g_strconcat (self->command->summary, ".", NULL);

  g_option_context_set_summary (context, summary);
  g_option_context_set_description (context, self->command->details);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  g_option_group_add_entries (group, global);
  g_option_context_add_group (context, group);

  return context;
}

static void
add_names (GPtrArray          *names,
           const GOptionEntry *entries)
{
  for (guint i = 0; entries != NULL && entries[i].long_name != NULL; i++)
    if (*entries[i].long_name != '\0' && (entries[i].flags & G_OPTION_FLAG_HIDDEN) == 0)
      g_ptr_array_add (names, (gpointer) entries[i].long_name);
}

/* What a mistyped option may have been, or where all of them are told. */
static void
add_advice (StrataCli           *self,
            const GOptionEntry  *entries,
            const GOptionEntry  *global,
            GError              *error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  const char *typed = strstr (error->message, "--");
  const char *near = NULL;
  g_autofree char *message = error->message;

  add_names (names, entries);
  add_names (names, global);
  if (typed != NULL)
    near = strata_names_find_near (names, typed + strlen ("--"));
  error->message = near != NULL ? g_strdup_printf ("%s: did you mean --%s?", message, near)
                                : g_strdup_printf ("%s (see strata %s --help)", message, self->command->name);
}

GStrv
strata_cli_parse (StrataCli           *self,
                  const GOptionEntry  *entries,
                  int                  min,
                  int                  max,
                  GError             **error)
{
  GOptionEntry global[N_GLOBAL_ENTRIES];
  g_autoptr(GOptionContext) context = NULL;
  g_auto(GStrv) prepared = NULL;
  g_auto(GStrv) rest = NULL;
  g_autoptr(GError) local = NULL;
  int n;

  fill_global_entries (&self->options, global);
  for (guint i = 0; global[i].long_name != NULL; i++)
    if (has_short_name (entries, global[i].short_name))
      global[i].short_name = 0;

  prepared = prepare_arguments (self->arguments, entries, global);
  context = option_context_new (self, entries, global);
  if (!g_option_context_parse_strv (context, &prepared, &local))
    {
      if (g_error_matches (local, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION))
        add_advice (self, entries, global, local);
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  strip_marks (prepared, entries);
  rest = drop_separator (prepared);
  n = g_strv_length (rest);
  if (n < min || (max >= 0 && n > max))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE,
                   "%s: usage: strata %s%s%s (see strata %s --help)",
                   n < min ? "Too few arguments" : "Too many arguments", self->command->name,
                   *self->command->arguments != '\0' ? " " : "", self->command->arguments, self->command->name);
      return NULL;
    }

  return g_steal_pointer (&rest);
}

static void
print_usage (FILE *stream)
{
  fprintf (stream, "Usage: strata [OPTION...] COMMAND [ARGUMENT...]\n\n"
           "Version control for database schemas: Alembic projects and SQL revisions.\n");

  for (const StrataCommand *command = strata_commands; command->name != NULL; command++)
    if (command->run == NULL)
      fprintf (stream, "\n%s:\n", command->summary);
    else
      fprintf (stream, "  %-15s %s\n", command->name, command->summary);

  fprintf (stream,
           "\nOptions of every command:\n"
           "  -c FILE, -n SECTION, -x KEY=VALUE, -p PROFILE, --url URL, --password-stdin,\n"
           "  --json, -q, --no-color\n\n"
           "“strata COMMAND --help” says more.\n");
}

/* The options before the command, each in a word of its own. */
static GStrv
split_leading (GStrv               arguments,
               const GOptionEntry *global)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  guint i = 1;

  g_strv_builder_add (builder, arguments[0]);
  for (; arguments[i] != NULL && arguments[i][0] == '-'; i++)
    {
      const char *value = find_value (arguments[i], global);

      if (value != NULL)
        add_in_two (builder, arguments[i], value);
      else
        g_strv_builder_add (builder, arguments[i]);
      if (awaits_value (arguments[i], global) && arguments[i + 1] != NULL)
        g_strv_builder_add (builder, arguments[++i]);
    }
  g_strv_builder_addv (builder, (const char **) arguments + i);

  return g_strv_builder_end (builder);
}

/* Options before the command, up to it. Help and version end the process here, as they do inside GOption. */
static gboolean
parse_leading_options (StrataCli  *self,
                       char     ***arguments,
                       GError    **error)
{
  GOptionEntry global[N_GLOBAL_ENTRIES];
  gboolean show_version = FALSE;
  gboolean show_help = FALSE;
  const GOptionEntry own[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, &show_version, NULL, NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &show_help, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  GStrv split;

  fill_global_entries (&self->options, global);
  split = split_leading (*arguments, global);
  g_strfreev (*arguments);
  *arguments = split;
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_add_main_entries (context, own, NULL);
  g_option_context_add_main_entries (context, global, NULL);
  if (!g_option_context_parse_strv (context, arguments, error))
    return FALSE;

  if (show_version)
    printf ("strata %s\n", PACKAGE_VERSION);
  else if (show_help)
    print_usage (stdout);
  else
    return TRUE;

  exit (0);
}

static void
set_no_command (const char  *name,
                GError     **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  const char *near;

  for (const StrataCommand *command = strata_commands; command->name != NULL; command++)
    if (command->run != NULL)
      g_ptr_array_add (names, (gpointer) command->name);
  near = strata_names_find_near (names, name);

  if (near != NULL)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE,
                 "There is no command “%s”: did you mean “%s”? “strata --help” lists them", name, near);
  else
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE, "There is no command “%s”; “strata --help” lists them", name);
}

StrataCli *
strata_cli_new (int      argc,
                char   **argv,
                GError **error)
{
  g_autoptr(StrataCli) self = g_new0 (StrataCli, 1);
  g_auto(GStrv) arguments = g_strdupv (argv);
  const char * const help[] = { "--help", NULL };
  gboolean wants_help;
  const char *name;

  self->cancellable = g_cancellable_new ();
  if (!parse_leading_options (self, &arguments, error))
    return NULL;

  wants_help = g_strcmp0 (arguments[1], "help") == 0;
  name = wants_help ? arguments[2] : arguments[1];
  if (name == NULL && self->options.json)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_USAGE, "Which command? “strata --help” lists them");
      return NULL;
    }
  if (name == NULL)
    {
      print_usage (wants_help ? stdout : stderr);
      exit (wants_help ? 0 : 2);
    }

  self->command = strata_command_find (name);
  if (self->command == NULL)
    {
      set_no_command (name, error);
      return NULL;
    }

  self->arguments = g_strdupv (wants_help ? (char **) help : arguments + 2);

  return g_steal_pointer (&self);
}

void
strata_cli_free (StrataCli *self)
{
  g_strfreev (self->arguments);
  g_strfreev (self->options.config);
  g_free (self->options.section);
  g_strfreev (self->options.x_arguments);
  g_free (self->options.profile);
  g_free (self->options.url);
  g_object_unref (self->cancellable);
  g_free (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/run-command.h"
#include "core/base/error.h"
#include "core/workspace/lost.h"

/* The exit status where the error was told as part of the JSON. */
#define NOT_FOUND 5

typedef struct
{
  gboolean  step_back;
  gboolean  stamp;
  char     *folder;
} RescueFlags;

static void
rescue_flags_clear (RescueFlags *self)
{
  g_free (self->folder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RescueFlags, rescue_flags_clear)

static void
print_found (const StrataLost *lost,
             const char       *folder)
{
  for (guint i = 0; i < lost->found->len; i++)
    {
      const StrataLostRevision *one = g_ptr_array_index (lost->found, i);
      g_autofree char *where = strata_lost_revision_describe (one);
      g_autofree char *name = g_path_get_basename (one->path);

      strata_print (STRATA_STYLE_BOLD, "%s  %s\n", strata_revision_get_id (one->revision),
                    strata_revision_get_message (one->revision));
      strata_print_fact ("  found", STRATA_STYLE_PLAIN, "%s", where);
      strata_print_fact ("  restored to", STRATA_STYLE_PLAIN, "%s/%s", folder, name);
    }
}

/* One document, also where something is missing. */
static void
print_json (const StrataLost *lost,
            const char       *folder,
            const GError     *error)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "found");
  json_builder_begin_array (builder);
  for (guint i = 0; i < lost->found->len; i++)
    {
      const StrataLostRevision *one = g_ptr_array_index (lost->found, i);
      g_autofree char *name = g_path_get_basename (one->path);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      json_builder_begin_object (builder);
      strata_json_string (builder, "revision", strata_revision_get_id (one->revision));
      strata_json_string (builder, "message", strata_revision_get_message (one->revision));
      strata_json_string (builder, "restored_to", path);
      strata_json_string (builder, "commit", one->commit);
      strata_json_string (builder, "author", one->author);
      strata_json_strings (builder, "refs", (const char * const *) one->refs);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  strata_json_strings (builder, "missing", (const char * const *) lost->missing);
  if (error != NULL)
    {
      json_builder_set_member_name (builder, "error");
      json_builder_begin_object (builder);
      strata_json_string (builder, "code", strata_workspace_error_name (error));
      strata_json_string (builder, "message", error->message);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
  strata_print_json (builder);
}

static int
run_all (StrataCli           *cli,
         StrataWorkspace     *workspace,
         StrataRunFlags      *flags,
         StrataRunKind        kind,
         GStrv                targets,
         GError             **error)
{
  flags->run.kind = kind;

  for (guint i = 0; targets[i] != NULL; i++)
    {
      const char *one[] = { targets[i], NULL };
      int status;

      flags->run.targets = one;
      status = strata_run_command (cli, workspace, flags, error);
      if (status != 0)
        return status;
    }

  return 0;
}

/* Back or stamp, as asked for by an option or, with nothing said, by a question on a terminal. */
static gboolean
choose_way (RescueFlags *flags)
{
  g_autofree char *answer = NULL;

  if (flags->step_back || flags->stamp || !strata_ask_is_possible ())
    return flags->step_back || flags->stamp;

  answer = strata_ask_line ("Step the database back through it (b), only stamp it back (s), or leave it (Enter)?");
  flags->step_back = g_strcmp0 (answer, "b") == 0;
  flags->stamp = g_strcmp0 (answer, "s") == 0;

  return flags->step_back || flags->stamp;
}

static void
print_ways (void)
{
  strata_print_fact ("Next", STRATA_STYLE_BOLD, "strata rescue --step-back   runs its downgrade, with the restored file");
  strata_print_fact ("or", STRATA_STYLE_BOLD, "strata rescue --stamp       sets the version rows back and runs nothing");
}

static int
mend (StrataCli          *cli,
      StrataWorkspace    *workspace,
      const StrataLost   *lost,
      char              **rows,
      const RescueFlags  *rescue,
      StrataRunFlags     *flags,
      GError            **error)
{
  const char *base[] = { "base", NULL };
  g_auto(GStrv) targets = NULL;

  if (rescue->step_back)
    {
      targets = strata_workspace_steps_before (workspace, lost, (const char * const *) rows);
      return run_all (cli, workspace, flags, STRATA_RUN_DOWNGRADE, targets, error);
    }

  targets = strata_workspace_rows_before (workspace, lost, (const char * const *) rows);
  flags->run.kind = STRATA_RUN_STAMP;
  flags->run.purge = TRUE;
  flags->run.keeps_texts = TRUE;
  flags->run.targets = targets[0] != NULL ? (const char * const *) targets : base;

  return strata_run_command (cli, workspace, flags, error);
}

/* The id that a person means by its beginning: of the database's rows. */
static const char *
complete_id (const char         *asked,
             const char * const *unknown)
{
  const char *found = NULL;

  for (guint i = 0; unknown[i] != NULL; i++)
    if (g_str_has_prefix (unknown[i], asked))
      {
        if (found != NULL)
          return asked;
        found = unknown[i];
      }

  return found != NULL ? found : asked;
}

/* FALSE where something is found nowhere. */
static gboolean
show_found (const StrataLost  *lost,
            const char        *folder,
            gboolean           as_json,
            gboolean           as_text,
            GError           **error)
{
  g_autoptr(GError) missing = NULL;

  if (lost->missing[0] != NULL)
    missing = g_error_new (STRATA_ERROR, STRATA_ERROR_UNKNOWN_REVISION,
                           "%s was found neither in git nor in the ledger. If you know where the database stands, "
                           "“strata stamp --purge REVISION” says so", lost->missing[0]);

  if (as_json)
    print_json (lost, folder, missing);
  else if (as_text)
    print_found (lost, folder);

  if (missing == NULL)
    return TRUE;

  if (!as_json)
    g_propagate_error (error, g_steal_pointer (&missing));

  return FALSE;
}

static int
rescue (StrataCli           *cli,
        StrataWorkspace     *workspace,
        const char * const  *asked,
        RescueFlags         *rescue_flags,
        StrataRunFlags      *flags,
        GError             **error)
{
  g_autoptr(StrataConnection) connection = strata_cli_connect (cli, workspace, error);
  g_autofree char *folder = rescue_flags->folder != NULL ? g_strdup (rescue_flags->folder) : strata_lost_dup_folder ();
  gboolean is_run = rescue_flags->step_back || rescue_flags->stamp;
  gboolean as_json = cli->options.json && !is_run;
  gboolean as_text = !cli->options.json && !(cli->options.quiet && is_run);
  g_autofree char **unknown = NULL;
  g_autoptr(StrataLost) lost = NULL;
  g_auto(GStrv) rows = NULL;
  const char *one[] = { NULL, NULL };

  if (connection == NULL)
    return 1;

  rows = strata_workspace_read_rows (workspace, connection, cli->cancellable, error);
  if (rows == NULL)
    return 1;

  unknown = strata_graph_dup_unknown_rows (strata_workspace_get_graph (workspace), (const char * const *) rows);
  if (asked[0] != NULL)
    one[0] = complete_id (asked[0], (const char * const *) unknown);
  lost = strata_workspace_find_lost (workspace, connection, asked[0] != NULL ? one : (const char * const *) unknown,
                                     cli->cancellable, error);
  g_clear_object (&connection);
  if (lost == NULL || !strata_workspace_graft (workspace, lost, folder, error))
    return 1;

  if (!show_found (lost, folder, as_json, as_text, error))
    return NOT_FOUND;
  if (as_json)
    return 0;

  if (unknown[0] == NULL)
    {
      if (as_text && lost->found->len == 0)
        strata_print (STRATA_STYLE_GOOD, "Nothing is lost: the folder has every revision that the database has\n");
      return 0;
    }

  if (!strata_workspace_require_read (workspace, error))
    return 1;

  if (choose_way (rescue_flags))
    return mend (cli, workspace, lost, rows, rescue_flags, flags, error);

  if (!cli->options.json)
    print_ways ();

  return 0;
}

int
strata_cmd_rescue (StrataCli  *cli,
                   GError    **error)
{
  g_auto(StrataRunFlags) flags = STRATA_RUN_FLAGS_INIT;
  g_auto(RescueFlags) rescue_flags = { 0 };
  const GOptionEntry own[] = {
    { "step-back", 0, 0, G_OPTION_ARG_NONE, &rescue_flags.step_back, "Downgrade through what was found", NULL },
    { "stamp", 0, 0, G_OPTION_ARG_NONE, &rescue_flags.stamp, "Set the version rows back; run nothing", NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &rescue_flags.folder, "Folder for the files, if not one of the cache", "FOLDER" },
    G_OPTION_ENTRY_NULL,
  };
  g_autofree GOptionEntry *entries = strata_run_flags_entries (&flags, STRATA_FLAGS_RESCUE, own);
  g_auto(GStrv) arguments = strata_cli_parse (cli, entries, 0, 1, error);
  g_autoptr(StrataWorkspace) workspace = NULL;

  if (arguments == NULL || !strata_run_flags_finish (&flags, error))
    return 1;

  if (rescue_flags.step_back && rescue_flags.stamp)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_USAGE,
                           "--step-back runs the downgrade, --stamp runs nothing: choose one");
      return 1;
    }

  workspace = strata_cli_open (cli, error);
  if (workspace == NULL)
    return 1;

  return rescue (cli, workspace, (const char * const *) arguments, &rescue_flags, &flags, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/overview/facts.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/shared/database-rows.h"
#include "app/state/selection.h"
#include "app/state/words.h"
#include "app/widgets/fact-row.h"

/* More than a person reads. */
#define MOST_FINDINGS 30
#define MOST_LACKING 5

static GtkWidget *
add (GtkListBox *list,
     const char *title,
     const char *subtitle,
     const char *icon)
{
  GtkWidget *row = strata_fact_row_new (title, subtitle, icon);

  gtk_list_box_append (list, row);

  return row;
}

static char *
dup_name (StrataSnapshot *snapshot,
          const char     *id)
{
  const StrataLost *lost = snapshot->status->lost;
  guint node = strata_graph_find (snapshot->graph, id);

  if (node != STRATA_NO_NODE)
    return strata_words_dup_revision (strata_graph_get_revision (snapshot->graph, node));

  for (guint i = 0; lost != NULL && i < lost->found->len; i++)
    {
      const StrataLostRevision *one = g_ptr_array_index (lost->found, i);

      if (g_str_equal (strata_revision_get_id (one->revision), id))
        return strata_words_dup_revision (one->revision);
    }

  return g_strdup (id);
}

static char *
dup_position (StrataSnapshot *snapshot)
{
  const char * const *rows = strata_snapshot_get_rows (snapshot);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) names = NULL;

  for (guint i = 0; rows[i] != NULL; i++)
    {
      g_autofree char *name = dup_name (snapshot, rows[i]);

      g_strv_builder_add (builder, name);
    }

  names = g_strv_builder_end (builder);

  return g_strjoinv (", ", names);
}

/* What hangs on something that is not there has no plan. */
static void
add_left_out (GtkListBox     *list,
              StrataSnapshot *snapshot)
{
  guint n = strata_snapshot_get_n_left_out (snapshot);
  g_autofree char *title = g_strdup_printf (ngettext ("%u revision cannot run", "%u revisions cannot run", n), n);

  if (n > 0)
    add (list, title, _("What they come after is not there, or wrong: the findings below say what"), "dialog-warning-symbolic");
}

static void
add_position (GtkListBox     *list,
              StrataSnapshot *snapshot)
{
  guint n = strata_snapshot_get_n_pending (snapshot);
  g_autofree char *at = dup_position (snapshot);
  g_autofree char *title = n > 0 ? g_strdup_printf (ngettext ("%u revision pending", "%u revisions pending", n), n)
                                 : g_strdup (_("Up to date"));
  g_autofree char *subtitle = *at != '\0' ? g_strdup_printf (_("The database is at %s"), at)
                              : snapshot->status->missing ? g_strdup (_("The file is not there yet: the first upgrade makes it"))
                                                          : g_strdup (_("No revision was applied yet"));
  GtkWidget *row;

  if (n == 0 && !strata_status_is_up_to_date (snapshot->status))
    {
      add (list, _("Where the database is"), subtitle, "mark-location-symbolic");
      return;
    }

  row = add (list, title, subtitle, n > 0 ? "mark-location-symbolic" : "emblem-ok-symbolic");
  if (n > 0)
    strata_fact_row_set_button (row, _("_Upgrade…"), "win.upgrade", "");
}

/* "Branch main lacks 2 revisions that app_dev has". */
static char *
dup_lack (StrataSnapshot *snapshot,
          guint           n)
{
  g_autofree char *name = strata_snapshot_dup_database_name (snapshot);

  if (snapshot->status->branch != NULL)
    /* Translators: a branch of git, how many, a database. */
    return g_strdup_printf (ngettext ("Branch %s lacks %u revision that %s has",
                                      "Branch %s lacks %u revisions that %s has", n), snapshot->status->branch, n, name);

  /* Translators: how many, a database. */
  return g_strdup_printf (ngettext ("The folder lacks %u revision that %s has",
                                    "The folder lacks %u revisions that %s has", n), n, name);
}

/* A line for each, and where it went. */
static char *
dup_lacking (const StrataLost *lost,
             guint             n)
{
  GString *text = g_string_new (NULL);
  guint shown = MIN (n, MOST_LACKING);

  for (guint i = 0; i < shown; i++)
    {
      const StrataLostRevision *one = i < lost->found->len ? g_ptr_array_index (lost->found, i) : NULL;
      const char *missing = one == NULL ? lost->missing[i - lost->found->len] : NULL;
      g_autofree char *name = one != NULL ? strata_words_dup_revision (one->revision) : g_strdup (missing);
      g_autofree char *where = one != NULL ? strata_words_dup_where (one)
                                           : g_strdup (_("neither git nor the ledger knows it"));

      /* Translators: a revision, and where it went. */
      g_string_append_printf (text, _("%s: %s"), name, where);
      if (i + 1 < n)
        g_string_append_c (text, '\n');
    }
  if (n > shown)
    g_string_append_printf (text, ngettext ("and %u more", "and %u more", n - shown), n - shown);

  return g_string_free (text, FALSE);
}

static void
add_ghosts (GtkListBox     *list,
            StrataSnapshot *snapshot)
{
  const StrataLost *lost = snapshot->status->lost;
  guint n = lost != NULL ? lost->found->len + g_strv_length (lost->missing) : 0;
  g_autofree char *title = NULL;
  g_autofree char *where = NULL;

  if (n == 0)
    return;

  title = dup_lack (snapshot, n);
  where = dup_lacking (lost, n);
  strata_fact_row_set_button (add (list, title, where, "dialog-question-symbolic"), _("_Rescue…"), "win.rescue", "");
}

static void
add_edited (GtkListBox     *list,
            StrataSnapshot *snapshot)
{
  GPtrArray *edited = snapshot->status->applied->edited;

  for (guint i = 0; i < edited->len; i++)
    {
      const StrataEditedRevision *one = g_ptr_array_index (edited, i);
      g_autofree char *name = strata_words_dup_revision (one->revision);
      GtkWidget *row = add (list, name, _("Edited since it was applied: the database has the older text"),
                            "document-edit-symbolic");

      strata_fact_row_set_button (row, _("_Show"), "win.select", strata_revision_get_id (one->revision));
    }
}

static void
add_troubles (GtkListBox     *list,
              StrataSnapshot *snapshot)
{
  const StrataApplied *applied = snapshot->status->applied;

  for (guint i = 0; i < applied->unfinished->len; i++)
    {
      const StrataLedgerEntry *entry = g_ptr_array_index (applied->unfinished, i);
      g_autofree char *title = g_strdup_printf (_("%s is half done"), entry->revision);
      g_autofree char *how = NULL;

      if (entry->n_statements == 0)
        how = g_strdup_printf (_("It was interrupted after statement %u; the next upgrade goes on from there"), entry->done);
      else
        how = g_strdup_printf (_("%u of %u statements ran outside of a transaction; the next upgrade goes on from there"),
                               entry->done, entry->n_statements);

      add (list, title, how, "dialog-warning-symbolic");
    }

  for (guint i = 0; applied->invalid_indexes[i] != NULL; i++)
    {
      g_autofree char *title = g_strdup_printf (_("The index %s is invalid"), applied->invalid_indexes[i]);

      add (list, title, _("A build of it failed: the server does not use it, and each write still pays for it"),
           "dialog-warning-symbolic");
    }
}

/* The ledger has a run that was killed as one that goes on; whether it does, the run lock says. */
static const char *
name_last_run (const StrataStatus *status)
{
  switch (status->last->state)
    {
    case STRATA_LEDGER_FAILED:
      return _("Last run: failed");
    case STRATA_LEDGER_CANCELLED:
      return _("Last run: stopped");
    case STRATA_LEDGER_RUNNING:
      return status->running != NULL ? _("A run goes on") : _("Last run: interrupted");
    case STRATA_LEDGER_DONE:
    default:
      return _("Last run");
    }
}

static void
add_last_run (GtkListBox     *list,
              StrataSnapshot *snapshot)
{
  const StrataLedgerEntry *last = snapshot->status->last;
  g_autoptr(GDateTime) started = NULL;
  g_autofree char *age = NULL;
  g_autofree char *subtitle = NULL;

  if (last == NULL)
    return;

  started = g_date_time_new_from_iso8601 (last->started, NULL);
  age = started != NULL ? strata_words_dup_age (g_date_time_to_unix (started), g_get_real_time () / G_USEC_PER_SEC)
                        : g_strdup (last->started);
  /* Translators: “upgrade 3f1a2b4c5d6e, by ana on laptop, 3 minutes ago”. */
  subtitle = g_strdup_printf (_("%s %.12s, by %s on %s, %s"), last->action, last->revision, last->who, last->host, age);
  strata_fact_row_set_button (add (list, name_last_run (snapshot->status), subtitle,
                                   last->state == STRATA_LEDGER_DONE ? "document-open-recent-symbolic"
                                                                     : "dialog-warning-symbolic"),
                              _("_Show"), "win.view", "activity");
}

void
strata_facts_list_database (GtkListBox     *list,
                            StrataSnapshot *snapshot,
                            StrataLink      link)
{
  strata_database_rows_add (list, snapshot, link, TRUE);
  if (snapshot->applied == NULL)
    return;

  add_position (list, snapshot);
  add_left_out (list, snapshot);
  add_ghosts (list, snapshot);
  add_edited (list, snapshot);
  add_troubles (list, snapshot);
  add_last_run (list, snapshot);
}

/* Models are declared too, and called so. */
#define MODELS STRATA_N_SCHEMA_CHECKS

/* By StrataSchemaCheckKind, and MODELS: what it is called where it is not known, is the same, differs; and what a button of it says. */
static const struct
{
  const char *name;
  const char *unknown;
  const char *how;
  const char *same;
  const char *is_same;
  const char *differs;
} schema_words[] = {
  [STRATA_SCHEMA_DRIFT] = {
    "drift", N_("Drift"),
    N_("Whether the database is what its revisions make of it, or was changed past them: they are replayed in a scratch database"),
    N_("No drift"), N_("The database is what its revisions make of it"),
    N_("The database is not what its revisions make of it"),
  },
  [STRATA_SCHEMA_DECLARED] = {
    "declared", N_("Declared schema"),
    N_("Whether the database is what the project declares: that is loaded into a scratch database"),
    N_("As declared"), N_("The database is what the project declares"),
    N_("The project declares what the database has not, or the other way round"),
  },
  [MODELS] = {
    "declared", N_("Models"),
    N_("Whether the database is what the models say: the project's own program tells, if you agree, and a scratch database is made so"),
    N_("As the models say"), N_("The database is what the models say"),
    N_("The models have what the database has not, or the other way round"),
  },
};

static void
add_schema_check (GtkListBox            *list,
                  StrataSchemaCheck     *check,
                  StrataSchemaCheckKind  kind,
                  guint                  which)
{
  const char *title = _(schema_words[which].unknown);
  guint n = strata_schema_check_get_n (check, kind);
  const char *name = schema_words[which].name;
  const char *first = strata_schema_check_get_first (check, kind);
  g_autofree char *differences = NULL;
  g_autofree char *words = NULL;

  switch (strata_schema_check_get_state (check, kind))
    {
    case STRATA_SCHEMA_BUSY:
      add (list, title, _("Being compared…"), "content-loading-symbolic");
      break;
    case STRATA_SCHEMA_SAME:
      add (list, _(schema_words[which].same), _(schema_words[which].is_same), "emblem-ok-symbolic");
      break;
    case STRATA_SCHEMA_DIFFERS:
      /* Translators: “Drift: 3 differences”. */
      differences = g_strdup_printf (ngettext ("%s: %u difference", "%s: %u differences", n), title, n);
      /* Translators: “The database is not what its revisions make of it: add table x”, and “, …” where there is more. */
      words = g_strdup_printf (_("%s: %s%s"), _(schema_words[which].differs), first != NULL ? first : "", n > 1 ? ", …" : "");
      strata_fact_row_set_button (add (list, differences, words, "dialog-warning-symbolic"),
                                  _("_Show Differences"), "win.compare", name);
      break;
    case STRATA_SCHEMA_FAILED:
      strata_fact_row_set_button (add (list, title, strata_schema_check_get_error (check, kind)->message, "dialog-question-symbolic"),
                                  _("_Compare"), "win.compare", name);
      break;
    case STRATA_SCHEMA_UNKNOWN:
    default:
      strata_fact_row_set_button (add (list, title, _(schema_words[which].how), "view-dual-symbolic"), _("_Check"),
                                  "win.check-schema", name);
    }
}

void
strata_facts_list_schema (GtkListBox        *list,
                          StrataSnapshot    *snapshot,
                          StrataSchemaCheck *check)
{
  const StrataSettings *settings = strata_project_get_settings (snapshot->project);
  gboolean alembic = strata_project_get_kind (snapshot->project) == STRATA_PROJECT_ALEMBIC;
  gboolean declared = settings->schema != NULL || settings->schema_command != NULL;

  if (snapshot->applied == NULL || strata_graph_get_n_nodes (snapshot->graph) == 0)
    return;

  add_schema_check (list, check, STRATA_SCHEMA_DRIFT, STRATA_SCHEMA_DRIFT);
  if (declared || alembic)
    add_schema_check (list, check, STRATA_SCHEMA_DECLARED, declared ? STRATA_SCHEMA_DECLARED : MODELS);
}

static void
add_heads (GtkListBox     *list,
           StrataSnapshot *snapshot)
{
  GStrv heads = snapshot->status->heads;
  guint n = g_strv_length (heads);
  g_autofree char *names = g_strjoinv (", ", heads);
  g_autofree char *title = g_strdup_printf (ngettext ("%u head", "%u heads", n), n);
  GtkWidget *row = add (list, title, names, snapshot->status->several_heads ? "dialog-warning-symbolic"
                                                                            : "object-select-symbolic");

  if (snapshot->status->several_heads)
    strata_fact_row_set_button (row, _("_Merge…"), "win.merge-all", NULL);
}

void
strata_facts_list_project (GtkListBox     *list,
                           StrataSnapshot *snapshot)
{
  guint n = strata_graph_get_n_nodes (snapshot->graph);
  g_autofree char *revisions = g_strdup_printf (ngettext ("%u revision", "%u revisions", n), n);
  gboolean alembic = strata_project_get_kind (snapshot->project) == STRATA_PROJECT_ALEMBIC;
  g_autofree char *title = g_strdup_printf ("%s, %s", alembic ? _("Alembic project") : _("SQL project"), revisions);
  const char *root = strata_project_get_root (snapshot->project);
  g_autofree char *shown = strata_words_dup_path (root);
  GtkWidget *row;

  row = add (list, title, shown, "folder-symbolic");
  strata_fact_row_set_button (row, _("Show in _Files"), "win.show-in-files", root);
  if (n > 0)
    add_heads (list, snapshot);
  if (snapshot->status->branch != NULL)
    add (list, _("Git branch"), snapshot->status->branch, "vcs-branch-symbolic");
}

/* Scripts are shown here, at the line; what else a project has, by the program that the desktop has for it. */
static void
set_finding_action (GtkWidget      *row,
                    StrataSnapshot *snapshot,
                    StrataPlace     place)
{
  StrataRevision *revision = place.file != NULL ? strata_selection_find_script (snapshot, place.file) : NULL;
  gboolean is_script = revision != NULL || (place.file != NULL && g_path_is_absolute (place.file)
                                            && (g_str_has_suffix (place.file, ".sql") || g_str_has_suffix (place.file, ".py"))
                                            && g_strcmp0 (place.file, strata_project_get_env_script (snapshot->project)) != 0);

  if (is_script)
    strata_fact_row_set_action_variant (row, "win.show-line",
                                        g_variant_new ("(suu)", revision != NULL ? strata_revision_get_id (revision)
                                                                                 : place.file, place.line, place.column));
  else if (place.file != NULL)
    strata_fact_row_set_action (row, "win.open-external", place.file);
}

/* As seen from the project's folder, which has its own row. */
static char *
dup_where (StrataSnapshot *snapshot,
           StrataPlace     place)
{
  const char *root = strata_project_get_root (snapshot->project);
  gsize length = strlen (root);

  if (place.file != NULL && strncmp (place.file, root, length) == 0 && place.file[length] == G_DIR_SEPARATOR)
    place.file += length + 1;

  return strata_place_to_string (place);
}

static void
add_finding (GtkListBox     *list,
             StrataSnapshot *snapshot,
             StrataFinding  *finding)
{
  StrataPlace place = strata_finding_get_place (finding);
  g_autofree char *where = dup_where (snapshot, place);
  const char *hint = strata_finding_get_hint (finding);
  g_autofree char *subtitle = g_strdup_printf ("%s%s%s", where != NULL ? where : "", hint != NULL ? "\n" : "",
                                               hint != NULL ? hint : "");
  GtkWidget *row = add (list, strata_finding_get_message (finding), subtitle,
                        strata_finding_get_severity (finding) == STRATA_SEVERITY_ERROR ? "dialog-error-symbolic"
                                                                                       : "dialog-warning-symbolic");

  set_finding_action (row, snapshot, place);
}

guint
strata_facts_list_findings (GtkListBox     *list,
                            StrataSnapshot *snapshot)
{
  GPtrArray *findings = snapshot->status->findings;

  for (guint i = 0; i < MIN (findings->len, MOST_FINDINGS); i++)
    add_finding (list, snapshot, g_ptr_array_index (findings, i));

  if (findings->len > MOST_FINDINGS)
    {
      guint n = findings->len - MOST_FINDINGS;
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more", n), n);

      add (list, more, _("The filter Problems of the timeline has them all"), NULL);
    }

  return findings->len;
}

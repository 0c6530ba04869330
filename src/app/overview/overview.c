/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/overview/overview.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/overview/facts.h"
#include "app/state/idle.h"
#include "app/state/settings.h"
#include "app/state/words.h"
#include "app/widgets/fact-row.h"
#include "core/base/error.h"

struct _StrataOverview
{
  AdwBin          parent_instance;

  /* template */
  GtkListBox     *database;
  AdwStatusPage  *error;
  GtkListBox     *findings;
  GtkWidget      *findings_group;
  GtkWidget      *new_button;
  GtkListBox     *project;
  GtkListBox     *projects;
  GtkListBox     *recent;
  GtkSpinner     *spinner;
  GtkStack       *stack;

  /* owned */
  StrataSession  *session;
  GSignalGroup   *signals;
  GSignalGroup   *check_signals;

  /* values */
  guint           source;
};

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StrataOverview, strata_overview, ADW_TYPE_BIN)

static void
show_facts (StrataOverview *self,
            StrataSnapshot *snapshot)
{
  GtkListBox *database = GTK_LIST_BOX (gtk_list_box_new ());
  GtkListBox *project = GTK_LIST_BOX (gtk_list_box_new ());
  GtkListBox *findings = GTK_LIST_BOX (gtk_list_box_new ());
  guint n_findings;

  strata_facts_list_database (database, snapshot, strata_session_get_link (self->session));
  strata_facts_list_schema (database, snapshot, strata_schema_check_of (self->session));
  strata_facts_list_project (project, snapshot);
  n_findings = strata_facts_list_findings (findings, snapshot);
  strata_list_box_take (self->database, database);
  strata_list_box_take (self->project, project);
  strata_list_box_take (self->findings, findings);
  gtk_widget_set_visible (self->findings_group, n_findings > 0);
}

static void
show_recent (StrataOverview *self)
{
  g_auto(GStrv) recent = strata_settings_dup_recent ();

  strata_list_box_clear (self->recent);
  gtk_widget_set_visible (GTK_WIDGET (self->recent), recent[0] != NULL);
  for (guint i = 0; recent[i] != NULL; i++)
    {
      g_autofree char *name = g_path_get_basename (recent[i]);
      g_autofree char *shown = strata_words_dup_path (recent[i]);
      GtkWidget *row = strata_fact_row_new (name, shown, "folder-symbolic");

      strata_fact_row_set_action (row, "win.open-path", recent[i]);
      gtk_list_box_append (self->recent, row);
    }
}

/* How the error names each of several projects below a folder, on a line of its own, for a shell. */
#define NAMED "  -c "

static gboolean
finds_nothing (const GError *error)
{
  return g_error_matches (error, STRATA_ERROR, STRATA_ERROR_NO_PROJECT) && strstr (error->message, "strata init") != NULL;
}

/* The error tells a command line what to type: here are rows and buttons. */
static char *
dup_heading (StrataOverview *self,
             const GError   *error,
             GStrv           lines)
{
  g_autofree char *folder = NULL;

  if (lines[1] != NULL && g_str_has_prefix (lines[1], NAMED))
    return g_strdup (_("There are several projects here: choose one."));
  if (!finds_nothing (error))
    return g_strdup (lines[0]);

  folder = strata_words_dup_path (strata_session_get_folder (self->session));

  /* Translators: the names are those of files. */
  return g_strdup_printf (_("There is no project in “%s”, above it or below it: no strata.ini, alembic.ini or "
                            "pyproject.toml with [tool.alembic]."), folder);
}

static void
add_project (StrataOverview *self,
             const char     *typed)
{
  g_autofree char *file = g_shell_unquote (typed, NULL);
  g_autofree char *folder = g_path_get_dirname (file != NULL ? file : typed);
  g_autofree char *path = g_build_filename (strata_session_get_folder (self->session), folder, NULL);
  GtkWidget *row = strata_fact_row_new (folder, path, "folder-symbolic");

  strata_fact_row_set_action (row, "win.open-path", path);
  gtk_list_box_append (self->projects, row);
}

static void
show_error (StrataOverview *self,
            const GError   *error)
{
  g_auto(GStrv) lines = g_strsplit (error->message, "\n", -1);
  g_autofree char *heading = lines[0] != NULL ? dup_heading (self, error, lines) : NULL;
  g_autoptr(GString) text = g_string_new (heading);
  g_autofree char *escaped = NULL;

  strata_list_box_clear (self->projects);
  for (guint i = 1; heading != NULL && lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], NAMED))
      add_project (self, lines[i] + strlen (NAMED));
    else
      g_string_append_printf (text, "\n%s", lines[i]);

  gtk_widget_set_visible (GTK_WIDGET (self->projects), gtk_widget_get_first_child (GTK_WIDGET (self->projects)) != NULL);
  gtk_widget_set_visible (self->new_button, finds_nothing (error));
  escaped = g_markup_escape_text (text->str, -1);
  adw_status_page_set_description (self->error, escaped);
}

static void
update (StrataOverview *self)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);
  const GError *error = strata_session_get_error (self->session);
  const char *page = snapshot != NULL                           ? "facts"
                     : error != NULL                            ? "error"
                     : strata_session_get_loading (self->session) ? "loading"
                                                                : "start";

  if (snapshot != NULL)
    show_facts (self, snapshot);
  else if (error != NULL)
    show_error (self, error);
  else
    show_recent (self);

  gtk_spinner_set_spinning (self->spinner, g_str_equal (page, "loading"));
  gtk_stack_set_visible_child_name (self->stack, page);
}

static gboolean
update_now (gpointer data)
{
  StrataOverview *self = data;

  self->source = 0;
  update (self);

  return G_SOURCE_REMOVE;
}

/* Several things change together; and these rows, whose words wrap, take as long to be measured as the whole timeline,
 * which is to be seen first. */
static void
update_later (StrataOverview *self)
{
  if (self->source == 0)
    self->source = strata_idle_add (G_PRIORITY_DEFAULT_IDLE, update_now, self, NULL);
}

static void
strata_overview_dispose (GObject *object)
{
  StrataOverview *self = STRATA_OVERVIEW (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->signals);
  g_clear_object (&self->check_signals);
  g_clear_object (&self->session);
  /* Before the template takes its stack away: the bin would let it go a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_OVERVIEW);

  G_OBJECT_CLASS (strata_overview_parent_class)->dispose (object);
}

static void
strata_overview_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, strata_overview_get_session (STRATA_OVERVIEW (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_overview_set_property (GObject      *object,
                              guint         id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_SESSION:
      strata_overview_set_session (STRATA_OVERVIEW (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_overview_class_init (StrataOverviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_overview_dispose;
  object_class->get_property = strata_overview_get_property;
  object_class->set_property = strata_overview_set_property;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, STRATA_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/overview/overview.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataOverview, database);
  gtk_widget_class_bind_template_child (widget_class, StrataOverview, error);
  gtk_widget_class_bind_template_child (widget_class, StrataOverview, findings);
  gtk_widget_class_bind_template_child (widget_class, StrataOverview, findings_group);
  gtk_widget_class_bind_template_child (widget_class, StrataOverview, new_button);
  gtk_widget_class_bind_template_child (widget_class, StrataOverview, project);
  gtk_widget_class_bind_template_child (widget_class, StrataOverview, projects);
  gtk_widget_class_bind_template_child (widget_class, StrataOverview, recent);
  gtk_widget_class_bind_template_child (widget_class, StrataOverview, spinner);
  gtk_widget_class_bind_template_child (widget_class, StrataOverview, stack);
}

static void
strata_overview_init (StrataOverview *self)
{
  static const char * const watched[] = { "notify::error", "notify::link", "notify::loading", "notify::snapshot" };

  self->signals = g_signal_group_new (STRATA_TYPE_SESSION);
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_group_connect_swapped (self->signals, watched[i], G_CALLBACK (update_later), self);
  self->check_signals = g_signal_group_new (STRATA_TYPE_SCHEMA_CHECK);
  g_signal_group_connect_swapped (self->check_signals, "changed", G_CALLBACK (update_later), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

StrataSession *
strata_overview_get_session (StrataOverview *self)
{
  return self->session;
}

void
strata_overview_set_session (StrataOverview *self,
                             StrataSession  *session)
{
  g_return_if_fail (STRATA_IS_OVERVIEW (self));

  if (!g_set_object (&self->session, session))
    return;

  g_signal_group_set_target (self->signals, session);
  g_signal_group_set_target (self->check_signals, session != NULL ? strata_schema_check_of (session) : NULL);
  if (session != NULL)
    update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

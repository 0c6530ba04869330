/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/run/run-failure-view.h"

#include <glib/gi18n.h>

#include "app/state/run-words.h"
#include "app/widgets/fit-scroller.h"
#include "app/widgets/sql-view.h"

struct _StrataRunFailureView
{
  GtkBox           parent_instance;

  /* template */
  GtkBox          *actions;
  GtkLabel        *advice;
  GtkLabel        *facts;
  GtkLabel        *message;
  GtkLabel        *state;
  GtkWidget       *statement_frame;
  StrataSqlView   *statement;
};

G_DEFINE_FINAL_TYPE (StrataRunFailureView, strata_run_failure_view, GTK_TYPE_BOX)

static void
set_text (GtkLabel   *label,
          const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
add_action_variant (StrataRunFailureView *self,
                    const char           *label,
                    const char           *action,
                    GVariant             *target)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (self->actions, button);
}

static void
add_action (StrataRunFailureView *self,
            const char           *label,
            const char           *action,
            const char           *target)
{
  add_action_variant (self, label, action, target != NULL ? g_variant_new_string (target) : NULL);
}

static void
add_again (StrataRunFailureView *self,
           StrataRunJob         *job)
{
  static const char * const actions[] = {
    [STRATA_RUN_UPGRADE] = "win.upgrade",
    [STRATA_RUN_DOWNGRADE] = "win.downgrade",
    [STRATA_RUN_STAMP] = "win.stamp",
  };
  const StrataRunOptions *options = strata_run_job_get_options (job);

  if (g_str_equal (strata_run_job_get_action (job), "restore"))
    add_action (self, _("_Restore Copy…"), "win.restore", NULL);
  else if (options->kind < G_N_ELEMENTS (actions) && options->targets[0] != NULL)
    add_action (self, _("_Run Again…"), actions[options->kind], options->targets[0]);
}

static gboolean
is_half_done (const StrataRunReport *report)
{
  for (guint i = 0; i < report->steps->len; i++)
    if (((const StrataStepReport *) g_ptr_array_index (report->steps, i))->state == STRATA_STEP_PARTLY)
      return TRUE;

  return FALSE;
}

/* To where the run began: by the copy, or step by step; but a half done revision is in the way of every other run, and
 * what was put in order by hand is stamped. */
static void
add_back (StrataRunFailureView *self,
          StrataRunJob         *job)
{
  StrataRunReport *report = strata_run_job_get_report (job);
  StrataRunKind kind = strata_run_job_get_options (job)->kind;

  if (report == NULL || kind == STRATA_RUN_STAMP)
    return;

  if (report->backup != NULL)
    add_action (self, _("R_estore Copy…"), "win.restore", NULL);
  else if (is_half_done (report))
    add_action (self, _("S_tamp…"), "win.stamp", "");
  else if (report->n_done > 0 && g_strv_length (report->start) < 2)
    add_action (self, _("_Go Back to the Start…"), kind == STRATA_RUN_DOWNGRADE ? "win.upgrade" : "win.downgrade",
                report->start[0] != NULL ? report->start[0] : "base");
}

static void
show_actions (StrataRunFailureView *self,
              StrataRunJob         *job)
{
  const StrataRunReport *report = job != NULL ? strata_run_job_get_report (job) : NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->actions))) != NULL)
    gtk_box_remove (self->actions, child);
  if (job == NULL)
    return;

  if (report != NULL && report->failure != NULL && report->failure->revision != NULL)
    add_action_variant (self, _("_Show Revision"), "run.show-revision",
                        g_variant_new ("(suu)", report->failure->revision, report->failure->line,
                                       report->failure->column));
  add_again (self, job);
  add_back (self, job);
}

static void
show_report (StrataRunFailureView  *self,
             const StrataRunReport *report,
             const char            *error)
{
  const StrataRunFailure *failure = report->failure;
  g_autofree char *facts = failure != NULL ? strata_run_words_dup_facts (failure, error) : NULL;
  g_autofree char *state = strata_run_words_dup_state (report);
  const char *sql = failure != NULL ? failure->sql : NULL;

  set_text (self->facts, facts);
  set_text (self->state, state);
  /* The second is a command, where here is a button. */
  set_text (self->advice, report->next_steps[0]);
  gtk_widget_set_visible (self->statement_frame, sql != NULL);
  strata_sql_view_set_text (self->statement, sql != NULL ? sql : "");
}

static void
show_revision (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  const char *id;
  guint line;
  guint column;

  g_variant_get (parameter, "(&suu)", &id, &line, &column);
  gtk_widget_activate_action (widget, "win.view", "s", "revisions");
  if (line > 0)
    gtk_widget_activate_action_variant (widget, "win.show-line", parameter);
  else
    gtk_widget_activate_action (widget, "win.select", "s", id);
}

/* What the ledger knows of a run of somebody else. */
static const char *
get_ledger_error (StrataRunRecord *record)
{
  GPtrArray *entries = strata_run_record_get_entries (record);
  const StrataLedgerEntry *last = entries != NULL ? g_ptr_array_index (entries, entries->len - 1) : NULL;

  return last != NULL ? last->error : NULL;
}

static void
strata_run_failure_view_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STRATA_TYPE_RUN_FAILURE_VIEW);

  G_OBJECT_CLASS (strata_run_failure_view_parent_class)->dispose (object);
}

static void
strata_run_failure_view_class_init (StrataRunFailureViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_run_failure_view_dispose;

  g_type_ensure (STRATA_TYPE_FIT_SCROLLER);
  g_type_ensure (STRATA_TYPE_SQL_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/run/run-failure-view.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataRunFailureView, actions);
  gtk_widget_class_bind_template_child (widget_class, StrataRunFailureView, advice);
  gtk_widget_class_bind_template_child (widget_class, StrataRunFailureView, facts);
  gtk_widget_class_bind_template_child (widget_class, StrataRunFailureView, message);
  gtk_widget_class_bind_template_child (widget_class, StrataRunFailureView, state);
  gtk_widget_class_bind_template_child (widget_class, StrataRunFailureView, statement);
  gtk_widget_class_bind_template_child (widget_class, StrataRunFailureView, statement_frame);
  gtk_widget_class_install_action (widget_class, "run.show-revision", "(suu)", show_revision);
}

static void
strata_run_failure_view_init (StrataRunFailureView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
strata_run_failure_view_show (StrataRunFailureView *self,
                              StrataRunRecord      *record)
{
  static const StrataRunReport nothing = { NULL };
  StrataRunJob *job = record != NULL ? strata_run_record_get_job (record) : NULL;
  const StrataRunReport *report = job != NULL ? strata_run_job_get_report (job) : NULL;
  const char *error = NULL;

  g_return_if_fail (STRATA_IS_RUN_FAILURE_VIEW (self));

  if (job != NULL && strata_run_job_get_error (job) != NULL)
    error = strata_run_job_get_error (job)->message;
  else if (record != NULL)
    error = get_ledger_error (record);

  gtk_widget_set_visible (GTK_WIDGET (self), error != NULL);
  set_text (self->message, error);
  show_report (self, report != NULL && error != NULL ? report : &nothing, error);
  show_actions (self, error != NULL ? job : NULL);
}

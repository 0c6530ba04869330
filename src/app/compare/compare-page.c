/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/compare/compare-page-private.h"

#include <glib/gi18n.h>

#include "app/compare/compare-words.h"
#include "app/state/schema-check.h"
#include "app/widgets/accessible.h"
#include "app/widgets/status.h"

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StrataComparePage, strata_compare_page, ADW_TYPE_BIN)

/* Who waits for a comparison has the focus elsewhere. */
static void
say_result (StrataComparePage *self,
            const char        *title,
            const char        *words)
{
  g_autofree char *all = g_strjoin (*words != '\0' ? ".\n" : NULL, title, words, NULL);

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    strata_accessible_announce (GTK_WIDGET (self), all);
}

static void
show_status (StrataComparePage *self,
             const char        *icon,
             const char        *title,
             const char        *words,
             const char        *button)
{
  strata_status_say (self->status, icon, title, words);
  gtk_button_set_label (self->status_button, button != NULL ? button : "");
  gtk_widget_set_visible (GTK_WIDGET (self->status_button), button != NULL);
  gtk_stack_set_visible_child_name (self->stack, "status");
  say_result (self, title, words);
}

static void
show_start (StrataComparePage *self)
{
  self->status_kind = STRATA_COMPARE_FAILS;
  show_status (self, "view-dual-symbolic", _("Compare Two Schemas"),
               _("What leads from the one on the left to the one on the right is listed here, with the SQL, and what you tick"
                 " becomes a new revision. A schema that is declared and one that revisions make are tried out in a scratch"
                 " database, where nothing of yours is."), NULL);
}

static void
update_actions (StrataComparePage *self)
{
  guint n = self->differences != NULL ? strata_differences_get_n (self->differences) : 0;
  guint ticked = n > 0 ? strata_differences_get_n_ticked (self->differences) : 0;
  gboolean complete = strata_side_chooser_is_complete (self->from) && strata_side_chooser_is_complete (self->to);
  g_autofree char *words = strata_compare_words_dup_count (self->differences);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "compare.compare",
                                 self->session != NULL && strata_session_get_snapshot (self->session) != NULL && complete);
  /* What comes along is said before it is written. */
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "compare.new-revision", ticked > 0 && self->planning == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "compare.copy", self->sql != NULL && *self->sql != '\0');
  gtk_label_set_text (self->ticked, words);
  self->ticking = TRUE;
  gtk_check_button_set_active (self->all, n > 0 && ticked == n);
  gtk_check_button_set_inconsistent (self->all, ticked > 0 && ticked < n);
  self->ticking = FALSE;
}

static void
take_sql (StrataComparePage *self,
          const char        *caption,
          char              *sql)
{
  g_free (self->sql);
  self->sql = sql;
  strata_difference_view_set_sql (self->view, caption, NULL, sql);
  update_actions (self);
}

static void
on_planned (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(StrataComparePage) self = user_data;
  g_autoptr(GError) error = NULL;
  char *sql = strata_compare_plan_finish (STRATA_SESSION (source), self->differences, result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->differences == NULL)
    {
      g_free (sql);
      return;
    }

  g_clear_object (&self->planning);
  if (sql != NULL)
    take_sql (self, _("What is ticked, as SQL"), sql);
  else
    take_sql (self, error->message, NULL);
}

/* With nothing ticked it is all of it, which is known. */
static void
on_ticks (StrataComparePage *self)
{
  StrataCompared *compared = strata_differences_get_compared (self->differences);

  g_cancellable_cancel (self->planning);
  g_clear_object (&self->planning);
  strata_differences_set_planned (self->differences, NULL);
  if (strata_differences_get_n_ticked (self->differences) == 0)
    {
      take_sql (self, compared->no_way != NULL ? _("There are no steps for all of it") : _("All of it, as SQL"),
                g_strdup (compared->sql));
      return;
    }

  self->planning = g_cancellable_new ();
  strata_compare_plan_async (self->session, self->differences, self->planning, on_planned, g_object_ref (self));
  update_actions (self);
}

static void
show_same (StrataComparePage *self)
{
  g_autofree char *words = strata_compare_words_dup_same (self->differences);

  self->status_kind = STRATA_COMPARE_FAILS;
  show_status (self, "emblem-ok-symbolic", _("No Differences"), words, NULL);
}

static void
show_warnings (StrataComparePage *self)
{
  g_autofree char *words = strata_compare_words_dup_warning (self->differences);

  gtk_info_bar_set_revealed (self->bar, *words != '\0');
  gtk_info_bar_set_message_type (self->bar, GTK_MESSAGE_WARNING);
  gtk_widget_set_visible (self->bar_button, FALSE);
  gtk_label_set_text (self->bar_words, words);
}

static void
take_comparison (StrataComparePage *self,
                 StrataDifferences  *differences)
{
  if (self->differences != NULL)
    g_signal_handlers_disconnect_by_data (self->differences, self);
  g_clear_object (&self->differences);
  self->differences = differences;
  strata_difference_view_show (self->view, differences);
  strata_rename_questions_show (self->questions, differences);
  gtk_widget_set_visible (self->actions, differences != NULL && strata_differences_get_n (differences) > 0);
  g_clear_pointer (&self->snapshot, strata_snapshot_unref);
  if (differences == NULL)
    {
      gtk_info_bar_set_revealed (self->bar, FALSE);
      take_sql (self, NULL, NULL);
      return;
    }

  self->snapshot = strata_snapshot_ref (strata_session_get_snapshot (self->session));
  g_signal_connect_object (differences, "ticks-changed", G_CALLBACK (on_ticks), self, G_CONNECT_SWAPPED);
  on_ticks (self);
  show_warnings (self);
  if (strata_differences_get_n (differences) == 0)
    show_same (self);
  else
    {
      gtk_stack_set_visible_child_name (self->stack, "differences");
      say_result (self, gtk_label_get_text (self->ticked), gtk_label_get_text (self->bar_words));
    }
}

static void
show_error (StrataComparePage     *self,
            StrataCompareObstacle  obstacle,
            const GError          *error)
{
  self->status_kind = obstacle;
  switch (obstacle)
    {
    case STRATA_COMPARE_NEEDS_TRUST:
      show_status (self, "dialog-question-symbolic", _("May the Project Run Its Program?"), error->message, _("_Run It This Time"));
      break;
    case STRATA_COMPARE_NEEDS_SCRATCH:
      show_status (self, "dialog-question-symbolic", _("Work in a Scratch Database?"), error->message, _("_Allow It This Time"));
      break;
    case STRATA_COMPARE_FORBIDDEN:
      show_status (self, "action-unavailable-symbolic", _("Not Compared Here"), error->message, _("_Try Again"));
      break;
    case STRATA_COMPARE_FAILS:
    default:
      show_status (self, "dialog-warning-symbolic", _("Not Compared"), error->message, _("_Try Again"));
    }
}

/* What it asks is answered here too: also where a person had to agree first. */
static void
tell_overview (StrataComparePage *self)
{
  StrataSchemaCheck *check = strata_schema_check_of (self->session);
  g_autofree char *rows = strata_compare_dup_rows (strata_session_get_snapshot (self->session));

  if (strata_side_chooser_is_own_database (self->from) && strata_side_chooser_get_kind (self->to) == STRATA_SIDE_DECLARED)
    strata_schema_check_take (check, STRATA_SCHEMA_DECLARED, self->differences);
  else if (strata_side_chooser_is_own_database (self->to) && strata_side_chooser_get_kind (self->from) == STRATA_SIDE_REVISION
           && g_strcmp0 (strata_side_chooser_get_argument (self->from), rows) == 0)
    strata_schema_check_take (check, STRATA_SCHEMA_DRIFT, self->differences);
}

static void
on_compared (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(StrataComparePage) self = user_data;
  g_autoptr(GError) error = NULL;
  StrataCompareObstacle obstacle = STRATA_COMPARE_FAILS;
  StrataDifferences *differences = strata_compare_finish (STRATA_SESSION (source), result, &obstacle, &error);

  /* Stopped, or closed: whoever did that shows what is next. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->session == NULL
      || strata_session_get_snapshot (self->session) == NULL)
    {
      g_clear_object (&differences);
      return;
    }

  g_clear_object (&self->comparing);
  gtk_spinner_stop (self->spinner);
  if (differences != NULL)
    {
      take_comparison (self, differences);
      tell_overview (self);
    }
  else
    show_error (self, obstacle, error);
}

void
strata_compare_page_begin (StrataComparePage *self,
                           const char        *words)
{
  gtk_label_set_text (self->busy, words);
  g_cancellable_cancel (self->comparing);
  g_clear_object (&self->comparing);
  self->comparing = g_cancellable_new ();
  gtk_spinner_start (self->spinner);
  gtk_stack_set_visible_child_name (self->stack, "busy");
}

static void
compare_with (StrataComparePage *self,
              gboolean           trusted,
              gboolean           agreed)
{
  StrataCompareQuestion *question;

  question = strata_compare_question_new (strata_side_chooser_get_kind (self->from), strata_side_chooser_get_argument (self->from),
                                          strata_side_chooser_get_kind (self->to), strata_side_chooser_get_argument (self->to));
  question->trusted = trusted;
  question->agreed = agreed;
  self->trusted = trusted;
  self->agreed = agreed;
  take_comparison (self, NULL);
  strata_compare_page_begin (self, _("Both sides are read and compared"));
  strata_compare_async (self->session, question, self->comparing, on_compared, g_object_ref (self));
}

static void
compare (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  compare_with (STRATA_COMPARE_PAGE (widget), FALSE, FALSE);
}

static void
on_status_button (StrataComparePage *self)
{
  compare_with (self, self->trusted || self->status_kind == STRATA_COMPARE_NEEDS_TRUST,
                self->agreed || self->status_kind == STRATA_COMPARE_NEEDS_SCRATCH);
}

static void
stop (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  StrataComparePage *self = STRATA_COMPARE_PAGE (widget);

  g_cancellable_cancel (self->comparing);
  g_clear_object (&self->comparing);
  gtk_spinner_stop (self->spinner);
  if (self->differences != NULL)
    gtk_stack_set_visible_child_name (self->stack, "differences");
  else
    show_start (self);
}

static void
on_remembered (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(StrataComparePage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *words = NULL;

  if (strata_compare_remember_finish (STRATA_SESSION (source), result, &error) || self->session == NULL)
    return;

  /* Translators: what was decided about a rename; an error. */
  words = g_strdup_printf (_("The answer is not kept for the next time: %s"), error->message);
  gtk_label_set_text (self->bar_words, words);
  gtk_info_bar_set_revealed (self->bar, TRUE);
}

static void
on_decided (StrataComparePage       *self,
            const StrataRenameGuess *guess,
            gboolean                 is_renamed)
{
  const char * const *decided = strata_differences_decide (self->differences, guess, is_renamed);

  strata_compare_remember_async (self->session, decided, on_remembered, g_object_ref (self));
  if (!is_renamed)
    {
      strata_rename_questions_show (self->questions, self->differences);
      return;
    }

  strata_compare_page_begin (self, _("Both sides are read and compared"));
  strata_compare_again_async (self->session, self->differences, decided, self->comparing, on_compared, g_object_ref (self));
}

static void
swap (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  StrataComparePage *self = STRATA_COMPARE_PAGE (widget);
  StrataSideKind from = strata_side_chooser_get_kind (self->from);
  StrataSideKind to = strata_side_chooser_get_kind (self->to);
  g_autofree char *from_argument = g_strdup (strata_side_chooser_get_argument (self->from));
  g_autofree char *to_argument = g_strdup (strata_side_chooser_get_argument (self->to));
  gboolean again = self->differences != NULL;

  strata_side_chooser_set (self->from, to, to_argument);
  strata_side_chooser_set (self->to, from, from_argument);
  if (again)
    compare_with (self, self->trusted, self->agreed);
}

static void
copy (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "win.copy", "s", STRATA_COMPARE_PAGE (widget)->sql);
}

static void
on_all (StrataComparePage *self)
{
  if (!self->ticking && self->differences != NULL)
    strata_differences_tick_all (self->differences, gtk_check_button_get_active (self->all));
}

/* What is shown is of other sides. */
static void
on_sides (StrataComparePage *self)
{
  if (self->setting)
    return;

  g_cancellable_cancel (self->comparing);
  g_clear_object (&self->comparing);
  self->trusted = FALSE;
  self->agreed = FALSE;
  take_comparison (self, NULL);
  show_start (self);
  update_actions (self);
}

/* The target of what is most likely asked next: the declared schema, or else whether the database is what its revisions say. */
static void
set_usual_sides (StrataComparePage *self)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);
  const StrataSettings *settings = strata_project_get_settings (snapshot->project);
  gboolean declared = settings->schema != NULL || settings->schema_command != NULL
                      || strata_project_get_kind (snapshot->project) == STRATA_PROJECT_ALEMBIC;

  strata_side_chooser_set (self->from, declared ? STRATA_SIDE_DATABASE : STRATA_SIDE_REVISION, NULL);
  strata_side_chooser_set (self->to, declared ? STRATA_SIDE_DECLARED : STRATA_SIDE_DATABASE, NULL);
}

static void
on_snapshot (StrataComparePage *self)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);
  gboolean other = snapshot == NULL || g_strcmp0 (self->root, strata_project_get_root (snapshot->project)) != 0;

  if (snapshot != NULL)
    {
      self->setting = TRUE;
      strata_side_chooser_set_snapshot (self->from, snapshot);
      strata_side_chooser_set_snapshot (self->to, snapshot);
      if (other)
        set_usual_sides (self);
      self->setting = FALSE;
    }
  if (other)
    {
      g_free (self->root);
      self->root = snapshot != NULL ? g_strdup (strata_project_get_root (snapshot->project)) : NULL;
      on_sides (self);
    }
  else if (self->differences != NULL && snapshot != self->snapshot)
    {
      gtk_info_bar_set_message_type (self->bar, GTK_MESSAGE_INFO);
      gtk_label_set_text (self->bar_words, _("The project or the database has changed since this was compared."));
      gtk_widget_set_visible (self->bar_button, TRUE);
      gtk_info_bar_set_revealed (self->bar, TRUE);
    }
  update_actions (self);
}

static void
set_session (StrataComparePage *self,
             StrataSession     *session)
{
  if (!g_set_object (&self->session, session))
    return;

  g_signal_group_set_target (self->signals, session);
  if (session != NULL)
    on_snapshot (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
strata_compare_page_dispose (GObject *object)
{
  StrataComparePage *self = STRATA_COMPARE_PAGE (object);

  g_cancellable_cancel (self->comparing);
  g_clear_object (&self->comparing);
  g_cancellable_cancel (self->planning);
  g_clear_object (&self->planning);
  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  if (self->differences != NULL)
    g_signal_handlers_disconnect_by_data (self->differences, self);
  /* A bin would unparent its child once more. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_COMPARE_PAGE);
  g_clear_object (&self->signals);
  g_clear_object (&self->differences);
  g_clear_pointer (&self->snapshot, strata_snapshot_unref);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (strata_compare_page_parent_class)->dispose (object);
}

static void
strata_compare_page_finalize (GObject *object)
{
  StrataComparePage *self = STRATA_COMPARE_PAGE (object);

  g_free (self->sql);
  g_free (self->root);

  G_OBJECT_CLASS (strata_compare_page_parent_class)->finalize (object);
}

static void
strata_compare_page_get_property (GObject    *object,
                                  guint       id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, STRATA_COMPARE_PAGE (object)->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_compare_page_set_property (GObject      *object,
                                  guint         id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_SESSION:
      set_session (STRATA_COMPARE_PAGE (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_compare_page_class_init (StrataComparePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_compare_page_dispose;
  object_class->finalize = strata_compare_page_finalize;
  object_class->get_property = strata_compare_page_get_property;
  object_class->set_property = strata_compare_page_set_property;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, STRATA_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (STRATA_TYPE_DIFFERENCE_VIEW);
  g_type_ensure (STRATA_TYPE_RENAME_QUESTIONS);
  g_type_ensure (STRATA_TYPE_SIDE_CHOOSER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/compare/compare-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataComparePage, actions);
  gtk_widget_class_bind_template_child (widget_class, StrataComparePage, all);
  gtk_widget_class_bind_template_child (widget_class, StrataComparePage, bar);
  gtk_widget_class_bind_template_child (widget_class, StrataComparePage, bar_button);
  gtk_widget_class_bind_template_child (widget_class, StrataComparePage, bar_words);
  gtk_widget_class_bind_template_child (widget_class, StrataComparePage, busy);
  gtk_widget_class_bind_template_child (widget_class, StrataComparePage, from);
  gtk_widget_class_bind_template_child (widget_class, StrataComparePage, questions);
  gtk_widget_class_bind_template_child (widget_class, StrataComparePage, spinner);
  gtk_widget_class_bind_template_child (widget_class, StrataComparePage, stack);
  gtk_widget_class_bind_template_child (widget_class, StrataComparePage, status);
  gtk_widget_class_bind_template_child (widget_class, StrataComparePage, status_button);
  gtk_widget_class_bind_template_child (widget_class, StrataComparePage, ticked);
  gtk_widget_class_bind_template_child (widget_class, StrataComparePage, to);
  gtk_widget_class_bind_template_child (widget_class, StrataComparePage, view);
  gtk_widget_class_bind_template_callback (widget_class, on_all);
  gtk_widget_class_bind_template_callback (widget_class, on_decided);
  gtk_widget_class_bind_template_callback (widget_class, on_sides);
  gtk_widget_class_bind_template_callback (widget_class, on_status_button);
  gtk_widget_class_install_action (widget_class, "compare.compare", NULL, compare);
  gtk_widget_class_install_action (widget_class, "compare.copy", NULL, copy);
  gtk_widget_class_install_action (widget_class, "compare.new-revision", NULL, strata_compare_page_new_revision);
  gtk_widget_class_install_action (widget_class, "compare.stop", NULL, stop);
  gtk_widget_class_install_action (widget_class, "compare.swap", NULL, swap);
}

static void
strata_compare_page_init (StrataComparePage *self)
{
  self->signals = g_signal_group_new (STRATA_TYPE_SESSION);
  g_signal_group_connect_swapped (self->signals, "notify::snapshot", G_CALLBACK (on_snapshot), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  show_start (self);
  update_actions (self);
}

void
strata_compare_page_compare (StrataComparePage *self,
                             StrataSideKind     from,
                             const char        *from_argument,
                             StrataSideKind     to,
                             const char        *to_argument)
{
  g_return_if_fail (STRATA_IS_COMPARE_PAGE (self));

  strata_side_chooser_set (self->from, from, from_argument);
  strata_side_chooser_set (self->to, to, to_argument);
  compare_with (self, FALSE, FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/run/run-button.h"

#include <glib/gi18n.h>

#include "app/state/run-offer.h"
#include "app/widgets/accessible.h"

struct _StrataRunButton
{
  AdwBin           parent_instance;

  /* template */
  AdwSplitButton  *button;

  /* owned */
  StrataSession   *session;
  GSignalGroup    *signals;
};

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StrataRunButton, strata_run_button, ADW_TYPE_BIN)

/* The node of what is selected, where that is exactly one of the folder's. */
static guint
get_selected (StrataRunButton *self)
{
  StrataSnapshot *snapshot = self->session != NULL ? strata_session_get_snapshot (self->session) : NULL;
  const char * const *ids;

  if (snapshot == NULL || snapshot->applied == NULL)
    return STRATA_NO_NODE;

  ids = strata_session_get_selected (self->session);

  return ids[0] != NULL && ids[1] == NULL ? strata_graph_find (snapshot->graph, ids[0]) : STRATA_NO_NODE;
}

/* Nothing is touched where it is the same: a button whose action goes and comes back loses the focus, and the click that is
 * being made on it. */
static void
set_action (GtkActionable *button,
            const char    *action,
            const char    *target)
{
  GVariant *old = gtk_actionable_get_action_target_value (button);

  if (g_strcmp0 (gtk_actionable_get_action_name (button), action) == 0
      && g_strcmp0 (old != NULL ? g_variant_get_string (old, NULL) : NULL, target) == 0)
    return;

  /* The target first: an action and a target of another type do not meet. */
  gtk_actionable_set_action_name (button, NULL);
  gtk_actionable_set_action_target_value (button, target != NULL ? g_variant_new_string (target) : NULL);
  gtk_actionable_set_action_name (button, action);
}

static void
show_main (StrataRunButton      *self,
           const StrataRunOffer *offer)
{
  GtkWidget *inner = gtk_widget_get_first_child (GTK_WIDGET (self->button));

  gtk_widget_set_visible (GTK_WIDGET (self), offer->label != NULL);
  if (offer->label == NULL)
    return;

  adw_split_button_set_label (self->button, offer->label);
  /* Not of both halves: it would lie over the menu of the other one. */
  gtk_widget_set_tooltip_text (inner, offer->tooltip);
  /* The focus is on the button inside, which has the label. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
  strata_accessible_set_description (inner, offer->tooltip);

  set_action (GTK_ACTIONABLE (self->button), offer->action != NULL ? offer->action : "run.nothing", offer->target);

  if (offer->action != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->button), "suggested-action");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->button), "suggested-action");
}

static void
on_changed (StrataRunButton *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr(StrataRunOffer) offer = NULL;

  if (self->session == NULL)
    {
      gtk_widget_set_visible (widget, FALSE);
      return;
    }

  offer = strata_run_offer_new (self->session);
  show_main (self, offer);
  gtk_widget_action_set_enabled (widget, "run.one-step", offer->can_step);
  gtk_widget_action_set_enabled (widget, "run.to-selected", offer->can_run && get_selected (self) != STRATA_NO_NODE);
  gtk_widget_action_set_enabled (widget, "run.step-back", offer->can_downgrade);
  gtk_widget_action_set_enabled (widget, "run.all-back", offer->can_downgrade);
  gtk_widget_action_set_enabled (widget, "run.stamp", offer->can_run);
  gtk_widget_action_set_enabled (widget, "run.restore", offer->can_restore);
}

static void
one_step (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "win.upgrade", "s", "+1");
}

static void
step_back (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "win.downgrade", "s", "-1");
}

static void
all_back (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "win.downgrade", "s", "base");
}

static void
to_selected (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  StrataRunButton *self = STRATA_RUN_BUTTON (widget);
  guint node = get_selected (self);
  StrataSnapshot *snapshot;

  if (node == STRATA_NO_NODE)
    return;

  snapshot = strata_session_get_snapshot (self->session);
  gtk_widget_activate_action (widget, snapshot->applied[node] ? "win.downgrade" : "win.upgrade", "s",
                              strata_revision_get_id (strata_graph_get_revision (snapshot->graph, node)));
}

static void
stamp (GtkWidget  *widget,
       const char *action,
       GVariant   *parameter)
{
  StrataRunButton *self = STRATA_RUN_BUTTON (widget);
  guint node = get_selected (self);

  gtk_widget_activate_action (widget, "win.stamp", "s",
                              node != STRATA_NO_NODE ? strata_session_get_selected (self->session)[0] : "");
}

static void
restore (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "win.restore", NULL);
}

static void
strata_run_button_dispose (GObject *object)
{
  StrataRunButton *self = STRATA_RUN_BUTTON (object);

  g_signal_group_set_target (self->signals, NULL);
  /* A bin would unparent its child once more. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_RUN_BUTTON);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (strata_run_button_parent_class)->dispose (object);
}

static void
strata_run_button_finalize (GObject *object)
{
  g_clear_object (&STRATA_RUN_BUTTON (object)->signals);

  G_OBJECT_CLASS (strata_run_button_parent_class)->finalize (object);
}

static void
strata_run_button_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, STRATA_RUN_BUTTON (object)->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_run_button_set_property (GObject      *object,
                                guint         id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_SESSION:
      strata_run_button_set_session (STRATA_RUN_BUTTON (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_run_button_class_init (StrataRunButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_run_button_dispose;
  object_class->finalize = strata_run_button_finalize;
  object_class->get_property = strata_run_button_get_property;
  object_class->set_property = strata_run_button_set_property;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, STRATA_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/run/run-button.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataRunButton, button);
  gtk_widget_class_install_action (widget_class, "run.nothing", NULL, restore);
  gtk_widget_class_install_action (widget_class, "run.one-step", NULL, one_step);
  gtk_widget_class_install_action (widget_class, "run.restore", NULL, restore);
  gtk_widget_class_install_action (widget_class, "run.stamp", NULL, stamp);
  gtk_widget_class_install_action (widget_class, "run.step-back", NULL, step_back);
  gtk_widget_class_install_action (widget_class, "run.all-back", NULL, all_back);
  gtk_widget_class_install_action (widget_class, "run.to-selected", NULL, to_selected);
}

static void
strata_run_button_init (StrataRunButton *self)
{
  static const char * const changes[] = { "notify::link", "notify::loading", "notify::run", "notify::selected",
                                          "notify::snapshot" };

  GtkWidget *ways;

  gtk_widget_init_template (GTK_WIDGET (self));
  ways = gtk_widget_get_last_child (GTK_WIDGET (self->button));
  strata_accessible_set_name (ways, adw_split_button_get_dropdown_tooltip (self->button));
  /* GTK would put it over the menu's first line. */
  g_object_bind_property (gtk_menu_button_get_popover (GTK_MENU_BUTTON (ways)), "visible", ways, "has-tooltip",
                          G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "run.nothing", FALSE);
  self->signals = g_signal_group_new (STRATA_TYPE_SESSION);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    g_signal_group_connect_swapped (self->signals, changes[i], G_CALLBACK (on_changed), self);
  on_changed (self);
}

void
strata_run_button_set_session (StrataRunButton *self,
                               StrataSession   *session)
{
  g_return_if_fail (STRATA_IS_RUN_BUTTON (self));

  if (!g_set_object (&self->session, session))
    return;

  g_signal_group_set_target (self->signals, session);
  on_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

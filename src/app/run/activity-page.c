/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/run/activity-page.h"

#include "app/run/run-detail.h"
#include "app/run/run-row.h"
#include "app/state/run-history.h"
#include "app/widgets/pane.h"

struct _StrataActivityPage
{
  AdwBin               parent_instance;

  /* template */
  GtkWidget           *back_bar;
  StrataRunDetail     *detail;
  GtkWidget           *detail_pane;
  AdwLeaflet          *leaflet;
  GtkWidget           *list_pane;
  GtkStack            *pages;
  GtkSingleSelection  *selection;

  /* owned */
  StrataSession       *session;
  StrataRunHistory    *history;
  GSignalGroup        *signals;
};

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StrataActivityPage, strata_activity_page, ADW_TYPE_BIN)

static void
on_items (StrataActivityPage *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0;

  gtk_stack_set_visible_child_name (self->pages, any ? "runs" : "empty");
}

static void
on_selected (StrataActivityPage *self)
{
  if (self->session != NULL)
    strata_run_detail_show (self->detail, self->session, gtk_single_selection_get_selected_item (self->selection));
}

/* Who looks while it runs wants to see what runs. */
static void
on_run (StrataActivityPage *self)
{
  if (strata_session_get_run (self->session) != NULL)
    gtk_single_selection_set_selected (self->selection, 0);
}

static void
on_activate (StrataActivityPage *self)
{
  adw_leaflet_set_visible_child (self->leaflet, self->detail_pane);
}

static void
on_folded (StrataActivityPage *self)
{
  gtk_widget_set_visible (self->back_bar, adw_leaflet_get_folded (self->leaflet));
}

static void
go_back (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  StrataActivityPage *self = STRATA_ACTIVITY_PAGE (widget);

  adw_leaflet_set_visible_child (self->leaflet, self->list_pane);
}

static void
strata_activity_page_dispose (GObject *object)
{
  StrataActivityPage *self = STRATA_ACTIVITY_PAGE (object);

  g_signal_group_set_target (self->signals, NULL);
  /* A bin would unparent its child once more. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_ACTIVITY_PAGE);
  g_clear_object (&self->history);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (strata_activity_page_parent_class)->dispose (object);
}

static void
strata_activity_page_finalize (GObject *object)
{
  g_clear_object (&STRATA_ACTIVITY_PAGE (object)->signals);

  G_OBJECT_CLASS (strata_activity_page_parent_class)->finalize (object);
}

static void
strata_activity_page_get_property (GObject    *object,
                                   guint       id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, STRATA_ACTIVITY_PAGE (object)->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_activity_page_set_property (GObject      *object,
                                   guint         id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_SESSION:
      strata_activity_page_set_session (STRATA_ACTIVITY_PAGE (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_activity_page_class_init (StrataActivityPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_activity_page_dispose;
  object_class->finalize = strata_activity_page_finalize;
  object_class->get_property = strata_activity_page_get_property;
  object_class->set_property = strata_activity_page_set_property;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, STRATA_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (STRATA_TYPE_PANE);
  g_type_ensure (STRATA_TYPE_RUN_DETAIL);
  g_type_ensure (STRATA_TYPE_RUN_ROW);
  g_type_ensure (STRATA_TYPE_RUN_RECORD);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/run/activity-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataActivityPage, back_bar);
  gtk_widget_class_bind_template_child (widget_class, StrataActivityPage, detail);
  gtk_widget_class_bind_template_child (widget_class, StrataActivityPage, detail_pane);
  gtk_widget_class_bind_template_child (widget_class, StrataActivityPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, StrataActivityPage, list_pane);
  gtk_widget_class_bind_template_child (widget_class, StrataActivityPage, pages);
  gtk_widget_class_bind_template_child (widget_class, StrataActivityPage, selection);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_folded);
  gtk_widget_class_bind_template_callback (widget_class, on_items);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_install_action (widget_class, "activity.back", NULL, go_back);
}

static void
strata_activity_page_init (StrataActivityPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (STRATA_TYPE_SESSION);
  g_signal_group_connect_swapped (self->signals, "notify::run", G_CALLBACK (on_run), self);
}

void
strata_activity_page_set_session (StrataActivityPage *self,
                                  StrataSession      *session)
{
  g_return_if_fail (STRATA_IS_ACTIVITY_PAGE (self));

  if (!g_set_object (&self->session, session))
    return;

  g_clear_object (&self->history);
  if (session != NULL)
    self->history = strata_run_history_new (session);
  /* After the history, which adds the run. */
  g_signal_group_set_target (self->signals, session);
  gtk_single_selection_set_model (self->selection,
                                  self->history != NULL ? strata_run_history_get_runs (self->history) : NULL);
  on_items (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

void
strata_activity_page_show_run (StrataActivityPage *self,
                               const char         *name)
{
  GListModel *runs = G_LIST_MODEL (self->selection);

  g_return_if_fail (STRATA_IS_ACTIVITY_PAGE (self));

  for (guint i = 0; i < g_list_model_get_n_items (runs); i++)
    {
      g_autoptr(StrataRunRecord) record = g_list_model_get_item (runs, i);

      if (*name != '\0' && !strata_run_record_is_called (record, name))
        continue;

      gtk_single_selection_set_selected (self->selection, i);
      adw_leaflet_set_visible_child (self->leaflet, self->detail_pane);
      gtk_widget_child_focus (adw_leaflet_get_folded (self->leaflet) ? self->detail_pane : self->list_pane,
                              GTK_DIR_TAB_FORWARD);
      return;
    }
}

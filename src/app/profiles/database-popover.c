/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/profiles/database-popover.h"

#include <glib/gi18n.h>

#include "app/profiles/profile-job.h"
#include "app/profiles/profile-row.h"
#include "app/shared/database-rows.h"
#include "app/widgets/fact-row.h"

/* Fewer are seen at a glance. */
#define FEWEST_TO_SEARCH 6

struct _StrataDatabasePopover
{
  GtkPopover         parent_instance;

  /* template */
  GtkWidget         *content;
  GtkListBox        *facts;
  GtkWidget         *heading;
  GtkListBox        *profiles;
  GtkScrolledWindow *scroller;
  GtkWidget         *search;

  /* owned */
  StrataSession     *session;
  GSignalGroup      *signals;
  StrataProfileSet  *known;         /* as of the last time that it was shown; or NULL */
  GCancellable      *loading;
};

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StrataDatabasePopover, strata_database_popover, GTK_TYPE_POPOVER)

/* By itself a scrolled window asks for the height that its content has where no line is wrapped. */
static void
fit_height (StrataDatabasePopover *self)
{
  int width, height;

  gtk_widget_get_size_request (GTK_WIDGET (self), &width, NULL);
  gtk_widget_measure (self->content, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  gtk_scrolled_window_set_min_content_height (self->scroller,
                                              MIN (height, gtk_scrolled_window_get_max_content_height (self->scroller)));
}

/* The way back to what is chosen without anybody's word. */
static void
add_default (StrataDatabasePopover *self,
             GtkListBox            *list,
             StrataSnapshot        *snapshot)
{
  gboolean chosen = strata_session_get_profile_name (self->session) != NULL
                    || (snapshot->choice != NULL
                        && strata_database_choice_get_source (snapshot->choice) == STRATA_SOURCE_OPTION);
  GtkWidget *row;

  if (!chosen)
    return;

  row = strata_fact_row_new (_("As the project says"), _("Its settings, .env and the environment"), "edit-undo-symbolic");
  strata_fact_row_set_action (row, "win.choose-profile", "");
  gtk_list_box_append (list, row);
}

static void
add_profile (StrataDatabasePopover *self,
             GtkListBox            *list,
             StrataSnapshot        *snapshot,
             StrataProfile         *profile)
{
  gboolean is_current = snapshot->profile != NULL && strata_profile_is_same (profile, snapshot->profile);
  GtkWidget *row = strata_profile_row_new (profile, is_current);

  if (strata_profile_row_is_hidden (profile, self->known->profiles))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_label_new (_("hidden")));
  else
    strata_fact_row_set_action (row, "win.choose-profile", strata_profile_get_fields (profile)->name);
  gtk_list_box_append (list, row);
}

/* Which, and why, is told where they are managed. */
static void
add_broken (GtkListBox *list,
            guint       n)
{
  g_autofree char *title = g_strdup_printf (ngettext ("%u profile has a problem", "%u profiles have a problem", n), n);
  GtkWidget *row;

  if (n == 0)
    return;

  row = strata_fact_row_new (title, NULL, "dialog-warning-symbolic");
  strata_fact_row_set_action (row, "win.manage-profiles", NULL);
  gtk_list_box_append (list, row);
}

static void
show_profiles (StrataDatabasePopover *self)
{
  StrataSnapshot *snapshot = self->session != NULL ? strata_session_get_snapshot (self->session) : NULL;
  const char *wanted = gtk_editable_get_text (GTK_EDITABLE (self->search));
  guint n = self->known != NULL ? self->known->profiles->len : 0;
  GtkListBox *list;

  gtk_widget_set_visible (self->search, n >= FEWEST_TO_SEARCH);
  if (snapshot == NULL || self->known == NULL)
    return;

  list = GTK_LIST_BOX (gtk_list_box_new ());
  add_default (self, list, snapshot);
  for (guint i = 0; i < n; i++)
    if (strata_profile_row_matches (g_ptr_array_index (self->known->profiles, i), wanted))
      add_profile (self, list, snapshot, g_ptr_array_index (self->known->profiles, i));
  add_broken (list, self->known->findings->len);
  gtk_widget_set_visible (GTK_WIDGET (self->profiles), gtk_list_box_get_row_at_index (list, 0) != NULL);
  gtk_widget_set_visible (self->heading, gtk_list_box_get_row_at_index (list, 0) != NULL);
  strata_list_box_take (self->profiles, list);
  fit_height (self);
}

static void
show_facts (StrataDatabasePopover *self)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);

  GtkListBox *list = GTK_LIST_BOX (gtk_list_box_new ());

  if (snapshot != NULL)
    strata_database_rows_add (list, snapshot, strata_session_get_link (self->session), FALSE);
  strata_list_box_take (self->facts, list);
}

/* What is not seen is made when it is. */
static void
update (StrataDatabasePopover *self)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self)) || self->session == NULL)
    return;

  show_facts (self);
  show_profiles (self);
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(StrataDatabasePopover) self = user_data;
  g_autoptr(GError) error = NULL;
  StrataProfileSet *set = strata_profile_load_finish (result, &error);

  if (self->profiles == NULL)
    {
      g_clear_pointer (&set, strata_profile_set_free);
      return;
    }

  if (set != NULL)
    {
      g_clear_pointer (&self->known, strata_profile_set_free);
      self->known = set;
      update (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_list_box_append (self->profiles, strata_fact_row_new (_("The profiles cannot be read"), error->message,
                                                              "dialog-warning-symbolic"));
}

static void
on_search (StrataDatabasePopover *self)
{
  show_profiles (self);
}

static void
strata_database_popover_show (GtkWidget *widget)
{
  StrataDatabasePopover *self = STRATA_DATABASE_POPOVER (widget);
  StrataSnapshot *snapshot = self->session != NULL ? strata_session_get_snapshot (self->session) : NULL;

  GTK_WIDGET_CLASS (strata_database_popover_parent_class)->show (widget);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  update (self);
  strata_profile_load_async (snapshot != NULL ? strata_project_get_root (snapshot->project) : NULL, self->loading, on_loaded,
                             g_object_ref (self));
}

/* Dialogs stand on the window, and an answer is an end: what opens one or is one closes the popover on its way up. */
static void
forward (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  gtk_popover_popdown (GTK_POPOVER (widget));
  gtk_widget_activate_action_variant (parent, action, parameter);
}

static void
strata_database_popover_dispose (GObject *object)
{
  StrataDatabasePopover *self = STRATA_DATABASE_POPOVER (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->signals);
  g_clear_object (&self->session);
  g_clear_pointer (&self->known, strata_profile_set_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_DATABASE_POPOVER);

  G_OBJECT_CLASS (strata_database_popover_parent_class)->dispose (object);
}

static void
strata_database_popover_finalize (GObject *object)
{
  g_clear_object (&STRATA_DATABASE_POPOVER (object)->loading);

  G_OBJECT_CLASS (strata_database_popover_parent_class)->finalize (object);
}

static void
strata_database_popover_get_property (GObject    *object,
                                      guint       id,
                                      GValue     *value,
                                      GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, strata_database_popover_get_session (STRATA_DATABASE_POPOVER (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_database_popover_set_property (GObject      *object,
                                      guint         id,
                                      const GValue *value,
                                      GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_SESSION:
      strata_database_popover_set_session (STRATA_DATABASE_POPOVER (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_database_popover_class_init (StrataDatabasePopoverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_database_popover_dispose;
  object_class->finalize = strata_database_popover_finalize;
  object_class->get_property = strata_database_popover_get_property;
  object_class->set_property = strata_database_popover_set_property;
  widget_class->show = strata_database_popover_show;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, STRATA_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/profiles/database-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataDatabasePopover, content);
  gtk_widget_class_bind_template_child (widget_class, StrataDatabasePopover, facts);
  gtk_widget_class_bind_template_child (widget_class, StrataDatabasePopover, heading);
  gtk_widget_class_bind_template_child (widget_class, StrataDatabasePopover, profiles);
  gtk_widget_class_bind_template_child (widget_class, StrataDatabasePopover, scroller);
  gtk_widget_class_bind_template_child (widget_class, StrataDatabasePopover, search);
  gtk_widget_class_bind_template_callback (widget_class, on_search);
  gtk_widget_class_install_action (widget_class, "win.choose-candidate", "s", forward);
  gtk_widget_class_install_action (widget_class, "win.choose-profile", "s", forward);
  gtk_widget_class_install_action (widget_class, "win.enter-password", NULL, forward);
  gtk_widget_class_install_action (widget_class, "win.manage-profiles", NULL, forward);
  gtk_widget_class_install_action (widget_class, "win.new-profile", "s", forward);
}

static void
strata_database_popover_init (StrataDatabasePopover *self)
{
  self->loading = g_cancellable_new ();
  self->signals = g_signal_group_new (STRATA_TYPE_SESSION);
  g_signal_group_connect_swapped (self->signals, "notify::link", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->signals, "notify::snapshot", G_CALLBACK (update), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

StrataSession *
strata_database_popover_get_session (StrataDatabasePopover *self)
{
  return self->session;
}

void
strata_database_popover_set_session (StrataDatabasePopover *self,
                                     StrataSession         *session)
{
  g_return_if_fail (STRATA_IS_DATABASE_POPOVER (self));

  if (!g_set_object (&self->session, session))
    return;

  g_signal_group_set_target (self->signals, session);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/profiles/database-button.h"

#include <glib/gi18n.h>

#include "app/profiles/profile-words.h"
#include "app/shared/database-rows.h"
#include "app/widgets/fact-row.h"

struct _StrataDatabaseButton
{
  AdwBin           parent_instance;

  /* template */
  GtkMenuButton   *button;
  GtkListBox      *facts;
  GtkLabel        *name;
  GtkPopover      *popover;
  GtkListBox      *profiles;
  GtkWidget       *profiles_box;
  GtkSearchEntry  *search;
  GtkSpinner      *spinner;
  GtkImage        *state;
  GtkImage        *symbol;

  /* owned */
  StrataSession   *session;
  GSignalGroup    *signals;
  GPtrArray       *known;      /* StrataProfile, as of the last time the popover was shown */
};

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StrataDatabaseButton, strata_database_button, ADW_TYPE_BIN)

static const char *
name_link (StrataLink link)
{
  switch (link)
    {
    case STRATA_LINK_CONNECTING:
      return _("connecting");
    case STRATA_LINK_CONNECTED:
      return _("connected");
    case STRATA_LINK_BROKEN:
      return _("not connected");
    case STRATA_LINK_NONE:
    default:
      return _("not known");
    }
}

static const char *
get_link_icon (StrataLink link)
{
  switch (link)
    {
    case STRATA_LINK_BROKEN:
      return "network-offline-symbolic";
    case STRATA_LINK_NONE:
      return "dialog-question-symbolic";
    case STRATA_LINK_CONNECTED:
    case STRATA_LINK_CONNECTING:
    default:
      return NULL;
    }
}

static void
update (StrataDatabaseButton *self)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);
  StrataLink link = strata_session_get_link (self->session);
  const char *icon = get_link_icon (link);
  g_autofree char *name = snapshot != NULL ? strata_snapshot_dup_database_name (snapshot) : NULL;
  g_autofree char *title = snapshot != NULL ? strata_snapshot_dup_database_title (snapshot) : NULL;
  g_autofree char *spoken = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), snapshot != NULL);
  if (snapshot == NULL)
    return;

  gtk_label_set_text (self->name, name != NULL ? name : _("No Database"));
  gtk_spinner_set_spinning (self->spinner, link == STRATA_LINK_CONNECTING);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), link == STRATA_LINK_CONNECTING);
  gtk_widget_set_visible (GTK_WIDGET (self->state), icon != NULL);
  gtk_image_set_from_icon_name (self->state, icon);

  /* Translators: a database and whether it is connected. */
  spoken = g_strdup_printf (_("Database %s, %s"), title != NULL ? title : "", name_link (link));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);

  strata_list_box_clear (self->facts);
  strata_database_rows_add (self->facts, snapshot, link);
}

static gboolean
is_wanted (StrataDatabaseButton *self,
           StrataProfile        *profile)
{
  g_autofree char *wanted = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  g_autofree char *subtitle = strata_profile_words_dup_summary (profile);
  g_autofree char *all = g_strconcat (strata_profile_get_fields (profile)->name, " ", subtitle, NULL);
  g_autofree char *folded = g_utf8_casefold (all, -1);

  return strstr (folded, wanted) != NULL;
}

static void
list_profiles (StrataDatabaseButton *self)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);
  const char *current = snapshot != NULL && snapshot->profile != NULL
    ? strata_profile_get_fields (snapshot->profile)->name : NULL;

  strata_list_box_clear (self->profiles);
  gtk_widget_set_visible (self->profiles_box, self->known != NULL && self->known->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->search), self->known != NULL && self->known->len > 5);

  for (guint i = 0; self->known != NULL && i < self->known->len; i++)
    {
      StrataProfile *profile = g_ptr_array_index (self->known, i);
      const char *name = strata_profile_get_fields (profile)->name;
      g_autofree char *summary = strata_profile_words_dup_summary (profile);
      gboolean is_current = g_strcmp0 (name, current) == 0;
      GtkWidget *row;

      if (!is_wanted (self, profile))
        continue;

      row = strata_fact_row_new (name, summary, is_current ? "object-select-symbolic" : "network-server-symbolic");
      if (!is_current)
        strata_fact_row_set_action (row, "database.choose", name);
      gtk_list_box_append (self->profiles, row);
    }
}

static gpointer
read_profiles (StrataWorkspace   *workspace,
               StrataConnection  *connection,
               gpointer           data,
               GCancellable      *cancellable,
               GError           **error)
{
  return strata_profiles_list (strata_project_get_root (strata_workspace_get_project (workspace)), NULL, error);
}

static void
on_profiles (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(StrataDatabaseButton) self = user_data;
  GPtrArray *profiles = strata_session_ask_finish (STRATA_SESSION (source), result, NULL);

  if (profiles == NULL)
    return;

  g_clear_pointer (&self->known, g_ptr_array_unref);
  self->known = profiles;
  if (self->profiles != NULL)
    list_profiles (self);
}

static void
on_shown (StrataDatabaseButton *self)
{
  if (strata_session_get_snapshot (self->session) != NULL)
    strata_session_ask_async (self->session, STRATA_ASK_FILES, read_profiles, NULL, NULL,
                              (GDestroyNotify) g_ptr_array_unref, NULL, on_profiles, g_object_ref (self));
}

static void
on_search (StrataDatabaseButton *self)
{
  list_profiles (self);
}

/* What the popover offers closes it first: dialogs stand on the window. */
static void
forward (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  StrataDatabaseButton *self = STRATA_DATABASE_BUTTON (widget);

  gtk_popover_popdown (self->popover);
  if (g_str_equal (action, "database.choose"))
    gtk_widget_activate_action_variant (widget, "win.choose-profile", parameter);
  else
    gtk_widget_activate_action (widget, "win.new-profile", "s", "");
}

static void
strata_database_button_dispose (GObject *object)
{
  StrataDatabaseButton *self = STRATA_DATABASE_BUTTON (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->session);
  g_clear_pointer (&self->known, g_ptr_array_unref);
  /* Before the template takes its button away: the bin would let it go a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_DATABASE_BUTTON);

  G_OBJECT_CLASS (strata_database_button_parent_class)->dispose (object);
}

static void
strata_database_button_get_property (GObject    *object,
                                     guint       id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, strata_database_button_get_session (STRATA_DATABASE_BUTTON (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_database_button_set_property (GObject      *object,
                                     guint         id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_SESSION:
      strata_database_button_set_session (STRATA_DATABASE_BUTTON (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_database_button_class_init (StrataDatabaseButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_database_button_dispose;
  object_class->get_property = strata_database_button_get_property;
  object_class->set_property = strata_database_button_set_property;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, STRATA_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/profiles/database-button.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataDatabaseButton, button);
  gtk_widget_class_bind_template_child (widget_class, StrataDatabaseButton, facts);
  gtk_widget_class_bind_template_child (widget_class, StrataDatabaseButton, name);
  gtk_widget_class_bind_template_child (widget_class, StrataDatabaseButton, popover);
  gtk_widget_class_bind_template_child (widget_class, StrataDatabaseButton, profiles);
  gtk_widget_class_bind_template_child (widget_class, StrataDatabaseButton, profiles_box);
  gtk_widget_class_bind_template_child (widget_class, StrataDatabaseButton, search);
  gtk_widget_class_bind_template_child (widget_class, StrataDatabaseButton, spinner);
  gtk_widget_class_bind_template_child (widget_class, StrataDatabaseButton, state);
  gtk_widget_class_bind_template_child (widget_class, StrataDatabaseButton, symbol);
  gtk_widget_class_bind_template_callback (widget_class, on_search);
  gtk_widget_class_bind_template_callback (widget_class, on_shown);
  gtk_widget_class_install_action (widget_class, "database.choose", "s", forward);
  gtk_widget_class_install_action (widget_class, "database.new-profile", NULL, forward);
}

static void
strata_database_button_init (StrataDatabaseButton *self)
{
  self->signals = g_signal_group_new (STRATA_TYPE_SESSION);
  g_signal_group_connect_swapped (self->signals, "notify::link", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->signals, "notify::snapshot", G_CALLBACK (update), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

StrataSession *
strata_database_button_get_session (StrataDatabaseButton *self)
{
  return self->session;
}

void
strata_database_button_set_session (StrataDatabaseButton *self,
                                    StrataSession        *session)
{
  g_return_if_fail (STRATA_IS_DATABASE_BUTTON (self));

  if (!g_set_object (&self->session, session))
    return;

  g_signal_group_set_target (self->signals, session);
  if (session != NULL)
    update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

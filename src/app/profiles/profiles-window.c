/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/profiles/profiles-window.h"

#include <glib/gi18n.h>

#include "app/profiles/profile-dialog.h"
#include "app/profiles/profile-job.h"
#include "app/profiles/profile-row.h"
#include "app/profiles/secret-job.h"
#include "app/widgets/fact-row.h"
#include "app/widgets/toast.h"

struct _StrataProfilesWindow
{
  AdwWindow          parent_instance;

  /* template */
  AdwStatusPage     *error;
  GtkListBox        *list;
  GtkStack          *pages;
  GtkWidget         *search;
  AdwToastOverlay   *toasts;

  /* owned */
  StrataSession     *session;
  StrataProfileSet  *known;
  GCancellable      *loading;
  StrataProfile     *removed;      /* while its removal can be undone, its password stays; or NULL */
};

G_DEFINE_FINAL_TYPE (StrataProfilesWindow, strata_profiles_window, ADW_TYPE_WINDOW)

/* What an action names a profile by: its scope and its name. */
static char *
dup_key (StrataProfile *profile)
{
  const StrataProfileFields *fields = strata_profile_get_fields (profile);

  return g_strconcat (fields->project != NULL ? "project " : "all ", fields->name, NULL);
}

static StrataProfile *
find_profile (StrataProfilesWindow *self,
              GVariant             *parameter)
{
  const char *wanted = g_variant_get_string (parameter, NULL);

  for (guint i = 0; self->known != NULL && i < self->known->profiles->len; i++)
    {
      StrataProfile *profile = g_ptr_array_index (self->known->profiles, i);
      g_autofree char *key = dup_key (profile);

      if (g_str_equal (key, wanted))
        return profile;
    }

  return NULL;
}

static void
append_item (GMenu      *menu,
             const char *label,
             const char *action,
             const char *key)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", key);
  g_menu_append_item (menu, item);
}

static void
add_menu (GtkWidget  *row,
          const char *name,
          const char *key)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();
  /* Translators: a profile. */
  g_autofree char *title = g_strdup_printf (_("What to do with %s"), name);

  append_item (menu, _("_Edit…"), "profiles.edit", key);
  append_item (menu, _("_Duplicate…"), "profiles.copy", key);
  append_item (menu, _("_Forget Its Password"), "profiles.forget", key);
  append_item (menu, _("_Remove"), "profiles.remove", key);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_widget_set_tooltip_text (button, title);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_profile (StrataProfilesWindow *self,
             StrataProfile        *profile)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);
  gboolean is_current = snapshot != NULL && snapshot->profile != NULL && strata_profile_is_same (profile, snapshot->profile);
  const char *name = strata_profile_get_fields (profile)->name;
  GtkWidget *row = strata_profile_row_new (profile, is_current);
  g_autofree char *key = dup_key (profile);

  if (strata_profile_row_is_hidden (profile, self->known->profiles))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_label_new (_("hidden by the project’s")));
  else if (snapshot != NULL && !is_current)
    strata_fact_row_set_button (row, _("_Use"), "profiles.use", key);
  add_menu (row, name, key);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", key);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "profiles.edit");
  gtk_list_box_append (self->list, row);
}

static void
add_broken (StrataProfilesWindow *self,
            StrataFinding        *finding)
{
  GtkWidget *row = strata_profile_row_new_broken (finding);

  strata_fact_row_set_button (row, _("_Open File"), "profiles.open-file", strata_finding_get_place (finding).file);
  gtk_list_box_append (self->list, row);
}

static void
show_profiles (StrataProfilesWindow *self)
{
  const char *wanted = gtk_editable_get_text (GTK_EDITABLE (self->search));

  strata_list_box_clear (self->list);
  for (guint i = 0; i < self->known->profiles->len; i++)
    if (strata_profile_row_matches (g_ptr_array_index (self->known->profiles, i), wanted))
      add_profile (self, g_ptr_array_index (self->known->profiles, i));
  for (guint i = 0; i < self->known->findings->len; i++)
    add_broken (self, g_ptr_array_index (self->known->findings, i));

  gtk_stack_set_visible_child_name (self->pages, self->known->profiles->len + self->known->findings->len > 0 ? "list"
                                                                                                             : "none");
}

static void
on_search (StrataProfilesWindow *self)
{
  if (self->known != NULL)
    show_profiles (self);
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(StrataProfilesWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfileSet) set = strata_profile_load_finish (result, &error);

  if (self->pages == NULL)
    return;

  if (set == NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->error, escaped);
      gtk_stack_set_visible_child_name (self->pages, "error");
      return;
    }

  g_clear_pointer (&self->known, strata_profile_set_free);
  self->known = g_steal_pointer (&set);
  show_profiles (self);
}

static void
load (StrataProfilesWindow *self)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);

  strata_profile_load_async (snapshot != NULL ? strata_project_get_root (snapshot->project) : NULL, self->loading, on_loaded,
                             g_object_ref (self));
}

static void
present (StrataProfilesWindow *self,
         StrataProfileDialog  *dialog)
{
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  g_signal_connect_object (dialog, "destroy", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
new_profile (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  StrataProfilesWindow *self = STRATA_PROFILES_WINDOW (widget);

  present (self, strata_profile_dialog_new (self->session, NULL));
}

static void
edit (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  StrataProfilesWindow *self = STRATA_PROFILES_WINDOW (widget);
  StrataProfile *profile = find_profile (self, parameter);

  if (profile != NULL && g_str_equal (action, "profiles.copy"))
    present (self, strata_profile_dialog_new_copy (self->session, profile));
  else if (profile != NULL)
    present (self, strata_profile_dialog_new_edit (self->session, profile));
}

static void
use (GtkWidget  *widget,
     const char *action,
     GVariant   *parameter)
{
  StrataProfilesWindow *self = STRATA_PROFILES_WINDOW (widget);
  StrataProfile *profile = find_profile (self, parameter);

  if (profile == NULL)
    return;

  strata_session_choose (self->session, strata_profile_get_fields (profile)->name, NULL);
  gtk_window_close (GTK_WINDOW (self));
}

static void
open_file (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  g_autofree char *uri = g_filename_to_uri (g_variant_get_string (parameter, NULL), NULL, NULL);

  if (uri != NULL)
    gtk_show_uri (GTK_WINDOW (widget), uri, GDK_CURRENT_TIME);
}

static void
on_forgotten (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(StrataProfilesWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean well = strata_secret_job_finish (result, &error);

  if (self->toasts != NULL)
    strata_toast_show (self->toasts, well ? _("The Secret Service has no password of it any more") : error->message);
}

static void
forget (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  StrataProfilesWindow *self = STRATA_PROFILES_WINDOW (widget);
  StrataProfile *profile = find_profile (self, parameter);

  if (profile == NULL)
    return;

  strata_session_keep_password (self->session, strata_profile_get_fields (profile)->name, NULL);
  strata_secret_job_store (profile, NULL, NULL, on_forgotten, g_object_ref (self));
}

/* Now it is final: nobody will need its password. */
static void
bury_removed (StrataProfilesWindow *self)
{
  if (self->removed == NULL)
    return;

  strata_secret_job_store (self->removed, NULL, NULL, NULL, NULL);
  g_clear_pointer (&self->removed, strata_profile_unref);
}

/* What the session is about may have lost its profile. */
static void
tell_session (StrataProfilesWindow *self,
              StrataProfile        *profile)
{
  const char *chosen = strata_session_get_profile_name (self->session);

  if (g_strcmp0 (chosen, strata_profile_get_fields (profile)->name) == 0)
    strata_session_choose (self->session, NULL, NULL);
  else
    strata_session_reload (self->session);
}

static void
on_restored (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(StrataProfilesWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean well = strata_profile_save_finish (result, NULL, &error);

  strata_session_reload (self->session);
  if (self->toasts == NULL)
    return;

  if (!well)
    strata_toast_show (self->toasts, error->message);
  load (self);
}

static void
undo (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  StrataProfilesWindow *self = STRATA_PROFILES_WINDOW (widget);
  g_autoptr(StrataProfile) profile = g_steal_pointer (&self->removed);

  if (profile != NULL)
    strata_profile_save_async (profile, NULL, NULL, on_restored, g_object_ref (self));
}

static void
offer_undo (StrataProfilesWindow *self)
{
  g_autofree char *text = g_strdup_printf (_("Removed “%s”"), strata_profile_get_fields (self->removed)->name);

  strata_toast_show_offer (self->toasts, text, _("_Undo"), "profiles.undo", NULL);
}

static void
on_removed (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(StrataProfilesWindow) self = user_data;
  StrataProfile *profile = g_task_get_task_data (G_TASK (result));
  g_autoptr(GError) error = NULL;

  if (!strata_profile_remove_finish (result, &error))
    {
      if (self->toasts != NULL)
        strata_toast_show (self->toasts, error->message);
      return;
    }

  bury_removed (self);
  self->removed = strata_profile_ref (profile);
  tell_session (self, profile);
  if (self->toasts == NULL)
    {
      bury_removed (self);
      return;
    }

  offer_undo (self);
  load (self);
}

static void
remove_profile (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  StrataProfilesWindow *self = STRATA_PROFILES_WINDOW (widget);
  StrataProfile *profile = find_profile (self, parameter);

  if (profile != NULL)
    strata_profile_remove_async (profile, on_removed, g_object_ref (self));
}

static void
strata_profiles_window_dispose (GObject *object)
{
  StrataProfilesWindow *self = STRATA_PROFILES_WINDOW (object);

  g_cancellable_cancel (self->loading);
  bury_removed (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_PROFILES_WINDOW);

  G_OBJECT_CLASS (strata_profiles_window_parent_class)->dispose (object);
}

static void
strata_profiles_window_finalize (GObject *object)
{
  StrataProfilesWindow *self = STRATA_PROFILES_WINDOW (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->known, strata_profile_set_free);
  g_clear_object (&self->loading);

  G_OBJECT_CLASS (strata_profiles_window_parent_class)->finalize (object);
}

static void
strata_profiles_window_class_init (StrataProfilesWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_profiles_window_dispose;
  object_class->finalize = strata_profiles_window_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/profiles/profiles-window.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataProfilesWindow, error);
  gtk_widget_class_bind_template_child (widget_class, StrataProfilesWindow, list);
  gtk_widget_class_bind_template_child (widget_class, StrataProfilesWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, StrataProfilesWindow, search);
  gtk_widget_class_bind_template_child (widget_class, StrataProfilesWindow, toasts);
  gtk_widget_class_bind_template_callback (widget_class, on_search);
  gtk_widget_class_install_action (widget_class, "profiles.copy", "s", edit);
  gtk_widget_class_install_action (widget_class, "profiles.edit", "s", edit);
  gtk_widget_class_install_action (widget_class, "profiles.forget", "s", forget);
  gtk_widget_class_install_action (widget_class, "profiles.new", NULL, new_profile);
  gtk_widget_class_install_action (widget_class, "profiles.open-file", "s", open_file);
  gtk_widget_class_install_action (widget_class, "profiles.remove", "s", remove_profile);
  gtk_widget_class_install_action (widget_class, "profiles.undo", NULL, undo);
  gtk_widget_class_install_action (widget_class, "profiles.use", "s", use);
}

static void
strata_profiles_window_init (StrataProfilesWindow *self)
{
  self->loading = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

StrataProfilesWindow *
strata_profiles_window_new (StrataSession *session)
{
  StrataProfilesWindow *self = g_object_new (STRATA_TYPE_PROFILES_WINDOW, NULL);

  self->session = g_object_ref (session);
  load (self);

  return self;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/window/window-private.h"

#include <glib/gi18n.h>

#include "app/overview/overview.h"
#include "app/profiles/database-button.h"
#include "app/profiles/database-strip.h"
#include "app/run/run-bar.h"
#include "app/run/run-button.h"
#include "app/state/settings.h"
#include "app/widgets/accessible.h"

/* What another process does to the database shows after so long. */
#define LOOK_SECONDS 5

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StrataWindow, strata_window, ADW_TYPE_APPLICATION_WINDOW)

static void
show_title (StrataWindow *self)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);
  const char *folder = strata_session_get_folder (self->session);
  const char *branch = snapshot != NULL ? snapshot->status->branch : NULL;
  g_autofree char *project = NULL;
  g_autofree char *title = NULL;

  if (folder == NULL)
    project = g_strdup ("Strata");
  else
    project = g_filename_display_basename (snapshot != NULL ? strata_project_get_root (snapshot->project) : folder);

  title = branch != NULL ? g_strdup_printf ("%s (%s)", project, branch) : g_strdup (project);
  adw_view_switcher_title_set_title (self->switcher_title, project);
  adw_view_switcher_title_set_subtitle (self->switcher_title, branch);
  gtk_widget_set_visible (self->branch_label, branch != NULL);
  gtk_window_set_title (GTK_WINDOW (self), title);
}

StrataComparePage *
strata_window_get_compare (StrataWindow *self)
{
  if (adw_bin_get_child (self->compare) == NULL)
    adw_bin_set_child (self->compare, g_object_new (STRATA_TYPE_COMPARE_PAGE, "session", self->session, NULL));

  return STRATA_COMPARE_PAGE (adw_bin_get_child (self->compare));
}

StrataActivityPage *
strata_window_get_activity (StrataWindow *self)
{
  if (adw_bin_get_child (self->activity) == NULL)
    adw_bin_set_child (self->activity, g_object_new (STRATA_TYPE_ACTIVITY_PAGE, "session", self->session, NULL));

  return STRATA_ACTIVITY_PAGE (adw_bin_get_child (self->activity));
}

static gboolean
shows_detail (StrataWindow *self)
{
  return adw_leaflet_get_visible_child (self->leaflet) == GTK_WIDGET (self->rest);
}

/* With its editors it takes longer to make than the rest of the window, and nobody selects anything before there is a
 * timeline. */
static void
show_revision (StrataWindow *self)
{
  if (self->revision == NULL)
    {
      self->revision = STRATA_REVISION_PAGE (strata_revision_page_new (self->session));
      gtk_stack_add_named (self->detail, g_object_new (STRATA_TYPE_PANE, "child", self->revision, NULL), "revision");
    }
  gtk_stack_set_visible_child_name (self->detail, "revision");
}

/* Without a project there is neither a timeline nor anything that was run. */
static void
show_right_detail (StrataWindow *self)
{
  gboolean open = strata_session_get_snapshot (self->session) != NULL;
  gboolean was_open = gtk_widget_get_visible (GTK_WIDGET (self->pane));
  gboolean selected = strata_session_get_selected (self->session)[0] != NULL;

  /* The title does not notice pages that hide. */
  adw_view_switcher_title_set_stack (self->switcher_title, open ? self->views : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->pane), open);
  gtk_widget_set_visible (GTK_WIDGET (self->grip), open);
  if (open && selected)
    show_revision (self);
  else
    gtk_stack_set_visible_child_name (self->detail, "overview");
  if (open != was_open)
    adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (open ? self->pane : self->rest));
}

static gboolean
show_right_parts (gpointer data)
{
  StrataWindow *self = data;
  gboolean narrow = adw_view_switcher_title_get_title_visible (self->switcher_title);
  const char *view = adw_view_stack_get_visible_child_name (self->views);
  /* On another page the leaflet is out of sight, and whether it folds is not known. */
  gboolean folded = adw_leaflet_get_folded (self->leaflet) && strata_session_get_snapshot (self->session) != NULL
                    && g_strcmp0 (view, "revisions") == 0;

  gtk_widget_set_visible (self->back_button, folded && shows_detail (self));
  gtk_widget_set_visible (self->overview_button, folded && !shows_detail (self));
  adw_view_switcher_bar_set_reveal (self->switcher_bar, narrow);
  /* The leaflet only allocates anew after it has folded: what grows meanwhile then marks the stack around it, which nobody
   * allocates in that frame, and GTK draws nothing of it. */
  gtk_widget_queue_resize (GTK_WIDGET (self->leaflet));
  self->parts_source = 0;

  return G_SOURCE_REMOVE;
}

/* The leaflet folds, and the switcher narrows, while they are given their sizes: what is beside them must not change before
 * that is done. */
static void
on_folded (StrataWindow *self)
{
  if (self->parts_source == 0)
    self->parts_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, show_right_parts, self, NULL);
}

/* Most people begin, and stay, with the timeline. */
static void
on_view (StrataWindow *self)
{
  const char *view = adw_view_stack_get_visible_child_name (self->views);

  if (g_strcmp0 (view, "compare") == 0)
    strata_window_get_compare (self);
  else if (g_strcmp0 (view, "activity") == 0)
    strata_window_get_activity (self);
  on_folded (self);
}

/* The name stands beside the switcher, or in its place; the space for it stays. */
static void
on_title_visible (StrataWindow *self)
{
  gtk_widget_set_child_visible (self->project_box, !adw_view_switcher_title_get_title_visible (self->switcher_title));
  on_folded (self);
}

/* A folded window shows one pane: the list, until something is chosen in it. Going through it with the keyboard is no
 * choice yet: Enter is, and so is a click. */
static void
on_selected (StrataWindow *self)
{
  gboolean selected = strata_session_get_selected (self->session)[0] != NULL;

  show_right_detail (self);
  if (selected && !strata_timeline_page_is_selecting (self->timeline))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.push-detail", NULL);
}

/* Who asked for a new revision goes on in its script. */
static void
on_arrived (StrataWindow *self)
{
  adw_view_stack_set_visible_child_name (self->views, "revisions");
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->rest));
  strata_revision_page_begin (self->revision);
}

static void
show_awaited_view (StrataWindow *self)
{
  if (self->awaited_view == NULL || strata_session_get_snapshot (self->session) == NULL)
    return;

  if (adw_view_stack_get_child_by_name (self->views, self->awaited_view) != NULL)
    adw_view_stack_set_visible_child_name (self->views, self->awaited_view);
  g_clear_pointer (&self->awaited_view, g_free);
}

static void
on_snapshot (StrataWindow *self)
{
  show_title (self);
  show_right_detail (self);
  on_folded (self);
  show_awaited_view (self);
}

/* What another process did to the database is seen at once by whoever looks. */
static void
on_active (StrataWindow *self)
{
  if (gtk_window_is_active (GTK_WINDOW (self)))
    strata_session_refresh (self->session);
}

static gboolean
is_in_sight (StrataWindow *self)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self));

  return gtk_widget_get_mapped (GTK_WIDGET (self)) && GDK_IS_TOPLEVEL (surface)
         && (gdk_toplevel_get_state (GDK_TOPLEVEL (surface)) & GDK_TOPLEVEL_STATE_MINIMIZED) == 0;
}

static gboolean
look (gpointer data)
{
  StrataWindow *self = data;

  if (is_in_sight (self))
    strata_session_refresh (self->session);

  return G_SOURCE_CONTINUE;
}

static void
on_compact (StrataWindow *self,
            const char   *key,
            GSettings    *settings)
{
  strata_timeline_page_set_compact (self->timeline, g_settings_get_boolean (settings, "compact"));
}

static void
follow_settings (StrataWindow *self)
{
  GSettings *settings = strata_settings_get ();

  if (settings == NULL)
    return;

  g_signal_connect_object (settings, "changed::compact", G_CALLBACK (on_compact), self, G_CONNECT_SWAPPED);
  on_compact (self, NULL, settings);
}

static void
strata_window_dispose (GObject *object)
{
  StrataWindow *self = STRATA_WINDOW (object);

  g_clear_handle_id (&self->parts_source, g_source_remove);
  g_clear_handle_id (&self->look_source, g_source_remove);
  g_clear_object (&self->watch);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_weak_pointer (&self->close_question);
  for (guint i = 0; i < STRATA_N_REGIONS; i++)
    g_clear_weak_pointer (&self->last_focus[i]);
  if (self->session != NULL)
    strata_session_close (self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_WINDOW);
  g_clear_object (&self->run_watch);
  g_clear_object (&self->session);
  g_clear_pointer (&self->awaited_view, g_free);

  G_OBJECT_CLASS (strata_window_parent_class)->dispose (object);
}

static void
strata_window_constructed (GObject *object)
{
  StrataWindow *self = STRATA_WINDOW (object);

  G_OBJECT_CLASS (strata_window_parent_class)->constructed (object);

  g_signal_connect_object (self->session, "notify::folder", G_CALLBACK (on_snapshot), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::snapshot", G_CALLBACK (on_snapshot), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::selected", G_CALLBACK (on_selected), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "arrived", G_CALLBACK (on_arrived), self, G_CONNECT_SWAPPED);
  self->watch = strata_project_watch_new (self->session);
  strata_window_init_dialogs (self);
  strata_window_init_opening (self);
  strata_window_init_run (self);
  on_snapshot (self);
}

static void
strata_window_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, STRATA_WINDOW (object)->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_window_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  StrataWindow *self = STRATA_WINDOW (object);

  switch (id)
    {
    case PROP_SESSION:
      self->session = g_value_get_object (value) != NULL ? g_value_dup_object (value) : strata_session_new ();
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_window_class_init (StrataWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = strata_window_constructed;
  object_class->dispose = strata_window_dispose;
  object_class->get_property = strata_window_get_property;
  object_class->set_property = strata_window_set_property;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, STRATA_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (STRATA_TYPE_DATABASE_BUTTON);
  g_type_ensure (STRATA_TYPE_DATABASE_STRIP);
  g_type_ensure (STRATA_TYPE_GRIP);
  g_type_ensure (STRATA_TYPE_OVERVIEW);
  g_type_ensure (STRATA_TYPE_PANE);
  g_type_ensure (STRATA_TYPE_RUN_BAR);
  g_type_ensure (STRATA_TYPE_RUN_BUTTON);
  g_type_ensure (STRATA_TYPE_TIMELINE_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/window/window.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, activity);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, branch_label);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, compare);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, database_button);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, detail);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, grip);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, header);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, primary_menu);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, overview_button);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, pane);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, project_box);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, recent_menu);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, rest);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, run_bar);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, strip);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, switcher_bar);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, switcher_title);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, timeline);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, views);
  gtk_widget_class_bind_template_callback (widget_class, on_folded);
  gtk_widget_class_bind_template_callback (widget_class, on_title_visible);
  gtk_widget_class_bind_template_callback (widget_class, on_view);
  strata_window_class_install_actions (widget_class);
  strata_window_class_install_closing (widget_class);
  strata_window_class_install_database (widget_class);
  strata_window_class_install_dialogs (widget_class);
  strata_window_class_install_opening (widget_class);
  strata_window_class_install_regions (widget_class);
  strata_window_class_install_run (widget_class);
}

/* When it is asked for: a window is there sooner without it. */
static void
make_menu (GtkMenuButton *button,
           gpointer       menu)
{
  if (gtk_menu_button_get_popover (button) != NULL)
    return;

  gtk_menu_button_set_menu_model (button, menu);
  /* GTK would put it over the menu's first line. */
  g_object_bind_property (gtk_menu_button_get_popover (button), "visible", button, "has-tooltip",
                          G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
}

static void
strata_window_init (StrataWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  strata_accessible_set_name (self->menu_button, _("Main Menu"));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->menu_button), make_menu, self->primary_menu, NULL);

  g_signal_connect (self, "notify::is-active", G_CALLBACK (on_active), NULL);
  self->look_source = g_timeout_add_seconds (LOOK_SECONDS, look, self);
  strata_window_init_place (self);
  follow_settings (self);
  on_title_visible (self);
}

StrataWindow *
strata_window_new (GtkApplication *application,
                   StrataSession  *session)
{
  return g_object_new (STRATA_TYPE_WINDOW, "application", application, "session", session, NULL);
}

void
strata_window_open (StrataWindow *self,
                    const char   *folder,
                    const char   *profile)
{
  g_return_if_fail (STRATA_IS_WINDOW (self));

  strata_session_open (self->session, folder, profile, NULL);
}

StrataSession *
strata_window_get_session (StrataWindow *self)
{
  return self->session;
}

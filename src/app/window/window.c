/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/window/window-private.h"

#include "app/editor/revision-page.h"
#include "app/overview/overview.h"
#include "app/profiles/database-button.h"
#include "app/profiles/database-strip.h"
#include "app/run/run-bar.h"
#include "app/run/run-button.h"
#include "app/state/settings.h"

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
  g_autofree char *project = NULL;
  g_autofree char *title = NULL;

  if (snapshot == NULL)
    {
      adw_view_switcher_title_set_title (self->switcher_title, "Strata");
      adw_view_switcher_title_set_subtitle (self->switcher_title, NULL);
      gtk_window_set_title (GTK_WINDOW (self), "Strata");
      return;
    }

  project = g_path_get_basename (strata_project_get_root (snapshot->project));
  title = snapshot->status->branch != NULL ? g_strdup_printf ("%s (%s)", project, snapshot->status->branch)
                                           : g_strdup (project);
  adw_view_switcher_title_set_title (self->switcher_title, project);
  adw_view_switcher_title_set_subtitle (self->switcher_title, snapshot->status->branch);
  gtk_window_set_title (GTK_WINDOW (self), title);
}

static void
show_right_detail (StrataWindow *self)
{
  gboolean open = strata_session_get_snapshot (self->session) != NULL;
  gboolean selected = strata_session_get_selected (self->session)[0] != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->timeline), open);
  gtk_widget_set_visible (GTK_WIDGET (self->grip), open);
  gtk_stack_set_visible_child_name (self->detail, open && selected ? "revision" : "overview");
  if (!open)
    adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->detail));
}

static void
on_folded (StrataWindow *self)
{
  gboolean folded = adw_leaflet_get_folded (self->leaflet);
  gboolean open = strata_session_get_snapshot (self->session) != NULL;

  gtk_widget_set_visible (self->back_button,
                          folded && open && adw_leaflet_get_visible_child (self->leaflet) == GTK_WIDGET (self->detail));
}

/* A folded window shows one pane: the list, until something is chosen in it. */
static void
on_selected (StrataWindow *self)
{
  gboolean selected = strata_session_get_selected (self->session)[0] != NULL;

  show_right_detail (self);
  if (selected && adw_leaflet_get_folded (self->leaflet))
    adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->detail));
}

static void
on_snapshot (StrataWindow *self)
{
  show_title (self);
  show_right_detail (self);
  on_folded (self);
}

/* What another process did to the database is seen at once by whoever looks. */
static void
on_active (StrataWindow *self)
{
  if (gtk_window_is_active (GTK_WINDOW (self)))
    strata_session_refresh (self->session);
}

static gboolean
look (gpointer data)
{
  StrataWindow *self = data;

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
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
restore_state (StrataWindow *self)
{
  GSettings *settings = strata_settings_get ();

  if (settings == NULL)
    {
      strata_grip_set_width (self->grip, 420);
      return;
    }

  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  strata_grip_set_width (self->grip, g_settings_get_int (settings, "pane-width"));
  g_signal_connect_object (settings, "changed::compact", G_CALLBACK (on_compact), self, G_CONNECT_SWAPPED);
  on_compact (self, NULL, settings);
}

static void
save_state (StrataWindow *self)
{
  GSettings *settings = strata_settings_get ();
  int width, height;

  if (settings == NULL)
    return;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_int (settings, "window-width", MAX (width, 720));
  g_settings_set_int (settings, "window-height", MAX (height, 520));
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  g_settings_set_int (settings, "pane-width", MAX (strata_grip_get_width (self->grip), 340));
}

static gboolean
strata_window_close_request (GtkWindow *window)
{
  save_state (STRATA_WINDOW (window));

  return GTK_WINDOW_CLASS (strata_window_parent_class)->close_request (window);
}

static void
strata_window_dispose (GObject *object)
{
  StrataWindow *self = STRATA_WINDOW (object);

  g_clear_handle_id (&self->look_source, g_source_remove);
  g_clear_object (&self->watch);
  if (self->session != NULL)
    strata_session_close (self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_WINDOW);
  g_clear_object (&self->run_watch);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (strata_window_parent_class)->dispose (object);
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
strata_window_class_init (StrataWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_window_dispose;
  object_class->get_property = strata_window_get_property;
  GTK_WINDOW_CLASS (klass)->close_request = strata_window_close_request;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, STRATA_TYPE_SESSION, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (STRATA_TYPE_ACTIVITY_PAGE);
  g_type_ensure (STRATA_TYPE_DATABASE_BUTTON);
  g_type_ensure (STRATA_TYPE_DATABASE_STRIP);
  g_type_ensure (STRATA_TYPE_GRIP);
  g_type_ensure (STRATA_TYPE_OVERVIEW);
  g_type_ensure (STRATA_TYPE_REVISION_PAGE);
  g_type_ensure (STRATA_TYPE_RUN_BAR);
  g_type_ensure (STRATA_TYPE_RUN_BUTTON);
  g_type_ensure (STRATA_TYPE_TIMELINE_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/window/window.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, activity);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, database_button);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, detail);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, grip);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, recent_menu);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, switcher_title);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, timeline);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, views);
  gtk_widget_class_bind_template_callback (widget_class, on_folded);
  strata_window_class_install_actions (widget_class);
  strata_window_class_install_database (widget_class);
  strata_window_class_install_dialogs (widget_class);
  strata_window_class_install_opening (widget_class);
  strata_window_class_install_run (widget_class);
}

static void
strata_window_init (StrataWindow *self)
{
  self->session = strata_session_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect_object (self->session, "notify::snapshot", G_CALLBACK (on_snapshot), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::selected", G_CALLBACK (on_selected), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (on_active), NULL);
  self->watch = strata_project_watch_new (self->session);
  self->look_source = g_timeout_add_seconds (LOOK_SECONDS, look, self);
  strata_window_init_dialogs (self);
  strata_window_init_opening (self);
  strata_window_init_run (self);
  restore_state (self);
  on_snapshot (self);
}

StrataWindow *
strata_window_new (GtkApplication *application)
{
  return g_object_new (STRATA_TYPE_WINDOW, "application", application, NULL);
}

void
strata_window_open (StrataWindow *self,
                    const char   *folder,
                    const char   *profile)
{
  g_return_if_fail (STRATA_IS_WINDOW (self));

  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->timeline));
  strata_session_open (self->session, folder, profile, NULL);
}

StrataSession *
strata_window_get_session (StrataWindow *self)
{
  return self->session;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/window/window-private.h"

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StrataWindow, strata_window, ADW_TYPE_APPLICATION_WINDOW)

static void
strata_window_dispose (GObject *object)
{
  StrataWindow *self = STRATA_WINDOW (object);

  if (self->session != NULL)
    strata_session_close (self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_WINDOW);
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

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, STRATA_TYPE_SESSION, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/window/window.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, title);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, StrataWindow, views);
  strata_window_class_install_actions (widget_class);
  strata_window_class_install_dialogs (widget_class);
}

static void
strata_window_init (StrataWindow *self)
{
  self->session = strata_session_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  strata_window_init_dialogs (self);
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

  strata_session_open (self->session, folder, profile, NULL);
}

StrataSession *
strata_window_get_session (StrataWindow *self)
{
  return self->session;
}

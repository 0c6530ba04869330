/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/profiles/database-button.h"

#include <glib/gi18n.h>

#include "app/profiles/database-popover.h"
#include "app/widgets/accessible.h"

/* Characters that tell a database from another. */
#define LEAST_NAME 8

struct _StrataDatabaseButton
{
  AdwBin           parent_instance;

  /* template */
  GtkMenuButton   *button;
  GtkLabel        *name;
  GtkSpinner      *spinner;
  GtkWidget       *state;
  GtkImage        *symbol;

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
get_icon (StrataLink link)
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
      return "network-server-symbolic";
    }
}

/* Being connected is what is expected: only else a word stands beside the name. */
static void
update (StrataDatabaseButton *self)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);
  StrataLink link = strata_session_get_link (self->session);
  g_autofree char *name = snapshot != NULL ? strata_snapshot_dup_database_name (snapshot) : NULL;
  g_autofree char *title = snapshot != NULL ? strata_snapshot_dup_database_title (snapshot) : NULL;
  g_autofree char *which = NULL;
  g_autofree char *spoken = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), snapshot != NULL);
  if (snapshot == NULL)
    return;

  gtk_label_set_text (self->name, name != NULL ? name : _("No Database"));
  /* A name is known by both of its ends; words are not. */
  gtk_label_set_ellipsize (self->name, name != NULL ? PANGO_ELLIPSIZE_MIDDLE : PANGO_ELLIPSIZE_NONE);
  gtk_image_set_from_icon_name (self->symbol, get_icon (link));
  gtk_label_set_text (GTK_LABEL (self->state), name_link (link));
  gtk_widget_set_visible (self->state, name != NULL && link == STRATA_LINK_BROKEN);
  /* The name does not make way for that word. */
  gtk_label_set_width_chars (self->name, gtk_widget_get_visible (self->state) ? LEAST_NAME : -1);
  gtk_spinner_set_spinning (self->spinner, link == STRATA_LINK_CONNECTING);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), link == STRATA_LINK_CONNECTING);

  /* A profile has a name of its own. */
  which = title != NULL && snapshot->profile != NULL ? g_strdup_printf ("%s, %s", name, title)
                                                     : g_strdup (title != NULL ? title : name);
  /* Translators: a database and whether it is connected. */
  spoken = name != NULL ? g_strdup_printf (_("Database %s, %s"), which, name_link (link))
                        : g_strdup (_("Which database is not known"));
  strata_accessible_set_name (GTK_WIDGET (self->button), spoken);
}

static void
strata_database_button_dispose (GObject *object)
{
  StrataDatabaseButton *self = STRATA_DATABASE_BUTTON (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->session);
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
  gtk_widget_class_bind_template_child (widget_class, StrataDatabaseButton, name);
  gtk_widget_class_bind_template_child (widget_class, StrataDatabaseButton, spinner);
  gtk_widget_class_bind_template_child (widget_class, StrataDatabaseButton, state);
  gtk_widget_class_bind_template_child (widget_class, StrataDatabaseButton, symbol);
}

/* When it is asked for: a window is there sooner without it. */
static void
make_popover (GtkMenuButton *button,
              gpointer       data)
{
  GtkWidget *popover;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;

  popover = g_object_new (STRATA_TYPE_DATABASE_POPOVER, NULL);
  g_object_bind_property (data, "session", popover, "session", G_BINDING_SYNC_CREATE);
  gtk_menu_button_set_popover (button, popover);
}

static void
strata_database_button_init (StrataDatabaseButton *self)
{
  self->signals = g_signal_group_new (STRATA_TYPE_SESSION);
  g_signal_group_connect_swapped (self->signals, "notify::link", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->signals, "notify::snapshot", G_CALLBACK (update), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->button, make_popover, self, NULL);
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

void
strata_database_button_popup (StrataDatabaseButton *self)
{
  g_return_if_fail (STRATA_IS_DATABASE_BUTTON (self));

  gtk_menu_button_popup (self->button);
}

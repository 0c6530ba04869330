/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/profiles/database-strip.h"

#include <glib/gi18n.h>

#include "app/widgets/environment-strip.h"

struct _StrataDatabaseStrip
{
  AdwBin          parent_instance;

  /* borrowed from the tree below */
  GtkWidget      *strip;
  GtkWidget      *trouble;
  GtkWidget      *words;
  GtkWidget      *button;

  /* owned */
  StrataSession  *session;
  GSignalGroup   *signals;
};

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StrataDatabaseStrip, strata_database_strip, ADW_TYPE_BIN)

static void
show_environment (StrataDatabaseStrip *self,
                  StrataSnapshot      *snapshot)
{
  g_autofree char *title = snapshot != NULL ? strata_snapshot_dup_database_title (snapshot) : NULL;
  g_autofree char *detail = NULL;

  if (title != NULL && snapshot->status->traits & (STRATA_TRAIT_READ_ONLY | STRATA_TRAIT_STANDBY))
    /* Translators: a database that nobody can write to. */
    detail = g_strdup_printf (_("%s, read-only"), title);

  strata_environment_strip_update (STRATA_ENVIRONMENT_STRIP (self->strip),
                                   snapshot != NULL ? (guint) snapshot->environment : 0,
                                   detail != NULL ? detail : title);
}

static void
show_trouble (StrataDatabaseStrip *self,
              StrataSnapshot      *snapshot)
{
  const GError *error = snapshot != NULL ? snapshot->status->error : NULL;
  gboolean shown = error != NULL && strata_session_get_link (self->session) == STRATA_LINK_BROKEN;
  gboolean password = g_error_matches (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_AUTHENTICATION);

  if (shown)
    {
      gtk_label_set_text (GTK_LABEL (self->words), error->message);
      gtk_button_set_label (GTK_BUTTON (self->button), password ? _("_Password…") : _("Try _Again"));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), password ? "win.enter-password" : "win.connect");
    }
  gtk_info_bar_set_revealed (GTK_INFO_BAR (self->trouble), shown);
}

static void
update (StrataDatabaseStrip *self)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);

  show_environment (self, snapshot);
  show_trouble (self, snapshot);
}

static void
strata_database_strip_dispose (GObject *object)
{
  StrataDatabaseStrip *self = STRATA_DATABASE_STRIP (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (strata_database_strip_parent_class)->dispose (object);
}

static void
strata_database_strip_get_property (GObject    *object,
                                    guint       id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, strata_database_strip_get_session (STRATA_DATABASE_STRIP (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_database_strip_set_property (GObject      *object,
                                    guint         id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_SESSION:
      strata_database_strip_set_session (STRATA_DATABASE_STRIP (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_database_strip_class_init (StrataDatabaseStripClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = strata_database_strip_dispose;
  object_class->get_property = strata_database_strip_get_property;
  object_class->set_property = strata_database_strip_set_property;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, STRATA_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
strata_database_strip_init (StrataDatabaseStrip *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->signals = g_signal_group_new (STRATA_TYPE_SESSION);
  g_signal_group_connect_swapped (self->signals, "notify::link", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->signals, "notify::snapshot", G_CALLBACK (update), self);

  self->strip = strata_environment_strip_new ();
  self->trouble = gtk_info_bar_new ();
  self->words = gtk_label_new (NULL);
  self->button = gtk_button_new_with_mnemonic (_("Try _Again"));
  gtk_label_set_wrap (GTK_LABEL (self->words), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->words), 0);
  gtk_widget_set_hexpand (self->words, TRUE);
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_info_bar_set_message_type (GTK_INFO_BAR (self->trouble), GTK_MESSAGE_WARNING);
  gtk_info_bar_set_revealed (GTK_INFO_BAR (self->trouble), FALSE);
  gtk_info_bar_add_child (GTK_INFO_BAR (self->trouble), self->words);
  gtk_info_bar_add_child (GTK_INFO_BAR (self->trouble), self->button);
  gtk_box_append (GTK_BOX (box), self->strip);
  gtk_box_append (GTK_BOX (box), self->trouble);
  adw_bin_set_child (ADW_BIN (self), box);
}

StrataSession *
strata_database_strip_get_session (StrataDatabaseStrip *self)
{
  return self->session;
}

void
strata_database_strip_set_session (StrataDatabaseStrip *self,
                                   StrataSession       *session)
{
  g_return_if_fail (STRATA_IS_DATABASE_STRIP (self));

  if (!g_set_object (&self->session, session))
    return;

  g_signal_group_set_target (self->signals, session);
  if (session != NULL)
    update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

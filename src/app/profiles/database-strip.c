/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/profiles/database-strip.h"

#include <glib/gi18n.h>

#include "app/shared/connection-words.h"
#include "app/shared/snapshot-strip.h"
#include "app/widgets/accessible.h"

struct _StrataDatabaseStrip
{
  AdwBin          parent_instance;

  /* borrowed from the tree below */
  GtkWidget      *button;
  GtkWidget      *detail;
  GtkWidget      *spinner;
  GtkWidget      *strip;
  GtkWidget      *title;
  GtkWidget      *trouble;

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
offer (StrataDatabaseStrip *self,
       const char          *label,
       const char          *action)
{
  gtk_button_set_label (GTK_BUTTON (self->button), label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action);
}

static void
tell (StrataDatabaseStrip *self,
      const char          *title,
      const char          *detail)
{
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->detail), detail);
}

/* As it appears it is read aloud, whatever has the focus. */
static void
reveal_trouble (StrataDatabaseStrip *self,
                gboolean             is_revealed)
{
  g_autofree char *words = NULL;

  if (gtk_info_bar_get_revealed (GTK_INFO_BAR (self->trouble)) == is_revealed)
    return;

  gtk_info_bar_set_revealed (GTK_INFO_BAR (self->trouble), is_revealed);
  if (!is_revealed)
    return;

  words = g_strconcat (gtk_label_get_text (GTK_LABEL (self->title)), ". ", gtk_label_get_text (GTK_LABEL (self->detail)), NULL);
  strata_accessible_announce (GTK_WIDGET (self), words);
}

/* While it tries again, the old words stay: most of the time they come back. */
static void
show_trouble (StrataDatabaseStrip *self,
              StrataSnapshot      *snapshot)
{
  StrataLink link = strata_session_get_link (self->session);
  const GError *error = snapshot != NULL ? snapshot->status->error : NULL;
  const GError *unclear = snapshot != NULL ? snapshot->choice_error : NULL;
  gboolean trying = link == STRATA_LINK_CONNECTING;

  if (unclear != NULL)
    {
      tell (self, _("Which database is not clear"), unclear->message);
      offer (self, _("_Choose Database…"), "win.choose-database");
    }
  else if (error != NULL)
    {
      g_autofree char *detail = strata_connection_words_dup_detail (error);

      tell (self, strata_connection_words_get_title (error), detail);
      if (strata_connection_words_is_login (error))
        offer (self, _("Enter _Password…"), "win.enter-password");
      else
        offer (self, _("Try _Again"), "win.connect");
    }

  gtk_widget_set_visible (self->button, !trying);
  gtk_widget_set_visible (self->spinner, trying);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), trying);
  reveal_trouble (self, (error != NULL || unclear != NULL) && (trying || link == STRATA_LINK_BROKEN));
}

static void
update (StrataDatabaseStrip *self)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);

  strata_snapshot_strip_show (STRATA_ENVIRONMENT_STRIP (self->strip), snapshot);
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

static GtkWidget *
make_label (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);

  return label;
}

static void
make_trouble (StrataDatabaseStrip *self)
{
  GtkWidget *words = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT,
                                   "orientation", GTK_ORIENTATION_VERTICAL, "hexpand", TRUE, NULL);

  self->title = make_label ("heading");
  self->detail = make_label ("strata-trouble-detail");
  self->spinner = gtk_spinner_new ();
  self->button = gtk_button_new_with_mnemonic ("");
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), self->title);
  gtk_box_append (GTK_BOX (words), self->detail);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->spinner), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Connecting…"), -1);

  self->trouble = gtk_info_bar_new ();
  gtk_info_bar_set_message_type (GTK_INFO_BAR (self->trouble), GTK_MESSAGE_WARNING);
  gtk_info_bar_set_revealed (GTK_INFO_BAR (self->trouble), FALSE);
  gtk_widget_set_margin_start (words, 6);
  gtk_info_bar_add_child (GTK_INFO_BAR (self->trouble), words);
  gtk_info_bar_add_child (GTK_INFO_BAR (self->trouble), self->spinner);
  gtk_info_bar_add_child (GTK_INFO_BAR (self->trouble), self->button);
}

static void
strata_database_strip_init (StrataDatabaseStrip *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->signals = g_signal_group_new (STRATA_TYPE_SESSION);
  g_signal_group_connect_swapped (self->signals, "notify::link", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->signals, "notify::snapshot", G_CALLBACK (update), self);

  self->strip = strata_environment_strip_new ();
  make_trouble (self);
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

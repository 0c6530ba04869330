/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/profiles/test-row.h"

#include <glib/gi18n.h>

struct _StrataTestRow
{
  AdwActionRow   parent_instance;

  /* borrowed from the tree below */
  GtkWidget     *button;
  GtkWidget     *icon;
  GtkWidget     *spinner;

  /* owned */
  GCancellable  *cancellable;     /* of the test that runs; else NULL */
  char          *test_action;
};

enum
{
  PROP_0,
  PROP_TEST_ACTION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StrataTestRow, strata_test_row, ADW_TYPE_ACTION_ROW)

/* The texts of a row are markup. */
static void
say (StrataTestRow *self,
     const char    *title,
     const char    *detail)
{
  g_autofree char *escaped_title = g_markup_escape_text (title, -1);
  g_autofree char *escaped = g_markup_escape_text (detail != NULL ? detail : "", -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), escaped_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), escaped);
}

static void
show_icon (StrataTestRow *self,
           const char    *icon,
           const char    *style)
{
  static const char * const styles[] = { "success", "accent", "error" };

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (self->icon, styles[i]);
  if (style != NULL)
    gtk_widget_add_css_class (self->icon, style);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon);
  gtk_widget_set_visible (self->icon, icon != NULL);
}

static void
show_running (StrataTestRow *self,
              gboolean       running)
{
  gtk_widget_set_visible (self->spinner, running);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), running);
  gtk_button_set_label (GTK_BUTTON (self->button), running ? _("_Stop") : _("_Test"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), running ? "test.stop" : self->test_action);
}

static void
show_idle (StrataTestRow *self)
{
  show_running (self, FALSE);
  show_icon (self, NULL, NULL);
  say (self, _("Try It"), _("Connects and looks, and changes nothing"));
}

static void
on_tested (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  static const struct { const char *icon; const char *style; } looks[] = {
    [STRATA_TEST_ANSWERS] = { "emblem-ok-symbolic", "success" },
    [STRATA_TEST_NOT_THERE_YET] = { "dialog-information-symbolic", "accent" },
    [STRATA_TEST_FAILS] = { "dialog-error-symbolic", "error" },
  };
  g_autoptr(StrataTestRow) self = user_data;
  g_autoptr(StrataProfileTest) test = strata_profile_test_finish (result, NULL);

  /* Stopped: it is idle by now, or busy with another one. */
  if (test == NULL)
    return;

  g_clear_object (&self->cancellable);
  show_running (self, FALSE);
  show_icon (self, looks[test->outcome].icon, looks[test->outcome].style);
  say (self, test->title, test->detail);
}

static void
stop (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  strata_test_row_reset (STRATA_TEST_ROW (widget));
}

static void
strata_test_row_dispose (GObject *object)
{
  StrataTestRow *self = STRATA_TEST_ROW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->test_action, g_free);

  G_OBJECT_CLASS (strata_test_row_parent_class)->dispose (object);
}

static void
strata_test_row_set_property (GObject      *object,
                              guint         id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  StrataTestRow *self = STRATA_TEST_ROW (object);

  switch (id)
    {
    case PROP_TEST_ACTION:
      self->test_action = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_test_row_constructed (GObject *object)
{
  G_OBJECT_CLASS (strata_test_row_parent_class)->constructed (object);
  show_idle (STRATA_TEST_ROW (object));
}

static void
strata_test_row_class_init (StrataTestRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = strata_test_row_constructed;
  object_class->dispose = strata_test_row_dispose;
  object_class->set_property = strata_test_row_set_property;

  properties[PROP_TEST_ACTION] =
    g_param_spec_string ("test-action", NULL, NULL, NULL,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "test.stop", NULL, stop);
}

static void
strata_test_row_init (StrataTestRow *self)
{
  self->icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  self->spinner = gtk_spinner_new ();
  self->button = gtk_button_new ();
  gtk_button_set_use_underline (GTK_BUTTON (self->button), TRUE);
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), self->icon);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->spinner);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->button);
}

void
strata_test_row_run (StrataTestRow *self,
                     StrataProfile *profile,
                     StrataProfile *original,
                     const char    *password)
{
  g_return_if_fail (STRATA_IS_TEST_ROW (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  show_icon (self, NULL, NULL);
  say (self, _("Connecting…"), NULL);
  show_running (self, TRUE);
  strata_profile_test_async (profile, original, password, self->cancellable, on_tested, g_object_ref (self));
}

void
strata_test_row_reset (StrataTestRow *self)
{
  g_return_if_fail (STRATA_IS_TEST_ROW (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  show_idle (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/run/run-options-group.h"

struct _StrataRunOptionsGroup
{
  AdwPreferencesGroup  parent_instance;

  /* template */
  GtkSwitch           *copy;
  GtkWidget           *copy_row;
  GtkSpinButton       *lock_timeout;
  GtkSwitch           *single;

  /* values */
  gboolean             is_offered;
  int                  default_s;      /* as the lock timeout was shown at first */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataRunOptionsGroup, strata_run_options_group, ADW_TYPE_PREFERENCES_GROUP)

static void
on_changed (StrataRunOptionsGroup *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
strata_run_options_group_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STRATA_TYPE_RUN_OPTIONS_GROUP);

  G_OBJECT_CLASS (strata_run_options_group_parent_class)->dispose (object);
}

static void
strata_run_options_group_class_init (StrataRunOptionsGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_run_options_group_dispose;

  signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/run/run-options-group.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataRunOptionsGroup, copy);
  gtk_widget_class_bind_template_child (widget_class, StrataRunOptionsGroup, copy_row);
  gtk_widget_class_bind_template_child (widget_class, StrataRunOptionsGroup, lock_timeout);
  gtk_widget_class_bind_template_child (widget_class, StrataRunOptionsGroup, single);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
}

static void
strata_run_options_group_init (StrataRunOptionsGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
strata_run_options_group_offer (StrataRunOptionsGroup *self,
                                const StrataPreview   *preview)
{
  g_return_if_fail (STRATA_IS_RUN_OPTIONS_GROUP (self));

  if (self->is_offered)
    return;

  self->is_offered = TRUE;
  self->default_s = (int) (MAX (preview->lock_timeout_ms, 0) / 1000);
  gtk_spin_button_set_value (self->lock_timeout, self->default_s);
  gtk_widget_set_visible (self->copy_row, preview->makes_copy);
}

void
strata_run_options_group_apply (StrataRunOptionsGroup *self,
                                StrataRunOptions      *options)
{
  int lock_timeout_s;

  g_return_if_fail (STRATA_IS_RUN_OPTIONS_GROUP (self));

  lock_timeout_s = gtk_spin_button_get_value_as_int (self->lock_timeout);
  options->single_transaction = gtk_switch_get_active (self->single);
  options->no_backup = !gtk_switch_get_active (self->copy);
  /* Untouched it stays what the profile says. */
  if (lock_timeout_s != self->default_s)
    options->lock_timeout_ms = lock_timeout_s * 1000;
}

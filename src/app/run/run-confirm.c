/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/run/run-confirm.h"

#include <glib/gi18n.h>

struct _StrataRunConfirm
{
  GtkBox              parent_instance;

  /* template */
  GtkCheckButton     *consent_check;
  GtkWidget          *consent_group;
  AdwActionRow       *consent_row;
  GtkWidget          *protected_group;
  AdwPreferencesRow  *question;
  GtkCheckButton     *question_check;
  GtkWidget          *question_group;
  AdwEntryRow        *typed;

  /* owned */
  char               *name;          /* to be typed; NULL: none */

  /* values */
  gboolean            needs_answer;
  gboolean            confirmed;
};

enum
{
  PROP_0,
  PROP_CONFIRMED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StrataRunConfirm, strata_run_confirm, GTK_TYPE_BOX)

static void
on_changed (StrataRunConfirm *self)
{
  gboolean confirmed = (self->name == NULL
                        || g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->typed)), self->name))
                       && (!self->needs_answer || gtk_check_button_get_active (self->question_check))
                       && (!gtk_widget_get_visible (self->consent_group)
                           || gtk_check_button_get_active (self->consent_check));

  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_visible (self->question_group)
                                             || gtk_widget_get_visible (self->consent_group)
                                             || gtk_widget_get_visible (self->protected_group));
  if (self->confirmed == confirmed)
    return;

  self->confirmed = confirmed;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONFIRMED]);
}

static void
strata_run_confirm_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STRATA_TYPE_RUN_CONFIRM);

  G_OBJECT_CLASS (strata_run_confirm_parent_class)->dispose (object);
}

static void
strata_run_confirm_finalize (GObject *object)
{
  g_clear_pointer (&STRATA_RUN_CONFIRM (object)->name, g_free);

  G_OBJECT_CLASS (strata_run_confirm_parent_class)->finalize (object);
}

static void
strata_run_confirm_get_property (GObject    *object,
                                 guint       id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_CONFIRMED:
      g_value_set_boolean (value, STRATA_RUN_CONFIRM (object)->confirmed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_run_confirm_class_init (StrataRunConfirmClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_run_confirm_dispose;
  object_class->finalize = strata_run_confirm_finalize;
  object_class->get_property = strata_run_confirm_get_property;

  properties[PROP_CONFIRMED] =
    g_param_spec_boolean ("confirmed", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/run/run-confirm.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataRunConfirm, consent_check);
  gtk_widget_class_bind_template_child (widget_class, StrataRunConfirm, consent_group);
  gtk_widget_class_bind_template_child (widget_class, StrataRunConfirm, consent_row);
  gtk_widget_class_bind_template_child (widget_class, StrataRunConfirm, protected_group);
  gtk_widget_class_bind_template_child (widget_class, StrataRunConfirm, question);
  gtk_widget_class_bind_template_child (widget_class, StrataRunConfirm, question_check);
  gtk_widget_class_bind_template_child (widget_class, StrataRunConfirm, question_group);
  gtk_widget_class_bind_template_child (widget_class, StrataRunConfirm, typed);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
}

static void
strata_run_confirm_init (StrataRunConfirm *self)
{
  self->confirmed = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  on_changed (self);
}

void
strata_run_confirm_set_snapshot (StrataRunConfirm *self,
                                 StrataSnapshot   *snapshot)
{
  gboolean is_protected;

  g_return_if_fail (STRATA_IS_RUN_CONFIRM (self));

  is_protected = snapshot->is_protected && snapshot->profile != NULL;
  g_free (self->name);
  self->name = is_protected ? g_strdup (strata_profile_get_fields (snapshot->profile)->name) : NULL;
  gtk_widget_set_visible (self->protected_group, is_protected);
  if (is_protected)
    {
      g_autofree char *ask = g_strdup_printf (_("Type %s to continue"), self->name);

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->typed), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->typed), ask);
    }

  on_changed (self);
}

void
strata_run_confirm_set_question (StrataRunConfirm *self,
                                 const char       *question,
                                 gboolean          needs_answer)
{
  g_return_if_fail (STRATA_IS_RUN_CONFIRM (self));

  self->needs_answer = question != NULL && needs_answer;
  gtk_widget_set_visible (self->question_group, question != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->question_check), self->needs_answer);
  adw_preferences_row_set_title (self->question, question != NULL ? question : "");
  on_changed (self);
}

void
strata_run_confirm_set_program (StrataRunConfirm *self,
                                const char       *program)
{
  g_return_if_fail (STRATA_IS_RUN_CONFIRM (self));

  gtk_widget_set_visible (self->consent_group, program != NULL);
  adw_action_row_set_subtitle (self->consent_row, program != NULL ? program : "");
  on_changed (self);
}

gboolean
strata_run_confirm_get_confirmed (StrataRunConfirm *self)
{
  return self->confirmed;
}

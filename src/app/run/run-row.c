/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/run/run-row.h"

#include "app/state/run-words.h"
#include "app/state/words.h"

struct _StrataRunRow
{
  GtkBox            parent_instance;

  /* template */
  GtkImage         *icon;
  GtkLabel         *result;
  GtkLabel         *subtitle;
  GtkLabel         *title;

  /* owned */
  StrataRunRecord  *record;
  GSignalGroup     *signals;
};

enum
{
  PROP_0,
  PROP_RECORD,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StrataRunRow, strata_run_row, GTK_TYPE_BOX)

static const char *
get_icon (StrataRunRecordState state)
{
  switch (state)
    {
    case STRATA_RECORD_RUNNING:
      return "media-playback-start-symbolic";
    case STRATA_RECORD_DONE:
      return "object-select-symbolic";
    case STRATA_RECORD_STOPPED:
      return "media-playback-stop-symbolic";
    case STRATA_RECORD_FAILED:
      return "dialog-error-symbolic";
    case STRATA_RECORD_UNFINISHED:
    default:
      return "dialog-warning-symbolic";
    }
}

void
strata_run_row_show_state (GtkImage             *image,
                           StrataRunRecordState  state)
{
  gtk_image_set_from_icon_name (image, get_icon (state));
  if (state == STRATA_RECORD_FAILED)
    gtk_widget_add_css_class (GTK_WIDGET (image), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (image), "error");
}

static void
name_item (StrataRunRow *self,
           const char   *title,
           const char   *result,
           const char   *subtitle)
{
  GtkWidget *item = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *words = g_strdup_printf ("%s, %s, %s", title, result, subtitle);

  if (item != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
show_record (StrataRunRow *self)
{
  StrataRunRecordState state = strata_run_record_get_state (self->record);
  g_autofree char *title = strata_run_record_dup_title (self->record);
  g_autofree char *result = strata_run_record_dup_result (self->record);
  g_autofree char *who = strata_run_record_dup_who (self->record);
  g_autofree char *age = strata_words_dup_age (strata_run_record_get_began (self->record) / G_USEC_PER_SEC,
                                               g_get_real_time () / G_USEC_PER_SEC);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", age, who);

  strata_run_row_show_state (self->icon, state);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->subtitle, subtitle);
  gtk_label_set_text (self->result, result);
  gtk_widget_set_visible (GTK_WIDGET (self->result), state != STRATA_RECORD_DONE);
  name_item (self, title, result, subtitle);
}

static void
on_changed (StrataRunRow *self)
{
  if (self->record != NULL)
    show_record (self);
}

/* The item of the list is what a screen reader stands on. */
static void
strata_run_row_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (strata_run_row_parent_class)->root (widget);

  on_changed (STRATA_RUN_ROW (widget));
}

static void
set_record (StrataRunRow    *self,
            StrataRunRecord *record)
{
  if (!g_set_object (&self->record, record))
    return;

  g_signal_group_set_target (self->signals, record);
  on_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORD]);
}

static void
strata_run_row_dispose (GObject *object)
{
  StrataRunRow *self = STRATA_RUN_ROW (object);

  g_signal_group_set_target (self->signals, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_RUN_ROW);
  g_clear_object (&self->record);

  G_OBJECT_CLASS (strata_run_row_parent_class)->dispose (object);
}

static void
strata_run_row_finalize (GObject *object)
{
  g_clear_object (&STRATA_RUN_ROW (object)->signals);

  G_OBJECT_CLASS (strata_run_row_parent_class)->finalize (object);
}

static void
strata_run_row_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_RECORD:
      g_value_set_object (value, STRATA_RUN_ROW (object)->record);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_run_row_set_property (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_RECORD:
      set_record (STRATA_RUN_ROW (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_run_row_class_init (StrataRunRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_run_row_dispose;
  object_class->finalize = strata_run_row_finalize;
  object_class->get_property = strata_run_row_get_property;
  object_class->set_property = strata_run_row_set_property;

  widget_class->root = strata_run_row_root;

  properties[PROP_RECORD] =
    g_param_spec_object ("record", NULL, NULL, STRATA_TYPE_RUN_RECORD,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/run/run-row.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataRunRow, icon);
  gtk_widget_class_bind_template_child (widget_class, StrataRunRow, result);
  gtk_widget_class_bind_template_child (widget_class, StrataRunRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, StrataRunRow, title);
}

static void
strata_run_row_init (StrataRunRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (STRATA_TYPE_RUN_RECORD);
  g_signal_group_connect_swapped (self->signals, "notify::state", G_CALLBACK (on_changed), self);
}

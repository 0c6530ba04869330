/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/run/run-preview-view.h"

#include <glib/gi18n.h>

#include "app/run/run-step-row.h"
#include "app/state/run-words.h"

/* More than a person opens; the count is told in any case. */
#define MOST_ROWS 100

struct _StrataRunPreviewView
{
  GtkBox                parent_instance;

  /* template */
  AdwPreferencesGroup  *loss_group;
  GtkLabel             *refusal;
  GtkWidget            *refusal_box;
  GtkLabel             *remarks;
  AdwPreferencesGroup  *steps_group;
  GtkLabel             *summary;

  /* owned */
  GPtrArray            *rows;          /* GtkWidget of the two groups, not owned */
};

G_DEFINE_FINAL_TYPE (StrataRunPreviewView, strata_run_preview_view, GTK_TYPE_BOX)

static void
add_row (StrataRunPreviewView *self,
         AdwPreferencesGroup  *group,
         GtkWidget            *row)
{
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

static void
add_more (StrataRunPreviewView *self,
          AdwPreferencesGroup  *group,
          guint                 n)
{
  g_autofree char *more = NULL;
  GtkWidget *row;

  if (n <= MOST_ROWS)
    return;

  more = g_strdup_printf (ngettext ("and %u more", "and %u more", n - MOST_ROWS), n - MOST_ROWS);
  row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), more);
  add_row (self, group, row);
}

static void
clear_rows (StrataRunPreviewView *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), row);
    }

  g_ptr_array_set_size (self->rows, 0);
}

static GtkWidget *
new_loss_row (StrataPreview           *preview,
              const StrataPreviewLoss *loss)
{
  const StrataStep *step = strata_plan_get_step (preview->plan, loss->step);
  g_autofree char *words = strata_run_words_dup_loss (loss);
  g_autofree char *file = g_path_get_basename (strata_revision_get_path (step->revision));
  g_autofree char *place = g_strdup_printf ("%s:%u", file, loss->line);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), place);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  gtk_widget_add_css_class (icon, "warning");

  return row;
}

static void
show_losses (StrataRunPreviewView *self,
             StrataPreview        *preview)
{
  guint n = 0;

  for (guint i = 0; i < preview->losses->len; i++)
    {
      const StrataPreviewLoss *loss = g_ptr_array_index (preview->losses, i);

      if (strata_preview_loss_is_real (loss) && ++n <= MOST_ROWS)
        add_row (self, self->loss_group, new_loss_row (preview, loss));
    }

  add_more (self, self->loss_group, n);
  gtk_widget_set_visible (GTK_WIDGET (self->loss_group), n > 0);
}

static void
show_steps (StrataRunPreviewView *self,
            StrataPreview        *preview)
{
  guint n = preview->plan != NULL ? strata_plan_get_n_steps (preview->plan) : 0;

  for (guint i = 0; i < MIN (n, MOST_ROWS); i++)
    add_row (self, self->steps_group, strata_run_step_row_new (preview, i));

  add_more (self, self->steps_group, n);
  gtk_widget_set_visible (GTK_WIDGET (self->steps_group), n > 0);
}

static void
show_sentences (StrataRunPreviewView *self,
                StrataPreview        *preview,
                const char           *database)
{
  g_autofree char *summary = strata_run_words_dup_summary (preview, database);
  g_autofree char *remarks = strata_run_words_dup_remarks (preview);
  g_autofree char *refused = g_strdup_printf (_("%s cannot be changed now"), database);

  gtk_label_set_text (self->summary, preview->plan == NULL ? refused : summary);
  gtk_label_set_text (self->remarks, remarks);
  gtk_widget_set_visible (GTK_WIDGET (self->remarks), *remarks != '\0' && preview->plan != NULL);
  gtk_label_set_text (self->refusal, preview->refusal != NULL ? preview->refusal->message : "");
  gtk_widget_set_visible (self->refusal_box, preview->refusal != NULL && !preview->needs_consent);
}

static void
strata_run_preview_view_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STRATA_TYPE_RUN_PREVIEW_VIEW);

  G_OBJECT_CLASS (strata_run_preview_view_parent_class)->dispose (object);
}

static void
strata_run_preview_view_finalize (GObject *object)
{
  g_ptr_array_unref (STRATA_RUN_PREVIEW_VIEW (object)->rows);

  G_OBJECT_CLASS (strata_run_preview_view_parent_class)->finalize (object);
}

static void
strata_run_preview_view_class_init (StrataRunPreviewViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_run_preview_view_dispose;
  object_class->finalize = strata_run_preview_view_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/run/run-preview-view.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataRunPreviewView, loss_group);
  gtk_widget_class_bind_template_child (widget_class, StrataRunPreviewView, refusal);
  gtk_widget_class_bind_template_child (widget_class, StrataRunPreviewView, refusal_box);
  gtk_widget_class_bind_template_child (widget_class, StrataRunPreviewView, remarks);
  gtk_widget_class_bind_template_child (widget_class, StrataRunPreviewView, steps_group);
  gtk_widget_class_bind_template_child (widget_class, StrataRunPreviewView, summary);
}

static void
strata_run_preview_view_init (StrataRunPreviewView *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
strata_run_preview_view_show (StrataRunPreviewView *self,
                              StrataPreview        *preview,
                              const char           *database)
{
  g_return_if_fail (STRATA_IS_RUN_PREVIEW_VIEW (self));

  clear_rows (self);
  show_sentences (self, preview, database);
  show_losses (self, preview);
  show_steps (self, preview);
}

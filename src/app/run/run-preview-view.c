/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/run/run-preview-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/run/run-step-row.h"
#include "app/state/run-words.h"

/* More than a person opens; the count is told in any case. */
#define MOST_ROWS 100
/* Of one script: whoever goes there sees the rest. */
#define MOST_FINDINGS 5

struct _StrataRunPreviewView
{
  GtkBox                parent_instance;

  /* template */
  GtkLabel             *findings;
  GtkWidget            *findings_box;
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

  if (n == 0)
    return;

  more = g_strdup_printf (ngettext ("and %u more", "and %u more", n), n);
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

  add_more (self, self->loss_group, n - MIN (n, MOST_ROWS));
  gtk_widget_set_visible (GTK_WIDGET (self->loss_group), n > 0);
}

static GtkWidget *
new_finding_row (const StrataRevision *revision,
                 const StrataFinding  *finding)
{
  StrataPlace place = strata_finding_get_place (finding);
  gboolean is_error = strata_finding_get_severity (finding) == STRATA_SEVERITY_ERROR;
  g_autofree char *whole = strata_finding_to_string (finding);
  g_autofree char *words = g_strndup (strata_finding_get_message (finding), strcspn (strata_finding_get_message (finding), "\n"));
  g_autofree char *file = g_path_get_basename (strata_revision_get_path (revision));
  g_autofree char *where = place.line > 0 ? g_strdup_printf ("%s:%u", file, place.line) : g_strdup (file);
  /* Translators: "Error: syntax error at or near “SELEC”, 3f1a_add_lamps.sql:12". */
  g_autofree char *said = g_strdup_printf (is_error ? _("Error: %s, %s") : _("Warning: %s, %s"), words, where);
  g_autofree char *opens = g_strdup_printf (_("Open %s"), where);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (is_error ? "dialog-error-symbolic" : "dialog-warning-symbolic");
  GtkWidget *button = gtk_button_new_with_label (_("Open"));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), where);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  gtk_widget_set_tooltip_text (row, whole);
  gtk_widget_add_css_class (icon, is_error ? "error" : "warning");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(suu)", strata_revision_get_id (revision), place.line,
                                    place.column);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "sheet.open");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, opens, -1);

  return row;
}

static void
add_step (StrataRunPreviewView *self,
          StrataPreview        *preview,
          guint                 step)
{
  const StrataRevision *revision = strata_plan_get_step (preview->plan, step)->revision;
  GPtrArray *findings = strata_preview_get_findings (preview, step);
  guint n = findings != NULL ? findings->len : 0;

  add_row (self, self->steps_group, strata_run_step_row_new (preview, step));
  for (guint i = 0; i < MIN (n, MOST_FINDINGS); i++)
    add_row (self, self->steps_group, new_finding_row (revision, g_ptr_array_index (findings, i)));
  add_more (self, self->steps_group, n - MIN (n, MOST_FINDINGS));
}

/* A step that something is wrong with is shown also behind the first hundred. */
static void
show_steps (StrataRunPreviewView *self,
            StrataPreview        *preview)
{
  guint n = preview->plan != NULL ? strata_plan_get_n_steps (preview->plan) : 0;
  guint n_shown = 0;

  for (guint i = 0; i < n; i++)
    if (i < MOST_ROWS || (n_shown < 2 * MOST_ROWS && strata_preview_get_findings (preview, i) != NULL))
      {
        add_step (self, preview, i);
        n_shown++;
      }

  add_more (self, self->steps_group, n - n_shown);
  gtk_widget_set_visible (GTK_WIDGET (self->steps_group), n > 0);
}

static void
show_findings (StrataRunPreviewView *self,
               StrataPreview        *preview)
{
  g_autofree char *words = strata_run_words_dup_findings (preview);
  /* A refusal says what there is to say; the steps have the places. */
  gboolean refused = preview->refusal != NULL && !preview->needs_consent;

  gtk_label_set_text (self->findings, words != NULL ? words : "");
  gtk_widget_set_visible (self->findings_box, words != NULL && !refused);
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
add_words (GString    *words,
           const char *text)
{
  if (*text != '\0')
    g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", text);
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
  gtk_widget_class_bind_template_child (widget_class, StrataRunPreviewView, findings);
  gtk_widget_class_bind_template_child (widget_class, StrataRunPreviewView, findings_box);
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
  show_findings (self, preview);
  show_losses (self, preview);
  show_steps (self, preview);
}

char *
strata_run_preview_view_dup_words (StrataRunPreviewView *self)
{
  g_autoptr(GString) words = NULL;

  g_return_val_if_fail (STRATA_IS_RUN_PREVIEW_VIEW (self), NULL);

  words = g_string_new (gtk_label_get_text (self->summary));
  if (gtk_widget_get_visible (self->refusal_box))
    add_words (words, gtk_label_get_text (self->refusal));
  if (gtk_widget_get_visible (GTK_WIDGET (self->remarks)))
    add_words (words, gtk_label_get_text (self->remarks));
  if (gtk_widget_get_visible (self->findings_box))
    add_words (words, gtk_label_get_text (self->findings));
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      if (gtk_widget_is_ancestor (row, GTK_WIDGET (self->loss_group)))
        add_words (words, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
    }

  return g_string_free (g_steal_pointer (&words), FALSE);
}

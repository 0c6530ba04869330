/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/run/run-step-row.h"

#include <glib/gi18n.h>

#include "app/state/run-words.h"
#include "app/widgets/sql-view.h"

struct _StrataRunStepRow
{
  AdwExpanderRow  parent_instance;

  /* owned */
  StrataPreview  *preview;

  /* values */
  guint           step;
  gboolean        is_filled;
};

G_DEFINE_FINAL_TYPE (StrataRunStepRow, strata_run_step_row, ADW_TYPE_EXPANDER_ROW)

static StrataStepScript *
get_script (StrataRunStepRow *self)
{
  return self->step < self->preview->scripts->len ? g_ptr_array_index (self->preview->scripts, self->step) : NULL;
}

static char *
dup_statements (StrataStepScript *script)
{
  guint n = strata_step_script_get_n_statements (script);

  return n > 0 ? g_strdup_printf (ngettext ("%u statement", "%u statements", n), n) : g_strdup (_("no statement"));
}

static char *
say_script (StrataRunStepRow *self,
            const StrataStep *step)
{
  StrataStepScript *script = get_script (self);
  GPtrArray *python = self->preview->python;
  const char *why = self->step < python->len ? g_ptr_array_index (python, self->step) : NULL;

  if (step->kind == STRATA_STEP_STAMP)
    return g_strdup (_("only the version row"));
  if (script != NULL && strata_step_script_is_live (script))
    return g_strdup (_("reads the database: what it runs depends on it"));
  if (script != NULL)
    return dup_statements (script);
  if (why != NULL && self->preview->program != NULL)
    /* Translators: why the step needs Python, with file and line. */
    return g_strdup_printf (_("by the project’s Alembic, since it needs Python: %s"), why);

  return g_strdup (why != NULL ? why : _("cannot be run"));
}

/* What is gone, but held nothing: no reason for alarm. */
static void
add_harmless (StrataRunStepRow *self,
              GString          *text)
{
  for (guint i = 0; i < self->preview->losses->len; i++)
    {
      const StrataPreviewLoss *loss = g_ptr_array_index (self->preview->losses, i);
      g_autofree char *words = NULL;

      if (loss->step != self->step || strata_preview_loss_is_real (loss))
        continue;

      words = strata_run_words_dup_loss (loss);
      g_string_append_printf (text, "\n%s", words);
    }
}

static void
say_step (StrataRunStepRow *self)
{
  const StrataStep *step = strata_plan_get_step (self->preview->plan, self->step);
  const char *id = step->revision != NULL ? strata_revision_get_id (step->revision) : _("the beginning");
  const char *message = step->revision != NULL ? strata_revision_get_message (step->revision) : "";
  g_autofree char *script = say_script (self, step);
  g_autoptr(GString) subtitle = g_string_new (NULL);

  g_string_append_printf (subtitle, "%.12s · %s", id, script);
  add_harmless (self, subtitle);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), *message != '\0' ? message : id);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle->str);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)), -1);
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (self), get_script (self) != NULL
                                                                  && strata_step_script_get_n_statements (get_script (self)) > 0);
}

static char *
dup_sql (const StrataStepSection *section)
{
  g_autoptr(GString) sql = g_string_new (NULL);

  for (guint i = 0; i < section->statements->len; i++)
    {
      const StrataStatement *statement = &g_array_index (section->statements, StrataStatement, i);

      if (i > 0)
        g_string_append (sql, "\n\n");
      g_string_append_len (sql, statement->text, statement->length);
      g_string_append_c (sql, ';');
    }

  return g_strdup (sql->str);
}

static char *
say_section (StrataRunStepRow        *self,
             const StrataStepSection *section)
{
  g_autofree char *file = g_path_get_basename (strata_step_script_get_path (get_script (self)));
  guint line = g_array_index (section->statements, StrataStatement, 0).line;

  if (!section->transactional)
    /* Translators: a file and a line of it. */
    return g_strdup_printf (_("Without a transaction, from %s:%u on"), file, line);
  if (self->preview->one_transaction)
    return g_strdup_printf (_("In the one transaction of the run, from %s:%u on"), file, line);

  return g_strdup_printf (_("In a transaction, from %s:%u on"), file, line);
}

static void
add_section (StrataRunStepRow        *self,
             const StrataStepSection *section)
{
  g_autofree char *where = say_section (self, section);
  g_autofree char *sql = dup_sql (section);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new (where);
  GtkWidget *view = strata_sql_view_new ();
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  gtk_widget_set_margin_top (label, 9);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  strata_sql_view_set_text (STRATA_SQL_VIEW (view), sql);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, where, -1);

  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), view);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

/* A run may have a hundred steps, of which a person opens two. */
static void
on_expanded (StrataRunStepRow *self)
{
  StrataStepScript *script = get_script (self);

  if (self->is_filled || script == NULL || !adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)))
    return;

  self->is_filled = TRUE;
  for (guint i = 0; i < strata_step_script_get_n_sections (script); i++)
    {
      const StrataStepSection *section = strata_step_script_get_section (script, i);

      if (section->statements->len > 0)
        add_section (self, section);
    }
}

static void
strata_run_step_row_finalize (GObject *object)
{
  g_clear_pointer (&STRATA_RUN_STEP_ROW (object)->preview, strata_preview_unref);

  G_OBJECT_CLASS (strata_run_step_row_parent_class)->finalize (object);
}

static void
strata_run_step_row_class_init (StrataRunStepRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_run_step_row_finalize;
}

static void
strata_run_step_row_init (StrataRunStepRow *self)
{
}

GtkWidget *
strata_run_step_row_new (StrataPreview *preview,
                         guint          step)
{
  StrataRunStepRow *self = g_object_new (STRATA_TYPE_RUN_STEP_ROW, NULL);

  self->preview = strata_preview_ref (preview);
  self->step = step;
  say_step (self);
  g_signal_connect (self, "notify::expanded", G_CALLBACK (on_expanded), NULL);

  return GTK_WIDGET (self);
}

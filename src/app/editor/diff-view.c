/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/diff-view.h"

#include <glib/gi18n.h>

#include "app/editor/diff-line.h"

#define CONTEXT_LINES 3

struct _StrataDiffView
{
  GtkWidget     parent_instance;

  /* template */
  GtkLabel     *caption;
  GtkListView  *list;

  /* owned */
  GListStore   *lines;       /* StrataDiffLine */
  GCancellable *looking;     /* NULL: nothing is under way */
  char         *old_text;    /* what is shown, or will be */
  char         *new_text;
};

G_DEFINE_FINAL_TYPE (StrataDiffView, strata_diff_view, GTK_TYPE_WIDGET)

typedef struct
{
  char *old_text;
  char *new_text;
} Texts;

static void
texts_free (gpointer data)
{
  Texts *texts = data;

  g_free (texts->old_text);
  g_free (texts->new_text);
  g_free (texts);
}

static void
compare_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      data,
                   GCancellable *cancellable)
{
  const Texts *texts = data;

  g_task_return_pointer (task, strata_diff_lines_new (texts->old_text, texts->new_text, CONTEXT_LINES),
                         (GDestroyNotify) g_ptr_array_unref);
}

static void
show_caption (StrataDiffView *self,
              GPtrArray      *lines)
{
  guint n_added = 0;
  guint n_removed = 0;
  g_autofree char *added = NULL;
  g_autofree char *removed = NULL;
  g_autofree char *words = NULL;

  for (guint i = 0; i < lines->len; i++)
    {
      StrataDiffKind kind = strata_diff_line_get_kind (g_ptr_array_index (lines, i));

      n_added += kind == STRATA_DIFF_ADDED;
      n_removed += kind == STRATA_DIFF_REMOVED;
    }

  added = g_strdup_printf (ngettext ("%u line added", "%u lines added", n_added), n_added);
  removed = g_strdup_printf (ngettext ("%u removed", "%u removed", n_removed), n_removed);
  /* Translators: “2 lines added”, “1 removed”. */
  words = lines->len > 0 ? g_strdup_printf (_("From what was applied to the text here: %s, %s."), added, removed)
                         : g_strdup (_("The text here is what was applied."));
  gtk_label_set_text (self->caption, words);
}

static void
on_compared (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  StrataDiffView *self = STRATA_DIFF_VIEW (source);
  g_autoptr(GPtrArray) lines = g_task_propagate_pointer (G_TASK (result), NULL);

  if (lines == NULL || self->list == NULL)
    return;

  g_clear_object (&self->looking);
  show_caption (self, lines);
  g_list_store_splice (self->lines, 0, g_list_model_get_n_items (G_LIST_MODEL (self->lines)), lines->pdata, lines->len);
}

static GtkWidget *
add_label (GtkWidget  *row,
           const char *style,
           int         width)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_set_direction (label, GTK_TEXT_DIR_LTR);
  gtk_label_set_width_chars (GTK_LABEL (label), width);
  gtk_label_set_xalign (GTK_LABEL (label), width > 1 ? 1 : 0.5);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, style);
  gtk_accessible_update_state (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_box_append (GTK_BOX (row), label);

  return label;
}

/* Code goes from left to right, whatever the words around it do. */
static void
on_setup (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *text;

  gtk_widget_set_direction (row, GTK_TEXT_DIR_LTR);
  gtk_widget_add_css_class (row, "strata-diff-line");
  add_label (row, "dim-label", 4);
  add_label (row, "dim-label", 4);
  add_label (row, "strata-diff-sign", 1);
  text = add_label (row, "strata-diff-text", -1);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_list_item_set_child (item, row);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
set_number (GtkWidget *label,
            guint      number)
{
  g_autofree char *text = number > 0 ? g_strdup_printf ("%u", number) : NULL;

  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
}

static void
on_bind (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  /* By StrataDiffKind. */
  static const struct
  {
    const char *style;
    const char *sign;
  } kinds[] = {
    [STRATA_DIFF_SAME] = { "strata-same", "" },
    [STRATA_DIFF_REMOVED] = { "strata-removed", "−" },
    [STRATA_DIFF_ADDED] = { "strata-added", "+" },
    [STRATA_DIFF_GAP] = { "strata-gap", "⋯" },
  };
  GtkWidget *row = gtk_list_item_get_child (item);
  StrataDiffLine *line = gtk_list_item_get_item (item);
  StrataDiffKind kind = strata_diff_line_get_kind (line);
  g_autofree char *words = strata_diff_line_dup_words (line);
  GtkWidget *old_number = gtk_widget_get_first_child (row);
  GtkWidget *new_number = gtk_widget_get_next_sibling (old_number);
  GtkWidget *sign = gtk_widget_get_next_sibling (new_number);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_widget_remove_css_class (row, kinds[i].style);
  gtk_widget_add_css_class (row, kinds[kind].style);
  set_number (old_number, kind != STRATA_DIFF_GAP ? strata_diff_line_get_old_number (line) : 0);
  set_number (new_number, kind != STRATA_DIFF_GAP ? strata_diff_line_get_new_number (line) : 0);
  gtk_label_set_text (GTK_LABEL (sign), kinds[kind].sign);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (row)), strata_diff_line_get_text (line));
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static gboolean
strata_diff_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (STRATA_DIFF_VIEW (widget)->list));
}

static void
strata_diff_view_dispose (GObject *object)
{
  StrataDiffView *self = STRATA_DIFF_VIEW (object);

  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_DIFF_VIEW);
  while (gtk_widget_get_first_child (GTK_WIDGET (self)) != NULL)
    gtk_widget_unparent (gtk_widget_get_first_child (GTK_WIDGET (self)));
  g_clear_object (&self->lines);
  g_clear_pointer (&self->old_text, g_free);
  g_clear_pointer (&self->new_text, g_free);

  G_OBJECT_CLASS (strata_diff_view_parent_class)->dispose (object);
}

static void
strata_diff_view_class_init (StrataDiffViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_diff_view_dispose;
  widget_class->grab_focus = strata_diff_view_grab_focus;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/editor/diff-view.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataDiffView, caption);
  gtk_widget_class_bind_template_child (widget_class, StrataDiffView, list);
  gtk_widget_class_bind_template_callback (widget_class, on_bind);
  gtk_widget_class_bind_template_callback (widget_class, on_setup);
}

static void
strata_diff_view_init (StrataDiffView *self)
{
  g_autoptr(GtkNoSelection) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->lines = g_list_store_new (STRATA_TYPE_DIFF_LINE);
  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->lines)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
}

void
strata_diff_view_show (StrataDiffView *self,
                       const char     *old_text,
                       const char     *new_text)
{
  g_autoptr(GTask) task = NULL;
  Texts *texts;

  g_return_if_fail (STRATA_IS_DIFF_VIEW (self));

  if (g_strcmp0 (self->old_text, old_text) == 0 && g_strcmp0 (self->new_text, new_text) == 0)
    return;

  g_free (self->old_text);
  self->old_text = g_strdup (old_text);
  g_free (self->new_text);
  self->new_text = g_strdup (new_text);

  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  self->looking = g_cancellable_new ();
  texts = g_new0 (Texts, 1);
  texts->old_text = g_strdup (old_text);
  texts->new_text = g_strdup (new_text);
  task = g_task_new (self, self->looking, on_compared, NULL);
  g_task_set_source_tag (task, strata_diff_view_show);
  g_task_set_task_data (task, texts, texts_free);
  g_task_run_in_thread (task, compare_in_thread);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/find-bar.h"

#include "app/widgets/accessible.h"
#include <glib/gi18n.h>
#include <string.h>

struct _StrataFindBar
{
  GtkWidget                parent_instance;

  /* template */
  GtkRevealer             *revealer;
  GtkEditable             *search_entry;
  GtkEditable             *replace_entry;
  GtkWidget               *replace_row;
  GtkLabel                *count;

  /* owned */
  GtkSourceSearchSettings *settings;
  GtkSourceSearchContext  *context;      /* while it is open */
  GCancellable            *stepping;

  /* borrowed */
  GtkSourceView           *view;
};

G_DEFINE_FINAL_TYPE (StrataFindBar, strata_find_bar, GTK_TYPE_WIDGET)

static void
get_selection (StrataFindBar *self,
               GtkTextIter   *start,
               GtkTextIter   *end)
{
  gtk_text_buffer_get_selection_bounds (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)), start, end);
}

static void
update_count (StrataFindBar *self)
{
  g_autofree char *words = NULL;
  GtkTextIter start;
  GtkTextIter end;
  int position;
  int n;

  if (self->context == NULL)
    return;

  get_selection (self, &start, &end);
  n = gtk_source_search_context_get_occurrences_count (self->context);
  position = gtk_source_search_context_get_occurrence_position (self->context, &start, &end);

  /* Below zero: still counting. */
  if (*gtk_editable_get_text (self->search_entry) == '\0' || n < 0)
    words = g_strdup ("");
  else if (n == 0)
    words = g_strdup (_("Not found"));
  else if (position > 0)
    /* Translators: which one of how many places that were found. */
    words = g_strdup_printf (_("%d of %d"), position, n);
  else
    words = g_strdup_printf (ngettext ("%d place", "%d places", n), n);

  if (*words != '\0' && !g_str_equal (words, gtk_label_get_text (self->count)))
    strata_accessible_announce (GTK_WIDGET (self), words);
  gtk_label_set_text (self->count, words);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "find.replace-one", n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "find.replace-all", n > 0);
}

static void
show_match (StrataFindBar     *self,
            const GtkTextIter *start,
            const GtkTextIter *end)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));

  gtk_text_buffer_select_range (buffer, start, end);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->view), gtk_text_buffer_get_insert (buffer), 0.2, FALSE, 0, 0);
  update_count (self);
}

static void
on_stepped (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  StrataFindBar *self = user_data;
  GtkTextIter start;
  GtkTextIter end;
  g_autoptr(GError) error = NULL;

  if (gtk_source_search_context_forward_finish (GTK_SOURCE_SEARCH_CONTEXT (source), result, &start, &end, NULL, &error))
    show_match (self, &start, &end);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    update_count (self);
  g_object_unref (self);
}

static void
renew (StrataFindBar *self)
{
  g_cancellable_cancel (self->stepping);
  g_clear_object (&self->stepping);
  self->stepping = g_cancellable_new ();
}

static void
on_search_changed (StrataFindBar *self)
{
  GtkTextIter start;
  GtkTextIter end;

  if (self->context == NULL)
    return;

  gtk_source_search_settings_set_search_text (self->settings, gtk_editable_get_text (self->search_entry));
  get_selection (self, &start, &end);
  renew (self);
  /* What is typed goes on with the match that it began. */
  gtk_source_search_context_forward_async (self->context, &start, self->stepping, on_stepped, g_object_ref (self));
}

static void
on_next (StrataFindBar *self)
{
  strata_find_bar_step (self, TRUE);
}

static void
on_previous (StrataFindBar *self)
{
  strata_find_bar_step (self, FALSE);
}

static void
on_stop (StrataFindBar *self)
{
  strata_find_bar_close (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
step (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  strata_find_bar_step (STRATA_FIND_BAR (widget), g_str_equal (action, "find.next"));
}

static void
close_bar (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  on_stop (STRATA_FIND_BAR (widget));
}

static void
replace_one (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  StrataFindBar *self = STRATA_FIND_BAR (widget);
  const char *text = gtk_editable_get_text (self->replace_entry);
  GtkTextIter start;
  GtkTextIter end;

  if (!gtk_text_view_get_editable (GTK_TEXT_VIEW (self->view)))
    return;

  get_selection (self, &start, &end);
  gtk_source_search_context_replace (self->context, &start, &end, text, strlen (text), NULL);
  strata_find_bar_step (self, TRUE);
}

static void
replace_all (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  StrataFindBar *self = STRATA_FIND_BAR (widget);
  const char *text = gtk_editable_get_text (self->replace_entry);

  if (gtk_text_view_get_editable (GTK_TEXT_VIEW (self->view)))
    gtk_source_search_context_replace_all (self->context, text, strlen (text), NULL);
  update_count (self);
}

static void
strata_find_bar_dispose (GObject *object)
{
  StrataFindBar *self = STRATA_FIND_BAR (object);

  g_cancellable_cancel (self->stepping);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_FIND_BAR);
  g_clear_object (&self->context);
  g_clear_object (&self->settings);
  g_clear_object (&self->stepping);

  G_OBJECT_CLASS (strata_find_bar_parent_class)->dispose (object);
}

static void
strata_find_bar_class_init (StrataFindBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_find_bar_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/editor/find-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataFindBar, count);
  gtk_widget_class_bind_template_child (widget_class, StrataFindBar, replace_entry);
  gtk_widget_class_bind_template_child (widget_class, StrataFindBar, replace_row);
  gtk_widget_class_bind_template_child (widget_class, StrataFindBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, StrataFindBar, search_entry);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
  gtk_widget_class_bind_template_callback (widget_class, on_previous);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stop);
  gtk_widget_class_install_action (widget_class, "find.close", NULL, close_bar);
  gtk_widget_class_install_action (widget_class, "find.next", NULL, step);
  gtk_widget_class_install_action (widget_class, "find.previous", NULL, step);
  gtk_widget_class_install_action (widget_class, "find.replace-all", NULL, replace_all);
  gtk_widget_class_install_action (widget_class, "find.replace-one", NULL, replace_one);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "find.close", NULL);
}

static void
strata_find_bar_init (StrataFindBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = gtk_source_search_settings_new ();
  gtk_source_search_settings_set_wrap_around (self->settings, TRUE);
}

void
strata_find_bar_set_view (StrataFindBar *self,
                          GtkSourceView *view)
{
  g_return_if_fail (STRATA_IS_FIND_BAR (self));

  self->view = view;
}

static void
take_selection (StrataFindBar *self)
{
  g_autofree char *text = NULL;
  GtkTextIter start;
  GtkTextIter end;

  get_selection (self, &start, &end);
  if (gtk_text_iter_get_line (&start) != gtk_text_iter_get_line (&end) || gtk_text_iter_equal (&start, &end))
    return;

  text = gtk_text_iter_get_slice (&start, &end);
  gtk_editable_set_text (self->search_entry, text);
}

void
strata_find_bar_open (StrataFindBar *self,
                      gboolean       replace)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));

  take_selection (self);
  if (self->context == NULL)
    {
      self->context = gtk_source_search_context_new (GTK_SOURCE_BUFFER (buffer), self->settings);
      g_signal_connect_object (self->context, "notify::occurrences-count", G_CALLBACK (update_count), self,
                               G_CONNECT_SWAPPED);
    }
  gtk_source_search_settings_set_search_text (self->settings, gtk_editable_get_text (self->search_entry));

  gtk_widget_set_visible (self->replace_row, replace && gtk_text_view_get_editable (GTK_TEXT_VIEW (self->view)));
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  gtk_editable_select_region (self->search_entry, 0, -1);
  update_count (self);
}

void
strata_find_bar_close (StrataFindBar *self)
{
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  g_cancellable_cancel (self->stepping);
  /* With it goes the highlighting. */
  g_clear_object (&self->context);
}

static void
on_stepped_back (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(StrataFindBar) self = user_data;
  GtkTextIter start;
  GtkTextIter end;

  if (gtk_source_search_context_backward_finish (GTK_SOURCE_SEARCH_CONTEXT (source), result, &start, &end, NULL, NULL))
    show_match (self, &start, &end);
}

void
strata_find_bar_step (StrataFindBar *self,
                      gboolean       forward)
{
  GtkTextIter start;
  GtkTextIter end;

  if (self->context == NULL)
    {
      strata_find_bar_open (self, FALSE);
      return;
    }

  get_selection (self, &start, &end);
  renew (self);
  if (forward)
    gtk_source_search_context_forward_async (self->context, &end, self->stepping, on_stepped, g_object_ref (self));
  else
    gtk_source_search_context_backward_async (self->context, &start, self->stepping, on_stepped_back,
                                              g_object_ref (self));
}

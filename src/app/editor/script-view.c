/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/script-view.h"

#include <glib/gi18n.h>

#include "app/editor/applied-bar.h"
#include "app/editor/completion-provider.h"
#include "app/editor/diff-view.h"
#include "app/editor/find-bar.h"
#include "app/editor/script-begin.h"
#include "core/base/number.h"

struct _StrataScriptView
{
  GtkWidget        parent_instance;

  /* template */
  StrataAppliedBar *applied_bar;
  StrataDiffView  *difference;
  StrataFindBar   *find_bar;
  GtkInfoBar      *file_bar;
  GtkLabel        *file_words;
  GtkWidget       *keep_button;
  GtkWidget       *reload_button;
  GtkPopover      *line_popover;
  GtkEditable     *line_entry;
  GtkStack        *stack;
  AdwStatusPage   *failed;
  GtkSourceView   *text;

  /* owned */
  StrataTextDocument  *document;
  StrataScriptChecker *checker;
  StrataCompletionProvider *provider;
  StrataProjectWords  *words;
  GSignalGroup    *signals;

  /* values */
  guint            awaited_line;      /* to be shown once the text is there; or 0 */
  guint            awaited_column;
  gboolean         begins;            /* somebody is about to write the upgrade */
};

enum
{
  PROP_0,
  PROP_DOCUMENT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StrataScriptView, strata_script_view, GTK_TYPE_WIDGET)

static void
show_file_bar (StrataScriptView *self,
               GtkMessageType    type,
               const char       *words,
               gboolean          reload,
               gboolean          keep)
{
  gtk_info_bar_set_message_type (self->file_bar, type);
  gtk_label_set_text (self->file_words, words);
  gtk_widget_set_visible (self->reload_button, reload);
  gtk_widget_set_visible (self->keep_button, keep);
  gtk_info_bar_set_revealed (self->file_bar, TRUE);
}

/* One bar: what keeps unsaved text from being saved comes first. */
static void
update_file_bar (StrataScriptView *self)
{
  const char *problem = strata_text_document_get_problem (self->document);
  const char *read_only = strata_text_document_get_read_only (self->document);

  if (strata_text_document_get_state (self->document) != STRATA_TEXT_DOCUMENT_READY)
    gtk_info_bar_set_revealed (self->file_bar, FALSE);
  else if (strata_text_document_get_disk (self->document) == STRATA_DISK_DELETED)
    show_file_bar (self, GTK_MESSAGE_WARNING, _("The file was deleted or moved away. Saving brings it back."), FALSE,
                   FALSE);
  else if (strata_text_document_get_disk (self->document) == STRATA_DISK_CHANGED)
    show_file_bar (self, GTK_MESSAGE_WARNING,
                   _("Changed on disk. To load it again drops what is not saved here; to keep it writes over the other"
                     " with the next save."), TRUE, TRUE);
  else if (problem != NULL)
    show_file_bar (self, GTK_MESSAGE_ERROR, problem, FALSE, FALSE);
  else if (read_only != NULL)
    show_file_bar (self, GTK_MESSAGE_INFO, read_only, FALSE, FALSE);
  else
    gtk_info_bar_set_revealed (self->file_bar, FALSE);
}

static void
put_cursor (StrataScriptView *self,
            guint             line,
            guint             column)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_line (buffer, &iter, line - 1);
  for (guint i = 1; i < column && !gtk_text_iter_ends_line (&iter); i++)
    gtk_text_iter_forward_char (&iter);
  gtk_text_buffer_place_cursor (buffer, &iter);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->text), gtk_text_buffer_get_insert (buffer), 0.2, FALSE, 0, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
show_page (StrataScriptView *self)
{
  static const char * const pages[] = { "loading", "text", "failed" };
  StrataTextDocumentState state = strata_text_document_get_state (self->document);
  g_autofree char *text = NULL;

  if (state != STRATA_TEXT_DOCUMENT_READY || !strata_applied_bar_get_comparing (self->applied_bar))
    {
      gtk_stack_set_visible_child_name (self->stack, pages[state]);
      return;
    }

  text = strata_text_document_dup_text (self->document);
  strata_diff_view_show (self->difference, strata_applied_bar_get_text (self->applied_bar), text);
  gtk_stack_set_visible_child_name (self->stack, "difference");
}

static void
on_comparing (StrataScriptView *self)
{
  if (self->document != NULL)
    show_page (self);
}

/* The text is another, and has been for a moment. */
static void
on_settled (StrataScriptView *self)
{
  if (self->document == NULL || !strata_script_checker_get_settled (self->checker))
    return;

  strata_applied_bar_update (self->applied_bar);
  show_page (self);
}

static void
on_document_changed (StrataScriptView *self)
{
  StrataTextDocumentState state = strata_text_document_get_state (self->document);
  gboolean editable = state == STRATA_TEXT_DOCUMENT_READY && strata_text_document_get_read_only (self->document) == NULL;

  show_page (self);
  strata_applied_bar_update (self->applied_bar);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (self->text), editable);
  if (state == STRATA_TEXT_DOCUMENT_FAILED)
    adw_status_page_set_description (self->failed, strata_text_document_get_problem (self->document));
  update_file_bar (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "script.save",
                                 editable && (strata_text_document_get_modified (self->document)
                                              || strata_text_document_get_disk (self->document) == STRATA_DISK_DELETED));
  if (state == STRATA_TEXT_DOCUMENT_READY && self->awaited_line > 0)
    {
      put_cursor (self, self->awaited_line, self->awaited_column);
      self->awaited_line = 0;
    }
  if (state == STRATA_TEXT_DOCUMENT_READY && self->begins)
    {
      self->begins = FALSE;
      strata_script_begin (GTK_TEXT_VIEW (self->text));
    }
}

static void
on_dark_changed (StrataScriptView *self)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GtkSourceStyleSchemeManager *schemes = gtk_source_style_scheme_manager_get_default ();

  if (self->document != NULL)
    gtk_source_buffer_set_style_scheme (strata_text_document_get_buffer (self->document),
                                        gtk_source_style_scheme_manager_get_scheme (schemes,
                                                                                    dark ? "Adwaita-dark" : "Adwaita"));
}

static void
save (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  strata_text_document_save_async (STRATA_SCRIPT_VIEW (widget)->document, NULL, NULL);
}

static void
reload (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  strata_text_document_reload (STRATA_SCRIPT_VIEW (widget)->document);
}

static void
keep (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  strata_text_document_keep (STRATA_SCRIPT_VIEW (widget)->document);
}

static void
find (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  StrataScriptView *self = STRATA_SCRIPT_VIEW (widget);

  strata_find_bar_open (self->find_bar, g_str_equal (action, "script.replace"));
}

static void
find_next (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  StrataScriptView *self = STRATA_SCRIPT_VIEW (widget);

  strata_find_bar_step (self->find_bar, g_str_equal (action, "script.find-next"));
}

static void
ask_line (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  StrataScriptView *self = STRATA_SCRIPT_VIEW (widget);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
  g_autofree char *line = NULL;
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  line = g_strdup_printf ("%d", gtk_text_iter_get_line (&iter) + 1);
  gtk_editable_set_text (self->line_entry, line);
  gtk_editable_select_region (self->line_entry, 0, -1);
  gtk_popover_popup (self->line_popover);
}

static void
on_line_typed (StrataScriptView *self)
{
  guint64 line;

  if (strata_number_parse_unsigned (gtk_editable_get_text (self->line_entry), 1, G_MAXINT, &line))
    strata_script_view_jump (self, line, 0);
  gtk_popover_popdown (self->line_popover);
}

static void
on_line_closed (StrataScriptView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static char *
dup_mark_words (GtkSourceMarkAttributes *attributes,
                GtkSourceMark           *mark)
{
  GtkTextBuffer *buffer = gtk_text_mark_get_buffer (GTK_TEXT_MARK (mark));
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_mark (buffer, &iter, GTK_TEXT_MARK (mark));

  return strata_script_checker_dup_line_words (GTK_SOURCE_BUFFER (buffer), gtk_text_iter_get_line (&iter));
}

static void
add_gutter_icons (StrataScriptView *self)
{
  static const struct
  {
    const char *category;
    const char *icon;
  } kinds[] = {
    { "strata-note", "strata-note-symbolic" },
    { "strata-warning", "strata-warning-symbolic" },
    { "strata-error", "strata-error-symbolic" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(GtkSourceMarkAttributes) attributes = gtk_source_mark_attributes_new ();

      gtk_source_mark_attributes_set_icon_name (attributes, kinds[i].icon);
      g_signal_connect (attributes, "query-tooltip-text", G_CALLBACK (dup_mark_words), NULL);
      gtk_source_view_set_mark_attributes (self->text, kinds[i].category, attributes, i);
    }
}

static void
add_completion (StrataScriptView *self)
{
  GtkSourceCompletion *completion = gtk_source_view_get_completion (self->text);

  self->provider = strata_completion_provider_new (self->checker);
  g_object_set (completion, "page-size", 8, "select-on-show", TRUE, "show-icons", FALSE, NULL);
  gtk_source_completion_add_provider (completion, GTK_SOURCE_COMPLETION_PROVIDER (self->provider));
}

static void
on_focus (StrataScriptView *self)
{
  if (self->words != NULL)
    strata_project_words_want (self->words);
}

static gboolean
on_tooltip (StrataScriptView *self,
            int               x,
            int               y,
            gboolean          by_keyboard,
            GtkTooltip       *tooltip)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->text);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  g_autofree char *words = NULL;
  GtkTextIter iter;

  if (by_keyboard)
    gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  else
    {
      gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, x, y, &x, &y);
      if (!gtk_text_view_get_iter_at_location (view, &iter, x, y))
        return FALSE;
    }

  words = strata_script_checker_dup_line_words (GTK_SOURCE_BUFFER (buffer), gtk_text_iter_get_line (&iter));
  gtk_tooltip_set_text (tooltip, words);

  return words != NULL;
}

static gboolean
strata_script_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (STRATA_SCRIPT_VIEW (widget)->text));
}

static void
strata_script_view_dispose (GObject *object)
{
  StrataScriptView *self = STRATA_SCRIPT_VIEW (object);

  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_SCRIPT_VIEW);
  /* The template lets go only of those that are bound. */
  while (gtk_widget_get_first_child (GTK_WIDGET (self)) != NULL)
    gtk_widget_unparent (gtk_widget_get_first_child (GTK_WIDGET (self)));
  g_clear_object (&self->signals);
  g_clear_object (&self->document);
  g_clear_object (&self->provider);
  g_clear_object (&self->words);
  if (self->checker != NULL)
    strata_script_checker_set_document (self->checker, NULL);
  g_clear_object (&self->checker);

  G_OBJECT_CLASS (strata_script_view_parent_class)->dispose (object);
}

static void
strata_script_view_get_property (GObject    *object,
                                 guint       id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_DOCUMENT:
      g_value_set_object (value, STRATA_SCRIPT_VIEW (object)->document);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_script_view_set_property (GObject      *object,
                                 guint         id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_DOCUMENT:
      strata_script_view_set_document (STRATA_SCRIPT_VIEW (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "script.find", NULL, find);
  gtk_widget_class_install_action (widget_class, "script.find-next", NULL, find_next);
  gtk_widget_class_install_action (widget_class, "script.find-previous", NULL, find_next);
  gtk_widget_class_install_action (widget_class, "script.go-to-line", NULL, ask_line);
  gtk_widget_class_install_action (widget_class, "script.keep", NULL, keep);
  gtk_widget_class_install_action (widget_class, "script.reload", NULL, reload);
  gtk_widget_class_install_action (widget_class, "script.replace", NULL, find);
  gtk_widget_class_install_action (widget_class, "script.save", NULL, save);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "script.find", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_g, GDK_CONTROL_MASK, "script.find-next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_g, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "script.find-previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_h, GDK_CONTROL_MASK, "script.replace", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_i, GDK_CONTROL_MASK, "script.go-to-line", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "script.save", NULL);
}

static void
strata_script_view_class_init (StrataScriptViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_script_view_dispose;
  object_class->get_property = strata_script_view_get_property;
  object_class->set_property = strata_script_view_set_property;
  widget_class->grab_focus = strata_script_view_grab_focus;

  properties[PROP_DOCUMENT] =
    g_param_spec_object ("document", NULL, NULL, STRATA_TYPE_TEXT_DOCUMENT,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (STRATA_TYPE_APPLIED_BAR);
  g_type_ensure (STRATA_TYPE_DIFF_VIEW);
  g_type_ensure (STRATA_TYPE_FIND_BAR);
  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/editor/script-view.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataScriptView, applied_bar);
  gtk_widget_class_bind_template_child (widget_class, StrataScriptView, difference);
  gtk_widget_class_bind_template_child (widget_class, StrataScriptView, failed);
  gtk_widget_class_bind_template_child (widget_class, StrataScriptView, file_bar);
  gtk_widget_class_bind_template_child (widget_class, StrataScriptView, file_words);
  gtk_widget_class_bind_template_child (widget_class, StrataScriptView, find_bar);
  gtk_widget_class_bind_template_child (widget_class, StrataScriptView, keep_button);
  gtk_widget_class_bind_template_child (widget_class, StrataScriptView, line_entry);
  gtk_widget_class_bind_template_child (widget_class, StrataScriptView, line_popover);
  gtk_widget_class_bind_template_child (widget_class, StrataScriptView, reload_button);
  gtk_widget_class_bind_template_child (widget_class, StrataScriptView, stack);
  gtk_widget_class_bind_template_child (widget_class, StrataScriptView, text);
  gtk_widget_class_bind_template_callback (widget_class, on_comparing);
  gtk_widget_class_bind_template_callback (widget_class, on_focus);
  gtk_widget_class_bind_template_callback (widget_class, on_line_closed);
  gtk_widget_class_bind_template_callback (widget_class, on_line_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_tooltip);
  install_actions (widget_class);
}

static void
strata_script_view_init (StrataScriptView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  strata_find_bar_set_view (self->find_bar, self->text);
  self->checker = strata_script_checker_new ();
  g_signal_connect_object (self->checker, "notify::settled", G_CALLBACK (on_settled), self, G_CONNECT_SWAPPED);
  add_gutter_icons (self);
  add_completion (self);

  self->signals = g_signal_group_new (STRATA_TYPE_TEXT_DOCUMENT);
  g_signal_group_connect_swapped (self->signals, "notify", G_CALLBACK (on_document_changed), self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (on_dark_changed), self,
                           G_CONNECT_SWAPPED);
}

StrataTextDocument *
strata_script_view_get_document (StrataScriptView *self)
{
  return self->document;
}

void
strata_script_view_set_document (StrataScriptView   *self,
                                 StrataTextDocument *document)
{
  g_return_if_fail (STRATA_IS_SCRIPT_VIEW (self));

  if (!g_set_object (&self->document, document))
    return;

  g_signal_group_set_target (self->signals, document);
  strata_script_checker_set_document (self->checker, document);
  strata_find_bar_close (self->find_bar);
  self->awaited_line = 0;
  self->begins = FALSE;
  if (document != NULL)
    {
      gtk_text_view_set_buffer (GTK_TEXT_VIEW (self->text), GTK_TEXT_BUFFER (strata_text_document_get_buffer (document)));
      on_dark_changed (self);
      on_document_changed (self);
    }

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
}

StrataScriptChecker *
strata_script_view_get_checker (StrataScriptView *self)
{
  return self->checker;
}

void
strata_script_view_set_snapshot (StrataScriptView *self,
                                 StrataSnapshot   *snapshot)
{
  g_return_if_fail (STRATA_IS_SCRIPT_VIEW (self));

  strata_script_checker_set_snapshot (self->checker, snapshot);
}

void
strata_script_view_show_applied (StrataScriptView *self,
                                 StrataSession    *session,
                                 const char       *id)
{
  g_return_if_fail (STRATA_IS_SCRIPT_VIEW (self));

  strata_applied_bar_show (self->applied_bar, session, id, self->document);
}

void
strata_script_view_set_project_words (StrataScriptView   *self,
                                      StrataProjectWords *words)
{
  g_return_if_fail (STRATA_IS_SCRIPT_VIEW (self));

  if (g_set_object (&self->words, words))
    strata_completion_provider_set_words (self->provider, words);
}

void
strata_script_view_set_project_names (StrataScriptView   *self,
                                      StrataProjectNames *names)
{
  g_return_if_fail (STRATA_IS_SCRIPT_VIEW (self));

  strata_script_checker_set_names (self->checker, names);
}

GtkSourceView *
strata_script_view_get_text (StrataScriptView *self)
{
  return self->text;
}

void
strata_script_view_jump (StrataScriptView *self,
                         guint             line,
                         guint             column)
{
  g_return_if_fail (STRATA_IS_SCRIPT_VIEW (self));

  line = MAX (line, 1);
  if (self->document != NULL && strata_text_document_get_state (self->document) == STRATA_TEXT_DOCUMENT_READY)
    {
      put_cursor (self, line, column);
      return;
    }

  self->awaited_line = line;
  self->awaited_column = column;
}

void
strata_script_view_begin (StrataScriptView *self)
{
  g_return_if_fail (STRATA_IS_SCRIPT_VIEW (self));

  if (self->document != NULL && strata_text_document_get_state (self->document) == STRATA_TEXT_DOCUMENT_READY)
    strata_script_begin (GTK_TEXT_VIEW (self->text));
  else
    self->begins = TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/applied-bar.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/editor/text-file.h"
#include "app/state/words.h"
#include "core/workspace/log.h"

struct _StrataAppliedBar
{
  GtkWidget           parent_instance;

  /* template */
  GtkInfoBar         *bar;
  GtkToggleButton    *compare;
  GtkLabel           *words;

  /* owned */
  StrataSession      *session;
  StrataSnapshot     *snapshot;       /* what was asked of it last */
  StrataTextDocument *document;
  char               *id;
  StrataLedgerEntry  *entry;          /* NULL: not known */
  StrataTextFile     *applied;        /* its text */
  GCancellable       *asking;         /* NULL: the answer is there */
};

enum
{
  PROP_0,
  PROP_COMPARING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StrataAppliedBar, strata_applied_bar, GTK_TYPE_WIDGET)

static gpointer
find_applied (StrataWorkspace   *workspace,
              StrataConnection  *connection,
              gpointer           id,
              GCancellable      *cancellable,
              GError           **error)
{
  if (connection == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "No connection");
      return NULL;
    }

  return strata_workspace_find_applied (workspace, connection, id, cancellable, error);
}

/* Whether what runs is another: comments and layout do not count. */
static gboolean
is_edited (StrataAppliedBar *self)
{
  StrataApplied *applied = self->snapshot->status->applied;

  for (guint i = 0; applied != NULL && i < applied->edited->len; i++)
    {
      const StrataEditedRevision *one = g_ptr_array_index (applied->edited, i);

      if (g_str_equal (strata_revision_get_id (one->revision), self->id))
        return TRUE;
    }

  return FALSE;
}

static char *
describe_when (StrataAppliedBar *self)
{
  g_autoptr(GDateTime) started = g_date_time_new_from_iso8601 (self->entry->started, NULL);
  g_autofree char *name = strata_snapshot_dup_database_name (self->snapshot);
  g_autofree char *age = started != NULL ? strata_words_dup_age (g_date_time_to_unix (started),
                                                                 g_get_real_time () / G_USEC_PER_SEC)
                                         : g_strdup (self->entry->started);

  /* Translators: a database, who did it, and when: “3 days ago”. */
  return g_strdup_printf (_("Applied on %s by %s, %s"), name, self->entry->who, age);
}

static char *
describe (StrataAppliedBar *self,
          gboolean          same)
{
  g_autofree char *when = NULL;
  g_autofree char *name = NULL;

  if (self->applied == NULL)
    {
      name = strata_snapshot_dup_database_name (self->snapshot);
      return g_strdup_printf (_("Applied on %s. With which text is not known: the ledger does not have it."), name);
    }

  when = describe_when (self);
  if (same)
    /* Translators: what comes before says when and where. */
    return g_strdup_printf (_("%s, as it stands here. What changes here does not reach the database."), when);
  if (strata_text_document_get_modified (self->document))
    return g_strdup_printf (_("%s, with another text than this. What changes here does not reach the database."), when);
  if (is_edited (self))
    return g_strdup_printf (_("%s, and edited since: the database has what the older text did."), when);

  return g_strdup_printf (_("%s. Only comments or layout were edited since."), when);
}

static gboolean
is_applied (StrataAppliedBar *self)
{
  guint node = self->id != NULL ? strata_graph_find (self->snapshot->graph, self->id) : STRATA_NO_NODE;

  return node != STRATA_NO_NODE && strata_snapshot_get_state (self->snapshot, node) == STRATA_REVISION_APPLIED;
}

void
strata_applied_bar_update (StrataAppliedBar *self)
{
  g_autofree char *text = NULL;
  g_autofree char *words = NULL;
  gboolean same;

  /* Until it is known, what was said before stays. */
  if (self->document == NULL || self->asking != NULL || !is_applied (self)
      || strata_text_document_get_state (self->document) != STRATA_TEXT_DOCUMENT_READY)
    return;

  text = strata_text_document_dup_text (self->document);
  same = self->applied == NULL || strcmp (text, self->applied->text) == 0;
  words = describe (self, same);
  gtk_label_set_text (self->words, words);
  gtk_info_bar_set_message_type (self->bar, !same && is_edited (self) ? GTK_MESSAGE_WARNING : GTK_MESSAGE_OTHER);
  gtk_widget_set_visible (GTK_WIDGET (self->compare), !same || gtk_toggle_button_get_active (self->compare));
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

static void
take_answer (StrataAppliedBar  *self,
             StrataLedgerEntry *entry)
{
  g_clear_pointer (&self->entry, strata_ledger_entry_free);
  g_clear_pointer (&self->applied, strata_text_file_free);
  g_clear_object (&self->asking);
  self->entry = entry;
  if (entry != NULL && entry->script != NULL)
    self->applied = strata_text_file_new_for_text (strata_text_document_get_path (self->document), entry->script,
                                                   strlen (entry->script));
  strata_applied_bar_update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPARING]);
}

static void
on_found (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(StrataAppliedBar) self = user_data;
  g_autoptr(GError) error = NULL;
  StrataLedgerEntry *entry = strata_session_ask_finish (STRATA_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->document == NULL)
    {
      g_clear_pointer (&entry, strata_ledger_entry_free);
      return;
    }

  take_answer (self, entry);
}

static void
hide (StrataAppliedBar *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_pointer (&self->entry, strata_ledger_entry_free);
  g_clear_pointer (&self->applied, strata_text_file_free);
  gtk_toggle_button_set_active (self->compare, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
ask (StrataAppliedBar *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->asking = g_cancellable_new ();
  strata_session_ask_async (self->session, STRATA_ASK_DATABASE, find_applied, g_strdup (self->id), g_free,
                            (GDestroyNotify) strata_ledger_entry_free, self->asking, on_found, g_object_ref (self));
}

void
strata_applied_bar_show (StrataAppliedBar   *self,
                         StrataSession      *session,
                         const char         *id,
                         StrataTextDocument *document)
{
  StrataSnapshot *snapshot = session != NULL ? strata_session_get_snapshot (session) : NULL;

  g_return_if_fail (STRATA_IS_APPLIED_BAR (self));

  if (snapshot == NULL || document == NULL)
    id = NULL;
  if (g_strcmp0 (self->id, id) == 0 && self->snapshot == snapshot && self->document == document)
    return;

  if (g_strcmp0 (self->id, id) != 0)
    hide (self);
  g_free (self->id);
  self->id = g_strdup (id);
  g_set_object (&self->session, session);
  g_set_object (&self->document, document);
  g_clear_pointer (&self->snapshot, strata_snapshot_unref);
  self->snapshot = snapshot != NULL ? strata_snapshot_ref (snapshot) : NULL;

  if (snapshot != NULL && is_applied (self))
    ask (self);
  else
    hide (self);
}

static void
on_toggled (StrataAppliedBar *self)
{
  gtk_button_set_label (GTK_BUTTON (self->compare),
                        gtk_toggle_button_get_active (self->compare) ? _("_Back to the Script") : _("Show _Difference"));
  strata_applied_bar_update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPARING]);
}

static void
strata_applied_bar_dispose (GObject *object)
{
  StrataAppliedBar *self = STRATA_APPLIED_BAR (object);

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_APPLIED_BAR);
  g_clear_object (&self->session);
  g_clear_object (&self->document);
  g_clear_pointer (&self->snapshot, strata_snapshot_unref);
  g_clear_pointer (&self->entry, strata_ledger_entry_free);
  g_clear_pointer (&self->applied, strata_text_file_free);
  g_clear_pointer (&self->id, g_free);

  G_OBJECT_CLASS (strata_applied_bar_parent_class)->dispose (object);
}

static void
strata_applied_bar_get_property (GObject    *object,
                                 guint       id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_COMPARING:
      g_value_set_boolean (value, strata_applied_bar_get_comparing (STRATA_APPLIED_BAR (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_applied_bar_class_init (StrataAppliedBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_applied_bar_dispose;
  object_class->get_property = strata_applied_bar_get_property;

  properties[PROP_COMPARING] =
    g_param_spec_boolean ("comparing", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/editor/applied-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataAppliedBar, bar);
  gtk_widget_class_bind_template_child (widget_class, StrataAppliedBar, compare);
  gtk_widget_class_bind_template_child (widget_class, StrataAppliedBar, words);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled);
}

static void
strata_applied_bar_init (StrataAppliedBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

gboolean
strata_applied_bar_get_comparing (StrataAppliedBar *self)
{
  return self->applied != NULL && gtk_toggle_button_get_active (self->compare);
}

const char *
strata_applied_bar_get_text (StrataAppliedBar *self)
{
  return self->applied != NULL ? self->applied->text : NULL;
}

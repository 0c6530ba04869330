/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/text-document-private.h"

#include "app/widgets/source-limits.h"
#include "core/base/files.h"

/* Editors write in several steps; one look after the last of them is enough. */
#define SETTLE_MS 100

enum
{
  PROP_0,
  PROP_DISK,
  PROP_MODIFIED,
  PROP_PATH,
  PROP_PROBLEM,
  PROP_READ_ONLY,
  PROP_STATE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ENUM_TYPE (StrataTextDocumentState, strata_text_document_state,
                    G_DEFINE_ENUM_VALUE (STRATA_TEXT_DOCUMENT_LOADING, "loading"),
                    G_DEFINE_ENUM_VALUE (STRATA_TEXT_DOCUMENT_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (STRATA_TEXT_DOCUMENT_FAILED, "failed"))

G_DEFINE_ENUM_TYPE (StrataDisk, strata_disk,
                    G_DEFINE_ENUM_VALUE (STRATA_DISK_SAME, "same"),
                    G_DEFINE_ENUM_VALUE (STRATA_DISK_CHANGED, "changed"),
                    G_DEFINE_ENUM_VALUE (STRATA_DISK_DELETED, "deleted"))

G_DEFINE_FINAL_TYPE (StrataTextDocument, strata_text_document, G_TYPE_OBJECT)

static void
notify (StrataTextDocument *self,
        guint               property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_state (StrataTextDocument      *self,
           StrataTextDocumentState  state)
{
  if (self->state == state)
    return;

  self->state = state;
  notify (self, PROP_STATE);
}

void
strata_text_document_set_disk (StrataTextDocument *self,
                               StrataDisk          disk)
{
  if (self->disk == disk)
    return;

  self->disk = disk;
  notify (self, PROP_DISK);
}

void
strata_text_document_set_problem (StrataTextDocument *self,
                                  const char         *problem)
{
  char *copy;

  if (g_strcmp0 (self->problem, problem) == 0)
    return;

  copy = g_strdup (problem);
  g_free (self->problem);
  self->problem = copy;
  notify (self, PROP_PROBLEM);
}

static void
highlight (StrataTextDocument *self,
           gboolean            on)
{
  GtkSourceLanguageManager *languages = gtk_source_language_manager_get_default ();
  const char *id = strata_text_document_is_sql (self) ? "sql" : "python3";

  gtk_source_buffer_set_language (self->buffer,
                                  on ? gtk_source_language_manager_get_language (languages, id) : NULL);
}

/* Where the cursor was, it stays: by line, for the text before it may be another. */
static void
fill_buffer (StrataTextDocument *self,
             const char         *text,
             gsize               length)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter iter;
  int line;
  int column;

  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  line = gtk_text_iter_get_line (&iter);
  column = gtk_text_iter_get_line_offset (&iter);

  self->filling = TRUE;
  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, text, length);
  gtk_text_buffer_end_irreversible_action (buffer);
  self->filling = FALSE;
  gtk_text_buffer_set_modified (buffer, FALSE);

  gtk_text_buffer_get_iter_at_line_offset (buffer, &iter, line, 0);
  if (column <= gtk_text_iter_get_chars_in_line (&iter))
    gtk_text_iter_set_line_offset (&iter, column);
  gtk_text_buffer_place_cursor (buffer, &iter);
}

static void
take_file (StrataTextDocument *self,
           StrataTextFile     *file)
{
  g_clear_pointer (&self->file, strata_text_file_free);
  self->file = file;
  highlight (self, !file->has_long_lines);
  fill_buffer (self, file->text, file->length);
  /* The buffer has it. */
  g_clear_pointer (&file->text, g_free);

  strata_text_document_set_problem (self, NULL);
  strata_text_document_set_disk (self, STRATA_DISK_SAME);
  notify (self, PROP_READ_ONLY);
  set_state (self, STRATA_TEXT_DOCUMENT_READY);
}

static void
read_in_thread (GTask        *task,
                gpointer      source,
                gpointer      path,
                GCancellable *cancellable)
{
  GError *error = NULL;
  StrataTextFile *file = strata_text_file_read (path, &error);

  if (file != NULL)
    g_task_return_pointer (task, file, (GDestroyNotify) strata_text_file_free);
  else
    g_task_return_error (task, error);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  StrataTextDocument *self = STRATA_TEXT_DOCUMENT (source);
  g_autoptr(GError) error = NULL;
  StrataTextFile *file = g_task_propagate_pointer (G_TASK (result), &error);

  if (file != NULL && self->n_changes == self->n_changes_read)
    take_file (self, file);
  else if (file != NULL)
    {
      strata_text_file_free (file);
      strata_text_document_set_disk (self, STRATA_DISK_CHANGED);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  else if (self->file != NULL)
    strata_text_document_set_disk (self, STRATA_DISK_DELETED);
  else
    {
      strata_text_document_set_problem (self, error->message);
      set_state (self, STRATA_TEXT_DOCUMENT_FAILED);
    }
}

static void
read_file (StrataTextDocument *self)
{
  g_autoptr(GTask) task = NULL;

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  self->n_changes_read = self->n_changes;

  task = g_task_new (self, self->reading, on_read, NULL);
  g_task_set_source_tag (task, read_file);
  g_task_set_task_data (task, g_strdup (self->path), g_free);
  g_task_run_in_thread (task, read_in_thread);
}

static void
judge_disk (StrataTextDocument *self,
            const char         *stamp)
{
  /* A save ends with a stamp of its own. */
  if (self->saving || (self->file == NULL && stamp == NULL))
    return;

  g_free (self->seen);
  self->seen = g_strdup (stamp);
  if (self->file != NULL && g_strcmp0 (stamp, self->file->stamp) == 0)
    strata_text_document_set_disk (self, STRATA_DISK_SAME);
  else if (self->file == NULL || (stamp != NULL && !strata_text_document_get_modified (self)))
    read_file (self);
  else
    strata_text_document_set_disk (self, stamp != NULL ? STRATA_DISK_CHANGED : STRATA_DISK_DELETED);
}

static void
look_in_thread (GTask        *task,
                gpointer      source,
                gpointer      path,
                GCancellable *cancellable)
{
  g_task_return_pointer (task, strata_file_dup_stamp (path), g_free);
}

static void
on_looked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autofree char *stamp = g_task_propagate_pointer (G_TASK (result), NULL);

  judge_disk (STRATA_TEXT_DOCUMENT (source), stamp);
}

void
strata_text_document_check_disk (StrataTextDocument *self)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (STRATA_IS_TEXT_DOCUMENT (self));

  if (self->state == STRATA_TEXT_DOCUMENT_LOADING || self->detached)
    return;

  task = g_task_new (self, NULL, on_looked, NULL);
  g_task_set_source_tag (task, strata_text_document_check_disk);
  g_task_set_task_data (task, g_strdup (self->path), g_free);
  g_task_run_in_thread (task, look_in_thread);
}

static gboolean
on_settled (gpointer user_data)
{
  StrataTextDocument *self = user_data;

  self->settle_source = 0;
  strata_text_document_check_disk (self);

  return G_SOURCE_REMOVE;
}

static void
on_monitor_changed (StrataTextDocument *self)
{
  if (self->settle_source == 0)
    self->settle_source = g_timeout_add (SETTLE_MS, on_settled, self);
}

static void
watch (StrataTextDocument *self)
{
  g_autoptr(GFile) file = g_file_new_for_path (self->path);

  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (on_monitor_changed), self, G_CONNECT_SWAPPED);
}

static void
on_inserted (StrataTextDocument *self,
             GtkTextIter        *end,
             const char         *text,
             int                 length)
{
  GtkTextIter iter = *end;

  if (self->filling || gtk_source_buffer_get_language (self->buffer) == NULL)
    return;

  gtk_text_iter_backward_chars (&iter, g_utf8_strlen (text, length));
  do
    if (gtk_text_iter_get_bytes_in_line (&iter) > STRATA_LONG_LINE)
      {
        highlight (self, FALSE);
        return;
      }
  while (gtk_text_iter_forward_line (&iter) && gtk_text_iter_compare (&iter, end) <= 0);
}

static void
on_buffer_changed (StrataTextDocument *self)
{
  self->n_changes++;
}

static void
on_modified_changed (StrataTextDocument *self)
{
  notify (self, PROP_MODIFIED);
}

static void
strata_text_document_dispose (GObject *object)
{
  StrataTextDocument *self = STRATA_TEXT_DOCUMENT (object);

  g_cancellable_cancel (self->reading);
  g_clear_handle_id (&self->settle_source, g_source_remove);
  if (self->monitor != NULL)
    g_file_monitor_cancel (self->monitor);

  G_OBJECT_CLASS (strata_text_document_parent_class)->dispose (object);
}

static void
strata_text_document_finalize (GObject *object)
{
  StrataTextDocument *self = STRATA_TEXT_DOCUMENT (object);

  g_clear_object (&self->reading);
  g_clear_object (&self->monitor);
  g_clear_object (&self->buffer);
  g_clear_pointer (&self->file, strata_text_file_free);
  g_free (self->path);
  g_free (self->problem);
  g_free (self->seen);

  G_OBJECT_CLASS (strata_text_document_parent_class)->finalize (object);
}

static void
strata_text_document_get_property (GObject    *object,
                                   guint       id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  StrataTextDocument *self = STRATA_TEXT_DOCUMENT (object);

  switch (id)
    {
    case PROP_DISK:
      g_value_set_enum (value, self->disk);
      break;
    case PROP_MODIFIED:
      g_value_set_boolean (value, strata_text_document_get_modified (self));
      break;
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_READ_ONLY:
      g_value_set_string (value, strata_text_document_get_read_only (self));
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_text_document_set_property (GObject      *object,
                                   guint         id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_PATH:
      STRATA_TEXT_DOCUMENT (object)->path = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_text_document_class_init (StrataTextDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = strata_text_document_dispose;
  object_class->finalize = strata_text_document_finalize;
  object_class->get_property = strata_text_document_get_property;
  object_class->set_property = strata_text_document_set_property;

  properties[PROP_DISK] =
    g_param_spec_enum ("disk", NULL, NULL, STRATA_TYPE_DISK, STRATA_DISK_SAME,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_MODIFIED] =
    g_param_spec_boolean ("modified", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PATH] =
    g_param_spec_string ("path", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_PROBLEM] =
    g_param_spec_string ("problem", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_READ_ONLY] =
    g_param_spec_string ("read-only", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, STRATA_TYPE_TEXT_DOCUMENT_STATE, STRATA_TEXT_DOCUMENT_LOADING,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
strata_text_document_init (StrataTextDocument *self)
{
  self->buffer = gtk_source_buffer_new (NULL);
  g_signal_connect_object (self->buffer, "insert-text", G_CALLBACK (on_inserted), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (on_buffer_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "modified-changed", G_CALLBACK (on_modified_changed), self,
                           G_CONNECT_SWAPPED);
}

StrataTextDocument *
strata_text_document_new (const char *path)
{
  StrataTextDocument *self = g_object_new (STRATA_TYPE_TEXT_DOCUMENT, "path", path, NULL);

  watch (self);
  read_file (self);

  return self;
}

StrataTextDocument *
strata_text_document_new_for_text (const char *name,
                                   const char *text,
                                   gsize       length,
                                   const char *reason)
{
  StrataTextDocument *self = g_object_new (STRATA_TYPE_TEXT_DOCUMENT, "path", name, NULL);
  StrataTextFile *file = strata_text_file_new_for_text (name, text, length);

  if (file->read_only == NULL)
    file->read_only = g_strdup (reason);
  self->detached = TRUE;
  take_file (self, file);

  return self;
}

const char *
strata_text_document_get_path (StrataTextDocument *self)
{
  return self->path;
}

GtkSourceBuffer *
strata_text_document_get_buffer (StrataTextDocument *self)
{
  return self->buffer;
}

gboolean
strata_text_document_is_sql (StrataTextDocument *self)
{
  return !g_str_has_suffix (self->path, ".py");
}

StrataTextDocumentState
strata_text_document_get_state (StrataTextDocument *self)
{
  return self->state;
}

StrataDisk
strata_text_document_get_disk (StrataTextDocument *self)
{
  return self->disk;
}

gboolean
strata_text_document_get_modified (StrataTextDocument *self)
{
  return gtk_text_buffer_get_modified (GTK_TEXT_BUFFER (self->buffer));
}

const char *
strata_text_document_get_read_only (StrataTextDocument *self)
{
  return self->file != NULL ? self->file->read_only : NULL;
}

const char *
strata_text_document_get_problem (StrataTextDocument *self)
{
  return self->problem;
}

gboolean
strata_text_document_is_whole (StrataTextDocument *self)
{
  return self->file != NULL && !self->file->is_partial;
}

char *
strata_text_document_dup_text (StrataTextDocument *self)
{
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self->buffer), &start, &end);

  return gtk_text_buffer_get_text (GTK_TEXT_BUFFER (self->buffer), &start, &end, TRUE);
}

void
strata_text_document_reload (StrataTextDocument *self)
{
  g_return_if_fail (STRATA_IS_TEXT_DOCUMENT (self));

  read_file (self);
}

void
strata_text_document_keep (StrataTextDocument *self)
{
  g_return_if_fail (STRATA_IS_TEXT_DOCUMENT (self) && self->file != NULL);

  g_free (self->file->stamp);
  self->file->stamp = g_strdup (self->seen);
  gtk_text_buffer_set_modified (GTK_TEXT_BUFFER (self->buffer), TRUE);
  strata_text_document_set_problem (self, NULL);
  strata_text_document_set_disk (self, STRATA_DISK_SAME);
}

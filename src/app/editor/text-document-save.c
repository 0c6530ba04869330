/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/text-document-private.h"

#include <string.h>

#include "core/base/error.h"

typedef struct
{
  StrataTextFile *file;        /* a copy without text; its stamp is the new one afterwards */
  char           *text;
  guint           n_changes;   /* that the text has */
} Save;

static void
save_free (Save *save)
{
  strata_text_file_free (save->file);
  g_free (save->text);
  g_free (save);
}

static void
save_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Save *save = data;
  GError *error = NULL;

  if (strata_text_file_save (save->file, save->text, strlen (save->text), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  StrataTextDocument *self = STRATA_TEXT_DOCUMENT (source);
  g_autoptr(GTask) task = user_data;
  Save *save = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  self->saving = FALSE;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      if (!g_error_matches (error, STRATA_ERROR, STRATA_ERROR_EXISTS))
        strata_text_document_set_problem (self, error->message);
      strata_text_document_check_disk (self);
      g_task_return_error (task, error);
      return;
    }

  g_free (self->file->stamp);
  self->file->stamp = g_steal_pointer (&save->file->stamp);
  if (save->n_changes == self->n_changes)
    gtk_text_buffer_set_modified (GTK_TEXT_BUFFER (self->buffer), FALSE);
  strata_text_document_set_problem (self, NULL);
  strata_text_document_set_disk (self, STRATA_DISK_SAME);
  g_task_return_boolean (task, TRUE);
}

static StrataTextFile *
copy_form (const StrataTextFile *file)
{
  StrataTextFile *copy = g_new0 (StrataTextFile, 1);

  copy->path = g_strdup (file->path);
  copy->stamp = g_strdup (file->stamp);
  copy->has_bom = file->has_bom;
  copy->has_crlf = file->has_crlf;

  return copy;
}

void
strata_text_document_save_async (StrataTextDocument  *self,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr(GTask) job = NULL;
  Save *save;

  g_return_if_fail (STRATA_IS_TEXT_DOCUMENT (self));

  g_task_set_source_tag (task, strata_text_document_save_async);
  if (self->file == NULL || self->file->read_only != NULL || self->saving)
    {
      g_task_return_new_error (task, STRATA_ERROR, STRATA_ERROR_REFUSED, "%s",
                               self->saving ? "It is being saved already"
                                            : self->file != NULL ? self->file->read_only : "It was not read yet");
      return;
    }

  save = g_new0 (Save, 1);
  save->file = copy_form (self->file);
  save->text = strata_text_document_dup_text (self);
  save->n_changes = self->n_changes;
  self->saving = TRUE;

  job = g_task_new (self, NULL, on_saved, g_steal_pointer (&task));
  g_task_set_source_tag (job, on_saved);
  g_task_set_task_data (job, save, (GDestroyNotify) save_free);
  g_task_run_in_thread (job, save_in_thread);
}

gboolean
strata_text_document_save_finish (StrataTextDocument  *self,
                                  GAsyncResult        *result,
                                  GError             **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

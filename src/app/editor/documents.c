/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/documents.h"

/* Clean ones beyond this are read again when they are wanted. */
#define MOST_CLEAN 8

struct _StrataDocuments
{
  GObject    parent_instance;

  GPtrArray *open;          /* StrataTextDocument, the one used last at the end */
  guint      n_unsaved;
};

enum
{
  PROP_0,
  PROP_N_UNSAVED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StrataDocuments, strata_documents, G_TYPE_OBJECT)

static void
count_unsaved (StrataDocuments *self)
{
  guint n = 0;

  for (guint i = 0; i < self->open->len; i++)
    n += strata_text_document_get_modified (g_ptr_array_index (self->open, i));

  if (n == self->n_unsaved)
    return;

  self->n_unsaved = n;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_UNSAVED]);
}

static void
forget_all (StrataDocuments *self)
{
  for (guint i = 0; i < self->open->len; i++)
    g_signal_handlers_disconnect_by_func (g_ptr_array_index (self->open, i), count_unsaved, self);
  g_ptr_array_set_size (self->open, 0);
  count_unsaved (self);
}

static void
forget_oldest (StrataDocuments *self)
{
  guint n_clean = 0;

  for (guint i = self->open->len; i-- > 0;)
    {
      StrataTextDocument *document = g_ptr_array_index (self->open, i);

      if (strata_text_document_get_modified (document) || ++n_clean <= MOST_CLEAN)
        continue;

      g_signal_handlers_disconnect_by_func (document, count_unsaved, self);
      g_ptr_array_remove_index (self->open, i);
    }
}

static void
strata_documents_finalize (GObject *object)
{
  StrataDocuments *self = STRATA_DOCUMENTS (object);

  g_ptr_array_unref (self->open);

  G_OBJECT_CLASS (strata_documents_parent_class)->finalize (object);
}

static void
strata_documents_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_N_UNSAVED:
      g_value_set_uint (value, STRATA_DOCUMENTS (object)->n_unsaved);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_documents_class_init (StrataDocumentsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = strata_documents_finalize;
  object_class->get_property = strata_documents_get_property;

  properties[PROP_N_UNSAVED] =
    g_param_spec_uint ("n-unsaved", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
strata_documents_init (StrataDocuments *self)
{
  self->open = g_ptr_array_new_with_free_func (g_object_unref);
}

StrataDocuments *
strata_documents_of (StrataSession *session)
{
  static const char key[] = "strata-documents";
  StrataDocuments *self = g_object_get_data (G_OBJECT (session), key);

  if (self == NULL)
    {
      self = g_object_new (STRATA_TYPE_DOCUMENTS, NULL);
      g_signal_connect_object (session, "notify::folder", G_CALLBACK (forget_all), self, G_CONNECT_SWAPPED);
      g_object_set_data_full (G_OBJECT (session), key, self, g_object_unref);
    }

  return self;
}

static gboolean
find (StrataDocuments *self,
      const char      *path,
      guint           *index)
{
  for (*index = 0; *index < self->open->len; (*index)++)
    if (g_str_equal (strata_text_document_get_path (g_ptr_array_index (self->open, *index)), path))
      return TRUE;

  return FALSE;
}

StrataTextDocument *
strata_documents_find (StrataDocuments *self,
                       const char      *path)
{
  guint index;

  return find (self, path, &index) ? g_ptr_array_index (self->open, index) : NULL;
}

StrataTextDocument *
strata_documents_open (StrataDocuments *self,
                       const char      *path)
{
  StrataTextDocument *document;
  guint index;

  g_return_val_if_fail (STRATA_IS_DOCUMENTS (self), NULL);

  if (find (self, path, &index))
    document = g_ptr_array_steal_index (self->open, index);
  else
    {
      document = strata_text_document_new (path);
      g_signal_connect_object (document, "notify::modified", G_CALLBACK (count_unsaved), self, G_CONNECT_SWAPPED);
    }

  g_ptr_array_add (self->open, document);
  forget_oldest (self);

  return document;
}

guint
strata_documents_get_n_unsaved (StrataDocuments *self)
{
  return self->n_unsaved;
}

gboolean
strata_documents_has_unsaved (StrataDocuments *self)
{
  return self->n_unsaved > 0;
}

static int
compare_paths (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (strata_text_document_get_path (*(StrataTextDocument **) a), strata_text_document_get_path (*(StrataTextDocument **) b));
}

GPtrArray *
strata_documents_list_unsaved (StrataDocuments *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->open->len; i++)
    if (strata_text_document_get_modified (g_ptr_array_index (self->open, i)))
      g_ptr_array_add (list, g_object_ref (g_ptr_array_index (self->open, i)));

  g_ptr_array_sort (list, compare_paths);

  return list;
}

void
strata_documents_check_disk (StrataDocuments *self)
{
  for (guint i = 0; i < self->open->len; i++)
    strata_text_document_check_disk (g_ptr_array_index (self->open, i));
}

typedef struct
{
  guint   n_waiting;
  GError *error;        /* the first one */
} SaveAll;

static void
save_all_free (SaveAll *all)
{
  g_clear_error (&all->error);
  g_free (all);
}

static void
return_saved (GTask *task)
{
  SaveAll *all = g_task_get_task_data (task);

  if (all->error != NULL)
    g_task_return_error (task, g_steal_pointer (&all->error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_one_saved (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  SaveAll *all = g_task_get_task_data (task);

  strata_text_document_save_finish (STRATA_TEXT_DOCUMENT (source), result, all->error == NULL ? &all->error : NULL);
  if (--all->n_waiting == 0)
    return_saved (task);
}

void
strata_documents_save_async (StrataDocuments     *self,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr(GPtrArray) list = strata_documents_list_unsaved (self);
  SaveAll *all = g_new0 (SaveAll, 1);

  g_task_set_source_tag (task, strata_documents_save_async);
  g_task_set_task_data (task, all, (GDestroyNotify) save_all_free);
  all->n_waiting = list->len;
  if (list->len == 0)
    return_saved (task);

  for (guint i = 0; i < list->len; i++)
    strata_text_document_save_async (g_ptr_array_index (list, i), on_one_saved, g_object_ref (task));
}

gboolean
strata_documents_save_finish (StrataDocuments  *self,
                              GAsyncResult     *result,
                              GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

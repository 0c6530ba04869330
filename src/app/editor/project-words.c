/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/project-words.h"

#include "app/editor/word-index.h"
#include "app/state/pieces.h"

struct _StrataProjectWords
{
  GObject          parent_instance;

  /* owned */
  StrataWordIndex *index;      /* NULL: the job has it, or nobody */
  StrataWordList  *list;
  StrataProject   *known;      /* what the list was made from, or is being made */

  /* borrowed */
  StrataSession   *session;    /* it owns this */

  /* values */
  gboolean         reading;
};

enum
{
  PROP_0,
  PROP_LIST,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StrataProjectWords, strata_project_words, G_TYPE_OBJECT)

typedef struct
{
  StrataSnapshot  *snapshot;
  StrataWordIndex *index;
  StrataWordList  *list;       /* once all are read */
  guint            next;       /* row of the display order: newest first */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->snapshot, strata_snapshot_unref);
  g_clear_pointer (&job->index, strata_word_index_free);
  g_clear_pointer (&job->list, strata_word_list_unref);
  g_free (job);
}

static gboolean
read_one (gpointer         data,
          StrataWorkspace *workspace)
{
  Job *job = data;
  GArray *rows = job->snapshot->lanes->rows;
  guint node;

  if (job->next == rows->len)
    {
      job->list = strata_word_index_end (job->index);
      return FALSE;
    }

  node = g_array_index (rows, StrataLaneRow, job->next++).node;
  strata_word_index_look (job->index, strata_revision_get_path (strata_graph_get_revision (job->snapshot->graph, node)));

  return TRUE;
}

static void
take (StrataProjectWords *self,
      Job                *job)
{
  self->index = g_steal_pointer (&job->index);
  g_clear_pointer (&self->list, strata_word_list_unref);
  self->list = g_steal_pointer (&job->list);
  job_free (job);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LIST]);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(StrataProjectWords) self = user_data;
  Job *job = strata_pieces_do_finish (STRATA_SESSION (source), result);

  self->reading = FALSE;
  if (job != NULL && self->known != NULL)
    take (self, job);
  else
    {
      g_clear_pointer (&job, job_free);
      g_clear_pointer (&self->known, strata_project_unref);
    }
}

static void
forget (StrataProjectWords *self)
{
  g_clear_pointer (&self->index, strata_word_index_free);
  g_clear_pointer (&self->list, strata_word_list_unref);
  g_clear_pointer (&self->known, strata_project_unref);
}

static void
strata_project_words_finalize (GObject *object)
{
  forget (STRATA_PROJECT_WORDS (object));

  G_OBJECT_CLASS (strata_project_words_parent_class)->finalize (object);
}

static void
strata_project_words_get_property (GObject    *object,
                                   guint       id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_LIST:
      g_value_set_pointer (value, STRATA_PROJECT_WORDS (object)->list);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_project_words_class_init (StrataProjectWordsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = strata_project_words_finalize;
  object_class->get_property = strata_project_words_get_property;

  properties[PROP_LIST] =
    g_param_spec_pointer ("list", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
strata_project_words_init (StrataProjectWords *self)
{
}

StrataProjectWords *
strata_project_words_of (StrataSession *session)
{
  static const char key[] = "strata-project-words";
  StrataProjectWords *self = g_object_get_data (G_OBJECT (session), key);

  if (self == NULL)
    {
      self = g_object_new (STRATA_TYPE_PROJECT_WORDS, NULL);
      self->session = session;
      g_signal_connect_object (session, "notify::folder", G_CALLBACK (forget), self, G_CONNECT_SWAPPED);
      g_object_set_data_full (G_OBJECT (session), key, self, g_object_unref);
    }

  return self;
}

void
strata_project_words_want (StrataProjectWords *self)
{
  StrataSnapshot *snapshot;
  Job *job;

  g_return_if_fail (STRATA_IS_PROJECT_WORDS (self));

  snapshot = strata_session_get_snapshot (self->session);
  if (snapshot == NULL || self->reading || self->known == snapshot->project)
    return;

  g_clear_pointer (&self->known, strata_project_unref);
  self->known = strata_project_ref (snapshot->project);
  self->reading = TRUE;

  job = g_new0 (Job, 1);
  job->snapshot = strata_snapshot_ref (snapshot);
  job->index = self->index != NULL ? g_steal_pointer (&self->index) : strata_word_index_new ();
  strata_word_index_begin (job->index);
  strata_pieces_do_async (self->session, read_one, job, job_free, NULL, on_read, g_object_ref (self));
}

StrataWordList *
strata_project_words_get_list (StrataProjectWords *self)
{
  return self->list;
}

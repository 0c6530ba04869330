/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/project-names.h"

#include "app/state/pieces.h"
#include "app/state/seen-tables.h"

/* Files of one step. */
#define FILES_AT_ONCE 10

struct _StrataProjectNames
{
  GObject           parent_instance;

  /* owned */
  StrataKnownNames *names;      /* with the database's, where that has been read */
  StrataKnownNames *files;      /* without */
  StrataProject    *known;      /* what they were made from, or are being made */
  StrataSeenTables *tables;     /* what the database has; or NULL */

  /* borrowed */
  StrataSession    *session;    /* it owns this */

  /* values */
  StrataDialect     dialect;    /* as known */
  gboolean          reading;
};

enum
{
  PROP_0,
  PROP_NAMES,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StrataProjectNames, strata_project_names, G_TYPE_OBJECT)

typedef struct
{
  StrataKnownNamesReader *reader;
  StrataKnownNames       *names;     /* once all are read */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->reader, strata_known_names_reader_free);
  g_clear_pointer (&job->names, strata_known_names_unref);
  g_free (job);
}

static gboolean
read_some (gpointer         data,
           StrataWorkspace *workspace)
{
  Job *job = data;

  job->names = strata_known_names_read (job->reader, FILES_AT_ONCE);

  return job->names == NULL;
}

static void
join (StrataProjectNames *self)
{
  StrataPicture *picture = strata_seen_tables_get (self->tables);

  if (self->files == NULL)
    return;

  g_clear_pointer (&self->names, strata_known_names_unref);
  self->names = picture != NULL ? strata_known_names_new_with_database (self->files, picture, strata_seen_tables_get_rows (self->tables))
                                : strata_known_names_ref (self->files);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAMES]);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(StrataProjectNames) self = user_data;
  Job *job = strata_pieces_do_finish (STRATA_SESSION (source), result);

  self->reading = FALSE;
  if (job != NULL && self->known != NULL)
    {
      g_clear_pointer (&self->files, strata_known_names_unref);
      self->files = g_steal_pointer (&job->names);
      join (self);
      /* The files may have changed meanwhile. */
      strata_project_names_want (self);
    }
  else
    {
      g_clear_pointer (&self->known, strata_project_unref);
    }
  g_clear_pointer (&job, job_free);
}

static void
forget (StrataProjectNames *self)
{
  g_clear_pointer (&self->names, strata_known_names_unref);
  g_clear_pointer (&self->files, strata_known_names_unref);
  g_clear_pointer (&self->known, strata_project_unref);
}

static void
strata_project_names_finalize (GObject *object)
{
  forget (STRATA_PROJECT_NAMES (object));
  g_clear_object (&STRATA_PROJECT_NAMES (object)->tables);

  G_OBJECT_CLASS (strata_project_names_parent_class)->finalize (object);
}

static void
strata_project_names_get_property (GObject    *object,
                                   guint       id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_NAMES:
      g_value_set_pointer (value, STRATA_PROJECT_NAMES (object)->names);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_project_names_class_init (StrataProjectNamesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = strata_project_names_finalize;
  object_class->get_property = strata_project_names_get_property;

  properties[PROP_NAMES] =
    g_param_spec_pointer ("names", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
strata_project_names_init (StrataProjectNames *self)
{
}

StrataProjectNames *
strata_project_names_of (StrataSession *session)
{
  static const char key[] = "strata-project-names";
  StrataProjectNames *self = g_object_get_data (G_OBJECT (session), key);

  if (self == NULL)
    {
      self = g_object_new (STRATA_TYPE_PROJECT_NAMES, NULL);
      self->session = session;
      self->tables = strata_seen_tables_new (session);
      g_signal_connect_object (self->tables, "changed", G_CALLBACK (join), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "notify::folder", G_CALLBACK (forget), self, G_CONNECT_SWAPPED);
      g_object_set_data_full (G_OBJECT (session), key, self, g_object_unref);
    }

  return self;
}

void
strata_project_names_want (StrataProjectNames *self)
{
  StrataSnapshot *snapshot;
  StrataDialect dialect;
  Job *job;

  g_return_if_fail (STRATA_IS_PROJECT_NAMES (self));

  snapshot = strata_session_get_snapshot (self->session);
  strata_seen_tables_want (self->tables);
  if (snapshot == NULL || self->reading)
    return;

  dialect = strata_snapshot_get_dialect (snapshot);
  if (self->known == snapshot->project && self->dialect == dialect)
    return;

  g_clear_pointer (&self->known, strata_project_unref);
  self->known = strata_project_ref (snapshot->project);
  self->dialect = dialect;
  self->reading = TRUE;

  job = g_new0 (Job, 1);
  job->reader = strata_known_names_begin (snapshot->project, dialect, self->files);
  strata_pieces_do_async (self->session, read_some, job, job_free, NULL, on_read, g_object_ref (self));
}

StrataKnownNames *
strata_project_names_get (StrataProjectNames *self)
{
  return self->names;
}

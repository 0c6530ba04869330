/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/session-private.h"

#include "app/state/selection.h"

enum
{
  ARRIVED,
  N_SIGNALS
};

static GParamSpec *properties[STRATA_SESSION_N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataSession, strata_session, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (StrataLink, strata_link,
                    G_DEFINE_ENUM_VALUE (STRATA_LINK_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (STRATA_LINK_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (STRATA_LINK_CONNECTED, "connected"),
                    G_DEFINE_ENUM_VALUE (STRATA_LINK_BROKEN, "broken"))

void
strata_session_notify (StrataSession     *self,
                       StrataSessionProp  property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
strata_session_set_link (StrataSession  *self,
                         StrataLink      link)
{
  if (self->link == link)
    return;

  self->link = link;
  strata_session_notify (self, STRATA_SESSION_LINK);
}

void
strata_session_set_loading (StrataSession  *self,
                            gboolean        loading)
{
  if (self->loading == loading)
    return;

  self->loading = loading;
  strata_session_notify (self, STRATA_SESSION_LOADING);
}

void
strata_session_take_error (StrataSession *self,
                           GError        *error)
{
  if (self->error == NULL && error == NULL)
    return;

  g_clear_error (&self->error);
  self->error = error;
  strata_session_notify (self, STRATA_SESSION_ERROR);
}

/* A big one takes its time to go: that is a worker's work. */
static gpointer
release_snapshot (gpointer       desk,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  return GINT_TO_POINTER (TRUE);
}

static void
release_later (StrataSession  *self,
               StrataSnapshot *snapshot)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_task_data (task, snapshot, (GDestroyNotify) strata_snapshot_unref);
  strata_worker_push (self->files, task, release_snapshot, NULL);
}

static void
select_awaited (StrataSession *self)
{
  const char *ids[] = { self->awaited, NULL };

  if (self->awaited == NULL || self->snapshot == NULL
      || strata_graph_find (self->snapshot->graph, self->awaited) == STRATA_NO_NODE)
    return;

  strata_session_set_selected (self, ids);
  g_clear_pointer (&self->awaited, g_free);
  g_signal_emit (self, signals[ARRIVED], 0);
}

void
strata_session_take_snapshot (StrataSession  *self,
                              StrataSnapshot *snapshot)
{
  StrataSnapshot *old = self->snapshot;
  g_auto(GStrv) before = self->selected;

  self->snapshot = snapshot;
  self->selected = strata_selection_follow ((const char * const *) before, old, snapshot);
  if (snapshot != NULL && snapshot->read_at != 0)
    {
      self->checked_at = snapshot->read_at;
      strata_session_notify (self, STRATA_SESSION_CHECKED_AT);
    }
  strata_session_notify (self, STRATA_SESSION_SNAPSHOT);
  if (!g_strv_equal ((const char * const *) before, (const char * const *) self->selected))
    strata_session_notify (self, STRATA_SESSION_SELECTED);
  select_awaited (self);
  if (old != NULL)
    release_later (self, old);
}

void
strata_session_take_wish (StrataSession *self,
                          StrataWish    *wish)
{
  g_clear_pointer (&self->wish, strata_wish_unref);
  self->wish = wish;
}

StrataUse *
strata_session_dup_use (StrataSession *self,
                        StrataProject *project)
{
  StrataUse *use = g_new0 (StrataUse, 1);

  use->wish = strata_wish_ref (self->wish);
  use->project = strata_project_ref (project);

  return use;
}

void
strata_use_free (StrataUse *self)
{
  g_clear_pointer (&self->wish, strata_wish_unref);
  g_clear_pointer (&self->project, strata_project_unref);
  g_free (self);
}

static void
strata_session_dispose (GObject *object)
{
  StrataSession *self = STRATA_SESSION (object);

  g_cancellable_cancel (self->reading);
  g_cancellable_cancel (self->opening);
  if (self->snapshot != NULL)
    release_later (self, g_steal_pointer (&self->snapshot));
  g_clear_pointer (&self->files, strata_worker_free);
  g_clear_pointer (&self->database, strata_worker_free);
  g_clear_object (&self->run);

  G_OBJECT_CLASS (strata_session_parent_class)->dispose (object);
}

static void
strata_session_finalize (GObject *object)
{
  StrataSession *self = STRATA_SESSION (object);

  g_clear_pointer (&self->wish, strata_wish_unref);
  g_clear_pointer (&self->project, strata_project_unref);
  g_clear_error (&self->error);
  g_clear_pointer (&self->selected, g_strfreev);
  g_clear_pointer (&self->passwords, g_hash_table_unref);
  g_clear_pointer (&self->awaited, g_free);
  g_clear_pointer (&self->environ, g_strfreev);
  g_clear_object (&self->reading);
  g_clear_object (&self->opening);

  G_OBJECT_CLASS (strata_session_parent_class)->finalize (object);
}

static void
strata_session_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  StrataSession *self = STRATA_SESSION (object);

  switch (id)
    {
    case STRATA_SESSION_CHECKED_AT:
      g_value_set_int64 (value, self->checked_at);
      break;
    case STRATA_SESSION_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case STRATA_SESSION_FOLDER:
      g_value_set_string (value, strata_session_get_folder (self));
      break;
    case STRATA_SESSION_LINK:
      g_value_set_enum (value, self->link);
      break;
    case STRATA_SESSION_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case STRATA_SESSION_RUN:
      g_value_set_object (value, self->run);
      break;
    case STRATA_SESSION_SELECTED:
      g_value_set_boxed (value, self->selected);
      break;
    case STRATA_SESSION_SNAPSHOT:
      g_value_set_boxed (value, self->snapshot);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_session_set_property (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  switch (id)
    {
    case STRATA_SESSION_SELECTED:
      strata_session_set_selected (STRATA_SESSION (object), g_value_get_boxed (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_session_class_init (StrataSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = strata_session_dispose;
  object_class->finalize = strata_session_finalize;
  object_class->get_property = strata_session_get_property;
  object_class->set_property = strata_session_set_property;

  signals[ARRIVED] =
    g_signal_new ("arrived", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  properties[STRATA_SESSION_CHECKED_AT] = g_param_spec_int64 ("checked-at", NULL, NULL, 0, G_MAXINT64, 0, read);
  properties[STRATA_SESSION_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, read);
  properties[STRATA_SESSION_FOLDER] = g_param_spec_string ("folder", NULL, NULL, NULL, read);
  properties[STRATA_SESSION_LINK] = g_param_spec_enum ("link", NULL, NULL, STRATA_TYPE_LINK, STRATA_LINK_NONE, read);
  properties[STRATA_SESSION_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, read);
  properties[STRATA_SESSION_RUN] = g_param_spec_object ("run", NULL, NULL, STRATA_TYPE_RUN_JOB, read);
  properties[STRATA_SESSION_SELECTED] =
    g_param_spec_boxed ("selected", NULL, NULL, G_TYPE_STRV,
                        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[STRATA_SESSION_SNAPSHOT] = g_param_spec_boxed ("snapshot", NULL, NULL, STRATA_TYPE_SNAPSHOT, read);
  g_object_class_install_properties (object_class, STRATA_SESSION_N_PROPS, properties);
}

static void
strata_session_init (StrataSession *self)
{
  self->selected = g_new0 (char *, 1);
  self->passwords = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->reading = g_cancellable_new ();
  self->opening = g_cancellable_new ();
  self->files = strata_worker_new ("files", strata_desk_new (), (GDestroyNotify) strata_desk_free);
  self->database = strata_worker_new ("database", strata_desk_new (), (GDestroyNotify) strata_desk_free);
}

StrataSession *
strata_session_new (void)
{
  return g_object_new (STRATA_TYPE_SESSION, NULL);
}

const char *
strata_session_get_folder (StrataSession *self)
{
  return self->wish != NULL ? self->wish->folder : NULL;
}

const char *
strata_session_get_profile_name (StrataSession *self)
{
  return self->wish != NULL ? self->wish->profile : NULL;
}

StrataSnapshot *
strata_session_get_snapshot (StrataSession *self)
{
  return self->snapshot;
}

StrataLink
strata_session_get_link (StrataSession *self)
{
  return self->link;
}

gboolean
strata_session_get_loading (StrataSession *self)
{
  return self->loading;
}

const GError *
strata_session_get_error (StrataSession *self)
{
  return self->error;
}

StrataRunJob *
strata_session_get_run (StrataSession *self)
{
  return self->run;
}

gint64
strata_session_get_checked_at (StrataSession *self)
{
  return self->checked_at;
}

const char * const *
strata_session_get_selected (StrataSession *self)
{
  return (const char * const *) self->selected;
}

void
strata_session_set_selected (StrataSession      *self,
                             const char * const *ids)
{
  static const char * const none[] = { NULL };
  GStrv copy;

  g_return_if_fail (STRATA_IS_SESSION (self));

  if (ids == NULL)
    ids = none;
  if (g_strv_equal (ids, (const char * const *) self->selected))
    return;

  copy = g_strdupv ((char **) ids);
  g_strfreev (self->selected);
  self->selected = copy;
  strata_session_notify (self, STRATA_SESSION_SELECTED);
}

void
strata_session_select_later (StrataSession *self,
                             const char    *id)
{
  g_return_if_fail (STRATA_IS_SESSION (self));
  g_return_if_fail (id != NULL);

  g_free (self->awaited);
  self->awaited = g_strdup (id);
  select_awaited (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/schema-check.h"

typedef struct
{
  StrataSchemaState  state;
  guint              n;
  char              *first;
  GError            *error;
  GCancellable      *asking;
} Check;

struct _StrataSchemaCheck
{
  GObject         parent_instance;

  /* owned */
  Check           checks[STRATA_N_SCHEMA_CHECKS];
  StrataSnapshot *snapshot;       /* that the answers are about; NULL: there are none */

  /* weak */
  StrataSession  *session;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataSchemaCheck, strata_schema_check, G_TYPE_OBJECT)

static void
forget (StrataSchemaCheck *self)
{
  for (guint i = 0; i < STRATA_N_SCHEMA_CHECKS; i++)
    {
      Check *check = &self->checks[i];

      g_cancellable_cancel (check->asking);
      g_clear_object (&check->asking);
      g_clear_error (&check->error);
      g_clear_pointer (&check->first, g_free);
      check->state = STRATA_SCHEMA_UNKNOWN;
      check->n = 0;
    }
  g_clear_pointer (&self->snapshot, strata_snapshot_unref);
}

static void
on_snapshot (StrataSchemaCheck *self)
{
  if (self->snapshot == NULL || self->snapshot == strata_session_get_snapshot (self->session))
    return;

  forget (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Takes the error, or else there are differences. */
static void
set_answer (StrataSchemaCheck *self,
            Check             *check,
            StrataDifferences *differences,
            GError            *error)
{
  g_clear_object (&check->asking);
  g_clear_error (&check->error);
  check->error = error;
  check->n = error == NULL ? strata_differences_get_n (differences) : 0;
  g_free (check->first);
  check->first = check->n > 0 ? strata_differences_dup_first (differences) : NULL;
  check->state = error != NULL  ? STRATA_SCHEMA_FAILED
                 : check->n > 0 ? STRATA_SCHEMA_DIFFERS
                                : STRATA_SCHEMA_SAME;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
take_answer (StrataSchemaCheck *self,
             Check             *check,
             GAsyncResult      *result)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataDifferences) differences = strata_compare_finish (self->session, result, NULL, &error);

  /* It was about another moment. */
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_answer (self, check, differences, g_steal_pointer (&error));
}

static void
on_drift (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(StrataSchemaCheck) self = user_data;

  if (self->session != NULL)
    take_answer (self, &self->checks[STRATA_SCHEMA_DRIFT], result);
}

static void
on_declared (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(StrataSchemaCheck) self = user_data;

  if (self->session != NULL)
    take_answer (self, &self->checks[STRATA_SCHEMA_DECLARED], result);
}

static void
strata_schema_check_dispose (GObject *object)
{
  StrataSchemaCheck *self = STRATA_SCHEMA_CHECK (object);

  forget (self);
  g_clear_weak_pointer (&self->session);

  G_OBJECT_CLASS (strata_schema_check_parent_class)->dispose (object);
}

static void
strata_schema_check_class_init (StrataSchemaCheckClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_schema_check_dispose;

  signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
strata_schema_check_init (StrataSchemaCheck *self)
{
}

StrataSchemaCheck *
strata_schema_check_of (StrataSession *session)
{
  StrataSchemaCheck *self = g_object_get_data (G_OBJECT (session), "strata-schema-check");

  if (self == NULL)
    {
      self = g_object_new (STRATA_TYPE_SCHEMA_CHECK, NULL);
      g_set_weak_pointer (&self->session, session);
      g_signal_connect_object (session, "notify::snapshot", G_CALLBACK (on_snapshot), self, G_CONNECT_SWAPPED);
      g_object_set_data_full (G_OBJECT (session), "strata-schema-check", self, g_object_unref);
    }

  return self;
}

static StrataCompareQuestion *
make_question (StrataSchemaCheck     *self,
               StrataSchemaCheckKind  kind)
{
  g_autofree char *rows = NULL;

  if (kind == STRATA_SCHEMA_DECLARED)
    return strata_compare_question_new (STRATA_SIDE_DATABASE, NULL, STRATA_SIDE_DECLARED, NULL);

  rows = strata_compare_dup_rows (self->snapshot);

  return strata_compare_question_new (STRATA_SIDE_REVISION, rows, STRATA_SIDE_DATABASE, NULL);
}

void
strata_schema_check_ask (StrataSchemaCheck     *self,
                         StrataSchemaCheckKind  kind,
                         gboolean               agreed)
{
  StrataCompareQuestion *question;
  StrataSnapshot *snapshot;
  Check *check;

  g_return_if_fail (STRATA_IS_SCHEMA_CHECK (self));

  snapshot = strata_session_get_snapshot (self->session);
  check = &self->checks[kind];
  if (snapshot == NULL || snapshot->applied == NULL || check->state == STRATA_SCHEMA_BUSY)
    return;

  if (self->snapshot == NULL)
    self->snapshot = strata_snapshot_ref (snapshot);
  g_clear_error (&check->error);
  check->state = STRATA_SCHEMA_BUSY;
  check->asking = g_cancellable_new ();
  question = make_question (self, kind);
  question->agreed = agreed;
  strata_compare_async (self->session, question, check->asking,
                        kind == STRATA_SCHEMA_DRIFT ? on_drift : on_declared, g_object_ref (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

void
strata_schema_check_take (StrataSchemaCheck     *self,
                          StrataSchemaCheckKind  kind,
                          StrataDifferences     *differences)
{
  Check *check;

  g_return_if_fail (STRATA_IS_SCHEMA_CHECK (self));

  check = &self->checks[kind];
  if (self->snapshot == NULL)
    self->snapshot = strata_snapshot_ref (strata_session_get_snapshot (self->session));
  g_cancellable_cancel (check->asking);
  set_answer (self, check, differences, NULL);
}

StrataSchemaState
strata_schema_check_get_state (StrataSchemaCheck     *self,
                               StrataSchemaCheckKind  kind)
{
  return self->checks[kind].state;
}

guint
strata_schema_check_get_n (StrataSchemaCheck     *self,
                           StrataSchemaCheckKind  kind)
{
  return self->checks[kind].n;
}

const char *
strata_schema_check_get_first (StrataSchemaCheck     *self,
                               StrataSchemaCheckKind  kind)
{
  return self->checks[kind].first;
}

const GError *
strata_schema_check_get_error (StrataSchemaCheck     *self,
                               StrataSchemaCheckKind  kind)
{
  return self->checks[kind].error;
}

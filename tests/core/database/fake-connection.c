/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/fake-connection.h"

#include <string.h>

#include "core/database/connection-class.h"

#define FAKE_TYPE_CONNECTION (fake_connection_get_type ())

G_DECLARE_FINAL_TYPE (FakeConnection, fake_connection, FAKE, CONNECTION, StrataConnection)

typedef struct
{
  char       *call;
  FakeAnswer  answer;
} Expected;

struct _FakeConnection
{
  StrataConnection        parent_instance;

  GQueue                  expected;          /* Expected, owned */
  StrataConnectionTraits  traits;
  gboolean                in_transaction;
};

G_DEFINE_FINAL_TYPE (FakeConnection, fake_connection, STRATA_TYPE_CONNECTION)

static void
expected_free (Expected *self)
{
  g_free (self->call);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Expected, expected_free)

/* Compares, and fails if the answer says so; rows (may be NULL) are new. */
static gboolean
take_call (StrataConnection  *connection,
           char              *call,
           FakeAnswer        *answer,
           GError           **error)
{
  g_autoptr(Expected) expected = g_queue_pop_head (&FAKE_CONNECTION (connection)->expected);
  g_autofree char *owned = call;

  g_assert_nonnull (expected);
  g_assert_cmpstr (owned, ==, expected->call);
  if (answer != NULL)
    *answer = expected->answer;
  if (expected->answer.message == NULL)
    return TRUE;

  g_propagate_error (error,
                     strata_database_error_new (expected->answer.code, &(StrataServerMessage) {
                       .message = (char *) expected->answer.message,
                       .sqlstate = (char *) expected->answer.sqlstate,
                       .position = expected->answer.position,
                     }, "%s", expected->answer.message));

  return FALSE;
}

static char *
describe (const char         *verb,
          const char         *sql,
          gsize               length,
          const char * const *params,
          guint               n_params)
{
  GString *text = g_string_new (verb);

  g_string_append_printf (text, " %.*s [", (int) length, sql);
  for (guint i = 0; i < n_params; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", params[i] != NULL ? params[i] : "NULL");

  return g_string_free (g_string_append_c (text, ']'), FALSE);
}

static StrataRows *
rows_from (const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  g_auto(GStrv) names = g_strsplit (lines[0] != NULL ? lines[0] : "", "|", -1);
  StrataRows *rows = strata_rows_new (g_strv_length (names));

  for (guint i = 0; names[i] != NULL; i++)
    strata_rows_take_name (rows, g_strdup (names[i]));

  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++)
    {
      g_auto(GStrv) values = g_strsplit (lines[i], "|", -1);

      g_assert_cmpuint (g_strv_length (values), ==, g_strv_length (names));
      for (guint j = 0; values[j] != NULL; j++)
        if (strcmp (values[j], "NULL") == 0)
          strata_rows_append (rows, NULL, 0);
        else
          strata_rows_append (rows, values[j], strlen (values[j]));
    }

  return rows;
}

static gboolean
fake_open (StrataConnection            *connection,
           const StrataConnectOptions  *options,
           GCancellable                *cancellable,
           GError                     **error)
{
  strata_connection_set_server (connection, "Fake 1.0", 10000, FAKE_CONNECTION (connection)->traits);

  return TRUE;
}

static void
fake_close (StrataConnection *connection)
{
}

static StrataRows *
fake_query (StrataConnection    *connection,
            const char          *sql,
            const char * const  *params,
            guint                n_params,
            GCancellable        *cancellable,
            GError             **error)
{
  FakeAnswer answer;

  return take_call (connection, describe ("query", sql, strlen (sql), params, n_params), &answer, error)
         ? rows_from (answer.rows) : NULL;
}

static gboolean
fake_execute (StrataConnection    *connection,
              const char          *sql,
              gsize                length,
              const char * const  *params,
              guint                n_params,
              gint64              *affected,
              GCancellable        *cancellable,
              GError             **error)
{
  FakeAnswer answer;
  gboolean well = take_call (connection, describe ("execute", sql, length, params, n_params), &answer, error);

  *affected = well ? answer.affected : -1;

  return well;
}

static guint
fake_execute_batch (StrataConnection  *connection,
                    StrataBatchItem   *items,
                    guint              n_items,
                    GCancellable      *cancellable,
                    GError           **error)
{
  for (guint i = 0; i < n_items; i++)
    {
      StrataBatchItem *item = &items[i];
      gsize length = item->length >= 0 ? (gsize) item->length : strlen (item->sql);
      FakeAnswer answer;

      if (!take_call (connection, describe (item->rows != NULL ? "query" : "execute", item->sql, length, item->params,
                                            item->n_params), &answer, error))
        return i;

      item->affected = answer.affected;
      if (item->rows != NULL)
        *item->rows = rows_from (answer.rows);
    }

  return n_items;
}

static gboolean
fake_begin (StrataConnection  *connection,
            gboolean           writable,
            GCancellable      *cancellable,
            GError           **error)
{
  FakeConnection *self = FAKE_CONNECTION (connection);

  self->in_transaction = take_call (connection, g_strdup (writable ? "begin" : "begin read-only"), NULL, error);

  return self->in_transaction;
}

static guint
fake_begin_batch (StrataConnection  *connection,
                  StrataBatchItem   *items,
                  guint              n_items,
                  GCancellable      *cancellable,
                  GError           **error)
{
  return fake_begin (connection, TRUE, cancellable, error)
         ? fake_execute_batch (connection, items, n_items, cancellable, error) : 0;
}

static gboolean
fake_commit (StrataConnection  *connection,
             GError           **error)
{
  FAKE_CONNECTION (connection)->in_transaction = FALSE;

  return take_call (connection, g_strdup ("commit"), NULL, error);
}

static void
fake_rollback (StrataConnection *connection)
{
  FAKE_CONNECTION (connection)->in_transaction = FALSE;
  take_call (connection, g_strdup ("rollback"), NULL, NULL);
}

static gboolean
fake_in_transaction (StrataConnection *connection)
{
  return FAKE_CONNECTION (connection)->in_transaction;
}

static gboolean
fake_set_timeouts (StrataConnection  *connection,
                   StrataTimeouts     timeouts,
                   GError           **error)
{
  return take_call (connection, g_strdup_printf ("timeouts %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, timeouts.lock_ms,
                                                 timeouts.statement_ms), NULL, error);
}

static gboolean
fake_reset_session (StrataConnection  *connection,
                    GError           **error)
{
  return take_call (connection, g_strdup ("reset-session"), NULL, error);
}

static char *
describe_table (const char *verb,
                const char *schema,
                const char *table)
{
  return g_strdup_printf ("%s %s.%s", verb, schema != NULL ? schema : "NULL", table);
}

static gboolean
fake_take_run_lock (StrataConnection  *connection,
                    const char        *schema,
                    const char        *table,
                    gint64             wait_ms,
                    StrataWaitFunc     waiting,
                    gpointer           user_data,
                    GCancellable      *cancellable,
                    GError           **error)
{
  return take_call (connection, describe_table ("run-lock", schema, table), NULL, error);
}

static void
fake_drop_run_lock (StrataConnection *connection)
{
  take_call (connection, g_strdup ("drop-run-lock"), NULL, NULL);
}

static char *
fake_dup_run_holder (StrataConnection *connection,
                     const char       *schema,
                     const char       *table)
{
  take_call (connection, describe_table ("run-holder", schema, table), NULL, NULL);

  return NULL;
}

static gboolean
fake_lock_table (StrataConnection  *connection,
                 const char        *schema,
                 const char        *table,
                 GCancellable      *cancellable,
                 GError           **error)
{
  return take_call (connection, describe_table ("lock-table", schema, table), NULL, error);
}

static gboolean
fake_find_table (StrataConnection  *connection,
                 const char        *schema,
                 const char        *table,
                 gboolean          *found,
                 guint             *width,
                 GError           **error)
{
  FakeAnswer answer;

  if (!take_call (connection, describe_table ("find-table", schema, table), &answer, error))
    return FALSE;

  *found = answer.rows != NULL && g_str_has_prefix (answer.rows, "found");
  *width = *found ? (guint) g_ascii_strtoull (answer.rows + strlen ("found"), NULL, 10) : 0;

  return TRUE;
}

/* Empty without rows. */
static gboolean
fake_is_empty (StrataConnection    *connection,
               const char * const  *except,
               gboolean            *empty,
               GError             **error)
{
  FakeAnswer answer;

  if (!take_call (connection, g_strdup ("is-empty"), &answer, error))
    return FALSE;

  *empty = answer.rows == NULL;

  return TRUE;
}

static GStrv
fake_dup_invalid_indexes (StrataConnection  *connection,
                          GError           **error)
{
  FakeAnswer answer;

  return take_call (connection, g_strdup ("invalid-indexes"), &answer, error)
         ? g_strsplit (answer.rows != NULL ? answer.rows : "", "\n", -1) : NULL;
}

static char *
fake_dup_blocker (StrataConnection *connection)
{
  return NULL;
}

static void
fake_connection_finalize (GObject *object)
{
  g_queue_clear_full (&FAKE_CONNECTION (object)->expected, (GDestroyNotify) expected_free);

  G_OBJECT_CLASS (fake_connection_parent_class)->finalize (object);
}

static void
fake_connection_class_init (FakeConnectionClass *klass)
{
  StrataConnectionClass *connection_class = STRATA_CONNECTION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fake_connection_finalize;

  connection_class->open = fake_open;
  connection_class->close = fake_close;
  connection_class->query = fake_query;
  connection_class->execute = fake_execute;
  connection_class->execute_batch = fake_execute_batch;
  connection_class->begin = fake_begin;
  connection_class->begin_batch = fake_begin_batch;
  connection_class->commit = fake_commit;
  connection_class->rollback = fake_rollback;
  connection_class->in_transaction = fake_in_transaction;
  connection_class->set_timeouts = fake_set_timeouts;
  connection_class->reset_session = fake_reset_session;
  connection_class->take_run_lock = fake_take_run_lock;
  connection_class->drop_run_lock = fake_drop_run_lock;
  connection_class->dup_run_holder = fake_dup_run_holder;
  connection_class->lock_table = fake_lock_table;
  connection_class->find_table = fake_find_table;
  connection_class->is_empty = fake_is_empty;
  connection_class->dup_invalid_indexes = fake_dup_invalid_indexes;
  connection_class->dup_blocker = fake_dup_blocker;
}

static void
fake_connection_init (FakeConnection *self)
{
  g_queue_init (&self->expected);
}

StrataConnection *
fake_connection_new (const char             *url,
                     StrataConnectionTraits  traits)
{
  const StrataConnectOptions options = { .writable = TRUE };
  g_autoptr(StrataUrl) parsed = strata_url_parse (url, NULL);
  FakeConnection *self = g_object_new (FAKE_TYPE_CONNECTION, NULL);

  g_assert_nonnull (parsed);
  self->traits = traits;
  g_assert_true (strata_connection_start (STRATA_CONNECTION (self), parsed, &options, NULL, NULL));

  return STRATA_CONNECTION (self);
}

void
fake_connection_expect (StrataConnection *connection,
                        const char       *call,
                        FakeAnswer        answer)
{
  Expected *expected = g_new0 (Expected, 1);

  expected->call = g_strdup (call);
  expected->answer = answer;
  g_queue_push_tail (&FAKE_CONNECTION (connection)->expected, expected);
}

void
fake_connection_finish (StrataConnection *connection)
{
  const Expected *next = g_queue_peek_head (&FAKE_CONNECTION (connection)->expected);

  if (next != NULL)
    g_error ("This call did not come: %s", next->call);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/seen-tables.h"

#include "core/workspace/side.h"

typedef struct
{
  GStrv          rows;
  StrataPicture *picture;
} Seen;

struct _StrataSeenTables
{
  GObject        parent_instance;

  /* owned */
  Seen          *seen;          /* or NULL */
  char          *key;           /* of what was asked last: which database, and where it stood; NULL: nothing */
  GCancellable  *asking;        /* or NULL */

  /* borrowed */
  StrataSession *session;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataSeenTables, strata_seen_tables, G_TYPE_OBJECT)

static void
seen_free (gpointer data)
{
  Seen *seen = data;

  g_clear_pointer (&seen->picture, strata_picture_unref);
  g_strfreev (seen->rows);
  g_free (seen);
}

static void
forget (StrataSeenTables *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->seen, seen_free);
}

static void
strata_seen_tables_finalize (GObject *object)
{
  forget (STRATA_SEEN_TABLES (object));

  G_OBJECT_CLASS (strata_seen_tables_parent_class)->finalize (object);
}

static void
strata_seen_tables_class_init (StrataSeenTablesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_seen_tables_finalize;

  signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
strata_seen_tables_init (StrataSeenTables *self)
{
}

StrataSeenTables *
strata_seen_tables_new (StrataSession *session)
{
  StrataSeenTables *self = g_object_new (STRATA_TYPE_SEEN_TABLES, NULL);

  self->session = session;

  return self;
}

/* NULL: there is no database to look at. */
static char *
dup_key (StrataSeenTables *self)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);
  g_autofree char *url = NULL;
  g_autofree char *rows = NULL;

  if (snapshot == NULL || snapshot->applied == NULL || snapshot->choice == NULL || snapshot->status->missing)
    return NULL;

  url = strata_url_to_string (strata_database_choice_get_url (snapshot->choice));
  rows = g_strjoinv (",", (GStrv) strata_snapshot_get_rows (snapshot));

  return g_strconcat (url, "\n", rows, NULL);
}

/* The rows first: what comes between shows as tables that nobody expects, and not the other way round. */
static gpointer
look (StrataWorkspace   *workspace,
      StrataConnection  *connection,
      gpointer           data,
      GCancellable      *cancellable,
      GError           **error)
{
  const StrataConnectRequest request = { .command = "names" };
  g_autoptr(StrataConnection) mine = strata_workspace_connect (workspace, &request, cancellable, error);
  g_autoptr(StrataPicture) picture = NULL;
  g_auto(GStrv) rows = NULL;
  Seen *seen;

  if (mine == NULL)
    return NULL;

  rows = strata_workspace_read_rows (workspace, mine, cancellable, error);
  if (rows != NULL)
    picture = strata_workspace_read_tables (mine, cancellable, error);
  if (picture == NULL)
    return NULL;

  seen = g_new0 (Seen, 1);
  seen->rows = g_steal_pointer (&rows);
  seen->picture = g_steal_pointer (&picture);

  return seen;
}

/* Whoever could not be asked is asked again when something has moved. */
static void
on_looked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(StrataSeenTables) self = user_data;
  g_autoptr(GError) error = NULL;
  Seen *seen = strata_session_ask_finish (STRATA_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->asking);
  if (error != NULL)
    g_debug ("The tables of the database are not known: %s", error->message);
  if (seen == NULL)
    return;

  g_clear_pointer (&self->seen, seen_free);
  self->seen = seen;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
strata_seen_tables_want (StrataSeenTables *self)
{
  g_autofree char *key = NULL;
  gboolean had_any;

  g_return_if_fail (STRATA_IS_SEEN_TABLES (self));

  key = dup_key (self);
  if (g_strcmp0 (key, self->key) == 0)
    return;

  had_any = self->seen != NULL;
  forget (self);
  self->key = g_steal_pointer (&key);
  if (self->key != NULL)
    {
      self->asking = g_cancellable_new ();
      strata_session_ask_async (self->session, STRATA_ASK_APART, look, NULL, NULL, seen_free, self->asking, on_looked,
                                g_object_ref (self));
    }
  if (had_any)
    g_signal_emit (self, signals[CHANGED], 0);
}

StrataPicture *
strata_seen_tables_get (StrataSeenTables *self)
{
  return self->seen != NULL ? self->seen->picture : NULL;
}

const char * const *
strata_seen_tables_get_rows (StrataSeenTables *self)
{
  return self->seen != NULL ? (const char * const *) self->seen->rows : NULL;
}

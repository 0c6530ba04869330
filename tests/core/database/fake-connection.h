/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A connection without a server: the test says which calls will come, in which order, and what each answers. A call
 * that was not expected ends the test. Calls read "begin", "commit", "rollback", "query SELECT 1 [a, NULL]",
 * "execute DROP TABLE t []", "timeouts 100 -1", "reset-session", "run-lock NULL.alembic_version", "drop-run-lock",
 * "lock-table s.t", "find-table s.t", "is-empty", "invalid-indexes"; a batch is its items, one after the other. */

#pragma once

#include "core/database/connection.h"

G_BEGIN_DECLS

/* What a call answers. All of it may be zero. */
typedef struct
{
  const char          *rows;       /* "a|b" lines: names first, then values, NULL for NULL; find-table: "found width" */
  gint64               affected;
  StrataDatabaseError  code;       /* counts where there is a message */
  const char          *message;    /* the call fails */
  const char          *sqlstate;
  guint                position;
} FakeAnswer;

/* The URL's server is the one to pretend to be. */
StrataConnection *fake_connection_new      (const char             *url,
                                            StrataConnectionTraits  traits);
void              fake_connection_expect   (StrataConnection       *connection,
                                            const char             *call,
                                            FakeAnswer              answer);
/* All that was expected has come. */
void              fake_connection_finish   (StrataConnection       *connection);

G_END_DECLS

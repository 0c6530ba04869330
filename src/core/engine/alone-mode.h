/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/database/connection.h"
#include "core/sql/splitter.h"

G_BEGIN_DECLS

/* How a statement of a transaction=off section runs. */
typedef enum
{
  STRATA_ALONE_WRAPPED,     /* in a small transaction together with its journal mark: never in doubt */
  STRATA_ALONE_BRACKETED,   /* the server wants it bare: marked before and after */
  STRATA_ALONE_SESSION,     /* changes this session only: a later run that continues does it again */
} StrataAloneMode;

/* What became of a statement that was running when a run was killed. */
typedef enum
{
  STRATA_FATE_DONE,
  STRATA_FATE_REPEAT,       /* it is not in the database, or doing it again does no harm */
  STRATA_FATE_BROKEN,       /* it left an INVALID index */
  STRATA_FATE_UNKNOWN,
} StrataFate;

StrataAloneMode strata_alone_get_mode   (StrataDialect           dialect,
                                         const StrataStatement  *statement);
gboolean        strata_alone_touches_session (StrataDialect      dialect,
                                         const StrataStatement  *statement);
/* Whether others may be sent in the same round trip: COPY speaks a protocol of its own. */
gboolean        strata_alone_goes_with_others (const StrataStatement *statement);
/* The index that the statement makes is named in index (new), where it makes one. */
gboolean        strata_alone_find_fate  (StrataConnection       *connection,
                                         const StrataStatement  *statement,
                                         StrataFate             *fate,
                                         char                  **index,
                                         GCancellable           *cancellable,
                                         GError                **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* batch_alter_table(): the operations of one block, and what becomes of them. Where the server can't alter the table, it
 * is made anew and its rows are copied: nothing that the table has is lost but what the operations take away. */

#pragma once

#include "core/operation/naming.h"
#include "core/operation/operation.h"
#include "core/schema/picture.h"

G_BEGIN_DECLS

#define STRATA_BATCH_ERROR (strata_batch_error_quark ())

/* Each is an exception of Python or Alembic, but NEEDS_DATABASE, which Alembic says as a CommandError too. */
typedef enum
{
  STRATA_BATCH_ERROR_COMMAND,           /* alembic.util.CommandError */
  STRATA_BATCH_ERROR_VALUE,             /* ValueError */
  STRATA_BATCH_ERROR_KEY,               /* KeyError: the text is the key */
  STRATA_BATCH_ERROR_REQUEST,           /* sqlalchemy.exc.InvalidRequestError */
  STRATA_BATCH_ERROR_NO_TABLE,          /* sqlalchemy.exc.NoSuchTableError */
  STRATA_BATCH_ERROR_CYCLE,             /* sqlalchemy.exc.CircularDependencyError */
  STRATA_BATCH_ERROR_NEEDS_DATABASE,
  STRATA_BATCH_ERROR_UNSUPPORTED,       /* a table that we would not make again as it was */
} StrataBatchError;

typedef enum
{
  STRATA_RECREATE_AUTO,
  STRATA_RECREATE_ALWAYS,
  STRATA_RECREATE_NEVER,
} StrataRecreate;

/* Keywords of batch_alter_table(); all is borrowed for as long as the batch lives. */
typedef struct
{
  StrataDialect                     dialect;
  gboolean                          is_offline;
  gboolean                          is_in_place;           /* flush() gives what was queued, whatever the server can do */
  const char                       *schema;
  const char                       *table;
  StrataRecreate                    recreate;
  const StrataCreateTable          *copy_from;
  const StrataCreateTable          *table_args;            /* the options of table_kwargs= too */
  const StrataCreateTable          *reflect_args;
  const char * const * const       *partial_reordering;
  const StrataNaming               *naming;                /* naming_convention=; NULL: none */
  const StrataNaming               *metadata_naming;       /* that of the environment; NULL: none */
} StrataBatchOptions;

typedef struct _StrataBatch StrataBatch;

GQuark       strata_batch_error_quark     (void);

StrataBatch *strata_batch_new             (const StrataBatchOptions *options);
void         strata_batch_free            (StrataBatch              *self);
/* Queues an operation, which is borrowed; of add_column() with the names of its neighbours, or NULL. */
gboolean     strata_batch_add             (StrataBatch              *self,
                                           const StrataOperation    *operation,
                                           const char               *insert_before,
                                           const char               *insert_after,
                                           GError                  **error);
/* Whether flush() wants to know what the table is like now. Fails offline, where nobody does. */
gboolean     strata_batch_needs_picture   (StrataBatch              *self,
                                           gboolean                 *needs,
                                           GError                  **error);
/* The end of the block: const StrataOperation* in the order in which they are to run, living as long as the batch. */
GPtrArray   *strata_batch_flush           (StrataBatch              *self,
                                           const StrataPicture      *picture,
                                           GError                  **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataBatch, strata_batch_free)

G_END_DECLS

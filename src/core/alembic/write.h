/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/operation/operation.h"

G_BEGIN_DECLS

/* Operations as the Python that Alembic's autogenerate writes for them: what real Alembic runs to the same SQL. */

typedef struct
{
  gboolean            as_batch;       /* render_as_batch: changes of a table by op.batch_alter_table() */
  gboolean            as_few_batches; /* of these, only where more than indexes change */
  const char         *made_anew;      /* a table of SQLite's that statements make anew; NULL: none */
  /* Beside the operations, or NULL. */
  const char * const *notes;          /* a line of comment before it; NULL: none */
  const gboolean     *is_outside;     /* in an autocommit_block() */
  const gboolean     *is_direct;      /* not in a batch */
  const gboolean     *is_of_sqlite;   /* on no other server */
} StrataPythonStyle;

/* The body of upgrade() or downgrade() for a script.py.mako: the first line without its indentation, the others with it.
 * Imports (a set of owned lines, as g_str_hash has them) gets those that it needs. Fails with STRATA_ERROR_NEEDS_PYTHON
 * where an operation has no such text, and says which. */
char *strata_python_write_body    (const StrataOperation * const *operations,
                            const StrataPythonStyle        *style,
                            GHashTable                    *imports,
                            GError                       **error);
/* The lines of the imports, sorted: what "imports" is in a template. */
char *strata_python_write_imports (GHashTable                    *imports);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/graph/graph.h"

G_BEGIN_DECLS

/* Every other question that names revisions. Arrays hold guint node numbers. The rows are those of the version table;
 * where no database was asked they may be NULL, and "current" is unknown then. */

/* For show, edit, merge, revision --head: "head", "heads", "current", "base", ids, labels, label@head, label@-1 ... */
GArray *strata_graph_resolve          (StrataGraph         *graph,
                                       const char * const  *rows,
                                       const char          *symbol,
                                       GError             **error);
/* history -r; NULL is everything. Newest first, Alembic's order. */
GArray *strata_graph_resolve_range    (StrataGraph         *graph,
                                       const char * const  *rows,
                                       const char          *range,
                                       GError             **error);
/* Everything that the rows of a version table imply: the rows, their ancestors, their dependencies. One byte a node. */
guint8 *strata_graph_dup_applied      (StrataGraph         *graph,
                                       const char * const  *rows);
/* The rows that files have, and what Alembic's "current" lists: also what is only implied by depends_on; file order. */
GArray *strata_graph_find_rows        (StrataGraph         *graph,
                                       const char * const  *rows);
GArray *strata_graph_dup_current      (StrataGraph         *graph,
                                       const char * const  *rows);
/* Rows that no file has; borrowed strings, NULL-terminated. */
char  **strata_graph_dup_unknown_rows (StrataGraph         *graph,
                                       const char * const  *rows);

/* In words for a user, with the way out. */
void    strata_graph_set_unknown_row  (const char          *row,
                                       GError             **error);

G_END_DECLS

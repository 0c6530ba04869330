/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "cli/cli.h"

G_BEGIN_DECLS

/* The nodes in Alembic's display grammar, or as JSON; those in current (or NULL) are marked. */
void    strata_print_revisions  (StrataCli        *cli,
                                 StrataWorkspace  *workspace,
                                 const GArray     *nodes,
                                 StrataLineStyle   style,
                                 const GArray     *current);
void    strata_json_revision    (JsonBuilder      *builder,
                                 StrataGraph      *graph,
                                 guint             node,
                                 const GArray     *current);

G_END_DECLS

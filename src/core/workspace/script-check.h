/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/sql/check.h"
#include "core/workspace/workspace.h"

G_BEGIN_DECLS

/* Everything that the text of one script shows to be wrong, before it is in any file: header and sections, statements that
 * a run would refuse, and those that the server's own grammar does. Sorted. A section that names a server is held to that
 * one's grammar too. An Alembic script is evaluated for the server, both ways; the project (or NULL: then only its header is
 * read) has the modules that it imports. */
GPtrArray       *strata_script_check      (const char       *path,
                                           const char       *text,
                                           gsize             length,
                                           StrataSqlServer   server,
                                           StrataProject    *project);
/* "PostgreSQL 15.18" or NULL, as strata_status_read() has it. */
StrataSqlServer  strata_script_server     (StrataDialect     dialect,
                                           const char       *version);

G_END_DECLS

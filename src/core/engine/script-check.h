/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/engine/step-script.h"

G_BEGIN_DECLS

/* Findings for the statements that the engine does not run as they stand: those of transactions, and those that their
 * section's transaction would refuse or make void. */
void strata_step_script_check (StrataStepScript *self,
                               StrataDialect     dialect,
                               GPtrArray        *findings);
/* Everything for which a SQL revision's file would be refused on this server, in either direction; that the revision is
 * irreversible is nothing wrong. */
void strata_sql_file_check    (const char       *path,
                               const char       *text,
                               gsize             length,
                               StrataDialect     dialect,
                               GPtrArray        *findings);

G_END_DECLS

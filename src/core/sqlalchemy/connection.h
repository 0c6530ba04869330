/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/sqlalchemy/backend.h"

G_BEGIN_DECLS

/* What op.get_bind() gives: one for a machine. */
StrataPyValue *strata_sa_get_connection (StrataPyMachine *py);
/* Stops the machine where it is offline, saying what a database was wanted for. FALSE: stopped. */
gboolean       strata_sa_need_database  (StrataPyMachine *py, const char *what);
/* The result of a query as an object with fetchall() and its like. */
StrataPyValue *strata_sa_new_result     (StrataPyMachine *py, const StrataSaRows *rows);
void           strata_sa_add_results    (StrataPyMachine *py);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* The words that SQLAlchemy quotes as names, which are not all that the servers reserve; in the order of strcmp(). */
#define STRATA_N_POSTGRESQL_WORDS 102
#define STRATA_N_SQLITE_WORDS     117

extern const char * const strata_postgresql_words[STRATA_N_POSTGRESQL_WORDS];
extern const char * const strata_sqlite_words[STRATA_N_SQLITE_WORDS];

G_END_DECLS

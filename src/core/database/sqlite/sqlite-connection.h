/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/database/connection-class.h"

G_BEGIN_DECLS

#define STRATA_TYPE_SQLITE_CONNECTION (strata_sqlite_connection_get_type ())

G_DECLARE_FINAL_TYPE (StrataSqliteConnection, strata_sqlite_connection, STRATA, SQLITE_CONNECTION, StrataConnection)

G_END_DECLS

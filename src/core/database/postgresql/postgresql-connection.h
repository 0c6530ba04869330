/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/database/connection-class.h"

G_BEGIN_DECLS

#define STRATA_TYPE_POSTGRESQL_CONNECTION (strata_postgresql_connection_get_type ())

G_DECLARE_FINAL_TYPE (StrataPostgresqlConnection, strata_postgresql_connection, STRATA, POSTGRESQL_CONNECTION,
                      StrataConnection)

G_END_DECLS

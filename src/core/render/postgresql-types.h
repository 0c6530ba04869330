/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/render/server.h"

G_BEGIN_DECLS

extern const StrataTypeForm strata_postgresql_types[STRATA_N_TYPES];

G_END_DECLS

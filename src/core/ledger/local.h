/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/url/url.h"

G_BEGIN_DECLS

/* The file in the user's data folder for one project on one database: a readable name and a hash of both. */
char *strata_ledger_local_path (const char *project_key,
                                StrataUrl  *database);

G_END_DECLS

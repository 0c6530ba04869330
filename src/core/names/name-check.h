/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/names/catalogue.h"

G_BEGIN_DECLS

/* Warnings, "no-table" and "no-column", for each name that one direction of a script uses and that is certainly not there: in
 * what stands before it (below), and in what it makes itself. */
void strata_names_check (const StrataMentions *mentions,
                         StrataCatalogue      *below,
                         const char           *path,
                         GPtrArray            *findings);
/* The one of the names that is most likely meant; borrowed, or NULL where none is near. */
const char *strata_names_find_near (GPtrArray  *names,
                                    const char *name);

G_END_DECLS

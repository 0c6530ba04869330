/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/render/statements.h"

G_BEGIN_DECLS

void strata_render_alter_column (StrataStatements      *self,
                                 const StrataOperation *operation);

/* Pieces for the servers. */
void strata_write_alter         (StrataWriter          *self,
                                 const StrataOperation *operation);

G_END_DECLS

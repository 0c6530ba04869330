/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/render/statements.h"

G_BEGIN_DECLS

void strata_render_create_table  (StrataStatements      *self,
                                  const StrataOperation *operation);
void strata_render_add_column    (StrataStatements      *self,
                                  const StrataOperation *operation);

G_END_DECLS

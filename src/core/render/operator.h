/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/render/writer.h"

G_BEGIN_DECLS

/* Unary and binary operators, and lists of conditions. */
void strata_write_operator (StrataWriter           *self,
                            const StrataExpression *expression);
/* As the operator's words say, whatever the server. */
void strata_write_binary   (StrataWriter           *self,
                            const StrataExpression *expression,
                            const char             *words);

G_END_DECLS

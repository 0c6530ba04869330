/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/render/writer.h"

G_BEGIN_DECLS

/* Functions, windows over them, and EXTRACT. */
void strata_write_function  (StrataWriter           *self,
                             const StrataExpression *expression);
void strata_write_arguments (StrataWriter           *self,
                             const StrataExpression *expression);

G_END_DECLS

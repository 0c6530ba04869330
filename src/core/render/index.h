/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/render/writer.h"

G_BEGIN_DECLS

void strata_render_create_index   (StrataWriter             *self,
                                   const StrataOperation    *operation);
void strata_render_drop_index     (StrataWriter             *self,
                                   const StrataOperation    *operation);

/* Pieces for the servers. The name is written with its schema, where SQL wants it there. */
void strata_write_index_name      (StrataWriter             *self,
                                   const char               *schema,
                                   const StrataIndex        *index);
void strata_write_index_where     (StrataWriter             *self,
                                   const StrataExpression   *condition);

G_END_DECLS

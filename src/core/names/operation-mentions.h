/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/names/mentions.h"
#include "core/operation/operation.h"

G_BEGIN_DECLS

/* What an operation mentions; of an EXECUTE nothing: its text says more. References are looked at where the server wants to
 * see the table that they name. */
void strata_mentions_add_operation (StrataMentions        *self,
                                    StrataDialect          dialect,
                                    const StrataOperation *operation);
/* Where the names stand that were added from an index on: the first word of each behind the line of the script that asks. */
void strata_mentions_locate        (StrataMentions        *self,
                                    guint                  first,
                                    const char            *text,
                                    guint                  line);

G_END_DECLS

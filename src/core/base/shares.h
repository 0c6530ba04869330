/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Work on many like things, in runs of neighbours on several threads: what the caller's own thread would do one after the
 * other. The shares are numbered in the order of the things, so that answers can be put together in it. */

#define STRATA_MOST_SHARES 4

typedef struct
{
  guint number;
  guint first;   /* of the things */
  guint end;     /* behind the last one */
} StrataShare;

typedef void (*StrataShareFunc) (const StrataShare *share,
                                 gpointer           user_data);

/* Returns how many shares there were. A share has at least so many things, where there is more than one. */
guint strata_shares_run (guint           n_things,
                         guint           least,
                         StrataShareFunc work,
                         gpointer        user_data);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/graph/graph.h"

G_BEGIN_DECLS

/* A target as it was written: "[branch@][symbol][+N|-N]". */
typedef struct
{
  char     *branch;      /* or NULL */
  char     *symbol;      /* NULL only where relative: then it counts from where the database is */
  int       steps;
  gboolean  relative;
} StrataTargetText;

void strata_target_text_parse (StrataTargetText *self,
                               StrataGraph      *graph,
                               const char       *text);
void strata_target_text_split (const char       *text,
                               char            **branch,
                               char            **symbol);
void strata_target_text_clear (StrataTargetText *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataTargetText, strata_target_text_clear)

G_END_DECLS

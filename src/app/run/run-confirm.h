/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/state/snapshot.h"

G_BEGIN_DECLS

#define STRATA_TYPE_RUN_CONFIRM (strata_run_confirm_get_type ())

/* What a person says before a database is changed: yes to a question, the name of a protected profile. The property
 * "confirmed" is TRUE where nothing is left to say. */
G_DECLARE_FINAL_TYPE (StrataRunConfirm, strata_run_confirm, STRATA, RUN_CONFIRM, GtkBox)

/* Whose name is to be typed, where it is protected. */
void     strata_run_confirm_set_snapshot (StrataRunConfirm *self,
                                          StrataSnapshot   *snapshot);
/* NULL: nothing to be told. One that needs no answer is only told. */
void     strata_run_confirm_set_question (StrataRunConfirm *self,
                                          const char       *question,
                                          gboolean          needs_answer);
/* A program of the project's that the run needs consent for; NULL: none. */
void     strata_run_confirm_set_program  (StrataRunConfirm *self,
                                          const char       *program);
gboolean strata_run_confirm_get_confirmed (StrataRunConfirm *self);

G_END_DECLS

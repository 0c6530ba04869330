/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "core/workspace/preview.h"

G_BEGIN_DECLS

#define STRATA_TYPE_RUN_PREVIEW_VIEW (strata_run_preview_view_get_type ())

/* A preview in words: one sentence, why not, what Checks has against it, what is lost, then the steps with their SQL. What was
 * found in a script is opened by "sheet.open" (suu): a revision, and where in its script. */
G_DECLARE_FINAL_TYPE (StrataRunPreviewView, strata_run_preview_view, STRATA, RUN_PREVIEW_VIEW, GtkBox)

void  strata_run_preview_view_show      (StrataRunPreviewView *self,
                                         StrataPreview        *preview,
                                         const char           *database);

/* What is shown above the steps. */
char *strata_run_preview_view_dup_words (StrataRunPreviewView *self);

G_END_DECLS

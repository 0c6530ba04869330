/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/workspace/known-names.h"
#include "core/workspace/preview.h"
#include "core/workspace/script-check.h"

G_BEGIN_DECLS

/* Fills the preview's findings, before anybody else has it: what is wrong with the statements that would run, of the direction
 * and for the server of the run, and of no other. It takes the texts that the preview has read. Without names (or NULL) tables
 * and columns that are not there are no findings. Of a very long run the first steps are looked at. */
void strata_preview_check (StrataPreview    *self,
                           StrataProject    *project,
                           StrataSqlServer   server,
                           StrataKnownNames *names,
                           GCancellable     *cancellable);

G_END_DECLS

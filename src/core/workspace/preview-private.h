/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/workspace/preview.h"

G_BEGIN_DECLS

typedef void (*StrataPreviewStatementFunc) (const StrataStatement *statement,
                                            guint                  step,
                                            gpointer               data);

void               strata_preview_each_statement (GPtrArray                  *scripts,
                                                  guint                       step,
                                                  StrataPreviewStatementFunc  func,
                                                  gpointer                    data);
/* Names as far as they can be compared without the server: the last part, without quotes, in one case. */
char              *strata_preview_fold_name      (const char                 *name);
/* Takes the names. */
StrataPreviewLoss *strata_preview_loss_new       (StrataLoss                 *from,
                                                  guint                       step,
                                                  guint                       line);
void               strata_preview_loss_free      (StrataPreviewLoss          *loss);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataPreviewLoss, strata_preview_loss_free)

/* The losses of all scripts, StrataPreviewLoss, not yet measured. A table that comes back under its name in the same script
 * was rebuilt, and is left out. */
GPtrArray *strata_preview_find_losses    (GPtrArray         *scripts,
                                          StrataDialect      dialect);
/* What a table that is made anew under its name does not take over of the columns that it has in the database, to the losses
 * in the order of the run; the table, where nothing was copied. */
void       strata_preview_add_rebuilt    (GPtrArray         *losses,
                                          GPtrArray         *scripts,
                                          StrataConnection  *connection,
                                          GCancellable      *cancellable);
/* Asks the database how much each one is, a short time each and not for long in all. */
void       strata_preview_measure_losses (GPtrArray         *losses,
                                          GPtrArray         *scripts,
                                          StrataConnection  *connection,
                                          GCancellable      *cancellable);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* From here on SIGINT and SIGTERM trigger the cancellable; the second one ends the process at once. Call it before any
 * thread is started. */
void strata_interrupt_watch (GCancellable *cancellable);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_RUN_WATCH (strata_run_watch_get_type ())

/* Tells how the runs of a window end: a toast, the activity, a question of the engine, a notification where the window is
 * not looked at; and asks before the window is closed over one. */
G_DECLARE_FINAL_TYPE (StrataRunWatch, strata_run_watch, STRATA, RUN_WATCH, GObject)

/* Window and overlay are borrowed: it lives no longer than they do. */
StrataRunWatch *strata_run_watch_new (GtkWindow       *window,
                                      AdwToastOverlay *toasts,
                                      StrataSession   *session);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/state/session.h"

G_BEGIN_DECLS

/* Asks whether the project may run its post-write hooks for the file that was written, and runs them where it may. */
void strata_hooks_dialog_ask (GtkWindow     *window,
                              StrataSession *session,
                              const char    *path);

G_END_DECLS

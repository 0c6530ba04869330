/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits until the window has done all that is seen, but not for ever.
 *
 * Without a GPU (a virtual machine, a remote desktop) the frames of one animation follow each other without a pause, and a
 * plain idle never gets its turn. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* As g_idle_add_full(); after a moment with no turn it has one after each frame. */
guint          strata_idle_add         (int             priority,
                                        GSourceFunc     function,
                                        gpointer        data,
                                        GDestroyNotify  notify);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The bundled sample project, copied to the user's data folder; what is there already stays. Off the main thread. */
char *strata_sample_copy (GError **error);

G_END_DECLS

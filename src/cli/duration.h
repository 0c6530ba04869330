/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "5", "5s", "1.5s", "500ms", "2min", "1h" as milliseconds; a bare number is seconds. For GOption: the option's data is a gint64. */
gboolean strata_duration_parse (const char  *text,
                                gint64      *milliseconds,
                                GError     **error);
/* "12 ms", "1.4 s", "2 min 5 s". */
char    *strata_duration_format (gint64      microseconds);

G_END_DECLS

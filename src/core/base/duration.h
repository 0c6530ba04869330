/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* "5", "5 s", "1.5s", "500ms", "2 min", "1h" as milliseconds; a bare number is seconds. */
gboolean strata_duration_parse   (const char  *text,
                                  gint64      *milliseconds,
                                  GError     **error);
/* "500 ms", "2 min": what is parsed as this again. */
char    *strata_duration_to_text (gint64       milliseconds);
/* "12 ms", "1.4 s", "2 min 5 s". */
char    *strata_duration_format  (gint64       microseconds);

G_END_DECLS

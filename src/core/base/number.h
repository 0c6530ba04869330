/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* Decimal digits from the first character to the last, and a number within the bounds, which may be asked for without
 * being wanted. GLib's g_ascii_string_to_unsigned() fails now and then where it is the first call in the process that reads
 * a number, and another thread registers a type: what its own wait for that leaves in errno counts as a fault of the text. */
gboolean strata_number_parse_unsigned (const char *text,
                                       guint64     least,
                                       guint64     most,
                                       guint64    *number);
/* The same with a sign. */
gboolean strata_number_parse_signed   (const char *text,
                                       gint64      least,
                                       gint64      most,
                                       gint64     *number);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The list is in the order of strcmp(). */
gboolean strata_word_is_in (const char         *word,
                            const char * const *list,
                            gsize               n);

G_END_DECLS

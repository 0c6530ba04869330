/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The width that texts for people keep to. */
#define STRATA_TEXT_WIDTH 80

/* The text in lines of at most so many characters, broken at blanks, but not inside of “quotes”: what stands there is to be
 * typed or found as it is. What cannot be broken is a longer line. Line ends of the text stay. */
GStrv strata_wrap (const char *text,
                   guint       width);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* In bytes. The highlighting of GtkSourceView takes a line as a whole, in the main thread, in a time that grows with the
 * square of its length; beyond two seconds it gives up and crashes. A text with a longer line goes without colours. */
#define STRATA_LONG_LINE 2000

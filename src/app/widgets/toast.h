/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A line that goes away by itself, and is read aloud; the text is no markup. */
void strata_toast_show       (AdwToastOverlay *overlay,
                              const char      *text);

/* One with a button, which does not wait behind others. The target, or NULL, is consumed if it is floating. */
void strata_toast_show_offer (AdwToastOverlay *overlay,
                              const char      *text,
                              const char      *label,
                              const char      *action,
                              GVariant        *target);

G_END_DECLS

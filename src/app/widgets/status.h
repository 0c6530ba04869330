/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What a page has to say instead of its contents; the words are no markup. */
void strata_status_say (AdwStatusPage *page,
                        const char    *icon,
                        const char    *title,
                        const char    *words);

G_END_DECLS

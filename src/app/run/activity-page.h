/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_ACTIVITY_PAGE (strata_activity_page_get_type ())

/* What was run on this database, by whom and how it went: the ledger's runs and those of this window. */
G_DECLARE_FINAL_TYPE (StrataActivityPage, strata_activity_page, STRATA, ACTIVITY_PAGE, AdwBin)

void strata_activity_page_set_session (StrataActivityPage *self,
                                       StrataSession      *session);
/* Selects the run of that name: one of the ledger, or of a job; "" is the newest. */
void strata_activity_page_show_run    (StrataActivityPage *self,
                                       const char         *name);

G_END_DECLS

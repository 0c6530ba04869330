/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/editor/script-checker.h"

G_BEGIN_DECLS

#define STRATA_TYPE_CHECKS_LIST (strata_checks_list_get_type ())

/* What is wrong in one script, a row each. "activated" has the line and the column to go to. */
G_DECLARE_FINAL_TYPE (StrataChecksList, strata_checks_list, STRATA, CHECKS_LIST, GtkWidget)

/* The title is the script's, or NULL where there is only one; the words say what was looked at. */
void strata_checks_list_show (StrataChecksList    *self,
                              StrataScriptChecker *checker,
                              const char          *title,
                              const char          *words);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define STRATA_TYPE_NEW_PROJECT_DIALOG (strata_new_project_dialog_get_type ())

/* Makes a project of SQL revisions and has the window open it (win.open-path). */
G_DECLARE_FINAL_TYPE (StrataNewProjectDialog, strata_new_project_dialog, STRATA, NEW_PROJECT_DIALOG, AdwWindow)

StrataNewProjectDialog *strata_new_project_dialog_new (void);

G_END_DECLS

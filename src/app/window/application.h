/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts the parts together: the process, its windows, and the actions that the parts ask each other for. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define STRATA_APPLICATION_ID "io.github.strata.Strata"

#define STRATA_TYPE_APPLICATION (strata_application_get_type ())

G_DECLARE_FINAL_TYPE (StrataApplication, strata_application, STRATA, APPLICATION, AdwApplication)

StrataApplication *strata_application_new (void);

G_END_DECLS

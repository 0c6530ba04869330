/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_PROFILES_WINDOW (strata_profiles_window_get_type ())

/* All profiles that the session's project sees, those that cannot be read too: make, edit, duplicate, use, remove. */
G_DECLARE_FINAL_TYPE (StrataProfilesWindow, strata_profiles_window, STRATA, PROFILES_WINDOW, AdwWindow)

StrataProfilesWindow *strata_profiles_window_new (StrataSession *session);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_WINDOW (strata_window_get_type ())

G_DECLARE_FINAL_TYPE (StrataWindow, strata_window, STRATA, WINDOW, AdwApplicationWindow)

/* The session may be open and reading already; NULL: a new one, with nothing open. */
StrataWindow  *strata_window_new         (GtkApplication *application,
                                          StrataSession  *session);
void           strata_window_open        (StrataWindow   *self,
                                          const char     *folder,
                                          const char     *profile);
StrataSession *strata_window_get_session (StrataWindow   *self);

/* Folder, profile, width, height, maximized, width of the timeline, view: floating, NULL where nothing is open. */
GVariant      *strata_window_dup_place   (StrataWindow   *self);
void           strata_window_set_place   (StrataWindow   *self,
                                          GVariant       *place);

G_END_DECLS

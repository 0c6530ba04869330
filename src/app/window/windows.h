/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which window shows which project. */

#pragma once

#include "app/window/window.h"

G_BEGIN_DECLS

/* Reads what the first window is to show while GTK itself is not ready yet: a window for the session comes later, with
 * strata_windows_show(). The path is as for strata_windows_open(). */
StrataSession *strata_windows_begin    (const char           *path,
                                        const char           *profile,
                                        const char * const   *variables);
StrataWindow  *strata_windows_show     (GtkApplication       *application,
                                        StrataSession        *session);

/* A folder of a project, or a file in it: the window that has it open is raised, an empty one takes it (first of all the
 * one that asks, which may be NULL), else a new one does. Without a path, a window with the start page. The environment
 * is that of the caller, NULL for this process. */
StrataWindow *strata_windows_open      (GtkApplication       *application,
                                        StrataWindow         *asking,
                                        const char           *path,
                                        const char           *profile,
                                        const char * const   *variables);
/* What was open at the end of the last time: first it is read, then the windows are made. FALSE where nothing was. */
GPtrArray    *strata_windows_recall    (const char * const   *variables);
gboolean      strata_windows_restore   (GtkApplication       *application,
                                        GPtrArray            *recalled);
/* For the next start. Where nothing is open, what was remembered before stays. */
void          strata_windows_remember  (GtkApplication       *application);

G_END_DECLS

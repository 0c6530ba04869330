/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The user's settings, or NULL where the schema is not installed (a build that is run where it was made): then nothing is
 * remembered, and all else works. One for the process. */
GSettings *strata_settings_get            (void);

/* A project that was opened; the newest comes first and the oldest goes. Nothing is written where it is the newest. */
void       strata_settings_add_recent     (const char *folder);
/* Folders that are still there. */
GStrv      strata_settings_dup_recent     (void);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define STRATA_TYPE_ENVIRONMENT_STRIP (strata_environment_strip_get_type ())

/* A band over whatever may change a database that is not for playing: by colour, symbol and words. */
G_DECLARE_FINAL_TYPE (StrataEnvironmentStrip, strata_environment_strip, STRATA, ENVIRONMENT_STRIP, AdwBin)

GtkWidget *strata_environment_strip_new    (void);
/* The environment as StrataProfileEnvironment counts: development, which hides it, staging, production. The detail says
 * which database; NULL: none, which hides it too. The colour, as strata_colour_paint() takes it, may be NULL. */
void       strata_environment_strip_update (StrataEnvironmentStrip *self,
                                            guint                   environment,
                                            const char             *detail,
                                            const char             *colour);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/env/facts.h"
#include "core/project/keys.h"
#include "core/project/settings.h"

G_BEGIN_DECLS

/* What the configuration files say; the kind of the project comes out of it. Fails where the place of the scripts is
 * not said or is not there; anything else that cannot be understood is a finding, and the default stands. */
gboolean strata_settings_read       (StrataSettings          *settings,
                                     StrataProjectKind       *kind,
                                     const StrataKeys        *keys,
                                     const StrataConfigFiles *files,
                                     GPtrArray               *findings,
                                     GError                 **error);
/* What env.py says on top of that. */
void     strata_settings_apply_env  (StrataSettings          *settings,
                                     StrataEnvFacts          *facts,
                                     const StrataEnvWorld    *world,
                                     gpointer                 data,
                                     GPtrArray               *findings);
void     strata_settings_clear      (StrataSettings          *settings);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/alembic/env-reader.h"

G_BEGIN_DECLS

/* Modules of the project by their names. */
StrataEnvModule      *strata_env_load              (StrataEnvReader       *self,
                                                    const char            *name);
/* "a.b.c" draws in "a" and "a.b" too. NULL where the last one is not the project's. */
StrataEnvModule      *strata_env_load_with_parents (StrataEnvReader       *self,
                                                    const char            *name);
/* "from a import b", where "b" may be a module. */
StrataEnvModule      *strata_env_load_submodule    (StrataEnvReader       *self,
                                                    const char            *package,
                                                    const char            *name);
/* "from ..x import y" in "a.b.c" is about "a.x". NULL where that leads out of everything. */
char                 *strata_env_resolve_relative  (const StrataEnvModule *module,
                                                    guint                  level,
                                                    const char            *name);
gboolean              strata_env_is_well_known     (const char            *name);

/* Looks only at what the module imports, which may change the environment. */
void                  strata_env_scan              (StrataEnvReader       *self,
                                                    StrataEnvModule       *module);
gboolean              strata_env_touches_environment (const StrataEnvModule *module);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/env/library.h"
#include "core/env/reader.h"

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

/* A module that does something to others when it is imported is followed at once; of the rest only what they import
 * themselves is gone through. */
void                  strata_env_scan              (StrataEnvReader       *self,
                                                    StrataEnvModule       *module);

G_END_DECLS

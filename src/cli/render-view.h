/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/workspace/render.h"

G_BEGIN_DECLS

/* Statements of renderings (StrataRendering), and what was refused: as text, as JSON, or into a folder. Gives the exit status. */
int strata_show_renderings (GPtrArray      *renderings,
                            StrataDialect   dialect,
                            gboolean        json,
                            const char     *folder,
                            GError        **error);

G_END_DECLS

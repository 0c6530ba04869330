/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/reflect/reflect.h"

G_BEGIN_DECLS

/* Without a scope: all of it, indexes from their texts, and none of those that constraints made. */
gboolean strata_reflect_sqlite     (StrataPicture             *picture,
                                    StrataConnection          *connection,
                                    const StrataReflectScope  *scope,
                                    GCancellable              *cancellable,
                                    GError                   **error);
gboolean strata_reflect_postgresql (StrataPicture             *picture,
                                    StrataConnection          *connection,
                                    const StrataReflectScope  *scope,
                                    GCancellable              *cancellable,
                                    GError                   **error);
gboolean strata_reflect_postgresql_whole (StrataPicture           *picture,
                                          StrataConnection        *connection,
                                          const StrataReflectOwn  *own,
                                          GCancellable            *cancellable,
                                          GError                 **error);
gboolean strata_reflect_sqlite_whole (StrataPicture           *picture,
                                      StrataConnection        *connection,
                                      const StrataReflectOwn  *own,
                                      GCancellable            *cancellable,
                                      GError                 **error);

gboolean strata_reflect_sqlite_rows     (StrataConnection        *connection,
                                         GPtrArray               *facts,
                                         GCancellable            *cancellable,
                                         GError                 **error);
gboolean strata_reflect_postgresql_rows (StrataConnection        *connection,
                                         GPtrArray               *facts,
                                         GCancellable            *cancellable,
                                         GError                 **error);

G_END_DECLS

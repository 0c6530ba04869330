/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* What git would ignore: the rules of one file, above those of the folders around it. Immutable, atomically
 * reference-counted. Paths are relative to the root of the search, with "/" between, "" being the root itself. */
typedef struct _StrataIgnore StrataIgnore;

StrataIgnore *strata_ignore_new     (StrataIgnore *outer,
                                     const char   *folder,
                                     const char   *text);
StrataIgnore *strata_ignore_ref     (StrataIgnore *self);
void          strata_ignore_unref   (StrataIgnore *self);
/* A path inside an ignored folder is ignored too, but that is for the caller to know: it never gets there. */
gboolean      strata_ignore_matches (StrataIgnore *self,
                                     const char   *path,
                                     gboolean      is_folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataIgnore, strata_ignore_unref)

G_END_DECLS

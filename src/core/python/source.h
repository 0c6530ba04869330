/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/finding.h"

G_BEGIN_DECLS

/* The text of a Python file as its lexer wants it: UTF-8 without a byte order mark, whatever the file declares, with
 * "\n" at the end of lines, and a NUL after its last byte. Immutable, atomically reference-counted. */
typedef struct _StrataPySource StrataPySource;

/* Never fails: bytes that can't be read in the declared encoding are replaced, which is a finding. */
StrataPySource *strata_py_source_new        (const char           *path,
                                             const char           *text,
                                             gsize                 length,
                                             GPtrArray            *findings);
StrataPySource *strata_py_source_ref        (StrataPySource       *self);
void            strata_py_source_unref      (StrataPySource       *self);

const char     *strata_py_source_get_path   (const StrataPySource *self);
const char     *strata_py_source_get_text   (const StrataPySource *self);
gsize           strata_py_source_get_length (const StrataPySource *self);
StrataPlace     strata_py_source_get_place  (const StrataPySource *self,
                                             gsize                 offset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataPySource, strata_py_source_unref)

G_END_DECLS

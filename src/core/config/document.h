/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Configuration files as data: ini as Python's ConfigParser reads it, TOML 1.0, and .env files. The readers do no I/O,
 * look at no environment of their own, and say what they did not understand as findings with file, line and column. */

#pragma once

#include "core/config/value.h"

G_BEGIN_DECLS

/* A file that was read. Immutable, atomically reference-counted. */
typedef struct _StrataDocument StrataDocument;

#define STRATA_TYPE_DOCUMENT (strata_document_get_type ())

GType                    strata_document_get_type (void);
StrataDocument          *strata_document_ref      (StrataDocument       *self);
void                     strata_document_unref    (StrataDocument       *self);

const char              *strata_document_get_file (const StrataDocument *self);
/* The table that holds everything. */
const StrataConfigValue *strata_document_get_root (const StrataDocument *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataDocument, strata_document_unref)

G_END_DECLS

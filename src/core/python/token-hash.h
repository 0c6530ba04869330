/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* SHA-256 over the tokens of a file, in hex: comments and layout that mean nothing do not count. Never fails. */
char *strata_py_hash_tokens (const char *text,
                             gsize       length);

G_END_DECLS

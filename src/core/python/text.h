/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/python/slots.h"

G_BEGIN_DECLS

/* The methods of text, by duty: str's own ones, and those that bytes have too. */
Value *strata_py_like              (Machine *py, Value *self, const char *text, gsize length);
Str   *strata_py_same_text         (Machine *py, Value *self, Value *argument);
/* The length of the white space that the text begins with: one character, or none. */
gsize  strata_py_skip_space        (const char *text, gsize length, gboolean is_bytes);
Value *strata_py_encode            (Machine *py, Value *text, Value *encoding);
Value *strata_py_decode            (Machine *py, Value *bytes, Value *encoding);

Value *strata_py_text_strip        (Machine *py, Value *self, Value **arguments);
Value *strata_py_text_lstrip       (Machine *py, Value *self, Value **arguments);
Value *strata_py_text_rstrip       (Machine *py, Value *self, Value **arguments);
Value *strata_py_text_startswith   (Machine *py, Value *self, Value **arguments);
Value *strata_py_text_endswith     (Machine *py, Value *self, Value **arguments);
Value *strata_py_text_removeprefix (Machine *py, Value *self, Value **arguments);
Value *strata_py_text_removesuffix (Machine *py, Value *self, Value **arguments);
Value *strata_py_text_find         (Machine *py, Value *self, Value **arguments);
Value *strata_py_text_rfind        (Machine *py, Value *self, Value **arguments);
Value *strata_py_text_index        (Machine *py, Value *self, Value **arguments);
Value *strata_py_text_rindex       (Machine *py, Value *self, Value **arguments);
Value *strata_py_text_count        (Machine *py, Value *self, Value **arguments);

Value *strata_py_text_join         (Machine *py, Value *self, Value **arguments);
Value *strata_py_text_partition    (Machine *py, Value *self, Value **arguments);
Value *strata_py_text_rpartition   (Machine *py, Value *self, Value **arguments);
Value *strata_py_text_replace      (Machine *py, Value *self, Value **arguments);
Value *strata_py_text_split        (Machine *py, Value *self, Value **arguments);
Value *strata_py_text_rsplit       (Machine *py, Value *self, Value **arguments);
Value *strata_py_text_splitlines   (Machine *py, Value *self, Value **arguments);

Value *strata_py_text_center       (Machine *py, Value *self, Value **arguments);
Value *strata_py_text_ljust        (Machine *py, Value *self, Value **arguments);
Value *strata_py_text_rjust        (Machine *py, Value *self, Value **arguments);
Value *strata_py_text_zfill        (Machine *py, Value *self, Value **arguments);
Value *strata_py_str_expandtabs    (Machine *py, Value *self, Value **arguments);
Value *strata_py_str_lower         (Machine *py, Value *self, Value **arguments);
Value *strata_py_str_upper         (Machine *py, Value *self, Value **arguments);
Value *strata_py_str_title         (Machine *py, Value *self, Value **arguments);
Value *strata_py_str_capitalize    (Machine *py, Value *self, Value **arguments);
Value *strata_py_str_swapcase      (Machine *py, Value *self, Value **arguments);
Value *strata_py_str_translate     (Machine *py, Value *self, Value **arguments);
Value *strata_py_str_maketrans     (Machine *py, Value *self, Value **arguments);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/python/slots.h"

G_BEGIN_DECLS

/* The parts of Python's library that scripts use: their functions, and what fills in the rest. */
extern const StrataPyNative strata_py_abc_functions[];
extern const StrataPyNative strata_py_base64_functions[];
extern const StrataPyNative strata_py_collections_functions[];
extern const StrataPyNative strata_py_contextlib_functions[];
extern const StrataPyNative strata_py_copy_functions[];
extern const StrataPyNative strata_py_dataclass_functions[];
extern const StrataPyNative strata_py_enum_functions[];
extern const StrataPyNative strata_py_functools_functions[];
extern const StrataPyNative strata_py_hashlib_functions[];
extern const StrataPyNative strata_py_itertools_functions[];
extern const StrataPyNative strata_py_json_functions[];
extern const StrataPyNative strata_py_logging_functions[];
extern const StrataPyNative strata_py_math_functions[];
extern const StrataPyNative strata_py_operator_functions[];
extern const StrataPyNative strata_py_os_functions[];
extern const StrataPyNative strata_py_path_functions[];
extern const StrataPyNative strata_py_random_functions[];
extern const StrataPyNative strata_py_re_functions[];
extern const StrataPyNative strata_py_secrets_functions[];
extern const StrataPyNative strata_py_structlog_functions[];
extern const StrataPyNative strata_py_sys_functions[];
extern const StrataPyNative strata_py_textwrap_functions[];
extern const StrataPyNative strata_py_time_functions[];
extern const StrataPyNative strata_py_typing_functions[];
extern const StrataPyNative strata_py_uuid_functions[];
extern const StrataPyNative strata_py_warnings_functions[];

void   strata_py_fill_collections (Machine *py, Value *module);
void   strata_py_fill_datetime  (Machine *py, Value *module);
void   strata_py_fill_decimal   (Machine *py, Value *module);
void   strata_py_fill_enum      (Machine *py, Value *module);
void   strata_py_fill_functools (Machine *py, Value *module);
void   strata_py_fill_itertools (Machine *py, Value *module);
void   strata_py_fill_json      (Machine *py, Value *module);
void   strata_py_fill_logging   (Machine *py, Value *module);
void   strata_py_fill_loguru    (Machine *py, Value *module);
void   strata_py_fill_math      (Machine *py, Value *module);
void   strata_py_fill_os        (Machine *py, Value *module);
void   strata_py_fill_re        (Machine *py, Value *module);
void   strata_py_fill_string    (Machine *py, Value *module);
void   strata_py_fill_sys       (Machine *py, Value *module);
void   strata_py_fill_typing    (Machine *py, Value *module);
void   strata_py_fill_uuid      (Machine *py, Value *module);

/* What "with" enters and leaves, and nothing happens. The value is what "as" names. */
Value *strata_py_null_context   (Machine *py, Value *value);

/* typing.NamedTuple */
Class *strata_py_named_tuple_base (Machine *py);
Value *strata_py_json_loads     (Machine *py, Value *module, Value **arguments);

G_END_DECLS

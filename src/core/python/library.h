/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/python/slots.h"

G_BEGIN_DECLS

/* The parts of Python's library that scripts use. Each file gives the functions of a module and what fills the rest. */
extern const StrataPyNative strata_py_enum_functions[];
void strata_py_fill_enum (Machine *py, Value *module);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/python/operate.h"

G_BEGIN_DECLS

/* What builtin classes can do beyond what operators know of their layout. */
extern const StrataPySlots strata_py_object_slots;
extern const StrataPySlots strata_py_type_slots;
extern const StrataPySlots strata_py_bool_slots;
extern const StrataPySlots strata_py_int_slots;
extern const StrataPySlots strata_py_float_slots;
extern const StrataPySlots strata_py_str_slots;
extern const StrataPySlots strata_py_bytes_slots;
extern const StrataPySlots strata_py_list_slots;
extern const StrataPySlots strata_py_tuple_slots;
extern const StrataPySlots strata_py_dict_slots;
extern const StrataPySlots strata_py_set_slots;
extern const StrataPySlots strata_py_frozenset_slots;
extern const StrataPySlots strata_py_range_slots;
extern const StrataPySlots strata_py_slice_slots;
extern const StrataPySlots strata_py_property_slots;
extern const StrataPySlots strata_py_static_method_slots;
extern const StrataPySlots strata_py_class_method_slots;
extern const StrataPySlots strata_py_super_slots;
extern const StrataPySlots strata_py_exception_slots;
extern const StrataPySlots strata_py_generator_slots;
extern const StrataPySlots strata_py_view_slots;

/* The tables of builtin functions, by file. */
extern const StrataPyNative strata_py_sequence_functions[];
extern const StrataPyNative strata_py_object_functions[];
extern const StrataPyNative strata_py_text_functions[];

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/python/operate.h"

G_BEGIN_DECLS

/* Code at work. */
typedef struct _Activation Activation;
typedef struct _Loops Loops;

Scope      *strata_py_scope          (Machine *py, const StrataPyNode *node);
Scope      *strata_py_scope_of_body  (Machine *py, gconstpointer key, StrataPyList body);

Frame      *strata_py_new_frame      (Machine *py, FrameKind kind, Module *module, Frame *outer, const Scope *scope);
Value      *strata_py_load_name      (Machine *py, Frame *frame, const char *name);
gboolean    strata_py_store_name     (Machine *py, Frame *frame, const char *name, Value *value);
gboolean    strata_py_delete_name    (Machine *py, Frame *frame, const char *name);

Value      *strata_py_evaluate       (Machine *py, Frame *frame, const StrataPyNode *node);
gboolean    strata_py_assign         (Machine *py, Frame *frame, const StrataPyNode *target, Value *value);
gboolean    strata_py_delete         (Machine *py, Frame *frame, const StrataPyNode *target);
gboolean    strata_py_augment        (Machine *py, Frame *frame, const StrataPyNode *node, Value *value);
Value      *strata_py_evaluate_call  (Machine *py, Frame *frame, const StrataPyNode *node);
Value      *strata_py_comprehend     (Machine *py, Frame *frame, const StrataPyNode *node);
Value      *strata_py_formatted      (Machine *py, Frame *frame, const StrataPyNode *node);
Value      *strata_py_define_function (Machine *py, Frame *frame, const StrataPyNode *node);
Value      *strata_py_define_class   (Machine *py, Frame *frame, const StrataPyNode *node);
gboolean    strata_py_import         (Machine *py, Frame *frame, const StrataPyNode *node);
/* One that the host has; NULL without failure: it has none of that name. */
Value      *strata_py_host_module    (Machine *py, const char *name);
Value      *strata_py_import_module  (Machine *py, const char *name);
Value      *strata_py_machine_run_module (Machine *py, const char *name, StrataPyTree *tree, gboolean is_package);
/* A part of Python's library, made when it is asked for; NULL without failure: not one that is known. */
Value      *strata_py_library_module (Machine *py, const char *name);
/* 1: matches, and what it captures is bound. */
int         strata_py_match_pattern  (Machine *py, Frame *frame, const StrataPyNode *pattern, Value *subject);

/* Runs to the end: the value that it returns, None without one. */
Value      *strata_py_run_body       (Machine *py, Frame *frame, StrataPyList body);
Activation *strata_py_new_activation (Machine *py, Frame *frame, StrataPyList body);
/* To the next yield, which tells its value, or to the end: then NULL, and the result is in *returned. A value that is sent
 * becomes that of the yield, an exception is raised there. */
Value      *strata_py_resume         (Machine *py, Activation *activation, Value *sent, Value *thrown, Value **returned);
gboolean    strata_py_has_cleanup    (const Activation *activation);
Value      *strata_py_new_generator  (Machine *py, Frame *frame, StrataPyList body);
Value      *strata_py_new_lazy       (Machine *py, Loops *loops);
Value      *strata_py_generator_send (Machine *py, Value *generator, Value *sent, Value *thrown, Value **returned);
gboolean    strata_py_generator_is_open (Value *value);
/* The next element of a comprehension. */
Value      *strata_py_loops_next     (Machine *py, Loops *loops);

/* with and try, for whom the manager may be of any kind. */
Value      *strata_py_enter_manager  (Machine *py, Value *manager);
int         strata_py_leave_manager  (Machine *py, Value *manager, Value *exception);

/* 1: the handler's type fits the exception. */
int         strata_py_catches        (Machine *py, Value *type, Value *exception);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The library alembic_utils, as scripts see it: entities of PostgreSQL that know the statements which make and drop them. */

#pragma once

#include "core/alembic/directive.h"

G_BEGIN_DECLS

/* NULL without failure: none of that name. */
StrataPyValue *strata_utils_find_module   (StrataPyMachine *py, const char *name);
/* Raises the exception of alembic_utils.exceptions of that name. Returns NULL. */
gpointer       strata_utils_raise         (StrataPyMachine *py, const char *exception, const char *format,
                                           ...) G_GNUC_PRINTF (3, 4);
gpointer       strata_utils_raise_missing (StrataPyMachine *py);   /* NotImplementedError */

/* What the library does to texts. All new. */
char          *strata_utils_normalize     (const char *text);
char          *strata_utils_strip         (const char *text);
char          *strata_utils_strip_end     (const char *text);      /* semicolons too */
char          *strata_utils_quote         (const char *text);
char          *strata_utils_unquote       (const char *text);
/* For text(), which takes what follows a colon for a parameter. */
char          *strata_utils_escape        (const char *text, gboolean is_plpgsql);
gboolean       strata_utils_is_plpgsql    (const char *definition);

/* White space as Python has it, in patterns. */
#define STRATA_UTILS_SPACE \
  "[\\s\\x1c-\\x1f\\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}]+"

/* The whole and the groups of a pattern that the text as a whole matches. NULL: it does not, or it failed. */
char         **strata_utils_match         (StrataPyMachine *py, const char *pattern, const char *text);

/* Of an entity that has it. NULL: failed. */
const char    *strata_utils_get_text      (StrataPyMachine *py, StrataPyValue *entity, const char *attribute);

/* By class. */
StrataPyValue *strata_utils_new_extension (StrataPyMachine *py, StrataPyValue *class, StrataPyValue **arguments);
StrataPyValue *strata_utils_new_function  (StrataPyMachine *py, StrataPyValue *class, StrataPyValue **arguments);
StrataPyValue *strata_utils_new_grant     (StrataPyMachine *py, StrataPyValue *class, StrataPyValue **arguments);
StrataPyValue *strata_utils_new_materialized_view (StrataPyMachine *py, StrataPyValue *class, StrataPyValue **arguments);
StrataPyValue *strata_utils_new_policy    (StrataPyMachine *py, StrataPyValue *class, StrataPyValue **arguments);
StrataPyValue *strata_utils_new_trigger   (StrataPyMachine *py, StrataPyValue *class, StrataPyValue **arguments);
StrataPyValue *strata_utils_new_view      (StrataPyMachine *py, StrataPyValue *class, StrataPyValue **arguments);
StrataPyValue *strata_utils_entity_attribute (StrataPyMachine *py, StrataPyValue *self, const char *name);

extern const StrataPyNative strata_utils_extension_methods[];
extern const StrataPyNative strata_utils_function_methods[];
extern const StrataPyNative strata_utils_grant_methods[];
extern const StrataPyNative strata_utils_materialized_view_methods[];
extern const StrataPyNative strata_utils_policy_methods[];
extern const StrataPyNative strata_utils_trigger_methods[];
extern const StrataPyNative strata_utils_view_methods[];

/* from_sql() */
extern const StrataPyNative strata_utils_entity_readers[];
extern const StrataPyNative strata_utils_function_readers[];
extern const StrataPyNative strata_utils_materialized_view_readers[];
extern const StrataPyNative strata_utils_policy_readers[];
extern const StrataPyNative strata_utils_trigger_readers[];
extern const StrataPyNative strata_utils_view_readers[];

G_END_DECLS

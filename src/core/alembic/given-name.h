/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/python/machine.h"

G_BEGIN_DECLS

/* What [strata:names] says that a dotted name means: a type's SQL, a constant of Python, or nothing, which is a function that does
 * nothing. The names are pairs, NULL-terminated; or NULL. NULL without failure: it says nothing of this one. */
StrataPyValue *strata_given_name_find (StrataPyMachine    *py,
                                       const char * const *names,
                                       const char         *dotted_name);

G_END_DECLS

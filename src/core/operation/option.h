/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/expression/expression.h"

G_BEGIN_DECLS

/* A keyword that only one server knows. Only the field that the keyword has is set. */
typedef struct
{
  const char             *name;         /* "postgresql_using" */
  const char             *text;
  gboolean                flag;         /* a boolean */
  const char * const     *words;        /* a list; or name, value, name, value of a map */
  const StrataExpression *expression;   /* a condition; a string that is one comes as text() */
} StrataOption;

/* NULL where the option is not there. */
const StrataOption *strata_options_find     (const StrataOption * const *options,
                                             const char                 *name);
const char         *strata_options_get_text (const StrataOption * const *options,
                                             const char                 *name);
gboolean            strata_options_get_flag (const StrataOption * const *options,
                                             const char                 *name);

G_END_DECLS

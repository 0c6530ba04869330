/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/env/value-private.h"

G_BEGIN_DECLS

#define STRATA_ENV_LONGEST_TEXT 65536

/* What a value comes to: one of the literals, STOP or UNKNOWN, with its text. */
typedef struct
{
  StrataEnvOp           op;
  char                 *text;     /* of NUMBER and TEXT; owned */
  const StrataEnvValue *origin;   /* the literal that it is, or who is to blame */
} StrataEnvResult;

typedef struct
{
  const StrataEnvWorld *world;
  gpointer              data;
  GPtrArray            *used;
  guint                 n_steps;
} StrataEnvEvaluation;

StrataEnvResult  strata_env_result_new      (StrataEnvOp            op,
                                             const StrataEnvValue  *origin);
StrataEnvResult  strata_env_result_new_text (const StrataEnvValue  *value,
                                             char                  *text);
StrataEnvResult  strata_env_result_new_flag (const StrataEnvValue  *value,
                                             gboolean               is_true);
void             strata_env_result_clear    (StrataEnvResult       *result);
/* Whether it is a value at all. */
gboolean         strata_env_result_is_value (const StrataEnvResult *result);
/* As str() writes it; nobody wants "None" in a URL, so that is a value which is missing: NULL. */
const char      *strata_env_result_get_text (const StrataEnvResult *result);

StrataEnvResult  strata_env_evaluate_value  (StrataEnvEvaluation   *self,
                                             const StrataEnvValue  *value);
/* What lies outside: variables, files, entries of the ini. */
StrataEnvResult  strata_env_evaluate_leaf   (StrataEnvEvaluation   *self,
                                             const StrataEnvValue  *value);
StrataEnvResult  strata_env_evaluate_interpolate (StrataEnvEvaluation  *self,
                                             const StrataEnvValue  *value);
StrataEnvResult  strata_env_evaluate_from   (StrataEnvEvaluation   *self,
                                             const StrataEnvValue  *value);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataEnvResult, strata_env_result_clear)

G_END_DECLS

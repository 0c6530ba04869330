/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is known of a value in a condition: a number, a text, or which of NULL, true and false it can be. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What something can turn out to be. */
typedef enum
{
  STRATA_OUTCOME_NULL  = 1 << 0,
  STRATA_OUTCOME_TRUE  = 1 << 1,
  STRATA_OUTCOME_FALSE = 1 << 2,
  STRATA_OUTCOME_ANY   = STRATA_OUTCOME_NULL | STRATA_OUTCOME_TRUE | STRATA_OUTCOME_FALSE,
} StrataOutcome;

typedef enum
{
  STRATA_CONSTANT_NONE,     /* the outcomes are all that is known: of something unknown any of them, of NULL that one */
  STRATA_CONSTANT_NUMBER,
  STRATA_CONSTANT_TEXT,
} StrataConstantKind;

typedef struct
{
  StrataConstantKind kind;
  StrataOutcome      outcomes;
  double             number;    /* exact */
  guint              scale;     /* digits that it has after its point */
  const char        *text;
} StrataConstant;

StrataConstant strata_constant_of_outcomes  (StrataOutcome         outcomes);
gboolean       strata_constant_is_null      (const StrataConstant *self);
/* As a condition: SQLite takes any number for one. */
StrataOutcome  strata_constant_get_outcomes (const StrataConstant *self);
StrataOutcome  strata_constant_compare      (const StrataConstant *one,
                                             const char           *operator,
                                             const StrataConstant *other);
/* "12", "-0.50"; FALSE: it is none, or not exact here. */
gboolean       strata_constant_read_number  (const char           *text,
                                             StrataConstant       *value);
/* TRUE: PostgreSQL's cast to that type changes nothing of the value, and never fails. */
gboolean       strata_constant_cast         (const char           *type,
                                             StrataConstant       *value);

StrataOutcome  strata_outcome_of            (gboolean              is_true);
StrataOutcome  strata_outcome_negate        (StrataOutcome         outcomes);
StrataOutcome  strata_outcome_and           (StrataOutcome         one,
                                             StrataOutcome         other);
StrataOutcome  strata_outcome_or            (StrataOutcome         one,
                                             StrataOutcome         other);

G_END_DECLS

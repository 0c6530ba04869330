/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/operation/constraint.h"

G_BEGIN_DECLS

/* What a script may leave unsaid. */
typedef enum
{
  STRATA_UNSAID,
  STRATA_YES,
  STRATA_NO,
} StrataAnswer;

typedef enum
{
  STRATA_AUTOINCREMENT_AUTO,       /* where the only integer of a primary key is no foreign key */
  STRATA_AUTOINCREMENT_IGNORE_FK,
  STRATA_AUTOINCREMENT_YES,
  STRATA_AUTOINCREMENT_NO,
} StrataAutoincrement;

/* Of an identity or a sequence; numbers as text, NULL where unsaid. */
typedef struct
{
  gboolean      is_always;
  const char   *start;
  const char   *increment;
  const char   *minvalue;
  const char   *maxvalue;
  gboolean      has_no_minvalue;
  gboolean      has_no_maxvalue;
  const char   *cache;
  StrataAnswer  cycles;
} StrataIdentity;

typedef struct
{
  const StrataExpression *expression;
  StrataAnswer            is_persisted;
} StrataComputed;

typedef struct
{
  const char                       *name;
  const StrataType                 *type;
  StrataAnswer                      nullable;
  gboolean                          is_primary_key;
  StrataAutoincrement               autoincrement;
  gboolean                          has_python_default;   /* default=, a sequence among them: no SERIAL then */
  gboolean                          has_fetched_value;    /* FetchedValue(): a default, but none to print */
  const StrataExpression           *server_default;       /* a Python string is a value, text() an expression */
  const StrataIdentity             *identity;
  const StrataComputed             *computed;
  gboolean                          has_index;            /* index=True */
  gboolean                          is_unique;            /* unique=True */
  const char                       *comment;
  const StrataConstraint * const   *constraints;          /* ForeignKey() and CheckConstraint() in the column */
  const StrataOption * const       *options;
} StrataColumn;

G_END_DECLS

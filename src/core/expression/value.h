/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* What a script bound to a statement, as Python had it. */
typedef enum
{
  STRATA_VALUE_NULL,
  STRATA_VALUE_BOOLEAN,
  STRATA_VALUE_INTEGER,
  STRATA_VALUE_FLOAT,
  STRATA_VALUE_DECIMAL,
  STRATA_VALUE_STRING,
  STRATA_VALUE_BYTES,
  STRATA_VALUE_DATE,
  STRATA_VALUE_DATETIME,
  STRATA_VALUE_TIME,
  STRATA_VALUE_INTERVAL,
  STRATA_VALUE_UUID,
  STRATA_VALUE_LIST,
  STRATA_VALUE_MAP,
  STRATA_VALUE_UNSET,        /* a parameter without a value */
} StrataValueKind;

typedef struct _StrataValue StrataValue;

struct _StrataValue
{
  StrataValueKind            kind;
  gboolean                   truth;    /* of a boolean */
  /* Numbers as Python's str() has them, dates and times as isoformat(), intervals in seconds, UUIDs with hyphens. */
  const char                *text;
  gsize                      length;   /* of bytes */
  const char                *json;     /* lists and maps, and what else is bound to a JSON column: json.dumps() */
  const StrataValue * const *items;    /* of a list, NULL-terminated */
};

G_END_DECLS

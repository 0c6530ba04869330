/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* In the order in which a dump has them where nothing else decides. */
typedef enum
{
  STRATA_OBJECT_SCHEMA,
  STRATA_OBJECT_EXTENSION,
  STRATA_OBJECT_COLLATION,
  STRATA_OBJECT_ENUM,
  STRATA_OBJECT_DOMAIN,
  STRATA_OBJECT_COMPOSITE,
  STRATA_OBJECT_RANGE,
  STRATA_OBJECT_SEQUENCE,           /* not of an identity column: that is the column's */
  STRATA_OBJECT_ROUTINE,            /* function or procedure */
  STRATA_OBJECT_AGGREGATE,
  STRATA_OBJECT_TABLE,
  STRATA_OBJECT_PRIMARY_KEY,
  STRATA_OBJECT_UNIQUE,
  STRATA_OBJECT_CHECK,
  STRATA_OBJECT_EXCLUSION,
  STRATA_OBJECT_INDEX,              /* not of a constraint: that is the constraint's */
  STRATA_OBJECT_VIEW,
  STRATA_OBJECT_MATERIALIZED_VIEW,
  STRATA_OBJECT_FOREIGN_KEY,
  STRATA_OBJECT_STATISTICS,
  STRATA_OBJECT_RULE,
  STRATA_OBJECT_TRIGGER,
  STRATA_OBJECT_POLICY,
  STRATA_OBJECT_DEFAULT_PRIVILEGES, /* of what a role will make: compared and dumped on request only */
  STRATA_N_OBJECT_KINDS,
} StrataObjectKind;

/* "materialized view": for people, and in JSON. */
const char *strata_object_kind_get_name     (StrataObjectKind kind);
/* TRUE for what hangs on a table. */
gboolean    strata_object_kind_is_of_table  (StrataObjectKind kind);
gboolean    strata_object_kind_is_constraint (StrataObjectKind kind);

G_END_DECLS

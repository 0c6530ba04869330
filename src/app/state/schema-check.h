/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/state/compare-job.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_SCHEMA_DRIFT,        /* what the database's own revisions say, and the database */
  STRATA_SCHEMA_DECLARED,     /* the database, and the declared schema or the models */
  STRATA_N_SCHEMA_CHECKS,
} StrataSchemaCheckKind;

typedef enum
{
  STRATA_SCHEMA_UNKNOWN,      /* nobody has asked, or it was before something changed */
  STRATA_SCHEMA_BUSY,
  STRATA_SCHEMA_SAME,
  STRATA_SCHEMA_DIFFERS,
  STRATA_SCHEMA_FAILED,
} StrataSchemaState;

#define STRATA_TYPE_SCHEMA_CHECK (strata_schema_check_get_type ())

/* Whether the schema is what it should be, as far as somebody has asked: an answer lasts as long as the snapshot that it was
 * asked about. "changed" when one comes or goes. */
G_DECLARE_FINAL_TYPE (StrataSchemaCheck, strata_schema_check, STRATA, SCHEMA_CHECK, GObject)

/* The session's own; borrowed. */
StrataSchemaCheck *strata_schema_check_of        (StrataSession         *session);
/* Agreed: to scratch work, where a profile says that it is to be asked about. */
void               strata_schema_check_ask       (StrataSchemaCheck     *self,
                                                  StrataSchemaCheckKind  kind,
                                                  gboolean               agreed);
/* Somebody else has compared just that. */
void               strata_schema_check_take      (StrataSchemaCheck     *self,
                                                  StrataSchemaCheckKind  kind,
                                                  StrataDifferences     *differences);
StrataSchemaState  strata_schema_check_get_state (StrataSchemaCheck     *self,
                                                  StrataSchemaCheckKind  kind);
/* How many differences there are. */
guint              strata_schema_check_get_n     (StrataSchemaCheck     *self,
                                                  StrataSchemaCheckKind  kind);
/* What the first one of them is, or NULL. */
const char        *strata_schema_check_get_first (StrataSchemaCheck     *self,
                                                  StrataSchemaCheckKind  kind);
/* Why it failed. */
const GError      *strata_schema_check_get_error (StrataSchemaCheck     *self,
                                                  StrataSchemaCheckKind  kind);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* Where something stands: lines and columns count from 1, in characters; 0 is "not known", a NULL file is "no file". */
typedef struct
{
  const char *file;
  guint       line;
  guint       column;
} StrataPlace;

char *strata_place_to_string (StrataPlace place);

typedef enum
{
  STRATA_SEVERITY_NOTE,
  STRATA_SEVERITY_WARNING,
  STRATA_SEVERITY_ERROR,     /* what it is about can't be used; the rest can */
} StrataSeverity;

/* Something that a person should know about a file of the project. Immutable, atomically reference-counted. */
typedef struct _StrataFinding StrataFinding;

#define STRATA_TYPE_FINDING (strata_finding_get_type ())

GType           strata_finding_get_type     (void);
StrataFinding  *strata_finding_new          (StrataSeverity       severity,
                                             const char          *code,
                                             StrataPlace          place,
                                             const char          *hint,
                                             const char          *format,
                                             ...) G_GNUC_PRINTF (5, 6);
/* Of an error whose text begins with a place in the file, "file:line:column: ...". */
StrataFinding  *strata_finding_new_from_error (const char         *code,
                                             const char           *file,
                                             const GError         *error);
StrataFinding  *strata_finding_ref          (StrataFinding       *self);
void            strata_finding_unref        (StrataFinding       *self);
StrataSeverity  strata_finding_get_severity (const StrataFinding *self);
const char     *strata_severity_get_name    (StrataSeverity       severity);
const char     *strata_finding_get_code     (const StrataFinding *self);
StrataPlace     strata_finding_get_place    (const StrataFinding *self);
const char     *strata_finding_get_message  (const StrataFinding *self);
const char     *strata_finding_get_hint     (const StrataFinding *self);
char           *strata_finding_to_string    (const StrataFinding *self);
int             strata_finding_compare      (const StrataFinding *a,
                                             const StrataFinding *b);

/* A list of findings as the readers fill it: elements are StrataFinding, owned. */
GPtrArray      *strata_findings_new         (void);
guint           strata_findings_count       (GPtrArray           *findings,
                                             StrataSeverity       at_least);
/* By their places. */
void            strata_findings_sort        (GPtrArray           *findings);
/* Whether one of the first n says the same. */
gboolean        strata_findings_contain     (GPtrArray           *findings,
                                             guint                n,
                                             const StrataFinding *finding);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataFinding, strata_finding_unref)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/workspace/workspace.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_TEST_ANSWERS,
  STRATA_TEST_NOT_THERE_YET,   /* a SQLite file that the first upgrade makes */
  STRATA_TEST_FAILS,
} StrataTestOutcome;

/* What came of trying a profile, for a person. */
typedef struct
{
  StrataTestOutcome  outcome;
  char              *title;
  char              *detail;
} StrataProfileTest;

void               strata_profile_test_free   (StrataProfileTest    *self);

/* Connects, reads, changes nothing. A password that was typed comes before all others; else the one that is kept for the
 * profile as it was before it was edited (may be NULL) counts. Fails only where it was cancelled. */
void               strata_profile_test_async  (StrataProfile        *profile,
                                               StrataProfile        *original,
                                               const char           *password,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
StrataProfileTest *strata_profile_test_finish (GAsyncResult         *result,
                                               GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataProfileTest, strata_profile_test_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/profiles/profile-test.h"

G_BEGIN_DECLS

#define STRATA_TYPE_TEST_ROW (strata_test_row_get_type ())

/* A button that asks for a test by its "test-action", and what came of it: by symbol and words. */
G_DECLARE_FINAL_TYPE (StrataTestRow, strata_test_row, STRATA, TEST_ROW, AdwActionRow)

/* As strata_profile_test_async(). */
void strata_test_row_run   (StrataTestRow *self,
                            StrataProfile *profile,
                            StrataProfile *original,
                            const char    *password);
/* What is known does not hold any more, and what is under way is not wanted. */
void strata_test_row_reset (StrataTestRow *self);

G_END_DECLS

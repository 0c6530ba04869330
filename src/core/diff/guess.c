/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What may have been renamed: what was removed beside what was added, by how alike they are. */

#include "config.h"

#include "core/diff/diff-private.h"

const GPtrArray *
strata_diff_get_guesses (const StrataDiff *self)
{
  return self->guesses;
}

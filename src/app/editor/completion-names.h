/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/names/name-spot.h"

G_BEGIN_DECLS

/* Which names fit into a literal of Python that is being written. The text ends where the name begins; the literal is a place
 * in it, at its quote. */
void strata_completion_names_find (StrataNameSpot *self,
                                   const char     *before,
                                   const char     *literal);

G_END_DECLS

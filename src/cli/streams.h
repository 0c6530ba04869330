/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Before anything is opened. What of the output could not be written ends the program with status 1. */
void strata_streams_init          (void);
/* A run is not given up because nobody reads any more what it says. */
void strata_streams_outlive_reader (void);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/workspace/workspace.h"

G_BEGIN_DECLS

/* A database that cannot be reached, in a few words; the detail is the sentence of the error itself, which says where and
 * what the server said. */
const char *strata_connection_words_get_title  (const GError *error);
char       *strata_connection_words_dup_detail (const GError *error);
/* A password may help: the server refused without one, or did not like the one it got. */
gboolean    strata_connection_words_is_login   (const GError *error);
/* "A standby: it can only be read"; NULL where there is nothing to say. */
char       *strata_connection_words_dup_traits (StrataConnectionTraits traits);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* A new revision file's name without its suffix, by Alembic's file_template: Python's %-format with rev, slug, epoch,
 * year, month, day, hour, minute and second. Fails with STRATA_ERROR_BAD_INPUT where the template is not understood.
 * */
char *strata_file_name_format (const char  *file_template,
                               const char  *rev_id,
                               const char  *slug,
                               GDateTime   *created,
                               GError     **error);
/* The words of a message joined by "_", in lower case, cut behind the last whole word that fits. */
char *strata_file_name_slug   (const char  *message,
                               guint        longest);

G_END_DECLS

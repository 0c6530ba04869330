/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A folder in the user's cache: files that can be made again, of which the oldest go when there are too many. */
typedef struct
{
  const char *name;
  guint       most_files;
  gsize       most_bytes;   /* of all of them */
} StrataCacheFolder;

char *strata_cache_folder_dup_path (const StrataCacheFolder *self,
                                    const char              *name);
/* That it cannot be kept is no error: it is only slower the next time. */
void  strata_cache_folder_keep     (const StrataCacheFolder *self,
                                    const char              *name,
                                    const char              *text,
                                    gsize                    length);

G_END_DECLS

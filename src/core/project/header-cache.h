/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/revision/revision.h"

G_BEGIN_DECLS

/* What the files of a large project said when they were read, for the next time. As in git's index, a file is as it was
 * while its place on the disk, its size and its times are, to the nanosecond; one that was changed just before it was read
 * could change again within the same tick of a clock, and is not kept. Only files are kept that gave a revision and nothing
 * to complain of. */
typedef struct _StrataHeaderCache StrataHeaderCache;

/* Less files than this are read as fast. */
#define STRATA_HEADER_CACHE_LEAST 1000

/* A file as it was found; times in nanoseconds since 1970. */
typedef struct
{
  guint64 device;
  guint64 inode;
  gint64  size;
  gint64  modified;
  gint64  changed;
} StrataFileState;

/* A revision to keep, and its file's state before it was read. */
typedef struct
{
  StrataRevision  *revision;     /* borrowed */
  StrataFileState  state;
} StrataKeptHeader;

gboolean           strata_file_state_read    (const char              *path,
                                              StrataFileState         *state);

/* Of the project with these version locations; NULL where nothing is known of it. */
StrataHeaderCache *strata_header_cache_open  (const char * const      *locations);
void               strata_header_cache_free  (StrataHeaderCache       *self);
/* New, or NULL where the file has to be read. From any thread. */
StrataRevision    *strata_header_cache_find  (const StrataHeaderCache *self,
                                              const char              *path,
                                              const StrataFileState   *state);
/* Elements are StrataKeptHeader. So many of them were found here, the others read from this time on (microseconds since
 * 1970); nothing is written for a few. */
void               strata_header_cache_keep  (const char * const      *locations,
                                              const GArray            *headers,
                                              guint                    n_found,
                                              gint64                   began);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataHeaderCache, strata_header_cache_free)

G_END_DECLS

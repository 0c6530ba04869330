/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which tables and columns are there at a revision, by what the scripts before it say: read from files alone, and nothing
 * runs. */

#pragma once

#include "core/names/name-check.h"
#include "core/schema/picture.h"
#include "core/workspace/script-mentions.h"

G_BEGIN_DECLS

/* What each revision of a project mentions in its upgrade. Immutable, atomically reference-counted. */
typedef struct _StrataKnownNames StrataKnownNames;

/* Reads them, so many files at a time; of those that are as they were, what was known before (or NULL) is taken over. */
typedef struct _StrataKnownNamesReader StrataKnownNamesReader;

StrataKnownNamesReader *strata_known_names_begin  (StrataProject          *project,
                                                   StrataDialect           dialect,
                                                   StrataKnownNames       *before);
/* NULL: there is more to be read. Frees the reader where it is not. */
StrataKnownNames       *strata_known_names_read   (StrataKnownNamesReader *reader,
                                                   guint                   n_files);
void                    strata_known_names_reader_free (StrataKnownNamesReader *reader);

/* The same files, and a database in which those rows are (strata_workspace_read_tables()): before a revision that is not in it, what it has is
 * there too, whoever made it. Of what it has not, nothing is concluded. */
StrataKnownNames       *strata_known_names_new_with_database (StrataKnownNames   *files,
                                                   StrataPicture          *picture,
                                                   const char * const     *rows);
StrataKnownNames       *strata_known_names_ref    (StrataKnownNames       *self);
void                    strata_known_names_unref  (StrataKnownNames       *self);
/* Files that were read, not taken over: for tests. */
guint                   strata_known_names_get_n_read (StrataKnownNames   *self);
/* What is there before the revision of that file runs; NULL: there is none of it. */
StrataCatalogue        *strata_known_names_before (StrataKnownNames       *self,
                                                   const char             *path);
/* Reads scripts of the project as those were read. */
StrataMentionReader    *strata_known_names_new_reader (StrataKnownNames   *self);
/* All scripts of the project. */
void                    strata_known_names_check_all (StrataKnownNames    *self,
                                                   GPtrArray              *findings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataKnownNames, strata_known_names_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataKnownNamesReader, strata_known_names_reader_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/schema/picture.h"

G_BEGIN_DECLS

/* What only the text of a CREATE TABLE says: the pragmas are silent on names, checks, collations and conflicts. */
typedef struct
{
  GPtrArray        *columns;           /* StrataPictureColumn*: name, collation, computed, on_conflict, autoincrement */
  StrataPictureKey *primary_key;       /* NULL: none */
  GPtrArray        *uniques;           /* StrataPictureKey*, those of the table before those of columns */
  GPtrArray        *checks;            /* StrataPictureCheck* */
  GPtrArray        *references;        /* StrataPictureReference*, those of the table, then of columns, the last first */
  gboolean          is_strict;
  gboolean          is_without_rowid;
} StrataSqliteDefinition;

typedef struct
{
  GPtrArray  *texts;                   /* const char*, as the elements are written, DESC and COLLATE too */
  const char *where;
} StrataSqliteIndexText;

/* Into memory of the picture. FALSE where the text is not understood: a virtual table, a newer grammar. */
gboolean strata_sqlite_read_definition       (StrataPicture          *picture,
                                              const char             *text,
                                              StrataSqliteDefinition *definition);
void     strata_sqlite_definition_clear      (StrataSqliteDefinition *definition);
gboolean strata_sqlite_read_index            (StrataPicture          *picture,
                                              const char             *text,
                                              StrataSqliteIndexText  *index);
/* All of it from its CREATE; the collations of columns are known. */
const StrataPictureIndex *strata_sqlite_index_from_text (StrataPicture            *picture,
                                                         const StrataPictureTable *table,
                                                         const char               *name,
                                                         const char               *text);
void     strata_sqlite_index_text_clear      (StrataSqliteIndexText  *index);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataSqliteDefinition, strata_sqlite_definition_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataSqliteIndexText, strata_sqlite_index_text_clear)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/diff/diff-private.h"

G_BEGIN_DECLS

/* What is renamed, as the picture has it: a column's object is its table. */
typedef struct
{
  const StrataObject *object;
  const char         *column;     /* old name; NULL: the object itself */
  const char         *name;       /* new one */
  const char         *doubt;      /* NULL: it is certain */
  gboolean            is_inherited;   /* of a child: the parent's takes it along */
  gboolean            is_move;    /* of an extension to the schema of that name: of its members, where texts have them */
} StrataRenaming;

/* One statement: of a rename, or of its way through another name. */
typedef struct
{
  const StrataDifference *difference;
  const char             *from;
  const char             *to;
} StrataRenameMove;

/* The picture as the server would tell it after these (StrataRenaming*): names in texts too, but for the queries of views, where
 * only the server knows. */
StrataPicture *strata_rename_picture (const StrataPicture *picture,
                                      const GPtrArray     *renamings);
/* Those that options asks for, where their object is there (StrataRenaming*). */
GPtrArray     *strata_rename_find    (const StrataPicture        *from,
                                      const StrataPicture        *to,
                                      const StrataRename * const *renames);
/* Adds what goes to another schema with its extension: it stays the same for all that use it. */
void           strata_rename_move    (const StrataPicture        *from,
                                      const StrataPicture        *to,
                                      GPtrArray                  *list);
/* What hangs on renamed tables and columns and is the same but for its name (StrataRenaming* of renamed's objects). */
GPtrArray     *strata_rename_imply   (const StrataPicture *renamed,
                                      const StrataPicture *to,
                                      const GPtrArray     *renamings);
/* TRUE where the second is the first with another name. */
gboolean       strata_rename_is_same (const StrataObject *old,
                                      const StrataObject *new);
/* The same of a routine, type, collation, policy or statistics, by their parts. */
gboolean       strata_rename_has_same_parts (const StrataObject *old,
                                      const StrataObject *new);
/* The renames of a diff (StrataRenameMove) in an order in which each name is free when it is given. */
GArray        *strata_rename_order   (StrataDiff *diff);
/* The text with names replaced, as it stands at the object; renamings are those that concern it. */
char          *strata_rename_text    (const char          *text,
                                      const StrataObject  *object,
                                      const GPtrArray     *renamings);

G_END_DECLS

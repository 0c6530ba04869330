/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/names/mentions.h"

G_BEGIN_DECLS

/* Which tables and columns are there once scripts have run: what is certain, and what is in doubt. Names count in any case and
 * without their schema: whatever two tables of one name have is there. Atomically reference-counted; for several threads once
 * nothing is applied to it any more. */
typedef struct _StrataCatalogue StrataCatalogue;

typedef enum
{
  STRATA_NAME_UNKNOWN,     /* it may be there */
  STRATA_NAME_THERE,
  STRATA_NAME_GONE,        /* it was there */
  STRATA_NAME_NOT_THERE,   /* nobody made it */
} StrataNameState;

/* On top of another one, which stays as it is; or NULL. */
StrataCatalogue *strata_catalogue_new          (StrataCatalogue       *below);
StrataCatalogue *strata_catalogue_ref          (StrataCatalogue       *self);
void             strata_catalogue_unref        (StrataCatalogue       *self);
/* What a mention does. Whose it is, is what strata_catalogue_get_taker() says later; it is borrowed, or NULL. */
void             strata_catalogue_apply        (StrataCatalogue       *self,
                                                const StrataMention   *mention,
                                                const char            *whose);
/* All of a script, which ran: what it used was there. */
void             strata_catalogue_apply_all    (StrataCatalogue       *self,
                                                const StrataMentions  *mentions,
                                                const char            *whose);
/* A database has that table now, whatever scripts say; its columns come behind it. Complete: they are all that it has, as far as
 * somebody has looked. */
void             strata_catalogue_see_table    (StrataCatalogue       *self,
                                                const char            *table,
                                                gboolean               is_complete);
void             strata_catalogue_see_column   (StrataCatalogue       *self,
                                                const char            *table,
                                                const char            *column);

StrataNameState  strata_catalogue_find_table   (const StrataCatalogue *self,
                                                const char            *table);
StrataNameState  strata_catalogue_find_column  (const StrataCatalogue *self,
                                                const char            *table,
                                                const char            *column);
/* FALSE: no script so far has mentioned a table of that name, in whatever way. */
gboolean         strata_catalogue_knows_table  (const StrataCatalogue *self,
                                                const char            *table);
/* Whether all columns of that table were seen in a database, and nothing has put them in doubt since; there may be more by now. */
gboolean         strata_catalogue_has_seen     (const StrataCatalogue *self,
                                                const char            *table);
/* Who dropped or renamed a table that is gone, or a column (NULL: the table); and what it is called since, or NULL. */
const char      *strata_catalogue_get_taker    (const StrataCatalogue *self,
                                                const char            *table,
                                                const char            *column,
                                                const char           **new_name);
/* Names that are there, or may be as far as somebody spelled them as tables and columns, sorted; the elements are borrowed. */
GPtrArray       *strata_catalogue_list_tables  (const StrataCatalogue *self);
GPtrArray       *strata_catalogue_list_columns (const StrataCatalogue *self,
                                                const char            *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataCatalogue, strata_catalogue_unref)

G_END_DECLS

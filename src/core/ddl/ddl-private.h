/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/ddl/ddl.h"

G_BEGIN_DECLS

/* An object that is on a cycle of needs is made in two goes. */
typedef enum
{
  STRATA_DDL_WHOLE,
  STRATA_DDL_STUB,          /* a table without defaults and checks, a view with columns of NULL */
  STRATA_DDL_REST,          /* what the stub lacks */
  STRATA_DDL_FINISH,        /* strata_ddl_finish() */
} StrataDdlPart;

typedef struct
{
  const StrataObject *object;
  StrataDdlPart       part;
} StrataDdlStep;

/* What each server has of its own. */
typedef struct
{
  void     (*create)     (const StrataPicture    *picture,
                          const StrataObject     *object,
                          const StrataDdlOptions *options,
                          StrataDdlPart           part,
                          GPtrArray              *statements);
  void     (*drop)       (const StrataPicture    *picture,
                          const StrataObject     *object,
                          GPtrArray              *statements);
  /* Comes with the CREATE of its table. */
  gboolean (*is_inline)  (const StrataObject     *object);
  /* Statements that a dump wants around all others, and what an empty database has already. NULL: none. */
  void     (*begin_dump) (const StrataPicture    *picture,
                          GPtrArray              *statements);
  void     (*end_dump)   (const StrataPicture    *picture,
                          GPtrArray              *statements);
  gboolean (*is_there)   (const StrataObject     *object);
} StrataDdlDialect;

extern const StrataDdlDialect strata_ddl_postgresql;
extern const StrataDdlDialect strata_ddl_sqlite;

const StrataDdlDialect *strata_ddl_dialect_for   (StrataDialect        dialect);
/* Made by itself: not an extension's, not inherited, not inline. */
gboolean                strata_ddl_is_made       (const StrataPicture *picture,
                                                  const StrataObject  *object);
/* Every step (StrataDdlStep) that a dump takes, in order. */
GArray                 *strata_ddl_order_steps   (const StrataPicture *picture);
/* Where the objects of a kind that hang on that table begin in the picture; they end where strata_ddl_hangs_on() is FALSE. */
guint                   strata_ddl_find_of_table (const StrataPicture *picture,
                                                  StrataObjectKind     kind,
                                                  const char          *schema,
                                                  const char          *table);
gboolean                strata_ddl_hangs_on      (const StrataPicture *picture,
                                                  guint                index,
                                                  StrataObjectKind     kind,
                                                  const char          *schema,
                                                  const char          *table);
/* The relation (table, view, materialised view) of that name, or NULL. */
const StrataObject     *strata_ddl_find_relation (const StrataPicture *picture,
                                                  const char          *schema,
                                                  const char          *name);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the steps of PostgreSQL come to be: each old object (of diff->base) has a fate, each statement is part of a node, and
 * nodes have an order. postgresql-fate.c decides fates, postgresql-node.c makes nodes and says which comes first; the others
 * write the statements. */

#pragma once

#include "core/diff/diff-private.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_FATE_STAYS,        /* perhaps altered in place */
  STRATA_FATE_GOES,
  STRATA_FATE_ANEW,         /* dropped and made again */
} StrataFate;

/* Where nothing else decides: what is dropped of views and of what hangs on tables, what others need, types, tables, the rest,
 * and what is dropped of tables, types and functions. */
typedef enum
{
  STRATA_RANK_RENAME = 0,
  STRATA_RANK_VALUE = 50,           /* of an enum */
  STRATA_RANK_DROP_EARLY = 100,
  STRATA_RANK_MAKE = 200,           /* + kind */
  STRATA_RANK_ALTER_TYPE = 300,
  STRATA_RANK_ALTER_TABLE = 400,
  STRATA_RANK_COPY_ROWS = 450,
  STRATA_RANK_MAKE_LATE = 500,      /* + kind */
  STRATA_RANK_ALTER = 600,
  STRATA_RANK_DROP_COLUMN = 700,
  STRATA_RANK_DROP_LATE = 800,      /* - kind */
  STRATA_RANK_FINISH = 900,
  STRATA_RANK_PRIVILEGES = 950,
  STRATA_RANK_DEFAULT_PRIVILEGES = 960, /* after all that is made: they would reach it */
} StrataRank;

/* Statements that stand together. */
typedef struct
{
  guint                   rank;
  const StrataDifference *difference;
  char                   *column;       /* of a table: that it is about; NULL: the whole */
  char                   *old_text;     /* names in here are no longer used afterwards; NULL: any */
  char                   *new_text;     /* names in here have to be there before; NULL: any */
  char                   *old_computed; /* an expression of the table's columns that is gone afterwards */
  char                   *new_computed; /* and one that wants them as they shall be */
  gboolean                is_removal;   /* of a column: whoever uses it is altered before, not after */
  gboolean                is_outside;
  gboolean                is_free;      /* depends on nothing, and nothing on it: a comment, a setting */
  gboolean                adds_identity;   /* its sequence may want the name of one that goes */
  gboolean                drops_identity;
  GPtrArray              *statements;   /* char* */
} StrataRouteNode;

/* What becomes of a column of a table that stays. */
typedef struct
{
  guint                      table;     /* index in old */
  const StrataPictureColumn *old;
  StrataPictureColumn        target;    /* with what is wanted */
  const StrataDifference    *first;     /* of its differences that are wanted; NULL: it changes in the service of others */
  gboolean                   is_retyped;    /* its type is another, or another one of that name */
  gboolean                   is_reset;      /* what its default needs is made anew */
  gboolean                   is_anew;       /* generated: dropped and added */
} StrataRouteColumn;

typedef struct
{
  StrataDiff          *diff;
  const StrataPicture *old;             /* diff->base */
  const StrataPicture *new;
  gboolean            *is_wanted;       /* by difference; borrowed */
  GHashTable          *old_index;       /* object → index + 1 */
  GHashTable          *new_index;
  guint               *new_of_old;      /* index + 1; 0: none */
  guint               *old_of_new;
  guint               *first_difference; /* by old, + 1: of pairs and of what goes; the others follow it */
  guint               *added;           /* by new: difference + 1 */
  guint               *first_user;      /* by old: where its users begin in the list */
  guint               *users;           /* old objects that need it, or hang on it */
  guint8              *fates;           /* by old: StrataFate */
  gboolean            *is_swapped;      /* by old: the new one is made under its name while the old one is still there */
  gboolean            *is_made;         /* by new: by a node of its own, or by that of its table */
  guint               *drop_node;       /* by old: + 1 */
  guint               *make_node;       /* by new: + 1; of what is made anew with the old text too, by its partner */
  guint               *copy_node;       /* by old, + 1: of a table that is swapped */
  guint               *finish_node;     /* by new: + 1 */
  guint               *grant_node;      /* by new: + 1 */
  GArray             **alters;          /* by old: nodes (guint); NULL: none */
  GPtrArray           *columns;         /* StrataRouteColumn* */
  GHashTable          *column_index;    /* old column → StrataRouteColumn */
  GPtrArray           *nodes;           /* StrataRouteNode* */
  GArray              *edges;           /* StrataStepEdge */
  GError              *error;           /* why there is no way */
} StrataRoute;

/* postgresql-route.c */
StrataRoute            *strata_route_new             (StrataDiff                *diff,
                                                      gboolean                  *wanted);   /* borrowed; it is completed */
void                    strata_route_free            (StrataRoute               *self);
guint                   strata_route_find_old        (const StrataRoute         *self,
                                                      const StrataObject        *object);   /* G_MAXUINT: none */
guint                   strata_route_find_new        (const StrataRoute         *self,
                                                      const StrataObject        *object);
/* The differences of one old object, one after the other: at is 0 at first, and then the index + 1. */
const StrataDifference *strata_route_walk            (const StrataRoute         *self,
                                                      guint                      old,
                                                      guint                     *at);
/* The same of those that are wanted, but for its privileges. */
const StrataDifference *strata_route_next            (const StrataRoute         *self,
                                                      guint                      old,
                                                      guint                     *at);
/* What is made of an old object: its partner, or itself where nothing of the difference is wanted. */
const StrataObject     *strata_route_get_target      (const StrataRoute          *self,
                                                      guint                       old,
                                                      const StrataPicture       **picture);
/* What of it names other things: a policy's conditions, else its text; NULL: nothing. */
char                   *strata_route_dup_expressions (const StrataObject         *object);
/* A name stands in the text, as a name of its own; in a string too where that is asked for. */
gboolean                strata_route_mentions        (const char                *text,
                                                      const char                *name,
                                                      gboolean                   in_strings);
/* The column's type is the object, or an array of it. */
gboolean                strata_route_is_of_type      (const StrataPictureColumn *column,
                                                      const StrataObject        *type);

/* postgresql-want.c: what is wanted wants other things too. */
void                    strata_route_complete        (StrataRoute               *self);
/* postgresql-fate.c */
void                    strata_route_decide          (StrataRoute               *self);
StrataRouteColumn      *strata_route_touch_column    (StrataRoute               *self,
                                                      guint                      table,
                                                      const StrataPictureColumn *column);
/* postgresql-place.c: can be changed without making it anew. */
gboolean                strata_route_is_in_place     (const StrataRoute         *self,
                                                      guint                      old,
                                                      const StrataDifference    *difference);

/* postgresql-node.c */
void                    strata_route_make_nodes      (StrataRoute               *self);
StrataRouteNode        *strata_route_add_node        (StrataRoute               *self,
                                                      guint                      rank,
                                                      const StrataDifference    *difference);
/* One that alters an old object in place. */
StrataRouteNode        *strata_route_add_alter       (StrataRoute               *self,
                                                      guint                      old,
                                                      guint                      rank,
                                                      const StrataDifference    *difference);
void                    strata_route_say             (StrataRouteNode           *self,
                                                      const char                *format,
                                                      ...) G_GNUC_PRINTF (2, 3);
/* postgresql-body.c: what the texts of functions name comes before them. */
void                    strata_route_connect_bodies  (StrataRoute               *self);
/* postgresql-edge.c */
void                    strata_route_connect         (StrataRoute               *self);
void                    strata_route_put_before      (StrataRoute               *self,
                                                      guint                      before,
                                                      guint                      after);

/* postgresql-alter.c, -column.c, -table.c, -type.c: nodes of what changes in place. */
void                    strata_route_alter_object    (StrataRoute               *self,
                                                      guint                      old);
void                    strata_route_alter_table     (StrataRoute               *self,
                                                      guint                      old);
void                    strata_route_alter_columns   (StrataRoute               *self);
void                    strata_route_alter_view      (StrataRoute               *self,
                                                      guint                      old);
void                    strata_route_alter_enum      (StrataRoute               *self,
                                                      guint                      old);
void                    strata_route_alter_domain    (StrataRoute               *self,
                                                      guint                      old);
void                    strata_route_alter_composite (StrataRoute               *self,
                                                      guint                      old);
void                    strata_route_alter_sequence  (StrataRoute               *self,
                                                      guint                      old);
/* postgresql-privileges.c: nodes of privileges, and what gives back what goes with an object or column that is made anew. */
gboolean                strata_route_is_of_privileges (const StrataDifference   *difference);
void                    strata_route_alter_privileges (StrataRoute              *self);
void                    strata_route_connect_privileges (StrataRoute            *self);
void                    strata_route_grant_made      (StrataRoute               *self,
                                                      guint                      new,
                                                      const StrataObject        *made);
void                    strata_route_give_back       (const StrataRoute         *self,
                                                      guint                      old,
                                                      const char                *column,
                                                      StrataRouteNode           *node);
void                    strata_route_say_owner       (StrataRouteNode           *node,
                                                      const StrataObject        *object,
                                                      const char                *owner);
/* postgresql-made-up.c: whether an identity column has a sequence of that name, qualified; what the NOT NULL of a column is called,
 * usually by the given name; and whether that of another column is called so. */
gboolean                strata_route_is_sequence     (const StrataRoute         *self,
                                                      const char                *name);
char                   *strata_route_dup_not_null    (const StrataObject        *table,
                                                      const StrataPictureColumn *column,
                                                      const char                *usual);
gboolean                strata_route_is_not_null     (const StrataObject        *table,
                                                      const StrataPictureColumn *except,
                                                      const char                *name);
/* "TABLE", as ALTER and COMMENT ON have it. */
const char             *strata_route_get_words       (const StrataObject        *object);
/* "COMMENT ON ... IS ..." */
void                    strata_route_say_comment     (StrataRouteNode           *node,
                                                      const StrataObject        *object,
                                                      const char                *part,
                                                      const char                *comment);
/* Tables that inherit from it: a statement would reach them too. */
gboolean                strata_route_has_children    (const StrataRoute         *self,
                                                      guint                      old);
/* "column TYPE text USING ...". */
char                   *strata_route_dup_conversion  (const char                *column,
                                                      const char                *from,
                                                      const char                *to,
                                                      gboolean                   is_swapped);
/* The column as a value of the new type. */
char                   *strata_route_dup_value       (const char                *column,
                                                      const char                *from,
                                                      const char                *to);
gboolean                strata_route_is_same_family  (const char                *from,
                                                      const char                *to);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataRoute, strata_route_free)

G_END_DECLS

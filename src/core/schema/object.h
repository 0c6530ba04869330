/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a schema consists of, one value for each thing that is made, dropped, compared and dumped by itself. A whole picture
 * has all of them; texts are the server's own, with every name that needs it qualified, so that equal things have equal texts. */

#pragma once

#include "core/schema/object-kind.h"
#include "core/schema/object-parts.h"
#include "core/schema/picture-index.h"
#include "core/schema/picture-table.h"

G_BEGIN_DECLS

typedef struct _StrataObject       StrataObject;
typedef struct _StrataPictureTable StrataPictureTable;

struct _StrataObject
{
  StrataObjectKind            kind;
  const char                 *schema;      /* NULL: the kind has none, or SQLite */
  const char                 *name;
  const char                 *table;       /* what a constraint, index, trigger, rule, policy hangs on, in the same schema */
  const char                 *arguments;   /* of routines: those that identify it, "integer, text"; "" for none */
  const char                 *comment;     /* of an extension: where it is not the extension's own */
  const char                 *extension;   /* belongs to that extension: is known, but never made, changed, dropped, dumped */
  /* Comes and goes with what it hangs on, never by itself: the index or constraint that a partition has from its parent. */
  gboolean                    is_inherited;
  const char                 *owner;       /* where it is not the role that looked */
  const StrataPictureGrant * const *grants; /* by column, sequence, grantee, privilege; NULL: as a new object has them */
  const StrataObject * const *needs;       /* what has to be there before it; NULL: nothing */
  const char                 *text;        /* see below */
  const char                 *spelled;     /* SQLite, of a table or index that has been taken apart: the text in the one spelling */
  union
  {
    const StrataPictureTable     *table;       /* TABLE, VIEW (columns), MATERIALIZED_VIEW */
    const StrataPictureKey       *key;         /* PRIMARY_KEY, UNIQUE */
    const StrataPictureCheck     *check;       /* CHECK, EXCLUSION */
    const StrataPictureReference *reference;   /* FOREIGN_KEY */
    const StrataPictureIndex     *index;
    const StrataPictureSequence  *sequence;
    const StrataPictureDomain    *domain;
    const StrataType             *type;        /* ENUM: its values */
    const StrataPictureColumn * const *attributes; /* COMPOSITE: name, type_text, collation */
    const StrataPictureRoutine   *routine;
    const StrataPicturePolicy    *policy;
    const StrataPictureTrigger   *trigger;     /* RULE too */
    const char * const           *members;     /* EXTENSION: what texts may name of it, without schema; NULL: not known */
  } of;
};

/* The text, by kind, on PostgreSQL, never with a semicolon at its end: EXTENSION its version (its schema is where its objects
 * are); constraints what stands behind CONSTRAINT name, WITH and USING INDEX TABLESPACE included; INDEX, TRIGGER, RULE,
 * STATISTICS, ROUTINE the whole CREATE; VIEW and MATERIALIZED_VIEW the query; RANGE, COLLATION, AGGREGATE what stands
 * behind the name; PARTITION key or bound are the table's; other kinds none. DEFAULT_PRIVILEGES are called by what they are
 * for ("TABLES"), their argument is the role. On SQLite: the whole CREATE as it is stored. */

/* Objects of a kind that is not covered: they are counted and named, so that nobody takes them for compared. */
typedef struct
{
  const char *kind;         /* "publication", as people say it, one of them */
  const char *example;
  guint       n;
} StrataUncovered;

/* Orders as objects in a picture are: by kind, schema, table, name, arguments (strcmp). */
int   strata_object_compare   (const StrataObject *a,
                               const StrataObject *b);
/* "table public.users", "constraint users_pkey of public.users": for people. A schema that is the default one is left out. */
char *strata_object_dup_title (const StrataObject *self,
                               const char         *default_schema);
/* The same for a comment in a file: with every schema, in no language but English. */
char *strata_object_dup_file_title (const StrataObject *self);

G_END_DECLS

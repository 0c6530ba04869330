/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A whole picture is put together from one answer a question (resources/sql/postgresql/whole-*.sql). Objects are known by
 * catalog and number while it is read, and so are their parts, which stand for the object that they are of. */

#pragma once

#include "core/reflect/postgresql-private.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_CATALOG_CLASS,
  STRATA_CATALOG_TYPE,
  STRATA_CATALOG_PROC,
  STRATA_CATALOG_CONSTRAINT,
  STRATA_CATALOG_ATTRDEF,
  STRATA_CATALOG_REWRITE,
  STRATA_CATALOG_TRIGGER,
  STRATA_CATALOG_POLICY,
  STRATA_CATALOG_NAMESPACE,
  STRATA_CATALOG_EXTENSION,
  STRATA_CATALOG_COLLATION,
  STRATA_CATALOG_STATISTICS,
  STRATA_CATALOG_OTHER,       /* only extensions' members are known of these */
  STRATA_N_CATALOGS,
} StrataCatalog;

typedef struct _StrataThing StrataThing;

struct _StrataThing
{
  StrataObject  object;       /* what the picture has */
  StrataThing  *owner;        /* the table or view that it hangs on, or NULL */
  StrataThing  *extension;    /* that it belongs to, or NULL */
  guint         place;        /* among the objects, once they are sorted */
  StrataPostgresqlColumn *columns; /* of a table or view, by the columns' numbers; owned */
};

typedef struct
{
  StrataPostgresqlReader  reader;
  const StrataReflectOwn *own;
  GPtrArray              *things;                     /* StrataThing*, of the picture */
  GHashTable             *known[STRATA_N_CATALOGS];   /* number to StrataThing* */
  /* What the vectors of indexes say by numbers. */
  GHashTable             *classes;
  GHashTable             *collations;
} StrataWhole;

/* What a question's answer says. */
typedef void (*StrataWholeRead) (StrataWhole *self,
                                 StrataRows  *rows);

/* postgresql-whole-things.c */
StrataThing *strata_whole_add             (StrataWhole      *self,
                                           StrataObjectKind  kind,
                                           const char       *schema,
                                           const char       *name);
/* The same for what hangs on a table, in its schema. */
StrataThing *strata_whole_add_part        (StrataWhole      *self,
                                           StrataObjectKind  kind,
                                           StrataThing      *owner,
                                           const char       *name);
/* Numbers are a row's cells; NULL and 0 are none. */
void         strata_whole_know            (StrataWhole      *self,
                                           StrataThing      *thing,
                                           StrataCatalog     catalog,
                                           const char       *number);
StrataThing *strata_whole_find            (StrataWhole      *self,
                                           StrataCatalog     catalog,
                                           const char       *number);
/* By the catalog's own number. */
StrataThing *strata_whole_find_numbered   (StrataWhole      *self,
                                           const char       *catalog,
                                           const char       *number);
/* A name as SQL, of the picture. */
const char  *strata_whole_quote           (StrataWhole      *self,
                                           const char       *name);
/* The row behind those that have the same text in the column as the first. */
guint        strata_whole_find_end        (StrataRows       *rows,
                                           guint             first,
                                           guint             column);

void         strata_whole_read_uncovered  (StrataWhole      *self,
                                           StrataRows       *rows);

/* postgresql-whole-needs.c */
void         strata_whole_read_members    (StrataWhole      *self,
                                           StrataRows       *rows);
void         strata_whole_read_needs      (StrataWhole      *self,
                                           StrataRows       *rows);
/* Sorts the objects and hands them to the picture: before needs are read. */
void         strata_whole_sort            (StrataWhole      *self);

/* postgresql-whole-settle.c: texts as the server prints them once it has read its own print. */
void         strata_whole_settle          (StrataWhole      *self);

/* postgresql-whole-types.c */
void         strata_whole_read_schemas    (StrataWhole *self, StrataRows *rows);
void         strata_whole_read_extensions (StrataWhole *self, StrataRows *rows);
void         strata_whole_read_collations (StrataWhole *self, StrataRows *rows);
void         strata_whole_read_types      (StrataWhole *self, StrataRows *rows);
void         strata_whole_read_domain_checks (StrataWhole *self, StrataRows *rows);
void         strata_whole_read_composites (StrataWhole *self, StrataRows *rows);
void         strata_whole_read_ranges     (StrataWhole *self, StrataRows *rows);

/* postgresql-whole-privileges.c */
void         strata_whole_read_privileges (StrataWhole *self, StrataRows *rows);
void         strata_whole_read_owners     (StrataWhole *self, StrataRows *rows);
void         strata_whole_read_default_privileges (StrataWhole *self, StrataRows *rows);

/* postgresql-whole-tables.c */
void         strata_whole_read_relations  (StrataWhole *self, StrataRows *rows);
void         strata_whole_read_sequences  (StrataWhole *self, StrataRows *rows);
void         strata_whole_read_columns    (StrataWhole *self, StrataRows *rows);

/* postgresql-whole-constraints.c */
void         strata_whole_read_constraints (StrataWhole *self, StrataRows *rows);

/* postgresql-whole-indexes.c */
void         strata_whole_read_names      (StrataWhole *self, StrataRows *rows);
void         strata_whole_read_indexes    (StrataWhole *self, StrataRows *rows);

/* postgresql-whole-code.c */
void         strata_whole_read_routines   (StrataWhole *self, StrataRows *rows);
void         strata_whole_read_aggregates (StrataWhole *self, StrataRows *rows);
void         strata_whole_read_triggers   (StrataWhole *self, StrataRows *rows);
void         strata_whole_read_rules      (StrataWhole *self, StrataRows *rows);
void         strata_whole_read_policies   (StrataWhole *self, StrataRows *rows);
void         strata_whole_read_index_targets (StrataWhole *self, StrataRows *rows);
void         strata_whole_read_statistics (StrataWhole *self, StrataRows *rows);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of schema items share: how their objects are laid out, and helpers. */

#pragma once

#include "core/sqlalchemy/backend.h"
#include "core/sqlalchemy/items.h"
#include "core/sqlalchemy/types.h"

G_BEGIN_DECLS

typedef StrataPyMachine Machine;
typedef StrataPyValue   Value;
typedef StrataPyClass   Class;
typedef StrataPyDict    Dict;

/* FetchedValue, DefaultClause, Computed and Identity. */
typedef struct
{
  Value           base;
  StrataDefault   value;           /* none of it: FetchedValue() */
  StrataIdentity  identity;
  StrataComputed  computed;
  gboolean        is_for_update;
} StrataSaDefault;

typedef struct
{
  Value           base;
  const char     *name;
  const char     *schema;
  StrataIdentity  settings;
  Value          *type;            /* NULL: none */
  gboolean        is_optional;
} StrataSaSequence;

typedef struct
{
  Value             base;
  StrataConstraint  constraint;    /* without its columns, and what it refers to */
  StrataReference   reference;
  Value            *columns;       /* a list of names and columns */
  Value            *targets;       /* of a foreign key: a list of "table.column" and columns */
  Value            *table;         /* that has it, or NULL */
  Value            *comment;
  Dict             *said;          /* the keywords */
  guint             order;         /* of creation: SQLAlchemy writes them in it */
  gboolean          is_marker;     /* ForeignKey() */
} StrataSaConstraint;

typedef struct
{
  Value        base;
  StrataIndex  index;              /* without its columns */
  Value       *columns;
  Value       *table;
  Dict        *said;
  guint        order;
} StrataSaIndex;

typedef struct
{
  StrataSaElement   element;
  StrataExpression *name;          /* the element's expression, to change */
  StrataColumn      column;
  Value            *items;         /* a list of ForeignKey and CheckConstraint */
  Value            *table;
  Value            *sequence;      /* default=Sequence(), or NULL */
  Dict             *said;          /* the keywords, with what was set later */
  gboolean          is_system;
} StrataSaColumn;

typedef struct
{
  Value         base;
  const char   *schema;
  Dict         *tables;            /* "schema.table" to Table */
  Value        *sequences;         /* a list */
  Value        *naming;
  Dict         *said;
} StrataSaMetadata;

typedef struct
{
  StrataSaFrom       from;
  const char        *schema;
  const char        *name;
  StrataSaMetadata  *metadata;     /* NULL: of op.create_table() */
  Value             *items;        /* a list: Column, Constraint, Index in the order in which they came */
  StrataCreateTable  create;       /* columns, constraints and indexes are read anew each time */
  Dict              *said;
} StrataSaTable;

/* Whichever of a list of arguments is left out is NULL; None counts as that here. */
#define GIVEN(value) ((value) != NULL && !strata_py_is_none (value))

/* Text of a str; NULL without failure where it is NULL or None; else TypeError, in which name stands for what it is. */
gboolean        strata_sa_expect_text        (Machine *py, Value *value, const char *name, const char **text);
/* Refuses quote=. */
gboolean        strata_sa_refuse_quote     (Machine *py, Value *quote);
/* A list of what can be iterated over; of nothing: an empty one. */
Value          *strata_sa_new_list         (Machine *py, Value *items);
gpointer        strata_sa_end_list         (Machine *py, GPtrArray *array);
guint           strata_sa_next_order       (void);
/* An attribute that was a keyword: None where it was left out. NULL without failure: no such keyword. */
Value          *strata_sa_get_said         (Machine *py, Dict *said, const char *names, const char *name);
Value          *strata_sa_wrap_text        (Machine *py, const char *text);

gboolean        strata_sa_read_identity    (Machine *py, Value **arguments, StrataIdentity *identity);
gboolean        strata_sa_set_default      (Machine *py, StrataSaColumn *column, Value *value);
/* A list of names of columns, by the keys that they have in the table (NULL: none). */
gboolean        strata_sa_read_keys        (Machine *py, Value *value, StrataSaTable *table, const char * const **names);
Value          *strata_sa_copy_column      (Machine *py, Value *column);
gboolean        strata_sa_attach           (Machine *py, StrataSaTable *table, Value *item);
const char     *strata_sa_get_key          (StrataSaColumn *column);

void            strata_sa_add_names        (Machine *py);
void            strata_sa_add_defaults     (Machine *py);
void            strata_sa_add_sequences    (Machine *py);
void            strata_sa_add_columns      (Machine *py);
void            strata_sa_add_constraints  (Machine *py);
void            strata_sa_add_indexes      (Machine *py);
void            strata_sa_add_metadata     (Machine *py);
void            strata_sa_add_tables       (Machine *py);
void            strata_sa_add_declarative  (Machine *py);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Parts of objects that only a whole picture has. */

#pragma once

#include "core/schema/type.h"

G_BEGIN_DECLS

/* Numbers as the server writes them. */
typedef struct
{
  const char *type_text;
  const char *start;
  const char *increment;
  const char *minvalue;
  const char *maxvalue;
  const char *cache;
  gboolean    cycles;
  gboolean    is_unlogged;
  const char *owner_table;      /* OWNED BY, which is in the schema of the sequence; NULL: nobody */
  const char *owner_column;
} StrataPictureSequence;

typedef struct
{
  const char *name;
  const char *text;             /* "CHECK ((VALUE > 0))", NOT VALID included */
  const char *comment;
} StrataPictureDomainCheck;

typedef struct
{
  const char                             *type_text;   /* that it is made of */
  const char                             *collation;   /* as SQL, where it is not that of the type */
  const char                             *default_text;
  gboolean                                is_not_null;
  const StrataPictureDomainCheck * const *checks;      /* by name */
} StrataPictureDomain;

typedef struct
{
  gboolean    is_procedure;
  const char *result;           /* "integer", "TABLE(a integer)"; NULL of a procedure */
  const char *arguments;        /* with names and defaults: where these differ, CREATE OR REPLACE may be refused */
} StrataPictureRoutine;

typedef struct
{
  const char         *command;  /* "ALL", "SELECT", ... */
  gboolean            is_restrictive;
  const char * const *roles;    /* "PUBLIC" for all */
  const char         *using;
  const char         *check;
} StrataPicturePolicy;

/* Of a rule only whether it is enabled. */
typedef struct
{
  char                enabled;  /* 'O' as usual (or 0), 'D' disabled, 'R' replica, 'A' always */
  gboolean            is_constraint;
  const char         *routine;  /* that it calls, qualified */
} StrataPictureTrigger;

/* One privilege that differs from those that a new object has without anybody's word. */
typedef struct
{
  const char *column;           /* NULL: the whole */
  const char *grantee;          /* "": everybody; NULL: the owner */
  const char *privilege;        /* "SELECT" */
  gboolean    is_of_sequence;   /* of an identity column: its sequence, whose name is the server's choice */
  gboolean    is_grantable;     /* WITH GRANT OPTION */
  gboolean    is_revoked;       /* a new object has it, this one has not */
} StrataPictureGrant;

/* Of a table on PostgreSQL, beyond its columns; of a view with only. */
typedef struct
{
  gboolean                   is_unlogged;
  const char                *partition_key;     /* "LIST (region)"; NULL: not partitioned */
  const char                *bound;             /* "FOR VALUES IN ('eu')" of a partition */
  const char * const        *parents;           /* "schema.name" quoted, in order: that it inherits from, or is a partition of */
  const char * const        *with;              /* storage parameters: name, value, ... */
  const char                *tablespace;        /* where it is not the database's */
  const char                *access_method;     /* where it is not heap */
  gboolean                   has_row_security;
  gboolean                   is_row_security_forced;
  char                       replica_identity;  /* 'd' default, 'n' nothing, 'f' full, 'i' index */
  const char                *replica_index;
  const char                *cluster_index;     /* CLUSTER ON */
  gboolean                   is_populated;      /* of a materialised view */
  const char                *of_type;           /* CREATE TABLE ... OF */
  const char                *module;            /* SQLite: a virtual table's, "fts5" */
} StrataPictureStorage;

G_END_DECLS

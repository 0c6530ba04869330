/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SQLAlchemy as scripts see it: types, expressions, statements and schema items as objects of the evaluator. They hold
 * values of core/schema, core/expression and core/operation, which live as long as the machine. Nothing here reads a file
 * or a database: what a script does to one goes through the backend. */

#pragma once

#include "core/operation/operation.h"
#include "core/python/host.h"

G_BEGIN_DECLS

/* SQLAlchemy's classes by which the parts here know each other's objects; a script may derive its own from them. */
typedef enum
{
  STRATA_SA_TYPE,              /* TypeEngine */
  STRATA_SA_ELEMENT,           /* ColumnElement: whatever has operators; text() too */
  STRATA_SA_COLUMN_CLAUSE,     /* column() */
  STRATA_SA_COLUMN,
  STRATA_SA_FROM,              /* FromClause */
  STRATA_SA_TABLE_CLAUSE,      /* table() */
  STRATA_SA_TABLE,
  STRATA_SA_STATEMENT,         /* select(), insert(), ... */
  STRATA_SA_DDL,               /* CreateSequence(...), DDL(...) */
  STRATA_SA_METADATA,
  STRATA_SA_CONSTRAINT,        /* ForeignKey() too */
  STRATA_SA_INDEX,
  STRATA_SA_SEQUENCE,
  STRATA_SA_IDENTITY,
  STRATA_SA_COMPUTED,
  STRATA_SA_FETCHED_VALUE,     /* DefaultClause too */
  STRATA_SA_CONNECTION,        /* and Engine */
  STRATA_SA_N_CLASSES,
} StrataSaClass;

/* Which names a module has. Every module of SQLAlchemy itself has all of ROOT: where a name stands does no harm. */
typedef enum
{
  STRATA_SA_ROOT,
  STRATA_SA_POSTGRESQL,
  STRATA_SA_MYSQL,
  STRATA_SA_SQLITE,
  STRATA_SA_MSSQL,
  STRATA_SA_ORACLE,
  STRATA_SA_EXCEPTIONS,        /* sqlalchemy.exc */
  STRATA_SA_ORM,
  STRATA_SA_PGVECTOR,
  STRATA_SA_UTILS,             /* sqlalchemy_utils */
  STRATA_SA_SQLMODEL,
  STRATA_SA_GEOALCHEMY,
  STRATA_SA_CITEXT,
  STRATA_SA_FASTAPI_USERS,
  STRATA_SA_ADVANCED,          /* advanced_alchemy */
  STRATA_SA_N_NAMESPACES,
} StrataSaNamespace;

typedef struct _StrataSaBackend StrataSaBackend;

/* One machine's SQLAlchemy. The data of a machine's host begins with it (strata_sa_get). */
typedef struct
{
  StrataDialect          dialect;         /* of the database */
  gboolean               is_offline;      /* what scripts are told */
  gboolean               has_database;
  const StrataSaBackend *backend;
  StrataPyClass         *classes[STRATA_SA_N_CLASSES];
  StrataPyDict          *names[STRATA_SA_N_NAMESPACES];
  StrataPyValue         *dialect_object;  /* strata_sa_get_dialect_object() */
  StrataPyValue         *connection;
  guint                  n_savepoints;
} StrataSa;

/* After the machine was made, before it runs anything. */
void           strata_sa_init        (StrataSa *self, StrataPyMachine *py);
StrataSa      *strata_sa_get         (StrataPyMachine *py);
gboolean       strata_sa_is          (StrataPyMachine *py, const StrataPyValue *value, StrataSaClass class);
/* Adds a name to a namespace; a class goes by the name of its slots. */
void           strata_sa_export      (StrataPyMachine *py, StrataSaNamespace where, const char *name, StrataPyValue *value);
void           strata_sa_export_functions (StrataPyMachine *py, StrataSaNamespace where, const StrataPyNative *natives);
/* NULL without failure: the namespace has no such name. */
StrataPyValue *strata_sa_find_name   (StrataPyMachine *py, StrataSaNamespace where, const char *name);
/* What a function, class or type of a namespace takes, as Python writes it: "length=, collation="; NULL: nothing that is known.
 * FALSE: there is no such name. */
gboolean       strata_sa_find_parameters (StrataPyMachine *py, StrataSaNamespace where, const char *name, const char **parameters);
/* For StrataPyHost.find_module: NULL without failure where the module is none of these. */
StrataPyValue *strata_sa_find_module (StrataPyMachine *py, const char *name);
/* A copy in the machine's memory; NULL of NULL. */
const char    *strata_sa_intern      (StrataPyMachine *py, const char *text);
/* Raises the exception of sqlalchemy.exc of that name. Returns NULL. */
gpointer       strata_sa_raise       (StrataPyMachine *py, const char *exception, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* The parts; each makes its classes, keeps them in classes[], and exports its names. In this order. */
void           strata_sa_add_exceptions  (StrataPyMachine *py);
void           strata_sa_add_types       (StrataPyMachine *py);
void           strata_sa_add_elements    (StrataPyMachine *py);
void           strata_sa_add_statements  (StrataPyMachine *py);
void           strata_sa_add_items       (StrataPyMachine *py);
void           strata_sa_add_connections (StrataPyMachine *py);

G_END_DECLS

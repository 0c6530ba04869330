/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/sa.h"

/* A base stands before what is derived from it. */
static const struct { const char *name, *base; } exceptions[] = {
  { "SQLAlchemyError", NULL },
  { "ArgumentError", "SQLAlchemyError" },
  { "DuplicateColumnError", "ArgumentError" },
  { "ObjectNotExecutableError", "ArgumentError" },
  { "NoSuchModuleError", "ArgumentError" },
  { "NoForeignKeysError", "ArgumentError" },
  { "AmbiguousForeignKeysError", "ArgumentError" },
  { "ConstraintColumnNotFoundError", "ArgumentError" },
  { "CircularDependencyError", "SQLAlchemyError" },
  { "CompileError", "SQLAlchemyError" },
  { "UnsupportedCompilationError", "CompileError" },
  { "IdentifierError", "SQLAlchemyError" },
  { "DisconnectionError", "SQLAlchemyError" },
  { "TimeoutError", "SQLAlchemyError" },
  { "InvalidRequestError", "SQLAlchemyError" },
  { "NoInspectionAvailable", "InvalidRequestError" },
  { "PendingRollbackError", "InvalidRequestError" },
  { "ResourceClosedError", "InvalidRequestError" },
  { "NoSuchColumnError", "InvalidRequestError" },
  { "NoResultFound", "InvalidRequestError" },
  { "MultipleResultsFound", "InvalidRequestError" },
  { "NoReferenceError", "InvalidRequestError" },
  { "NoReferencedTableError", "NoReferenceError" },
  { "NoReferencedColumnError", "NoReferenceError" },
  { "NoSuchTableError", "InvalidRequestError" },
  { "UnreflectableTableError", "InvalidRequestError" },
  { "UnboundExecutionError", "InvalidRequestError" },
  { "StatementError", "SQLAlchemyError" },
  { "DBAPIError", "StatementError" },
  { "InterfaceError", "DBAPIError" },
  { "DatabaseError", "DBAPIError" },
  { "DataError", "DatabaseError" },
  { "OperationalError", "DatabaseError" },
  { "IntegrityError", "DatabaseError" },
  { "InternalError", "DatabaseError" },
  { "ProgrammingError", "DatabaseError" },
  { "NotSupportedError", "DatabaseError" },
};

static StrataPyClass *
find_exception (StrataPyMachine *py,
                const char      *name)
{
  return (StrataPyClass *) strata_py_dict_get_name (strata_sa_get (py)->names[STRATA_SA_EXCEPTIONS], name);
}

gpointer
strata_sa_raise (StrataPyMachine *py,
                 const char      *exception,
                 const char      *format,
                 ...)
{
  va_list args;

  va_start (args, format);
  strata_py_raise_of (py, find_exception (py, exception), format, args);
  va_end (args);

  return NULL;
}

void
strata_sa_add_exceptions (StrataPyMachine *py)
{
  for (guint i = 0; i < G_N_ELEMENTS (exceptions); i++)
    {
      StrataPyClass *base = exceptions[i].base != NULL ? find_exception (py, exceptions[i].base) : NULL;
      StrataPyClass *class = strata_py_exception_class (py, "sqlalchemy.exc", exceptions[i].name, base);

      strata_sa_export (py, STRATA_SA_EXCEPTIONS, exceptions[i].name, (StrataPyValue *) class);
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The classes of types, for the files that make them. */

#pragma once

#include "core/sqlalchemy/types.h"

G_BEGIN_DECLS

typedef struct _StrataSaTypeClass StrataSaTypeClass;

/* Any type. */
typedef struct
{
  StrataSaTypeObject        object;
  const StrataSaTypeClass  *class;
  StrataPyValue           **arguments;    /* of the constructor, as its form has them; NULL: left out */
  StrataPyValue            *impl;         /* of a TypeDecorator: another type's object */
  StrataPyDict             *variants;     /* with_variant(): dialect to type; NULL: none */
  const char               *words;        /* STRATA_TYPE_WORDS: more than the word of its class */
  const StrataType         *resolved;     /* what a type of a script's own stands for, once that was asked */
  gboolean                  is_filled;    /* a constructor was called */
} StrataSaTypeInstance;

typedef struct
{
  const char *parameters;                 /* as StrataPyNative has them */
  /* What each is where it is left out, a letter each: N(one), F(alse), T(rue); X: None, which is a Text() of
   * the type; "-": no attribute of the type. */
  const char *defaults;
  gboolean  (*fill) (StrataPyMachine *py, StrataSaTypeInstance *self, StrataPyValue **arguments);
} StrataSaTypeForm;

/* One line of a table; the base is an earlier one of the same namespace, else of SQLAlchemy itself. */
typedef struct
{
  const char             *name;
  const char             *base;
  StrataTypeKind          kind;
  const StrataSaTypeForm *form;           /* NULL: the base's */
  const char             *word;           /* STRATA_TYPE_WORDS, STRATA_TYPE_FOREIGN */
  const StrataPyNative   *methods;
  gboolean                changes_values; /* what is bound to it is stored as something else */
  guint                   length;         /* where none is given */
} StrataSaTypeRow;

struct _StrataSaTypeClass
{
  const StrataSaTypeRow  *row;
  const StrataSaTypeForm *form;
};

/* On a class, and those derived from it: @compiles. */
#define STRATA_SA_COMPILED_FOR_US "@compiles for this server"
#define STRATA_SA_COMPILED "_compiler_dispatch"

/* Tables end with a name that is NULL. */
extern const StrataSaTypeRow strata_sa_common_types[];
extern const StrataSaTypeRow strata_sa_postgresql_types[];
extern const StrataSaTypeRow strata_sa_mysql_types[];
extern const StrataSaTypeRow strata_sa_sqlite_types[];
extern const StrataSaTypeRow strata_sa_mssql_types[];
extern const StrataSaTypeRow strata_sa_oracle_types[];
extern const StrataSaTypeRow strata_sa_pgvector_types[];
extern const StrataSaTypeRow strata_sa_utils_types[];
extern const StrataSaTypeRow strata_sa_sqlmodel_types[];
extern const StrataSaTypeRow strata_sa_geoalchemy_types[];
extern const StrataSaTypeRow strata_sa_citext_types[];
extern const StrataSaTypeRow strata_sa_fastapi_users_types[];
extern const StrataSaTypeRow strata_sa_advanced_types[];

extern const StrataPyNative  strata_sa_type_methods[];
extern const StrataPyNative  strata_sa_compiler_functions[];
extern const StrataPyNative  strata_sa_decorator_methods[];
extern const StrataPyNative  strata_sa_named_type_methods[];

/* Of a class, a script's own too; NULL: it is none of a type. */
const StrataSaTypeClass *strata_sa_type_class  (const StrataPyValue   *class);
void                  strata_sa_add_mutable    (StrataPyMachine       *py);
/* A type object, or NULL. */
StrataSaTypeInstance *strata_sa_type_instance  (StrataPyMachine       *py,
                                                StrataPyValue         *value);
/* Of a type, or of its class, which is called; NULL: failed. */
StrataSaTypeInstance *strata_sa_to_type        (StrataPyMachine       *py,
                                                StrataPyValue         *value);
StrataSaTypeInstance *strata_sa_copy_type      (StrataPyMachine       *py,
                                                StrataSaTypeInstance  *self);
/* Makes the class of a line. */
StrataPyClass        *strata_sa_add_type_row   (StrataPyMachine       *py,
                                                StrataSaNamespace      where,
                                                const StrataSaTypeRow *row);
/* The slots of all types. */
StrataPyValue        *strata_sa_type_repr      (StrataPyMachine       *py,
                                                StrataPyValue         *value);
StrataPyValue        *strata_sa_type_str       (StrataPyMachine       *py,
                                                StrataPyValue         *value);
StrataPyValue        *strata_sa_type_get_attribute (StrataPyMachine   *py,
                                                StrataPyValue         *value,
                                                const char            *name);
gboolean              strata_sa_type_set_attribute (StrataPyMachine   *py,
                                                StrataPyValue         *value,
                                                const char            *name,
                                                StrataPyValue         *to);
StrataPyValue        *strata_sa_type_compile   (StrataPyMachine       *py,
                                                StrataPyValue         *self,
                                                StrataPyValue        **arguments);
/* A method that a class of a script has, bound; NULL without failure: none. */
StrataPyValue        *strata_sa_type_own_method (StrataPyMachine      *py,
                                                StrataSaTypeInstance  *self,
                                                const char            *name);
/* Whether what is bound to it is stored as something else. */
gboolean              strata_sa_type_has_binder (StrataPyMachine      *py,
                                                StrataSaTypeInstance  *self);
/* What it is for the machine's database; NULL: failed. */
const StrataType     *strata_sa_resolve_type   (StrataPyMachine       *py,
                                                StrataSaTypeInstance  *self);
/* NULL without failure: not one of the constructor's. */
StrataPyValue        *strata_sa_type_argument  (StrataPyMachine       *py,
                                                StrataSaTypeInstance  *self,
                                                const char            *name);

/* Whether the parameter is an attribute. */
gboolean              strata_sa_type_has_parameter (const StrataSaTypeForm *form,
                                                const char            *name);

/* Arguments as C has them. None is what was left out. FALSE: failed. */
gboolean              strata_sa_read_count     (StrataPyMachine       *py,
                                                StrataPyValue         *value,
                                                guint                 *number,
                                                gboolean              *is_given);
gboolean              strata_sa_read_flag      (StrataPyMachine       *py,
                                                StrataPyValue         *value,
                                                gboolean               initial,
                                                gboolean              *flag);
gboolean              strata_sa_read_text      (StrataPyMachine       *py,
                                                StrataPyValue         *value,
                                                const char           **text);

G_END_DECLS

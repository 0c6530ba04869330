/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The type of a column, as a script names it: what each server makes of it is core/render's business. A type is a plain
 * value; whoever makes it owns it and what it points to. */

#pragma once

#include "core/schema/type-kind.h"

G_BEGIN_DECLS

typedef struct _StrataType        StrataType;
typedef struct _StrataTypeVariant StrataTypeVariant;

/* The values of an enumeration: a type of its own on the servers that have such types. */
typedef struct
{
  const char         *schema;
  const char * const *values;               /* NULL-terminated */
  guint               longest_list;         /* of values that are lists by mistake: nothing but a length is made of them */
  gboolean            has_members;          /* of a class of the script's own, which rows are given as */
  gboolean            is_made_elsewhere;    /* creating a table does not create the type too */
  gboolean            has_table_schema;     /* that of the table where it is used, not its own */
} StrataEnum;

/* What CREATE DOMAIN says besides the type that the domain is made of. */
typedef struct
{
  const char         *default_text;         /* as SQL */
  const char         *constraint_name;
  const char         *check_text;
  gboolean            is_not_null;
} StrataDomain;

/* A text of Python, and the lines that import what it names. */
typedef struct
{
  const char         *text;
  const char * const *imports;              /* NULL: none */
} StrataPythonSource;

/* Only what the kind has is looked at; 0 is "not given". */
struct _StrataType
{
  StrataTypeKind            kind;
  const char               *name;           /* STRATA_TYPE_WORDS, _FOREIGN: the words; enum, domain: its name, or NULL;
                                             * boolean: the name of its CHECK */
  guint                     length;
  const char               *collation;
  guint                     precision;
  guint                     scale;
  gboolean                  has_precision;
  gboolean                  has_scale;
  gboolean                  has_timezone;
  gboolean                  is_varying;     /* BIT */
  gboolean                  creates_check;  /* boolean and enum: where the server has no such type, a CHECK */
  gboolean                  is_not_native;  /* enum, Uuid: text everywhere */
  gboolean                  takes_text;     /* UUID: as_uuid=False */
  gboolean                  takes_none;     /* JSON: none_as_null=True */
  gboolean                  has_spatial_index; /* geoalchemy2's: a column of it gets one */
  const char               *fields;         /* INTERVAL */
  const StrataType         *item;           /* of an array; what a domain is made of */
  guint                     n_dimensions;
  StrataEnum                values;         /* a domain has a schema too */
  const StrataDomain       *domain;
  const StrataTypeVariant  *variants;       /* the first that fits the server stands for the type */
  const StrataPythonSource *python;         /* as the project's own scripts name it; NULL: by its kind */
  const char               *words;          /* a function of the project writes the type so; NULL: none does */
  gconstpointer             binder;         /* core/sqlalchemy's: the object that changes what is bound, or NULL */
};

struct _StrataTypeVariant
{
  StrataDialect             dialect;
  const StrataType         *type;
  const StrataTypeVariant  *next;
};

const StrataType   *strata_type_for_dialect  (const StrataType *type,
                                              StrataDialect     dialect);
/* How many characters the longest value has. */
guint               strata_enum_get_length   (const StrataEnum *self);

G_END_DECLS

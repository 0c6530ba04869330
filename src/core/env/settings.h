/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/env/natives.h"

G_BEGIN_DECLS

/* How a pydantic settings class reads its fields. */
typedef struct
{
  StrataEnvThing *file;            /* env_file; NULL: none */
  const char     *prefix;
  const char     *delimiter;       /* of nested names; NULL: none */
  gboolean        case_sensitive;
  gboolean        ignores_empty;
  gboolean        by_name;         /* a field that has an alias goes by its own name too */
  gboolean        plain_enums;
  gboolean        is_old;          /* of pydantic 1 */
  gboolean        is_known;
} StrataEnvOptions;

/* What the value of a field is made of a text. */
typedef enum
{
  STRATA_ENV_AS_TEXT,
  STRATA_ENV_AS_FLAG,
  STRATA_ENV_AS_INTEGER,
  STRATA_ENV_AS_SECRET,
  STRATA_ENV_AS_ENUM,
  STRATA_ENV_AS_MODEL,
  STRATA_ENV_AS_OTHER,
} StrataEnvFieldKind;

/* A field: its annotation and what is assigned to it. */
typedef struct
{
  const StrataPyNode *node;        /* ANNOTATED */
  StrataEnvThing     *class_thing; /* that it stands in */
  const char         *name;
  StrataEnvThing     *assigned;    /* a value or "Field(...)"; NULL: none */
  StrataEnvFieldKind  kind;
  StrataEnvThing     *type;        /* the class of an enumeration or model */
} StrataEnvField;

StrataEnvOptions      strata_env_read_options     (StrataEnvReader        *self,
                                                   StrataEnvThing         *instance);
/* Of the class itself, else of its bases; NULL: it has none of this name. */
StrataEnvThing       *strata_env_settings_option  (StrataEnvThing         *class_thing,
                                                   const char             *name);
/* Where a field comes from, where the class says in which order its sources count. */
typedef struct
{
  gboolean        has_variables;
  gboolean        has_files;       /* env_file counts */
  gboolean        has_data;        /* there are files of settings */
  StrataEnvThing *data;            /* that a file of settings has, if no variable has one; or NULL */
} StrataEnvEntry;

/* For a new instance whose class says so. */
void                  strata_env_settings_read_sources (StrataEnvReader        *self,
                                                        StrataEnvThing         *instance,
                                                        StrataPlace             place);
/* The class says so, and it was not understood. */
gboolean              strata_env_settings_has_strange_sources (StrataEnvThing  *instance);
/* FALSE: it is not known. */
gboolean              strata_env_settings_find_entry   (StrataEnvThing         *instance,
                                                        const StrataEnvOptions *options,
                                                        const StrataEnvField   *field,
                                                        StrataEnvEntry         *entry);
/* The annotation and what else is known of it; FALSE: the class has no such field. */
gboolean              strata_env_find_field       (StrataEnvReader        *self,
                                                   StrataEnvThing         *class_thing,
                                                   const char             *name,
                                                   StrataEnvField         *field);
/* "Field(...)", or NULL. */
StrataEnvThing       *strata_env_field_get_call   (const StrataEnvField   *field);
/* Names of variables, borrowed but for those added to own; FALSE where they were not understood. */
gboolean              strata_env_field_get_names  (const StrataEnvField   *field,
                                                   const StrataEnvOptions *options,
                                                   GPtrArray              *names,
                                                   GPtrArray              *own);
/* Runs what the classes say about the values of this field. */
StrataEnvThing       *strata_env_field_validate   (StrataEnvReader        *self,
                                                   StrataEnvFrame         *frame,
                                                   StrataEnvThing         *instance,
                                                   const StrataEnvField   *field,
                                                   StrataEnvThing         *value);
gboolean              strata_env_class_validates  (StrataEnvThing         *class_thing);

G_END_DECLS

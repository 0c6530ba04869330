/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/alembic/env-reader.h"

G_BEGIN_DECLS

/* What is known of Python's own and of well-known modules. */

/* A call of something outside; NULL where nothing is known of it. */
StrataEnvThing       *strata_env_call_outside     (StrataEnvReader       *self,
                                                   const char            *name,
                                                   StrataEnvCall         *call);
/* A call of a method of a thing that has no class of its own; NULL as above. */
StrataEnvThing       *strata_env_call_text        (StrataEnvReader       *self,
                                                   StrataEnvThing        *thing,
                                                   const char            *name,
                                                   StrataEnvCall         *call);
StrataEnvThing       *strata_env_call_path        (StrataEnvReader       *self,
                                                   StrataEnvThing        *thing,
                                                   const char            *name,
                                                   StrataEnvCall         *call);
StrataEnvThing       *strata_env_call_container   (StrataEnvReader       *self,
                                                   StrataEnvThing        *thing,
                                                   const char            *name,
                                                   StrataEnvCall         *call);
StrataEnvThing       *strata_env_call_database    (StrataEnvReader       *self,
                                                   StrataEnvThing        *thing,
                                                   const char            *name,
                                                   StrataEnvCall         *call);
StrataEnvThing       *strata_env_call_object      (StrataEnvReader       *self,
                                                   StrataEnvThing        *object,
                                                   const char            *name,
                                                   StrataEnvCall         *call);

/* A row of a table of functions that are known, by the full name. */
typedef struct
{
  const char      *name;
  StrataEnvThing *(*call) (StrataEnvReader *self,
                           StrataEnvCall   *call);
} StrataEnvNative;

StrataEnvThing       *strata_env_call_os          (StrataEnvReader       *self,
                                                   const char            *name,
                                                   StrataEnvCall         *call);
StrataEnvThing       *strata_env_call_dotenv      (StrataEnvReader       *self,
                                                   const char            *name,
                                                   StrataEnvCall         *call);
StrataEnvThing       *strata_env_call_alembic     (StrataEnvReader       *self,
                                                   const char            *name,
                                                   StrataEnvCall         *call);
StrataEnvThing       *strata_env_call_sqlalchemy  (StrataEnvReader       *self,
                                                   const char            *name,
                                                   StrataEnvCall         *call);
StrataEnvThing       *strata_env_call_builtin     (StrataEnvReader       *self,
                                                   const char            *name,
                                                   StrataEnvCall         *call);

/* Stands for a setting that configure() was not given. */
#define STRATA_ENV_NOT_GIVEN "not given"

/* The URL of a connection or engine, unknown for anything else. */
StrataEnvThing       *strata_env_connection_url   (StrataEnvReader       *self,
                                                   StrataEnvThing        *thing);

/* The attribute of a name outside: most are only longer names. */
StrataEnvThing       *strata_env_outside_get      (StrataEnvReader       *self,
                                                   StrataPlace            place,
                                                   const char            *owner,
                                                   const char            *name);
gboolean              strata_env_is_builtin       (const char            *name);
gboolean              strata_env_outside_is_never_none (const StrataEnvThing *thing);

/* Environment */
StrataEnvThing       *strata_env_environment      (StrataEnvReader       *self);
const StrataEnvValue *strata_env_variable         (StrataEnvReader       *self,
                                                   StrataPlace            place,
                                                   const char            *name,
                                                   gboolean               any_case,
                                                   const StrataEnvFile   *files,
                                                   guint                  n_files);
void                  strata_env_set_variable     (StrataEnvReader       *self,
                                                   StrataPlace            place,
                                                   StrataEnvThing        *name,
                                                   StrataEnvThing        *value,
                                                   gboolean               is_default);
void                  strata_env_load_file        (StrataEnvReader       *self,
                                                   const StrataEnvFile   *file);
/* A file's path as a call gives it: a literal, else NULL. */
const char           *strata_env_literal_path     (StrataEnvReader       *self,
                                                   StrataEnvThing        *thing);
/* The folder of the module that a call stands in. */
const char           *strata_env_own_folder       (StrataEnvReader       *self,
                                                   StrataEnvFrame        *frame);

/* Values */
const StrataEnvValue *strata_env_need             (StrataEnvReader       *self,
                                                   const StrataEnvValue  *value);
const StrataEnvValue *strata_env_default          (StrataEnvReader       *self,
                                                   const StrataEnvValue  *value,
                                                   StrataEnvThing        *otherwise);
const StrataEnvValue *strata_env_join             (StrataEnvReader       *self,
                                                   StrataPlace            place,
                                                   guint                  n,
                                                   ...);
const StrataEnvValue *strata_env_join_path        (StrataEnvReader       *self,
                                                   StrataPlace            place,
                                                   const StrataEnvValue  *first,
                                                   const StrataEnvValue  *second);
const StrataEnvValue *strata_env_text             (StrataEnvReader       *self,
                                                   StrataPlace            place,
                                                   const char            *text);
StrataEnvThing       *strata_env_no_idea          (StrataEnvReader       *self,
                                                   StrataEnvCall         *call);
const StrataEnvValue *strata_env_section_leaf     (StrataEnvReader       *self,
                                                   StrataEnvThing        *section,
                                                   StrataPlace            place,
                                                   const char            *key);
/* An entry of a section, None where there is none. */
const StrataEnvValue *strata_env_section_get      (StrataEnvReader       *self,
                                                   StrataEnvThing        *section,
                                                   StrataPlace            place,
                                                   const char            *key);
StrataEnvThing       *strata_env_section          (StrataEnvReader       *self,
                                                   StrataPlace            place,
                                                   const char            *name);
StrataEnvThing       *strata_env_copy             (StrataEnvReader       *self,
                                                   StrataEnvThing        *thing,
                                                   StrataPlace            place);
void                  strata_env_dict_update      (StrataEnvReader       *self,
                                                   StrataEnvThing        *dict,
                                                   StrataEnvThing        *more);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/env/reader.h"

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

StrataEnvThing       *strata_env_call_environment (StrataEnvReader       *self,
                                                   const char            *name,
                                                   StrataEnvCall         *call);
StrataEnvThing       *strata_env_call_import      (StrataEnvReader       *self,
                                                   const char            *name,
                                                   StrataEnvCall         *call);
StrataEnvThing       *strata_env_call_sys         (StrataEnvReader       *self,
                                                   const char            *name,
                                                   StrataEnvCall         *call);
StrataEnvThing       *strata_env_call_os          (StrataEnvReader       *self,
                                                   const char            *name,
                                                   StrataEnvCall         *call);
StrataEnvThing       *strata_env_call_dotenv      (StrataEnvReader       *self,
                                                   const char            *name,
                                                   StrataEnvCall         *call);
StrataEnvThing       *strata_env_call_alembic     (StrataEnvReader       *self,
                                                   const char            *name,
                                                   StrataEnvCall         *call);
StrataEnvThing       *strata_env_call_config      (StrataEnvReader       *self,
                                                   const char            *name,
                                                   StrataEnvCall         *call);
StrataEnvThing       *strata_env_call_sqlalchemy  (StrataEnvReader       *self,
                                                   const char            *name,
                                                   StrataEnvCall         *call);

/* Names outside that nothing else has: of a setting that configure() was not given, of an entry that a dict does not
 * have, and of what a member of an enumeration is made by. */
#define STRATA_ENV_NOT_GIVEN      "not given"
#define STRATA_ENV_NO_ENTRY       "no entry"
#define STRATA_ENV_MEMBER_OF_ENUM "enum.member"
#define STRATA_ENV_SECRET         "pydantic.SecretStr"
#define STRATA_ENV_SUPER          "builtins.super"

StrataEnvThing       *strata_env_url_driver       (StrataEnvReader       *self,
                                                   StrataPlace            place,
                                                   StrataEnvThing        *url,
                                                   const char            *sign);
/* The URL of a connection or engine, unknown for anything else. */
StrataEnvThing       *strata_env_connection_url   (StrataEnvReader       *self,
                                                   StrataEnvThing        *thing);

/* The attribute of a name outside: most are only longer names. */
/* What Flask-Migrate gives to configure(): a DICT. */
StrataEnvThing       *strata_env_flask_arguments  (StrataEnvReader       *self,
                                                   StrataPlace            place);
/* Flask: the application that it runs is made before env.py is followed. */
void                  strata_env_flask_start      (StrataEnvReader       *self);
StrataEnvThing       *strata_env_flask_attribute  (StrataEnvReader       *self,
                                                   StrataPlace            place,
                                                   const char            *full);
StrataEnvThing       *strata_env_call_flask       (StrataEnvReader       *self,
                                                   const char            *name,
                                                   StrataEnvCall         *call);
StrataEnvThing       *strata_env_call_flask_config (StrataEnvReader      *self,
                                                   StrataEnvThing        *config,
                                                   const char            *name,
                                                   StrataEnvCall         *call);
/* Arguments of the driver that say where to connect to, or who it is there, beside the URL. */
gboolean              strata_env_redirects        (StrataEnvReader       *self,
                                                   StrataEnvThing        *arguments);
StrataEnvThing       *strata_env_outside_get      (StrataEnvReader       *self,
                                                   StrataPlace            place,
                                                   const char            *owner,
                                                   const char            *name);
gboolean              strata_env_is_builtin       (const char            *name);
gboolean              strata_env_outside_is_never_none (const StrataEnvThing *thing);

/* Entries of dicts */
StrataEnvThing       *strata_env_find_entry       (StrataEnvReader       *self,
                                                   StrataPlace            place,
                                                   StrataEnvThing        *dict,
                                                   StrataEnvThing        *key);
gboolean              strata_env_is_missing       (const StrataEnvThing  *entry);
StrataEnvThing       *strata_env_entry_or         (StrataEnvReader       *self,
                                                   StrataEnvThing        *entry,
                                                   StrataEnvThing        *otherwise);
const StrataEnvValue *strata_env_entry_exists     (StrataEnvReader       *self,
                                                   StrataPlace            place,
                                                   StrataEnvThing        *entry);

/* Members of enumerations: first is the class, value the value, second the name. */
StrataEnvThing       *strata_env_enum_new         (StrataEnvReader       *self,
                                                   StrataPlace            place,
                                                   StrataEnvThing        *class_thing,
                                                   StrataEnvThing        *value,
                                                   const char            *name);
StrataEnvThing       *strata_env_enum_get         (StrataEnvReader       *self,
                                                   StrataPlace            place,
                                                   StrataEnvThing        *member,
                                                   const char            *name);
const StrataEnvValue *strata_env_enum_as_key      (StrataEnvReader       *self,
                                                   StrataEnvThing        *member);
gboolean              strata_env_enum_is_text     (const StrataEnvThing  *member);

/* Environment */
StrataEnvThing       *strata_env_environment      (StrataEnvReader       *self);
const StrataEnvValue *strata_env_variable         (StrataEnvReader       *self,
                                                   StrataPlace            place,
                                                   const char            *name,
                                                   gboolean               any_case,
                                                   const StrataEnvFile   *files,
                                                   guint                  n_files);
/* Of the file alone, whatever the environment has. */
const StrataEnvValue *strata_env_file_variable    (StrataEnvReader       *self,
                                                   StrataPlace            place,
                                                   const char            *name,
                                                   const StrataEnvFile   *file);
void                  strata_env_set_variable     (StrataEnvReader       *self,
                                                   StrataPlace            place,
                                                   StrataEnvThing        *name,
                                                   StrataEnvThing        *value,
                                                   gboolean               is_default);
void                  strata_env_load_file        (StrataEnvReader       *self,
                                                   const StrataEnvFile   *file);
void                  strata_env_update_environment (StrataEnvReader     *self,
                                                   StrataPlace            place,
                                                   StrataEnvThing        *more);
StrataEnvThing       *strata_env_copy_environment (StrataEnvReader       *self,
                                                   StrataPlace            place);
StrataEnvThing       *strata_env_join_environments (StrataEnvReader      *self,
                                                   const StrataEnvValue  *condition,
                                                   StrataEnvThing        *first,
                                                   StrataEnvThing        *second);
void                  strata_env_repeat_changes   (StrataEnvReader       *self,
                                                   StrataEnvThing        *last,
                                                   StrataEnvThing        *before);
/* Paths, where the code may have gone to another folder; NULL where it is not known which. */
const char           *strata_env_place_path       (StrataEnvReader       *self,
                                                   const char            *path);
void                  strata_env_place_file       (StrataEnvReader       *self,
                                                   StrataEnvFile         *file);
const StrataEnvValue *strata_env_place_url        (StrataEnvReader       *self,
                                                   const StrataEnvValue  *url);
/* Where the code has gone; NULL: it is where it was started. */
const StrataEnvValue *strata_env_get_cwd          (StrataEnvReader       *self);
void                  strata_env_extend_path      (StrataEnvReader       *self,
                                                   StrataEnvThing        *folders);
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
/* What env.py can set of a section of the ini. */
StrataEnvThing       *strata_env_ini_section      (StrataEnvReader       *self,
                                                   const char            *name);
const char           *strata_env_ini_fold_name    (StrataEnvReader       *self,
                                                   const char            *name);
const StrataEnvValue *strata_env_ini_leaf         (StrataEnvReader       *self,
                                                   StrataEnvThing        *section,
                                                   StrataPlace            place,
                                                   const char            *key);
const StrataEnvValue *strata_env_ini_read         (StrataEnvReader       *self,
                                                   StrataEnvThing        *store,
                                                   StrataPlace            place,
                                                   const char            *name);
StrataEnvThing       *strata_env_section_over     (StrataEnvReader       *self,
                                                   StrataPlace            place,
                                                   StrataEnvThing        *upper,
                                                   StrataEnvThing        *lower);
void                  strata_env_section_set      (StrataEnvReader       *self,
                                                   StrataEnvThing        *section,
                                                   const char            *key,
                                                   StrataEnvThing        *thing);
/* An entry of a section, None where there is none. */
const StrataEnvValue *strata_env_section_get      (StrataEnvReader       *self,
                                                   StrataEnvThing        *section,
                                                   StrataPlace            place,
                                                   const char            *key);
StrataEnvThing       *strata_env_copy             (StrataEnvReader       *self,
                                                   StrataEnvThing        *thing,
                                                   StrataPlace            place);
void                  strata_env_dict_update      (StrataEnvReader       *self,
                                                   StrataEnvThing        *dict,
                                                   StrataEnvThing        *more);

G_END_DECLS

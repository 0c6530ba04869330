/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/env/natives.h"

G_BEGIN_DECLS

/* Files of settings that the code opens and gives to a library that reads them. They are read when the code is followed; a path
 * that depends on something is worked out as things are now, and what was read counts as long as it comes to the same. */

#define STRATA_ENV_OPEN_FILE "builtins.open"

typedef struct
{
  const char           *path;        /* absolute */
  const char           *text;
  gsize                 length;
  const StrataEnvValue *condition;   /* under which it is this file; NULL: it is always */
  StrataPlace           reader;
} StrataEnvData;

StrataEnvReading      strata_env_data_read        (StrataEnvReader       *self,
                                                   StrataPlace            reader,
                                                   StrataEnvThing        *path,
                                                   StrataEnvData         *data);
/* Of a file that was opened, as above. */
gboolean              strata_env_data_of_open     (StrataEnvReader       *self,
                                                   StrataPlace            reader,
                                                   StrataEnvThing        *object,
                                                   StrataEnvData         *data);
/* Why it is not known what a call gives; an error of Python's may be the reason. */
StrataEnvThing       *strata_env_data_unknown     (StrataEnvReader       *self,
                                                   StrataPlace            place,
                                                   const char            *format,
                                                   ...) G_GNUC_PRINTF (3, 4);
/* What was made of it, as long as it is this file. */
StrataEnvThing       *strata_env_data_guard       (StrataEnvReader       *self,
                                                   const StrataEnvData   *data,
                                                   StrataEnvThing        *thing);

typedef enum
{
  STRATA_ENV_JSON,
  STRATA_ENV_TOML,
  STRATA_ENV_YAML,
} StrataEnvFormat;

/* The DICT that is in it (YAML may have anything), or an unknown value. */
StrataEnvThing       *strata_env_data_parse       (StrataEnvReader       *self,
                                                   StrataEnvFormat        format,
                                                   const StrataEnvData   *data);

/* The dotted name of an entry in what has that name ("": the whole file). */
char                 *strata_env_data_dup_name    (const char            *whole,
                                                   const char            *key);
/* Whether Python writes a number just as it stands there. */
gboolean              strata_env_data_is_plain_number (const char         *text);
StrataEnvThing       *strata_env_data_parse_yaml  (StrataEnvReader       *self,
                                                   const StrataEnvData   *data);

/* Python's own functions that open files, and those of libraries that read them. */
StrataEnvThing       *strata_env_call_open        (StrataEnvReader       *self,
                                                   const char            *name,
                                                   StrataEnvCall         *call);
StrataEnvThing       *strata_env_call_loader      (StrataEnvReader       *self,
                                                   const char            *name,
                                                   StrataEnvCall         *call);
/* Path.open() and the like; NULL for other methods. */
StrataEnvThing       *strata_env_call_path_file   (StrataEnvReader       *self,
                                                   StrataEnvThing        *path,
                                                   const char            *name,
                                                   StrataEnvCall         *call);
/* Methods of an open file. */
StrataEnvThing       *strata_env_call_file        (StrataEnvReader       *self,
                                                   StrataEnvThing        *file,
                                                   const char            *name,
                                                   StrataEnvCall         *call);

G_END_DECLS

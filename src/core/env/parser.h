/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/env/data.h"

G_BEGIN_DECLS

#define STRATA_ENV_PARSER "configparser.ConfigParser"
#define STRATA_ENV_PROXY  "configparser.SectionProxy"

/* What "op" of a ConfigParser says of its interpolation: %(name)s, none, or ${section:name}. */
enum
{
  STRATA_ENV_BASIC,
  STRATA_ENV_RAW,
  STRATA_ENV_EXTENDED,
};

StrataEnvThing       *strata_env_call_new_parser  (StrataEnvReader       *self,
                                                   const char            *name,
                                                   StrataEnvCall         *call);
/* Methods of a ConfigParser or one of its sections. */
StrataEnvThing       *strata_env_call_parser      (StrataEnvReader       *self,
                                                   StrataEnvThing        *object,
                                                   const char            *name,
                                                   StrataEnvCall         *call);
StrataEnvThing       *strata_env_parser_get_state (StrataEnvReader       *self,
                                                   StrataPlace            place,
                                                   StrataEnvThing        *parser);
StrataEnvThing       *strata_env_parser_read      (StrataEnvReader       *self,
                                                   StrataEnvThing        *parser,
                                                   StrataEnvCall         *call);
StrataEnvThing       *strata_env_parser_read_file (StrataEnvReader       *self,
                                                   StrataEnvThing        *parser,
                                                   StrataEnvCall         *call);
gboolean              strata_env_is_parser        (const StrataEnvThing  *thing);
/* "parser[section]", "section[key]"; NULL where it is not known. */
StrataEnvThing       *strata_env_parser_get       (StrataEnvReader       *self,
                                                   StrataPlace            place,
                                                   StrataEnvThing        *object,
                                                   StrataEnvThing        *key);
/* "key in section", as above. */
StrataEnvThing       *strata_env_parser_has       (StrataEnvReader       *self,
                                                   StrataPlace            place,
                                                   StrataEnvThing        *object,
                                                   StrataEnvThing        *key);
/* dict (section): a LIST of its keys with their values, or NULL. */
StrataEnvThing       *strata_env_parser_items     (StrataEnvReader       *self,
                                                   StrataPlace            place,
                                                   StrataEnvThing        *object,
                                                   StrataEnvThing        *section);

G_END_DECLS

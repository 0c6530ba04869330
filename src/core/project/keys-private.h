/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/project/keys.h"

G_BEGIN_DECLS

struct _StrataKeys
{
  StrataDocument *ini;           /* or NULL */
  StrataDocument *toml;          /* or NULL */
  StrataDocument *own;           /* or NULL */
  char           *ini_section;
  char           *own_section;
};

/* Python's "value % {'here': ...}". */
char *strata_keys_expand_toml (const StrataDocument    *document,
                               const StrataConfigValue *value,
                               const char              *key,
                               GPtrArray               *findings);

G_END_DECLS

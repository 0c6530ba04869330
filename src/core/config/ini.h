/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/config/document.h"

G_BEGIN_DECLS

/* The rules of Python's ConfigParser as Alembic uses it, to the letter. The root holds a table for each section, with
 * raw strings by lower-cased key, and always a table "DEFAULT". */

#define STRATA_INI_DEFAULT "DEFAULT"

/* What ConfigParser would refuse the whole file for is a finding of severity ERROR, and the rest is read; of a key given
 * twice the last one is kept. Only a text that is no UTF-8 gives NULL. Defaults are key, value, ..., NULL (or NULL):
 * entries of [DEFAULT] that the file may override, such as "here". */
StrataDocument          *strata_ini_parse  (const char              *path,
                                            const char              *text,
                                            gsize                    length,
                                            const char * const      *defaults,
                                            GPtrArray               *findings);
gboolean                 strata_ini_has_section (StrataDocument     *self,
                                            const char              *section);
/* The raw value, from the section or else from [DEFAULT]; NULL where neither has the key, or there is no such section. */
const StrataConfigValue *strata_ini_lookup (StrataDocument          *self,
                                            const char              *section,
                                            const char              *key);
/* The value as Python gets it: with each %(name)s replaced by that section's value, and %% by %. Errors say file and line,
 * and never the value itself: it may hold a password. */
char                    *strata_ini_expand (StrataDocument          *self,
                                            const char              *section,
                                            const StrataConfigValue *value,
                                            GError                 **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/config/ini.h"
#include "core/project/config-files.h"

G_BEGIN_DECLS

/* What the configuration files of a project say, key by key, as Alembic looks keys up: the ini's section first, then
 * [tool.alembic]. Our own keys are those of strata.ini. Immutable after it was read. */
typedef struct _StrataKeys StrataKeys;

StrataKeys  *strata_keys_read        (const StrataConfigFiles *files,
                                      const char              *section,
                                      GPtrArray               *findings,
                                      GError                 **error);
void         strata_keys_free        (StrataKeys              *self);

/* The section of the ini that counts: what -n says, else "alembic" (in a strata.ini "strata"). */
const char  *strata_keys_get_section (const StrataKeys        *self);

/* Expanded values, or NULL where the key is not given. One that cannot be expanded, or is of the wrong kind, is NULL
 * too and a finding. The place (may be NULL) is of the value; findings may be NULL where they were reported before.
 * */
char        *strata_keys_dup         (const StrataKeys        *self,
                                      const char              *key,
                                      StrataPlace             *place,
                                      GPtrArray               *findings);
/* Only [strata] of a strata.ini. */
char        *strata_keys_dup_own     (const StrataKeys        *self,
                                      const char              *key,
                                      StrataPlace             *place,
                                      GPtrArray               *findings);
/* Only the ini file, as env.py sees it with config.get_section(); NULL is the section that counts. */
char        *strata_keys_dup_ini     (const StrataKeys        *self,
                                      const char              *section,
                                      const char              *key,
                                      StrataPlace             *place,
                                      GPtrArray               *findings);
/* The same as it stands there, before interpolation. */
const char  *strata_keys_get_ini_raw (const StrataKeys        *self,
                                      const char              *section,
                                      const char              *key,
                                      StrataPlace             *place);
/* Of a key that the ini gives twice with different texts, the value that does not count; else as the first ones above. */
char        *strata_keys_dup_other_own (const StrataKeys      *self,
                                      const char              *key,
                                      StrataPlace             *place);
char        *strata_keys_dup_other_ini (const StrataKeys      *self,
                                      const char              *section,
                                      const char              *key,
                                      StrataPlace             *place);
/* "true" to the letter in an ini, a boolean in TOML. */
gboolean     strata_keys_get_flag    (const StrataKeys        *self,
                                      const char              *key,
                                      GPtrArray               *findings);
/* A list of paths: split in an ini as path_separator (or the given older key) says, or by the old rule without one. */
GStrv        strata_keys_dup_paths   (const StrataKeys        *self,
                                      const char              *key,
                                      const char              *older_separator_key,
                                      const char              *old_rule,
                                      GPtrArray               *findings);
/* [strata:names]: name, meaning, ..., NULL. */
GStrv        strata_keys_dup_names   (const StrataKeys        *self,
                                      GPtrArray               *findings);

/* One of [post_write_hooks], as it stands there; NULL: not said. */
typedef struct
{
  char        *name, *type, *entrypoint, *executable, *module, *options, *cwd;
  StrataPlace  place;
} StrataHookKeys;

/* Elements are StrataHookKeys, owned, in their order. */
GPtrArray   *strata_keys_dup_hooks   (const StrataKeys        *self);
void         strata_hook_keys_free   (StrataHookKeys          *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataKeys, strata_keys_free)

G_END_DECLS

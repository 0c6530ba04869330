/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/finding.h"

G_BEGIN_DECLS

/* One value of a configuration file, and where it stands. All readers make the same tree of them, which belongs to a
 * StrataDocument and never changes after it was read. */
typedef struct _StrataConfigValue StrataConfigValue;

typedef enum
{
  STRATA_CONFIG_STRING,
  STRATA_CONFIG_INTEGER,
  STRATA_CONFIG_FLOAT,
  STRATA_CONFIG_BOOLEAN,
  STRATA_CONFIG_DATE,      /* TOML's dates and times, kept as text */
  STRATA_CONFIG_NULL,      /* JSON's */
  STRATA_CONFIG_ARRAY,
  STRATA_CONFIG_TABLE,
} StrataConfigKind;

StrataConfigKind         strata_config_value_get_kind    (const StrataConfigValue *self);
const char              *strata_config_kind_get_name     (StrataConfigKind         kind);
/* Of the value; where it is a whole file, of its first line. */
StrataPlace              strata_config_value_get_place   (const StrataConfigValue *self);
/* Of its key in the table that holds it; elsewhere the place of the value. */
StrataPlace              strata_config_value_get_key_place (const StrataConfigValue *self);

/* A string's text, valid UTF-8; of the other scalars the text as written; NULL for arrays and tables. */
const char              *strata_config_value_get_text    (const StrataConfigValue *self);
/* What an ini file gave before for the same key of the same section, with another text; else NULL. */
const StrataConfigValue *strata_config_value_get_other   (const StrataConfigValue *self);
/* 0, 0.0 and FALSE where the value is of another kind. */
gint64                   strata_config_value_get_integer (const StrataConfigValue *self);
double                   strata_config_value_get_float   (const StrataConfigValue *self);
gboolean                 strata_config_value_get_boolean (const StrataConfigValue *self);

/* Arrays and tables, in the order of the file; 0 elements for scalars. */
guint                    strata_config_value_get_size    (const StrataConfigValue *self);
const StrataConfigValue *strata_config_value_get_element (const StrataConfigValue *self,
                                                          guint                    index);
const char              *strata_config_value_get_key     (const StrataConfigValue *self,
                                                          guint                    index);
/* NULL where there is none, or where self is NULL or no table, so that look-ups can be nested. */
const StrataConfigValue *strata_config_value_lookup      (const StrataConfigValue *self,
                                                          const char              *key);
/* The same through several tables: ..., "tool", "alembic", NULL. */
const StrataConfigValue *strata_config_value_lookup_path (const StrataConfigValue *self,
                                                          ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS

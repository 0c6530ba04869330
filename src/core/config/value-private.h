/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/config/document.h"

G_BEGIN_DECLS

/* How the readers build a document; nobody else changes one. */

struct _StrataConfigValue
{
  StrataConfigKind kind;
  guint            marks;      /* the reader's own, while it reads */
  guint            line;
  guint            column;
  guint            key_line;
  guint            key_column;
  const char      *file;       /* the document's */
  char            *key;        /* NULL outside of tables */
  char            *text;
  gint64           integer;    /* booleans too */
  double           number;
  GPtrArray       *elements;   /* StrataConfigValue, owned; arrays and tables only */
  GHashTable      *by_key;     /* key to element, borrowed both; tables only */
  StrataConfigValue *other;    /* owned; see strata_config_value_get_other() */
};

StrataDocument    *strata_document_new          (const char        *file);
StrataConfigValue *strata_document_edit_root    (StrataDocument    *self);

/* The file of the place must be the document's own string. */
StrataConfigValue *strata_config_value_new      (StrataConfigKind   kind,
                                                 StrataPlace        place);
StrataConfigValue *strata_config_value_new_text (StrataConfigKind   kind,
                                                 StrataPlace        place,
                                                 char              *text);
void               strata_config_value_free     (StrataConfigValue *self);

/* Both take the value. A key that is there already keeps its rank and gets the new value. */
StrataConfigValue *strata_config_array_add      (StrataConfigValue *self,
                                                 StrataConfigValue *value);
StrataConfigValue *strata_config_table_set      (StrataConfigValue *self,
                                                 const char        *key,
                                                 StrataPlace        key_place,
                                                 StrataConfigValue *value);
StrataConfigValue *strata_config_table_edit     (StrataConfigValue *self,
                                                 const char        *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataConfigValue, strata_config_value_free)

G_END_DECLS

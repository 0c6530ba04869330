/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/ddl/ddl-private.h"

G_BEGIN_DECLS

/* What a function that makes an object has at hand. */
typedef struct
{
  const StrataPicture    *picture;
  const StrataDdlOptions *options;
  StrataDdlPart           part;
  GPtrArray              *statements;
} StrataDdlWriter;

typedef void (*StrataDdlCreate) (const StrataDdlWriter *self,
                                 const StrataObject    *object);

/* The text becomes a statement. */
void     strata_ddl_add              (const StrataDdlWriter *self,
                                      GString               *text);
void     strata_ddl_add_printf       (const StrataDdlWriter *self,
                                      const char            *format,
                                      ...) G_GNUC_PRINTF (2, 3);
/* The kind as COMMENT ON and DROP have it. */
void     strata_ddl_comment          (const StrataDdlWriter *self,
                                      const char            *kind,
                                      const char            *name,
                                      const char            *comment);

void     strata_ddl_append_name      (GString               *out,
                                      const char            *name);
void     strata_ddl_append_names     (GString               *out,
                                      const char * const    *names);
void     strata_ddl_append_qualified (GString               *out,
                                      const char            *schema,
                                      const char            *name);
void     strata_ddl_append_literal   (GString               *out,
                                      const char            *value);
/* " WITH (name='value', ...)"; nothing where there are none. */
void     strata_ddl_append_with      (GString               *out,
                                      const char * const    *with);
/* The object's own, as it is named elsewhere: qualified; what hangs on a table "name ON schema.table". */
char    *strata_ddl_dup_name         (const StrataObject    *object);
char    *strata_ddl_dup_table_name   (const StrataObject    *object);

/* "START WITH 5 INCREMENT BY 2" and so on: what is not the server's choice for that type. */
void     strata_ddl_append_sequence_options (GString                     *out,
                                             const StrataPictureSequence *sequence);

void     strata_ddl_create_schema       (const StrataDdlWriter *self, const StrataObject *object);
void     strata_ddl_create_extension    (const StrataDdlWriter *self, const StrataObject *object);
void     strata_ddl_create_collation    (const StrataDdlWriter *self, const StrataObject *object);
void     strata_ddl_create_enum         (const StrataDdlWriter *self, const StrataObject *object);
void     strata_ddl_create_domain       (const StrataDdlWriter *self, const StrataObject *object);
void     strata_ddl_create_composite    (const StrataDdlWriter *self, const StrataObject *object);
void     strata_ddl_create_range        (const StrataDdlWriter *self, const StrataObject *object);
void     strata_ddl_create_sequence     (const StrataDdlWriter *self, const StrataObject *object);
void     strata_ddl_create_routine      (const StrataDdlWriter *self, const StrataObject *object);
void     strata_ddl_create_aggregate    (const StrataDdlWriter *self, const StrataObject *object);
void     strata_ddl_create_table        (const StrataDdlWriter *self, const StrataObject *object);
void     strata_ddl_create_constraint   (const StrataDdlWriter *self, const StrataObject *object);
void     strata_ddl_create_index        (const StrataDdlWriter *self, const StrataObject *object);
void     strata_ddl_create_view         (const StrataDdlWriter *self, const StrataObject *object);
void     strata_ddl_create_statistics   (const StrataDdlWriter *self, const StrataObject *object);
void     strata_ddl_create_rule         (const StrataDdlWriter *self, const StrataObject *object);
void     strata_ddl_create_trigger      (const StrataDdlWriter *self, const StrataObject *object);
void     strata_ddl_create_policy       (const StrataDdlWriter *self, const StrataObject *object);
void     strata_ddl_create_default_privileges (const StrataDdlWriter *self, const StrataObject *object);
/* Of all objects, where the picture has them. */
void     strata_ddl_create_privileges   (const StrataDdlWriter *self);

void     strata_ddl_finish_relation     (const StrataDdlWriter *self, const StrataObject *object);
/* ALTER TABLE ... ADD CONSTRAINT alone, without the comment. */
void     strata_ddl_add_constraint      (const StrataDdlWriter *self, const StrataObject *object);

/* How a table is made. */
typedef enum
{
  STRATA_DDL_TABLE_PLAIN,       /* with INHERITS, where it has parents */
  STRATA_DDL_TABLE_OF,
  STRATA_DDL_TABLE_PARTITION,   /* PARTITION OF */
  STRATA_DDL_TABLE_ATTACHED,    /* by itself, then ATTACH PARTITION: where its columns or the names of its indexes are not
                                 * what PARTITION OF would make */
  STRATA_DDL_TABLE_JOINED,      /* by itself, then INHERIT: where all of its columns are its own, in an order of their own */
} StrataDdlTableForm;

/* By its name as SQL, as a storage's parents are; NULL: there is none. */
const StrataObject *strata_ddl_find_parent (const StrataPicture *picture, const char *qualified);
StrataDdlTableForm strata_ddl_get_table_form (const StrataDdlWriter *self, const StrataObject *object);
void     strata_ddl_attach              (const StrataDdlWriter *self, const StrataObject *object);
void     strata_ddl_join                (const StrataDdlWriter *self, const StrataObject *object);
/* Of an inherited column: what the parents do not say, as PARTITION OF takes it; nothing where there is nothing. */
void     strata_ddl_append_own_settings (const StrataDdlWriter *self, const StrataObject *object,
                                         const StrataPictureColumn *column, GString *out);
void     strata_ddl_append_merged_column (const StrataDdlWriter *self, const StrataObject *object,
                                          const StrataPictureColumn *column, GString *out);
/* That can only be said afterwards. */
void     strata_ddl_create_inherited_settings (const StrataDdlWriter *self, const StrataObject *object);

/* The triggers that a partition has from its parent, where they are enabled in another way. */
void     strata_ddl_enable_inherited    (const StrataDdlWriter *self, const StrataObject *object);
/* "name type ... NOT NULL", as ADD COLUMN takes it, and what stands behind the type. */
void     strata_ddl_append_column       (GString *out, const StrataPictureColumn *column, gboolean has_default);
void     strata_ddl_append_column_constraints (GString *out, const StrataPictureColumn *column, gboolean has_default);
/* The same for this part of a table. */
void     strata_ddl_append_full_column  (const StrataDdlWriter *self, const StrataPictureColumn *column, GString *out);
void     strata_ddl_append_full_constraints (const StrataDdlWriter *self, const StrataPictureColumn *column, GString *out);
/* In the order that the options want (StrataPictureColumn, borrowed). */
GPtrArray *strata_ddl_sort_columns      (const StrataDdlWriter       *self,
                                         const StrataPictureColumn * const *columns);
GPtrArray *strata_ddl_list_columns      (const StrataDdlWriter       *self,
                                         const StrataObject          *object);
/* Settings and comments, which are statements of their own. */
void     strata_ddl_create_column_extras (const StrataDdlWriter      *self,
                                          const StrataObject         *object);

G_END_DECLS

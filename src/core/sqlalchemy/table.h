/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/sqlalchemy/item-private.h"

G_BEGIN_DECLS

StrataSaTable    *strata_sa_alloc_table       (Machine *py, Class *class, const char *schema, const char *name);
/* "schema.name", in the machine's memory. */
const char       *strata_sa_table_key         (Machine *py, const char *schema, const char *name);
/* What the items and the keywords of a table say; the name is for messages, NULL: unknown. */
gboolean          strata_sa_read_items        (Machine *py, Value *items, const char *schema, const char *name,
                                               StrataCreateTable *table);
/* Keywords that are no options are skipped. */
gboolean          strata_sa_read_table_words  (Machine *py, Dict *keywords, StrataCreateTable *table);
/* The items of a table as the database has it. */
gboolean          strata_sa_reflect           (Machine *py, StrataSaTable *table);
/* NULL without failure: there is none. */
const StrataPictureTable *strata_sa_find_picture (Machine *py, const char *schema, const char *name);

/* Creates and drops. The tables are a list, in the order in which they came to their metadata. */
/* Of the statements CreateTable() and CreateIndex(), DropIndex(). */
gboolean          strata_sa_read_create_alone (Machine *py, Value *table, StrataOperation *operation);
gboolean          strata_sa_read_index_operation (Machine *py, Value *index, StrataOperation *operation);
gboolean          strata_sa_create_table      (Machine *py, StrataSaTable *table, gboolean check_first);
gboolean          strata_sa_drop_table        (Machine *py, StrataSaTable *table, gboolean check_first);
gboolean          strata_sa_create_all        (Machine *py, StrataSaMetadata *metadata, Value *tables, gboolean check_first);
gboolean          strata_sa_drop_all          (Machine *py, StrataSaMetadata *metadata, Value *tables, gboolean check_first);
/* Those that others refer to come first; NULL: failed. */
Value            *strata_sa_sort_tables       (Machine *py, StrataSaMetadata *metadata, Value *tables);

/* Attributes and methods that only ask. */
extern const StrataPyNative strata_sa_table_actions[];
Value            *strata_sa_get_table_attribute (Machine *py, Value *value, const char *name);

G_END_DECLS

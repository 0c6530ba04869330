/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/sqlalchemy/type-class.h"

G_BEGIN_DECLS

/* What several of them do with their arguments. */
gboolean strata_sa_fill_length  (StrataPyMachine *py, StrataSaTypeInstance *self, StrataPyValue **arguments);
gboolean strata_sa_fill_numeric (StrataPyMachine *py, StrataSaTypeInstance *self, StrataPyValue **arguments);
gboolean strata_sa_fill_json    (StrataPyMachine *py, StrataSaTypeInstance *self, StrataPyValue **arguments);

/* The ways in which types are constructed. */
extern const StrataSaTypeForm strata_sa_form_none;
extern const StrataSaTypeForm strata_sa_form_string;
extern const StrataSaTypeForm strata_sa_form_binary;
extern const StrataSaTypeForm strata_sa_form_numeric;
extern const StrataSaTypeForm strata_sa_form_float;
extern const StrataSaTypeForm strata_sa_form_zoned;
extern const StrataSaTypeForm strata_sa_form_boolean;
extern const StrataSaTypeForm strata_sa_form_any_interval;
extern const StrataSaTypeForm strata_sa_form_any_uuid;
extern const StrataSaTypeForm strata_sa_form_uuid;
extern const StrataSaTypeForm strata_sa_form_json;
extern const StrataSaTypeForm strata_sa_form_array;
extern const StrataSaTypeForm strata_sa_form_pickle;
extern const StrataSaTypeForm strata_sa_form_enum;
extern const StrataSaTypeForm strata_sa_form_decorator;

extern const StrataSaTypeForm strata_sa_form_postgresql_enum;
extern const StrataSaTypeForm strata_sa_form_postgresql_domain;
extern const StrataSaTypeForm strata_sa_form_postgresql_json;
extern const StrataSaTypeForm strata_sa_form_postgresql_zoned;
extern const StrataSaTypeForm strata_sa_form_postgresql_interval;
extern const StrataSaTypeForm strata_sa_form_postgresql_bit;
extern const StrataSaTypeForm strata_sa_form_postgresql_hstore;

extern const StrataSaTypeForm strata_sa_form_mysql_integer;
extern const StrataSaTypeForm strata_sa_form_mysql_numeric;
extern const StrataSaTypeForm strata_sa_form_mysql_float;
extern const StrataSaTypeForm strata_sa_form_mysql_double;
extern const StrataSaTypeForm strata_sa_form_mysql_string;
extern const StrataSaTypeForm strata_sa_form_mysql_text;
extern const StrataSaTypeForm strata_sa_form_mysql_time;
extern const StrataSaTypeForm strata_sa_form_mysql_year;
extern const StrataSaTypeForm strata_sa_form_mysql_set;

extern const StrataSaTypeForm strata_sa_form_sqlite_time;

/* A form of another server's type, whose words are not written by any of ours. */
extern const StrataSaTypeForm strata_sa_form_mssql_fraction;
extern const StrataSaTypeForm strata_sa_form_mssql_timestamp;
extern const StrataSaTypeForm strata_sa_form_mssql_number;
extern const StrataSaTypeForm strata_sa_form_mssql_varbinary;
extern const StrataSaTypeForm strata_sa_form_oracle_number;
extern const StrataSaTypeForm strata_sa_form_oracle_float;
extern const StrataSaTypeForm strata_sa_form_oracle_interval;
extern const StrataSaTypeForm strata_sa_form_oracle_timestamp;
extern const StrataSaTypeForm strata_sa_form_oracle_vector;

/* Those of other libraries. */
extern const StrataSaTypeForm strata_sa_form_vector;
extern const StrataSaTypeForm strata_sa_form_utils_uuid;
extern const StrataSaTypeForm strata_sa_form_utils_length;
extern const StrataSaTypeForm strata_sa_form_utils_most;
extern const StrataSaTypeForm strata_sa_form_utils_phone;
extern const StrataSaTypeForm strata_sa_form_utils_fixed;
extern const StrataSaTypeForm strata_sa_form_utils_timezone;
extern const StrataSaTypeForm strata_sa_form_utils_list;
extern const StrataSaTypeForm strata_sa_form_utils_encrypted;
extern const StrataSaTypeForm strata_sa_form_utils_date;
extern const StrataSaTypeForm strata_sa_form_utils_json;
extern const StrataSaTypeForm strata_sa_form_utils_password;
extern const StrataSaTypeForm strata_sa_form_utils_range;
extern const StrataSaTypeForm strata_sa_form_utils_bits;
extern const StrataSaTypeForm strata_sa_form_utils_week;
extern const StrataSaTypeForm strata_sa_form_utils_choice;
extern const StrataSaTypeForm strata_sa_form_others_any;
extern const StrataSaTypeForm strata_sa_form_postgresql_word;
extern const StrataSaTypeForm strata_sa_form_auto_string;
extern const StrataSaTypeForm strata_sa_form_sqlmodel_guid;
extern const StrataSaTypeForm strata_sa_form_users_guid;
extern const StrataSaTypeForm strata_sa_form_advanced_guid;
extern const StrataSaTypeForm strata_sa_form_advanced_utc;

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/type-forms.h"

/* The types that a server has of its own; the common ones are in its module anyway. */
const StrataSaTypeRow strata_sa_postgresql_types[] = {
  { "NamedType", "TypeEngine", STRATA_TYPE_NONE },
  { "ARRAY", "ARRAY", STRATA_TYPE_ARRAY },
  { "BIT", "TypeEngine", STRATA_TYPE_BIT, &strata_sa_form_postgresql_bit },
  { "BYTEA", "LargeBinary", STRATA_TYPE_BYTEA },
  { "CIDR", "TypeEngine", STRATA_TYPE_CIDR },
  { "CITEXT", "TEXT", STRATA_TYPE_CITEXT },
  { "DOMAIN", "NamedType", STRATA_TYPE_DOMAIN, &strata_sa_form_postgresql_domain, .methods = strata_sa_named_type_methods },
  { "ENUM", "Enum", STRATA_TYPE_ENUM, &strata_sa_form_postgresql_enum },
  { "HSTORE", "TypeEngine", STRATA_TYPE_HSTORE, &strata_sa_form_postgresql_hstore },
  { "INET", "TypeEngine", STRATA_TYPE_INET },
  { "INTERVAL", "TypeEngine", STRATA_TYPE_INTERVAL, &strata_sa_form_postgresql_interval },
  { "JSON", "JSON", STRATA_TYPE_JSON, &strata_sa_form_postgresql_json },
  { "JSONB", "JSON", STRATA_TYPE_JSONB },
  { "JSONPATH", "TypeEngine", STRATA_TYPE_JSONPATH },
  { "MACADDR", "TypeEngine", STRATA_TYPE_MACADDR },
  { "MACADDR8", "TypeEngine", STRATA_TYPE_MACADDR8 },
  { "MONEY", "TypeEngine", STRATA_TYPE_MONEY },
  { "OID", "TypeEngine", STRATA_TYPE_OID },
  { "REGCLASS", "TypeEngine", STRATA_TYPE_REGCLASS },
  { "REGCONFIG", "TypeEngine", STRATA_TYPE_REGCONFIG },
  { "TIME", "TIME", STRATA_TYPE_TIME, &strata_sa_form_postgresql_zoned },
  { "TIMESTAMP", "TIMESTAMP", STRATA_TYPE_TIMESTAMP, &strata_sa_form_postgresql_zoned },
  { "TSQUERY", "TypeEngine", STRATA_TYPE_TSQUERY },
  { "TSVECTOR", "TypeEngine", STRATA_TYPE_TSVECTOR },
  { "AbstractRange", "TypeEngine", STRATA_TYPE_NONE },
  { "AbstractSingleRange", "AbstractRange", STRATA_TYPE_NONE },
  { "AbstractMultiRange", "AbstractRange", STRATA_TYPE_NONE },
  { "INT4RANGE", "AbstractSingleRange", STRATA_TYPE_INT4RANGE },
  { "INT8RANGE", "AbstractSingleRange", STRATA_TYPE_INT8RANGE },
  { "NUMRANGE", "AbstractSingleRange", STRATA_TYPE_NUMRANGE },
  { "DATERANGE", "AbstractSingleRange", STRATA_TYPE_DATERANGE },
  { "TSRANGE", "AbstractSingleRange", STRATA_TYPE_TSRANGE },
  { "TSTZRANGE", "AbstractSingleRange", STRATA_TYPE_TSTZRANGE },
  { "INT4MULTIRANGE", "AbstractMultiRange", STRATA_TYPE_INT4MULTIRANGE },
  { "INT8MULTIRANGE", "AbstractMultiRange", STRATA_TYPE_INT8MULTIRANGE },
  { "NUMMULTIRANGE", "AbstractMultiRange", STRATA_TYPE_NUMMULTIRANGE },
  { "DATEMULTIRANGE", "AbstractMultiRange", STRATA_TYPE_DATEMULTIRANGE },
  { "TSMULTIRANGE", "AbstractMultiRange", STRATA_TYPE_TSMULTIRANGE },
  { "TSTZMULTIRANGE", "AbstractMultiRange", STRATA_TYPE_TSTZMULTIRANGE },
  { NULL }
};

const StrataSaTypeRow strata_sa_mysql_types[] = {
  { "_StringType", "String", STRATA_TYPE_STRING },
  { "BIGINT", "BIGINT", STRATA_TYPE_BIGINT, &strata_sa_form_mysql_integer },
  { "INTEGER", "INTEGER", STRATA_TYPE_INTEGER, &strata_sa_form_mysql_integer },
  { "MEDIUMINT", "Integer", STRATA_TYPE_MEDIUMINT, &strata_sa_form_mysql_integer },
  { "SMALLINT", "SMALLINT", STRATA_TYPE_SMALLINT, &strata_sa_form_mysql_integer },
  { "TINYINT", "Integer", STRATA_TYPE_TINYINT, &strata_sa_form_mysql_integer },
  { "BIT", "TypeEngine", STRATA_TYPE_FOREIGN, &strata_sa_form_binary, "BIT" },
  { "CHAR", "CHAR", STRATA_TYPE_CHAR, &strata_sa_form_mysql_string },
  { "NCHAR", "NCHAR", STRATA_TYPE_NCHAR, &strata_sa_form_mysql_string },
  { "NVARCHAR", "NVARCHAR", STRATA_TYPE_NVARCHAR, &strata_sa_form_mysql_string },
  { "VARCHAR", "VARCHAR", STRATA_TYPE_VARCHAR, &strata_sa_form_mysql_string },
  { "TEXT", "TEXT", STRATA_TYPE_TEXT, &strata_sa_form_mysql_string },
  { "TINYTEXT", "_StringType", STRATA_TYPE_TINYTEXT, &strata_sa_form_mysql_text },
  { "MEDIUMTEXT", "_StringType", STRATA_TYPE_MEDIUMTEXT, &strata_sa_form_mysql_text },
  { "LONGTEXT", "_StringType", STRATA_TYPE_LONGTEXT, &strata_sa_form_mysql_text },
  { "TINYBLOB", "_Binary", STRATA_TYPE_TINYBLOB },
  { "MEDIUMBLOB", "_Binary", STRATA_TYPE_MEDIUMBLOB },
  { "LONGBLOB", "_Binary", STRATA_TYPE_LONGBLOB },
  { "DATETIME", "DATETIME", STRATA_TYPE_DATETIME, &strata_sa_form_mysql_time },
  { "TIME", "TIME", STRATA_TYPE_TIME, &strata_sa_form_mysql_time },
  { "TIMESTAMP", "TIMESTAMP", STRATA_TYPE_TIMESTAMP, &strata_sa_form_mysql_time },
  { "YEAR", "TypeEngine", STRATA_TYPE_YEAR, &strata_sa_form_mysql_year },
  { "DECIMAL", "DECIMAL", STRATA_TYPE_DECIMAL, &strata_sa_form_mysql_numeric },
  { "NUMERIC", "NUMERIC", STRATA_TYPE_NUMERIC, &strata_sa_form_mysql_numeric },
  { "FLOAT", "FLOAT", STRATA_TYPE_FLOAT, &strata_sa_form_mysql_float },
  { "DOUBLE", "DOUBLE", STRATA_TYPE_DOUBLE, &strata_sa_form_mysql_double },
  { "REAL", "REAL", STRATA_TYPE_REAL, &strata_sa_form_mysql_double },
  { "ENUM", "Enum", STRATA_TYPE_ENUM, &strata_sa_form_enum },
  { "SET", "_StringType", STRATA_TYPE_SET, &strata_sa_form_mysql_set },
  { "JSON", "JSON", STRATA_TYPE_JSON },
  { "INET4", "TypeEngine", STRATA_TYPE_FOREIGN, NULL, "INET4" },
  { "INET6", "TypeEngine", STRATA_TYPE_FOREIGN, NULL, "INET6" },
  { NULL }
};

const StrataSaTypeRow strata_sa_sqlite_types[] = {
  { "DATE", "Date", STRATA_TYPE_ANY_DATE, &strata_sa_form_sqlite_time },
  { "DATETIME", "DateTime", STRATA_TYPE_ANY_DATETIME, &strata_sa_form_sqlite_time },
  { "TIME", "Time", STRATA_TYPE_ANY_TIME, &strata_sa_form_sqlite_time },
  { "JSON", "JSON", STRATA_TYPE_JSON },
  { NULL }
};

const StrataSaTypeRow strata_sa_mssql_types[] = {
  { "BIT", "Boolean", STRATA_TYPE_FOREIGN, NULL, "BIT" },
  { "DATETIME2", "DateTime", STRATA_TYPE_FOREIGN, &strata_sa_form_mssql_fraction, "DATETIME2" },
  { "DATETIMEOFFSET", "DateTime", STRATA_TYPE_FOREIGN, &strata_sa_form_mssql_fraction, "DATETIMEOFFSET" },
  { "DOUBLE_PRECISION", "DOUBLE_PRECISION", STRATA_TYPE_DOUBLE_PRECISION, &strata_sa_form_mssql_number },
  { "IMAGE", "LargeBinary", STRATA_TYPE_FOREIGN, NULL, "IMAGE" },
  { "JSON", "JSON", STRATA_TYPE_JSON },
  { "MONEY", "TypeEngine", STRATA_TYPE_MONEY },
  { "SMALLMONEY", "TypeEngine", STRATA_TYPE_FOREIGN, NULL, "SMALLMONEY" },
  { "NTEXT", "UnicodeText", STRATA_TYPE_FOREIGN, NULL, "NTEXT" },
  { "REAL", "REAL", STRATA_TYPE_REAL, &strata_sa_form_mssql_number },
  { "TIMESTAMP", "_Binary", STRATA_TYPE_TIMESTAMP, &strata_sa_form_mssql_timestamp },
  { "ROWVERSION", "TIMESTAMP", STRATA_TYPE_FOREIGN, NULL, "ROWVERSION" },
  { "SMALLDATETIME", "DateTime", STRATA_TYPE_FOREIGN, NULL, "SMALLDATETIME" },
  { "SQL_VARIANT", "TypeEngine", STRATA_TYPE_FOREIGN, NULL, "SQL_VARIANT" },
  { "TIME", "TIME", STRATA_TYPE_TIME, &strata_sa_form_mssql_fraction },
  { "TINYINT", "Integer", STRATA_TYPE_TINYINT },
  { "UNIQUEIDENTIFIER", "Uuid", STRATA_TYPE_FOREIGN, &strata_sa_form_uuid, "UNIQUEIDENTIFIER" },
  { "VARBINARY", "VARBINARY", STRATA_TYPE_VARBINARY, &strata_sa_form_mssql_varbinary },
  { "XML", "Text", STRATA_TYPE_FOREIGN, NULL, "XML" },
  { NULL }
};

const StrataSaTypeRow strata_sa_oracle_types[] = {
  { "BFILE", "LargeBinary", STRATA_TYPE_FOREIGN, NULL, "BFILE" },
  { "BINARY_DOUBLE", "Double", STRATA_TYPE_FOREIGN, NULL, "BINARY_DOUBLE" },
  { "BINARY_FLOAT", "Float", STRATA_TYPE_FOREIGN, NULL, "BINARY_FLOAT" },
  { "DATE", "DateTime", STRATA_TYPE_DATE },
  { "FLOAT", "FLOAT", STRATA_TYPE_FLOAT, &strata_sa_form_oracle_float },
  { "INTERVAL", "TypeEngine", STRATA_TYPE_FOREIGN, &strata_sa_form_oracle_interval, "INTERVAL" },
  { "LONG", "Text", STRATA_TYPE_FOREIGN, NULL, "LONG" },
  { "NCLOB", "Text", STRATA_TYPE_NCLOB },
  { "NUMBER", "Numeric", STRATA_TYPE_FOREIGN, &strata_sa_form_oracle_number, "NUMBER" },
  { "RAW", "_Binary", STRATA_TYPE_FOREIGN, NULL, "RAW" },
  { "ROWID", "TypeEngine", STRATA_TYPE_FOREIGN, NULL, "ROWID" },
  { "TIMESTAMP", "TIMESTAMP", STRATA_TYPE_TIMESTAMP, &strata_sa_form_oracle_timestamp },
  { "VARCHAR2", "VARCHAR", STRATA_TYPE_FOREIGN, NULL, "VARCHAR2" },
  { "VECTOR", "TypeEngine", STRATA_TYPE_FOREIGN, &strata_sa_form_oracle_vector, "VECTOR" },
  { NULL }
};

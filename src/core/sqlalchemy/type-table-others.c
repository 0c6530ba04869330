/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/type-forms.h"

/* Types of other libraries. Each is as in the newest version of its library. */
const StrataSaTypeRow strata_sa_pgvector_types[] = {
  { "VECTOR", "UserDefinedType", STRATA_TYPE_WORDS, &strata_sa_form_vector, "VECTOR", .changes_values = TRUE },
  { "HALFVEC", "UserDefinedType", STRATA_TYPE_WORDS, &strata_sa_form_vector, "HALFVEC", .changes_values = TRUE },
  { "SPARSEVEC", "UserDefinedType", STRATA_TYPE_WORDS, &strata_sa_form_vector, "SPARSEVEC", .changes_values = TRUE },
  { "BIT", "TypeEngine", STRATA_TYPE_BIT, &strata_sa_form_postgresql_bit },
  { NULL }
};

const StrataSaTypeRow strata_sa_utils_types[] = {
  { "ArrowType", "TypeEngine", STRATA_TYPE_ANY_DATETIME, &strata_sa_form_utils_date, .changes_values = TRUE },
  { "BitType", "TypeEngine", STRATA_TYPE_BIT, &strata_sa_form_utils_bits, .changes_values = TRUE, .length = 1 },
  { "ChoiceType", "TypeEngine", STRATA_TYPE_UNICODE, &strata_sa_form_utils_choice, .changes_values = TRUE, .length = 255 },
  { "ColorType", "TypeEngine", STRATA_TYPE_UNICODE, &strata_sa_form_utils_most, .changes_values = TRUE, .length = 20 },
  { "CountryType", "TypeEngine", STRATA_TYPE_STRING, &strata_sa_form_utils_fixed, .changes_values = TRUE, .length = 2 },
  { "CurrencyType", "TypeEngine", STRATA_TYPE_STRING, &strata_sa_form_utils_fixed, .changes_values = TRUE, .length = 3 },
  { "EmailType", "TypeEngine", STRATA_TYPE_UNICODE, &strata_sa_form_utils_length, .changes_values = TRUE, .length = 255 },
  { "EncryptedType", "TypeEngine", STRATA_TYPE_LARGE_BINARY, &strata_sa_form_utils_encrypted, .changes_values = TRUE },
  { "StringEncryptedType", "TypeEngine", STRATA_TYPE_STRING, &strata_sa_form_utils_encrypted, .changes_values = TRUE },
  { "EnrichedDateTimeType", "TypeEngine", STRATA_TYPE_ANY_DATETIME, &strata_sa_form_utils_date, .changes_values = TRUE },
  { "EnrichedDateType", "TypeEngine", STRATA_TYPE_ANY_DATE, &strata_sa_form_others_any, .changes_values = TRUE },
  { "IPAddressType", "TypeEngine", STRATA_TYPE_UNICODE, &strata_sa_form_utils_most, .changes_values = TRUE, .length = 50 },
  { "JSONType", "TypeEngine", STRATA_TYPE_JSON, &strata_sa_form_utils_json, .changes_values = TRUE },
  { "LocaleType", "TypeEngine", STRATA_TYPE_UNICODE, &strata_sa_form_utils_fixed, .changes_values = TRUE, .length = 10 },
  { "LtreeType", "UserDefinedType", STRATA_TYPE_WORDS, &strata_sa_form_postgresql_word, "LTREE", .changes_values = TRUE },
  { "LQUERY", "TypeEngine", STRATA_TYPE_WORDS, &strata_sa_form_postgresql_word, "LQUERY", .changes_values = TRUE },
  { "LTXTQUERY", "TypeEngine", STRATA_TYPE_WORDS, &strata_sa_form_postgresql_word, "LTXTQUERY", .changes_values = TRUE },
  { "PasswordType", "TypeEngine", STRATA_TYPE_BYTEA, &strata_sa_form_utils_password, .changes_values = TRUE },
  { "PhoneNumberType", "TypeEngine", STRATA_TYPE_UNICODE, &strata_sa_form_utils_phone, .changes_values = TRUE, .length = 20 },
  { "IntRangeType", "TypeEngine", STRATA_TYPE_INT4RANGE, &strata_sa_form_utils_range, .changes_values = TRUE },
  { "Int8RangeType", "TypeEngine", STRATA_TYPE_INT8RANGE, &strata_sa_form_utils_range, .changes_values = TRUE },
  { "NumericRangeType", "TypeEngine", STRATA_TYPE_NUMRANGE, &strata_sa_form_utils_range, .changes_values = TRUE },
  { "DateRangeType", "TypeEngine", STRATA_TYPE_DATERANGE, &strata_sa_form_utils_range, .changes_values = TRUE },
  { "DateTimeRangeType", "TypeEngine", STRATA_TYPE_TSRANGE, &strata_sa_form_utils_range, .changes_values = TRUE },
  { "ScalarListType", "TypeEngine", STRATA_TYPE_UNICODE_TEXT, &strata_sa_form_utils_list, .changes_values = TRUE },
  { "TimezoneType", "TypeEngine", STRATA_TYPE_UNICODE, &strata_sa_form_utils_timezone, .changes_values = TRUE, .length = 50 },
  { "TSVectorType", "TypeEngine", STRATA_TYPE_TSVECTOR, &strata_sa_form_others_any },
  { "URLType", "TypeEngine", STRATA_TYPE_UNICODE_TEXT, &strata_sa_form_others_any, .changes_values = TRUE },
  { "UUIDType", "TypeEngine", STRATA_TYPE_UUID, &strata_sa_form_utils_uuid, .changes_values = TRUE },
  { "WeekDaysType", "TypeEngine", STRATA_TYPE_BIT, &strata_sa_form_utils_week, .changes_values = TRUE, .length = 7 },
  { NULL }
};

const StrataSaTypeRow strata_sa_sqlmodel_types[] = {
  { "AutoString", "TypeEngine", STRATA_TYPE_STRING, &strata_sa_form_auto_string },
  { "GUID", "TypeEngine", STRATA_TYPE_UUID, &strata_sa_form_sqlmodel_guid, .changes_values = TRUE },
  { NULL }
};

const StrataSaTypeRow strata_sa_citext_types[] = {
  { "CIText", "UserDefinedType", STRATA_TYPE_WORDS, &strata_sa_form_none, "CITEXT", .changes_values = TRUE },
  { NULL }
};

const StrataSaTypeRow strata_sa_fastapi_users_types[] = {
  { "GUID", "TypeEngine", STRATA_TYPE_UUID, &strata_sa_form_users_guid, .changes_values = TRUE },
  { "TIMESTAMPAware", "TypeEngine", STRATA_TYPE_TIMESTAMP, &strata_sa_form_zoned },
  { NULL }
};

const StrataSaTypeRow strata_sa_advanced_types[] = {
  { "GUID", "TypeEngine", STRATA_TYPE_UUID, &strata_sa_form_advanced_guid, .changes_values = TRUE },
  { "DateTimeUTC", "TypeEngine", STRATA_TYPE_ANY_DATETIME, &strata_sa_form_advanced_utc, .changes_values = TRUE },
  { NULL }
};

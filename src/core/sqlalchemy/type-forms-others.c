/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/type-forms.h"

/* Types of other libraries: each becomes what it stands for on the machine's server. */

static gboolean
is_postgresql (StrataPyMachine *py)
{
  return strata_sa_get (py)->dialect == STRATA_DIALECT_POSTGRESQL;
}

/* The length that was given, or the one of the library's own. */
static gboolean
read_length (StrataPyMachine       *py,
             StrataSaTypeInstance  *self,
             StrataPyValue         *value)
{
  StrataType *type = &self->object.type;

  if (value != NULL)
    return strata_sa_read_count (py, value, &type->length, NULL);
  type->length = self->class->row->length;

  return TRUE;
}

static gboolean
fill_length (StrataPyMachine       *py,
             StrataSaTypeInstance  *self,
             StrataPyValue        **arguments)
{
  return read_length (py, self, arguments[0]);
}

static gboolean
fill_fixed (StrataPyMachine       *py,
            StrataSaTypeInstance  *self,
            StrataPyValue        **arguments)
{
  return read_length (py, self, NULL);
}

static gboolean
fill_phone (StrataPyMachine       *py,
            StrataSaTypeInstance  *self,
            StrataPyValue        **arguments)
{
  return read_length (py, self, arguments[1]);
}

static gboolean
fill_encrypted (StrataPyMachine       *py,
                StrataSaTypeInstance  *self,
                StrataPyValue        **arguments)
{
  return read_length (py, self, strata_py_dict_get_name ((StrataPyDict *) arguments[4], "length"));
}

/* PostgreSQL's own type, or one of two lengths of characters or bytes. */
static void
set_uuid (StrataPyMachine *py,
          StrataType      *type,
          gboolean         is_native,
          gboolean         is_binary,
          guint            n_characters)
{
  if (is_native && is_postgresql (py))
    type->kind = STRATA_TYPE_UUID;
  else
    type->kind = is_binary ? STRATA_TYPE_BINARY : STRATA_TYPE_CHAR;
  if (type->kind != STRATA_TYPE_UUID)
    type->length = is_binary ? 16 : n_characters;
}

static gboolean
fill_utils_uuid (StrataPyMachine       *py,
                 StrataSaTypeInstance  *self,
                 StrataPyValue        **arguments)
{
  gboolean is_binary, is_native;

  if (!strata_sa_read_flag (py, arguments[0], TRUE, &is_binary) || !strata_sa_read_flag (py, arguments[1], TRUE, &is_native))
    return FALSE;
  set_uuid (py, &self->object.type, is_native, is_binary, 32);

  return TRUE;
}

static gboolean
fill_advanced_guid (StrataPyMachine       *py,
                    StrataSaTypeInstance  *self,
                    StrataPyValue        **arguments)
{
  gboolean is_binary;

  if (!strata_sa_read_flag (py, arguments[1], TRUE, &is_binary))
    return FALSE;
  set_uuid (py, &self->object.type, TRUE, is_binary, 32);

  return TRUE;
}

static gboolean
fill_users_guid (StrataPyMachine       *py,
                 StrataSaTypeInstance  *self,
                 StrataPyValue        **arguments)
{
  set_uuid (py, &self->object.type, TRUE, FALSE, 36);

  return TRUE;
}

static gboolean
fill_sqlmodel_guid (StrataPyMachine       *py,
                    StrataSaTypeInstance  *self,
                    StrataPyValue        **arguments)
{
  set_uuid (py, &self->object.type, TRUE, FALSE, 32);

  return TRUE;
}

static gboolean
fill_timezoned (StrataPyMachine       *py,
                StrataSaTypeInstance  *self,
                StrataPyValue        **arguments)
{
  self->object.type.has_timezone = TRUE;

  return TRUE;
}

static gboolean
fill_enriched (StrataPyMachine       *py,
               StrataSaTypeInstance  *self,
               StrataPyValue        **arguments)
{
  return strata_sa_read_flag (py, strata_py_dict_get_name ((StrataPyDict *) arguments[1], "timezone"), FALSE,
                              &self->object.type.has_timezone);
}

static gboolean
fill_utils_json (StrataPyMachine       *py,
                 StrataSaTypeInstance  *self,
                 StrataPyValue        **arguments)
{
  self->object.type.kind = is_postgresql (py) ? STRATA_TYPE_JSON : STRATA_TYPE_UNICODE_TEXT;

  return TRUE;
}

static gboolean
fill_password (StrataPyMachine       *py,
               StrataSaTypeInstance  *self,
               StrataPyValue        **arguments)
{
  self->object.type.kind = is_postgresql (py) ? STRATA_TYPE_BYTEA : STRATA_TYPE_BLOB;

  return TRUE;
}

static gboolean
fill_range (StrataPyMachine       *py,
            StrataSaTypeInstance  *self,
            StrataPyValue        **arguments)
{
  StrataType *type = &self->object.type;

  if (!is_postgresql (py))
    {
      type->kind = STRATA_TYPE_STRING;
      type->length = 255;
    }

  return TRUE;
}

static gboolean
fill_bits (StrataPyMachine       *py,
           StrataSaTypeInstance  *self,
           StrataPyValue        **arguments)
{
  self->object.type.kind = is_postgresql (py) ? STRATA_TYPE_BIT : STRATA_TYPE_STRING;

  return read_length (py, self, arguments[0]);
}

static gboolean
fill_week (StrataPyMachine       *py,
           StrataSaTypeInstance  *self,
           StrataPyValue        **arguments)
{
  StrataPyValue *length = NULL;

  return fill_bits (py, self, &length);
}

/* The words are PostgreSQL's: no other server's compiler knows them. */
static gboolean
fill_postgresql_word (StrataPyMachine       *py,
                      StrataSaTypeInstance  *self,
                      StrataPyValue        **arguments)
{
  self->object.type.kind = is_postgresql (py) ? STRATA_TYPE_WORDS : STRATA_TYPE_FOREIGN;

  return TRUE;
}

static gboolean
fill_choice (StrataPyMachine       *py,
             StrataSaTypeInstance  *self,
             StrataPyValue        **arguments)
{
  StrataSaTypeInstance *impl;

  self->object.type.length = self->class->row->length;
  if (arguments[1] == NULL || strata_py_is_none (arguments[1]))
    return TRUE;
  impl = strata_sa_type_instance (py, arguments[1]);
  if (impl == NULL)
    return strata_py_refuse (py, "what ChoiceType() is made of has to be a type, not its class") != NULL;
  self->impl = &impl->object.base;

  return TRUE;
}

/* "VECTOR", "VECTOR(3)" */
static gboolean
fill_vector (StrataPyMachine       *py,
             StrataSaTypeInstance  *self,
             StrataPyValue        **arguments)
{
  g_autofree char *words = NULL;
  gboolean is_given;
  guint n;

  if (!strata_sa_read_count (py, arguments[0], &n, &is_given))
    return FALSE;
  words = is_given ? g_strdup_printf ("%s(%u)", self->class->row->word, n) : g_strdup (self->class->row->word);
  self->words = strata_sa_intern (py, words);

  return self->words != NULL;
}

const StrataSaTypeForm strata_sa_form_vector = { "dim=", "N", fill_vector };

const StrataSaTypeForm strata_sa_form_utils_uuid = { "binary=, native=", "TT", fill_utils_uuid };
const StrataSaTypeForm strata_sa_form_utils_length = { "length=, *args, **kwargs", "---", fill_length };
const StrataSaTypeForm strata_sa_form_utils_most = { "max_length=, *args, **kwargs", "---", fill_length };
const StrataSaTypeForm strata_sa_form_utils_phone = { "region=, max_length=, *args, **kwargs", "----", fill_phone };
const StrataSaTypeForm strata_sa_form_utils_fixed = { "*args, **kwargs", "--", fill_fixed };
const StrataSaTypeForm strata_sa_form_utils_timezone = { "backend=", "-", fill_fixed };
const StrataSaTypeForm strata_sa_form_utils_list = { "coerce_func=, separator=", "--", NULL };
const StrataSaTypeForm strata_sa_form_utils_encrypted = { "type_in=, key=, engine=, padding=, **kwargs", "-----", fill_encrypted };
const StrataSaTypeForm strata_sa_form_utils_date = { "*args, **kwargs", "--", fill_enriched };
const StrataSaTypeForm strata_sa_form_utils_json = { "*args, **kwargs", "--", fill_utils_json };
const StrataSaTypeForm strata_sa_form_utils_password = { "max_length=, **kwargs", "--", fill_password };
const StrataSaTypeForm strata_sa_form_utils_range = { "*args, **kwargs", "--", fill_range };
const StrataSaTypeForm strata_sa_form_utils_bits = { "length=, **kwargs", "--", fill_bits };
const StrataSaTypeForm strata_sa_form_utils_week = { "*args, **kwargs", "--", fill_week };
const StrataSaTypeForm strata_sa_form_utils_choice = { "choices, impl=", "--", fill_choice };
const StrataSaTypeForm strata_sa_form_others_any = { "*args, **kwargs", "--", NULL };
const StrataSaTypeForm strata_sa_form_postgresql_word = { "", "", fill_postgresql_word };

const StrataSaTypeForm strata_sa_form_auto_string = { "length=, collation=", "NN", fill_length };
const StrataSaTypeForm strata_sa_form_sqlmodel_guid = { "*args, **kwargs", "--", fill_sqlmodel_guid };
const StrataSaTypeForm strata_sa_form_users_guid = { "*args, **kwargs", "--", fill_users_guid };
const StrataSaTypeForm strata_sa_form_advanced_guid = { "*args, binary=, **kwargs", "-T-", fill_advanced_guid };
const StrataSaTypeForm strata_sa_form_advanced_utc = { "*args, **kwargs", "--", fill_timezoned };

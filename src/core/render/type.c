/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/render/type.h"

void
strata_write_type_word (StrataWriter     *self,
                        const char       *word,
                        const StrataType *type)
{
  strata_writer_put (self, word);
}

static void
write_sized (StrataWriter *self,
             const char   *word,
             guint         length,
             const char   *collation)
{
  strata_writer_put (self, word);
  if (length > 0)
    strata_writer_putf (self, "(%u)", length);
  if (collation != NULL && *collation != '\0')
    strata_writer_putf (self, " COLLATE \"%s\"", collation);
}

void
strata_write_type_sized (StrataWriter     *self,
                         const char       *word,
                         const StrataType *type)
{
  write_sized (self, word, type->length, type->collation);
}

static void
write_numeric (StrataWriter     *self,
               const char       *word,
               const StrataType *type)
{
  strata_writer_put (self, word);
  if (type->has_precision && type->has_scale)
    strata_writer_putf (self, "(%u, %u)", type->precision, type->scale);
  else if (type->has_precision)
    strata_writer_putf (self, "(%u)", type->precision);
}

void
strata_write_type_values (StrataWriter     *self,
                          const char       *word,
                          const StrataType *type)
{
  guint length = type->length > 0 ? type->length : strata_enum_get_length (&type->values);

  write_sized (self, word, length, type->collation);
}

const char *
strata_type_schema (StrataWriter     *self,
                    const StrataType *type)
{
  gboolean is_in_table = self->operation != NULL && self->operation->table != NULL;

  return type->values.has_table_schema && is_in_table ? self->operation->schema : type->values.schema;
}

void
strata_write_type_named (StrataWriter     *self,
                         const char       *word,
                         const StrataType *type)
{
  if (type->name == NULL || *type->name == '\0')
    strata_writer_fail (self, STRATA_RENDER_ERROR_RAISES, "PostgreSQL %s type requires a name.", word);
  else
    strata_write_qualified (self, strata_type_schema (self, type), type->name);
}

static void
write_uuid (StrataWriter     *self,
            const char       *word,
            const StrataType *type)
{
  strata_writer_put (self, self->server->has_uuid && !type->is_not_native ? word : "CHAR(32)");
}

static void
write_words (StrataWriter     *self,
             const char       *word,
             const StrataType *type)
{
  strata_writer_put (self, type->name);
}

static void
write_foreign (StrataWriter     *self,
               const char       *word,
               const StrataType *type)
{
  strata_writer_fail (self, STRATA_RENDER_ERROR_UNSUPPORTED, "Compiler of %s can't render element of type %s",
                      strata_dialect_get_title (self->server->dialect), type->name);
}

static void
write_none (StrataWriter     *self,
            const char       *word,
            const StrataType *type)
{
  strata_writer_fail (self, STRATA_RENDER_ERROR_RAISES,
                      "Can't generate DDL for NullType(); did you forget to specify a type on this Column?");
}

static const StrataTypeForm common_types[STRATA_N_TYPES] = {
  [STRATA_TYPE_NONE]             = { write_none },
  [STRATA_TYPE_ANY_INTEGER]      = { strata_write_type_word, "INTEGER" },
  [STRATA_TYPE_SMALL_INTEGER]    = { strata_write_type_word, "SMALLINT" },
  [STRATA_TYPE_BIG_INTEGER]      = { strata_write_type_word, "BIGINT" },
  [STRATA_TYPE_STRING]           = { strata_write_type_sized, "VARCHAR" },
  [STRATA_TYPE_UNICODE]          = { strata_write_type_sized, "VARCHAR" },
  [STRATA_TYPE_ANY_TEXT]         = { strata_write_type_sized, "TEXT" },
  [STRATA_TYPE_UNICODE_TEXT]     = { strata_write_type_sized, "TEXT" },
  [STRATA_TYPE_ANY_BOOLEAN]      = { strata_write_type_word, "BOOLEAN" },
  [STRATA_TYPE_ANY_DATE]         = { strata_write_type_word, "DATE" },
  [STRATA_TYPE_ANY_DATETIME]     = { strata_write_type_word, "DATETIME" },
  [STRATA_TYPE_ANY_TIME]         = { strata_write_type_word, "TIME" },
  [STRATA_TYPE_ANY_INTERVAL]     = { strata_write_type_word, "DATETIME" },
  [STRATA_TYPE_ANY_NUMERIC]      = { write_numeric, "NUMERIC" },
  [STRATA_TYPE_ANY_FLOAT]        = { strata_write_type_word, "FLOAT" },
  [STRATA_TYPE_ANY_DOUBLE]       = { strata_write_type_word, "DOUBLE" },
  [STRATA_TYPE_LARGE_BINARY]     = { strata_write_type_word, "BLOB" },
  [STRATA_TYPE_ANY_UUID]         = { write_uuid, "UUID" },
  [STRATA_TYPE_PICKLE]           = { strata_write_type_word, "BLOB" },
  [STRATA_TYPE_ANY_ENUM]         = { strata_write_type_values, "VARCHAR" },
  [STRATA_TYPE_JSON]             = { strata_write_type_word, "JSON" },
  [STRATA_TYPE_INTEGER]          = { strata_write_type_word, "INTEGER" },
  [STRATA_TYPE_SMALLINT]         = { strata_write_type_word, "SMALLINT" },
  [STRATA_TYPE_BIGINT]           = { strata_write_type_word, "BIGINT" },
  [STRATA_TYPE_VARCHAR]          = { strata_write_type_sized, "VARCHAR" },
  [STRATA_TYPE_CHAR]             = { strata_write_type_sized, "CHAR" },
  [STRATA_TYPE_NVARCHAR]         = { strata_write_type_sized, "NVARCHAR" },
  [STRATA_TYPE_NCHAR]            = { strata_write_type_sized, "NCHAR" },
  [STRATA_TYPE_TEXT]             = { strata_write_type_sized, "TEXT" },
  [STRATA_TYPE_CLOB]             = { strata_write_type_word, "CLOB" },
  [STRATA_TYPE_NCLOB]            = { strata_write_type_word, "NCLOB" },
  [STRATA_TYPE_BOOLEAN]          = { strata_write_type_word, "BOOLEAN" },
  [STRATA_TYPE_DATE]             = { strata_write_type_word, "DATE" },
  [STRATA_TYPE_DATETIME]         = { strata_write_type_word, "DATETIME" },
  [STRATA_TYPE_TIME]             = { strata_write_type_word, "TIME" },
  [STRATA_TYPE_TIMESTAMP]        = { strata_write_type_word, "TIMESTAMP" },
  [STRATA_TYPE_NUMERIC]          = { write_numeric, "NUMERIC" },
  [STRATA_TYPE_DECIMAL]          = { write_numeric, "DECIMAL" },
  [STRATA_TYPE_FLOAT]            = { strata_write_type_word, "FLOAT" },
  [STRATA_TYPE_REAL]             = { strata_write_type_word, "REAL" },
  [STRATA_TYPE_DOUBLE]           = { strata_write_type_word, "DOUBLE" },
  [STRATA_TYPE_DOUBLE_PRECISION] = { strata_write_type_word, "DOUBLE PRECISION" },
  [STRATA_TYPE_BLOB]             = { strata_write_type_word, "BLOB" },
  [STRATA_TYPE_BINARY]           = { strata_write_type_sized, "BINARY" },
  [STRATA_TYPE_VARBINARY]        = { strata_write_type_sized, "VARBINARY" },
  [STRATA_TYPE_UUID]             = { strata_write_type_word, "UUID" },
  [STRATA_TYPE_ENUM]             = { strata_write_type_values, "VARCHAR" },
  [STRATA_TYPE_FOREIGN]          = { write_foreign },
  [STRATA_TYPE_WORDS]            = { write_words },
};

void
strata_write_type (StrataWriter     *self,
                   const StrataType *type)
{
  static const StrataType none = { STRATA_TYPE_NONE };
  const StrataType *chosen = type != NULL ? strata_type_for_dialect (type, self->server->dialect) : &none;
  const StrataTypeForm *form = &self->server->types[chosen->kind];

  if (form->write == NULL)
    form = &common_types[chosen->kind];

  if (chosen->words != NULL)
    strata_writer_put (self, chosen->words);
  else if (form->write == NULL)
    strata_writer_fail (self, STRATA_RENDER_ERROR_UNSUPPORTED, "Compiler of %s can't render element of type %s",
                        strata_dialect_get_title (self->server->dialect), strata_type_kind_get_name (chosen->kind));
  else
    form->write (self, form->word, chosen);
}

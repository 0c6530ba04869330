/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/render/postgresql-types.h"

#include "core/render/type.h"

#include <string.h>

static void
write_zoned (StrataWriter     *self,
             const char       *word,
             const StrataType *type)
{
  strata_writer_put (self, word);
  if (type->has_precision)
    strata_writer_putf (self, "(%u)", type->precision);
  strata_writer_put (self, type->has_timezone ? " WITH TIME ZONE" : " WITHOUT TIME ZONE");
}

static void
write_float (StrataWriter     *self,
             const char       *word,
             const StrataType *type)
{
  strata_writer_put (self, word);
  if (type->precision > 0)
    strata_writer_putf (self, "(%u)", type->precision);
}

static void
write_interval (StrataWriter     *self,
                const char       *word,
                const StrataType *type)
{
  strata_writer_put (self, word);
  if (type->fields != NULL)
    strata_writer_putf (self, " %s", type->fields);
  if (type->has_precision)
    strata_writer_putf (self, " (%u)", type->precision);
}

/* An interval that is not to be one of the server's is a point in time. */
static void
write_any_interval (StrataWriter     *self,
                    const char       *word,
                    const StrataType *type)
{
  if (type->is_not_native)
    strata_writer_put (self, "TIMESTAMP WITHOUT TIME ZONE");
  else
    write_interval (self, word, type);
}

static void
write_bit (StrataWriter     *self,
           const char       *word,
           const StrataType *type)
{
  strata_writer_put (self, type->is_varying ? "BIT VARYING" : "BIT");
  if (type->length > 0)
    strata_writer_putf (self, "(%u)", type->length);
  else if (!type->is_varying)
    strata_writer_put (self, "(1)");
}

/* The brackets stand before the collation of the items. */
static void
write_array (StrataWriter     *self,
             const char       *word,
             const StrataType *type)
{
  g_autoptr(GString) brackets = g_string_new (NULL);
  gsize start = self->text->len;
  const char *collation;

  for (guint i = 0; i < MAX (type->n_dimensions, 1); i++)
    g_string_append (brackets, "[]");

  strata_write_type (self, type->item);

  collation = strstr (self->text->str + start, " COLLATE");
  g_string_insert (self->text, collation != NULL ? collation - self->text->str : (gssize) self->text->len,
                   brackets->str);
}

static void
write_enum (StrataWriter     *self,
            const char       *word,
            const StrataType *type)
{
  if (type->is_not_native)
    strata_write_type_values (self, "VARCHAR", type);
  else
    strata_write_type_named (self, word, type);
}

const StrataTypeForm strata_postgresql_types[STRATA_N_TYPES] = {
  [STRATA_TYPE_ANY_DATETIME]   = { write_zoned, "TIMESTAMP" },
  [STRATA_TYPE_ANY_TIME]       = { write_zoned, "TIME" },
  [STRATA_TYPE_ANY_INTERVAL]   = { write_any_interval, "INTERVAL" },
  [STRATA_TYPE_ANY_FLOAT]      = { write_float, "FLOAT" },
  [STRATA_TYPE_ANY_DOUBLE]     = { strata_write_type_word, "DOUBLE PRECISION" },
  [STRATA_TYPE_LARGE_BINARY]   = { strata_write_type_word, "BYTEA" },
  [STRATA_TYPE_PICKLE]         = { strata_write_type_word, "BYTEA" },
  [STRATA_TYPE_ANY_ENUM]       = { write_enum, "ENUM" },
  [STRATA_TYPE_TIMESTAMP]      = { write_zoned, "TIMESTAMP" },
  [STRATA_TYPE_TIME]           = { write_zoned, "TIME" },
  [STRATA_TYPE_FLOAT]          = { write_float, "FLOAT" },
  [STRATA_TYPE_ARRAY]          = { write_array },
  [STRATA_TYPE_ENUM]           = { strata_write_type_named, "ENUM" },
  [STRATA_TYPE_DOMAIN]         = { strata_write_type_named, "DOMAIN" },
  [STRATA_TYPE_JSONB]          = { strata_write_type_word, "JSONB" },
  [STRATA_TYPE_JSONPATH]       = { strata_write_type_word, "JSONPATH" },
  [STRATA_TYPE_BYTEA]          = { strata_write_type_word, "BYTEA" },
  [STRATA_TYPE_INTERVAL]       = { write_interval, "INTERVAL" },
  [STRATA_TYPE_BIT]            = { write_bit },
  [STRATA_TYPE_INET]           = { strata_write_type_word, "INET" },
  [STRATA_TYPE_CIDR]           = { strata_write_type_word, "CIDR" },
  [STRATA_TYPE_MACADDR]        = { strata_write_type_word, "MACADDR" },
  [STRATA_TYPE_MACADDR8]       = { strata_write_type_word, "MACADDR8" },
  [STRATA_TYPE_MONEY]          = { strata_write_type_word, "MONEY" },
  [STRATA_TYPE_OID]            = { strata_write_type_word, "OID" },
  [STRATA_TYPE_REGCLASS]       = { strata_write_type_word, "REGCLASS" },
  [STRATA_TYPE_REGCONFIG]      = { strata_write_type_word, "REGCONFIG" },
  [STRATA_TYPE_HSTORE]         = { strata_write_type_word, "HSTORE" },
  [STRATA_TYPE_TSVECTOR]       = { strata_write_type_word, "TSVECTOR" },
  [STRATA_TYPE_TSQUERY]        = { strata_write_type_word, "TSQUERY" },
  [STRATA_TYPE_CITEXT]         = { strata_write_type_word, "CITEXT" },
  [STRATA_TYPE_INT4RANGE]      = { strata_write_type_word, "INT4RANGE" },
  [STRATA_TYPE_INT8RANGE]      = { strata_write_type_word, "INT8RANGE" },
  [STRATA_TYPE_NUMRANGE]       = { strata_write_type_word, "NUMRANGE" },
  [STRATA_TYPE_DATERANGE]      = { strata_write_type_word, "DATERANGE" },
  [STRATA_TYPE_TSRANGE]        = { strata_write_type_word, "TSRANGE" },
  [STRATA_TYPE_TSTZRANGE]      = { strata_write_type_word, "TSTZRANGE" },
  [STRATA_TYPE_INT4MULTIRANGE] = { strata_write_type_word, "INT4MULTIRANGE" },
  [STRATA_TYPE_INT8MULTIRANGE] = { strata_write_type_word, "INT8MULTIRANGE" },
  [STRATA_TYPE_NUMMULTIRANGE]  = { strata_write_type_word, "NUMMULTIRANGE" },
  [STRATA_TYPE_DATEMULTIRANGE] = { strata_write_type_word, "DATEMULTIRANGE" },
  [STRATA_TYPE_TSMULTIRANGE]   = { strata_write_type_word, "TSMULTIRANGE" },
  [STRATA_TYPE_TSTZMULTIRANGE] = { strata_write_type_word, "TSTZMULTIRANGE" },
};

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/render/expression.h"

#include <math.h>
#include <string.h>

#include "core/base/number.h"

static void
write_quoted (StrataWriter *self,
              const char   *text,
              gsize         length)
{
  gboolean doubles = strata_writer_doubles (self);
  gboolean has_backslashes = self->server->has_backslashes && !self->options->is_online;

  g_string_append_c (self->text, '\'');
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '\'' || (text[i] == '%' && doubles) || (text[i] == '\\' && has_backslashes))
        g_string_append_c (self->text, text[i]);
      g_string_append_c (self->text, text[i]);
    }
  g_string_append_c (self->text, '\'');
}

void
strata_write_string (StrataWriter *self,
                     const char   *text)
{
  write_quoted (self, text, strlen (text));
}

/* As SQLAlchemy takes a value that nobody gave a type. */
static StrataAffinity
get_affinity_of_value (const StrataValue *value)
{
  static const StrataAffinity affinities[] = {
    [STRATA_VALUE_NULL] = STRATA_AFFINITY_NONE,
    [STRATA_VALUE_BOOLEAN] = STRATA_AFFINITY_BOOLEAN,
    [STRATA_VALUE_INTEGER] = STRATA_AFFINITY_INTEGER,
    [STRATA_VALUE_FLOAT] = STRATA_AFFINITY_NUMERIC,
    [STRATA_VALUE_DECIMAL] = STRATA_AFFINITY_NUMERIC,
    [STRATA_VALUE_STRING] = STRATA_AFFINITY_STRING,
    [STRATA_VALUE_BYTES] = STRATA_AFFINITY_BINARY,
    [STRATA_VALUE_DATE] = STRATA_AFFINITY_DATE,
    [STRATA_VALUE_DATETIME] = STRATA_AFFINITY_DATETIME,
    [STRATA_VALUE_TIME] = STRATA_AFFINITY_TIME,
    [STRATA_VALUE_INTERVAL] = STRATA_AFFINITY_INTERVAL,
    [STRATA_VALUE_UUID] = STRATA_AFFINITY_UUID,
    [STRATA_VALUE_LIST] = STRATA_AFFINITY_NONE,
    [STRATA_VALUE_MAP] = STRATA_AFFINITY_NONE,
    [STRATA_VALUE_UNSET] = STRATA_AFFINITY_NONE,
  };

  return affinities[value->kind];
}

static const char *
get_value_text (const StrataValue *value)
{
  if (value->kind == STRATA_VALUE_BOOLEAN)
    return value->truth ? "True" : "False";

  return value->text != NULL ? value->text : value->json;
}

static void
refuse (StrataWriter      *self,
        const StrataType  *type,
        const StrataValue *value)
{
  strata_writer_fail (self, STRATA_RENDER_ERROR_RAISES,
                      "No literal value renderer is available for literal value \"%s\" with datatype %s",
                      get_value_text (value), type != NULL ? strata_type_kind_get_name (type->kind) : "NULL");
}

static gboolean
write_integer (StrataWriter      *self,
               const StrataValue *value)
{
  if (value->kind == STRATA_VALUE_BOOLEAN)
    strata_writer_put (self, value->truth ? "1" : "0");
  else if (value->kind == STRATA_VALUE_INTEGER
           || (value->kind == STRATA_VALUE_STRING
               && strata_number_parse_signed (value->text, G_MININT64, G_MAXINT64, NULL)))
    strata_writer_put (self, value->text);
  else if (value->kind == STRATA_VALUE_FLOAT || value->kind == STRATA_VALUE_DECIMAL)
    strata_writer_putf (self, "%.0f", trunc (g_ascii_strtod (value->text, NULL)) + 0.0);   /* no "-0" */
  else
    return FALSE;

  return TRUE;
}

static gboolean
write_number (StrataWriter      *self,
              const StrataValue *value)
{
  const char *text = get_value_text (value);

  if (value->kind == STRATA_VALUE_STRING
      && !g_regex_match_simple ("^[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?$", text, 0, 0))
    return FALSE;

  if (text != NULL)
    strata_writer_put (self, text);

  return text != NULL;
}

static gboolean
write_boolean (StrataWriter      *self,
               const StrataValue *value)
{
  gboolean is_one = g_strcmp0 (value->text, "1") == 0;
  gboolean truth = value->kind == STRATA_VALUE_BOOLEAN ? value->truth : is_one;

  if (value->kind != STRATA_VALUE_BOOLEAN
      && !(value->kind == STRATA_VALUE_INTEGER && (is_one || g_strcmp0 (value->text, "0") == 0)))
    return FALSE;

  if (self->server->has_boolean)
    strata_writer_put (self, truth ? "true" : "false");
  else
    strata_writer_put (self, truth ? "1" : "0");

  return TRUE;
}

/* As isoformat() has it, with a blank instead of the T; only the part that the type keeps. */
static gboolean
write_moment (StrataWriter      *self,
              StrataAffinity     affinity,
              const StrataValue *value)
{
  const char *split;

  if (value->kind != STRATA_VALUE_DATE && value->kind != STRATA_VALUE_DATETIME && value->kind != STRATA_VALUE_TIME)
    return FALSE;

  split = strchr (value->text, 'T');
  if (split == NULL)
    strata_writer_putf (self, "'%s'", value->text);
  else if (affinity == STRATA_AFFINITY_DATE)
    strata_writer_putf (self, "'%.*s'", (int) (split - value->text), value->text);
  else if (affinity == STRATA_AFFINITY_TIME)
    strata_writer_putf (self, "'%s'", split + 1);
  else
    strata_writer_putf (self, "'%.*s %s'", (int) (split - value->text), value->text, split + 1);

  return TRUE;
}

/* Without its hyphens, where the server keeps it as text. */
static gboolean
write_uuid (StrataWriter      *self,
            const StrataType  *type,
            const StrataValue *value)
{
  gboolean takes_text = type != NULL && type->takes_text;

  if (value->kind != (takes_text ? STRATA_VALUE_STRING : STRATA_VALUE_UUID))
    return FALSE;

  g_string_append_c (self->text, '\'');
  for (const char *c = value->text; *c != '\0'; c++)
    if (*c != '-')
      g_string_append_c (self->text, *c);
  g_string_append_c (self->text, '\'');

  return TRUE;
}

static gboolean
write_array (StrataWriter      *self,
             const StrataType  *type,
             const StrataValue *value)
{
  if (value->kind != STRATA_VALUE_LIST)
    return FALSE;

  strata_writer_put (self, "ARRAY[");
  for (guint i = 0; value->items != NULL && value->items[i] != NULL; i++)
    {
      if (i > 0)
        strata_writer_put (self, ", ");
      if (value->items[i]->kind == STRATA_VALUE_LIST)
        write_array (self, type, value->items[i]);
      else
        strata_write_literal (self, type->item, value->items[i]);
    }
  strata_writer_put (self, "]");

  return TRUE;
}

static gboolean
write_by_affinity (StrataWriter      *self,
                   StrataAffinity     affinity,
                   const StrataType  *type,
                   const StrataValue *value)
{
  switch (affinity)
    {
    case STRATA_AFFINITY_INTEGER:
      return write_integer (self, value);

    case STRATA_AFFINITY_NUMERIC:
      return write_number (self, value);

    case STRATA_AFFINITY_STRING:
      if (value->kind != STRATA_VALUE_STRING)
        return FALSE;
      strata_write_string (self, value->text);
      return TRUE;

    case STRATA_AFFINITY_BOOLEAN:
      return write_boolean (self, value);

    case STRATA_AFFINITY_DATE:
    case STRATA_AFFINITY_DATETIME:
    case STRATA_AFFINITY_TIME:
      return write_moment (self, affinity, value);

    case STRATA_AFFINITY_UUID:
      return write_uuid (self, type, value);

    case STRATA_AFFINITY_BINARY:
      if (value->kind != STRATA_VALUE_BYTES || !g_utf8_validate (value->text, value->length, NULL))
        return FALSE;
      write_quoted (self, value->text, value->length);
      return TRUE;

    case STRATA_AFFINITY_ARRAY:
      return type->item != NULL && write_array (self, type, value);

    case STRATA_AFFINITY_NONE:
    case STRATA_AFFINITY_INTERVAL:
    case STRATA_AFFINITY_JSON:
    case STRATA_AFFINITY_OTHER:
    default:
      return FALSE;
    }
}

static void
write_hexadecimal (StrataWriter      *self,
                   const StrataValue *value)
{
  strata_writer_put (self, self->server->dialect == STRATA_DIALECT_POSTGRESQL ? "'\\x" : "X'");
  for (gsize i = 0; i < value->length; i++)
    strata_writer_putf (self, "%02x", (guint8) value->text[i]);
  strata_writer_put (self, self->server->dialect == STRATA_DIALECT_POSTGRESQL ? "'::bytea" : "'");
}

/* For a connection, what a driver would bind although SQLAlchemy has no text for it. */
static gboolean
write_bound (StrataWriter      *self,
             StrataAffinity     affinity,
             const StrataType  *type,
             const StrataValue *value)
{
  if (affinity == STRATA_AFFINITY_JSON && value->json != NULL)
    strata_write_string (self, value->json);
  else if (value->kind == STRATA_VALUE_BYTES)
    write_hexadecimal (self, value);
  else if (value->kind == STRATA_VALUE_INTERVAL && self->server->dialect == STRATA_DIALECT_POSTGRESQL)
    strata_writer_putf (self, "'%s seconds'::interval", value->text);
  else if (value->kind == STRATA_VALUE_UUID)
    strata_write_string (self, value->text);
  else if (value->kind == STRATA_VALUE_STRING)
    strata_write_string (self, value->text);
  else if (value->kind == STRATA_VALUE_BOOLEAN)
    return write_boolean (self, value);
  else if (value->kind == STRATA_VALUE_INTEGER || value->kind == STRATA_VALUE_FLOAT || value->kind == STRATA_VALUE_DECIMAL)
    return write_number (self, value);
  else if (value->kind == STRATA_VALUE_LIST && self->server->dialect == STRATA_DIALECT_POSTGRESQL && type == NULL)
    return write_array (self, &(StrataType) { .kind = STRATA_TYPE_ARRAY }, value);
  else
    return write_moment (self, STRATA_AFFINITY_DATETIME, value);

  return TRUE;
}

void
strata_write_literal (StrataWriter      *self,
                      const StrataType  *type,
                      const StrataValue *value)
{
  StrataAffinity affinity;

  if (type != NULL)
    type = strata_type_for_dialect (type, self->server->dialect);

  if (value->kind == STRATA_VALUE_NULL || value->kind == STRATA_VALUE_UNSET)
    {
      gboolean is_json = type != NULL && strata_type_kind_get_affinity (type->kind) == STRATA_AFFINITY_JSON;

      /* None that is bound to JSON is JSON's, which only a driver is told. */
      strata_writer_put (self, is_json && self->options->is_online && !type->takes_none ? "'null'" : "NULL");
      return;
    }

  affinity = type != NULL ? strata_type_kind_get_affinity (type->kind) : get_affinity_of_value (value);

  if (self->server->write_literal != NULL && self->server->write_literal (self, affinity, type, value))
    return;

  if (write_by_affinity (self, affinity, type, value))
    return;
  if (!self->options->is_online || !write_bound (self, affinity, type, value))
    refuse (self, type, value);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/data.h"

#include <glib/gi18n-lib.h>
#include <stdarg.h>
#include <string.h>

#include "core/config/json.h"
#include "core/config/toml.h"

/* Of one file, and of all that are gone through, again and again where the code reads them so. */
#define LARGEST    (1024 * 1024)
#define MOST_BYTES (4 * 1024 * 1024)

/* Each entry of a list has the list's name before its own: a key as long as the file would be copied without end. */
#define LONGEST_NAME 200

typedef struct
{
  StrataEnvReader   *reader;
  const char        *file;     /* in the arena of the facts */
  const StrataPlace *where;    /* of the code that reads it, there too */
} Conversion;

static StrataEnvThing *convert (const Conversion        *self,
                                const StrataConfigValue *value,
                                const char              *name);

StrataEnvThing *
strata_env_data_unknown (StrataEnvReader *self,
                         StrataPlace      place,
                         const char      *format,
                         ...)
{
  g_autofree char *reason = NULL;
  va_list args;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);
  strata_env_risk (self);

  return strata_env_thing_unknown (self, place, reason);
}

StrataEnvThing *
strata_env_data_guard (StrataEnvReader     *self,
                       const StrataEnvData *data,
                       StrataEnvThing      *thing)
{
  StrataEnvThing *other;

  if (data->condition == NULL)
    return thing;

  other = strata_env_thing_unknown (self, data->reader, _("another file is read here than when it was looked into"));

  return strata_env_thing_choice (self, data->condition, thing, other);
}

/* The file that a path leads to as things are now. FALSE: that is not known. */
static gboolean
find_path (StrataEnvReader      *self,
           const StrataEnvValue *value,
           StrataEnvData        *data)
{
  static const StrataEnvWorld nothing = { NULL };
  const StrataEnvWorld *world = self->source->world != NULL ? self->source->world : &nothing;
  g_autofree char *text = NULL;
  g_autofree char *absolute = NULL;
  const char *placed;

  if (strata_env_value_evaluate (value, world, self->source->world_data, &text, NULL, NULL) != STRATA_ENV_IS_TEXT)
    return FALSE;

  placed = strata_env_place_path (self, text);
  if (placed == NULL || *placed == '\0' || (!g_path_is_absolute (placed) && self->source->folder == NULL))
    return FALSE;

  absolute = g_canonicalize_filename (placed, self->source->folder);
  data->path = strata_py_arena_strndup (self->arena, absolute, strlen (absolute));
  if (value->op != STRATA_ENV_OP_TEXT)
    data->condition = strata_env_value_new_op (self->arena, STRATA_ENV_OP_EQUALS, data->reader, 0, 2, value,
                                               strata_env_text (self, data->reader, text));

  return TRUE;
}

/* Each file is read once, however often env.py is gone through; one without a path was refused. */
static StrataEnvText *
read_text (StrataEnvReader     *self,
           const StrataEnvData *data)
{
  g_autofree char *key = g_strconcat ("file:", data->path, NULL);
  StrataEnvText *text = g_hash_table_lookup (self->texts, key);
  StrataEnvReading reading;

  if (text != NULL)
    return text;

  text = g_new0 (StrataEnvText, 1);
  g_hash_table_insert (self->texts, g_steal_pointer (&key), text);
  if (self->source->read_file == NULL)
    return text;

  reading = self->source->read_file (data->path, data->condition != NULL, &text->text, &text->length, self->source->data);
  if (reading == STRATA_ENV_FILE_MISSING || (reading == STRATA_ENV_FILE_READ && text->length <= LARGEST))
    text->path = g_strdup (data->path);

  return text;
}

StrataEnvReading
strata_env_data_read (StrataEnvReader *self,
                      StrataPlace      reader,
                      StrataEnvThing  *path,
                      StrataEnvData   *data)
{
  StrataEnvText *text;

  *data = (StrataEnvData) { .reader = reader };
  if ((path->kind != STRATA_THING_PATH && path->kind != STRATA_THING_VALUE && path->kind != STRATA_THING_CHOICE) ||
      !find_path (self, strata_env_thing_to_value (self, path), data))
    return STRATA_ENV_FILE_REFUSED;

  text = read_text (self, data);
  self->n_bytes += text->length;
  if (text->path == NULL || self->n_bytes > MOST_BYTES)
    return STRATA_ENV_FILE_REFUSED;

  data->text = text->text;
  data->length = text->length;

  return text->text != NULL ? STRATA_ENV_FILE_READ : STRATA_ENV_FILE_MISSING;
}

char *
strata_env_data_dup_name (const char *whole,
                          const char *key)
{
  g_autofree char *name = *whole != '\0' ? g_strconcat (whole, ".", key, NULL) : g_strdup (key);
  const char *end;

  if (strlen (name) <= LONGEST_NAME)
    return g_steal_pointer (&name);

  end = g_utf8_find_prev_char (name, name + LONGEST_NAME);

  return g_strdup_printf ("%.*s…", (int) (end - name), name);
}

static StrataEnvThing *
convert_elements (const Conversion        *self,
                  const StrataConfigValue *value,
                  const char              *name,
                  gboolean                 is_table)
{
  StrataPlace place = { self->file, strata_config_value_get_place (value).line };
  StrataEnvThing *dict = strata_env_thing_new (self->reader, STRATA_THING_DICT, place);
  g_autoptr(GPtrArray) items = g_ptr_array_new ();

  for (guint i = 0; i < strata_config_value_get_size (value); i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);
      const char *key = is_table ? strata_config_value_get_key (value, i) : number;
      g_autofree char *full = strata_env_data_dup_name (name, key);
      StrataEnvThing *element = convert (self, strata_config_value_get_element (value, i), full);

      /* Nobody has the new dict yet, on no other way of the code either. */
      if (is_table)
        strata_env_cell_keep (self->reader, dict, strata_py_arena_strndup (self->reader->arena, key, strlen (key)), element);
      else
        g_ptr_array_add (items, element);
    }

  return is_table ? dict : strata_env_thing_list (self->reader, place, items);
}

gboolean
strata_env_data_is_plain_number (const char *text)
{
  static const char digits[] = "0123456789";
  const char *start = text + (*text == '-');
  gsize length = strspn (start, digits);
  gsize behind;

  if (length == 0 || length > 15 || (*start == '0' && length > 1))
    return FALSE;
  if (start[length] == '\0')
    return strcmp (text, "-0") != 0;
  if (start[length] != '.' || length > 8)
    return FALSE;

  behind = strspn (start + length + 1, digits);

  return behind > 0 && behind <= 4 && start[length + 1 + behind] == '\0' && (start[length + behind] != '0' || behind == 1);
}

static StrataEnvThing *
convert (const Conversion        *self,
         const StrataConfigValue *value,
         const char              *name)
{
  StrataPyArena *arena = self->reader->arena;
  StrataPlace place = { self->file, strata_config_value_get_place (value).line };
  const char *text = strata_config_value_get_text (value);
  g_autofree char *number = NULL;
  StrataEnvOp op = STRATA_ENV_OP_NONE;

  switch (strata_config_value_get_kind (value))
    {
    case STRATA_CONFIG_TABLE:
    case STRATA_CONFIG_ARRAY:
      return convert_elements (self, value, name, strata_config_value_get_kind (value) == STRATA_CONFIG_TABLE);
    case STRATA_CONFIG_STRING:
      return strata_env_thing_of_value (self->reader,
                                        strata_env_value_new_entry (arena, place,
                                                                    strata_py_arena_strndup (arena, name, strlen (name)),
                                                                    self->where, text));
    case STRATA_CONFIG_BOOLEAN:
      op = strata_config_value_get_boolean (value) ? STRATA_ENV_OP_TRUE : STRATA_ENV_OP_FALSE;
      break;
    case STRATA_CONFIG_INTEGER:
      text = number = g_strdup_printf ("%" G_GINT64_FORMAT, strata_config_value_get_integer (value));
      op = STRATA_ENV_OP_NUMBER;
      break;
    case STRATA_CONFIG_FLOAT:
      op = STRATA_ENV_OP_NUMBER;
      break;
    case STRATA_CONFIG_DATE:
      op = STRATA_ENV_OP_UNKNOWN;
      break;
    case STRATA_CONFIG_NULL:
    default:
      break;
    }

  if (op == STRATA_ENV_OP_UNKNOWN || (op == STRATA_ENV_OP_NUMBER && !strata_env_data_is_plain_number (text)))
    return strata_env_thing_unknown (self->reader, place, _("how Python writes this number or time is not followed"));

  return strata_env_thing_of_value (self->reader,
                                    strata_env_value_new_leaf (arena, op, place, op == STRATA_ENV_OP_NUMBER ? text : NULL));
}

/* What a library would stop at is no settings. */
static StrataEnvThing *
refuse (StrataEnvReader     *self,
        const StrataEnvData *data,
        GPtrArray           *findings)
{
  g_autofree char *name = g_path_get_basename (data->path);
  const StrataFinding *finding = findings->len > 0 ? g_ptr_array_index (findings, 0) : NULL;

  if (finding == NULL)
    return strata_env_data_unknown (self, data->reader, _("“%s” is in a form that is not read"), name);

  return strata_env_data_unknown (self, data->reader, _("“%s” line %u: %s"), name,
                                  strata_finding_get_place (finding).line, strata_finding_get_message (finding));
}

StrataEnvThing *
strata_env_data_parse (StrataEnvReader     *self,
                       StrataEnvFormat      format,
                       const StrataEnvData *data)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataDocument) document = NULL;
  StrataPlace *where;
  Conversion conversion;

  if (format == STRATA_ENV_YAML)
    return strata_env_data_parse_yaml (self, data);

  where = strata_py_arena_new_struct (self->arena, StrataPlace);
  *where = data->reader;
  conversion = (Conversion) { self, data->path, where };
  if (g_str_has_prefix (data->text, "\xef\xbb\xbf"))
    return refuse (self, data, findings);

  document = format == STRATA_ENV_JSON ? strata_json_parse (data->path, data->text, data->length, findings)
                                       : strata_toml_parse (data->path, data->text, data->length, findings);
  if (document == NULL)
    return refuse (self, data, findings);

  return convert (&conversion, strata_document_get_root (document), "");
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/data.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/env/frame.h"

/* How a file was opened: what its "op" says. */
enum
{
  IS_BINARY = 1 << 0,
  HAS_MARK  = 1 << 1,   /* a byte order mark is passed over */
};

static const char byte_order_mark[] = "\xef\xbb\xbf";

/* Encodings that come to the same for any text that is UTF-8; FALSE: it is another one, or not known. */
static gboolean
read_encoding (StrataEnvThing *encoding,
               guint8         *how)
{
  static const char * const names[] = { "ascii", "utf-8", "utf8", "utf_8", NULL };
  g_autofree char *name = NULL;

  if (encoding == NULL)
    return TRUE;
  if (!strata_env_thing_is_text (encoding, NULL))
    return encoding->kind == STRATA_THING_VALUE && encoding->value->op == STRATA_ENV_OP_NONE;

  name = g_ascii_strdown (encoding->value->text, -1);
  if (strcmp (name, "utf-8-sig") == 0)
    *how |= HAS_MARK;

  return (*how & HAS_MARK) != 0 || g_strv_contains (names, name);
}

/* Only what is opened for reading. */
static gboolean
read_mode (StrataEnvThing *mode,
           guint8         *how)
{
  if (mode == NULL)
    return TRUE;
  if (!strata_env_thing_is_text (mode, NULL) || strspn (mode->value->text, "rbtU") != strlen (mode->value->text))
    return FALSE;

  if (strchr (mode->value->text, 'b') != NULL)
    *how |= IS_BINARY;

  return TRUE;
}

static StrataEnvThing *
not_there (StrataEnvReader     *self,
           StrataEnvFrame      *frame,
           const StrataEnvData *data,
           StrataEnvReading     reading)
{
  g_autofree char *name = data->path != NULL ? g_path_get_basename (data->path) : NULL;

  if (name == NULL)
    return strata_env_data_unknown (self, data->reader, _("which file is read here is not known"));

  if (reading == STRATA_ENV_FILE_MISSING && data->condition == NULL && self->n_uncertain == 0 &&
      strata_env_frame_is_certain (frame))
    {
      g_autofree char *reason = g_strdup_printf (_("“%s” is not there"), name);

      self->n_missing++;
      self->trouble_at = self->trail->len;
      return strata_env_thing_unknown (self, data->reader, reason);
    }

  return strata_env_data_unknown (self, data->reader,
                                  reading == STRATA_ENV_FILE_MISSING ? _("“%s” is not there")
                                  : _("“%s” is no file of the project, and none that a variable names"), name);
}

static StrataEnvThing *
open_file (StrataEnvReader *self,
           StrataEnvCall   *call,
           StrataEnvThing  *path,
           StrataEnvThing  *mode,
           StrataEnvThing  *encoding)
{
  StrataEnvThing *object;
  StrataEnvReading reading;
  StrataEnvData data;
  guint8 how = 0;

  if (path == NULL || call->is_open || !read_mode (mode, &how) || !read_encoding (encoding, &how))
    return NULL;

  reading = strata_env_data_read (self, call->place, path, &data);
  if (reading != STRATA_ENV_FILE_READ)
    return not_there (self, call->frame, &data, reading);

  object = strata_env_thing_new (self, STRATA_THING_OBJECT, call->place);
  object->text = STRATA_ENV_OPEN_FILE;
  object->first = path;
  object->op = how;

  return object;
}

StrataEnvThing *
strata_env_call_open (StrataEnvReader *self,
                      const char      *name,
                      StrataEnvCall   *call)
{
  if (strcmp (name, "builtins.open") == 0 || strcmp (name, "io.open") == 0)
    return open_file (self, call, strata_env_call_get (call, 0, "file"), strata_env_call_get (call, 1, "mode"),
                      strata_env_call_get (call, 3, "encoding"));
  if (strcmp (name, "codecs.open") == 0)
    return open_file (self, call, strata_env_call_get (call, 0, "filename"), strata_env_call_get (call, 1, "mode"),
                      strata_env_call_get (call, 2, "encoding"));

  return NULL;
}

gboolean
strata_env_data_of_open (StrataEnvReader *self,
                         StrataPlace      reader,
                         StrataEnvThing  *object,
                         StrataEnvData   *data)
{
  if (object->kind != STRATA_THING_OBJECT || strcmp (object->text, STRATA_ENV_OPEN_FILE) != 0 || object->is_open ||
      strata_env_data_read (self, reader, object->first, data) != STRATA_ENV_FILE_READ)
    return FALSE;

  if ((object->op & HAS_MARK) && g_str_has_prefix (data->text, byte_order_mark))
    {
      data->text += strlen (byte_order_mark);
      data->length -= strlen (byte_order_mark);
    }
  /* A file is read once: what comes after that is empty. */
  object->is_open = TRUE;

  return TRUE;
}

/* All of it as one text. Ends of lines are not what they were where the file is Windows's. */
static StrataEnvThing *
read_whole (StrataEnvReader     *self,
            const StrataEnvData *data)
{
  StrataPlace *where;

  if (!g_utf8_validate (data->text, -1, NULL) || strlen (data->text) != data->length || strchr (data->text, '\r') != NULL ||
      g_str_has_prefix (data->text, byte_order_mark))
    return strata_env_data_unknown (self, data->reader, _("this file is in a form that is not read"));

  where = strata_py_arena_new_struct (self->arena, StrataPlace);
  *where = data->reader;

  return strata_env_data_guard (self, data,
                                strata_env_thing_of_value (self,
                                                           strata_env_value_new_entry (self->arena,
                                                                                       (StrataPlace) { data->path, 1 }, "",
                                                                                       where, data->text)));
}

StrataEnvThing *
strata_env_call_file (StrataEnvReader *self,
                      StrataEnvThing  *file,
                      const char      *name,
                      StrataEnvCall   *call)
{
  StrataEnvData data;

  if (strcmp (name, "close") == 0)
    return strata_env_thing_none (self, call->place);
  if (strcmp (name, "read") == 0 && call->arguments->len == 0 && strata_env_data_of_open (self, call->place, file, &data))
    return read_whole (self, &data);

  /* Part of it was read, maybe. */
  file->is_open = TRUE;

  return NULL;
}

StrataEnvThing *
strata_env_call_path_file (StrataEnvReader *self,
                           StrataEnvThing  *path,
                           const char      *name,
                           StrataEnvCall   *call)
{
  gboolean is_text = strcmp (name, "read_text") == 0;
  StrataEnvThing *file;
  StrataEnvData data;

  if (strcmp (name, "open") == 0)
    return open_file (self, call, path, strata_env_call_get (call, 0, "mode"), strata_env_call_get (call, 2, "encoding"));
  if (!is_text && strcmp (name, "read_bytes") != 0)
    return NULL;

  file = open_file (self, call, path, NULL, is_text ? strata_env_call_get (call, 0, "encoding") : NULL);
  if (file == NULL || file->kind != STRATA_THING_OBJECT)
    return file;

  return strata_env_data_of_open (self, call->place, file, &data) ? read_whole (self, &data) : NULL;
}

/* "loads(text)": of a text that is all of a file. */
static StrataEnvThing *
load_text (StrataEnvReader      *self,
           StrataEnvCall        *call,
           StrataEnvFormat       format,
           const StrataEnvValue *value,
           guint                 depth)
{
  StrataEnvData data = { value->place.file, value->text, 0, NULL, call->place };

  if (value->op == STRATA_ENV_OP_UNKNOWN || value->op == STRATA_ENV_OP_STOP)
    return strata_env_thing_of_value (self, value);
  if (value->op == STRATA_ENV_OP_CHOICE && depth < 4)
    return strata_env_thing_choice (self, value->parts[0], load_text (self, call, format, value->parts[1], depth + 1),
                                    load_text (self, call, format, value->parts[2], depth + 1));
  if (value->op != STRATA_ENV_OP_ENTRY || *value->section != '\0')
    return strata_env_data_unknown (self, call->place, _("what is in this text is not read"));

  data.length = strlen (value->text);
  self->n_bytes += data.length;

  return strata_env_data_parse (self, format, &data);
}

static StrataEnvThing *
load_file (StrataEnvReader *self,
           StrataEnvCall   *call,
           StrataEnvFormat  format,
           StrataEnvThing  *file)
{
  StrataEnvData data;

  if (file->kind == STRATA_THING_VALUE && file->value->op == STRATA_ENV_OP_UNKNOWN)
    return file;
  if (!strata_env_data_of_open (self, call->place, file, &data))
    return NULL;

  return strata_env_data_guard (self, &data, strata_env_data_parse (self, format, &data));
}

typedef enum
{
  FROM_FILE,      /* json.load (file) */
  FROM_BINARY,    /* tomllib.load (file): stops at one that is open as a text */
  FROM_PATH,      /* toml.load (path or file) */
  FROM_TEXT,
  FROM_BOTH,      /* yaml.safe_load (file or text) */
} From;

typedef struct
{
  const char      *name;
  StrataEnvFormat  format;
  From             from;
} Loader;

static const Loader loaders[] = {
  { "json.load", STRATA_ENV_JSON, FROM_FILE },
  { "json.loads", STRATA_ENV_JSON, FROM_TEXT },
  { "orjson.loads", STRATA_ENV_JSON, FROM_TEXT },
  { "rtoml.load", STRATA_ENV_TOML, FROM_PATH },
  { "simplejson.load", STRATA_ENV_JSON, FROM_FILE },
  { "simplejson.loads", STRATA_ENV_JSON, FROM_TEXT },
  { "toml.load", STRATA_ENV_TOML, FROM_PATH },
  { "toml.loads", STRATA_ENV_TOML, FROM_TEXT },
  { "tomli.load", STRATA_ENV_TOML, FROM_BINARY },
  { "tomli.loads", STRATA_ENV_TOML, FROM_TEXT },
  { "tomlkit.load", STRATA_ENV_TOML, FROM_FILE },
  { "tomlkit.loads", STRATA_ENV_TOML, FROM_TEXT },
  { "tomlkit.parse", STRATA_ENV_TOML, FROM_TEXT },
  { "tomllib.load", STRATA_ENV_TOML, FROM_BINARY },
  { "tomllib.loads", STRATA_ENV_TOML, FROM_TEXT },
  { "yaml.full_load", STRATA_ENV_YAML, FROM_BOTH },
  { "yaml.load", STRATA_ENV_YAML, FROM_BOTH },
  { "yaml.safe_load", STRATA_ENV_YAML, FROM_BOTH },
  { "yaml.unsafe_load", STRATA_ENV_YAML, FROM_BOTH },
};

/* yaml.load (file, Loader=yaml.SafeLoader): of those that read plain values alike. */
static gboolean
has_usual_arguments (StrataEnvCall *call,
                     const Loader  *loader)
{
  static const char * const usual[] = {
    "yaml.CFullLoader", "yaml.CLoader", "yaml.CSafeLoader", "yaml.FullLoader", "yaml.Loader", "yaml.SafeLoader",
    "yaml.UnsafeLoader", NULL,
  };
  StrataEnvThing *kind = strata_env_call_get (call, 1, "Loader");

  /* Other arguments are hooks that make something else of it. */
  if (strcmp (loader->name, "yaml.load") != 0 || kind == NULL)
    return call->arguments->len == 1 && call->names->len == 0;

  return call->arguments->len + call->names->len == 2 && kind->kind == STRATA_THING_OUTSIDE &&
         g_strv_contains (usual, kind->text);
}

static StrataEnvThing *
load (StrataEnvReader *self,
      StrataEnvCall   *call,
      const Loader    *loader)
{
  StrataEnvThing *from = strata_env_call_get (call, 0, NULL);
  gboolean is_open_file;
  StrataEnvData data;

  if (from == NULL || !has_usual_arguments (call, loader) || call->is_open)
    return NULL;
  if (loader->format == STRATA_ENV_YAML && strata_env_cell_get (self->world, "yaml") != NULL)
    return strata_env_data_unknown (self, call->place, _("the code changes what YAML means"));
  if (loader->from == FROM_TEXT || (loader->from == FROM_BOTH && from->kind == STRATA_THING_VALUE))
    return from->kind == STRATA_THING_VALUE ? load_text (self, call, loader->format, from->value, 0) : NULL;

  is_open_file = from->kind == STRATA_THING_OBJECT && strcmp (from->text, STRATA_ENV_OPEN_FILE) == 0;
  if (loader->from == FROM_BINARY && is_open_file && !(from->op & IS_BINARY))
    return NULL;
  if (loader->from != FROM_PATH || is_open_file)
    return load_file (self, call, loader->format, from);

  return strata_env_data_read (self, call->place, from, &data) == STRATA_ENV_FILE_READ
         ? strata_env_data_guard (self, &data, strata_env_data_parse (self, loader->format, &data)) : NULL;
}

StrataEnvThing *
strata_env_call_loader (StrataEnvReader *self,
                        const char      *name,
                        StrataEnvCall   *call)
{
  /* "yaml.add_constructor (...)", "yaml.SafeLoader.add_implicit_resolver (...)": for all that is read from here on. */
  if (g_str_has_prefix (name, "yaml.") && strstr (name, ".add_") != NULL)
    strata_env_cell_set (self, self->world, "yaml", strata_env_thing_none (self, call->place));

  for (guint i = 0; i < G_N_ELEMENTS (loaders); i++)
    if (strcmp (loaders[i].name, name) == 0)
      return load (self, call, &loaders[i]);

  return NULL;
}

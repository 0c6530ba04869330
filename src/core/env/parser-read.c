/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/parser.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/config/ini.h"

/* ConfigParser of a file of the project's own. Its state is one cell: a DICT of sections, each a DICT of raw entries, that
 * is replaced by a new one when another file is read; a choice of such, or an unknown value. */

StrataEnvThing *
strata_env_parser_get_state (StrataEnvReader *self,
                             StrataPlace      place,
                             StrataEnvThing  *parser)
{
  /* An attribute that was set, "optionxform" above all, makes another parser of it. */
  if (parser->is_open || parser->cells != NULL)
    return strata_env_thing_unknown (self, place, _("what is done to this ConfigParser is not followed"));

  return strata_env_cell_get (parser->first, "state");
}

static void
set_state (StrataEnvReader *self,
           StrataEnvThing  *parser,
           StrataEnvThing  *state)
{
  strata_env_cell_set (self, parser->first, "state", state);
}

/* ConfigParser(), ConfigParser(interpolation=...); NULL with other arguments. */
static StrataEnvThing *
new_parser (StrataEnvReader *self,
            StrataEnvCall   *call,
            guint8           how)
{
  StrataEnvThing *interpolation = strata_env_call_get (call, G_MAXUINT, "interpolation");
  StrataEnvThing *parser;

  if (call->arguments->len > 0 || call->names->len != (interpolation != NULL) || call->is_open)
    return NULL;
  if (interpolation != NULL && interpolation->kind == STRATA_THING_VALUE && interpolation->value->op == STRATA_ENV_OP_NONE)
    how = STRATA_ENV_RAW;
  else if (interpolation != NULL && interpolation->kind == STRATA_THING_OBJECT &&
           strcmp (interpolation->text, "configparser.ExtendedInterpolation") == 0)
    how = STRATA_ENV_EXTENDED;
  else if (interpolation != NULL)
    return NULL;

  parser = strata_env_thing_new (self, STRATA_THING_OBJECT, call->place);
  parser->text = STRATA_ENV_PARSER;
  parser->op = how;
  parser->first = strata_env_thing_new (self, STRATA_THING_DICT, call->place);
  set_state (self, parser, strata_env_thing_new (self, STRATA_THING_DICT, call->place));

  return parser;
}

static StrataEnvThing *
make_extended (StrataEnvReader *self,
               StrataEnvCall   *call)
{
  StrataEnvThing *object = strata_env_thing_new (self, STRATA_THING_OBJECT, call->place);

  object->text = "configparser.ExtendedInterpolation";

  return object;
}

StrataEnvThing *
strata_env_call_new_parser (StrataEnvReader *self,
                            const char      *name,
                            StrataEnvCall   *call)
{
  if (strcmp (name, "configparser.ConfigParser") == 0 || strcmp (name, "configparser.SafeConfigParser") == 0)
    return new_parser (self, call, STRATA_ENV_BASIC);
  if (strcmp (name, "configparser.RawConfigParser") == 0)
    return new_parser (self, call, STRATA_ENV_RAW);
  if (strcmp (name, "configparser.ExtendedInterpolation") == 0)
    return make_extended (self, call);

  return NULL;
}

/* A section with the entries of one more file. */
static StrataEnvThing *
merge_section (StrataEnvReader         *self,
               const StrataEnvData     *data,
               StrataEnvThing          *old,
               const StrataConfigValue *table,
               const char              *name)
{
  StrataPlace *where = strata_py_arena_new_struct (self->arena, StrataPlace);
  StrataEnvThing *section = strata_env_thing_new (self, STRATA_THING_DICT, data->reader);
  g_autoptr(GPtrArray) keys = old != NULL ? strata_env_cell_names (old) : g_ptr_array_new ();

  *where = data->reader;
  for (guint i = 0; i < keys->len; i++)
    strata_env_cell_keep (self, section, keys->pdata[i], strata_env_cell_get (old, keys->pdata[i]));
  for (guint i = 0; i < strata_config_value_get_size (table); i++)
    {
      const StrataConfigValue *value = strata_config_value_get_element (table, i);
      const char *key = strata_config_value_get_key (table, i);
      g_autofree char *full = strata_env_data_dup_name (name, key);
      StrataPlace place = { data->path, strata_config_value_get_place (value).line };

      strata_env_cell_keep (self, section, strata_py_arena_strndup (self->arena, key, strlen (key)),
                            strata_env_thing_of_value (self,
                                                       strata_env_value_new_entry (self->arena, place,
                                                                                   strata_py_arena_strndup (self->arena, full,
                                                                                                            strlen (full)),
                                                                                   where,
                                                                                   strata_config_value_get_text (value))));
    }

  return section;
}

static StrataEnvThing *
merge (StrataEnvReader     *self,
       const StrataEnvData *data,
       StrataEnvThing      *state,
       StrataDocument      *document)
{
  const StrataConfigValue *root = strata_document_get_root (document);
  StrataEnvThing *merged;
  g_autoptr(GPtrArray) names = NULL;

  if (state->kind == STRATA_THING_CHOICE)
    return strata_env_thing_choice (self, state->value, merge (self, data, state->first, document),
                                    merge (self, data, state->second, document));
  if (state->kind != STRATA_THING_DICT)
    return state;

  merged = strata_env_thing_new (self, STRATA_THING_DICT, data->reader);
  names = strata_env_cell_names (state);
  for (guint i = 0; i < names->len; i++)
    strata_env_cell_keep (self, merged, names->pdata[i], strata_env_cell_get (state, names->pdata[i]));
  for (guint i = 0; i < strata_config_value_get_size (root); i++)
    {
      const char *name = strata_config_value_get_key (root, i);

      strata_env_cell_keep (self, merged, strata_py_arena_strndup (self->arena, name, strlen (name)),
                            merge_section (self, data, strata_env_cell_get (state, name),
                                           strata_config_value_get_element (root, i), name));
    }

  return merged;
}

/* What ConfigParser would stop at, in whole or in part, is not known. */
static StrataEnvThing *
merge_text (StrataEnvReader     *self,
            const StrataEnvData *data,
            StrataEnvThing      *state)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataDocument) document = strata_ini_parse (data->path, data->text, data->length, NULL, findings);
  const StrataFinding *finding = findings->len > 0 ? g_ptr_array_index (findings, 0) : NULL;
  g_autofree char *name = g_path_get_basename (data->path);

  if (document == NULL || finding != NULL)
    return strata_env_data_unknown (self, data->reader, _("“%s” line %u: %s"), name,
                                    finding != NULL ? strata_finding_get_place (finding).line : 1,
                                    finding != NULL ? strata_finding_get_message (finding) : _("this is not read"));

  return merge (self, data, state, document);
}

/* One file of parser.read(), where one that is not there is passed over. */
static void
read_one (StrataEnvReader *self,
          StrataEnvCall   *call,
          StrataEnvThing  *parser,
          StrataEnvThing  *path,
          GPtrArray       *found)
{
  StrataEnvThing *state = strata_env_parser_get_state (self, call->place, parser);
  StrataEnvData data;

  switch (strata_env_data_read (self, call->place, path, &data))
    {
    case STRATA_ENV_FILE_READ:
      state = merge_text (self, &data, state);
      g_ptr_array_add (found, path);
      break;
    case STRATA_ENV_FILE_MISSING:
      break;
    case STRATA_ENV_FILE_REFUSED:
    default:
      state = strata_env_data_unknown (self, call->place,
                                       _("which file is read here is not known, or it is none of the project's"));
      break;
    }

  set_state (self, parser, strata_env_data_guard (self, &data, state));
}

static gboolean
is_utf8 (StrataEnvThing *encoding)
{
  return encoding == NULL || strata_env_thing_is_text (encoding, "utf-8") || strata_env_thing_is_text (encoding, "utf8") ||
         strata_env_thing_is_text (encoding, "UTF-8");
}

StrataEnvThing *
strata_env_parser_read (StrataEnvReader *self,
                        StrataEnvThing  *parser,
                        StrataEnvCall   *call)
{
  StrataEnvThing *files = strata_env_call_get (call, 0, "filenames");
  g_autoptr(GPtrArray) found = g_ptr_array_new ();

  if (files == NULL || call->is_open || !is_utf8 (strata_env_call_get (call, 1, "encoding")) ||
      (files->kind == STRATA_THING_LIST && files->is_open))
    {
      parser->is_open = TRUE;
      return NULL;
    }

  if (files->kind != STRATA_THING_LIST)
    read_one (self, call, parser, files, found);
  for (guint i = 0; files->kind == STRATA_THING_LIST && i < files->n_items; i++)
    read_one (self, call, parser, files->items[i], found);

  return strata_env_thing_list (self, call->place, found);
}

StrataEnvThing *
strata_env_parser_read_file (StrataEnvReader *self,
                             StrataEnvThing  *parser,
                             StrataEnvCall   *call)
{
  StrataEnvThing *file = strata_env_call_get (call, 0, "f");
  StrataEnvData data;

  if (file == NULL || call->is_open || !strata_env_data_of_open (self, call->place, file, &data))
    {
      parser->is_open = TRUE;
      return NULL;
    }

  set_state (self, parser,
             strata_env_data_guard (self, &data,
                                    merge_text (self, &data, strata_env_parser_get_state (self, call->place, parser))));

  return strata_env_thing_none (self, call->place);
}

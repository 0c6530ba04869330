/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/parser.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/config/ini.h"
#include "core/config/scanner.h"

#define DEEPEST_INTERPOLATION 10
/* Entries that refer to each other grow fast. */
#define LONGEST_ENTRY 65536
/* Of one reading: ten levels of them, and the texts need not even grow. */
#define MOST_REFERENCES 20000

gboolean
strata_env_is_parser (const StrataEnvThing *thing)
{
  return thing->kind == STRATA_THING_OBJECT && (strcmp (thing->text, STRATA_ENV_PARSER) == 0 ||
                                                strcmp (thing->text, STRATA_ENV_PROXY) == 0);
}

/* The raw entry of a section or of [DEFAULT]; NULL where there is none. */
static const StrataEnvValue *
find_raw (StrataEnvThing *state,
          const char     *section,
          const char     *key)
{
  StrataEnvThing *table = strata_env_cell_get (state, section);
  StrataEnvThing *defaults = strata_env_cell_get (state, STRATA_INI_DEFAULT);
  StrataEnvThing *found = table != NULL ? strata_env_cell_get (table, key) : NULL;

  if (found == NULL && defaults != NULL)
    found = strata_env_cell_get (defaults, key);

  return found != NULL ? found->value : NULL;
}

typedef struct
{
  StrataEnvReader *reader;
  StrataEnvThing  *state;
  guint8           how;
  GString         *out;
} Expansion;

static gboolean expand (const Expansion *self,
                        const char      *section,
                        const char      *text,
                        guint            depth);

/* "%(name)s" or "${section:name}", between its brackets. */
static gboolean
expand_name (const Expansion *self,
             const char      *section,
             const char      *inside,
             guint            depth)
{
  const char *colon = self->how == STRATA_ENV_EXTENDED ? strchr (inside, ':') : NULL;
  g_autofree char *other = colon != NULL ? g_strndup (inside, colon - inside) : g_strdup (section);
  g_autofree char *key = strata_lower (colon != NULL ? colon + 1 : inside, -1);
  const StrataEnvValue *raw = find_raw (self->state, other, key);

  if (raw == NULL || (colon != NULL && strata_env_cell_get (self->state, other) == NULL) || strchr (key, ':') != NULL ||
      self->reader->n_references++ >= MOST_REFERENCES)
    return FALSE;

  return expand (self, other, raw->text, depth + 1);
}

/* As ConfigParser does it. FALSE: it stops, or it is too much. */
static gboolean
expand (const Expansion *self,
        const char      *section,
        const char      *text,
        guint            depth)
{
  gboolean is_extended = self->how == STRATA_ENV_EXTENDED;
  char sign = is_extended ? '$' : '%';
  const char *close = is_extended ? "}" : ")s";

  if (depth > DEEPEST_INTERPOLATION)
    return FALSE;

  for (; *text != '\0' && self->out->len < LONGEST_ENTRY; text++)
    {
      const char *end;
      g_autofree char *inside = NULL;

      if (self->how == STRATA_ENV_RAW || *text != sign)
        {
          g_string_append_c (self->out, *text);
          continue;
        }
      if (text[1] == sign)
        {
          g_string_append_c (self->out, *text++);
          continue;
        }

      end = text[1] == (is_extended ? '{' : '(') ? strstr (text, close) : NULL;
      if (end == NULL)
        return FALSE;
      inside = g_strndup (text + 2, end - text - 2);
      if (!expand_name (self, section, inside, depth))
        return FALSE;
      text = end + strlen (close) - 1;
    }

  return *text == '\0';
}

/* The entry as Python gets it; NULL where there is none. */
static StrataEnvThing *
read_entry (StrataEnvReader *self,
            StrataPlace      place,
            StrataEnvThing  *state,
            const char      *section,
            const char      *name,
            guint8           how)
{
  g_autofree char *key = strata_lower (name, -1);
  g_autoptr(GString) out = g_string_new (NULL);
  const StrataEnvValue *raw = find_raw (state, section, key);
  const Expansion expansion = { self, state, how, out };

  if (raw == NULL)
    return NULL;
  if (!expand (&expansion, section, raw->text, 0))
    return strata_env_data_unknown (self, place, _("ConfigParser stops at “%s”, for its signs of interpolation"),
                                    raw->section);

  return strata_env_thing_of_value (self, strcmp (out->str, raw->text) == 0 ? raw
                                          : strata_env_value_new_entry (self->arena, raw->place, raw->section, raw->reader,
                                                                        out->str));
}

static gboolean
has_section (StrataEnvThing *state,
             const char     *name)
{
  return strcmp (name, STRATA_INI_DEFAULT) == 0 || strata_env_cell_get (state, name) != NULL;
}

/* What is asked of the parser, whatever it has read. */
typedef struct
{
  StrataPlace     place;
  const char     *section;
  const char     *key;         /* NULL: the section itself is asked for */
  guint8          how;
  gboolean        by_item;     /* a missing one is a KeyError */
  StrataEnvThing *otherwise;   /* or NULL */
} Query;

/* Python stops here, unless there is something else to take. */
static StrataEnvThing *
missing (StrataEnvReader *self,
         const Query     *query,
         gboolean         is_certain)
{
  const StrataEnvValue *none = strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_NONE, query->place, NULL);

  if (query->otherwise != NULL)
    return query->otherwise;
  if (query->by_item && is_certain)
    strata_env_need (self, none);
  else
    strata_env_risk (self);

  return strata_env_thing_of_value (self, strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_STOP, query->place,
                                                                     _("an entry of a file of settings")));
}

static StrataEnvThing *
look_up (StrataEnvReader *self,
         const Query     *query,
         StrataEnvThing  *state,
         gboolean         is_certain)
{
  StrataEnvThing *found = NULL;

  if (state->kind == STRATA_THING_CHOICE)
    return strata_env_thing_choice (self, state->value, look_up (self, query, state->first, FALSE),
                                    look_up (self, query, state->second, FALSE));
  if (state->kind != STRATA_THING_DICT)
    return strata_env_thing_of_value (self, strata_env_thing_to_value (self, state));

  if (has_section (state, query->section))
    found = read_entry (self, query->place, state, query->section, query->key, query->how);

  return found != NULL ? found : missing (self, query, is_certain);
}

static const StrataEnvValue *
exists (StrataEnvReader *self,
        const Query     *query,
        StrataEnvThing  *state)
{
  gboolean is_there;

  if (state->kind == STRATA_THING_CHOICE)
    return strata_env_value_new_op (self->arena, STRATA_ENV_OP_CHOICE, query->place, 0, 3, state->value,
                                    exists (self, query, state->first), exists (self, query, state->second));
  if (state->kind != STRATA_THING_DICT)
    return strata_env_thing_to_value (self, state);

  is_there = has_section (state, query->section);
  if (is_there && query->key != NULL)
    {
      g_autofree char *key = strata_lower (query->key, -1);

      is_there = find_raw (state, query->section, key) != NULL;
    }

  return strata_env_value_new_leaf (self->arena, is_there ? STRATA_ENV_OP_TRUE : STRATA_ENV_OP_FALSE, query->place, NULL);
}

static StrataEnvThing *
new_proxy (StrataEnvReader *self,
           const Query     *query,
           StrataEnvThing  *parser)
{
  const StrataEnvValue *is_there = exists (self, query, strata_env_parser_get_state (self, query->place, parser));
  StrataEnvThing *proxy = strata_env_thing_new (self, STRATA_THING_OBJECT, query->place);

  proxy->text = STRATA_ENV_PROXY;
  proxy->first = parser;
  proxy->second = strata_env_thing_of_text (self, query->place, query->section);

  return strata_env_thing_choice (self, is_there, proxy,
                                  missing (self, query, strata_env_value_get_truth (is_there) != STRATA_ENV_SOMETIMES));
}

static StrataEnvThing *
parser_of (StrataEnvThing *object)
{
  return strcmp (object->text, STRATA_ENV_PROXY) == 0 ? object->first : object;
}

StrataEnvThing *
strata_env_parser_get (StrataEnvReader *self,
                       StrataPlace      place,
                       StrataEnvThing  *object,
                       StrataEnvThing  *key)
{
  StrataEnvThing *parser = parser_of (object);
  Query query = { place, NULL, NULL, parser->op, TRUE, NULL };

  if (!strata_env_thing_is_text (key, NULL))
    return NULL;
  if (parser == object)
    {
      query.section = key->value->text;
      if (strata_env_value_get_truth (exists (self, &query, strata_env_parser_get_state (self, place, parser))) == STRATA_ENV_ALWAYS)
        query.otherwise = strata_env_thing_none (self, place);
      return new_proxy (self, &query, parser);
    }

  query.section = object->second->value->text;
  query.key = key->value->text;

  return look_up (self, &query, strata_env_parser_get_state (self, place, parser), TRUE);
}

StrataEnvThing *
strata_env_parser_has (StrataEnvReader *self,
                       StrataPlace      place,
                       StrataEnvThing  *object,
                       StrataEnvThing  *key)
{
  StrataEnvThing *parser = parser_of (object);
  Query query = { place };

  if (!strata_env_thing_is_text (key, NULL))
    return NULL;

  query.section = parser == object ? key->value->text : object->second->value->text;
  query.key = parser == object ? NULL : key->value->text;

  return strata_env_thing_of_value (self, exists (self, &query, strata_env_parser_get_state (self, place, parser)));
}

static void
add_item (StrataEnvReader *self,
          const Query     *query,
          StrataEnvThing  *state,
          const char      *key,
          GPtrArray       *items)
{
  g_autoptr(GPtrArray) pair = g_ptr_array_new ();
  StrataEnvThing *value = read_entry (self, query->place, state, query->section, key, query->how);

  g_ptr_array_add (pair, strata_env_thing_of_text (self, query->place, key));
  g_ptr_array_add (pair, value != NULL ? value : strata_env_thing_none (self, query->place));
  g_ptr_array_add (items, strata_env_thing_list (self, query->place, pair));
}

StrataEnvThing *
strata_env_parser_items (StrataEnvReader *self,
                         StrataPlace      place,
                         StrataEnvThing  *object,
                         StrataEnvThing  *section)
{
  StrataEnvThing *parser = parser_of (object);
  StrataEnvThing *state = strata_env_parser_get_state (self, place, parser);
  StrataEnvThing *name = parser == object ? section : object->second;
  Query query = { place, NULL, NULL, parser->op, FALSE, NULL };
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) items = g_ptr_array_new ();

  if (!strata_env_thing_is_text (name, NULL) || state->kind != STRATA_THING_DICT)
    return NULL;
  query.section = name->value->text;
  if (!has_section (state, query.section))
    return missing (self, &query, TRUE);

  for (guint i = 0; i < 2; i++)
    {
      StrataEnvThing *table = strata_env_cell_get (state, i == 0 ? STRATA_INI_DEFAULT : query.section);
      g_autoptr(GPtrArray) keys = table != NULL ? strata_env_cell_names (table) : g_ptr_array_new ();

      for (guint j = 0; j < keys->len; j++)
        if (g_hash_table_add (seen, keys->pdata[j]))
          add_item (self, &query, state, keys->pdata[j], items);
    }

  return strata_env_thing_list (self, place, items);
}

/* getint() and the like, of what get() gives. */
static StrataEnvThing *
turn (StrataEnvReader *self,
      StrataEnvThing  *thing,
      const char      *name,
      StrataEnvThing  *otherwise)
{
  const StrataEnvValue *value = strata_env_thing_to_value (self, thing);

  if (strcmp (name, "get") == 0 || thing == otherwise || value->op == STRATA_ENV_OP_STOP)
    return thing;
  if (strcmp (name, "getint") == 0)
    return strata_env_thing_of_value (self, strata_env_value_new_op (self->arena, STRATA_ENV_OP_INTEGER, thing->place, 0, 1,
                                                                     value));
  if (strcmp (name, "getboolean") == 0 && value->op == STRATA_ENV_OP_ENTRY)
    {
      static const char * const words[] = { "0", "no", "false", "off", "1", "yes", "true", "on" };

      for (guint i = 0; i < G_N_ELEMENTS (words); i++)
        if (g_ascii_strcasecmp (words[i], value->text) == 0)
          return strata_env_thing_of_value (self, strata_env_value_new_leaf (self->arena, i < 4 ? STRATA_ENV_OP_FALSE
                                                                                               : STRATA_ENV_OP_TRUE,
                                                                             thing->place, NULL));
    }

  return strata_env_data_unknown (self, thing->place, _("how ConfigParser turns this entry is not followed"));
}

/* parser.get (section, option, fallback=...), section.get (option, fallback). */
static StrataEnvThing *
call_get (StrataEnvReader *self,
          StrataEnvThing  *object,
          const char      *name,
          StrataEnvCall   *call)
{
  StrataEnvThing *parser = parser_of (object);
  gboolean is_proxy = parser != object;
  StrataEnvThing *section = is_proxy ? object->second : strata_env_call_get (call, 0, "section");
  StrataEnvThing *key = strata_env_call_get (call, is_proxy ? 0 : 1, "option");
  StrataEnvThing *otherwise = strata_env_call_get (call, is_proxy ? 1 : G_MAXUINT, "fallback");
  StrataEnvThing *raw = strata_env_call_get (call, G_MAXUINT, "raw");
  Query query = { call->place, NULL, NULL, parser->op, FALSE, otherwise };

  if (!strata_env_thing_is_text (section, NULL) || !strata_env_thing_is_text (key, NULL) || call->is_open ||
      strata_env_call_get (call, G_MAXUINT, "vars") != NULL ||
      (raw != NULL && (raw->kind != STRATA_THING_VALUE || !strata_env_value_is_literal (raw->value))))
    return NULL;

  query.section = section->value->text;
  query.key = key->value->text;
  if (raw != NULL && strata_env_value_get_truth (raw->value) == STRATA_ENV_ALWAYS)
    query.how = STRATA_ENV_RAW;
  if (is_proxy && otherwise == NULL)
    query.otherwise = strata_env_thing_none (self, call->place);

  return turn (self, look_up (self, &query, strata_env_parser_get_state (self, call->place, parser), TRUE), name, query.otherwise);
}

static StrataEnvThing *
call_has (StrataEnvReader *self,
          StrataEnvThing  *parser,
          StrataEnvCall   *call,
          gboolean         wants_option)
{
  StrataEnvThing *section = strata_env_call_get (call, 0, "section");
  StrataEnvThing *key = strata_env_call_get (call, 1, "option");
  Query query = { call->place };

  if (!strata_env_thing_is_text (section, NULL) || (wants_option && !strata_env_thing_is_text (key, NULL)))
    return NULL;

  /* [DEFAULT] is no section to those that ask so. */
  query.section = section->value->text;
  query.key = wants_option ? key->value->text : NULL;
  if (strcmp (query.section, STRATA_INI_DEFAULT) == 0)
    return NULL;

  return strata_env_thing_of_value (self, exists (self, &query, strata_env_parser_get_state (self, call->place, parser)));
}

StrataEnvThing *
strata_env_call_parser (StrataEnvReader *self,
                        StrataEnvThing  *object,
                        const char      *name,
                        StrataEnvCall   *call)
{
  static const char * const looks[] = {
    "defaults", "getfloat", "has_option", "has_section", "items", "keys", "options", "sections", "values", "write", NULL,
  };
  gboolean is_proxy = parser_of (object) != object;

  if (strcmp (name, "get") == 0 || strcmp (name, "getint") == 0 || strcmp (name, "getboolean") == 0)
    return call_get (self, object, name, call);
  if (strcmp (name, "items") == 0 && call->names->len == 0 && call->arguments->len == (is_proxy ? 0 : 1))
    return strata_env_parser_items (self, call->place, object, is_proxy ? NULL : call->arguments->pdata[0]);
  if (!is_proxy && strcmp (name, "read") == 0)
    return strata_env_parser_read (self, object, call);
  if (!is_proxy && (strcmp (name, "read_file") == 0 || strcmp (name, "readfp") == 0))
    return strata_env_parser_read_file (self, object, call);
  if (!is_proxy && (strcmp (name, "has_section") == 0 || strcmp (name, "has_option") == 0))
    return call_has (self, object, call, strcmp (name, "has_option") == 0);

  if (!g_strv_contains (looks, name))
    parser_of (object)->is_open = TRUE;

  return NULL;
}

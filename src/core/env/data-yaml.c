/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/data.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/config/yaml.h"

/* Maps that merge maps that merge maps. */
#define MOST_STEPS     100000
#define DEEPEST_MERGES 20

typedef struct
{
  StrataEnvReader   *reader;
  const char        *file;     /* in the arena of the facts */
  const StrataPlace *where;    /* of the code that reads it, there too */
  GHashTable        *things;   /* StrataYamlNode → StrataEnvThing: what has two names is one thing */
  guint              n_steps;
  guint              n_merges;  /* one in another */
  guint              doubt;    /* a line, or 0 */
} Conversion;

static StrataEnvThing *convert (Conversion           *self,
                                const StrataYamlNode *node,
                                const char           *name);

static void
doubt (Conversion           *self,
       const StrataYamlNode *node)
{
  if (self->doubt == 0)
    self->doubt = strata_yaml_node_get_line (node);
}

/* What PyYAML takes a plain scalar for, by YAML 1.1; UNKNOWN where it is no text and how Python writes it is not followed. */
static StrataEnvOp
resolve (const char *text)
{
  static const char * const nothing[] = { "~", "null", "Null", "NULL", NULL };
  static const char * const yes[] = { "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON", NULL };
  static const char * const no[] = { "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF", NULL };
  static GRegex *others = NULL;
  static const char other[] =
    "^[-+]?0b[01_]+$|^[-+]?0[0-7_]+$|^[-+]?(0|[1-9][0-9_]*)$|^[-+]?0x[0-9a-fA-F_]+$|^[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+$"
    "|^[-+]?[0-9][0-9_]*\\.[0-9_]*([eE][-+]?[0-9]+)?$|^[-+]?\\.[0-9][0-9_]*([eE][-+]?[0-9]+)?$"
    "|^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\\.[0-9_]*$|^[-+]?\\.(inf|Inf|INF)$|^\\.(nan|NaN|NAN)$|^[0-9]{4}-[0-9][0-9]?-";

  if (g_strv_contains (nothing, text))
    return STRATA_ENV_OP_NONE;
  if (g_strv_contains (yes, text) || g_strv_contains (no, text))
    return g_strv_contains (yes, text) ? STRATA_ENV_OP_TRUE : STRATA_ENV_OP_FALSE;
  if (strchr ("+-.0123456789", *text) == NULL)
    return STRATA_ENV_OP_TEXT;
  if (strata_env_data_is_plain_number (text))
    return STRATA_ENV_OP_NUMBER;
  if (g_once_init_enter (&others))
    g_once_init_leave (&others, g_regex_new (other, G_REGEX_OPTIMIZE, 0, NULL));

  return g_regex_match (others, text, 0, NULL) ? STRATA_ENV_OP_UNKNOWN : STRATA_ENV_OP_TEXT;
}

static StrataEnvThing *
convert_scalar (Conversion           *self,
                const StrataYamlNode *node,
                const char           *name)
{
  StrataPyArena *arena = self->reader->arena;
  StrataPlace place = { self->file, strata_yaml_node_get_line (node) };
  StrataYamlStyle style = strata_yaml_node_get_style (node);
  const char *text = strata_yaml_node_get_text (node);
  StrataEnvOp op = style == STRATA_YAML_PLAIN ? resolve (text) : STRATA_ENV_OP_TEXT;

  /* Signs of their own, at which PyYAML stops. */
  if (style == STRATA_YAML_PLAIN && (strcmp (text, "=") == 0 || strcmp (text, "<<") == 0))
    doubt (self, node);
  if (style == STRATA_YAML_LINES || op == STRATA_ENV_OP_UNKNOWN)
    return strata_env_thing_unknown (self->reader, place,
                                     _("how Python writes this entry of a YAML file is not followed"));
  if (op != STRATA_ENV_OP_TEXT)
    return strata_env_thing_of_value (self->reader, strata_env_value_new_leaf (arena, op, place,
                                                                               op == STRATA_ENV_OP_NUMBER ? text : NULL));

  return strata_env_thing_of_value (self->reader,
                                    strata_env_value_new_entry (arena, place,
                                                                strata_py_arena_strndup (arena, name, strlen (name)),
                                                                self->where, text));
}

static StrataEnvThing *
convert_list (Conversion           *self,
              const StrataYamlNode *node,
              const char           *name)
{
  StrataPlace place = { self->file, strata_yaml_node_get_line (node) };
  g_autoptr(GPtrArray) items = g_ptr_array_new ();

  for (guint i = 0; i < strata_yaml_node_get_n (node); i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);
      g_autofree char *full = strata_env_data_dup_name (name, number);

      g_ptr_array_add (items, convert (self, strata_yaml_node_get (node, i, NULL), full));
    }

  return strata_env_thing_list (self->reader, place, items);
}

static void fill (Conversion           *self,
                  StrataEnvThing       *dict,
                  const StrataYamlNode *map,
                  const char           *name);

/* "<<: *base", "<<: [*a, *b]": what is there already wins, and the first ones over those behind them. */
static void
fill_merged (Conversion           *self,
             StrataEnvThing       *dict,
             const StrataYamlNode *map,
             const StrataYamlNode *merged,
             const char           *name)
{
  gboolean is_list = merged != NULL && strata_yaml_node_get_kind (merged) == STRATA_YAML_LIST;

  if (++self->n_merges > DEEPEST_MERGES)
    doubt (self, map);
  else if (merged != NULL && strata_yaml_node_get_kind (merged) == STRATA_YAML_MAP)
    fill (self, dict, merged, name);
  else if (!is_list)
    doubt (self, map);
  for (guint i = 0; is_list && self->doubt == 0 && i < strata_yaml_node_get_n (merged); i++)
    {
      const StrataYamlNode *one = strata_yaml_node_get (merged, i, NULL);

      if (one != NULL && strata_yaml_node_get_kind (one) == STRATA_YAML_MAP)
        fill (self, dict, one, name);
      else
        doubt (self, map);
    }
  self->n_merges--;
}

/* Of the keys that a map has itself no two are the same. */
static void
fill (Conversion           *self,
      StrataEnvThing       *dict,
      const StrataYamlNode *map,
      const char           *name)
{
  g_autoptr(GHashTable) own = g_hash_table_new (g_str_hash, g_str_equal);
  const StrataYamlNode *merged = NULL;
  const char *key;

  for (guint i = 0; i < strata_yaml_node_get_n (map) && self->doubt == 0; i++)
    {
      const StrataYamlNode *node = strata_yaml_node_get (map, i, &key);
      g_autofree char *full = strata_env_data_dup_name (name, key);

      if (++self->n_steps > MOST_STEPS || !g_hash_table_add (own, (gpointer) key))
        doubt (self, map);
      else if (strcmp (key, "<<") == 0)
        merged = node;
      /* Which keys are no texts depends on how they are written, which is not kept. */
      else if (*key == '\0' || resolve (key) != STRATA_ENV_OP_TEXT)
        dict->is_open = TRUE;
      else if (strata_env_cell_get (dict, key) == NULL)
        strata_env_cell_keep (self->reader, dict, strata_py_arena_strndup (self->reader->arena, key, strlen (key)),
                              convert (self, node, full));
    }

  if (g_hash_table_contains (own, "<<"))
    fill_merged (self, dict, map, merged, name);
}

static StrataEnvThing *
convert (Conversion           *self,
         const StrataYamlNode *node,
         const char           *name)
{
  StrataEnvThing *thing;

  if (node == NULL)
    return strata_env_thing_none (self->reader, (StrataPlace) { self->file });
  if ((thing = g_hash_table_lookup (self->things, node)) != NULL)
    return thing;

  switch (strata_yaml_node_get_kind (node))
    {
    case STRATA_YAML_MAP:
      thing = strata_env_thing_new (self->reader, STRATA_THING_DICT,
                                    (StrataPlace) { self->file, strata_yaml_node_get_line (node) });
      fill (self, thing, node, name);
      break;
    case STRATA_YAML_LIST:
      thing = convert_list (self, node, name);
      break;
    case STRATA_YAML_SCALAR:
    default:
      thing = convert_scalar (self, node, name);
      break;
    }
  g_hash_table_insert (self->things, (gpointer) node, thing);

  return thing;
}

StrataEnvThing *
strata_env_data_parse_yaml (StrataEnvReader     *self,
                            const StrataEnvData *data)
{
  g_autoptr(StrataYaml) yaml = strata_yaml_parse (data->text, data->length);
  g_autoptr(GHashTable) things = g_hash_table_new (g_direct_hash, g_direct_equal);
  g_autofree char *name = g_path_get_basename (data->path);
  StrataPlace *where = strata_py_arena_new_struct (self->arena, StrataPlace);
  Conversion conversion = { self, data->path, where, things, 0, 0, strata_yaml_get_doubt (yaml) };
  StrataEnvThing *thing = NULL;

  *where = data->reader;
  if (conversion.doubt == 0)
    thing = convert (&conversion, strata_yaml_get_root (yaml), "");
  if (conversion.doubt != 0)
    return strata_env_data_unknown (self, data->reader, _("“%s” line %u is YAML that is not certain to be understood"),
                                    name,
                                    conversion.doubt);

  return thing;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Prints as JSON what the readers of core/config and core/url make of standard input: test-config.py compares it with what
 * Python makes of the same text. Texts are separated by NUL bytes, one answer a line. */

#include "config.h"

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

#include "core/config/dotenv.h"
#include "core/config/ini.h"
#include "core/config/json.h"
#include "core/config/toml.h"
#include "core/config/yaml.h"
#include "core/url/libpq.h"

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_value (JsonBuilder             *builder,
           const StrataConfigValue *value)
{
  guint size = strata_config_value_get_size (value);
  StrataConfigKind kind = strata_config_value_get_kind (value);

  if (kind == STRATA_CONFIG_TABLE)
    {
      json_builder_begin_object (builder);
      for (guint i = 0; i < size; i++)
        {
          json_builder_set_member_name (builder, strata_config_value_get_key (value, i));
          add_value (builder, strata_config_value_get_element (value, i));
        }
      json_builder_end_object (builder);
      return;
    }

  json_builder_begin_array (builder);
  if (kind == STRATA_CONFIG_ARRAY)
    {
      for (guint i = 0; i < size; i++)
        add_value (builder, strata_config_value_get_element (value, i));
    }
  else
    {
      g_autofree char *number = g_strdup_printf ("%.17g", strata_config_value_get_float (value));
      g_autofree char *integer = g_strdup_printf ("%" G_GINT64_FORMAT, strata_config_value_get_integer (value));

      json_builder_add_string_value (builder, strata_config_kind_get_name (kind));
      json_builder_add_string_value (builder, kind == STRATA_CONFIG_FLOAT ? number
                                              : kind == STRATA_CONFIG_INTEGER ? integer
                                              : strata_config_value_get_text (value));
    }
  json_builder_end_array (builder);
}

static void
dump_ini (JsonBuilder *builder,
          const char  *text,
          gsize        length)
{
  static const char * const defaults[] = { "here", "/p%q", NULL };
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataDocument) document = strata_ini_parse ("f", text, length, defaults, findings);
  const StrataConfigValue *root;

  if (document == NULL || strata_findings_count (findings, STRATA_SEVERITY_ERROR) > 0)
    {
      json_builder_add_null_value (builder);
      return;
    }

  root = strata_document_get_root (document);
  json_builder_begin_object (builder);
  for (guint i = 0; i < strata_config_value_get_size (root); i++)
    {
      const StrataConfigValue *section = strata_config_value_get_element (root, i);
      const char *name = strata_config_value_get_key (root, i);

      json_builder_set_member_name (builder, name);
      json_builder_begin_object (builder);
      for (guint j = 0; j < strata_config_value_get_size (section); j++)
        {
          const StrataConfigValue *value = strata_config_value_get_element (section, j);
          g_autofree char *expanded = strata_ini_expand (document, name, value, NULL);

          json_builder_set_member_name (builder, strata_config_value_get_key (section, j));
          json_builder_begin_array (builder);
          json_builder_add_string_value (builder, strata_config_value_get_text (value));
          if (expanded != NULL)
            json_builder_add_string_value (builder, expanded);
          json_builder_end_array (builder);
        }
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
}

static void
add_document (JsonBuilder    *builder,
              StrataDocument *document)
{
  if (document != NULL)
    add_value (builder, strata_document_get_root (document));
  else
    json_builder_add_null_value (builder);
}

static void
dump_json (JsonBuilder *builder,
           const char  *text,
           gsize        length)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataDocument) document = strata_json_parse ("f", text, length, findings);

  add_document (builder, document);
}

static void
dump_toml (JsonBuilder *builder,
           const char  *text,
           gsize        length)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataDocument) document = strata_toml_parse ("f", text, length, findings);

  add_document (builder, document);
}

/* Keys and values by turns; of a text in several lines only that it is one. */
static void
add_node (JsonBuilder          *builder,
          const StrataYamlNode *node)
{
  static const char * const styles[] = { "plain", "quoted", "lines" };
  StrataYamlKind kind = node != NULL ? strata_yaml_node_get_kind (node) : STRATA_YAML_SCALAR;
  StrataYamlStyle style = node != NULL ? strata_yaml_node_get_style (node) : STRATA_YAML_PLAIN;

  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, kind == STRATA_YAML_SCALAR ? styles[style] : kind == STRATA_YAML_LIST ? "list" : "map");
  if (kind == STRATA_YAML_SCALAR && style != STRATA_YAML_LINES)
    json_builder_add_string_value (builder, node != NULL ? strata_yaml_node_get_text (node) : "");
  for (guint i = 0; i < strata_yaml_node_get_n (node); i++)
    {
      const char *key;
      const StrataYamlNode *item = strata_yaml_node_get (node, i, &key);

      if (key != NULL)
        json_builder_add_string_value (builder, key);
      add_node (builder, item);
    }
  json_builder_end_array (builder);
}

static void
dump_yaml (JsonBuilder *builder,
           const char  *text,
           gsize        length)
{
  g_autoptr(StrataYaml) yaml = strata_yaml_parse (text, length);

  if (strata_yaml_get_doubt (yaml) == 0)
    add_node (builder, strata_yaml_get_root (yaml));
  else
    json_builder_add_null_value (builder);
}

static void
dump_dotenv (JsonBuilder *builder,
             const char  *text,
             gsize        length)
{
  static const char * const environment[] = { "OUTSIDE=out", "A=outer", NULL };
  g_autoptr(GPtrArray) findings = strata_findings_new ();

  json_builder_begin_array (builder);
  for (int override = 0; override < 2; override++)
    {
      g_autoptr(StrataDocument) document = NULL;

      document = strata_dotenv_parse ("f", text, length, environment, override, findings);
      if (document != NULL)
        add_value (builder, strata_document_get_root (document));
      else
        json_builder_add_null_value (builder);
    }
  json_builder_end_array (builder);
}

static void
add_strings (JsonBuilder        *builder,
             const char         *name,
             const char * const *values)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (; *values != NULL; values++)
    json_builder_add_string_value (builder, *values);
  json_builder_end_array (builder);
}

static void
add_libpq (JsonBuilder     *builder,
           const StrataUrl *url)
{
  g_auto(GStrv) keywords = NULL;
  g_auto(GStrv) values = NULL;

  if (strata_url_get_dialect (url) != STRATA_DIALECT_POSTGRESQL)
    return;

  strata_url_get_libpq_params (url, NULL, &keywords, &values);
  add_strings (builder, "keywords", (const char * const *) keywords);
  add_strings (builder, "values", (const char * const *) values);
}

static void
dump_url (JsonBuilder *builder,
          const char  *text,
          gsize        length)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *copy = g_strndup (text, length);
  g_autoptr(StrataUrl) url = strata_url_parse (copy, &error);

  json_builder_begin_object (builder);
  if (url == NULL)
    {
      add_string (builder, "error", error->message);
    }
  else
    {
      g_autofree char *masked = strata_url_to_string (url);

      add_string (builder, "scheme", strata_url_get_scheme (url));
      add_string (builder, "driver", strata_url_get_driver (url));
      add_string (builder, "user", strata_url_get_user (url));
      add_string (builder, "password", strata_url_get_password (url));
      add_string (builder, "host", strata_url_get_host (url));
      add_string (builder, "database", strata_url_get_database (url));
      add_string (builder, "text", masked);
      json_builder_set_member_name (builder, "port");
      json_builder_add_int_value (builder, strata_url_get_port (url));
      add_strings (builder, "query", strata_url_get_query_list (url));
      add_libpq (builder, url);
    }
  json_builder_end_object (builder);
}

static const struct
{
  const char *name;
  void      (*dump) (JsonBuilder *builder, const char *text, gsize length);
} readers[] = {
  { "ini", dump_ini },
  { "json", dump_json },
  { "toml", dump_toml },
  { "yaml", dump_yaml },
  { "dotenv", dump_dotenv },
  { "url", dump_url },
};

static void
answer (guint       reader,
        const char *text,
        gsize       length)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonGenerator) generator = json_generator_new ();
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *line = NULL;

  /* The builder cannot make a lone null. */
  json_builder_begin_array (builder);
  readers[reader].dump (builder, text, length);
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  line = json_generator_to_data (generator, NULL);
  puts (line);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *line = NULL;
  size_t allocated = 0;
  ssize_t length;
  guint reader = 0;

  while (argc > 1 && reader < G_N_ELEMENTS (readers) && strcmp (readers[reader].name, argv[1]) != 0)
    reader++;

  if (argc != 2 || reader == G_N_ELEMENTS (readers))
    {
      g_printerr ("usage: config-dump ini|json|toml|yaml|dotenv|url\n");
      return 2;
    }

  while ((length = getdelim (&line, &allocated, '\0', stdin)) > 0)
    answer (reader, line, line[length - 1] == '\0' ? length - 1 : length);

  return 0;
}

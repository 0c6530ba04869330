/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/config/yaml-private.h"

#include <string.h>

/* No compose file nests deeper, and a hostile one must not exhaust the stack. */
#define DEEPEST 48

/* The text is a private copy: a list's dash is overwritten by a blank, and what follows it is then an ordinary block
 * that starts at its own column. */
typedef struct
{
  StrataYaml       *yaml;
  StrataYamlCursor  cursor;     /* at the start of a line between blocks */
  guint             depth;
} Parser;

static StrataYamlNode *parse_block (Parser *parser,
                                    guint   indent);
static StrataYamlNode *parse_flow  (Parser *parser);

static StrataYamlNode *
node_new (Parser         *parser,
          StrataYamlKind  kind)
{
  return strata_yaml_add_node (parser->yaml, kind, parser->cursor.line);
}

static StrataYamlNode *
scalar_new (Parser          *parser,
            char            *text,
            StrataYamlStyle  style)
{
  StrataYamlNode *node = node_new (parser, STRATA_YAML_SCALAR);

  node->text = text;
  node->style = style;

  return node;
}

/* Nothing but a comment may stand behind a value. */
static void
check_rest (StrataYamlCursor *cursor)
{
  const char *at = cursor->at;

  while (strata_yaml_at_blank (at))
    at++;
  if (!strata_yaml_at_value_end (at) || (*at == '#' && !strata_yaml_at_blank (at - 1)))
    strata_yaml_doubt (cursor);
}

/* The node that a name stands for from here on. */
static void
set_anchor (Parser         *parser,
            char           *name,
            StrataYamlNode *node)
{
  if (parser->cursor.doubt == 0 && (node->is_named || g_hash_table_contains (parser->yaml->anchors, name)))
    parser->cursor.doubt = node->line;

  node->is_named = TRUE;
  g_hash_table_insert (parser->yaml->anchors, name, node);
}

static gboolean
is_name (const char *text,
         gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && text[i] != '-' && text[i] != '_')
      return FALSE;

  return length > 0;
}

/* "&name" is given to the caller, "!tag" says nothing that matters here. */
static char *
parse_properties (Parser *parser)
{
  g_autofree char *anchor = NULL;

  while (*parser->cursor.at == '&' || *parser->cursor.at == '!')
    {
      gsize length = strcspn (parser->cursor.at, " \t\r\n,[]{}");

      /* A tag makes something of the value that is not followed; a name is given once. */
      if (*parser->cursor.at == '!' || anchor != NULL || !is_name (parser->cursor.at + 1, length - 1) ||
          (parser->cursor.at[length] != '\0' && strchr (" \r\n", parser->cursor.at[length]) == NULL))
        strata_yaml_doubt (&parser->cursor);
      if (*parser->cursor.at == '&')
        {
          g_free (anchor);
          anchor = g_strndup (parser->cursor.at + 1, length - 1);
        }
      parser->cursor.at += length;
      strata_yaml_skip_blanks (&parser->cursor);
    }
  if (anchor != NULL && *parser->cursor.at == '*')
    strata_yaml_doubt (&parser->cursor);

  return g_steal_pointer (&anchor);
}

static StrataYamlNode *
parse_alias (Parser *parser)
{
  gsize length = strcspn (parser->cursor.at, " \t\r\n,[]{}");
  g_autofree char *name = g_strndup (parser->cursor.at + 1, length - 1);

  parser->cursor.at += length;
  if (!g_hash_table_contains (parser->yaml->anchors, name))
    strata_yaml_doubt (&parser->cursor);

  return g_hash_table_lookup (parser->yaml->anchors, name);
}

static void
map_add (StrataYamlNode *map,
         char           *key,
         StrataYamlNode *value)
{
  g_ptr_array_add (map->keys, key);
  g_ptr_array_add (map->items, value);
}

static void
skip_flow_space (Parser *parser)
{
  char *at = parser->cursor.at;

  while (*at != '\0' && strchr (" \t\r\n#", *at) != NULL)
    {
      parser->cursor.line += *at == '\n';
      at += *at == '#' ? strcspn (at, "\n") : 1;
    }

  parser->cursor.at = at;
}

/* What its first character tells apart; FALSE: it is none of that. An alias of nothing is NULL. */
static gboolean
parse_marked (Parser          *parser,
              StrataYamlNode **node)
{
  switch (*parser->cursor.at)
    {
    case '[':
    case '{':
      *node = parse_flow (parser);
      return TRUE;
    case '*':
      *node = parse_alias (parser);
      return TRUE;
    case '"':
    case '\'':
      *node = scalar_new (parser, strata_yaml_read_quoted (&parser->cursor), STRATA_YAML_QUOTED);
      return TRUE;
    default:
      return FALSE;
    }
}

static StrataYamlNode *
parse_flow_value (Parser *parser)
{
  g_autofree char *anchor = parse_properties (parser);
  StrataYamlNode *node;

  if (!parse_marked (parser, &node))
    {
      node = scalar_new (parser, strata_yaml_read_plain (&parser->cursor, TRUE), STRATA_YAML_PLAIN);
      if (!strata_yaml_is_plain (node->text, TRUE))
        strata_yaml_doubt (&parser->cursor);
    }

  if (anchor != NULL && node != NULL)
    set_anchor (parser, g_steal_pointer (&anchor), node);

  return node;
}

/* Behind a flow map's key: its value, or nothing. */
static StrataYamlNode *
parse_flow_map_value (Parser *parser)
{
  if (*parser->cursor.at == ':')
    parser->cursor.at++;
  else if (*parser->cursor.at != ',' && *parser->cursor.at != '}')
    strata_yaml_doubt (&parser->cursor);
  skip_flow_space (parser);

  return strchr (",}", *parser->cursor.at) == NULL ? parse_flow_value (parser) : NULL;
}

/* A key that is no text, or one in quotes that would mean something without them. */
static gboolean
is_odd_key (const StrataYamlNode *key)
{
  return g_strcmp0 (key->text, "<<") == 0 && key->style != STRATA_YAML_PLAIN;
}

/* "[a, b]" or "{a: b}", from the opening bracket to behind the closing one. */
static StrataYamlNode *
parse_flow (Parser *parser)
{
  StrataYamlCursor *cursor = &parser->cursor;
  gboolean is_map = *cursor->at == '{';
  StrataYamlNode *flow = node_new (parser, is_map ? STRATA_YAML_MAP : STRATA_YAML_LIST);
  char close = is_map ? '}' : ']';

  cursor->at++;
  if (++parser->depth > DEEPEST)
    {
      strata_yaml_doubt (cursor);
      cursor->at += strlen (cursor->at);
    }

  for (skip_flow_space (parser); *cursor->at != '\0' && *cursor->at != close; skip_flow_space (parser))
    {
      const char *before = cursor->at;
      StrataYamlNode *item = parse_flow_value (parser);
      guint line = cursor->line;

      skip_flow_space (parser);
      if (is_map && (line != cursor->line || item == NULL || item->kind != STRATA_YAML_SCALAR || is_odd_key (item)))
        strata_yaml_doubt (cursor);
      if (is_map)
        map_add (flow, g_strdup (item != NULL && item->text != NULL ? item->text : ""), parse_flow_map_value (parser));
      else
        g_ptr_array_add (flow->items, item);

      /* A character that fits nowhere is passed over, so that each round moves on. */
      skip_flow_space (parser);
      if (*cursor->at != ',' && *cursor->at != close)
        strata_yaml_doubt (cursor);
      if (*cursor->at == ',' || (cursor->at == before && *cursor->at != close && *cursor->at != '\0'))
        cursor->at++;
    }

  if (*cursor->at == '\0')
    strata_yaml_doubt (cursor);
  cursor->at += *cursor->at != '\0';
  parser->depth--;

  return flow;
}

/* What stands behind "key:" or is a block of its own; the indent is the least that its further lines may have. Ends at
 * the start of a line. */
static StrataYamlNode *
parse_value (Parser *parser,
             guint   indent)
{
  StrataYamlNode *node;

  if (*parser->cursor.at == '|' || *parser->cursor.at == '>')
    {
      node = scalar_new (parser, NULL, STRATA_YAML_LINES);
      node->text = strata_yaml_read_block (&parser->cursor, indent);
      return node;
    }

  if (!parse_marked (parser, &node))
    {
      node = node_new (parser, STRATA_YAML_SCALAR);
      node->text = strata_yaml_read_lines (&parser->cursor, indent);
      if (!strata_yaml_is_plain (node->text, FALSE))
        strata_yaml_doubt (&parser->cursor);
    }

  check_rest (&parser->cursor);
  strata_yaml_next_line (&parser->cursor);

  return node;
}

static StrataYamlNode *
parse_list (Parser *parser,
            guint   indent)
{
  StrataYamlNode *list = node_new (parser, STRATA_YAML_LIST);

  while (strata_yaml_find_line (&parser->cursor) == (int) indent && strata_yaml_at_dash (parser->cursor.at + indent))
    {
      parser->cursor.at[indent] = ' ';
      g_ptr_array_add (list->items, parse_block (parser, indent + 1));
    }

  return list;
}

/* A key that certainly is what it looks like. */
static void
check_key (Parser     *parser,
           const char *key,
           gboolean    is_quoted)
{
  if (is_quoted ? strcmp (key, "<<") == 0 || strlen (key) > 1000 : !strata_yaml_is_plain (key, FALSE))
    strata_yaml_doubt (&parser->cursor);
}

/* The key at the parser, which is left behind its colon; NULL, and the parser unmoved, where there is none. */
static char *
parse_key (Parser *parser)
{
  Parser ahead = *parser;
  gboolean is_quoted = *ahead.cursor.at == '"' || *ahead.cursor.at == '\'';
  g_autofree char *key = NULL;

  if (*ahead.cursor.at == '[' || *ahead.cursor.at == '{')
    return NULL;
  if (is_quoted)
    key = strata_yaml_read_quoted (&ahead.cursor);
  else
    key = strata_yaml_read_plain (&ahead.cursor, FALSE);
  strata_yaml_skip_blanks (&ahead.cursor);
  if (!strata_yaml_at_colon (ahead.cursor.at, FALSE) || ahead.cursor.line != parser->cursor.line)
    return NULL;

  parser->cursor = ahead.cursor;
  parser->cursor.at++;
  check_key (parser, key, is_quoted);
  strata_yaml_skip_blanks (&parser->cursor);

  return g_steal_pointer (&key);
}

/* The value of a key at this indent: behind it, or below it, where a list may stand at the key's own indent. */
static StrataYamlNode *
parse_map_value (Parser *parser,
                 guint   indent)
{
  g_autofree char *anchor = parse_properties (parser);
  StrataYamlNode *value;

  if (!strata_yaml_at_value_end (parser->cursor.at))
    value = parse_value (parser, indent + 1);
  else
    {
      strata_yaml_next_line (&parser->cursor);
      if (strata_yaml_find_line (&parser->cursor) == (int) indent && strata_yaml_at_dash (parser->cursor.at + indent))
        value = parse_list (parser, indent);
      else
        value = parse_block (parser, indent + 1);
    }

  if (anchor != NULL && value != NULL)
    set_anchor (parser, g_steal_pointer (&anchor), value);
  else if (anchor != NULL)
    strata_yaml_doubt (&parser->cursor);

  return value;
}

static StrataYamlNode *
parse_map (Parser *parser,
           guint   indent)
{
  StrataYamlNode *map = node_new (parser, STRATA_YAML_MAP);
  int found;

  while ((found = strata_yaml_find_line (&parser->cursor)) >= (int) indent)
    {
      char *key = NULL;

      if (found == (int) indent && !strata_yaml_at_dash (parser->cursor.at + indent))
        {
          parser->cursor.at += indent;
          key = parse_key (parser);
        }

      if (key != NULL)
        {
          map_add (map, key, parse_map_value (parser, indent));
          continue;
        }
      strata_yaml_doubt (&parser->cursor);
      strata_yaml_next_line (&parser->cursor);
    }

  return map;
}

/* The block at the next line, if it is indented at least so far; else nothing. */
static StrataYamlNode *
parse_block (Parser *parser,
             guint   indent)
{
  int found = strata_yaml_find_line (&parser->cursor);
  g_autofree char *anchor = NULL;
  g_autofree char *key = NULL;
  StrataYamlNode *node;
  Parser ahead;

  if (found < (int) indent)
    return NULL;
  if (parser->depth >= DEEPEST)
    {
      strata_yaml_doubt (&parser->cursor);
      strata_yaml_next_line (&parser->cursor);
      return NULL;
    }

  parser->depth++;
  ahead = *parser;
  ahead.cursor.at += found;
  anchor = parse_properties (&ahead);
  parser->cursor.doubt = ahead.cursor.doubt;

  if (strata_yaml_at_dash (parser->cursor.at + found))
    node = parse_list (parser, found);
  else if (anchor != NULL && strata_yaml_at_value_end (ahead.cursor.at))
    {
      strata_yaml_next_line (&parser->cursor);
      node = parse_block (parser, indent);
    }
  else if ((key = parse_key (&ahead)) != NULL)
    {
      /* "&name key: value" names the key. */
      if (anchor != NULL)
        strata_yaml_doubt (&parser->cursor);
      node = parse_map (parser, found);
    }
  else
    {
      parser->cursor.at = ahead.cursor.at;
      node = parse_value (parser, indent);
    }
  parser->depth--;

  if (anchor != NULL && node != NULL)
    set_anchor (parser, g_steal_pointer (&anchor), node);
  else if (anchor != NULL)
    strata_yaml_doubt (&parser->cursor);

  return node;
}

/* Comments, directives and the first "---" stand above a document. */
static void
skip_preamble (StrataYamlCursor *cursor)
{
  while (*cursor->at != '\0')
    {
      const char *content = cursor->at + strspn (cursor->at, " \t");
      gboolean is_mark = g_str_has_prefix (cursor->at, "---") &&
                         strata_yaml_at_value_end (cursor->at + 3 + strspn (cursor->at + 3, " \t"));

      if (!is_mark && *cursor->at != '%' && !strata_yaml_at_value_end (content))
        return;

      strata_yaml_next_line (cursor);
      if (is_mark)
        return;
    }
}

StrataYaml *
strata_yaml_parse (const char *text,
                   gsize       length)
{
  StrataYaml *self = strata_yaml_new ();
  gboolean has_mark = length >= 3 && memcmp (text, "\xEF\xBB\xBF", 3) == 0;
  g_autofree char *copy = g_utf8_make_valid (text + 3 * has_mark, length - 3 * has_mark);
  Parser parser = { .yaml = self, .cursor = { copy, 1, strata_yaml_check_text (text, length) } };

  skip_preamble (&parser.cursor);
  self->root = parse_block (&parser, 0);
  if (strata_yaml_find_line (&parser.cursor) != -1 || *parser.cursor.at != '\0' ||
      (self->root != NULL && self->root->style == STRATA_YAML_LINES))
    strata_yaml_doubt (&parser.cursor);
  self->doubt = parser.cursor.doubt;

  return self;
}

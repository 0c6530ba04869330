/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/parser-private.h"

/* Adjacent literals, some of them with replacement fields. Text that meets becomes one STRING. */
typedef struct
{
  GArray   *run;         /* StrataPyString: pieces of text since the last field */
  guint32   run_offset;
  gboolean  is_bytes;
} Pieces;

static void
add_piece (StrataPyParser *self,
           Pieces         *pieces,
           gboolean        decoded,
           StrataPyString  string)
{
  if (!decoded)
    strata_py_parser_fail (self, self->token.offset, "a “\\” in this string is not followed by what it needs");
  else
    {
      if (pieces->run->len == 0)
        pieces->run_offset = self->token.offset;
      g_array_append_val (pieces->run, string);
    }

  strata_py_parser_advance (self);
}

static StrataPyNode *
join_run (StrataPyParser *self,
          Pieces         *pieces)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_STRING, pieces->run_offset);

  node->string = strata_py_string_join (self->arena, (StrataPyString *) (gpointer) pieces->run->data,
                                        pieces->run->len);
  g_array_set_size (pieces->run, 0);

  return strata_py_parser_done (self, node);
}

/* Pushes the text before a field, where there is any. */
static void
push_run (StrataPyParser *self,
          Pieces         *pieces)
{
  StrataPyNode *node;

  if (pieces->run->len == 0)
    return;

  node = join_run (self, pieces);
  if (node->string.length > 0)
    strata_py_parser_push (self, node);
}

static StrataPyNode *parse_field (StrataPyParser *self,
                                  gboolean        is_raw);

/* Texts and fields, up to the end of the f-string or of the field that this is the format of. */
static void
parse_parts (StrataPyParser *self,
             Pieces         *pieces,
             gboolean        is_raw)
{
  for (;;)
    if (self->token.kind == STRATA_PY_TOKEN_FSTRING_MIDDLE)
      {
        const char *text = strata_py_source_get_text (self->source) + self->token.offset;
        StrataPyString string;
        gboolean decoded = strata_py_string_decode_part (self->arena, text, self->token.length, is_raw, &string);

        add_piece (self, pieces, decoded, string);
      }
    else if (self->token.symbol == STRATA_PY_LEFT_BRACE)
      {
        push_run (self, pieces);
        strata_py_parser_push (self, parse_field (self, is_raw));
      }
    else
      return;
}

static StrataPyNode *
close_formatted (StrataPyParser *self,
                 Pieces         *pieces,
                 guint32         offset,
                 guint           mark)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_FORMATTED, offset);

  push_run (self, pieces);
  node->list = strata_py_parser_close_list (self, mark);

  return strata_py_parser_done (self, node);
}

static StrataPyNode *
parse_format (StrataPyParser *self,
              gboolean        is_raw)
{
  g_autoptr(GArray) run = g_array_new (FALSE, FALSE, sizeof (StrataPyString));
  Pieces pieces = { run, 0, FALSE };
  guint32 offset = self->token.offset;
  guint mark = strata_py_parser_open_list (self);

  parse_parts (self, &pieces, is_raw);

  return close_formatted (self, &pieces, offset, mark);
}

static char
parse_conversion (StrataPyParser *self)
{
  const char *name = strata_py_parser_name (self);

  if (g_str_equal (name, "r") || g_str_equal (name, "s") || g_str_equal (name, "a"))
    return *name;

  strata_py_parser_fail (self, self->previous_end, "the conversion of a replacement field is !r, !s or !a");

  return '\0';
}

/* "{value}", "{value!r:>{width}}", "{value=}". */
static StrataPyNode *
parse_field (StrataPyParser *self,
             gboolean        is_raw)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_FIELD, self->token.offset);

  if (!strata_py_parser_enter (self))
    return node;

  strata_py_parser_advance (self);
  node->field.value = strata_py_parse_value (self);
  if (strata_py_parser_accept (self, STRATA_PY_ASSIGN))
    {
      /* The token of a string without an end lies where that string began, maybe before this field. */
      guint32 end = MAX (self->token.offset, self->previous_end);

      node->field.text = strata_py_arena_strndup (self->arena,
                                                  strata_py_source_get_text (self->source) + node->offset + 1,
                                                  end - node->offset - 1);
    }
  if (strata_py_parser_accept (self, STRATA_PY_EXCLAMATION))
    node->field.conversion = parse_conversion (self);
  if (strata_py_parser_accept (self, STRATA_PY_COLON))
    node->field.format = parse_format (self, is_raw);
  strata_py_parser_expect (self, STRATA_PY_RIGHT_BRACE);

  strata_py_parser_leave (self);

  return strata_py_parser_done (self, node);
}

static void
parse_fstring (StrataPyParser *self,
               Pieces         *pieces)
{
  const char *prefix = strata_py_source_get_text (self->source) + self->token.offset;
  gboolean is_raw = g_ascii_tolower (prefix[0]) == 'r' || g_ascii_tolower (prefix[1]) == 'r';

  strata_py_parser_advance (self);
  parse_parts (self, pieces, is_raw);

  strata_py_parser_expect_kind (self, STRATA_PY_TOKEN_FSTRING_END);
}

StrataPyNode *
strata_py_parse_strings (StrataPyParser *self)
{
  g_autoptr(GArray) run = g_array_new (FALSE, FALSE, sizeof (StrataPyString));
  Pieces pieces = { run, self->token.offset, FALSE };
  gboolean is_formatted = FALSE;
  gboolean is_first = TRUE;
  guint32 offset = self->token.offset;
  guint mark = strata_py_parser_open_list (self);

  for (; ; is_first = FALSE)
    if (self->token.kind == STRATA_PY_TOKEN_STRING)
      {
        const char *text = strata_py_source_get_text (self->source) + self->token.offset;
        StrataPyString string = { NULL };
        gboolean decoded = strata_py_string_decode (self->arena, text, self->token.length, &string);

        if (!is_first && pieces.is_bytes != string.is_bytes)
          strata_py_parser_fail (self, self->token.offset, "bytes and text can't be joined");
        pieces.is_bytes = string.is_bytes;
        add_piece (self, &pieces, decoded, string);
      }
    else if (self->token.kind == STRATA_PY_TOKEN_FSTRING_START && !pieces.is_bytes)
      {
        is_formatted = TRUE;
        parse_fstring (self, &pieces);
      }
    else
      break;

  if (is_formatted || pieces.run->len == 0)
    return close_formatted (self, &pieces, offset, mark);

  return join_run (self, &pieces);
}

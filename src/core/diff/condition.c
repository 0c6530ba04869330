/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A reader that knows the value of what it has just read: conditions are short, and read as often as there are values to try.
 * What it says is certain: where a part is unknown, every outcome that it may have is followed. */

#include "config.h"

#include "core/diff/condition.h"

#include "core/sql/lexer.h"

#include <string.h>

/* Deeper than people write. */
#define MAX_DEPTH 100

struct _StrataCondition
{
  StrataDialect          dialect;
  StrataConditionColumn  column;
  gpointer               data;
  StrataLexer            lexer;
  StrataToken            token;
  gboolean               is_at_end;
  guint                  depth;
  GStringChunk          *texts;
  guint                  n_steps;       /* operators and calls that were read */
  const char            *last_column;   /* the last thing that was read is this column */
  const char            *member;
  GArray                *list;          /* StrataConstant, of the last list */
};

static gboolean read_condition (StrataCondition *self,
                                StrataConstant  *value);

static void
advance (StrataCondition *self)
{
  self->is_at_end = !strata_lexer_next (&self->lexer, &self->token);
}

static gboolean
is_word (const StrataCondition *self,
         const char            *word)
{
  return !self->is_at_end && strata_token_is_word (&self->token, word);
}

static gboolean
take_word (StrataCondition *self,
           const char      *word)
{
  gboolean is_there = is_word (self, word);

  if (is_there)
    advance (self);

  return is_there;
}

static gboolean
take_symbol (StrataCondition *self,
             const char      *symbol)
{
  gboolean is_there = !self->is_at_end && strata_token_is_symbol (&self->token, symbol);

  if (is_there)
    advance (self);

  return is_there;
}

static const char *
keep (StrataCondition *self,
      char            *text)
{
  g_autofree char *owned = text;

  return g_string_chunk_insert_const (self->texts, owned);
}

/* In single quotes; other kinds have escapes of their own. */
static gboolean
read_string (StrataCondition *self,
             StrataConstant  *value)
{
  g_autoptr(GString) text = NULL;

  if (self->token.is_open || self->token.length < 2 || self->token.text[0] != '\'')
    return FALSE;

  text = g_string_new_len (self->token.text + 1, self->token.length - 2);
  g_string_replace (text, "''", "'", 0);
  *value = (StrataConstant) { .kind = STRATA_CONSTANT_TEXT, .text = g_string_chunk_insert_const (self->texts, text->str) };

  return strchr (text->str, '\\') == NULL;
}

static StrataConstant
make_truth (const StrataCondition *self,
            gboolean               is_true)
{
  if (self->dialect == STRATA_DIALECT_SQLITE)
    return (StrataConstant) { .kind = STRATA_CONSTANT_NUMBER, .number = is_true };

  return strata_constant_of_outcomes (strata_outcome_of (is_true));
}

/* Of NULL these are NULL, and there is nothing that they fail for. */
static gboolean
read_call (StrataCondition *self,
           const char      *function,
           StrataConstant  *value)
{
  static const char * const strict[] = { "length", "char_length", "character_length", "octet_length", "lower", "upper", "btrim", NULL };
  g_autofree char *name = g_ascii_strdown (function, -1);
  gboolean counts = strcmp (name, "length") == 0 || strcmp (name, "char_length") == 0 || strcmp (name, "character_length") == 0;
  StrataConstant argument;

  self->n_steps++;
  if (!g_strv_contains (strict, name) || !read_condition (self, &argument) || !take_symbol (self, ")"))
    return FALSE;

  if (strata_constant_is_null (&argument))
    *value = argument;
  else if (counts && argument.kind == STRATA_CONSTANT_TEXT && g_str_is_ascii (argument.text))
    *value = (StrataConstant) { .kind = STRATA_CONSTANT_NUMBER, .number = (double) strlen (argument.text) };
  else
    *value = strata_constant_of_outcomes (STRATA_OUTCOME_ANY);

  return TRUE;
}

static gboolean
read_name (StrataCondition *self,
           StrataConstant  *value)
{
  const char *name = keep (self, strata_token_dup_name (&self->token));
  gboolean is_quoted = self->token.kind == STRATA_TOKEN_NAME;

  advance (self);
  if (!is_quoted && take_symbol (self, "("))
    return read_call (self, name, value);
  if (!self->column (self->data, name, value))
    return FALSE;
  self->last_column = name;

  return TRUE;
}

static gboolean
read_atom (StrataCondition *self,
           StrataConstant  *value)
{
  g_autofree char *text = NULL;
  gboolean is_minus = take_symbol (self, "-");

  self->last_column = NULL;
  if (self->is_at_end || (is_minus && self->token.kind != STRATA_TOKEN_NUMBER))
    return FALSE;
  if (take_symbol (self, "("))
    return read_condition (self, value) && take_symbol (self, ")");
  if (take_word (self, "NULL"))
    *value = strata_constant_of_outcomes (STRATA_OUTCOME_NULL);
  else if (take_word (self, "TRUE"))
    *value = make_truth (self, TRUE);
  else if (take_word (self, "FALSE"))
    *value = make_truth (self, FALSE);
  else if (self->token.kind == STRATA_TOKEN_WORD || self->token.kind == STRATA_TOKEN_NAME)
    return read_name (self, value);
  else if (self->token.kind == STRATA_TOKEN_NUMBER)
    {
      text = g_strdup_printf ("%s%.*s", is_minus ? "-" : "", (int) self->token.length, self->token.text);
      advance (self);
      return strata_constant_read_number (text, value);
    }
  else if (self->token.kind == STRATA_TOKEN_STRING && read_string (self, value))
    advance (self);
  else
    return FALSE;

  return TRUE;
}

/* The words of a type, up to what can't belong to one; an array's is told by its brackets. */
static char *
dup_type (StrataCondition *self,
          gboolean        *is_array)
{
  GString *type = g_string_new (NULL);

  while (!self->is_at_end && self->token.kind == STRATA_TOKEN_WORD && !is_word (self, "AND") && !is_word (self, "OR")
         && !is_word (self, "IS") && !is_word (self, "IN") && !is_word (self, "NOT"))
    {
      g_string_append_printf (type, "%s%.*s", type->len > 0 ? " " : "", (int) self->token.length, self->token.text);
      advance (self);
    }
  *is_array = take_symbol (self, "[") && take_symbol (self, "]");

  return g_string_free (type, FALSE);
}

static gboolean
read_casts (StrataCondition *self,
            StrataConstant  *value)
{
  while (take_symbol (self, "::"))
    {
      gboolean is_array;
      g_autofree char *type = dup_type (self, &is_array);

      if (!is_array && strata_constant_cast (type, value))
        continue;
      if (is_array || value->kind != STRATA_CONSTANT_TEXT || self->last_column != NULL)
        return FALSE;
      /* A constant of another type: it is there, or nobody could have written it. */
      *value = strata_constant_of_outcomes (STRATA_OUTCOME_ANY);
    }

  return TRUE;
}

/* Operators that are NULL where one side is; what else they give, or fail for, is not known. */
static gboolean
take_strict_operator (StrataCondition *self)
{
  static const char * const operators[] = { "+", "-", "*", "/", "%", "||", "~", "~*", "!~", "!~*", "~~", "!~~", "~~*", "!~~*" };

  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (take_symbol (self, operators[i]))
      return TRUE;

  return take_word (self, "LIKE") || take_word (self, "GLOB");
}

static gboolean
read_operand (StrataCondition *self,
              StrataConstant  *value)
{
  if (!read_atom (self, value) || !read_casts (self, value))
    return FALSE;

  while (take_strict_operator (self))
    {
      StrataConstant other;

      self->n_steps++;
      if (!read_atom (self, &other) || !read_casts (self, &other)
          || (!strata_constant_is_null (value) && !strata_constant_is_null (&other)))
        return FALSE;
      *value = strata_constant_of_outcomes (STRATA_OUTCOME_NULL);
      self->last_column = NULL;
    }

  return TRUE;
}

/* Up to the bracket that ends it, which is taken. */
static gboolean
read_list (StrataCondition *self,
           const char      *end)
{
  g_autoptr(GArray) list = g_array_new (FALSE, FALSE, sizeof (StrataConstant));

  do
    {
      StrataConstant item;

      if (!read_operand (self, &item) || self->last_column != NULL)
        return FALSE;
      g_array_append_val (list, item);
    }
  while (take_symbol (self, ","));

  g_array_unref (self->list);
  self->list = g_steal_pointer (&list);

  return take_symbol (self, end);
}

/* "(ARRAY['a'::text, 'b'::text])", "((ARRAY[...])::text[])". */
static gboolean
read_array (StrataCondition *self)
{
  g_autofree char *type = NULL;
  gboolean is_array;

  if (!take_symbol (self, "("))
    return FALSE;
  if (take_word (self, "ARRAY"))
    return take_symbol (self, "[") && read_list (self, "]") && take_symbol (self, ")");
  if (!take_symbol (self, "(") || !take_word (self, "ARRAY") || !take_symbol (self, "[") || !read_list (self, "]")
      || !take_symbol (self, ")") || !take_symbol (self, "::"))
    return FALSE;

  type = dup_type (self, &is_array);
  for (guint i = 0; i < self->list->len; i++)
    if (!strata_constant_cast (type, &g_array_index (self->list, StrataConstant, i)))
      return FALSE;

  return is_array && take_symbol (self, ")");
}

/* The value against each of the list: one is enough, or all of them are needed. */
static StrataOutcome
compare_list (const StrataCondition *self,
              const StrataConstant  *value,
              const char            *operator,
              gboolean               is_all)
{
  StrataOutcome outcomes = strata_outcome_of (is_all);

  for (guint i = 0; i < self->list->len; i++)
    {
      StrataOutcome one = strata_constant_compare (value, operator, &g_array_index (self->list, StrataConstant, i));

      outcomes = is_all ? strata_outcome_and (outcomes, one) : strata_outcome_or (outcomes, one);
    }

  return outcomes;
}

static const char *
take_comparison (StrataCondition *self)
{
  static const char * const operators[] = { "=", "==", "<>", "!=", "<=", ">=", "<", ">" };

  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (take_symbol (self, operators[i]))
      return operators[i];

  return NULL;
}

static gboolean
read_comparison (StrataCondition *self,
                 const char      *operator,
                 StrataConstant  *value)
{
  const char *column = self->last_column;
  gboolean is_all = is_word (self, "ALL");
  StrataConstant other;

  if (take_word (self, "ANY") || take_word (self, "ALL"))
    {
      if (!read_array (self))
        return FALSE;
      *value = strata_constant_of_outcomes (compare_list (self, value, operator, is_all));
      self->member = is_all || strcmp (operator, "=") != 0 ? NULL : column;
      return TRUE;
    }
  if (!read_operand (self, &other))
    return FALSE;

  if (strcmp (operator, "=") == 0 && self->last_column == NULL && column != NULL)
    {
      g_array_set_size (self->list, 0);
      g_array_append_val (self->list, other);
      self->member = column;
    }
  *value = strata_constant_of_outcomes (strata_constant_compare (value, operator, &other));

  return TRUE;
}

static gboolean
read_between (StrataCondition *self,
              StrataConstant  *value)
{
  StrataConstant least, most;

  if (!read_operand (self, &least) || !take_word (self, "AND") || !read_operand (self, &most))
    return FALSE;

  *value = strata_constant_of_outcomes (strata_outcome_and (strata_constant_compare (value, ">=", &least),
                                                            strata_constant_compare (value, "<=", &most)));

  return TRUE;
}

static gboolean
read_is (StrataCondition *self,
         StrataConstant  *value)
{
  gboolean is_not = take_word (self, "NOT");
  StrataOutcome wanted = STRATA_OUTCOME_NULL;
  StrataOutcome can = value->kind == STRATA_CONSTANT_NONE ? value->outcomes : 0;
  StrataOutcome outcomes;

  if (take_word (self, "TRUE"))
    wanted = STRATA_OUTCOME_TRUE;
  else if (take_word (self, "FALSE"))
    wanted = STRATA_OUTCOME_FALSE;
  else if (!take_word (self, "NULL"))
    return FALSE;
  if (wanted != STRATA_OUTCOME_NULL)
    can = strata_constant_get_outcomes (value);

  /* What is of another kind than NULL is neither. */
  outcomes = (can & wanted ? STRATA_OUTCOME_TRUE : 0) | (can & wanted && !(can & ~wanted) ? 0 : STRATA_OUTCOME_FALSE);
  *value = strata_constant_of_outcomes (is_not ? strata_outcome_negate (outcomes) : outcomes);

  return TRUE;
}

static gboolean
read_predicate (StrataCondition *self,
                StrataConstant  *value)
{
  const char *operator, *column;
  gboolean is_not;

  if (!read_operand (self, value))
    return FALSE;

  column = self->last_column;
  operator = take_comparison (self);
  if (operator != NULL || is_word (self, "IS") || is_word (self, "NOT") || is_word (self, "IN") || is_word (self, "BETWEEN"))
    self->n_steps++;
  else
    return TRUE;

  self->member = NULL;
  if (operator != NULL)
    return read_comparison (self, operator, value);
  self->last_column = NULL;
  if (take_word (self, "IS"))
    return read_is (self, value);

  is_not = take_word (self, "NOT");
  if (take_word (self, "IN"))
    {
      if (!take_symbol (self, "(") || !read_list (self, ")"))
        return FALSE;
      *value = strata_constant_of_outcomes (compare_list (self, value, "=", FALSE));
      self->member = is_not ? NULL : column;
    }
  else if (!take_word (self, "BETWEEN") || !read_between (self, value))
    return FALSE;
  if (is_not)
    *value = strata_constant_of_outcomes (strata_outcome_negate (value->outcomes));

  return TRUE;
}

static gboolean
read_negation (StrataCondition *self,
               StrataConstant  *value)
{
  gboolean is_not = FALSE, is_negated = FALSE;

  while (take_word (self, "NOT"))
    {
      is_not = !is_not;
      is_negated = TRUE;
      self->n_steps++;
    }
  if (!read_predicate (self, value))
    return FALSE;
  if (is_negated)
    {
      StrataOutcome outcomes = strata_constant_get_outcomes (value);

      *value = strata_constant_of_outcomes (is_not ? strata_outcome_negate (outcomes) : outcomes);
    }

  return TRUE;
}

static gboolean
read_conjunction (StrataCondition *self,
                  StrataConstant  *value)
{
  if (!read_negation (self, value))
    return FALSE;

  while (take_word (self, "AND"))
    {
      StrataConstant other;

      self->n_steps++;
      if (!read_negation (self, &other))
        return FALSE;
      *value = strata_constant_of_outcomes (strata_outcome_and (strata_constant_get_outcomes (value),
                                                                strata_constant_get_outcomes (&other)));
    }

  return TRUE;
}

static gboolean
read_condition (StrataCondition *self,
                StrataConstant  *value)
{
  gboolean is_read;

  if (self->depth++ >= MAX_DEPTH)
    return FALSE;

  is_read = read_conjunction (self, value);
  while (is_read && take_word (self, "OR"))
    {
      StrataConstant other;

      self->n_steps++;
      is_read = read_conjunction (self, &other);
      if (is_read)
        *value = strata_constant_of_outcomes (strata_outcome_or (strata_constant_get_outcomes (value),
                                                                 strata_constant_get_outcomes (&other)));
    }
  self->depth--;

  return is_read;
}

StrataCondition *
strata_condition_new (StrataDialect         dialect,
                      StrataConditionColumn column,
                      gpointer              data)
{
  StrataCondition *self = g_new0 (StrataCondition, 1);

  self->dialect = dialect;
  self->column = column;
  self->data = data;
  self->texts = g_string_chunk_new (256);
  self->list = g_array_new (FALSE, FALSE, sizeof (StrataConstant));

  return self;
}

void
strata_condition_free (StrataCondition *self)
{
  g_string_chunk_free (self->texts);
  g_array_unref (self->list);
  g_free (self);
}

gboolean
strata_condition_evaluate (StrataCondition *self,
                           const char      *text,
                           StrataConstant  *value)
{
  self->depth = self->n_steps = 0;
  self->member = NULL;
  strata_lexer_init (&self->lexer, self->dialect, text, strlen (text));
  advance (self);

  if (!read_condition (self, value) || !self->is_at_end)
    return FALSE;
  if (self->n_steps != 1)
    self->member = NULL;

  return TRUE;
}

const char *
strata_condition_get_member (const StrataCondition  *self,
                             const GArray          **list)
{
  *list = self->list;

  return self->member;
}

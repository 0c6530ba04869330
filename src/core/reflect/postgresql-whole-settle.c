/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list of texts for a varchar column is printed in two ways: as the author's statement left it, with a cast of the whole
 * list, and, once that print was read again, with a cast of each text. A picture has the second one, which stays: else what a
 * dump or a revision makes would differ from what it was made of, though nothing does. */

#include "config.h"

#include "core/reflect/postgresql-whole-private.h"

#include <string.h>

#include "core/sql/lexer.h"

#define LIST_CAST "(ARRAY["

/* All of the words, in their order. */
static gboolean
take_tokens (StrataLexer        *lexer,
             const char * const *words)
{
  StrataToken token;

  for (guint i = 0; words[i] != NULL; i++)
    if (!strata_lexer_next (lexer, &token) || token.length != strlen (words[i])
        || strncmp (token.text, words[i], token.length) != 0)
      return FALSE;

  return TRUE;
}

/* Behind "(": "ARRAY['a'::character varying, ...])::text[]". FALSE: it is something else. */
static gboolean
take_list (StrataLexer *lexer,
           GString     *out)
{
  static const char * const start[] = { "ARRAY", "[", NULL }, * const end[] = { ")", "::", "text", "[", "]", NULL };
  static const char * const type[] = { "::", "character", "varying", NULL };
  StrataToken token, next;
  gboolean is_first = TRUE;

  if (!take_tokens (lexer, start))
    return FALSE;

  g_string_append (out, "ARRAY[");
  do
    {
      if (!strata_lexer_next (lexer, &token) || token.kind != STRATA_TOKEN_STRING || !take_tokens (lexer, type)
          || !strata_lexer_next (lexer, &next))
        return FALSE;
      g_string_append_printf (out, "%s(%.*s::character varying)::text", is_first ? "" : ", ", (int) token.length, token.text);
      is_first = FALSE;
    }
  while (strata_token_is_symbol (&next, ","));
  g_string_append_c (out, ']');

  return strata_token_is_symbol (&next, "]") && take_tokens (lexer, end);
}

/* NULL: it is so already. */
static char *
dup_settled (const char *text)
{
  g_autoptr(GString) out = NULL;
  const char *copied = text;
  StrataLexer lexer;
  StrataToken token;

  if (text == NULL || strstr (text, LIST_CAST) == NULL)
    return NULL;

  out = g_string_new (NULL);
  strata_lexer_init (&lexer, STRATA_DIALECT_POSTGRESQL, text, strlen (text));
  while (strata_lexer_next (&lexer, &token))
    {
      StrataLexer ahead = lexer;
      g_autoptr(GString) list = g_string_new (NULL);

      if (!strata_token_is_symbol (&token, "(") || !take_list (&ahead, list))
        continue;
      g_string_append_len (out, copied, token.text - copied);
      g_string_append (out, list->str);
      lexer = ahead;
      copied = ahead.at;
    }
  g_string_append (out, copied);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
settle (StrataWhole  *self,
        const char  **text)
{
  g_autofree char *settled = dup_settled (*text);

  if (settled != NULL)
    *text = INTERN (&self->reader, settled);
}

static void
settle_index (StrataWhole        *self,
              StrataPictureIndex *index)
{
  settle (self, &index->where);
  for (guint i = 0; index->elements != NULL && index->elements[i] != NULL; i++)
    settle (self, &((StrataPictureElement *) index->elements[i])->text);
}

static void
settle_domain (StrataWhole               *self,
               const StrataPictureDomain *domain)
{
  for (guint i = 0; domain->checks != NULL && domain->checks[i] != NULL; i++)
    settle (self, &((StrataPictureDomainCheck *) domain->checks[i])->text);
}

static void
settle_table (StrataWhole              *self,
              const StrataPictureTable *table)
{
  for (guint i = 0; table->columns != NULL && table->columns[i] != NULL; i++)
    settle (self, &((StrataPictureColumn *) table->columns[i])->computed);
}

static void
settle_policy (StrataWhole         *self,
               StrataPicturePolicy *policy)
{
  settle (self, &policy->using);
  settle (self, &policy->check);
}

/* Nobody else has the picture yet. What is in the quotes of a routine is its author's. */
static void
settle_object (StrataWhole  *self,
               StrataObject *object)
{
  switch ((guint) object->kind)
    {
    case STRATA_OBJECT_TABLE:
      settle_table (self, object->of.table);
      break;
    case STRATA_OBJECT_DOMAIN:
      settle_domain (self, object->of.domain);
      break;
    case STRATA_OBJECT_POLICY:
      settle_policy (self, (StrataPicturePolicy *) object->of.policy);
      break;
    case STRATA_OBJECT_CHECK:
    case STRATA_OBJECT_EXCLUSION:
      settle (self, &((StrataPictureCheck *) object->of.check)->text);
      settle (self, &object->text);
      break;
    case STRATA_OBJECT_INDEX:
      settle_index (self, (StrataPictureIndex *) object->of.index);
      settle (self, &object->text);
      break;
    case STRATA_OBJECT_VIEW:
    case STRATA_OBJECT_MATERIALIZED_VIEW:
    case STRATA_OBJECT_RULE:
    case STRATA_OBJECT_TRIGGER:
    case STRATA_OBJECT_STATISTICS:
      settle (self, &object->text);
      break;
    default:
      break;
    }
}

void
strata_whole_settle (StrataWhole *self)
{
  for (guint i = 0; i < self->things->len; i++)
    settle_object (self, &((StrataThing *) self->things->pdata[i])->object);
}

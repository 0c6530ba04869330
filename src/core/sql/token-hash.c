/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sql/statement.h"

#include <string.h>

#include "core/sql/lexer.h"
#include "core/sql/pattern.h"

/* How much is gathered before it is hashed: calls for single tokens cost more than the hash does. */
#define CHUNK 4096

typedef struct
{
  GChecksum *checksum;
  char       chunk[CHUNK];
  gsize      used;
} Hasher;

static void
hasher_flush (Hasher *self)
{
  g_checksum_update (self->checksum, (const guchar *) self->chunk, self->used);
  self->used = 0;
}

static void
hasher_add_byte (Hasher *self,
                 char    byte)
{
  if (self->used == CHUNK)
    hasher_flush (self);
  self->chunk[self->used++] = byte;
}

/* Words and numbers count in lower case, and so do the letters before a quote. Line ends count as LF, because a checkout
 * may change those inside a string. A NUL ends each token: no text that a server accepts has one. */
static void
hasher_add_token (Hasher            *self,
                  const StrataToken *token)
{
  gboolean fold = token->kind == STRATA_TOKEN_WORD || token->kind == STRATA_TOKEN_NUMBER || g_ascii_isalpha (*token->text);

  for (gsize i = 0; i < token->length; i++)
    {
      char c = token->text[i];

      if (c == '\r' && i + 1 < token->length && token->text[i + 1] == '\n')
        continue;
      if (c == '\'' || c == '"')
        fold = FALSE;
      hasher_add_byte (self, fold ? g_ascii_tolower (c) : c);
    }

  hasher_add_byte (self, '\0');
}

/* Never fails: what is open at the end counts as it stands. Semicolons count only between tokens, once. */
char *
strata_sql_hash_tokens (StrataDialect  dialect,
                        const char    *text,
                        gsize          length)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  Hasher hasher = { .checksum = checksum };
  StrataToken semicolon = { .kind = STRATA_TOKEN_SYMBOL, .text = ";", .length = 1 };
  gboolean any = FALSE;
  gboolean separated = FALSE;
  StrataLexer lexer;
  StrataToken token;

  strata_lexer_init (&lexer, dialect, text, length);
  while (strata_lexer_next (&lexer, &token))
    {
      if ((separated || !any) && strata_lexer_skip_restriction (&lexer, &token, text))
        continue;
      if (strata_token_is_symbol (&token, ";"))
        {
          separated = TRUE;
          continue;
        }

      if (any && separated)
        hasher_add_token (&hasher, &semicolon);
      hasher_add_token (&hasher, &token);
      any = TRUE;
      separated = FALSE;
    }

  hasher_flush (&hasher);

  return g_strdup (g_checksum_get_string (checksum));
}

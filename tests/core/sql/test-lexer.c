/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/sql/lexer.h"

#define SQLITE     STRATA_DIALECT_SQLITE
#define POSTGRESQL STRATA_DIALECT_POSTGRESQL
#define MYSQL      STRATA_DIALECT_MYSQL
#define MSSQL      STRATA_DIALECT_MSSQL

/* Tokens as "kind:text", with blanks between; W word, N name, S string, D number, P symbol, C comment, "!" open. */
static char *
describe_tokens (StrataDialect  dialect,
                 const char    *text)
{
  static const char letters[] = "WNSDPC";
  GString *tokens = g_string_new (NULL);
  StrataLexer lexer;
  StrataToken token;

  strata_lexer_init (&lexer, dialect, text, strlen (text));
  while (strata_lexer_next (&lexer, &token))
    g_string_append_printf (tokens, "%s%c%s:%.*s", tokens->len > 0 ? " " : "", letters[token.kind],
                            token.is_open ? "!" : "", (int) token.length, token.text);

  return g_string_free (tokens, FALSE);
}

static const struct
{
  StrataDialect  dialect;
  const char    *text;
  const char    *tokens;
} cases[] = {
  { POSTGRESQL, "", "" },
  { POSTGRESQL, " -- a\n/* b */", "" },
  { POSTGRESQL, "select _a1$ Ünï", "W:select W:_a1$ W:Ünï" },
  { POSTGRESQL, "'a''b'||'\\'", "S:'a''b' P:|| S:'\\'" },
  { POSTGRESQL, "E'a\\'b''c' e'\\\\'x", "S:E'a\\'b''c' S:e'\\\\' W:x" },
  { POSTGRESQL, "E'a' -- b\n  'c\\'d' 'e\\'", "S:E'a' S:'c\\'d' S:'e\\'" },
  { POSTGRESQL, "E'a' 'c\\'", "S:E'a' S:'c\\'" },
  { POSTGRESQL, "E'a' /* */\n'c\\'", "S:E'a' S:'c\\'" },
  { POSTGRESQL, "'a'\n'b\\'", "S:'a' S:'b\\'" },
  { POSTGRESQL, "U&'\\0061' u&\"a\"\"b\" U & 'x'", "S:U&'\\0061' N:u&\"a\"\"b\" W:U P:& S:'x'" },
  { POSTGRESQL, "B'01' x'1F' N'n' te'x'", "S:B'01' S:x'1F' S:N'n' W:te S:'x'" },
  { POSTGRESQL, "$$a;$b$$$ $tag$ $$ $Tag$ $tag$", "S:$$a;$b$$ P:$ S:$tag$ $$ $Tag$ $tag$" },
  { POSTGRESQL, "$1$$a$$ a$b$c $é$x$é$ $ a$", "P:$ D:1 S:$$a$$ W:a$b$c S:$é$x$é$ P:$ W:a$" },
  { POSTGRESQL, "/* a /* b */ c */ d */", "W:d P:*/" },
  { POSTGRESQL, "/*/ a */ b", "W:b" },
  { POSTGRESQL, "-- a\rb", "W:b" },
  { POSTGRESQL, "a::int4[], b:=c => d", "W:a P::: W:int4 P:[ P:] P:, W:b P::= W:c P:=> W:d" },
  { POSTGRESQL, "a=-1 a!=-1 a+--b\n*/**/c @>- ->> #>>", "W:a P:= P:- D:1 W:a P:!=- D:1 W:a P:+ P:* W:c P:@>- P:->> P:#>>" },
  { POSTGRESQL, "1.5e-10 .5 1e 1e-x 0xFF 1_000", "D:1.5e-10 D:.5 D:1e D:1e P:- W:x D:0xFF D:1_000" },
  { POSTGRESQL, ":name :'name' `ls` \\g", "P:: W:name P:: S:'name' P:` W:ls P:` P:\\ W:g" },
  { POSTGRESQL, "'open", "S!:'open" },
  { POSTGRESQL, "E'open\\", "S!:E'open\\" },
  { POSTGRESQL, "E'open\\'", "S!:E'open\\'" },
  { POSTGRESQL, "a \"open\"\"", "W:a N!:\"open\"\"" },
  { POSTGRESQL, "$a$ open $b$", "S!:$a$ open $b$" },
  { POSTGRESQL, "a /* /* open */", "W:a C!:/* /* open */" },

  { SQLITE, "[a;]]b] `c``;` \"d\"\"\"", "N:[a;] P:] W:b P:] N:`c``;` N:\"d\"\"\"" },
  { SQLITE, "/* a /* b */ c", "W:c" },
  { SQLITE, "x'00' e'a' E'\\' b", "S:x'00' W:e S:'a' W:E S:'\\' W:b" },
  { SQLITE, "a=-1 b<=c || ?1 @p $q", "W:a P:= P:- D:1 W:b P:<= W:c P:|| P:? D:1 P:@ W:p P:$ W:q" },
  { SQLITE, "$$ a $$", "P:$ P:$ W:a P:$ P:$" },
  { SQLITE, "-- a\rb\nc", "W:c" },
  { SQLITE, "[open", "N!:[open" },

  { MYSQL, "`a``b` \"c\\\"d\" 'e\\'f' # g\nh", "N:`a``b` S:\"c\\\"d\" S:'e\\'f' W:h" },
  { MYSQL, "1--1 -- a\n2 --", "D:1 P:- P:- D:1 D:2" },
  { MYSQL, "/*!40101 SET a */; /*M! b */ /* c */", "P:/*!40101 SET a */ P:; P:/*M! b */" },
  { MYSQL, "/*! open", "P!:/*! open" },
  { MYSQL, "[a]", "P:[ W:a P:]" },

  { MSSQL, "[a]]b] N'c' @d #e @@f \"g\"", "N:[a]]b] S:N'c' W:@d W:#e W:@@f N:\"g\"" },
  { MSSQL, "/* /* a */ b */ c <> d", "W:c P:<> W:d" },

  { STRATA_DIALECT_UNKNOWN, "$$a$$ E'\\''", "S:$$a$$ S:E'\\''" },
};

static void
test_tokens (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *tokens = describe_tokens (cases[i].dialect, cases[i].text);

      g_assert_cmpstr (tokens, ==, cases[i].tokens);
    }
}

static void
test_matches_words (void)
{
  StrataLexer lexer;
  StrataToken token;

  strata_lexer_init (&lexer, POSTGRESQL, "Create \"CREATE\" <=", strlen ("Create \"CREATE\" <="));

  g_assert_true (strata_lexer_next (&lexer, &token));
  g_assert_true (strata_token_is_word (&token, "CREATE"));
  g_assert_false (strata_token_is_word (&token, "CREATED"));
  g_assert_true (strata_lexer_next (&lexer, &token));
  g_assert_false (strata_token_is_word (&token, "\"CREATE\""));
  g_assert_true (strata_lexer_next (&lexer, &token));
  g_assert_true (strata_token_is_symbol (&token, "<="));
  g_assert_false (strata_token_is_symbol (&token, "<"));
  g_assert_false (strata_lexer_next (&lexer, &token));
}

/* Every byte is in one token or in the layout between, for any bytes; and long ones take no longer than their length. */
static void
test_any_bytes (void)
{
  static const char alphabet[] = "aE$'\"`[]/*-#\\;.:@U&\n\r 1+!\xc3\xa9\xff";
  g_autofree char *text = g_malloc (100);
  g_autofree char *operators = g_strnfill (1000000, '+');
  StrataLexer lexer;
  StrataToken token;
  guint n = 0;

  for (guint i = 0; i < 20000; i++)
    {
      gsize length = g_test_rand_int_range (0, 100);

      for (gsize j = 0; j < length; j++)
        text[j] = alphabet[g_test_rand_int_range (0, sizeof alphabet)];

      strata_lexer_init (&lexer, i % (STRATA_DIALECT_UNKNOWN + 1), text, length);
      for (const char *last = text; strata_lexer_next (&lexer, &token); last = token.text + token.length)
        {
          g_assert_true (token.text >= last && token.length > 0 && token.text + token.length <= text + length);
          g_assert_true (!token.is_open || token.text + token.length == text + length);
        }
    }

  strata_lexer_init (&lexer, POSTGRESQL, operators, 1000000);
  while (strata_lexer_next (&lexer, &token))
    n++;
  g_assert_cmpuint (n, ==, 1000000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sql/lexer/tokens", test_tokens);
  g_test_add_func ("/sql/lexer/matches-words", test_matches_words);
  g_test_add_func ("/sql/lexer/any-bytes", test_any_bytes);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/lexer.h"

typedef struct
{
  const char *name;
  const char *text;
  const char *tokens;
} Case;

/* "n:" a name, "#:" a number, "s:" a string, "f:" the pieces of an f-string, "!" a mistake; NL, IN, DE. */
static const Case cases[] = {
  { "nothing", "", "" },
  { "blank", "\n\n  \n# a comment\n\t\n", "" },
  { "no-newline-at-the-end", "a", "n:a NL" },
  { "words", "if not_ in None", "if n:not_ in None NL" },
  { "longest-operator", "a**=b//c>>=d->e...:=!=", "n:a **= n:b // n:c >>= n:d -> n:e ... := != NL" },
  { "dots", "a....b.1.c", "n:a ... . n:b #:.1 . n:c NL" },
  { "numbers", "0 00 1_000 0x_Ff 0o7 0b1 1. .5 1e9 1E-3 3e1_4 2j 0.1_2e+3J 01.5 09j",
    "#:0 #:00 #:1_000 #:0x_Ff #:0o7 #:0b1 #:1. #:.5 #:1e9 #:1E-3 #:3e1_4 #:2j #:0.1_2e+3J #:01.5 #:09j NL" },
  { "number-before-a-word", "1if 0x1for 2or", "#:1 if #:0x1f or #:2 or NL" },
  { "bad-numbers", "1abc 012 0x 1__0 0b2", "! n:abc ! ! ! n:__0 ! #:2 NL" },
  { "strings", "'a' \"b\" r'\\\\' '''a\n'b'''", "s:'a' s:\"b\" s:r'\\\\' s:'''a|'b''' NL" },
  { "prefixes", "u'x' Rb'y' bR'z' B\"\" bu'x' ur'x'", "s:u'x' s:Rb'y' s:bR'z' s:B\"\" n:bu s:'x' n:ur s:'x' NL" },
  { "escaped-quotes", "'a\\'b' r'\\'' '\\\\'", "s:'a\\'b' s:r'\\'' s:'\\\\' NL" },
  { "triple", "'''a\n'b' ''c\\'''d''' e", "s:'''a|'b' ''c\\'''d''' n:e NL" },
  { "string-over-lines", "'a\\\nb'", "s:'a\\|b' NL" },
  { "string-without-end", "a = 'b\nc", "n:a = ! NL n:c NL" },
  { "triple-without-end", "a = '''b\nc", "n:a = ! NL n:c NL" },
  { "fstring", "f'a{b}c'", "f:f' f:a { n:b } f:c f:' NL" },
  { "fstring-braces", "f'{{}}{ {1: 2}[1] }'", "f:f' f:{{}} { { #:1 : #:2 } [ #:1 ] } f:' NL" },
  { "fstring-format", "f'{a!r:>{w}.2}x'", "f:f' { n:a ! n:r : f:> { n:w } f:.2 } f:x f:' NL" },
  { "fstring-walrus", "f'{a:=1}{(a:=1)}'", "f:f' { n:a : f:=1 } { ( n:a := #:1 ) } f:' NL" },
  { "fstring-same-quotes", "f'{d['k']}' f\"{f\"{1}\"}\"",
    "f:f' { n:d [ s:'k' ] } f:' f:f\" { f:f\" { #:1 } f:\" } f:\" NL" },
  { "fstring-over-lines", "f'''a{\nb\n}\n'''\nc", "f:f''' f:a { n:b } f:| f:''' NL n:c NL" },
  { "fstring-names", "f'\\N{DIGIT ONE}{a}' rf'\\N{a}'", "f:f' f:\\N{DIGIT ONE} { n:a } f:' f:rf' f:\\N { n:a } f:' NL" },
  { "fstring-without-end", "f'a{b\nc", "f:f' f:a { n:b n:c ! NL" },
  { "fstring-single-brace", "f'a}'", "f:f' f:a ! f:' NL" },
  { "brackets-join-lines", "a(\n1,  # x\n\n2)\nb", "n:a ( #:1 , #:2 ) NL n:b NL" },
  { "backslash-joins-lines", "a = \\\n  1\nb", "n:a = #:1 NL n:b NL" },
  { "bracket-without-end", "a(b\n", "n:a ( n:b ! NL" },
  { "wrong-brackets", "a(b]\n)", "n:a ( n:b ! NL ! NL" },
  { "blocks", "if a:\n  b\n  if c:\n    d\ne", "if n:a : NL IN n:b NL if n:c : NL IN n:d NL DE DE n:e NL" },
  { "blocks-end-with-the-text", "if a:\n  if b:\n    c", "if n:a : NL IN if n:b : NL IN n:c NL DE DE" },
  { "comments-have-no-indentation", "if a:\n  b\n# x\n      # y\n  c\n", "if n:a : NL IN n:b NL n:c NL DE" },
  { "form-feed", "a\n  \fb", "n:a NL n:b NL" },
  { "dedent-to-nowhere", "if a:\n    b\n  c\n", "if n:a : NL IN n:b NL DE ! n:c NL" },
  { "tabs-mixed-up", "if a:\n        b\n\tc\n", "if n:a : NL IN n:b NL ! n:c NL DE" },
  { "names", "größe _x9 名前 x·y", "n:größe n:_x9 n:名前 n:x·y NL" },
  { "no-meaning", "a ? $ € b", "n:a ! ! ! n:b NL" },
};

static void
print_token (GString             *out,
             const StrataPyToken *token,
             const char          *text)
{
  static const char * const prefixes[] = {
    [STRATA_PY_TOKEN_NEWLINE] = "NL", [STRATA_PY_TOKEN_INDENT] = "IN", [STRATA_PY_TOKEN_DEDENT] = "DE",
    [STRATA_PY_TOKEN_NAME] = "n:", [STRATA_PY_TOKEN_NUMBER] = "#:", [STRATA_PY_TOKEN_STRING] = "s:",
    [STRATA_PY_TOKEN_FSTRING_START] = "f:", [STRATA_PY_TOKEN_FSTRING_MIDDLE] = "f:",
    [STRATA_PY_TOKEN_FSTRING_END] = "f:", [STRATA_PY_TOKEN_SYMBOL] = "", [STRATA_PY_TOKEN_ERROR] = "!",
  };
  gsize start;

  if (out->len > 0)
    g_string_append_c (out, ' ');
  g_string_append (out, prefixes[token->kind]);
  start = out->len;
  if (token->kind >= STRATA_PY_TOKEN_NAME && token->kind <= STRATA_PY_TOKEN_SYMBOL)
    g_string_append_len (out, text + token->offset, token->length);
  for (char *p = out->str + start; *p != '\0'; p++)
    if (*p == '\n')
      *p = '|';
}

static char *
print_tokens (StrataPyLexer *lexer)
{
  GString *out = g_string_new (NULL);
  StrataPyToken token;

  for (token = strata_py_lexer_next (lexer); token.kind != STRATA_PY_TOKEN_END; token = strata_py_lexer_next (lexer))
    {
      if (token.kind == STRATA_PY_TOKEN_SYMBOL)
        g_assert_cmpstr (strata_py_symbol_get_text (token.symbol), !=, "");
      print_token (out, &token, lexer->text);
    }

  return g_string_free (out, FALSE);
}

static void
test_tokens (gconstpointer data)
{
  const Case *test = data;
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPySource) source = strata_py_source_new ("a.py", test->text, strlen (test->text), findings);
  g_autofree char *tokens = NULL;
  StrataPyLexer lexer;

  strata_py_lexer_init (&lexer, source);
  tokens = print_tokens (&lexer);
  g_assert_cmpstr (tokens, ==, test->tokens);
  g_assert_cmpuint (strata_py_lexer_next (&lexer).kind, ==, STRATA_PY_TOKEN_END);
}

static void
test_many_brackets (void)
{
  g_autofree char *text = g_strnfill (5000, '(');
  g_autofree char *fields = NULL;
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPySource) source = strata_py_source_new ("a.py", text, 5000, findings);
  g_autoptr(StrataPySource) nested = NULL;
  GString *strings = g_string_new (NULL);
  StrataPyLexer lexer;

  strata_py_lexer_init (&lexer, source);
  while (strata_py_lexer_next (&lexer).kind != STRATA_PY_TOKEN_END)
    ;

  for (guint i = 0; i < 500; i++)
    g_string_append (strings, "f'{");
  fields = g_string_free (strings, FALSE);
  nested = strata_py_source_new ("a.py", fields, strlen (fields), findings);
  strata_py_lexer_init (&lexer, nested);
  while (strata_py_lexer_next (&lexer).kind != STRATA_PY_TOKEN_END)
    ;
}

typedef struct
{
  const char *name;
  const char *text;     /* what is skipped, from its first token on */
} SkipCase;

static const SkipCase skip_cases[] = {
  { "line", "def f(): pass\n" },
  { "block", "def f():\n  a\n\n  b\n" },
  { "comment-in-the-first-column", "def f():\n  a\n# b\n  c\n" },
  { "string-in-the-first-column", "def f():\n  a = '''\nb = \"\n'''\n" },
  { "escaped-triple", "def f():\n  a = '''\\'''\nb'''\n" },
  { "bracket-in-the-first-column", "def f(\na,\n):\n  b = {\n1: [\n]\n}\n" },
  { "continuation", "def f(): \\\n\\\nreturn\n" },
  { "fstring", "def f():\n  a = f'''{\nb['''x''']\n}\nc{{'''\n" },
  { "raw", "def f():\n  a = r'\\'\n  b = rb\"\\\"\" + \"#\"\n" },
  { "form-feed", "def f():\n  a\n\f  b\n" },
  { "quote-in-a-comment", "def f():\n  # it's\n  a\n" },
  { "string-without-end", "def f():\n  a = 'b\n  c\n" },
};

static void
test_skip (gconstpointer data)
{
  const SkipCase *test = data;
  g_autofree char *text = g_strconcat (test->text, "\n# x\nafter = 1\n", NULL);
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPySource) source = strata_py_source_new ("a.py", text, strlen (text), findings);
  g_autofree char *tokens = NULL;
  StrataPyLexer lexer;

  strata_py_lexer_init (&lexer, source);
  strata_py_lexer_next (&lexer);
  strata_py_lexer_skip_block (&lexer);
  tokens = print_tokens (&lexer);
  g_assert_cmpstr (tokens, ==, "n:after = #:1 NL");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/python/lexer/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_tokens);
    }
  for (guint i = 0; i < G_N_ELEMENTS (skip_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/python/lexer/skips/%s", skip_cases[i].name);

      g_test_add_data_func (path, &skip_cases[i], test_skip);
    }
  g_test_add_func ("/python/lexer/many-brackets", test_many_brackets);

  return g_test_run ();
}

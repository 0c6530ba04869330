/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/token-hash.h"

#include "core/base/finding.h"
#include "core/python/lexer.h"

char *
strata_py_hash_tokens (const char *text,
                       gsize       length)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPySource) source = strata_py_source_new ("", text, length, findings);
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  StrataPyLexer lexer;
  StrataPyToken token;

  strata_py_lexer_init (&lexer, source);
  do
    {
      gboolean is_layout;

      token = strata_py_lexer_next (&lexer);
      is_layout = token.kind <= STRATA_PY_TOKEN_DEDENT;
      g_checksum_update (checksum, &token.kind, 1);
      if (!is_layout)
        g_checksum_update (checksum, (const guchar *) strata_py_source_get_text (source) + token.offset, token.length);
      g_checksum_update (checksum, (const guchar *) "", 1);
    }
  while (token.kind != STRATA_PY_TOKEN_END);

  return g_strdup (g_checksum_get_string (checksum));
}

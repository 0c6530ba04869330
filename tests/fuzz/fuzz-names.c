/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first byte chooses the dialect. Each name lies where it is said to be; what fits at any place is found; and adding up a
 * script twice, or checking it, ends. */

#include "config.h"

#include <string.h>

#include "core/names/name-check.h"
#include "core/names/name-spot.h"
#include "core/names/sql-mentions.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

/* Behind a quote, a name in it may be spelled with two of them. */
static void
check_place (const char          *text,
             const StrataMention *mention)
{
  const char *name = mention->column != NULL ? mention->column : mention->table;
  const char *at = text;

  if (mention->line == 0 || strpbrk (name, "\"`]") != NULL || *name == '\0')
    return;

  for (guint line = 1; line < mention->line; line++)
    {
      at = strchr (at, '\n');
      g_assert_nonnull (at);
      at++;
    }
  for (guint column = 1; column < mention->text_column; column++)
    do
      at++;
    while ((*at & 0xc0) == 0x80);
  g_assert_true (g_str_has_prefix (at, name));
}

static void
check_spots (StrataDialect  dialect,
             const char    *text)
{
  gsize length = strlen (text);

  for (gsize i = 0; i <= length; i += MAX (1, length / 16))
    {
      g_autofree char *before = g_strndup (text, i);
      g_auto(StrataNameSpot) spot = { FALSE, };

      strata_name_spot_find (&spot, dialect, before, text + i);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  StrataDialect dialect = size > 0 ? data[0] % STRATA_DIALECT_UNKNOWN : STRATA_DIALECT_SQLITE;
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data + 1, size - 1) : g_strdup ("");
  g_autoptr(StrataMentions) mentions = strata_mentions_new ();
  g_autoptr(StrataCatalogue) catalogue = strata_catalogue_new (NULL);
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(GPtrArray) tables = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    return 0;

  strata_mentions_add_sql (mentions, dialect, text, strlen (text), 1);
  for (guint i = 0; i < strata_mentions_get_n (mentions); i++)
    if (strata_mentions_get (mentions, i)->table != NULL)
      check_place (text, strata_mentions_get (mentions, i));

  strata_catalogue_apply_all (catalogue, mentions, "one");
  strata_names_check (mentions, catalogue, "x.sql", findings);
  strata_catalogue_apply_all (catalogue, mentions, "two");
  tables = strata_catalogue_list_tables (catalogue);
  for (guint i = 0; i < tables->len; i++)
    g_assert_cmpint (strata_catalogue_find_table (catalogue, g_ptr_array_index (tables, i)), ==, STRATA_NAME_THERE);
  check_spots (dialect, text);

  return 0;
}

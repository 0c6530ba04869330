/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/names/name-check.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Those of the servers, of statements, and of the tools themselves: no script makes them. */
static const char * const known_tables[] = {
  "alembic_version", "deleted", "dual", "excluded", "geometry_columns", "inserted", "new", "old", "spatial_ref_sys",
  "strata_ledger",
};
static const char * const known_prefixes[] = { "pg_", "sqlite_", "_alembic_tmp_" };
static const char * const known_columns[] = {
  "cmax", "cmin", "ctid", "oid", "rowid", "_rowid_", "tableoid", "xmax", "xmin",
};

/* Two names may differ by so many letters of them. */
#define NEAR(length) ((length) < 5 ? 1 : (length) < 9 ? 2 : 3)
/* A shorter name is like too many. */
#define SHORTEST_SLIP 5

typedef struct
{
  const char      *path;
  GPtrArray       *findings;
  StrataCatalogue *catalogue;
  GHashTable      *said;       /* kind, table and column, folded */
} Check;

/* Letters that change, go, come or are swapped; more than most is not counted to its end. */
static guint
distance (const char *a,
          const char *b,
          guint       most)
{
  guint n = strlen (a);
  guint m = strlen (b);
  g_autofree guint *rows = g_new (guint, 3 * (m + 1));
  guint *last = rows;
  guint *row = rows + m + 1;
  guint *before = rows + 2 * (m + 1);

  if ((n > m ? n - m : m - n) > most)
    return most + 1;

  for (guint j = 0; j <= m; j++)
    last[j] = j;
  for (guint i = 1; i <= n; i++)
    {
      guint *spare = before;

      row[0] = i;
      for (guint j = 1; j <= m; j++)
        {
          row[j] = MIN (MIN (last[j], row[j - 1]) + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            row[j] = MIN (row[j], before[j - 2] + 1);
        }
      before = last;
      last = row;
      row = spare;
    }

  return last[m];
}

static char *
dup_without_digits (const char *name)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (; *name != '\0'; name++)
    if (!g_ascii_isdigit (*name))
      g_string_append_c (text, *name);

  return g_strdup (text->str);
}

/* "orders_old", "orders_2": somebody meant it. */
static gboolean
is_variant (const char *a,
            const char *b)
{
  const char *longer = strlen (a) > strlen (b) ? a : b;
  const char *shorter = longer == a ? b : a;
  gsize more = strlen (longer) - strlen (shorter);
  g_autofree char *a_letters = dup_without_digits (a);
  g_autofree char *b_letters = dup_without_digits (b);

  return g_str_equal (a_letters, b_letters)
         || (more > 0 && g_str_has_prefix (longer, shorter) && longer[strlen (shorter)] == '_')
         || (more > 0 && g_str_has_suffix (longer, shorter) && longer[more - 1] == '_');
}

static const char *
find_near (GPtrArray  *names,
           const char *name,
           guint       most,
           gboolean    with_variants)
{
  g_autofree char *key = g_utf8_casefold (name, -1);
  guint nearest = most + 1;
  const char *found = NULL;

  for (guint i = 0; i < names->len; i++)
    {
      const char *other = g_ptr_array_index (names, i);
      g_autofree char *other_key = g_utf8_casefold (other, -1);
      guint far = distance (key, other_key, nearest);

      if (far < nearest && (with_variants || !is_variant (key, other_key)))
        {
          nearest = far;
          found = other;
        }
    }

  return found;
}

const char *
strata_names_find_near (GPtrArray  *names,
                        const char *name)
{
  return find_near (names, name, NEAR (strlen (name)), TRUE);
}

static gboolean
is_one_of (const char         *name,
           const char * const *names,
           guint               n)
{
  for (guint i = 0; i < n; i++)
    if (g_ascii_strcasecmp (name, names[i]) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
is_of_server (const char *table)
{
  for (guint i = 0; i < G_N_ELEMENTS (known_prefixes); i++)
    if (g_ascii_strncasecmp (table, known_prefixes[i], strlen (known_prefixes[i])) == 0)
      return TRUE;

  return g_str_has_suffix (table, "_seq") || is_one_of (table, known_tables, G_N_ELEMENTS (known_tables));
}

/* Once for each name of a script. */
static gboolean
is_new (Check               *self,
        const StrataMention *mention)
{
  g_autofree char *words = g_strdup_printf ("%s\n%s", mention->table, mention->column != NULL ? mention->column : "");

  return g_hash_table_add (self->said, g_utf8_casefold (words, -1));
}

/* Nobody ever spoke of it, but of one that is called much the same: it is no table from elsewhere. */
static gboolean
is_slip (Check      *self,
         const char *table)
{
  g_autoptr(GPtrArray) names = NULL;

  if (strlen (table) < SHORTEST_SLIP || strata_catalogue_knows_table (self->catalogue, table))
    return FALSE;

  names = strata_catalogue_list_tables (self->catalogue);

  return find_near (names, table, NEAR (strlen (table)) - 1, FALSE) != NULL;
}

/* Not among the columns that the table had when somebody looked, but called much like one of them: it is no newer one. */
static gboolean
is_slip_of_column (Check      *self,
                   const char *table,
                   const char *column)
{
  g_autoptr(GPtrArray) names = NULL;

  if (strlen (column) < SHORTEST_SLIP || !strata_catalogue_has_seen (self->catalogue, table))
    return FALSE;

  names = strata_catalogue_list_columns (self->catalogue, table);

  return find_near (names, column, NEAR (strlen (column)) - 1, FALSE) != NULL;
}

static char *
dup_hint (Check               *self,
          const StrataMention *mention,
          gboolean             of_column)
{
  g_autoptr(GPtrArray) names = of_column ? strata_catalogue_list_columns (self->catalogue, mention->table)
                                         : strata_catalogue_list_tables (self->catalogue);
  const char *near = strata_names_find_near (names, of_column ? mention->column : mention->table);

  return near != NULL ? g_strdup_printf (_("Did you mean “%s”?"), near) : NULL;
}

/* What has become of it, as it is said behind "is not there any more: ". */
static char *
dup_fate (Check               *self,
          const StrataMention *mention,
          const char          *column)
{
  const char *new_name;
  const char *taker = strata_catalogue_get_taker (self->catalogue, mention->table, column, &new_name);
  g_autofree char *by = taker != NULL ? g_strdup_printf (_("revision %.12s"), taker) : g_strdup (_("this script"));

  /* Translators: “it” is a table or a column, %s a revision or “this script”. */
  return new_name != NULL ? g_strdup_printf (_("%s renames it to “%s”"), by, new_name)
                          : g_strdup_printf (_("%s drops it"), by);
}

static char *
dup_message (Check               *self,
             const StrataMention *mention,
             StrataNameState      state,
             gboolean             of_column)
{
  g_autofree char *fate = NULL;

  if (state != STRATA_NAME_GONE)
    return of_column ? g_strdup_printf (_("There is no column “%s” of “%s” here"), mention->column, mention->table)
                     : g_strdup_printf (_("There is no table “%s” here"), mention->table);

  fate = dup_fate (self, mention, of_column ? mention->column : NULL);

  return of_column
         ? g_strdup_printf (_("The column “%s” of “%s” is not there any more: %s"), mention->column, mention->table,
                            fate)
         : g_strdup_printf (_("The table “%s” is not there any more: %s"), mention->table, fate);
}

static void
say (Check               *self,
     const StrataMention *mention,
     StrataNameState      state)
{
  gboolean of_column = mention->kind == STRATA_MENTION_USES_COLUMN;
  g_autofree char *hint = NULL;
  g_autofree char *what = NULL;
  StrataPlace place = { self->path, mention->line, mention->text_column };

  if (!is_new (self, mention))
    return;

  what = dup_message (self, mention, state, of_column);
  if (state != STRATA_NAME_GONE)
    hint = dup_hint (self, mention, of_column);

  g_ptr_array_add (self->findings,
                   strata_finding_new (STRATA_SEVERITY_WARNING, of_column ? "no-column" : "no-table", place, hint,
                                       "%s", what));
}

static void
check (Check               *self,
       const StrataMention *mention)
{
  StrataNameState state;

  if (is_of_server (mention->table))
    return;

  if (mention->kind == STRATA_MENTION_USES_TABLE)
    state = strata_catalogue_find_table (self->catalogue, mention->table);
  else if (!is_one_of (mention->column, known_columns, G_N_ELEMENTS (known_columns)))
    state = strata_catalogue_find_column (self->catalogue, mention->table, mention->column);
  else
    return;

  if (state == STRATA_NAME_UNKNOWN && mention->kind == STRATA_MENTION_USES_TABLE && is_slip (self, mention->table))
    state = STRATA_NAME_NOT_THERE;
  if (state == STRATA_NAME_UNKNOWN && mention->kind == STRATA_MENTION_USES_COLUMN
      && is_slip_of_column (self, mention->table, mention->column))
    state = STRATA_NAME_NOT_THERE;
  if (state == STRATA_NAME_GONE || state == STRATA_NAME_NOT_THERE)
    say (self, mention, state);
}

void
strata_names_check (const StrataMentions *mentions,
                    StrataCatalogue      *below,
                    const char           *path,
                    GPtrArray            *findings)
{
  g_autoptr(StrataCatalogue) catalogue = strata_catalogue_new (below);
  g_autoptr(GHashTable) said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Check self = { path, findings, catalogue, said };

  for (guint i = 0; i < strata_mentions_get_n (mentions); i++)
    {
      const StrataMention *mention = strata_mentions_get (mentions, i);

      if (mention->kind == STRATA_MENTION_USES_TABLE || mention->kind == STRATA_MENTION_USES_COLUMN)
        check (&self, mention);
      else
        strata_catalogue_apply (catalogue, mention, NULL);
    }
}

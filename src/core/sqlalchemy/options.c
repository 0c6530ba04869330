/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/item-private.h"

#include <string.h>

/* What each server's dialect takes of which class: a letter says what it is: a text, a flag, a list of names, a map, an
 * expression, or anything. The last class is the base of all constraints. */
static const struct
{
  const char *dialect;
  const char *class;
  const char *names;
} known[] = {
  { "postgresql", "Index", " using:t include:n where:e ops:m concurrently:f with:m tablespace:t nulls_not_distinct:f " },
  { "postgresql", "Table", " ignore_search_path:f tablespace:t partition_by:t with_oids:f on_commit:t inherits:n using:t " },
  { "postgresql", "CheckConstraint", " not_valid:f " },
  { "postgresql", "ForeignKeyConstraint", " not_valid:f " },
  { "postgresql", "PrimaryKeyConstraint", " include:n " },
  { "postgresql", "UniqueConstraint", " include:n nulls_not_distinct:f " },
  { "mysql", "Table", " *:a " },
  { "mysql", "PrimaryKeyConstraint", " using:t " },
  { "mysql", "Index", " using:t length:a prefix:t with_parser:t " },
  { "mariadb", "Table", " *:a " },
  { "mariadb", "PrimaryKeyConstraint", " using:t " },
  { "mariadb", "Index", " using:t length:a prefix:t with_parser:t " },
  { "sqlite", "Table", " autoincrement:f with_rowid:f strict:f " },
  { "sqlite", "Index", " where:e " },
  { "sqlite", "Column", " on_conflict_primary_key:t on_conflict_not_null:t on_conflict_unique:t " },
  { "sqlite", "Constraint", " on_conflict:t " },
  { "mssql", "PrimaryKeyConstraint", " clustered:f " },
  { "mssql", "UniqueConstraint", " clustered:f " },
  { "mssql", "Index", " clustered:f include:n where:e columnstore:a " },
  { "mssql", "Column", " identity_start:a identity_increment:a " },
  { "oracle", "Table", " resolve_synonyms:f on_commit:t compress:a tablespace:t " },
  { "oracle", "Index", " bitmap:f compress:a vector:a " },
};

static gboolean
is_of (const char *class,
       const char *of)
{
  return class == NULL || g_str_equal (class, of)
         || (g_str_equal (of, "Constraint") && g_str_has_suffix (class, "Constraint"));
}

/* The letter; '\0': no such option; '?': nobody knows the dialect, which SQLAlchemy only warns of. */
static char
find_kind (const char *class,
           const char *keyword,
           const char *split)
{
  g_autofree char *dialect = g_strndup (keyword, split - keyword);
  g_autofree char *word = g_strdup_printf (" %s:", split + 1);
  gboolean is_known = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      const char *found;

      if (!g_str_equal (known[i].dialect, dialect))
        continue;
      is_known = TRUE;
      if (!is_of (class, known[i].class))
        continue;
      if ((found = strstr (known[i].names, word)) != NULL)
        return found[strlen (word)];
      if (known[i].names[1] == '*')
        return 'a';
    }

  return is_known ? '\0' : '?';
}

static gboolean
add_word (Machine   *py,
          GPtrArray *words,
          Value     *value)
{
  Value *text = strata_py_to_str (py, value);

  if (text == NULL)
    return FALSE;
  g_ptr_array_add (words, (char *) strata_sa_intern (py, strata_py_value_get_text (text, NULL)));

  return TRUE;
}

static gboolean
read_map (Machine      *py,
          Dict         *map,
          StrataOption *option)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new ();
  guint position = 0;
  Value *key, *value;

  while (strata_py_dict_next (map, &position, &key, &value))
    if (!add_word (py, words, key) || !add_word (py, words, value))
      return FALSE;
  option->words = strata_sa_end_list (py, words);

  return TRUE;
}

static gboolean
read_as (Machine      *py,
         Value        *value,
         char          kind,
         StrataOption *option)
{
  StrataPyValueKind form = strata_py_value_get_kind (value);

  switch (kind)
    {
    case 'f':
      option->flag = strata_py_truth (py, value) == 1;
      return !strata_py_has_failed (py);
    case 'e':
      option->expression = strata_sa_coerce_text (py, value);
      return option->expression != NULL;
    case 'n':
      if (form == STRATA_PY_VALUE_STR)
        {
          Value *list = strata_py_list (py, &value, 1);

          return list != NULL && strata_sa_read_names (py, list, &option->words);
        }
      return strata_sa_read_names (py, value, &option->words);
    case 'm':
      return form == STRATA_PY_VALUE_DICT && read_map (py, (Dict *) value, option);
    default:
      if (form == STRATA_PY_VALUE_DICT)
        return read_map (py, (Dict *) value, option);
      if (form != STRATA_PY_VALUE_STR && form != STRATA_PY_VALUE_INT && form != STRATA_PY_VALUE_BOOL
          && form != STRATA_PY_VALUE_FLOAT)
        return FALSE;
      option->flag = strata_py_truth (py, value) == 1;
      value = strata_py_to_str (py, value);
      option->text = value != NULL ? strata_sa_intern (py, strata_py_value_get_text (value, NULL)) : NULL;
      return option->text != NULL;
    }
}

static gboolean
read_option (Machine     *py,
             const char  *class,
             const char  *keyword,
             Value       *value,
             GPtrArray   *options)
{
  const char *split = *keyword != '\0' ? strchr (keyword + 1, '_') : NULL;
  StrataOption *option;
  char kind;

  if (split == NULL || split[1] == '\0')
    return strata_py_raise (py, "TypeError", "Additional arguments should be named <dialectname>_<argument>, got '%s'",
                            keyword) != NULL;

  kind = find_kind (class, keyword, split);
  if (kind == '\0' && class == NULL)
    return strata_sa_raise (py, "ArgumentError", "Argument '%s' is not accepted by dialect '%.*s'", keyword,
                            (int) (split - keyword), keyword) != NULL;
  if (kind == '\0')
    return strata_sa_raise (py, "ArgumentError",
                            "Argument '%s' is not accepted by dialect '%.*s' on behalf of <class "
                            "'sqlalchemy.sql.schema.%s'>", keyword, (int) (split - keyword), keyword, class) != NULL;
  if (kind == '?' || strata_py_is_none (value))
    return TRUE;

  option = strata_py_alloc (py, sizeof *option);
  if (option == NULL)
    return FALSE;
  option->name = strata_sa_intern (py, keyword);
  if (!read_as (py, value, kind, option))
    return strata_py_has_failed (py) ? FALSE : strata_py_refuse (py, "this value of “%s” is not known here", keyword) != NULL;
  g_ptr_array_add (options, option);

  return TRUE;
}

gboolean
strata_sa_read_options_of (Machine                      *py,
                           const char                   *class,
                           Dict                         *keywords,
                           const StrataOption * const  **options)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new ();
  guint position = 0;
  Value *key, *value;

  *options = NULL;
  while (keywords != NULL && strata_py_dict_next (keywords, &position, &key, &value))
    if (!read_option (py, class, strata_py_value_get_text (key, NULL), value, list))
      return FALSE;
  if (list->len > 0)
    *options = strata_sa_end_list (py, list);

  return !strata_py_has_failed (py);
}

gboolean
strata_sa_read_options (Machine                      *py,
                        Dict                         *keywords,
                        const StrataOption * const  **options)
{
  return strata_sa_read_options_of (py, NULL, keywords, options);
}

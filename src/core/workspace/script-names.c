/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/script-names.h"

#include <string.h>

#include "core/alembic/directive.h"

/* What migrations are written with; what each takes is what it takes where they are evaluated. */
static const char sqlalchemy[] =
  "ARRAY BIGINT BLOB BOOLEAN BigInteger Boolean CHAR CLOB CheckConstraint Column Computed DATE DATETIME DDL DECIMAL DOUBLE "
  "DOUBLE_PRECISION Date DateTime DefaultClause Double Enum FLOAT FetchedValue Float ForeignKey ForeignKeyConstraint INTEGER Identity "
  "Index Integer Interval JSON LargeBinary MetaData NCHAR NUMERIC NVARCHAR Numeric PickleType PrimaryKeyConstraint REAL SMALLINT "
  "Sequence SmallInteger String TEXT TIME TIMESTAMP Table Text Time TypeDecorator UUID Unicode UnicodeText UniqueConstraint Uuid VARBINARY "
  "VARCHAR all_ and_ any_ asc between bindparam case cast collate column delete desc distinct except_ except_all exists extract "
  "false func insert inspect intersect intersect_all join literal literal_column not_ null nulls_first nulls_last or_ "
  "outerjoin select table text true tuple_ type_coerce union union_all update";
static const char postgresql[] =
  "ARRAY BIT BYTEA CIDR CITEXT DATEMULTIRANGE DATERANGE DOMAIN DOUBLE_PRECISION ENUM ExcludeConstraint HSTORE INET INT4MULTIRANGE "
  "INT4RANGE INT8MULTIRANGE INT8RANGE INTERVAL JSON JSONB MACADDR MACADDR8 MONEY NUMMULTIRANGE NUMRANGE OID REGCLASS TIME TIMESTAMP "
  "TSMULTIRANGE TSQUERY TSRANGE TSTZMULTIRANGE TSTZRANGE TSVECTOR UUID aggregate_order_by array insert";

static void
add_natives (GArray               *names,
             const StrataPyNative *natives)
{
  for (; natives->name != NULL; natives++)
    {
      const StrataScriptName name = { natives->name, natives->parameters };

      g_array_append_val (names, name);
    }
}

static void
add_directives (GArray *names)
{
  const StrataPyNative *tables[] = {
    strata_op_table_functions, strata_op_column_functions, strata_op_constraint_functions, strata_op_index_functions,
    strata_op_data_functions, strata_op_batch_functions, strata_op_context_functions,
  };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    add_natives (names, tables[i]);
}

static void
add_words (GArray            *names,
           StrataSaNamespace  where,
           const char        *list)
{
  static const StrataPyHost host = { NULL, NULL };
  StrataSa sa = { .dialect = STRATA_DIALECT_POSTGRESQL, .is_offline = TRUE };
  g_autoptr(StrataPyMachine) py = strata_py_machine_new (&host, &sa);
  g_auto(GStrv) words = g_strsplit (list, " ", -1);

  strata_sa_init (&sa, py);
  for (guint i = 0; words[i] != NULL; i++)
    {
      StrataScriptName name = { g_intern_string (words[i]), NULL };

      if (strata_sa_find_parameters (py, where, words[i], &name.parameters))
        g_array_append_val (names, name);
    }
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const char *first = ((const StrataScriptName *) a)->name;
  const char *second = ((const StrataScriptName *) b)->name;
  int order = g_ascii_strcasecmp (first, second);

  return order != 0 ? order : strcmp (first, second);
}

static StrataScriptName *
collect (StrataScriptModule module)
{
  GArray *names = g_array_new (TRUE, FALSE, sizeof (StrataScriptName));

  if (module == STRATA_SCRIPT_OP)
    add_directives (names);
  else if (module == STRATA_SCRIPT_BATCH)
    add_natives (names, strata_batch_methods);
  else if (module == STRATA_SCRIPT_SQLALCHEMY)
    add_words (names, STRATA_SA_ROOT, sqlalchemy);
  else
    add_words (names, STRATA_SA_POSTGRESQL, postgresql);
  g_array_sort (names, compare_names);

  return (StrataScriptName *) g_array_free (names, FALSE);
}

gboolean
strata_script_find_module (const char         *name,
                           gsize               length,
                           StrataScriptModule *module)
{
  g_autofree char *word = g_strndup (name, length);

  if (g_str_equal (word, "op"))
    *module = STRATA_SCRIPT_OP;
  else if (g_str_equal (word, "batch_op"))
    *module = STRATA_SCRIPT_BATCH;
  else if (g_str_equal (word, "sa") || g_str_equal (word, "sqlalchemy"))
    *module = STRATA_SCRIPT_SQLALCHEMY;
  else if (g_str_equal (word, "postgresql"))
    *module = STRATA_SCRIPT_POSTGRESQL;
  else
    return FALSE;

  return TRUE;
}

const StrataScriptName *
strata_script_list_names (StrataScriptModule module)
{
  static gsize lists[STRATA_SCRIPT_N_MODULES];

  if (g_once_init_enter (&lists[module]))
    g_once_init_leave (&lists[module], (gsize) collect (module));

  return (const StrataScriptName *) lists[module];
}

/* Those for its own use begin with a line; those with "*" before them take any number, and have no name of their own. */
static gboolean
is_named (const char *part)
{
  return *part != '\0' && *part != '*' && *part != '/' && *part != '_';
}

static GStrv
split_parameters (const char *parameters)
{
  GStrv parts = g_strsplit (parameters != NULL ? parameters : "", ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_strstrip (parts[i]);
      parts[i][strcspn (parts[i], "=")] = '\0';
    }

  return parts;
}

static GStrv
dup_named (const StrataScriptName *self)
{
  g_auto(GStrv) parts = split_parameters (self->parameters);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (is_named (parts[i]))
      g_strv_builder_add (builder, parts[i]);

  return g_strv_builder_end (builder);
}

GStrv
strata_script_dup_keyword_arguments (const char *call)
{
  const char *dot = strchr (call, '.');
  StrataScriptModule module;

  if (dot == NULL || !strata_script_find_module (call, dot - call, &module))
    return NULL;
  for (const StrataScriptName *name = strata_script_list_names (module); name->name != NULL; name++)
    if (g_str_equal (name->name, dot + 1))
      return dup_named (name);

  return NULL;
}

char *
strata_script_name_dup_signature (const StrataScriptName *self)
{
  g_auto(GStrv) parts = split_parameters (self->parameters);
  g_autoptr(GString) text = g_string_new ("(");

  if (self->parameters == NULL)
    return NULL;
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0' && *parts[i] != '_')
      g_string_append_printf (text, "%s%s", text->len > 1 ? ", " : "", parts[i]);

  return g_string_free (g_string_append_c (g_steal_pointer (&text), ')'), FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/backend.h"
#include "core/sqlalchemy/connection.h"
#include "core/sqlalchemy/element.h"
#include "core/sqlalchemy/type-forms.h"

/* What is a type of its own in the database: create() and drop() of enumerations, and domains. */

/* The text of text(); what has parameters is no text. */
static gboolean
read_sql (StrataPyMachine  *py,
          StrataPyValue    *value,
          const char      **text)
{
  const StrataExpression *expression;

  *text = NULL;
  if (value == NULL || strata_py_is_none (value))
    return TRUE;
  if (strata_py_value_get_kind (value) == STRATA_PY_VALUE_STR)
    {
      *text = strata_py_value_get_text (value, NULL);
    }
  else
    {
      expression = strata_sa_get_expression (py, value);
      if (expression == NULL || expression->kind != STRATA_EXPRESSION_TEXT)
        return strata_py_has_failed (py) ? FALSE : strata_py_refuse (py, "the SQL of a domain is a “%s”",
                                                                     strata_py_value_get_class_name (value)) != NULL;
      *text = expression->name;
    }

  if (g_regex_match_simple ("\\\\:|(?<![:\\w\\\\]):\\w", *text, 0, 0))
    return strata_py_refuse (py, "the SQL of a domain has a colon") != NULL;

  return TRUE;
}

/* A string is a value, text() an expression. */
static gboolean
read_default (StrataPyMachine  *py,
              StrataPyValue    *value,
              const char      **text)
{
  g_auto(GStrv) parts = NULL;
  g_autofree char *doubled = NULL;
  g_autofree char *quoted = NULL;

  if (value == NULL || strata_py_value_get_kind (value) != STRATA_PY_VALUE_STR)
    return read_sql (py, value, text);
  parts = g_strsplit (strata_py_value_get_text (value, NULL), "'", -1);
  doubled = g_strjoinv ("''", parts);
  quoted = g_strconcat ("'", doubled, "'", NULL);
  *text = strata_sa_intern (py, quoted);

  return *text != NULL;
}

static gboolean
fill_domain (StrataPyMachine       *py,
             StrataSaTypeInstance  *self,
             StrataPyValue        **arguments)
{
  StrataType *type = &self->object.type;
  StrataDomain *domain = strata_py_alloc (py, sizeof (StrataDomain));
  StrataSaTypeInstance *item = domain != NULL ? strata_sa_to_type (py, arguments[1]) : NULL;
  StrataPyDict *options = (StrataPyDict *) arguments[8];
  gboolean creates;

  if (item == NULL)
    return FALSE;
  self->arguments[1] = &item->object.base;
  type->item = strata_sa_read_type (py, &item->object.base);
  type->domain = domain;
  if (type->item == NULL
      || !strata_sa_read_text (py, arguments[0], &type->name)
      || !strata_sa_read_text (py, arguments[2], &type->collation)
      || !read_default (py, arguments[3], &domain->default_text)
      || !strata_sa_read_text (py, arguments[4], &domain->constraint_name)
      || !strata_sa_read_flag (py, arguments[5], FALSE, &domain->is_not_null)
      || !read_sql (py, arguments[6], &domain->check_text)
      || !strata_sa_read_flag (py, arguments[7], TRUE, &creates)
      || !strata_sa_read_text (py, strata_py_dict_get_name (options, "schema"), &type->values.schema))
    return FALSE;
  type->values.is_made_elsewhere = !creates || strata_py_dict_get_name (options, "metadata") != NULL;

  return TRUE;
}

const StrataSaTypeForm strata_sa_form_postgresql_domain = {
  "name, data_type, *, collation=, default=, constraint_name=, not_null=, check=, create_type=, **kw", "NNNNNFNT-", fill_domain
};

/* A type that the server has not, or that is text there, is none that could be made. */
static gboolean
is_made_by (const StrataSa   *sa,
            const StrataType *type)
{
  return sa->dialect == STRATA_DIALECT_POSTGRESQL && !type->is_not_native
         && (type->kind == STRATA_TYPE_ANY_ENUM || type->kind == STRATA_TYPE_ENUM || type->kind == STRATA_TYPE_DOMAIN);
}

static void
append_literal (GString    *text,
                const char *value)
{
  g_string_append_c (text, '\'');
  for (; *value != '\0'; value++)
    {
      if (*value == '\'')
        g_string_append_c (text, '\'');
      if (*value == ':')
        g_string_append_c (text, '\\');
      g_string_append_c (text, *value);
    }
  g_string_append_c (text, '\'');
}

/* Whether the database has a type of that name. */
static gboolean
has_type (StrataPyMachine  *py,
          const StrataType *type,
          gboolean         *is_there)
{
  g_autoptr(GString) text = g_string_new ("SELECT 1 FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = "
                                          "t.typnamespace WHERE t.typname = ");
  StrataExpression *query = strata_py_alloc (py, sizeof (StrataExpression));
  const StrataSaRows *rows;

  append_literal (text, type->name != NULL ? type->name : "");
  if (type->values.schema != NULL)
    {
      g_string_append (text, " AND n.nspname = ");
      append_literal (text, type->values.schema);
    }
  else
    {
      g_string_append (text, " AND pg_catalog.pg_type_is_visible(t.oid)");
    }
  if (query == NULL)
    return FALSE;
  query->kind = STRATA_EXPRESSION_TEXT;
  query->name = strata_sa_intern (py, text->str);
  rows = query->name != NULL ? strata_sa_get (py)->backend->query (py, &(StrataExecute) { .expression = query }) : NULL;
  *is_there = rows != NULL && rows->n_rows > 0;

  return rows != NULL;
}

/* checkfirst= asks the database, which only is possible online. */
static gboolean
is_needed (StrataPyMachine       *py,
           const StrataOperation *operation,
           gboolean              *answer)
{
  gboolean is_there;

  *answer = TRUE;
  if (!operation->is_tolerant || strata_sa_get (py)->is_offline)
    return TRUE;
  if (!strata_sa_need_database (py, "checkfirst=True") || !has_type (py, operation->type, &is_there))
    return FALSE;
  *answer = is_there == (operation->kind == STRATA_OPERATION_DROP_TYPE);

  return TRUE;
}

static StrataPyValue *
emit (StrataPyMachine      *py,
      StrataPyValue        *self,
      StrataPyValue       **arguments,
      StrataOperationKind   kind)
{
  StrataSa *sa = strata_sa_get (py);
  const StrataType *type = strata_sa_read_type (py, self);
  StrataOperation *operation = strata_py_alloc (py, sizeof (StrataOperation));
  gboolean does_emit;
  gboolean checks_by_itself = type != NULL && type->kind != STRATA_TYPE_ANY_ENUM;

  if (type == NULL || operation == NULL)
    return NULL;
  if (strata_py_value_get_opaque_name (arguments[0]) != NULL)
    return strata_py_refuse_opaque (py, arguments[0], "is a connection");
  if (strata_py_find_attribute (py, arguments[0], "dialect") == NULL)
    return strata_py_has_failed (py) ? NULL
           : strata_py_raise (py, "AttributeError", "'%s' object has no attribute 'dialect'",
                              strata_py_value_get_class_name (arguments[0]));
  if (!is_made_by (sa, type))
    return strata_py_none (py);
  if (sa->backend == NULL)
    return strata_py_refuse (py, "a type is made where there is no database");

  operation->kind = kind;
  operation->type = type;
  if (!strata_sa_read_flag (py, arguments[1], checks_by_itself, &operation->is_tolerant)
      || !is_needed (py, operation, &does_emit)
      || (does_emit && !sa->backend->emit (py, operation)))
    return NULL;

  return strata_py_none (py);
}

static StrataPyValue *
create_type (StrataPyMachine  *py,
             StrataPyValue    *self,
             StrataPyValue   **arguments)
{
  return emit (py, self, arguments, STRATA_OPERATION_CREATE_TYPE);
}

static StrataPyValue *
drop_type (StrataPyMachine  *py,
           StrataPyValue    *self,
           StrataPyValue   **arguments)
{
  return emit (py, self, arguments, STRATA_OPERATION_DROP_TYPE);
}

const StrataPyNative strata_sa_named_type_methods[] = {
  { "create", "bind, checkfirst=", create_type },
  { "drop", "bind, checkfirst=", drop_type },
  { NULL }
};

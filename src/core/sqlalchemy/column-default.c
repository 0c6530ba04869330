/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/item-private.h"

/* What the server fills in: server_default= in all its forms. */

static StrataSaDefault *
new_default (Machine *py,
             Value   *class)
{
  return strata_py_host_object (py, (Class *) class, sizeof (StrataSaDefault));
}

static const StrataExpression *
literal_default (Machine *py,
                 Value   *text)
{
  StrataExpression *self = strata_sa_new_expression (py, STRATA_EXPRESSION_VALUE);
  StrataValue *value = strata_py_alloc (py, sizeof *value);

  if (self == NULL || value == NULL)
    return NULL;
  value->kind = STRATA_VALUE_STRING;
  value->text = strata_sa_intern (py, strata_py_value_get_text (text, &value->length));
  self->value = value;

  return self;
}

gboolean
strata_sa_read_default (Machine       *py,
                        Value         *value,
                        StrataDefault *result)
{
  *result = (StrataDefault) { NULL };
  if (strata_sa_is (py, value, STRATA_SA_FETCHED_VALUE))
    {
      *result = ((StrataSaDefault *) value)->value;
      return TRUE;
    }
  if (strata_py_value_get_kind (value) == STRATA_PY_VALUE_STR)
    {
      result->expression = literal_default (py, value);
      return result->expression != NULL;
    }
  if (strata_py_value_get_kind (value) == STRATA_PY_VALUE_OPAQUE)
    return strata_py_refuse (py, "“%s”, which is a default of the server here, is not known",
                             strata_py_value_get_opaque_name (value)) != NULL;

  result->expression = strata_sa_get_expression (py, value);
  if (result->expression == NULL && !strata_py_has_failed (py) && strata_sa_get_query (py, value) != NULL)
    return strata_py_refuse (py, "a query as a default of the server is not known here") != NULL;
  if (result->expression == NULL && !strata_py_has_failed (py))
    strata_sa_raise (py, "ArgumentError",
                     "Argument 'arg' is expected to be one of type '<class 'str'>' or '<class "
                     "'sqlalchemy.sql.elements.ClauseElement'>' or '<class 'sqlalchemy.sql.elements.TextClause'>', got "
                     "'<class '%s'>'", strata_py_value_get_class_name (value));

  return result->expression != NULL;
}

static Value *
new_fetched_value (Machine *py,
                   Value   *class,
                   Value  **arguments)
{
  StrataSaDefault *self = new_default (py, class);

  self->is_for_update = arguments[0] != NULL && strata_py_truth (py, arguments[0]) == 1;

  return &self->base;
}

static Value *
new_default_clause (Machine *py,
                    Value   *class,
                    Value  **arguments)
{
  StrataSaDefault *self = new_default (py, class);

  self->is_for_update = arguments[1] != NULL && strata_py_truth (py, arguments[1]) == 1;

  return strata_sa_read_default (py, arguments[0], &self->value) ? &self->base : NULL;
}

static Value *
new_computed (Machine *py,
              Value   *class,
              Value  **arguments)
{
  StrataSaDefault *self = new_default (py, class);

  self->computed.expression = strata_sa_coerce_text (py, arguments[0]);
  if (self->computed.expression == NULL)
    return NULL;
  if (GIVEN (arguments[1]))
    self->computed.is_persisted = strata_py_truth (py, arguments[1]) == 1 ? STRATA_YES : STRATA_NO;
  self->value.computed = &self->computed;

  return &self->base;
}

static gboolean
read_number (Machine     *py,
             Value       *value,
             const char **text)
{
  gint64 number;

  *text = NULL;
  if (!GIVEN (value))
    return TRUE;
  if (!strata_py_value_get_int (value, &number))
    return strata_py_refuse (py, "a setting of a sequence that is a “%s” is not known here",
                             strata_py_value_get_class_name (value)) != NULL;
  value = strata_py_to_str (py, value);
  *text = value != NULL ? strata_sa_intern (py, strata_py_value_get_text (value, NULL)) : NULL;

  return *text != NULL;
}

/* start, increment, minvalue, maxvalue, nominvalue, nomaxvalue, cycle, cache, order */
gboolean
strata_sa_read_identity (Machine        *py,
                         Value         **arguments,
                         StrataIdentity *identity)
{
  if (!read_number (py, arguments[0], &identity->start) || !read_number (py, arguments[1], &identity->increment)
      || !read_number (py, arguments[2], &identity->minvalue) || !read_number (py, arguments[3], &identity->maxvalue)
      || !read_number (py, arguments[7], &identity->cache))
    return FALSE;

  identity->has_no_minvalue = GIVEN (arguments[4]);
  identity->has_no_maxvalue = GIVEN (arguments[5]);
  if (GIVEN (arguments[6]))
    identity->cycles = strata_py_truth (py, arguments[6]) == 1 ? STRATA_YES : STRATA_NO;

  return !strata_py_has_failed (py);
}

static Value *
new_identity (Machine *py,
              Value   *class,
              Value  **arguments)
{
  StrataSaDefault *self = new_default (py, class);

  self->identity.is_always = arguments[0] != NULL && strata_py_truth (py, arguments[0]) == 1;
  if (!strata_sa_read_identity (py, arguments + 2, &self->identity))
    return NULL;
  self->value.identity = &self->identity;

  return &self->base;
}

static Value *
get_default_attribute (Machine    *py,
                       Value      *value,
                       const char *name)
{
  StrataSaDefault *self = (StrataSaDefault *) value;

  if ((g_str_equal (name, "arg") || g_str_equal (name, "sqltext")) && (self->value.expression != NULL || self->value.computed != NULL))
    return strata_sa_wrap_expression (py, self->value.expression != NULL ? self->value.expression : self->computed.expression);
  if (g_str_equal (name, "always") && self->value.identity != NULL)
    return strata_py_bool (py, self->identity.is_always);

  return NULL;
}

static const StrataPySlots fetched_value_slots = {
  .name = "FetchedValue",
  .lacking = " for_update column reflected persisted start increment minvalue maxvalue cycle cache order on_null copy _copy ",
  .parameters = "for_update=",
  .construct = new_fetched_value,
  .get_attribute = get_default_attribute,
};

static const StrataPySlots default_clause_slots = {
  .name = "DefaultClause",
  .parameters = "arg, for_update=, _reflected=",
  .construct = new_default_clause,
};

static const StrataPySlots computed_slots = {
  .name = "Computed",
  .parameters = "sqltext, persisted=",
  .construct = new_computed,
};

static const StrataPySlots identity_slots = {
  .name = "Identity",
  .parameters = "always=, on_null=, start=, increment=, minvalue=, maxvalue=, nominvalue=, nomaxvalue=, cycle=, cache=, order=",
  .construct = new_identity,
};

void
strata_sa_add_defaults (Machine *py)
{
  StrataSa *sa = strata_sa_get (py);
  Class *clause;

  sa->classes[STRATA_SA_FETCHED_VALUE] = strata_py_class (py, &fetched_value_slots, NULL);
  clause = strata_py_class (py, &default_clause_slots, sa->classes[STRATA_SA_FETCHED_VALUE]);
  sa->classes[STRATA_SA_COMPUTED] = strata_py_class (py, &computed_slots, sa->classes[STRATA_SA_FETCHED_VALUE]);
  sa->classes[STRATA_SA_IDENTITY] = strata_py_class (py, &identity_slots, sa->classes[STRATA_SA_FETCHED_VALUE]);

  strata_sa_export (py, STRATA_SA_ROOT, "FetchedValue", (Value *) sa->classes[STRATA_SA_FETCHED_VALUE]);
  strata_sa_export (py, STRATA_SA_ROOT, "DefaultClause", (Value *) clause);
  strata_sa_export (py, STRATA_SA_ROOT, "Computed", (Value *) sa->classes[STRATA_SA_COMPUTED]);
  strata_sa_export (py, STRATA_SA_ROOT, "Identity", (Value *) sa->classes[STRATA_SA_IDENTITY]);
}

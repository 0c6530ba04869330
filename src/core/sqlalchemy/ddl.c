/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/operate.h"
#include "core/sqlalchemy/ddl.h"
#include "core/sqlalchemy/from.h"
#include "core/sqlalchemy/table.h"

#include <string.h>

const StrataOperation *
strata_sa_get_operation (Machine *py,
                         Value   *value)
{
  return strata_sa_is (py, value, STRATA_SA_DDL) ? ((StrataSaDdl *) value)->operation : NULL;
}

/* NULL: what it leaves open is only known to the table that it is listened for. */
static char *
drop_percents (const char *statement)
{
  g_auto(GStrv) percents = g_strsplit (statement, "%%", -1);

  for (guint i = 0; percents[i] != NULL; i++)
    if (strchr (percents[i], '%') != NULL)
      return NULL;

  return g_strjoinv ("%", percents);
}

/* The statement is formatted with "%" as Python does, and has no parameters. */
static Value *
construct_ddl (Machine *py,
               Value   *class,
               Value  **arguments)
{
  StrataSaDdl *self = strata_py_host_object (py, (Class *) class, sizeof (StrataSaDdl));
  StrataOperation *operation = strata_py_alloc (py, sizeof (StrataOperation));
  Expression *text = strata_sa_new_expression (py, STRATA_EXPRESSION_TEXT);
  Value *statement = arguments[0];
  g_auto(GStrv) colons = NULL;
  g_autofree char *joined = NULL, *escaped = NULL;

  if (strata_py_value_get_kind (statement) != STRATA_PY_VALUE_STR)
    return strata_sa_raise (py, "ArgumentError", "Expected a string or unicode SQL statement, got %s",
                            strata_py_value_get_text (strata_py_to_repr (py, statement), NULL));
  if (GIVEN (arguments[1]) && strata_py_value_get_opaque_name (arguments[1]) != NULL)
    return strata_py_refuse_opaque (py, arguments[1], "is filled into DDL()");

  if (GIVEN (arguments[1]) && strata_py_truth (py, arguments[1]) == 1)
    {
      statement = strata_py_binary (py, STRATA_PY_PERCENT, statement, arguments[1]);
      if (statement == NULL)
        return NULL;
      joined = g_strdup (strata_py_value_get_text (statement, NULL));
    }
  else
    joined = drop_percents (strata_py_value_get_text (statement, NULL));
  if (joined == NULL)
    return strata_py_refuse (py, "what DDL() fills in for “%%” is not known here");

  colons = g_strsplit (joined, ":", -1);
  escaped = g_strjoinv ("\\:", colons);
  text->name = strata_sa_intern (py, escaped);
  operation->kind = STRATA_OPERATION_EXECUTE;
  operation->execute.expression = text;
  self->operation = operation;

  return &self->base;
}

static Value *
new_operation (Machine             *py,
               Value               *class,
               StrataOperationKind  kind,
               Value               *tolerant,
               StrataOperation    **operation)
{
  StrataSaDdl *self = strata_py_host_object (py, (Class *) class, sizeof (StrataSaDdl));

  *operation = strata_py_alloc (py, sizeof (StrataOperation));
  (*operation)->kind = kind;
  (*operation)->is_tolerant = GIVEN (tolerant) && strata_py_truth (py, tolerant) == 1;
  self->operation = *operation;

  return &self->base;
}

static Value *
change_sequence (Machine             *py,
                 Value               *class,
                 Value              **arguments,
                 StrataOperationKind  kind)
{
  StrataSaSequence *sequence = (StrataSaSequence *) arguments[0];
  StrataOperation *operation;
  Value *self = new_operation (py, class, kind, arguments[1], &operation);

  if (!strata_sa_is (py, arguments[0], STRATA_SA_SEQUENCE))
    return strata_py_refuse (py, "this sequence is not known here");
  operation->schema = sequence->schema;
  operation->sequence.name = sequence->name;
  operation->sequence.settings = &sequence->settings;
  if (GIVEN (sequence->type) && (operation->sequence.type = strata_sa_read_type (py, sequence->type)) == NULL)
    return NULL;

  return self;
}

static Value *
construct_create_sequence (Machine *py,
                           Value   *class,
                           Value  **arguments)
{
  return change_sequence (py, class, arguments, STRATA_OPERATION_CREATE_SEQUENCE);
}

static Value *
construct_drop_sequence (Machine *py,
                         Value   *class,
                         Value  **arguments)
{
  return change_sequence (py, class, arguments, STRATA_OPERATION_DROP_SEQUENCE);
}

static Value *
change_schema (Machine             *py,
               Value               *class,
               Value               *name,
               Value               *tolerant,
               StrataOperationKind  kind,
               StrataOperation    **operation)
{
  Value *self = new_operation (py, class, kind, tolerant, operation);

  (*operation)->schema_change.name = strata_sa_intern (py, strata_py_value_get_text (name, NULL));

  return (*operation)->schema_change.name != NULL ? self : strata_py_refuse (py, "the name of this schema is not known here");
}

static Value *
construct_create_schema (Machine *py,
                         Value   *class,
                         Value  **arguments)
{
  StrataOperation *operation;

  return change_schema (py, class, arguments[0], arguments[1], STRATA_OPERATION_CREATE_SCHEMA, &operation);
}

static Value *
construct_drop_schema (Machine *py,
                       Value   *class,
                       Value  **arguments)
{
  StrataOperation *operation;
  Value *self = change_schema (py, class, arguments[0], arguments[2], STRATA_OPERATION_DROP_SCHEMA, &operation);

  if (self != NULL)
    operation->schema_change.is_cascade = GIVEN (arguments[1]) && strata_py_truth (py, arguments[1]) == 1;

  return self;
}

static Value *
construct_create_table (Machine *py,
                        Value   *class,
                        Value  **arguments)
{
  StrataOperation *operation;
  Value *self = new_operation (py, class, STRATA_OPERATION_CREATE_TABLE, arguments[2], &operation);

  if (!strata_sa_is (py, arguments[0], STRATA_SA_TABLE) || GIVEN (arguments[1]))
    return strata_py_refuse (py, "this CreateTable() is not known here");

  return strata_sa_read_create_alone (py, arguments[0], operation) ? self : NULL;
}

static Value *
construct_drop_table (Machine *py,
                      Value   *class,
                      Value  **arguments)
{
  StrataSaTable *table = (StrataSaTable *) arguments[0];
  StrataOperation *operation;
  Value *self = new_operation (py, class, STRATA_OPERATION_DROP_TABLE, arguments[1], &operation);

  if (!strata_sa_is (py, arguments[0], STRATA_SA_TABLE))
    return strata_py_refuse (py, "this DropTable() is not known here");
  operation->schema = table->schema;
  operation->table = table->name;

  return self;
}

static Value *
change_index (Machine             *py,
              Value               *class,
              Value              **arguments,
              StrataOperationKind  kind)
{
  StrataOperation *operation;
  Value *self = new_operation (py, class, kind, arguments[1], &operation);

  if (!strata_sa_is (py, arguments[0], STRATA_SA_INDEX))
    return strata_py_refuse (py, "this index is not known here");

  return strata_sa_read_index_operation (py, arguments[0], operation) ? self : NULL;
}

static Value *
construct_create_index (Machine *py,
                        Value   *class,
                        Value  **arguments)
{
  return change_index (py, class, arguments, STRATA_OPERATION_CREATE_INDEX);
}

static Value *
construct_drop_index (Machine *py,
                      Value   *class,
                      Value  **arguments)
{
  return change_index (py, class, arguments, STRATA_OPERATION_DROP_INDEX);
}

static const StrataPySlots executable_slots = { .name = "ExecutableDDLElement" };

static const StrataPySlots ddl_slots = {
  .name = "DDL",
  .lacking = " execute_if against ",
  .parameters = "statement, context=",
  .construct = construct_ddl,
};

static const StrataPySlots statements[] = {
  { .name = "CreateTable", .parameters = "element, include_foreign_key_constraints=, if_not_exists=",
    .construct = construct_create_table },
  { .name = "DropTable", .parameters = "element, if_exists=", .construct = construct_drop_table },
  { .name = "CreateIndex", .parameters = "element, if_not_exists=", .construct = construct_create_index },
  { .name = "DropIndex", .parameters = "element, if_exists=", .construct = construct_drop_index },
  { .name = "CreateSequence", .parameters = "element, if_not_exists=", .construct = construct_create_sequence },
  { .name = "DropSequence", .parameters = "element, if_exists=", .construct = construct_drop_sequence },
  { .name = "CreateSchema", .parameters = "name, if_not_exists=", .construct = construct_create_schema },
  { .name = "DropSchema", .parameters = "name, cascade=, if_exists=", .construct = construct_drop_schema },
};

void
strata_sa_add_ddl (Machine *py)
{
  StrataSa *sa = strata_sa_get (py);
  Class *base = strata_py_class (py, &executable_slots, NULL);

  sa->classes[STRATA_SA_DDL] = base;
  strata_sa_export (py, STRATA_SA_ROOT, "DDL", (Value *) strata_py_class (py, &ddl_slots, base));
  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    strata_sa_export (py, STRATA_SA_ROOT, statements[i].name, (Value *) strata_py_class (py, &statements[i], base));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/ddl.h"
#include "core/sqlalchemy/item-private.h"

static Value *
new_sequence (Machine *py,
              Value   *class,
              Value  **arguments)
{
  StrataSaSequence *self = strata_py_host_object (py, (Class *) class, sizeof *self);
  /* The order of a sequence's arguments is not that of an identity's: the schema stands among them. */
  Value *settings[] = { arguments[1], arguments[2], arguments[3], arguments[4], arguments[5], arguments[6], arguments[7],
                        arguments[9], arguments[10] };
  StrataSaMetadata *metadata = GIVEN (arguments[14]) && strata_sa_is (py, arguments[14], STRATA_SA_METADATA)
                                 ? (StrataSaMetadata *) arguments[14] : NULL;

  if (!strata_sa_expect_text (py, arguments[0], "name", &self->name) || !strata_sa_read_identity (py, settings, &self->settings)
      || !strata_sa_expect_text (py, arguments[8], "schema", &self->schema) || !strata_sa_refuse_quote (py, arguments[13])
      || !strata_sa_refuse_quote (py, arguments[15]))
    return NULL;
  if (self->schema == NULL && metadata != NULL)
    self->schema = metadata->schema;
  self->type = GIVEN (arguments[11]) ? arguments[11] : NULL;
  self->is_optional = arguments[12] != NULL && strata_py_truth (py, arguments[12]) == 1;
  if (metadata != NULL)
    strata_py_list_append (py, metadata->sequences, &self->base);

  return &self->base;
}

static Value *
next_value (Machine *py,
            Value   *value,
            Value  **arguments)
{
  StrataSaSequence *self = (StrataSaSequence *) value;
  StrataExpression *expression = strata_sa_new_expression (py, STRATA_EXPRESSION_NEXTVAL);

  if (expression == NULL)
    return NULL;
  expression->schema = self->schema;
  expression->name = self->name;

  return strata_sa_wrap_expression (py, expression);
}

/* -1: failed. */
static int
is_there (Machine          *py,
          StrataSaSequence *self)
{
  const StrataPicture *picture = strata_sa_get (py)->backend->get_picture (py, self->schema, NULL);
  const char *schema = picture == NULL ? NULL : self->schema != NULL ? self->schema : picture->default_schema;

  for (guint i = 0; picture != NULL && picture->sequences != NULL && picture->sequences[i] != NULL; i++)
    if (g_strcmp0 (picture->sequences[i]->schema, schema) == 0 && g_str_equal (picture->sequences[i]->name, self->name))
      return TRUE;

  return picture != NULL ? FALSE : -1;
}

static Value *
emit (Machine             *py,
      StrataSaSequence    *self,
      Value               *checkfirst,
      StrataOperationKind  kind)
{
  StrataOperation operation = { .kind = kind, .schema = self->schema };
  StrataSa *sa = strata_sa_get (py);
  gboolean is_wanted = kind == STRATA_OPERATION_CREATE_SEQUENCE;

  /* SQLite has none, and SQLAlchemy says nothing. */
  if (sa->dialect == STRATA_DIALECT_SQLITE)
    return strata_py_none (py);
  if (!sa->is_offline && (checkfirst == NULL || strata_py_truth (py, checkfirst) == 1))
    {
      int found = is_there (py, self);

      if (found < 0)
        return NULL;
      if (found == is_wanted)
        return strata_py_none (py);
    }

  operation.sequence.name = self->name;
  operation.sequence.settings = &self->settings;
  if (self->type != NULL && (operation.sequence.type = strata_sa_read_type (py, self->type)) == NULL)
    return NULL;

  return sa->backend->emit (py, &operation) ? strata_py_none (py) : NULL;
}

/* CreateSequence(sequence) and DropSequence(sequence), for op.execute(). */
static Value *
new_statement (Machine             *py,
               Value               *class,
               Value              **arguments,
               StrataOperationKind  kind)
{
  StrataSaDdl *self = strata_py_host_object (py, (Class *) class, sizeof *self);
  StrataOperation *operation = strata_py_alloc (py, sizeof *operation);
  StrataSaSequence *sequence = (StrataSaSequence *) arguments[0];

  if (self == NULL || operation == NULL)
    return NULL;
  if (!strata_sa_is (py, arguments[0], STRATA_SA_SEQUENCE))
    return strata_py_refuse (py, "this sequence is not known here");
  operation->kind = kind;
  operation->schema = sequence->schema;
  operation->sequence.name = sequence->name;
  operation->sequence.settings = &sequence->settings;
  operation->is_tolerant = arguments[1] != NULL && strata_py_truth (py, arguments[1]) == 1;
  if (sequence->type != NULL && (operation->sequence.type = strata_sa_read_type (py, sequence->type)) == NULL)
    return NULL;
  self->operation = operation;

  return &self->base;
}

static Value *
new_create_sequence (Machine *py,
                     Value   *class,
                     Value  **arguments)
{
  return new_statement (py, class, arguments, STRATA_OPERATION_CREATE_SEQUENCE);
}

static Value *
new_drop_sequence (Machine *py,
                   Value   *class,
                   Value  **arguments)
{
  return new_statement (py, class, arguments, STRATA_OPERATION_DROP_SEQUENCE);
}

static const StrataPySlots create_sequence_slots = {
  .name = "CreateSequence",
  .lacking = " execute_if against element ",
  .parameters = "element, *, if_not_exists=",
  .construct = new_create_sequence,
};

static const StrataPySlots drop_sequence_slots = {
  .name = "DropSequence",
  .lacking = " execute_if against element ",
  .parameters = "element, *, if_exists=",
  .construct = new_drop_sequence,
};

static Value *
create_sequence (Machine *py,
                 Value   *self,
                 Value  **arguments)
{
  return emit (py, (StrataSaSequence *) self, arguments[1], STRATA_OPERATION_CREATE_SEQUENCE);
}

static Value *
drop_sequence (Machine *py,
               Value   *self,
               Value  **arguments)
{
  return emit (py, (StrataSaSequence *) self, arguments[1], STRATA_OPERATION_DROP_SEQUENCE);
}

static Value *
get_sequence_attribute (Machine    *py,
                        Value      *value,
                        const char *name)
{
  StrataSaSequence *self = (StrataSaSequence *) value;

  if (g_str_equal (name, "name"))
    return strata_sa_wrap_text (py, self->name);
  if (g_str_equal (name, "schema"))
    return strata_sa_wrap_text (py, self->schema);
  if (g_str_equal (name, "optional"))
    return strata_py_bool (py, self->is_optional);

  return NULL;
}

static const StrataPyNative sequence_methods[] = {
  { "next_value", NULL, next_value },
  { "create", "bind, checkfirst=", create_sequence },
  { "drop", "bind, checkfirst=", drop_sequence },
  { NULL }
};

static const StrataPySlots sequence_slots = {
  .name = "Sequence",
  .methods = sequence_methods,
  .lacking = " start increment minvalue maxvalue nominvalue nomaxvalue cycle cache order data_type metadata info copy _copy ",
  .parameters = "name, start=, increment=, minvalue=, maxvalue=, nominvalue=, nomaxvalue=, cycle=, schema=, cache=, order=, "
                "data_type=, optional=, quote=, metadata=, quote_schema=, for_update=",
  .construct = new_sequence,
  .get_attribute = get_sequence_attribute,
};

void
strata_sa_add_sequences (Machine *py)
{
  Class *class = strata_py_class (py, &sequence_slots, NULL);
  Class *ddl = strata_sa_get (py)->classes[STRATA_SA_DDL];

  strata_sa_get (py)->classes[STRATA_SA_SEQUENCE] = class;
  strata_sa_export (py, STRATA_SA_ROOT, "CreateSequence", (Value *) strata_py_class (py, &create_sequence_slots, ddl));
  strata_sa_export (py, STRATA_SA_ROOT, "DropSequence", (Value *) strata_py_class (py, &drop_sequence_slots, ddl));
  strata_sa_export (py, STRATA_SA_ROOT, "Sequence", (Value *) class);
}

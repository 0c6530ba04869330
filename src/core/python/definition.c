/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/evaluate.h"
#include "core/python/slots.h"

#include <string.h>

static Signature *
define_signature (Machine            *py,
                  Frame              *frame,
                  const StrataPyNode *node)
{
  StrataPyList parameters = node->definition.parameters;
  Signature *self = strata_py_arena_new_struct (py->arena, Signature);

  self->parameters = strata_py_arena_alloc (py->arena, (parameters.length + 1) * sizeof (Parameter));
  for (guint i = 0; i < parameters.length; i++)
    {
      const StrataPyNode *node_of = parameters.items[i];
      Parameter *parameter = &self->parameters[self->n_parameters];

      parameter->name = node_of->parameter.name;
      if (node_of->op == STRATA_PY_DOUBLE_STAR)
        parameter->kind = 'd';
      else if (node_of->op == STRATA_PY_STAR)
        parameter->kind = '*';
      else if (node_of->flags & STRATA_PY_IS_KEYWORD_ONLY)
        parameter->kind = 'k';
      else if (node_of->flags & STRATA_PY_IS_POSITIONAL)
        parameter->kind = '/';

      /* The lone "*" and "/". */
      if (parameter->name == NULL)
        continue;
      if (node_of->parameter.value != NULL)
        {
          parameter->is_optional = TRUE;
          parameter->initial = strata_py_evaluate (py, frame, node_of->parameter.value);
          if (parameter->initial == NULL)
            return NULL;
        }
      self->n_parameters++;
    }

  return self;
}

static const char *
path_of (Machine    *py,
         Frame      *frame,
         const char *name)
{
  g_autofree char *path = NULL;

  if (frame->kind == FRAME_CLASS)
    {
      Str *outer = (Str *) strata_py_dict_get_name (frame->names, "__qualname__");

      if (IS_STR (&outer->base))
        path = g_strdup_printf ("%s.%s", outer->text, name);
    }
  else if (frame->function != NULL)
    path = g_strdup_printf ("%s.<locals>.%s", frame->function->path, name);

  return path != NULL ? strata_py_arena_strndup (py->arena, path, strlen (path)) : name;
}

/* From the one next to the definition outwards. */
static Value *
decorate (Machine            *py,
          Frame              *frame,
          const StrataPyNode *node,
          Value              *value,
          Value             **decorators)
{
  StrataPyList list = node->definition.extras != NULL ? node->definition.extras->decorators : (StrataPyList) { NULL };

  for (guint i = list.length; i > 0 && value != NULL; i--)
    {
      frame->node = list.items[i - 1];
      /* What an unknown decorator makes is not known, but that it is made does no harm. */
      if (IS_OPAQUE (decorators[i - 1]))
        value = strata_py_opaque (py, node->definition.name);
      else
        value = strata_py_call_values (py, decorators[i - 1], 1, value);
    }

  return value;
}

static gboolean
evaluate_decorators (Machine            *py,
                     Frame              *frame,
                     const StrataPyNode *node,
                     Value            ***decorators)
{
  StrataPyList list = node->definition.extras != NULL ? node->definition.extras->decorators : (StrataPyList) { NULL };

  *decorators = strata_py_arena_alloc (py->arena, (list.length + 1) * sizeof (Value *));
  for (guint i = 0; i < list.length; i++)
    if (((*decorators)[i] = strata_py_evaluate (py, frame, list.items[i])) == NULL)
      return FALSE;

  return TRUE;
}

/* Annotations are not evaluated: nothing here asks for them, and new versions of Python wait for that too. */
Value *
strata_py_define_function (Machine            *py,
                           Frame              *frame,
                           const StrataPyNode *node)
{
  Function *self = strata_py_new (py, STRATA_PY_VALUE_FUNCTION, sizeof (Function));
  const StrataPyNode *doc = node->definition.body.length > 0 ? node->definition.body.items[0] : NULL;
  Value **decorators;

  if (!evaluate_decorators (py, frame, node, &decorators))
    return NULL;

  self->definition = node;
  self->name = node->kind == STRATA_PY_NODE_LAMBDA ? "<lambda>" : node->definition.name;
  self->path = path_of (py, frame, self->name);
  self->module = frame->module;
  self->scope = strata_py_scope (py, node);
  self->outer = frame->kind == FRAME_MODULE ? NULL : frame;
  self->signature = define_signature (py, frame, node);
  if (self->signature == NULL)
    return NULL;

  self->base.attributes = strata_py_dict (py);
  if (node->kind == STRATA_PY_NODE_FUNCTION && doc != NULL && doc->kind == STRATA_PY_NODE_EXPRESSION
      && doc->child->kind == STRATA_PY_NODE_STRING)
    strata_py_dict_set_name (py, self->base.attributes, "__doc__", strata_py_evaluate (py, frame, doc->child));

  return decorate (py, frame, node, &self->base, decorators);
}

/* The bases, or NULL with an opaque one in *unknown. */
static Class **
evaluate_bases (Machine            *py,
                Frame              *frame,
                const StrataPyNode *node,
                guint              *n_bases,
                Value             **unknown)
{
  StrataPyList list = node->definition.parameters;
  Class **bases = strata_py_arena_alloc (py->arena, (list.length + 1) * sizeof (Class *));

  for (guint i = 0; i < list.length; i++)
    {
      Value *base;

      if (list.items[i]->kind == STRATA_PY_NODE_STARRED)
        return strata_py_refuse (py, "the bases of this class are computed");
      base = strata_py_evaluate (py, frame, list.items[i]);
      if (base == NULL)
        return NULL;
      if (IS_OPAQUE (base))
        {
          const char *name = ((Opaque *) base)->name;

          /* Generic[T], Protocol and the like say nothing that could matter. */
          if (g_str_has_prefix (name, "typing.Generic") || g_str_has_prefix (name, "typing.Protocol")
              || g_str_equal (name, "abc.ABC"))
            continue;
          if (g_str_equal (name, "typing.TypedDict") || g_str_equal (name, "typing_extensions.TypedDict"))
            bases[(*n_bases)++] = strata_py_find_class (py, "dict");
          else
            *unknown = base;
        }
      else if (!IS_CLASS (base))
        return strata_py_refuse (py, "“%s” is the base of a class", base->class->name);
      else
        bases[(*n_bases)++] = (Class *) base;
    }

  return bases;
}

static gboolean
check_keywords (Machine            *py,
                Frame              *frame,
                const StrataPyNode *node,
                Value             **unknown)
{
  StrataPyList list = node->definition.extras != NULL ? node->definition.extras->keywords : (StrataPyList) { NULL };

  for (guint i = 0; i < list.length; i++)
    {
      Value *value = strata_py_evaluate (py, frame, list.items[i]->attribute.value);

      if (value == NULL)
        return FALSE;
      if (IS_OPAQUE (value) && g_str_equal (((Opaque *) value)->name, "abc.ABCMeta"))
        continue;
      if (IS_OPAQUE (value))
        *unknown = value;
      /* Of a TypedDict; other classes would have it raise. */
      else if (*unknown == NULL && !g_str_equal (list.items[i]->attribute.name, "total"))
        return strata_py_refuse (py, "the class “%s” has a metaclass or arguments", node->definition.name) != NULL;
    }

  return TRUE;
}

/* "ClassVar[int]" */
static gboolean
is_class_variable (const StrataPyNode *annotation)
{
  if (annotation->kind == STRATA_PY_NODE_SUBSCRIPT)
    annotation = annotation->pair.first;

  return (annotation->kind == STRATA_PY_NODE_NAME && g_str_equal (annotation->name, "ClassVar"))
         || (annotation->kind == STRATA_PY_NODE_ATTRIBUTE && g_str_equal (annotation->attribute.name, "ClassVar"));
}

/* What the annotations of the body name, for dataclasses and named tuples. */
static Dict *
annotated_fields (Machine            *py,
                  const StrataPyNode *node,
                  Dict               *names)
{
  Dict *fields = NULL;

  for (guint i = 0; i < node->definition.body.length; i++)
    {
      const StrataPyNode *statement = node->definition.body.items[i];
      const StrataPyNode *target = statement->kind == STRATA_PY_NODE_ANNOTATED ? statement->list.items[0] : NULL;

      if (target == NULL || target->kind != STRATA_PY_NODE_NAME || is_class_variable (statement->list.items[1]))
        continue;
      if (fields == NULL)
        fields = strata_py_dict (py);
      strata_py_dict_set_name (py, fields, target->name, strata_py_dict_get_name (names, target->name));
    }

  return fields;
}

static Value *
make_class (Machine            *py,
            const StrataPyNode *node,
            Class             **bases,
            guint               n_bases,
            Dict               *names)
{
  Class *class = strata_py_new_class (py, node->definition.name, bases, n_bases, names);
  Dict *fields;

  if (class == NULL)
    return NULL;
  fields = annotated_fields (py, node, names);
  if (fields != NULL)
    strata_py_dict_set_name (py, names, "__annotations__", &fields->base);
  if (strata_py_class_lookup_after (py, class, class, "__init_subclass__") != NULL)
    return strata_py_refuse (py, "a base of “%s” is told of its classes", class->name);
  if (class->is_enum && !strata_py_finish_enum (py, class))
    return NULL;
  for (guint i = 0; i < n_bases; i++)
    if (bases[i]->slots->class_made != NULL && !bases[i]->slots->class_made (py, class))
      return NULL;

  return &class->base;
}

Value *
strata_py_define_class (Machine            *py,
                        Frame              *frame,
                        const StrataPyNode *node)
{
  Frame *inner = strata_py_new_frame (py, FRAME_CLASS, frame->module, frame->kind == FRAME_MODULE ? NULL : frame,
                                      strata_py_scope (py, node));
  Value *unknown = NULL;
  Value *result;
  Value **decorators;
  Class **bases;
  guint n_bases = 0;

  if (!evaluate_decorators (py, frame, node, &decorators))
    return NULL;
  bases = evaluate_bases (py, frame, node, &n_bases, &unknown);
  if (bases == NULL || !check_keywords (py, frame, node, &unknown))
    return NULL;

  strata_py_dict_set_name (py, inner->names, "__module__", strata_py_str (py, frame->module->name));
  strata_py_dict_set_name (py, inner->names, "__qualname__", strata_py_str (py, path_of (py, frame, node->definition.name)));
  inner->caller = frame;
  inner->function = frame->function;
  py->frame = inner;
  result = strata_py_run_body (py, inner, node->definition.body);
  py->frame = frame;
  if (result == NULL)
    return NULL;

  frame->node = node;
  result = unknown != NULL ? strata_py_opaque (py, node->definition.name)
                           : make_class (py, node, bases, n_bases, inner->names);

  return decorate (py, frame, node, result, decorators);
}

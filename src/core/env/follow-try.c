/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/frame.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What a "try" may fail on, as far as it was understood. */
typedef struct
{
  const StrataEnvValue *missing;     /* a condition: something that is needed is not there; NULL: nothing is */
  gboolean              has_risks;   /* code that was not followed */
  gboolean              has_imports; /* of modules that may not be there */
  gboolean              lacks_file;  /* that it certainly opens: nothing comes after that */
} Trouble;

static const StrataEnvValue *
unknown_trouble (StrataEnvReader *self,
                 StrataPlace      place)
{
  return strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_UNKNOWN, place,
                                    _("it is not known whether the “try” before it fails"));
}

static gboolean
type_is_one_of (const StrataPyNode       *type,
                const char * const       *names)
{
  if (type == NULL)
    return FALSE;

  if (type->kind == STRATA_PY_NODE_TUPLE)
    {
      for (guint i = 0; i < type->list.length; i++)
        if (!type_is_one_of (type->list.items[i], names))
          return FALSE;
      return TRUE;
    }

  return (type->kind == STRATA_PY_NODE_NAME && g_strv_contains (names, type->name)) ||
         (type->kind == STRATA_PY_NODE_ATTRIBUTE && g_strv_contains (names, type->attribute.name));
}

static gboolean
type_has_one_of (const StrataPyNode *type,
                 const char * const *names)
{
  if (type->kind == STRATA_PY_NODE_TUPLE)
    for (guint i = 0; i < type->list.length; i++)
      if (type_is_one_of (type->list.items[i], names))
        return TRUE;

  return type->kind != STRATA_PY_NODE_TUPLE && type_is_one_of (type, names);
}

/* Whether it is a name, or names, of Python's own errors that no other error is one of. */
static gboolean
type_is_other (const StrataPyNode *type)
{
  static const char * const others[] = {
    "AttributeError", "ImportError", "IndexError", "JSONDecodeError", "KeyError", "LookupError", "ModuleNotFoundError",
    "NameError", "NoOptionError", "NoSectionError", "PermissionError", "TOMLDecodeError", "TypeError",
    "UnicodeDecodeError", "ValueError", "YAMLError", NULL,
  };

  return type_is_one_of (type, others);
}

/* The condition under which a handler is taken; NULL: never. */
static const StrataEnvValue *
find_condition (StrataEnvReader    *self,
                const Trouble      *trouble,
                const StrataPyNode *type,
                StrataPlace         place)
{
  static const char * const imports[] = { "ImportError", "ModuleNotFoundError", NULL };
  static const char * const files[] = {
    "BaseException", "EnvironmentError", "Exception", "FileNotFoundError", "IOError", "OSError", NULL,
  };
  static const char * const lookups[] = { "KeyError", "LookupError", "UndefinedValueError", "EnvError", NULL };

  if (trouble->lacks_file && !trouble->has_risks && trouble->missing == NULL)
    return type == NULL || type_has_one_of (type, files)
           ? strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_TRUE, place, NULL)
           : type_is_other (type) ? NULL : unknown_trouble (self, place);
  if (trouble->lacks_file)
    return unknown_trouble (self, place);
  if (type_is_one_of (type, imports))
    return trouble->has_imports ? unknown_trouble (self, place) : NULL;
  if (type_is_one_of (type, lookups) && trouble->missing != NULL)
    return trouble->missing;
  if (trouble->has_risks || (trouble->has_imports && !type_is_one_of (type, lookups)))
    return unknown_trouble (self, place);

  return trouble->missing;
}

typedef struct
{
  const StrataPyNode *type;
  const char         *name;    /* of the error in the body, or NULL */
  StrataPyList        body;
  StrataPlace         place;
} Handler;

/* What was raised in the body is caught: it is no way out of the function any more. */
static void
collect_stops (StrataEnvReader *self,
               StrataEnvFrame  *frame,
               guint            first_exit,
               Trouble         *trouble)
{
  GArray *exits = frame->exits[STRATA_ENV_BY_RETURN];

  for (guint i = first_exit; i < exits->len; )
    {
      StrataEnvExit *way = &g_array_index (exits, StrataEnvExit, i);
      const StrataEnvValue *condition = way->condition;

      if (way->changes != NULL)
        {
          i++;
          continue;
        }
      if (condition == NULL)
        condition = strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_TRUE, way->returned->place, NULL);
      trouble->missing = trouble->missing != NULL ? strata_env_or (self, trouble->missing, condition) : condition;
      g_array_remove_index (exits, i);
    }
}

static void
collect_needed (StrataEnvReader *self,
                guint            first,
                Trouble         *trouble)
{
  for (guint i = first; i < self->needed->len; i++)
    {
      const StrataEnvValue *value = self->needed->pdata[i];
      const StrataEnvValue *is_none = strata_env_value_new_op (self->arena, STRATA_ENV_OP_IS_NONE, value->place, 0, 1,
                                                               value);

      trouble->missing = trouble->missing != NULL ? strata_env_or (self, trouble->missing, is_none) : is_none;
    }

  g_ptr_array_set_size (self->needed, first);
}

/* A value that was returned in the body is returned where the handler is not taken. */
static void
limit_exits (StrataEnvReader      *self,
             StrataEnvFrame       *frame,
             guint                 first,
             guint                 last,
             const StrataEnvValue *condition)
{
  for (guint i = first; i < last; i++)
    {
      StrataEnvExit *way = &g_array_index (frame->exits[STRATA_ENV_BY_RETURN], StrataEnvExit, i);

      way->condition = strata_env_and (self, way->condition, strata_env_not (self, condition));
    }
}

/* A handler that only ends in an error of its own changes nothing for those who get past it. */
static gboolean
ends_in_raise (StrataPyList body)
{
  return body.length > 0 && body.items[body.length - 1]->kind == STRATA_PY_NODE_RAISE;
}

/* What the body has done when something in it fails. What came before the first statement that may fail is done; of the
 * rest, up to the last one, it is not known. */
typedef struct
{
  guint   start;       /* of the body, in the trail */
  guint   doubt_from;
  guint   doubt_to;
  GArray *done;        /* StrataEnvChange */
  GArray *doubtful;    /* StrataEnvChange; what they hold is of no interest */
} Progress;

static void
progress_clear (Progress *progress)
{
  g_clear_pointer (&progress->done, g_array_unref);
  g_clear_pointer (&progress->doubtful, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Progress, progress_clear)

static guint
count_troubles (StrataEnvReader *self,
                StrataEnvFrame  *frame)
{
  return self->n_risks + self->n_missing + self->n_imports + self->needed->len + frame->exits[STRATA_ENV_BY_RETURN]->len;
}

/* Statement by statement, to know where it may fail. */
static gboolean
follow_body (StrataEnvReader *self,
             StrataEnvFrame  *frame,
             StrataPyList     body,
             Progress        *progress)
{
  gboolean goes_on = TRUE;

  progress->start = self->trail->len;
  for (guint i = 0; i < body.length && goes_on; i++)
    {
      StrataPyList one = { body.items + i, 1 };
      guint at = self->trail->len;
      guint n_troubles = count_troubles (self, frame);
      GArray *done = progress->done == NULL ? strata_env_cells_changed (self, progress->start) : NULL;

      self->trouble_at = 0;
      goes_on = strata_env_follow (self, frame, one);
      if (count_troubles (self, frame) == n_troubles)
        {
          g_clear_pointer (&done, g_array_unref);
          continue;
        }
      if (done != NULL)
        {
          progress->done = done;
          progress->doubt_from = at;
        }
      progress->doubt_to = self->trouble_at > at ? self->trail->len : at;
    }

  progress->doubtful = g_array_new (FALSE, FALSE, sizeof (StrataEnvChange));
  for (guint i = progress->doubt_from; progress->done != NULL && i < MIN (progress->doubt_to, self->trail->len); i++)
    g_array_append_val (progress->doubtful, g_array_index (self->trail, StrataEnvChange, i));

  return goes_on;
}

/* As the handler finds the world. */
static void
restore_progress (StrataEnvReader *self,
                  const Progress  *progress,
                  StrataPlace      place)
{
  guint mark;

  strata_env_cells_undo (self, progress->start);
  if (progress->done != NULL)
    strata_env_cells_apply (self, progress->done);

  mark = self->trail->len;
  for (guint i = 0; i < progress->doubtful->len; i++)
    {
      StrataEnvChange *change = &g_array_index (progress->doubtful, StrataEnvChange, i);

      strata_env_cell_set (self, change->owner, change->name, strata_env_cell_get (change->owner, change->name));
    }
  strata_env_doubt_changes (self, mark, place, _("it is not known how far the “try” before it comes"));
}

static gboolean
follow_handler (StrataEnvReader      *self,
                StrataEnvFrame       *frame,
                const StrataEnvValue *condition,
                const Handler        *handler,
                const Progress       *progress,
                gboolean              goes_on)
{
  guint start = progress->start;
  g_autoptr(GArray) before = strata_env_cells_changed (self, start);
  const StrataEnvValue *outer = frame->condition;
  g_autoptr(GArray) changes = NULL;
  gboolean handler_goes_on;

  restore_progress (self, progress, handler->place);
  frame->condition = strata_env_and (self, outer, condition);
  if (handler->name != NULL)
    strata_env_cell_set (self, frame->names, handler->name,
                         strata_env_thing_unknown (self, handler->place, _("an error is no plain value")));
  handler_goes_on = strata_env_follow (self, frame, handler->body);
  frame->condition = outer;

  if (!goes_on)
    return handler_goes_on;

  changes = strata_env_cells_changed (self, start);
  strata_env_cells_undo (self, start);
  strata_env_cells_apply (self, before);
  if (handler_goes_on)
    strata_env_cells_join (self, condition, changes, start);

  return TRUE;
}

static gboolean
follow_attempt (StrataEnvReader *self,
                StrataEnvFrame  *frame,
                StrataPyList     body,
                StrataPyList     otherwise,
                const Handler   *handlers,
                guint            n_handlers)
{
  GArray *exits = frame->exits[STRATA_ENV_BY_RETURN];
  guint first_exit = exits->len;
  guint first_needed = self->needed->len;
  guint n_risks = self->n_risks;
  guint n_imports = self->n_imports;
  guint n_missing = self->n_missing;
  Trouble trouble = { NULL };
  g_auto(Progress) progress = { 0 };
  gboolean goes_on = follow_body (self, frame, body, &progress);
  guint last_exit;

  trouble.has_risks = self->n_risks > n_risks;
  trouble.has_imports = self->n_imports > n_imports;
  trouble.lacks_file = self->n_missing > n_missing;
  collect_needed (self, first_needed, &trouble);
  collect_stops (self, frame, first_exit, &trouble);
  last_exit = exits->len;
  if (goes_on)
    goes_on = strata_env_follow (self, frame, otherwise);

  for (guint i = 0; i < n_handlers; i++)
    {
      const StrataEnvValue *condition = find_condition (self, &trouble, handlers[i].type, handlers[i].place);

      gboolean is_certain = condition != NULL && strata_env_value_get_truth (condition) == STRATA_ENV_ALWAYS &&
                            trouble.lacks_file;

      if (condition == NULL || (ends_in_raise (handlers[i].body) && !is_certain))
        continue;
      limit_exits (self, frame, first_exit, last_exit, condition);
      goes_on = follow_handler (self, frame, condition, &handlers[i], &progress, goes_on && !is_certain);
      /* The first one that is for it is the only one. */
      if (is_certain)
        break;
    }

  return goes_on;
}

gboolean
strata_env_follow_try (StrataEnvReader    *self,
                       StrataEnvFrame     *frame,
                       const StrataPyNode *node)
{
  static const StrataPyList nothing = { NULL, 0 };
  guint n_handlers = node->attempt.handlers.length;
  g_autofree Handler *handlers = g_new0 (Handler, n_handlers);
  gboolean goes_on;

  for (guint i = 0; i < n_handlers; i++)
    {
      const StrataPyNode *handler = node->attempt.handlers.items[i];

      handlers[i] = (Handler) {
        handler->block.test, handler->block.name, handler->block.body, strata_env_place (frame, handler)
      };
    }

  goes_on = follow_attempt (self, frame, node->attempt.body,
                            node->attempt.otherwise != NULL ? *node->attempt.otherwise : nothing,
                            handlers, n_handlers);
  if (node->attempt.finally != NULL)
    goes_on &= strata_env_follow (self, frame, *node->attempt.finally);

  return goes_on;
}

gboolean
strata_env_follow_suppress (StrataEnvReader    *self,
                            StrataEnvFrame     *frame,
                            const StrataPyNode *call,
                            StrataPyList        body)
{
  static const StrataPyList nothing = { NULL, 0 };
  guint n = call->call.arguments.length;
  g_autofree Handler *handlers = g_new0 (Handler, n);

  for (guint i = 0; i < n; i++)
    handlers[i] = (Handler) { call->call.arguments.items[i], NULL, nothing, strata_env_place (frame, call) };

  return follow_attempt (self, frame, body, nothing, handlers, n);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/evaluate.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#define MAX_STEPS  1500000
#define MAX_MEMORY (96 * 1024 * 1024)
#define MAX_SECONDS 0.6
/* A step may have much to do, a text of megabytes to search: so the clock is looked at too, now and then. */
#define STEPS_PER_LOOK 32
/* Of the evaluator's own functions: keeps its use of the C stack below a thread's. */
#define MAX_DEPTH  1500

typedef struct
{
  gpointer       data;
  GDestroyNotify destroy;
} Owned;

static void
owned_free (Owned *owned)
{
  owned->destroy (owned->data);
  g_free (owned);
}

static void
scope_free (gpointer data)
{
  Scope *scope = data;

  g_hash_table_unref (scope->locals);
  g_hash_table_unref (scope->globals);
  g_hash_table_unref (scope->nonlocals);
  g_free (scope);
}

Machine *
strata_py_machine_new (const StrataPyHost *host,
                       gpointer            data)
{
  Machine *self = g_new0 (Machine, 1);

  self->arena = strata_py_arena_new ();
  self->texts = strata_py_arena_new ();
  self->host = host;
  self->host_data = data;
  self->trees = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_py_tree_unref);
  self->owned = g_ptr_array_new_with_free_func ((GDestroyNotify) owned_free);
  self->signatures = g_hash_table_new (NULL, NULL);
  self->scopes = g_hash_table_new_full (NULL, NULL, NULL, scope_free);
  self->max_steps = MAX_STEPS;
  self->max_memory = MAX_MEMORY;
  self->max_seconds = MAX_SECONDS;
  self->now = g_get_real_time ();

  strata_py_add_classes (self);
  self->builtins = strata_py_dict (self);
  self->modules = strata_py_dict (self);
  strata_py_add_exceptions (self);
  strata_py_add_builtins (self);

  return self;
}

void
strata_py_machine_free (Machine *self)
{
  g_ptr_array_unref (self->owned);
  g_hash_table_unref (self->scopes);
  g_hash_table_unref (self->signatures);
  g_ptr_array_unref (self->trees);
  g_clear_pointer (&self->random, g_rand_free);
  strata_py_arena_free (self->texts);
  strata_py_arena_free (self->arena);
  g_free (self->marked);
  g_free (self->message);
  g_free (self);
}

void
strata_py_machine_mark (Machine *self)
{
  g_return_if_fail (self->marked == NULL && self->trees->len == 0 && g_hash_table_size (self->scopes) == 0);

  strata_py_arena_mark (self->arena);
  self->n_marked = self->owned->len;
  self->marked = g_memdup2 (self, sizeof *self);
}

/* What lies in memory of its own goes; all else is as the arena has it. */
void
strata_py_machine_rewind (Machine *self)
{
  Machine *marked = self->marked;

  g_return_if_fail (marked != NULL);

  g_ptr_array_set_size (self->owned, self->n_marked);
  g_ptr_array_set_size (self->trees, 0);
  g_hash_table_remove_all (self->scopes);
  g_clear_pointer (&self->random, g_rand_free);
  g_free (self->message);
  strata_py_arena_rewind (self->arena);

  *self = *marked;
  self->marked = marked;
  self->now = g_get_real_time ();
}

void
strata_py_machine_set_limits (Machine *self,
                              guint64  steps,
                              double   seconds,
                              gsize    memory)
{
  self->max_steps = steps;
  self->max_seconds = seconds;
  self->max_memory = memory;
}

void
strata_py_machine_set_cancellable (Machine      *self,
                                   GCancellable *cancellable)
{
  self->cancellable = cancellable;
}

/* The system's own, unless a test fixed it: scripts make keys of it. */
gboolean
strata_py_draw (StrataPyMachine *self,
                gpointer         bytes,
                gsize            n)
{
  guint8 *next = bytes;

  while (n > 0 && self->random == NULL)
    {
      ssize_t got = getrandom (next, n, 0);

      if (got < 0 && errno != EINTR)
        {
          strata_py_refuse (self, "the system gives no random bytes: %s", g_strerror (errno));
          return FALSE;
        }
      if (got > 0)
        {
          next += got;
          n -= got;
        }
    }
  for (; n > 0; n--)
    *next++ = g_rand_int_range (self->random, 0, 256);

  return TRUE;
}

/* Each one below the end is as likely; an end of 0 is the one behind the greatest. */
gboolean
strata_py_draw_number (StrataPyMachine *self,
                       guint64          end,
                       guint64         *number)
{
  /* The numbers at the top that would make the lowest ones likelier. */
  guint64 odd = end > 0 ? (G_MAXUINT64 - end + 1) % end : 0;

  do
    if (!strata_py_draw (self, number, sizeof *number))
      return FALSE;
  while (*number > G_MAXUINT64 - odd);

  if (end > 0)
    *number %= end;

  return TRUE;
}

void
strata_py_machine_set_world (Machine *self,
                             gint64   now,
                             guint32  seed)
{
  self->now = now;
  g_clear_pointer (&self->random, g_rand_free);
  self->random = g_rand_new_with_seed (seed);
}

void
strata_py_machine_set_strict (Machine  *self,
                              gboolean  is_strict)
{
  self->is_strict = is_strict;
}

gpointer
strata_py_machine_get_host_data (Machine *self)
{
  return self->host_data;
}

gboolean
strata_py_machine_has_varied (Machine *self)
{
  return self->has_varied;
}

void
strata_py_own (Machine        *py,
               gpointer        data,
               GDestroyNotify  destroy)
{
  Owned *owned = g_new (Owned, 1);

  owned->data = data;
  owned->destroy = destroy;
  g_ptr_array_add (py->owned, owned);
}

/* Of the thread, so that waiting for a server or for other programs does not count. */
static double
seconds_used (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return now.tv_sec + now.tv_nsec / 1e9;
}

void
strata_py_machine_renew (Machine *self)
{
  self->steps = 0;
  self->started = seconds_used ();
}

/* What a finished evaluation left as a failure is told to whoever asks, until the next one begins. */
static void
begin (Machine *self)
{
  self->started = seconds_used ();
  g_clear_pointer (&self->message, g_free);
  self->failure = (StrataPyFailure) { STRATA_PY_FINE };
  self->depth = 0;
}

Value *
strata_py_machine_run_module (Machine      *self,
                              const char   *name,
                              StrataPyTree *tree,
                              gboolean      is_package)
{
  Module *module = (Module *) strata_py_module (self, name, TRUE);
  StrataPyList body = strata_py_tree_get_body (tree);
  Frame *caller = self->frame;
  Frame *frame;
  Value *result;

  if (caller == NULL)
    begin (self);
  g_ptr_array_add (self->trees, strata_py_tree_ref (tree));
  module->tree = tree;
  module->is_package = is_package;
  strata_py_set (self, &module->base, "__name__", strata_py_str (self, name));
  strata_py_dict_set_name (self, self->modules, name, &module->base);

  frame = strata_py_new_frame (self, FRAME_MODULE, module, NULL, strata_py_scope_of_body (self, tree, body));
  frame->names = module->base.attributes;
  self->frame = frame;
  result = strata_py_run_body (self, frame, body);
  self->frame = caller;

  return result != NULL ? &module->base : NULL;
}

Value *
strata_py_machine_run (Machine      *self,
                       const char   *name,
                       StrataPyTree *tree)
{
  return strata_py_machine_run_module (self, name, tree, FALSE);
}

Value *
strata_py_machine_lookup (Machine    *self,
                          Value      *value,
                          const char *name)
{
  if (self->frame == NULL)
    begin (self);

  return strata_py_find_attribute (self, value, name);
}

Value *
strata_py_machine_call (Machine  *self,
                        Value    *function,
                        Value   **arguments,
                        guint     n_arguments)
{
  const StrataPyArguments call = { arguments, n_arguments, NULL };

  if (self->frame == NULL)
    begin (self);

  return strata_py_call (self, function, &call);
}

/* "KeyError: 'a'": the text of an exception may need to be evaluated too. */
static void
describe_exception (Machine *self)
{
  StrataPyFailure failure = self->failure;
  GArray *trace = ((Exception *) failure.exception)->trace;
  Str *text;

  begin (self);
  text = (Str *) strata_py_to_str (self, failure.exception);
  if (text != NULL && text->length > 0)
    self->message = g_strdup_printf ("%s: %s", failure.exception->class->name, text->text);
  else
    self->message = g_strdup (failure.exception->class->name);

  failure.message = self->message;
  failure.trace = (const StrataPlace *) (gpointer) trace->data;
  failure.n_trace = trace->len;
  self->failure = failure;
}

const StrataPyFailure *
strata_py_machine_get_failure (Machine *self)
{
  if (self->failure.outcome == STRATA_PY_RAISES && self->message == NULL)
    describe_exception (self);

  return &self->failure;
}

gboolean
strata_py_has_failed (Machine *py)
{
  return py->failure.outcome != STRATA_PY_FINE;
}

gboolean
strata_py_reserve (Machine *py,
                   gsize    size)
{
  if (size < py->max_memory && strata_py_arena_get_size (py->arena) + size <= py->max_memory)
    return TRUE;

  strata_py_stop (py, STRATA_PY_CODE_LIMIT, _("this takes more memory than a migration may have here"));

  return FALSE;
}

static gboolean
has_time (Machine *py)
{
  return seconds_used () - py->started < py->max_seconds && !g_cancellable_is_cancelled (py->cancellable);
}

gboolean
strata_py_step (Machine *py)
{
  if (++py->steps <= py->max_steps && (py->steps % STEPS_PER_LOOK != 0 || has_time (py)))
    return strata_py_reserve (py, 0);

  strata_py_stop (py, STRATA_PY_CODE_LIMIT, _("this takes longer than a migration may here: maybe it never ends"));

  return FALSE;
}

gboolean
strata_py_enter (Machine *py)
{
  if (++py->depth <= MAX_DEPTH)
    return TRUE;

  strata_py_stop (py, STRATA_PY_CODE_LIMIT, _("this is nested deeper than a migration may be here: maybe it never ends"));

  return FALSE;
}

void
strata_py_leave (Machine *py)
{
  py->depth--;
}

StrataPlace
strata_py_here (Machine *py)
{
  for (Frame *frame = py->frame; frame != NULL; frame = frame->caller)
    if (frame->node != NULL && frame->module->tree != NULL)
      return strata_py_tree_get_place (frame->module->tree, frame->node);

  return (StrataPlace) { NULL };
}

StrataPlace
strata_py_machine_get_place (Machine *py)
{
  return strata_py_here (py);
}

static gpointer G_GNUC_PRINTF (3, 0)
stop_valist (Machine    *py,
             const char *code,
             const char *format,
             va_list     args)
{
  if (py->failure.outcome == STRATA_PY_STOPPED)
    return NULL;

  g_free (py->message);
  py->message = g_strdup_vprintf (format, args);
  py->failure = (StrataPyFailure) { STRATA_PY_STOPPED, code, py->message, strata_py_here (py) };

  return NULL;
}

gpointer
strata_py_stop (Machine    *py,
                const char *code,
                const char *format,
                ...)
{
  va_list args;

  va_start (args, format);
  stop_valist (py, code, format, args);
  va_end (args);

  return NULL;
}

gpointer
strata_py_refuse (Machine    *py,
                  const char *format,
                  ...)
{
  va_list args;

  va_start (args, format);
  stop_valist (py, STRATA_PY_CODE_NEEDS_PYTHON, _(format), args);
  va_end (args);

  return NULL;
}

gpointer
strata_py_refuse_opaque (Machine     *py,
                         const Value *value,
                         const char  *what)
{
  const char *name = strata_py_value_get_opaque_name (value);

  /* Translators: the name of a value, and what is done with it: “x is called”. */
  strata_py_refuse (py, "“%s” %s, and what it is is not known here", name, _(what));
  py->failure.opaque = name;

  return NULL;
}

Value *
strata_py_unknown (Machine     *py,
                   const Value *value,
                   const char  *what)
{
  return py->is_strict ? strata_py_refuse_opaque (py, value, what)
                       : strata_py_opaque (py, strata_py_value_get_opaque_name (value));
}

/* The exception becomes the machine's failure, whose message is made when somebody wants it. */
gpointer
strata_py_raise_value (Machine *py,
                       Value   *value)
{
  Exception *exception = (Exception *) value;
  StrataPlace place;

  if (strata_py_has_failed (py))
    return NULL;

  if (exception->trace == NULL)
    {
      exception->trace = g_array_new (FALSE, FALSE, sizeof (StrataPlace));
      strata_py_own (py, exception->trace, (GDestroyNotify) g_array_unref);
      place = strata_py_here (py);
      g_array_append_val (exception->trace, place);
    }

  py->failure = (StrataPyFailure) {
    .outcome = STRATA_PY_RAISES,
    .code = STRATA_PY_CODE_RAISES,
    .message = value->class->name,
    .place = g_array_index (exception->trace, StrataPlace, 0),
    .exception = value,
  };

  return NULL;
}

Value *
strata_py_take_exception (Machine *py)
{
  Value *exception = py->failure.exception;

  if (py->failure.outcome != STRATA_PY_RAISES)
    return NULL;
  py->failure = (StrataPyFailure) { STRATA_PY_FINE };

  return exception;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/natives.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/env/frame.h"
#include "core/env/library.h"

/* What code that was not followed may have done: it may change what it is given, call the functions it is given, and,
 * where it is of no library that is known, change the environment. What it may have touched is not known any more. */

#define DEEPEST_THING    4
#define DEEPEST_CALLBACK 4   /* one in another */

#define SPOILT N_("code that was not followed may have changed it")

/* Something happens here that may raise an error. */
void
strata_env_risk (StrataEnvReader *self)
{
  self->n_risks++;
  self->trouble_at = self->trail->len;
}

/* Nothing is known of any database from here on. */
void
strata_env_lose (StrataEnvReader *self,
                 StrataPlace      place,
                 const char      *reason)
{
  if (self->lost == NULL)
    self->lost = strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_UNKNOWN, place, reason);
}

void
strata_env_spoil_environment (StrataEnvReader *self,
                              StrataPlace      place)
{
  StrataEnvThing *unknown = strata_env_thing_unknown (self, place,
                                                      _("code that was not followed may have changed the environment"));

  strata_env_set_variable (self, place, unknown, unknown, FALSE);
}

void
strata_env_spoil_ini (StrataEnvReader *self,
                      StrataPlace      place)
{
  g_autoptr(GPtrArray) sections = strata_env_cell_names (self->ini);

  self->ini->is_open = TRUE;
  strata_env_cell_set (self, self->world, "section", strata_env_thing_unknown (self, place, _(SPOILT)));
  for (guint i = 0; i < sections->len; i++)
    strata_env_doubt_entries (self, strata_env_cell_get (self->ini, sections->pdata[i]));
}

static void
spoil_outside (StrataEnvReader *self,
               StrataEnvThing  *thing)
{
  if (strcmp (thing->text, "alembic.context") == 0 || g_str_has_prefix (thing->text, "alembic.context.config"))
    strata_env_spoil_ini (self, thing->place);
  else if (strcmp (thing->text, "os") == 0 || g_str_has_prefix (thing->text, "os.environ"))
    strata_env_spoil_environment (self, thing->place);
  else if (g_str_has_prefix (thing->text, "sys.modules"))
    strata_env_lose (self, thing->place, _("code that was not followed may have changed the modules"));
}

static void spoil (StrataEnvReader *self,
                   StrataEnvThing  *thing,
                   guint            depth);

static void
forget_cells (StrataEnvReader *self,
              StrataEnvThing  *thing)
{
  g_autoptr(GPtrArray) names = strata_env_cell_names (thing);

  for (guint i = 0; i < names->len; i++)
    {
      StrataEnvThing *held = strata_env_cell_get (thing, names->pdata[i]);

      strata_env_cell_set (self, thing, names->pdata[i], strata_env_thing_unknown (self, held->place, _(SPOILT)));
    }
}

static void
spoil_contents (StrataEnvReader *self,
                StrataEnvThing  *thing,
                guint            depth)
{
  g_autoptr(GPtrArray) names = strata_env_cell_names (thing);

  for (guint i = 0; i < names->len; i++)
    spoil (self, strata_env_cell_get (thing, names->pdata[i]), depth + 1);
  forget_cells (self, thing);
  for (guint i = 0; i < thing->n_items; i++)
    spoil (self, thing->items[i], depth + 1);
}

static void
spoil (StrataEnvReader *self,
       StrataEnvThing  *thing,
       guint            depth)
{
  if (depth > DEEPEST_THING)
    return;

  switch ((StrataEnvThingKind) thing->kind)
    {
    case STRATA_THING_DICT:
    case STRATA_THING_LIST:
    case STRATA_THING_SECTION:
    case STRATA_THING_OBJECT:
    case STRATA_THING_INSTANCE:
      spoil_contents (self, thing, depth);
      thing->is_open = TRUE;
      break;
    case STRATA_THING_CLASS:
    case STRATA_THING_MODULE:
      thing->is_open = TRUE;
      break;
    case STRATA_THING_MEMBER:
    case STRATA_THING_METHOD:
      spoil (self, thing->first, depth + 1);
      break;
    case STRATA_THING_CHOICE:
      spoil (self, thing->first, depth + 1);
      spoil (self, thing->second, depth + 1);
      break;
    case STRATA_THING_OUTSIDE:
      spoil_outside (self, thing);
      break;
    case STRATA_THING_IMPORT:
      spoil (self, strata_env_resolve (self, thing), depth + 1);
      break;
    case STRATA_THING_VALUE:
    case STRATA_THING_FUNCTION:
    case STRATA_THING_ENGINE:
    case STRATA_THING_CONNECTION:
    case STRATA_THING_PATH:
    case STRATA_THING_URL:
    case STRATA_THING_ENVIRONMENT:
    case STRATA_THING_NAMES:
    default:
      break;
    }
}

/* Any of its entries may have been set. */
void
strata_env_doubt_entries (StrataEnvReader *self,
                          StrataEnvThing  *thing)
{
  if (thing->kind == STRATA_THING_CHOICE)
    {
      strata_env_doubt_entries (self, thing->first);
      strata_env_doubt_entries (self, thing->second);
    }
  else if (thing->kind == STRATA_THING_DICT || thing->kind == STRATA_THING_SECTION || thing->kind == STRATA_THING_LIST)
    {
      forget_cells (self, thing);
      thing->is_open = TRUE;
    }
  else
    strata_env_spoil (self, thing);
}

void
strata_env_spoil (StrataEnvReader *self,
                  StrataEnvThing  *thing)
{
  spoil (self, thing, 0);
}

/* A function that may be called, with what is not known. */
static void
call_perhaps (StrataEnvReader *self,
              StrataEnvThing  *function,
              StrataEnvCall   *call)
{
  g_autoptr(GPtrArray) none = g_ptr_array_new ();
  StrataEnvCall open = *call;
  StrataEnvFork fork;

  if (self->n_escapes >= DEEPEST_CALLBACK)
    {
      strata_env_lose (self, call->place, _("functions are handed on from one to the next here"));
      return;
    }

  open.arguments = open.names = open.keywords = none;
  open.is_open = TRUE;
  self->n_escapes++;
  strata_env_fork_begin (self, call->frame, &fork, strata_env_no_idea (self, call)->value);
  strata_env_call (self, function, &open);
  strata_env_fork_turn (self, call->frame, &fork, TRUE);
  strata_env_fork_end (self, call->frame, &fork, TRUE);
  self->n_escapes--;
}

static StrataEnvThing *
get_given (const StrataEnvCall *call,
           guint                i)
{
  return i < call->arguments->len ? call->arguments->pdata[i] : call->keywords->pdata[i - call->arguments->len];
}

/* The things that a call gives away. */
void
strata_env_escape (StrataEnvReader *self,
                   StrataEnvCall   *call)
{
  for (guint i = 0; i < call->arguments->len + call->keywords->len; i++)
    strata_env_spoil (self, get_given (call, i));
}

static void
call_given_functions (StrataEnvReader *self,
                      StrataEnvCall   *call)
{
  for (guint i = 0; i < call->arguments->len + call->keywords->len; i++)
    {
      StrataEnvThing *given = strata_env_resolve (self, get_given (call, i));

      if (given->kind == STRATA_THING_FUNCTION || given->kind == STRATA_THING_METHOD)
        call_perhaps (self, given, call);
    }
}

/* What is called, as a name in a library; "" where nothing is known of it. */
static const char *
get_name (StrataEnvThing *thing)
{
  if (thing->kind == STRATA_THING_MEMBER)
    {
      const StrataEnvThing *owner = thing->first;

      while (owner->kind == STRATA_THING_MEMBER)
        owner = owner->first;
      return strata_env_looks (thing) ? "text" : owner->kind == STRATA_THING_OBJECT ? owner->text : "";
    }

  return thing->kind == STRATA_THING_OUTSIDE || thing->kind == STRATA_THING_OBJECT ? thing->text : "";
}

StrataEnvThing *
strata_env_call_unknown (StrataEnvReader *self,
                         StrataEnvThing  *thing,
                         StrataEnvCall   *call)
{
  const char *name = get_name (thing);
  StrataEnvCare care = strata_env_library_get_care (name);

  if (care == STRATA_ENV_LOSES)
    strata_env_lose (self, call->place, _("code is run here that is not in the files of the project"));
  if (care != STRATA_ENV_NEVER_FAILS)
    strata_env_risk (self);
  if (care >= STRATA_ENV_CHANGES_ITS_OWN)
    {
      strata_env_escape (self, call);
      call_given_functions (self, call);
      if (thing->kind != STRATA_THING_OUTSIDE)
        strata_env_spoil (self, thing);
    }
  if (care >= STRATA_ENV_CHANGES_ANYTHING)
    strata_env_spoil_environment (self, call->place);

  if (thing->kind == STRATA_THING_OUTSIDE || thing->kind == STRATA_THING_OBJECT)
    return strata_env_outside_get (self, call->place, name, "()");
  /* Why the one is unknown is why the other is. */
  if (thing->kind == STRATA_THING_MEMBER && thing->first->kind == STRATA_THING_VALUE &&
      thing->first->value->op == STRATA_ENV_OP_UNKNOWN)
    return thing->first;

  return strata_env_no_idea (self, call);
}

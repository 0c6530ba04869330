/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/session.h"

/* Sessions of the ORM, as far as scripts make one and then work with op: a session that was given nothing to do sends nothing when
 * it ends its transaction. Whatever else is asked of one is opaque, so that its call needs Python. */

static StrataPyValue *
do_nothing (StrataPyMachine  *py,
            StrataPyValue    *self,
            StrataPyValue   **arguments)
{
  return strata_py_none (py);
}

static StrataPyValue *
session_attribute (StrataPyMachine *py,
                   StrataPyValue   *self,
                   const char      *name)
{
  g_autofree char *path = g_strconcat ("sqlalchemy.orm.Session().", name, NULL);

  return g_str_has_prefix (name, "__") ? NULL : strata_py_opaque (py, path);
}

static StrataPyValue *
session_enter (StrataPyMachine *py,
               StrataPyValue   *self)
{
  return self;
}

static int
session_leave (StrataPyMachine *py,
               StrataPyValue   *self,
               StrataPyValue   *exception)
{
  return 0;
}

static const StrataPyNative session_methods[] = {
  { "close", "", do_nothing },
  { "commit", "", do_nothing },
  { "expire_all", "", do_nothing },
  { "expunge_all", "", do_nothing },
  { "flush", "objects=", do_nothing },
  { "rollback", "", do_nothing },
  { NULL }
};

static StrataPyValue *new_session (StrataPyMachine *py, StrataPyValue *self, StrataPyValue **arguments);

static const StrataPySlots session_slots = {
  .name = "Session",
  .methods = session_methods,
  .parameters = "bind=, **options",
  .construct = new_session,
  .get_attribute = session_attribute,
  .enter = session_enter,
  .leave = session_leave,
};

static StrataPyValue *
new_session (StrataPyMachine  *py,
             StrataPyValue    *self,
             StrataPyValue   **arguments)
{
  return strata_py_host_object (py, (StrataPyClass *) self, sizeof (StrataPyValue));
}

typedef struct { StrataPyValue base; StrataPyClass *session; } Maker;

static StrataPyValue *
maker_call (StrataPyMachine         *py,
            StrataPyValue           *self,
            const StrataPyArguments *arguments)
{
  return strata_py_host_object (py, ((Maker *) self)->session, sizeof (StrataPyValue));
}

static StrataPyValue *
maker_attribute (StrataPyMachine *py,
                 StrataPyValue   *self,
                 const char      *name)
{
  g_autofree char *path = g_strconcat ("sqlalchemy.orm.sessionmaker().", name, NULL);

  return g_str_has_prefix (name, "__") ? NULL : strata_py_opaque (py, path);
}

static StrataPyValue *new_maker (StrataPyMachine *py, StrataPyValue *self, StrataPyValue **arguments);

static const StrataPyNative maker_methods[] = {
  { "configure", "**options", do_nothing },
  { NULL }
};

static const StrataPySlots maker_slots = {
  .name = "sessionmaker",
  .methods = maker_methods,
  .parameters = "bind=, **options",
  .construct = new_maker,
  .call = maker_call,
  .get_attribute = maker_attribute,
};

static StrataPyValue *
new_maker (StrataPyMachine  *py,
           StrataPyValue    *self,
           StrataPyValue   **arguments)
{
  StrataPyValue *class = strata_py_dict_get_name ((StrataPyDict *) arguments[1], "class_");
  Maker *maker;

  /* A session of the script's own may do more. */
  if (class != NULL)
    return strata_py_opaque (py, "sqlalchemy.orm.sessionmaker()");
  maker = strata_py_host_object (py, (StrataPyClass *) self, sizeof *maker);
  maker->session = (StrataPyClass *) strata_py_dict_get_name (strata_sa_get (py)->names[STRATA_SA_ORM], "Session");

  return &maker->base;
}

void
strata_sa_add_sessions (StrataPyMachine *py)
{
  strata_sa_export (py, STRATA_SA_ORM, "Session", (StrataPyValue *) strata_py_class (py, &session_slots, NULL));
  strata_sa_export (py, STRATA_SA_ORM, "sessionmaker", (StrataPyValue *) strata_py_class (py, &maker_slots, NULL));
}

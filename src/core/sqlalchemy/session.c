/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/session.h"

#include "core/sqlalchemy/connection.h"

/* Sessions of the ORM, as far as scripts use one like a connection. On the migration's own, which is in a transaction, a session
 * sends what execute() was given and nothing else: its commit() and close() leave that transaction as it is, its rollback() does
 * not, once something was sent. Whatever else is asked of one is opaque, so that its call needs Python. */

typedef struct
{
  StrataPyValue  base;
  StrataPyValue *bind;      /* the migration's connection; NULL: there is none, or what a session does with it is not known */
  gboolean       has_begun;
} Session;

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

static StrataPyValue *
session_end (StrataPyMachine  *py,
             StrataPyValue    *self,
             StrataPyValue   **arguments)
{
  ((Session *) self)->has_begun = FALSE;

  return strata_py_none (py);
}

static StrataPyValue *
session_rollback (StrataPyMachine  *py,
                  StrataPyValue    *self,
                  StrataPyValue   **arguments)
{
  if (((Session *) self)->has_begun)
    return strata_py_refuse (py, "the script begins or ends the transaction that its migration runs in");

  return strata_py_none (py);
}

/* By the connection's method of that name. */
static StrataPyValue *
ask_connection (StrataPyMachine  *py,
                StrataPyValue    *value,
                const char       *name,
                StrataPyValue   **arguments)
{
  Session *self = (Session *) value;
  g_autofree char *path = g_strconcat ("sqlalchemy.orm.Session().", name, NULL);
  StrataPyValue *method;

  if (self->bind == NULL || strata_py_value_get_kind (arguments[0]) == STRATA_PY_VALUE_STR || arguments[2] != NULL)
    return strata_py_call_values (py, strata_py_opaque (py, path), 0);
  /* Alembic's stand-in for a connection has nothing for sessions. */
  if (strata_sa_get (py)->is_offline && !strata_sa_need_database (py, "what a session is given"))
    return NULL;

  method = strata_py_find_attribute (py, self->bind, name);
  self->has_begun = TRUE;

  return arguments[1] != NULL ? strata_py_call_values (py, method, 2, arguments[0], arguments[1])
                              : strata_py_call_values (py, method, 1, arguments[0]);
}

static StrataPyValue *
session_execute (StrataPyMachine  *py,
                 StrataPyValue    *self,
                 StrataPyValue   **arguments)
{
  return ask_connection (py, self, "execute", arguments);
}

static StrataPyValue *
session_scalar (StrataPyMachine  *py,
                StrataPyValue    *self,
                StrataPyValue   **arguments)
{
  return ask_connection (py, self, "scalar", arguments);
}

static StrataPyValue *
session_scalars (StrataPyMachine  *py,
                 StrataPyValue    *self,
                 StrataPyValue   **arguments)
{
  return ask_connection (py, self, "scalars", arguments);
}

static const StrataPyNative session_methods[] = {
  { "close", "", session_end },
  { "commit", "", session_end },
  { "execute", "statement, params=, *, execution_options=", session_execute },
  { "expire_all", "", do_nothing },
  { "expunge_all", "", do_nothing },
  { "flush", "objects=", do_nothing },
  { "rollback", "", session_rollback },
  { "scalar", "statement, params=, *, execution_options=", session_scalar },
  { "scalars", "statement, params=, *, execution_options=", session_scalars },
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

/* FALSE: with these a session may do more to its connection than the usual one. */
static gboolean
read_options (StrataPyDict   *options,
              StrataPyValue **bind)
{
  static const char * const harmless[] = { "autoflush", "expire_on_commit", NULL };
  StrataPyValue *key, *value;
  guint position = 0;

  while (options != NULL && strata_py_dict_next (options, &position, &key, &value))
    {
      const char *name = strata_py_value_get_text (key, NULL);

      if (g_strcmp0 (name, "bind") == 0)
        *bind = value;
      else if (name == NULL || !g_strv_contains (harmless, name))
        return FALSE;
    }

  return TRUE;
}

static StrataPyValue *
make_session (StrataPyMachine *py,
              StrataPyClass   *class,
              StrataPyValue   *bind,
              gboolean         is_usual)
{
  Session *self = strata_py_host_object (py, class, sizeof *self);

  if (self != NULL && is_usual && bind != NULL && bind == strata_sa_get (py)->connection)
    self->bind = bind;

  return &self->base;
}

static StrataPyValue *
new_session (StrataPyMachine  *py,
             StrataPyValue    *self,
             StrataPyValue   **arguments)
{
  StrataPyValue *bind = arguments[0];
  gboolean is_usual = read_options ((StrataPyDict *) arguments[1], &bind);

  return make_session (py, (StrataPyClass *) self, bind, is_usual);
}

/* The options have the bind, too. */
typedef struct { StrataPyValue base; StrataPyClass *session; StrataPyDict *options; } Maker;

static StrataPyValue *
maker_call (StrataPyMachine         *py,
            StrataPyValue           *self,
            const StrataPyArguments *arguments)
{
  Maker *maker = (Maker *) self;
  StrataPyValue *bind = NULL;
  gboolean is_usual = arguments->n_positional == 0 && read_options (maker->options, &bind)
                      && read_options (arguments->keywords, &bind);

  return make_session (py, maker->session, bind, is_usual);
}

static StrataPyValue *
maker_configure (StrataPyMachine  *py,
                 StrataPyValue    *self,
                 StrataPyValue   **arguments)
{
  StrataPyValue *key, *value;
  guint position = 0;

  while (strata_py_dict_next ((StrataPyDict *) arguments[0], &position, &key, &value))
    if (!strata_py_dict_set (py, ((Maker *) self)->options, key, value))
      return NULL;

  return strata_py_none (py);
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
  { "configure", "**options", maker_configure },
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
  maker->options = (StrataPyDict *) arguments[1];
  if (arguments[0] != NULL)
    strata_py_dict_set_name (py, maker->options, "bind", arguments[0]);

  return &maker->base;
}

void
strata_sa_add_sessions (StrataPyMachine *py)
{
  strata_sa_export (py, STRATA_SA_ORM, "Session", (StrataPyValue *) strata_py_class (py, &session_slots, NULL));
  strata_sa_export (py, STRATA_SA_ORM, "sessionmaker", (StrataPyValue *) strata_py_class (py, &maker_slots, NULL));
}

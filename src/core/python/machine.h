/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/python/tree.h"
#include "core/python/value.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Evaluates Python, as far as it can be known without running it: where CPython would do something, the same is done,
 * or nothing at all, with the reason. A machine is one evaluation with all its values; it belongs to one thread. */

typedef enum
{
  STRATA_PY_FINE,
  STRATA_PY_RAISES,         /* an exception that nobody caught */
  STRATA_PY_STOPPED,        /* can't be known; code says why */
} StrataPyOutcome;

#define STRATA_PY_CODE_RAISES       "raises"
#define STRATA_PY_CODE_NEEDS_PYTHON "needs-python"
#define STRATA_PY_CODE_LIMIT        "limit"          /* of steps, depth or memory */
#define STRATA_PY_CODE_SYNTAX       "syntax"

/* What went wrong. Borrowed from the machine; a host may have stopped it with a code of its own. */
typedef struct
{
  StrataPyOutcome    outcome;
  const char        *code;
  const char        *message;     /* of an exception: "KeyError: 'a'" */
  StrataPlace        place;
  StrataPyValue     *exception;   /* RAISES */
  const StrataPlace *trace;       /* RAISES: from where it was raised outwards, place first */
  guint              n_trace;
  const char        *opaque;      /* the name of what is not known, where that is the reason; else NULL */
} StrataPyFailure;

typedef struct _StrataPyHost StrataPyHost;

/* The host (host.h) may be NULL: then whatever is imported and no part of the library here is opaque. It is borrowed. */
StrataPyMachine *strata_py_machine_new         (const StrataPyHost *host,
                                                gpointer            data);
void             strata_py_machine_free        (StrataPyMachine    *self);

/* What is in the machine now is what it begins with again after each rewind: many evaluations one after the other that have the
 * same modules of their host. Before it runs anything. */
void             strata_py_machine_mark        (StrataPyMachine    *self);
void             strata_py_machine_rewind      (StrataPyMachine    *self);

/* Bounds: a step is a statement, a call, or a turn of a loop; seconds are those of the processor for one call from here;
 * memory is in bytes. Preset to what no migration needs. */
void             strata_py_machine_set_limits  (StrataPyMachine    *self,
                                                guint64             steps,
                                                double              seconds,
                                                gsize               memory);
/* Steps and seconds begin anew: the host knows that the evaluation came on. */
void             strata_py_machine_renew       (StrataPyMachine    *self);
/* Borrowed; once cancelled, the evaluation stops as with a bound. */
void             strata_py_machine_set_cancellable (StrataPyMachine *self,
                                                    GCancellable    *cancellable);
/* The time that now() tells, in microseconds since 1970, UTC, and what random numbers come from: for tests. */
void             strata_py_machine_set_world   (StrataPyMachine    *self,
                                                gint64              now,
                                                guint32             seed);
/* Strict: to call what is opaque needs Python. Otherwise the result is opaque too, as suits what a module does when it
 * is imported. Off at first. */
void             strata_py_machine_set_strict  (StrataPyMachine    *self,
                                                gboolean            is_strict);

/* Evaluates a module, which is then known by that name to imports. */
StrataPyValue   *strata_py_machine_run         (StrataPyMachine    *self,
                                                const char         *name,
                                                StrataPyTree       *tree);
/* A module's name, or any value's attribute. NULL without failure where there is none. */
StrataPyValue   *strata_py_machine_lookup      (StrataPyMachine    *self,
                                                StrataPyValue      *value,
                                                const char         *name);
StrataPyValue   *strata_py_machine_call        (StrataPyMachine    *self,
                                                StrataPyValue      *function,
                                                StrataPyValue     **arguments,
                                                guint               n_arguments);
const StrataPyFailure *strata_py_machine_get_failure (StrataPyMachine *self);
/* Where it is; a file of NULL: nowhere. */
StrataPlace      strata_py_machine_get_place   (StrataPyMachine    *self);
/* TRUE once a value was made that would be another one in the next run. */
gboolean         strata_py_machine_has_varied  (StrataPyMachine    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataPyMachine, strata_py_machine_free)

G_END_DECLS

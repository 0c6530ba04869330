/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/evaluate.h"
#include "core/python/library.h"

typedef struct
{
  const char           *name;
  const StrataPyNative *functions;
  void                (*fill) (Machine *py, Value *module);
} Part;

static const Part parts[] = {
  { "enum", strata_py_enum_functions, strata_py_fill_enum },
};

/* Names that a part lacks exist in Python all the same, as far as is known here: so they are opaque. */
Value *
strata_py_library_module (Machine    *py,
                          const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (g_str_equal (parts[i].name, name))
      {
        Value *module = strata_py_module (py, name, FALSE);

        strata_py_set_natives (py, module, parts[i].functions);
        if (parts[i].fill != NULL)
          parts[i].fill (py, module);
        return module;
      }

  return NULL;
}

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
  { "abc", strata_py_abc_functions, NULL },
  { "base64", strata_py_base64_functions, NULL },
  { "collections", strata_py_collections_functions, strata_py_fill_collections },
  { "contextlib", strata_py_contextlib_functions, NULL },
  { "copy", strata_py_copy_functions, NULL },
  { "dataclasses", strata_py_dataclass_functions, NULL },
  { "datetime", NULL, strata_py_fill_datetime },
  { "decimal", NULL, strata_py_fill_decimal },
  { "enum", strata_py_enum_functions, strata_py_fill_enum },
  { "functools", strata_py_functools_functions, strata_py_fill_functools },
  { "hashlib", strata_py_hashlib_functions, NULL },
  { "itertools", strata_py_itertools_functions, strata_py_fill_itertools },
  { "json", strata_py_json_functions, strata_py_fill_json },
  { "logging", strata_py_logging_functions, strata_py_fill_logging },
  { "loguru", NULL, strata_py_fill_loguru },
  { "math", strata_py_math_functions, strata_py_fill_math },
  { "operator", strata_py_operator_functions, NULL },
  { "os", strata_py_os_functions, strata_py_fill_os },
  { "os.path", strata_py_path_functions, NULL },
  { "random", strata_py_random_functions, NULL },
  { "re", strata_py_re_functions, strata_py_fill_re },
  { "secrets", strata_py_secrets_functions, NULL },
  { "string", NULL, strata_py_fill_string },
  { "structlog", strata_py_structlog_functions, NULL },
  { "sys", strata_py_sys_functions, strata_py_fill_sys },
  { "textwrap", strata_py_textwrap_functions, NULL },
  { "time", strata_py_time_functions, NULL },
  { "typing", strata_py_typing_functions, strata_py_fill_typing },
  { "typing_extensions", strata_py_typing_functions, strata_py_fill_typing },
  { "uuid", strata_py_uuid_functions, strata_py_fill_uuid },
  { "warnings", strata_py_warnings_functions, NULL },
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

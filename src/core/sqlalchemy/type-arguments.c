/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/type-class.h"

#include "core/base/number.h"

gboolean
strata_sa_read_count (StrataPyMachine *py,
                      StrataPyValue   *value,
                      guint           *number,
                      gboolean        *is_given)
{
  gint64 wide;

  if (is_given != NULL)
    *is_given = FALSE;
  *number = 0;
  if (value == NULL || strata_py_is_none (value))
    return TRUE;

  if (strata_py_value_get_opaque_name (value) != NULL)
    return strata_py_refuse_opaque (py, value, "is a size of a type") != NULL;
  if (strata_py_value_get_kind (value) == STRATA_PY_VALUE_STR)
    {
      const char *text = strata_py_value_get_text (value, NULL);
      guint64 read;

      /* SQLAlchemy prints whatever it was given. */
      if (!strata_number_parse_unsigned (text, 0, G_MAXUINT, &read) || (*text == '0' && text[1] != '\0'))
        return strata_py_refuse (py, "the size of a type is “%s”", text) != NULL;
      wide = read;
    }
  else if (!strata_py_value_get_int (value, &wide) || strata_py_value_get_kind (value) == STRATA_PY_VALUE_BOOL
           || wide < 0 || wide > G_MAXUINT)
    {
      return strata_py_refuse (py, "the size of a type is a “%s” that is no such number",
                               strata_py_value_get_class_name (value)) != NULL;
    }

  *number = wide;
  if (is_given != NULL)
    *is_given = TRUE;

  return TRUE;
}

gboolean
strata_sa_read_flag (StrataPyMachine *py,
                     StrataPyValue   *value,
                     gboolean         initial,
                     gboolean        *flag)
{
  int truth = value != NULL ? strata_py_truth (py, value) : initial;

  *flag = truth > 0;

  return truth >= 0;
}

gboolean
strata_sa_read_text (StrataPyMachine  *py,
                     StrataPyValue    *value,
                     const char      **text)
{
  *text = NULL;
  if (value == NULL || strata_py_is_none (value))
    return TRUE;

  if (strata_py_value_get_opaque_name (value) != NULL)
    return strata_py_refuse_opaque (py, value, "is a word of a type") != NULL;
  if (strata_py_value_get_kind (value) != STRATA_PY_VALUE_STR)
    return strata_py_refuse (py, "a word of a type is a “%s”", strata_py_value_get_class_name (value)) != NULL;
  *text = strata_py_value_get_text (value, NULL);

  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/render/renderer.h"
#include "core/sqlalchemy/dialect.h"
#include "core/sqlalchemy/type-forms.h"

#include <string.h>

/* repr() and str() of types, as SQLAlchemy writes them. */

typedef struct
{
  StrataPyMachine *py;
  GString         *text;
  gboolean         has_failed;
} Out;

static void
put_separator (Out *out)
{
  if (out->text->str[out->text->len - 1] != '(')
    g_string_append (out->text, ", ");
}

static void
put_repr (Out           *out,
          const char    *name,
          StrataPyValue *value)
{
  StrataPyValue *text = value != NULL ? strata_py_to_repr (out->py, value) : NULL;

  put_separator (out);
  if (name != NULL)
    g_string_append_printf (out->text, "%s=", name);
  if (text != NULL)
    g_string_append (out->text, strata_py_value_get_text (text, NULL));
  else
    out->has_failed = TRUE;
}

static StrataPyValue *
initial_value (StrataPyMachine *py,
               char             letter)
{
  return letter == 'N' || letter == 'X' ? strata_py_none (py) : strata_py_bool (py, letter == 'T');
}

static void
put_unless (Out           *out,
            StrataPyValue *self,
            const char    *name,
            StrataPyValue *initial)
{
  StrataPyValue *value = strata_py_find_attribute (out->py, self, name);
  int same = value != NULL ? strata_py_equal (out->py, value, initial) : 1;

  /* False == 0, but None is nothing else. */
  if (value != NULL && strata_py_is_none (value) != strata_py_is_none (initial))
    same = 0;
  if (same < 0 || strata_py_has_failed (out->py))
    out->has_failed = TRUE;
  else if (!same)
    put_repr (out, name, value);
}

/* The parameters of a form that are attributes: those that must be given by place, the others by name. */
static void
put_arguments (Out                    *out,
               StrataPyValue          *self,
               const StrataSaTypeForm *form)
{
  g_auto(GStrv) parts = g_strsplit (form->parameters, ",", -1);

  for (guint i = 0, n = 0; parts[i] != NULL && !out->has_failed; i++)
    {
      char *part = g_strstrip (parts[i]);
      char letter;

      if (g_str_equal (part, "*") || *part == '\0')
        continue;
      letter = form->defaults[n++];
      if (letter == '-')
        continue;
      if (!g_str_has_suffix (part, "="))
        {
          put_repr (out, NULL, strata_py_find_attribute (out->py, self, part));
          continue;
        }
      part[strlen (part) - 1] = '\0';
      put_unless (out, self, part, initial_value (out->py, letter));
    }
}

static void
put_enum (Out                  *out,
          StrataSaTypeInstance *self)
{
  static const struct { const char *name; char initial; } options[] = {
    { "name", 'N' }, { "schema", 'N' }, { "metadata", 'N' }, { "inherit_schema", 'F' }, { "native_enum", 'T' },
    { "create_constraint", 'F' },
  };
  StrataPyValue *value = &self->object.base;
  const StrataEnum *values = &self->object.type.values;

  for (guint i = 0; values->values[i] != NULL; i++)
    put_repr (out, NULL, strata_py_str (out->py, values->values[i]));
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    put_unless (out, value, options[i].name, initial_value (out->py, options[i].initial));
  if (self->object.type.length > 0)
    put_unless (out, value, "length", strata_py_int (out->py, strata_enum_get_length (values)));
}

StrataPyValue *
strata_sa_type_repr (StrataPyMachine *py,
                     StrataPyValue   *value)
{
  StrataSaTypeInstance *self = (StrataSaTypeInstance *) value;
  StrataPyValue *init = strata_py_find_attribute (py, (StrataPyValue *) value->class, "__init__");
  const StrataSaTypeForm *form = self->class->form;
  g_autoptr(GString) text = g_string_new (strata_py_value_get_class_name (value));
  Out out = { py, text, FALSE };

  g_string_append_c (text, '(');
  if (self->object.type.values.values != NULL)
    {
      put_enum (&out, self);
    }
  else
    {
      /* Those of a decorator are those of what it stands for. */
      if (self->impl != NULL)
        form = strata_sa_type_instance (py, self->impl)->class->form;
      else if (init != NULL && strata_py_value_get_kind (init) == STRATA_PY_VALUE_FUNCTION)
        return strata_py_refuse (py, "the text of a type of the project's own is not known here");
      if (form != NULL)
        put_arguments (&out, value, form);
    }
  g_string_append_c (text, ')');

  return out.has_failed ? NULL : strata_py_str (py, text->str);
}

/* NULL without failure: this server has no such type. */
static StrataPyValue *
compile (StrataPyMachine  *py,
         const StrataType *type,
         StrataDialect     dialect,
         gboolean          is_tolerant)
{
  StrataRenderOptions options = { .dialect = dialect };
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataRenderer) renderer = strata_renderer_new (&options, &error);
  g_autofree char *text = renderer != NULL ? strata_renderer_type_to_text (renderer, type, &error) : NULL;

  if (text != NULL)
    return strata_py_str (py, text);
  if (renderer == NULL)
    return strata_py_stop (py, STRATA_PY_CODE_NEEDS_PYTHON, "%s", error->message);
  if (g_error_matches (error, STRATA_RENDER_ERROR, STRATA_RENDER_ERROR_UNSUPPORTED))
    return is_tolerant ? NULL : strata_sa_raise (py, "UnsupportedCompilationError", "%s", error->message);

  return strata_sa_raise (py, "CompileError", "%s", error->message);
}

/* SQLAlchemy's words of no server are those that SQLite has; what that has not is told by the name of its class. */
StrataPyValue *
strata_sa_type_str (StrataPyMachine *py,
                    StrataPyValue   *value)
{
  StrataSaTypeInstance *self = (StrataSaTypeInstance *) value;
  StrataType plain;
  const StrataType *type = &self->object.type;
  StrataPyValue *text;

  if (self->impl != NULL || type->kind == STRATA_TYPE_WORDS)
    type = strata_sa_resolve_type (py, self);
  if (type == NULL)
    return NULL;
  plain = *type;
  plain.variants = NULL;
  text = compile (py, &plain, STRATA_DIALECT_SQLITE, TRUE);

  return text != NULL || strata_py_has_failed (py) ? text : strata_py_str (py, strata_py_value_get_class_name (value));
}

StrataPyValue *
strata_sa_type_compile (StrataPyMachine  *py,
                        StrataPyValue    *self,
                        StrataPyValue   **arguments)
{
  const StrataType *type;

  if (arguments[0] == NULL || strata_py_is_none (arguments[0]))
    return strata_sa_type_str (py, self);
  if (arguments[0] != strata_sa_get_dialect_object (py))
    return strata_py_refuse (py, "a type is compiled for another server");
  type = strata_sa_read_type (py, self);

  return type != NULL ? compile (py, type, strata_sa_get (py)->dialect, FALSE) : NULL;
}

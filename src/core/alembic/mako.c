/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/mako.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/alembic/mako-python.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/python/host.h"

#define NATIVES_MODULE "_strata_mako"
#define NAMES_MODULE   "_strata_mako_names"
#define NAMES_PATH     "templates/mako.py"

typedef struct
{
  const StrataMakoNames *names;
  StrataMakoPython       python;
  GPtrArray             *outputs;    /* GString: the innermost that is being written is the last */
} Render;

static GString *
output (StrataPyMachine *py)
{
  Render *self = strata_py_machine_get_host_data (py);

  return g_ptr_array_index (self->outputs, self->outputs->len - 1);
}

static StrataPyValue *
mako_write (StrataPyMachine  *py,
            StrataPyValue    *self,
            StrataPyValue   **arguments)
{
  gsize length;
  const char *text = strata_py_value_get_text (arguments[0], &length);

  if (text == NULL || strata_py_value_get_kind (arguments[0]) != STRATA_PY_VALUE_STR)
    return strata_py_raise (py, "TypeError", "sequence item 0: expected str instance, %s found",
                            strata_py_value_get_class_name (arguments[0]));
  g_string_append_len (output (py), text, length);

  return strata_py_none (py);
}

static StrataPyValue *
mako_text (StrataPyMachine  *py,
           StrataPyValue    *self,
           StrataPyValue   **arguments)
{
  Render *render = strata_py_machine_get_host_data (py);
  gint64 number = 0;

  strata_py_value_get_int (arguments[0], &number);
  g_string_append (output (py), g_ptr_array_index (render->python.texts, number));

  return strata_py_none (py);
}

static StrataPyValue *
mako_push (StrataPyMachine  *py,
           StrataPyValue    *self,
           StrataPyValue   **arguments)
{
  Render *render = strata_py_machine_get_host_data (py);

  g_ptr_array_add (render->outputs, g_string_new (NULL));

  return strata_py_none (py);
}

static StrataPyValue *
mako_pop (StrataPyMachine  *py,
          StrataPyValue    *self,
          StrataPyValue   **arguments)
{
  Render *render = strata_py_machine_get_host_data (py);
  StrataPyValue *text = strata_py_str_len (py, output (py)->str, output (py)->len);

  g_ptr_array_set_size (render->outputs, render->outputs->len - 1);

  return text;
}

static StrataPyValue *
mako_refuse (StrataPyMachine  *py,
             StrataPyValue    *self,
             StrataPyValue   **arguments)
{
  return strata_py_stop (py, STRATA_PY_CODE_NEEDS_PYTHON, "%s", strata_py_value_get_text (arguments[0], NULL));
}

static const StrataPyNative natives[] = {
  { "pop", NULL, mako_pop },
  { "push", NULL, mako_push },
  { "refuse", "what", mako_refuse },
  { "text", "number", mako_text },
  { "write", "text", mako_write },
  { NULL }
};

/* The value of an option, or what the caller says. */
static StrataPyValue *
option (StrataPyMachine *py,
        const char      *section,
        gboolean         with_toml,
        StrataPyValue   *name,
        StrataPyValue   *otherwise)
{
  Render *self = strata_py_machine_get_host_data (py);
  const char *key = strata_py_value_get_text (name, NULL);
  g_autofree char *value = key != NULL && self->names->dup_option != NULL
    ? self->names->dup_option (section, key, with_toml, self->names->data) : NULL;

  if (value != NULL)
    return strata_py_str (py, value);

  return otherwise != NULL ? otherwise : strata_py_none (py);
}

static StrataPyValue *
get_main_option (StrataPyMachine  *py,
                 StrataPyValue    *self,
                 StrataPyValue   **arguments)
{
  return option (py, NULL, FALSE, arguments[0], arguments[1]);
}

static StrataPyValue *
get_alembic_option (StrataPyMachine  *py,
                    StrataPyValue    *self,
                    StrataPyValue   **arguments)
{
  return option (py, NULL, TRUE, arguments[0], arguments[1]);
}

static StrataPyValue *
get_section_option (StrataPyMachine  *py,
                    StrataPyValue    *self,
                    StrataPyValue   **arguments)
{
  const char *section = strata_py_value_get_text (arguments[0], NULL);

  return option (py, section != NULL ? section : "", FALSE, arguments[1], arguments[2]);
}

static StrataPyValue *
config_attribute (StrataPyMachine *py,
                  StrataPyValue   *self,
                  const char      *name)
{
  Render *render = strata_py_machine_get_host_data (py);

  if (g_str_equal (name, "config_file_name"))
    return render->names->config_file != NULL ? strata_py_str (py, render->names->config_file) : strata_py_none (py);
  if (g_str_equal (name, "config_ini_section"))
    return strata_py_str (py, render->names->section != NULL ? render->names->section : "alembic");

  return NULL;
}

static const StrataPyNative config_methods[] = {
  { "get_alembic_option", "name, default=", get_alembic_option },
  { "get_main_option", "name, default=", get_main_option },
  { "get_section_option", "section, name, default=", get_section_option },
  { NULL }
};

static const StrataPySlots config_slots = {
  .name = "Config",
  .methods = config_methods,
  .lacking = " attributes cmd_opts config_args file_config get_alembic_boolean_option get_hooks_list get_prepend_sys_paths_list"
             " get_section get_template_directory get_version_locations_list messaging_opts output_buffer print_stdout"
             " set_main_option set_section_option stdout toml_alembic_config toml_file_name ",
  .get_attribute = config_attribute,
};

static StrataPyValue *
text_or_none (StrataPyMachine *py,
              const char      *text)
{
  return text != NULL ? strata_py_str (py, text) : strata_py_none (py);
}

static StrataPyValue *
several (StrataPyMachine      *py,
         const char * const   *texts,
         gboolean              one_is_text,
         gboolean              is_list)
{
  g_autoptr(GPtrArray) values = g_ptr_array_new ();

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    g_ptr_array_add (values, strata_py_str (py, texts[i]));
  if (values->len == 0)
    return strata_py_none (py);
  if (values->len == 1 && one_is_text)
    return g_ptr_array_index (values, 0);

  return is_list ? strata_py_list (py, (StrataPyValue **) values->pdata, values->len)
                 : strata_py_tuple (py, (StrataPyValue **) values->pdata, values->len);
}

static void
add_data (StrataPyMachine *py,
          StrataPyValue   *module)
{
  Render *self = strata_py_machine_get_host_data (py);
  const StrataMakoNames *names = self->names;
  StrataPyClass *class = strata_py_class (py, &config_slots, NULL);
  StrataPyDict *data = strata_py_dict (py);

  strata_py_dict_set_name (py, data, "config", strata_py_host_object (py, class, sizeof (StrataPyValue)));
  for (guint i = 0; names->bodies != NULL && names->bodies[i] != NULL; i += 2)
    strata_py_dict_set_name (py, data, names->bodies[i], strata_py_str (py, names->bodies[i + 1]));
  strata_py_dict_set_name (py, data, "up_revision", text_or_none (py, names->up_revision));
  strata_py_dict_set_name (py, data, "down_revision", several (py, names->down_revisions, TRUE, FALSE));
  strata_py_dict_set_name (py, data, "branch_labels", several (py, names->branch_labels, FALSE, FALSE));
  strata_py_dict_set_name (py, data, "depends_on", several (py, names->depends_on, TRUE, TRUE));
  strata_py_dict_set_name (py, data, "message", text_or_none (py, names->message));
  strata_py_set (py, module, "data", (StrataPyValue *) data);
}

static StrataPyValue *
find_module (StrataPyMachine *py,
             const char      *name,
             gpointer         data)
{
  StrataPyValue *module;

  if (!g_str_equal (name, NATIVES_MODULE))
    return NULL;
  module = strata_py_module (py, name, TRUE);
  strata_py_set_natives (py, module, natives);
  add_data (py, module);

  return module;
}

/* The date is made by Python's own class. */
static char *
date_statement (const StrataMakoNames *names)
{
  GDateTime *date = names->create_date;
  g_autofree char *zone = names->is_local ? g_strdup ("")
    : g_strdup_printf (", tzinfo=datetime.timezone(datetime.timedelta(seconds=%" G_GINT64_FORMAT "))",
                       (gint64) (g_date_time_get_utc_offset (date) / G_USEC_PER_SEC));

  return g_strdup_printf ("import datetime\ndata['create_date'] = datetime.datetime(%d, %d, %d, %d, %d, %d, %d%s)\n",
                          g_date_time_get_year (date), g_date_time_get_month (date), g_date_time_get_day_of_month (date),
                          g_date_time_get_hour (date), g_date_time_get_minute (date), g_date_time_get_second (date),
                          g_date_time_get_microsecond (date), zone);
}

static StrataPyTree *
load_module (StrataPyMachine *py,
             const char      *name,
             gboolean        *is_package,
             gpointer         data)
{
  Render *self = data;
  g_autofree char *date = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GPtrArray) findings = strata_findings_new ();

  if (!g_str_equal (name, NAMES_MODULE))
    return NULL;
  date = date_statement (self->names);
  text = g_strconcat (strata_resource_text (NAMES_PATH), date, NULL);

  return strata_py_tree_parse ("mako.py", text, strlen (text), findings);
}

static const StrataPyHost host = { find_module, load_module };

/* The template's line where it went wrong: the innermost of its own. */
static guint
failing_line (Render                *self,
              const char            *path,
              const StrataPyFailure *failure)
{
  guint line = g_strcmp0 (failure->place.file, path) == 0 ? strata_mako_python_get_line (&self->python, failure->place.line) : 0;

  for (guint i = 0; line == 0 && i < failure->n_trace; i++)
    if (g_strcmp0 (failure->trace[i].file, path) == 0)
      line = strata_mako_python_get_line (&self->python, failure->trace[i].line);

  return line;
}

static gboolean
fail (Render          *self,
      const char      *path,
      StrataPyMachine *py,
      GError         **error)
{
  const StrataPyFailure *failure = strata_py_machine_get_failure (py);
  guint line = failing_line (self, path, failure);
  g_autofree char *place = line > 0 ? g_strdup_printf ("%s:%u", path, line) : g_strdup (path);

  if (failure->outcome == STRATA_PY_STOPPED && g_str_equal (failure->code, STRATA_PY_CODE_NEEDS_PYTHON))
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_NEEDS_PYTHON, "%s: %s", place, failure->message);
  else
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT, "%s: %s", place, failure->message);

  return FALSE;
}

static gboolean
evaluate (Render      *self,
          const char  *path,
          GError     **error)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPyTree) tree = strata_py_tree_parse (path, self->python.text->str, self->python.text->len, findings);
  g_autoptr(StrataPyMachine) py = strata_py_machine_new (&host, self);

  if (findings->len > 0)
    {
      const StrataFinding *first = g_ptr_array_index (findings, 0);
      guint line = strata_mako_python_get_line (&self->python, strata_finding_get_place (first).line);

      g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT, "%s:%u: %s", path, line, strata_finding_get_message (first));
      return FALSE;
    }

  strata_py_machine_set_strict (py, TRUE);

  return strata_py_machine_run (py, "script", tree) != NULL || fail (self, path, py, error);
}

/* What a zone calls itself is Python's own table. */
static gboolean
asks_for_zone (const char            *text,
               const StrataMakoNames *names)
{
  return !names->is_local && !g_str_equal (g_date_time_get_timezone_abbreviation (names->create_date), "UTC")
         && (strstr (text, "%Z") != NULL || strstr (text, "tzname") != NULL || strstr (text, "tzinfo") != NULL);
}

static void
free_output (gpointer data)
{
  g_string_free (data, TRUE);
}

char *
strata_mako_render (const char             *path,
                    const char             *text,
                    gsize                   length,
                    const StrataMakoNames  *names,
                    GError                **error)
{
  g_autoptr(GPtrArray) parts = strata_mako_parts_read (path, text, length, error);
  g_autoptr(GPtrArray) outputs = g_ptr_array_new_with_free_func (free_output);
  g_auto(StrataMakoPython) python = { NULL };
  Render self = { .names = names, .outputs = outputs };

  if (parts == NULL || !strata_mako_python_write (&python, path, parts, error))
    return NULL;

  if (asks_for_zone (python.text->str, names))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_NEEDS_PYTHON, _("%s: it asks for the name of the time zone"), path);
      return NULL;
    }

  self.python = python;
  g_ptr_array_add (outputs, g_string_new (NULL));
  if (!evaluate (&self, path, error))
    return NULL;

  return g_strdup (((GString *) g_ptr_array_index (outputs, 0))->str);
}

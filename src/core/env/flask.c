/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/natives.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/files.h"
#include "core/env/modules.h"

/* Flask-Migrate's env.py gives configure() what Migrate(app, db, ...) or its init_app() was told somewhere in the project. Nobody
 * imports that file for env.py: the running application would have done it. So all calls of the project are looked at. */
typedef struct
{
  StrataEnvReader *reader;
  StrataEnvFrame  *frame;
  StrataEnvThing  *arguments;   /* DICT */
  GHashTable      *names;       /* set of char, of the trees: what Migrate() was assigned to */
  gboolean         is_second;   /* the names are known by now */
  guint            n_calls;
  gboolean         is_open;     /* one of the calls has arguments that are not known */
} Search;

/* Keywords of Flask-Migrate's own. */
static gboolean
is_own (const char *keyword)
{
  return g_str_equal (keyword, "app") || g_str_equal (keyword, "db") || g_str_equal (keyword, "directory")
         || g_str_equal (keyword, "command");
}

static const char *
get_last_name (const StrataPyNode *node)
{
  if (node->kind == STRATA_PY_NODE_NAME)
    return node->name;

  return node->kind == STRATA_PY_NODE_ATTRIBUTE ? node->attribute.name : NULL;
}

static gboolean
is_migrate (const StrataPyNode *node)
{
  return node->kind == STRATA_PY_NODE_CALL && g_strcmp0 (get_last_name (node->call.function), "Migrate") == 0;
}

static gboolean
is_init_app (Search             *self,
             const StrataPyNode *node)
{
  const StrataPyNode *function = node->kind == STRATA_PY_NODE_CALL ? node->call.function : NULL;
  const char *owner;

  if (function == NULL || function->kind != STRATA_PY_NODE_ATTRIBUTE || !g_str_equal (function->attribute.name, "init_app"))
    return FALSE;

  owner = get_last_name (function->attribute.value);

  return is_migrate (function->attribute.value) || (owner != NULL && g_hash_table_contains (self->names, owner));
}

/* What two calls say differently is not known: which of them counts is for the application to say. */
static void
take_arguments (Search             *self,
                const StrataPyNode *call)
{
  StrataPyList keywords = call->call.keywords;

  self->n_calls++;
  for (guint i = 0; i < keywords.length; i++)
    {
      const char *name = keywords.items[i]->attribute.name;
      StrataEnvThing *before = name != NULL ? strata_env_cell_get (self->arguments, name) : NULL;
      StrataEnvThing *thing;

      self->is_open |= name == NULL;
      if (name == NULL || is_own (name))
        continue;
      thing = strata_env_evaluate (self->reader, self->frame, keywords.items[i]->attribute.value);
      if (before != NULL && !strata_env_thing_same (before, thing))
        thing = strata_env_thing_unknown (self->reader, thing->place,
                                          _("Migrate() is told different things in the project"));
      strata_env_cell_set (self->reader, self->arguments, name, thing);
    }
}

static void
visit (const StrataPyNode *node,
       gpointer            data)
{
  Search *self = data;

  if (!self->is_second && node->kind == STRATA_PY_NODE_ASSIGN && is_migrate (node->assign.value))
    for (guint i = 0; i < node->assign.targets.length; i++)
      {
        const char *name = get_last_name (node->assign.targets.items[i]);

        if (name != NULL)
          g_hash_table_add (self->names, (gpointer) name);
      }
  if (self->is_second && (is_migrate (node) || is_init_app (self, node)))
    take_arguments (self, node);

  strata_py_node_foreach (node, visit, data);
}

/* Under a name that no import can have. */
static StrataEnvModule *
read_module (StrataEnvReader *reader,
             const char      *path)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autofree char *name = g_strconcat ("/", path, NULL);
  StrataEnvText *text = g_new0 (StrataEnvText, 1);
  StrataEnvModule *module;

  g_hash_table_insert (reader->texts, g_strdup (name), text);
  text->path = g_strdup (path);
  text->text = strata_file_read (path, &text->length, NULL);
  if (text->text == NULL)
    return NULL;

  module = strata_env_module_new (reader, name, text);
  module->tree = strata_py_tree_parse (path, text->text, text->length, findings);
  module->is_entered = module->is_done = TRUE;
  module->thing->is_open = TRUE;

  return module;
}

static void
search_module (Search          *self,
               StrataEnvModule *module)
{
  StrataPyList body = strata_py_tree_get_body (module->tree);
  StrataEnvFrame frame;

  strata_env_frame_init (&frame, self->reader, module, module->thing);
  self->frame = &frame;
  for (guint i = 0; i < body.length; i++)
    visit (body.items[i], self);
  strata_env_frame_clear (&frame);
}

/* Tests make applications of their own. */
static gboolean
is_of_tests (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  return strstr (path, "/tests/") != NULL || strstr (path, "/test/") != NULL || g_str_has_prefix (name, "test_")
         || g_str_equal (name, "conftest.py");
}

static void
search_project (Search   *self,
                gboolean  everywhere)
{
  static const char * const words[] = { "Migrate(", ".init_app(", NULL };
  const StrataEnvSource *source = self->reader->source;
  g_auto(GStrv) paths = source->grep != NULL ? source->grep (words, everywhere, source->data) : g_new0 (char *, 1);
  g_autoptr(GPtrArray) modules = g_ptr_array_new ();

  for (guint i = 0; paths[i] != NULL; i++)
    {
      StrataEnvModule *module = is_of_tests (paths[i]) ? NULL : read_module (self->reader, paths[i]);

      if (module != NULL)
        g_ptr_array_add (modules, module);
    }
  for (guint turn = 0; turn < 2; turn++)
    {
      self->is_second = turn > 0;
      for (guint i = 0; i < modules->len; i++)
        search_module (self, g_ptr_array_index (modules, i));
    }
}

static void
report (Search      *self,
        StrataPlace  place)
{
  if (self->reader->findings == NULL || (self->n_calls > 0 && !self->is_open))
    return;

  g_ptr_array_add (self->reader->findings,
                   strata_finding_new (STRATA_SEVERITY_WARNING, "flask-migrate", place,
                                       _("If it sets version_table, version_table_schema, transaction_per_migration or"
                                         " transactional_ddl, say it in strata.ini, section [strata]."),
                                       self->n_calls == 0
                                       ? _("env.py takes settings from Flask-Migrate, and no Migrate(...) was found in "
                                           "the project: Alembic's defaults are taken")
                                       : _("env.py takes settings from Flask-Migrate, and not all that Migrate(...) is "
                                           "given in the project was understood: what was not counts as not given")));
}

/* "current_app.extensions['migrate'].configure_args": a DICT. */
StrataEnvThing *
strata_env_flask_arguments (StrataEnvReader *self,
                            StrataPlace      place)
{
  g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  Search search = { .reader = self, .names = names };

  if (self->flask != NULL)
    return self->flask;

  self->flask = search.arguments = strata_env_thing_new (self, STRATA_THING_DICT, place);
  /* The offline way has settings of its own, and none of them comes from there. */
  if (!self->offline)
    {
      search_project (&search, FALSE);
      if (search.n_calls == 0)
        search_project (&search, TRUE);
      report (&search, place);
    }

  return self->flask;
}

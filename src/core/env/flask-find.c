/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/flask-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/files.h"
#include "core/config/dotenv.h"
#include "core/env/modules.h"

#define MOST_FILES 200   /* of a folder that an application may be in */

/* "flask db upgrade" makes the application before env.py runs: the one that FLASK_APP names, or the one of wsgi.py or
 * app.py. What it is called with otherwise (flask --app) is not known. */
typedef struct
{
  StrataEnvReader *reader;
  char            *folder;     /* that the program is started in */
  StrataPlace      place;
  char            *given;      /* FLASK_APP; NULL: none */
} Search;

static void
search_clear (Search *self)
{
  g_free (self->folder);
  g_free (self->given);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

/* The folder of env.py's folder: Flask-Migrate has "migrations" beside the application. */
static char *
dup_home (StrataEnvReader *self)
{
  g_autofree char *folder = g_path_get_dirname (self->source->path);

  return g_path_get_dirname (folder);
}

gboolean
strata_env_flask_owns (StrataEnvReader *self,
                       const char      *path)
{
  g_autofree char *home = dup_home (self);
  g_autofree char *below = g_strconcat (self->source->folder != NULL ? self->source->folder : home, "/", NULL);

  return g_str_has_prefix (path, below) || (g_str_has_prefix (path, home) && path[strlen (home)] == '/');
}

StrataEnvModule *
strata_env_flask_read_file (StrataEnvReader *self,
                            const char      *path)
{
  g_autofree char *name = g_strconcat ("/", path, NULL);
  StrataEnvText *text = g_hash_table_lookup (self->texts, name);
  StrataEnvModule *module = g_hash_table_lookup (self->modules, name);

  if (module != NULL)
    return module;
  if (text == NULL)
    {
      text = g_new0 (StrataEnvText, 1);
      text->path = g_strdup (path);
      text->text = strata_file_read (path, &text->length, NULL);
      g_hash_table_insert (self->texts, g_strdup (name), text);
    }

  return text->text != NULL ? strata_env_module_new (self, name, text) : NULL;
}

/* Whether one of the lists of what a project needs, or a pattern in it, says so: the group 1, or "" where there is none. */
static char *
search_lists (StrataEnvReader *self,
              const char      *pattern)
{
  static const char * const names[] = { "uv.lock", "poetry.lock", "Pipfile.lock", "requirements.txt", "requirements/base.txt",
                                        "requirements/common.txt", "requirements/prod.txt", "pyproject.toml", "Pipfile",
                                        "setup.cfg", "setup.py" };
  g_autoptr(GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS | G_REGEX_MULTILINE, 0, NULL);
  g_autofree char *home = dup_home (self);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (home, names[i], NULL);
      g_autofree char *text = g_file_test (path, G_FILE_TEST_IS_REGULAR) ? strata_file_read (path, NULL, NULL) : NULL;
      g_autoptr(GMatchInfo) match = NULL;

      if (text != NULL && g_regex_match (regex, text, 0, &match))
        return g_match_info_fetch (match, 1);
    }

  return NULL;
}

guint
strata_env_flask_read_version (StrataEnvReader *self)
{
  g_autofree char *found = search_lists (self, "^\\W*(?:name\\W+)?flask[-_]sqlalchemy\\b\\W*?(?:version\\s*=\\s*\")?"
                                               "(?:==|~=|\\^|=|\"|\\s)+(\\d+)\\.");

  if (found == NULL || *found == '\0')
    {
      g_free (found);
      found = search_lists (self, "flask[-_]sqlalchemy\\s*>=?\\s*([3-9])\\b");
    }

  return found != NULL ? g_ascii_strtoull (found, NULL, 10) : 0;
}

/* Whether they, or the code, have python-dotenv. */
static gboolean
lists_dotenv (StrataEnvReader *self)
{
  static const char * const words[] = { "dotenv", NULL };
  const StrataEnvSource *source = self->source;
  g_autofree char *listed = search_lists (self, "^\\W*(?:name\\W+)?python[-_]dotenv\\b()");
  g_auto(GStrv) paths = listed == NULL && source->grep != NULL ? source->grep (words, FALSE, source->data) : NULL;

  return listed != NULL || (paths != NULL && paths[0] != NULL);
}

/* What Flask reads where python-dotenv is there: each from the folder upwards; what comes first wins. */
static const char * const flask_files[] = { ".env", ".flaskenv" };

static char *
find_upwards (const char *folder,
              const char *name)
{
  g_autofree char *at = g_strdup (folder);

  for (;;)
    {
      char *path = g_build_filename (at, name, NULL);
      char *above;

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return path;
      g_free (path);
      above = g_path_get_dirname (at);
      if (g_str_equal (above, at))
        {
          g_free (above);
          return NULL;
        }
      g_free (at);
      at = above;
    }
}

/* FLASK_APP as the environment has it, else those files. */
static char *
dup_given (Search *self)
{
  const char *given = self->reader->source->flask_app;
  g_autoptr(GPtrArray) findings = strata_findings_new ();

  for (guint i = 0; i < G_N_ELEMENTS (flask_files) && given == NULL; i++)
    {
      g_autofree char *path = find_upwards (self->folder, flask_files[i]);
      gsize length = 0;
      g_autofree char *text = path != NULL ? strata_file_read (path, &length, NULL) : NULL;
      g_autoptr(StrataDocument) document = NULL;
      const StrataConfigValue *found;

      if (text != NULL)
        document = strata_dotenv_parse (path, text, length, NULL, FALSE, findings);
      found = document != NULL ? strata_config_value_lookup (strata_document_get_root (document), "FLASK_APP") : NULL;
      if (found != NULL)
        return g_strdup (strata_config_value_get_text (found));
    }

  return g_strdup (given);
}

static void
load_files (Search *self)
{
  StrataEnvReader *reader = self->reader;
  gboolean has_dotenv = lists_dotenv (reader);

  for (guint i = 0; i < G_N_ELEMENTS (flask_files); i++)
    {
      g_autofree char *path = find_upwards (self->folder, flask_files[i]);
      StrataEnvFile file = { NULL, FALSE, FALSE, self->place };

      if (path == NULL && has_dotenv)
        path = g_build_filename (self->folder, flask_files[i], NULL);
      if (path == NULL)
        continue;
      file.path = strata_py_arena_strndup (reader->arena, path, strlen (path));
      if (has_dotenv)
        strata_env_load_file (reader, &file);
      else
        strata_env_spoil_environment (reader, self->place);
    }
}

/* "create_app", "create_app('production')" in the names of a module, called where it is a function. */
static StrataEnvThing *
evaluate_in_module (Search          *self,
                    StrataEnvModule *module,
                    const char      *expression)
{
  StrataEnvReader *reader = self->reader;
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  StrataPyTree *tree = strata_py_tree_parse (module->path, expression, strlen (expression), findings);
  StrataPyList body = strata_py_tree_get_body (tree);
  StrataEnvThing *found = NULL;
  StrataEnvFrame frame;

  g_ptr_array_add (reader->trees, tree);
  if (body.length != 1 || body.items[0]->kind != STRATA_PY_NODE_EXPRESSION)
    return NULL;

  strata_env_frame_init (&frame, reader, module, module->thing);
  found = strata_env_evaluate (reader, &frame, body.items[0]->child);
  if (found->kind == STRATA_THING_FUNCTION)
    found = strata_env_call_with (reader, &frame, body.items[0]->child, found, NULL);
  strata_env_frame_clear (&frame);

  return found;
}

/* As Flask looks through a module: "app" or "application", the only application, or what "create_app()" makes. */
static StrataEnvThing *
find_in_module (Search          *self,
                StrataEnvModule *module)
{
  static const char * const names[] = { "app", "application" };
  static const char * const makers[] = { "create_app", "make_app" };
  g_autoptr(GPtrArray) cells = NULL;
  StrataEnvThing *found = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      StrataEnvThing *held = strata_env_cell_get (module->thing, names[i]);

      held = held != NULL ? strata_env_resolve (self->reader, held) : NULL;
      if (strata_env_is_flask_app (held))
        return held;
    }

  cells = strata_env_cell_names (module->thing);
  for (guint i = 0; i < cells->len; i++)
    {
      StrataEnvThing *held = strata_env_resolve (self->reader, strata_env_cell_get (module->thing, cells->pdata[i]));

      if (!strata_env_is_flask_app (held) || held == found)
        continue;
      if (found != NULL)
        return NULL;
      found = held;
    }

  for (guint i = 0; i < G_N_ELEMENTS (makers) && found == NULL; i++)
    if (strata_env_cell_get (module->thing, makers[i]) != NULL)
      found = evaluate_in_module (self, module, makers[i]);

  return found;
}

/* "app", "app.py", "src/app.py", "app:create_app()" */
static StrataEnvThing *
find_named (Search     *self,
            const char *given)
{
  StrataEnvReader *reader = self->reader;
  const char *colon = strchr (given, ':');
  g_autofree char *path = colon != NULL ? g_strndup (given, colon - given) : g_strdup (given);
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;
  StrataEnvModule *module;
  StrataEnvThing *found;

  if (*path == '/' || *path == '\0' || strstr (path, "..") != NULL)
    return NULL;

  folder = strchr (path, '/') != NULL ? g_path_get_dirname (path) : g_strdup (".");
  name = g_path_get_basename (path);
  if (g_str_has_suffix (name, ".py"))
    name[strlen (name) - strlen (".py")] = '\0';
  g_ptr_array_insert (reader->before, 0, g_canonicalize_filename (folder, self->folder));

  module = strata_env_load_with_parents (reader, name);
  if (module == NULL)
    return NULL;
  strata_env_module_enter (reader, module);
  strata_env_module_import (reader, module);
  found = colon != NULL ? evaluate_in_module (self, module, colon + 1) : find_in_module (self, module);

  return strata_env_is_flask_app (found) ? found : NULL;
}

/* Without FLASK_APP: the name of the file that Flask takes, or NULL. */
static const char *
find_usual (Search *self)
{
  static const char * const names[] = { "wsgi.py", "app.py" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self->folder, names[i], NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return names[i];
    }

  return NULL;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static gboolean
has_word (const char *path)
{
  static const char * const words[] = { "Flask(", "create_app", "import app", "import application" };
  g_autofree char *text = strata_file_read (path, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (words) && text != NULL; i++)
    if (strstr (text, words[i]) != NULL)
      return TRUE;

  return FALSE;
}

/* A file that FLASK_APP may well name: of the folder, the first that has an application. */
static StrataEnvThing *
find_likely (Search *self)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) directory = g_dir_open (self->folder, 0, NULL);
  StrataEnvThing *found = NULL;
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL && names->len < MOST_FILES)
    if (g_str_has_suffix (name, ".py") && !g_str_has_prefix (name, "test"))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len && found == NULL; i++)
    {
      g_autofree char *path = g_build_filename (self->folder, names->pdata[i], NULL);

      if (has_word (path))
        found = find_named (self, names->pdata[i]);
      if (found != NULL)
        self->given = g_strdup (names->pdata[i]);
    }

  return found;
}

/* That Flask is told this, or nothing, is what the URL depends on. */
static const StrataEnvValue *
make_condition (Search  *self,
                gboolean is_likely)
{
  StrataEnvReader *reader = self->reader;
  const StrataEnvValue *variable = strata_env_variable (reader, self->place, "FLASK_APP", FALSE, NULL, 0);

  if (self->given == NULL)
    return strata_env_value_new_op (reader->arena, STRATA_ENV_OP_IS_NONE, self->place, 0, 1, variable);
  if (is_likely)
    return strata_env_value_new_leaf (reader->arena, STRATA_ENV_OP_UNKNOWN, self->place,
                                      _("which application Flask runs is not known without FLASK_APP"));

  return strata_env_value_new_op (reader->arena, STRATA_ENV_OP_EQUALS, self->place, 0, 2, variable,
                                  strata_env_text (reader, self->place, self->given));
}

static void
find_app (Search *self)
{
  StrataEnvReader *reader = self->reader;
  const char *name = self->given != NULL ? self->given : find_usual (self);
  gboolean is_likely = name == NULL;

  reader->app = is_likely ? find_likely (self) : find_named (self, name);
  if (reader->app != NULL)
    reader->app_condition = make_condition (self, is_likely);
  else
    strata_env_cell_set (reader, reader->world, "cwd", NULL);
}

void
strata_env_flask_start (StrataEnvReader *self)
{
  g_auto(Search) search = { .reader = self, .folder = dup_home (self) };

  /* What the offline way is asked for stands in env.py itself. */
  if (self->offline || memmem (self->source->text, self->source->length, "current_app", strlen ("current_app")) == NULL)
    return;

  /* Where it makes the context itself, plain Alembic runs it. */
  if (memmem (self->source->text, self->source->length, "app_context", strlen ("app_context")) == NULL)
    self->traits |= STRATA_ENV_WANTS_FLASK;

  /* Its commands are started in the folder that has the one of the scripts, as Flask-Migrate's init leaves it. */
  search.place = (StrataPlace) { strata_py_arena_strndup (self->arena, self->source->path, strlen (self->source->path)), 1, 1 };
  strata_env_cell_set (self, self->world, "cwd", strata_env_thing_of_text (self, search.place, search.folder));
  search.given = dup_given (&search);
  load_files (&search);
  find_app (&search);
}

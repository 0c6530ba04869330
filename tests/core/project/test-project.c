/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/project.h"

#include "core/base/error.h"
#include "folder.h"

#define SQL(id, down) \
  "-- Revision " id "\n--\n-- Revision: " id "\n-- Revises: " down "\n\n-- strata:upgrade\n\n-- strata:downgrade\n"
#define PY(id, down)  "\"\"\"Revision " id "\"\"\"\nrevision = '" id "'\ndown_revision = " down "\n"
#define ENV "from alembic import context\ncontext.configure(url='sqlite:///x.db')\n"

static StrataProject *
open_at (TestFolder          *folder,
         const char          *stand,
         const char * const  *configs,
         const char          *section,
         GError             **error)
{
  g_autofree char *path = test_folder_path (folder, stand);
  StrataProjectRequest request = { .folder = path, .configs = configs, .section = section };

  return strata_project_open (&request, error);
}

static StrataProject *
open_well (TestFolder *folder)
{
  g_autoptr(GError) error = NULL;
  StrataProject *project = open_at (folder, "", NULL, NULL, &error);

  g_assert_no_error (error);
  test_print_findings (strata_project_get_findings (project));

  return project;
}

static void
check_below (TestFolder *folder,
             const char *path,
             const char *expected)
{
  g_autofree char *full = test_folder_path (folder, expected);

  g_assert_cmpstr (path, ==, full);
}

static void
test_sql (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(StrataProject) project = NULL;
  const StrataSettings *settings;

  test_folder_write (folder, "strata.ini", "[strata]\nurl = sqlite:///x.db\n");
  test_folder_write (folder, "versions/a_first.sql", SQL ("a", ""));
  test_folder_write (folder, "versions/b_second.sql", SQL ("b", "a"));
  test_folder_write (folder, "versions/deeper/c.sql", SQL ("c", "b"));

  project = open_well (folder);
  settings = strata_project_get_settings (project);
  g_assert_cmpint (strata_project_get_kind (project), ==, STRATA_PROJECT_SQL);
  g_assert_cmpstr (strata_project_get_root (project), ==, folder);
  g_assert_cmpstr (strata_project_get_section (project), ==, "strata");
  g_assert_false (strata_project_get_chosen (project));
  g_assert_null (strata_project_get_env_script (project));
  check_below (folder, strata_project_get_configs (project)[0], "strata.ini");
  g_assert_null (strata_project_get_configs (project)[1]);
  g_assert_cmpstr (settings->script_location, ==, folder);
  check_below (folder, settings->version_locations[0], "versions");
  g_assert_cmpstr (settings->version_table, ==, "alembic_version");
  g_assert_null (settings->version_table_schema);
  g_assert_cmpint (settings->transactions, ==, STRATA_TRANSACTION_PER_REVISION);
  g_assert_cmpint (settings->ledger, ==, STRATA_LEDGER_IN_DATABASE);
  g_assert_cmpstr (settings->file_template, ==, "%(rev)s_%(slug)s");
  g_assert_cmpuint (settings->truncate_slug_length, ==, 40);
  g_assert_cmpuint (strata_project_get_revisions (project)->len, ==, 2);
  g_assert_cmpuint (strata_graph_get_n_nodes (strata_project_get_graph (project)), ==, 2);
  g_assert_cmpuint (strata_project_get_findings (project)->len, ==, 0);
}

static void
test_own_keys (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(StrataProject) project = NULL;
  const StrataSettings *settings;

  test_folder_write (folder, "strata.ini",
                     "[strata]\nversion_locations = %(here)s/a, b\nledger = off\nschema = schema.sql\n"
                     "schema_command = python dump.py\nscratch_url = postgresql:///scratch\nversion_table = v\n"
                     "version_table_schema = s\nfile_template = %%(rev)s\ntruncate_slug_length = 10\n"
                     "timezone = UTC\nrevision_environment = yes\nrecursive_version_locations = true\n"
                     "[strata:names]\napp.guid = uuid\n");
  test_folder_write (folder, "a/", NULL);
  test_folder_write (folder, "b/", NULL);
  project = open_well (folder);
  settings = strata_project_get_settings (project);
  check_below (folder, settings->version_locations[0], "a");
  check_below (folder, settings->version_locations[1], "b");
  check_below (folder, settings->schema, "schema.sql");
  g_assert_cmpint (settings->ledger, ==, STRATA_LEDGER_OFF);
  g_assert_cmpstr (settings->schema_command, ==, "python dump.py");
  g_assert_cmpstr (settings->scratch_url, ==, "postgresql:///scratch");
  g_assert_cmpstr (settings->version_table, ==, "v");
  g_assert_cmpstr (settings->version_table_schema, ==, "s");
  g_assert_cmpstr (settings->file_template, ==, "%(rev)s");
  g_assert_cmpuint (settings->truncate_slug_length, ==, 10);
  g_assert_true (settings->revision_environment);
  g_assert_true (settings->recursive_version_locations);
  g_assert_cmpstr (settings->names[1], ==, "uuid");
  g_assert_cmpuint (strata_project_get_findings (project)->len, ==, 0);
}

static void
test_alembic (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(StrataProject) project = NULL;
  const StrataSettings *settings;

  test_folder_write (folder, "alembic.ini", "[alembic]\nscript_location = db\nprepend_sys_path = .\n");
  test_folder_write (folder, "db/env.py",
                     "from alembic import context\n"
                     "context.configure(url='sqlite:///x.db', version_table='v', version_table_schema='s',\n"
                     "                  transaction_per_migration=True)\n");
  test_folder_write (folder, "db/versions/a.py", PY ("a", "None"));
  test_folder_write (folder, "db/versions/data.sql", "INSERT INTO t VALUES (1);\n");
  test_folder_write (folder, "strata.ini", "[strata]\nledger = table\n");
  project = open_well (folder);
  settings = strata_project_get_settings (project);
  g_assert_cmpint (strata_project_get_kind (project), ==, STRATA_PROJECT_ALEMBIC);
  check_below (folder, strata_project_get_env_script (project), "db/env.py");
  check_below (folder, strata_project_get_configs (project)[0], "alembic.ini");
  check_below (folder, strata_project_get_configs (project)[1], "strata.ini");
  g_assert_cmpstr (strata_project_get_section (project), ==, "alembic");
  check_below (folder, settings->script_location, "db");
  g_assert_cmpstr (settings->prepend_sys_path[0], ==, folder);
  g_assert_cmpstr (settings->version_table, ==, "v");
  g_assert_cmpstr (settings->version_table_schema, ==, "s");
  g_assert_cmpint (settings->transactions, ==, STRATA_TRANSACTION_PER_REVISION);
  g_assert_cmpuint (settings->transactions_place.line, ==, 3);
  g_assert_cmpint (settings->ledger, ==, STRATA_LEDGER_IN_DATABASE);
  g_assert_cmpuint (strata_project_get_revisions (project)->len, ==, 1);
  g_assert_cmpuint (strata_project_get_findings (project)->len, ==, 0);
}

static void
test_alembic_defaults (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(StrataProject) project = NULL;
  const StrataSettings *settings;

  test_folder_write (folder, "alembic.ini", "[alembic]\nscript_location = %(here)s/db\n");
  test_folder_write (folder, "db/env.py", ENV);
  test_folder_write (folder, "db/versions/a.sql", SQL ("a", ""));
  project = open_well (folder);
  settings = strata_project_get_settings (project);
  g_assert_cmpint (settings->transactions, ==, STRATA_TRANSACTION_PER_RUN);
  g_assert_cmpint (settings->ledger, ==, STRATA_LEDGER_LOCAL);
  g_assert_cmpstr (settings->version_table, ==, "alembic_version");
  g_assert_true (test_has_finding (strata_project_get_findings (project), "mixed-formats", NULL));
}

static void
test_pyproject (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(StrataProject) project = NULL;

  test_folder_write (folder, "pyproject.toml",
                     "[tool.alembic]\nscript_location = \"%(here)s/db\"\nversion_locations = [\"%(here)s/v 1\"]\n"
                     "truncate_slug_length = 12\nrecursive_version_locations = true\n");
  test_folder_write (folder, "db/env.py", ENV);
  test_folder_write (folder, "v 1/x/a.py", PY ("a", "None"));
  project = open_well (folder);
  g_assert_cmpuint (strata_project_get_revisions (project)->len, ==, 1);
  g_assert_cmpuint (strata_project_get_settings (project)->truncate_slug_length, ==, 12);
  g_assert_cmpuint (strata_project_get_findings (project)->len, ==, 0);
}

static void
test_package_location (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(StrataProject) project = NULL;

  test_folder_write (folder, "alembic.ini",
                     "[alembic]\nscript_location = shop.db:migrations\nprepend_sys_path = src\n"
                     "version_locations = shop.db:migrations:v\npath_separator = newline\n");
  test_folder_write (folder, "src/shop/db/migrations/env.py", ENV);
  test_folder_write (folder, "src/shop/db/migrations/v/a.py", PY ("a", "None"));
  project = open_well (folder);
  check_below (folder, strata_project_get_settings (project)->script_location, "src/shop/db/migrations");
  g_assert_cmpuint (strata_project_get_revisions (project)->len, ==, 1);
}

/* Flask-Migrate keeps its alembic.ini, without a script_location, beside env.py. */
static void
test_flask (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(StrataProject) project = NULL;

  test_folder_write (folder, "migrations/alembic.ini", "[alembic]\n[loggers]\nkeys = root\n");
  test_folder_write (folder, "migrations/env.py", ENV);
  test_folder_write (folder, "migrations/versions/a.py", PY ("a", "None"));
  project = open_well (folder);
  check_below (folder, strata_project_get_settings (project)->script_location, "migrations");
  g_assert_cmpuint (strata_project_get_revisions (project)->len, ==, 1);
}

/* -c: Alembic's working directory first, then the file's own folder; -n names the section. */
static void
test_named (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  static const char * const one[] = { "conf/my.ini", NULL };
  static const char * const two[] = { "conf/my.ini", "conf/pyproject.toml", NULL };
  static const char * const twice[] = { "conf/my.ini", "conf/my.ini", NULL };
  static const char * const missing[] = { "nothing.ini", NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProject) here = NULL;
  g_autoptr(StrataProject) beside = NULL;
  g_autoptr(StrataProject) staging = NULL;

  test_folder_write (folder, "conf/my.ini", "[alembic]\nscript_location = db\n[staging]\nscript_location = other\n");
  test_folder_write (folder, "conf/pyproject.toml", "[tool.alembic]\nversion_locations = [\"%(here)s/v\"]\n");
  test_folder_write (folder, "conf/db/env.py", ENV);
  test_folder_write (folder, "conf/v/a.py", PY ("a", "None"));
  test_folder_write (folder, "other/env.py", ENV);

  beside = open_at (folder, "", one, NULL, &error);
  g_assert_no_error (error);
  check_below (folder, strata_project_get_settings (beside)->script_location, "conf/db");
  g_assert_true (strata_project_get_chosen (beside));
  g_assert_cmpuint (strata_project_get_revisions (beside)->len, ==, 1);

  test_folder_write (folder, "db/env.py", ENV);
  here = open_at (folder, "", two, NULL, &error);
  g_assert_no_error (error);
  check_below (folder, strata_project_get_settings (here)->script_location, "db");
  check_below (folder, strata_project_get_root (here), "conf");
  g_assert_cmpuint (strata_project_get_revisions (here)->len, ==, 1);

  staging = open_at (folder, "", one, "staging", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (strata_project_get_section (staging), ==, "staging");
  check_below (folder, strata_project_get_settings (staging)->script_location, "other");

  g_assert_null (open_at (folder, "", twice, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_null (open_at (folder, "", missing, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NO_PROJECT);
}

/* A script_location that is in a folder above alone: there Alembic is started, and what is relative follows. */
static void
test_above (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  static const char * const named[] = { "alembic.ini", NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProject) found = NULL;
  g_autoptr(StrataProject) beside = NULL;

  test_folder_write (folder, "repo/.git/HEAD", "");
  test_folder_write (folder, "repo/conf/db/alembic.ini",
                     "[alembic]\nscript_location = app/migrations\nprepend_sys_path = src\n");
  test_folder_write (folder, "repo/src/shop.py", "");
  test_folder_write (folder, "repo/app/migrations/env.py", ENV);
  test_folder_write (folder, "repo/app/migrations/versions/a.py", PY ("a", "None"));
  found = open_at (folder, "repo", NULL, NULL, &error);
  g_assert_no_error (error);
  check_below (folder, strata_project_get_settings (found)->script_location, "repo/app/migrations");
  check_below (folder, strata_project_get_settings (found)->prepend_sys_path[0], "repo/src");
  g_assert_cmpuint (strata_project_get_revisions (found)->len, ==, 1);

  beside = open_at (folder, "repo/conf/db", named, NULL, &error);
  g_assert_no_error (error);
  check_below (folder, strata_project_get_settings (beside)->script_location, "repo/app/migrations");
  check_below (folder, strata_project_get_settings (beside)->prepend_sys_path[0], "repo/src");

  /* What is beyond the repository is another project's. */
  test_folder_write (folder, "repo/conf/db/.git/HEAD", "");
  g_assert_null (open_at (folder, "repo/conf/db", named, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT);
}

/* In a container, which has no repository: not just any folder above. */
static void
test_above_without_repository (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  static const char * const named[] = { "alembic.ini", NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProject) next = NULL;

  test_folder_write (folder, "app/migrations/alembic.ini", "[alembic]\nscript_location = migrations\n");
  test_folder_write (folder, "app/migrations/env.py", ENV);
  test_folder_write (folder, "app/migrations/versions/a.py", PY ("a", "None"));
  next = open_at (folder, "app/migrations", named, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strata_project_get_revisions (next)->len, ==, 1);

  test_folder_write (folder, "app/conf/db/alembic.ini", "[alembic]\nscript_location = migrations\n");
  g_assert_null (open_at (folder, "app/conf/db", named, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT);
}

static void
test_variable (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  static const char * const environment[] = { "ALEMBIC_CONFIG=conf/x.ini", NULL };
  StrataProjectRequest request = { .folder = folder, .environ = environment };
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProject) project = NULL;

  test_folder_write (folder, "conf/x.ini", "[alembic]\nscript_location = %(here)s\n");
  test_folder_write (folder, "conf/env.py", ENV);
  test_folder_write (folder, "strata.ini", "");
  project = strata_project_open (&request, &error);
  g_assert_no_error (error);
  check_below (folder, strata_project_get_configs (project)[0], "conf/x.ini");
  g_assert_true (strata_project_get_chosen (project));
}

/* One file, and the words of the error that it makes; "{}" is the folder. */
static const struct
{
  const char *name;
  const char *text;
  int         code;
  const char *words;
} errors[] = {
  { "alembic.ini", "[alembic]\n", STRATA_ERROR_NO_PROJECT, "No 'script_location' key found in configuration." },
  { "alembic.ini", "", STRATA_ERROR_NO_PROJECT, "No 'script_location' key found in configuration." },
  { "alembic.ini", "[alembic]\nscript_location = nothing\n", STRATA_ERROR_BAD_INPUT,
    "Path doesn't exist: {}/nothing.  Please use the 'init' command to create a new scripts folder." },
  { "alembic.ini", "[alembic]\nscript_location = alembic.ini\n", STRATA_ERROR_BAD_INPUT, "Path doesn't exist" },
  { "alembic.ini", "[alembic]\nscript_location = pkg:x\n", STRATA_ERROR_BAD_INPUT, "package" },
  { "alembic.ini", "\xff\xff\xff", STRATA_ERROR_BAD_INPUT, "cannot be used" },
  { "pyproject.toml", "[tool.alembic]\nscript_location = \n", STRATA_ERROR_BAD_INPUT, "cannot be used" },
  { "pyproject.toml", "[tool.alembic]\n", STRATA_ERROR_NO_PROJECT, "No 'script_location' key found in configuration." },
  { "strata.ini", "[strata]\nscript_location = .\n\n url = x\n", STRATA_ERROR_BAD_INPUT, "goes on with “url = x”" },
  { "strata.ini", "[strata]\nscript_location = nothing\n", STRATA_ERROR_BAD_INPUT, "Path doesn't exist" },
  { "README", "", STRATA_ERROR_NO_PROJECT, "strata init" },
};

static void
test_errors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autoptr(TestFolder) folder = test_folder_new ();
      g_auto(GStrv) parts = g_strsplit (errors[i].words, "{}", -1);
      g_autofree char *words = g_strjoinv (folder, parts);
      g_autoptr(GError) error = NULL;
      g_autoptr(StrataProject) project = NULL;

      test_folder_write (folder, errors[i].name, errors[i].text);
      project = open_at (folder, "", NULL, NULL, &error);
      g_assert_null (project);
      g_test_message ("%s", error->message);
      g_assert_error (error, STRATA_ERROR, errors[i].code);
      g_assert_nonnull (strstr (error->message, words));
    }
}

/* A folder's name is no template, and -n names a section that is there. */
static void
test_folder_names (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  const char *configs[] = { "strata.ini", NULL };
  g_autoptr(StrataProject) project = NULL;
  g_autoptr(StrataProject) none = NULL;
  g_autoptr(GError) error = NULL;

  test_folder_write (folder, "100% %(x)s/strata.ini", "[strata]\nscript_location = %(here)s\n[other]\n");
  project = open_at (folder, "100% %(x)s", NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strata_project_get_findings (project)->len, <=, 1);
  g_assert_false (test_has_finding (strata_project_get_findings (project), "config-value", NULL));
  check_below (folder, strata_project_get_settings (project)->script_location, "100% %(x)s");

  none = open_at (folder, "100% %(x)s", configs, "othr", &error);
  g_assert_null (none);
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NO_PROJECT);
  g_assert_nonnull (strstr (error->message, "has no section [othr]"));
  g_clear_error (&error);

  configs[0] = ".";
  none = open_at (folder, "100% %(x)s", configs, NULL, &error);
  g_assert_null (none);
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NO_PROJECT);
}

/* What cannot be understood is a finding with its place, and the rest opens. */
static void
test_findings (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(StrataProject) project = NULL;
  GPtrArray *findings;

  test_folder_write (folder, "strata.ini",
                     "[strata]\nscript_location = .\nledger = sometimes\ntruncate_slug_length = ten\n"
                     "file_template = %(rev)s\nrevision_environment = perhaps\npath_separator = comma\n"
                     "version_locations = versions\n");
  test_folder_write (folder, "versions/1.sql", SQL ("a@b+c", ""));
  test_folder_write (folder, "versions/2.sql", SQL ("0123456789012345678901234567890123", ""));
  test_folder_write (folder, "versions/3.sql", "nonsense");
  test_folder_write (folder, "versions/4.sql", SQL ("c", "missing"));
  project = open_well (folder);
  findings = strata_project_get_findings (project);
  g_assert_true (test_has_finding (findings, "config-value", "“ledger” must be table, local or off"));
  g_assert_true (test_has_finding (findings, "config-value", "“truncate_slug_length” must be a number"));
  g_assert_true (test_has_finding (findings, "config-value", "“revision_environment” must be true or false"));
  g_assert_true (test_has_finding (findings, "config-value", "'comma' is not a valid value for path_separator"));
  g_assert_true (test_has_finding (findings, "config-value", "rev"));
  g_assert_true (test_has_finding (findings, "bad-revision-id",
                                   "Character(s) '+, @' not allowed in revision identifier 'a@b+c'"));
  g_assert_true (test_has_finding (findings, "long-revision-id", NULL));
  g_assert_true (test_has_finding (findings, "sql-no-header", NULL));
  g_assert_cmpuint (strata_project_get_revisions (project)->len, ==, 3);
  g_assert_cmpstr (strata_project_get_settings (project)->file_template, ==, "%(rev)s_%(slug)s");

  for (guint i = 0; i < findings->len; i++)
    {
      StrataPlace place = strata_finding_get_place (g_ptr_array_index (findings, i));

      g_assert_nonnull (place.file);
      g_assert_cmpuint (place.line, >, 0);
      if (i > 0)
        g_assert_cmpint (strata_finding_compare (g_ptr_array_index (findings, i - 1), g_ptr_array_index (findings, i)),
                         <, 0);
    }
}

static void
test_no_env (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(StrataProject) project = NULL;

  test_folder_write (folder, "alembic.ini", "[alembic]\nscript_location = db\n");
  test_folder_write (folder, "db/versions/a.py", PY ("a", "None"));
  project = open_well (folder);
  g_assert_cmpuint (strata_project_get_revisions (project)->len, ==, 1);
  g_assert_true (test_has_finding (strata_project_get_findings (project), "env-script", NULL));
}

/* A setting that was not understood may be said in strata.ini. */
static void
test_env_settings (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(StrataProject) project = NULL;
  g_autoptr(StrataProject) named = NULL;

  test_folder_write (folder, "alembic.ini", "[alembic]\nscript_location = db\n");
  test_folder_write (folder, "db/env.py",
                     "from alembic import context\nimport whatever\n"
                     "context.configure(url='sqlite:///x.db', version_table=whatever.name())\n");
  project = open_well (folder);
  g_assert_cmpstr (strata_project_get_settings (project)->version_table, ==, "alembic_version");
  g_assert_true (test_has_finding (strata_project_get_findings (project), "env-setting", "version_table"));

  test_folder_write (folder, "strata.ini", "[strata]\nversion_table = mine\n");
  named = open_well (folder);
  g_assert_cmpstr (strata_project_get_settings (named)->version_table, ==, "mine");
}

typedef struct
{
  const char *name;
  const char *app;
  const char *other;
  const char *version_table;
  const char *code;            /* of the finding; NULL: none */
} FlaskCase;

static const FlaskCase flask_cases[] = {
  { "told", "from flask_migrate import Migrate\nmigrate = Migrate(app, db, version_table='own')\n", "", "own", NULL },
  { "told-later", "from flask_migrate import Migrate\nmigrate = Migrate()\n",
    "from app import ext\ndef create_app():\n  ext.migrate.init_app(app, db, version_table='own')\n", "own", NULL },
  { "told-nothing", "import flask_migrate\nflask_migrate.Migrate(app, db, render_as_batch=True)\n", "", "alembic_version",
    NULL },
  { "of-others", "db.init_app(app, version_table='own')\n", "", "alembic_version", "flask-migrate" },
  { "open", "Migrate(app, db, **settings)\n", "", "alembic_version", "flask-migrate" },
  { "not-known", "Migrate(app, db, version_table=settings.table)\n", "", "alembic_version", "env-setting" },
  { "not-one", "Migrate(app, db, version_table='a')\n", "Migrate(app, db, version_table='b')\n", "alembic_version",
    "env-setting" },
};

/* What Flask-Migrate gives to configure() is what the project tells it somewhere. */
static void
test_flask_migrate (gconstpointer data)
{
  const FlaskCase *one = data;
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(StrataProject) project = NULL;

  test_folder_write (folder, "alembic.ini", "[alembic]\nscript_location = migrations\n");
  test_folder_write (folder, "migrations/env.py",
                     "from flask import current_app\nfrom alembic import context\n"
                     "conf_args = current_app.extensions['migrate'].configure_args\n"
                     "if conf_args.get('process_revision_directives') is None:\n"
                     "    conf_args['process_revision_directives'] = print\n"
                     "context.configure(url='sqlite:///x.db', **conf_args)\n");
  test_folder_write (folder, "app/ext.py", one->app);
  test_folder_write (folder, "app/factory.py", one->other);
  test_folder_write (folder, "tests/conftest.py", "Migrate(app, db, version_table='of tests')\n");
  project = open_well (folder);
  g_assert_cmpstr (strata_project_get_settings (project)->version_table, ==, one->version_table);
  for (guint i = 0; i < strata_project_get_findings (project)->len; i++)
    {
      const char *code = strata_finding_get_code (g_ptr_array_index (strata_project_get_findings (project), i));

      g_assert_true (g_strcmp0 (code, one->code) == 0
                     || (!g_str_equal (code, "flask-migrate") && !g_str_equal (code, "env-setting")));
    }
  g_assert_true (one->code == NULL || test_has_finding (strata_project_get_findings (project), one->code, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/project/project/sql", test_sql);
  g_test_add_func ("/project/project/own-keys", test_own_keys);
  g_test_add_func ("/project/project/alembic", test_alembic);
  g_test_add_func ("/project/project/alembic-defaults", test_alembic_defaults);
  g_test_add_func ("/project/project/pyproject", test_pyproject);
  g_test_add_func ("/project/project/package-location", test_package_location);
  g_test_add_func ("/project/project/flask", test_flask);
  g_test_add_func ("/project/project/named", test_named);
  g_test_add_func ("/project/project/above", test_above);
  g_test_add_func ("/project/project/above-without-repository", test_above_without_repository);
  g_test_add_func ("/project/project/variable", test_variable);
  g_test_add_func ("/project/project/errors", test_errors);
  g_test_add_func ("/project/project/folder-names", test_folder_names);
  g_test_add_func ("/project/project/findings", test_findings);
  g_test_add_func ("/project/project/no-env", test_no_env);
  for (guint i = 0; i < G_N_ELEMENTS (flask_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/project/project/flask-migrate/", flask_cases[i].name, NULL);

      g_test_add_data_func (path, &flask_cases[i], test_flask_migrate);
    }
  g_test_add_func ("/project/project/env-settings", test_env_settings);

  return g_test_run ();
}

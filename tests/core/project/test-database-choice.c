/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/database-choice.h"

#include "core/base/error.h"
#include "core/project/profile-store.h"
#include "folder.h"

#define PG(place) "postgresql://u:secret@" place "/x"
#define NOTHING \
  "? (Neither STRATA_URL nor DATABASE_URL (of the environment or of .env) is set, and strata.ini has no url)"

#define EMPTY "is empty, and wants a URL like postgresql://user@host/name or sqlite:///app.db"

static StrataDatabaseChoice *
choose (TestFolder                   *folder,
        const char                   *stand,
        const char * const           *configs,
        const StrataDatabaseRequest  *request,
        GError                      **error)
{
  g_autofree char *path = test_folder_path (folder, stand);
  StrataProjectRequest open = { .folder = path, .configs = configs, .environ = request->environ };
  g_autoptr(StrataProject) project = strata_project_open (&open, error);

  g_assert_no_error (*error);

  return strata_project_choose_database (project, request, error);
}

/* "url reason" of a candidate, or of the choice. */
static char *
describe (StrataUrl  *url,
          const char *reason)
{
  g_autofree char *text = url != NULL ? strata_url_to_string (url) : g_strdup ("?");

  return g_strdup_printf ("%s (%s)", text, reason);
}

static char *
describe_all (GPtrArray *candidates)
{
  g_autoptr(GString) all = g_string_new (NULL);

  for (guint i = 0; i < candidates->len; i++)
    {
      const StrataDatabaseCandidate *candidate = g_ptr_array_index (candidates, i);
      g_autofree char *one = describe (candidate->url, candidate->reason);

      g_string_append_printf (all, "%s%s", i > 0 ? "; " : "", one);
    }

  return g_string_free (g_steal_pointer (&all), FALSE);
}

/* Projects of SQL revisions: what their files and the environment say, and what comes of it. */
static const struct
{
  const char *name;
  const char *ini;
  const char *dotenv;
  const char *compose;
  const char *environment[4];
  const char *url;           /* --url */
  const char *choice;
  const char *conflicts;
  const char *candidates;
} cases[] = {
  { "--url before all", "url = " PG ("c"), "DATABASE_URL=" PG ("b"), NULL,
    { "STRATA_URL=" PG ("s"), "DATABASE_URL=" PG ("a") }, PG ("o"), PG ("o") " (--url)", "", "" },
  { "STRATA_URL", "url = " PG ("c"), "DATABASE_URL=" PG ("b"), NULL,
    { "STRATA_URL=" PG ("s"), "DATABASE_URL=" PG ("a") }, NULL, PG ("s") " (STRATA_URL from the environment)", "", "" },
  { "the environment", "", NULL, NULL, { "DATABASE_URL=" PG ("a") }, NULL,
    PG ("a") " (DATABASE_URL from the environment)", "", "" },
  { "an empty variable is none", "", "DATABASE_URL=" PG ("b"), NULL, { "DATABASE_URL=", "STRATA_URL=" }, NULL,
    PG ("b") " (DATABASE_URL from .env, as DATABASE_URL from the environment is empty)", "", "" },
  { "nor are spaces", "", "DATABASE_URL=" PG ("b"), NULL, { "DATABASE_URL=  ", "STRATA_URL= " }, NULL,
    PG ("b") " (DATABASE_URL from .env, as DATABASE_URL from the environment is empty)", "", "" },
  { "an empty variable alone", "", NULL, NULL, { "DATABASE_URL= " }, NULL,
    "? (DATABASE_URL from the environment " EMPTY ")", "", "" },
  { "an empty one in .env", "", "# which\nDATABASE_URL=\"  \"", NULL, { NULL }, NULL,
    "? (DATABASE_URL from .env line 2 " EMPTY ")", "", "" },
  { "several that are empty", "url =", "DATABASE_URL=", NULL, { "DATABASE_URL=" }, NULL,
    "? (DATABASE_URL from the environment, DATABASE_URL from .env line 1 and url from strata.ini line 2 are empty: one of them wants"
    " a URL like postgresql://user@host/name or sqlite:///app.db)", "", "" },
  { "the file", "url = " PG ("c"), NULL, NULL, { NULL }, NULL, PG ("c") " (url from strata.ini line 2)", "", "" },
  { "the file, SQLAlchemy's key", "sqlalchemy.url = " PG ("c"), NULL, NULL, { NULL }, NULL,
    PG ("c") " (sqlalchemy.url from strata.ini line 2)", "", "" },
  { "sources that disagree", "url = " PG ("c"), "DATABASE_URL=" PG ("b"), NULL, { "DATABASE_URL=" PG ("a") }, NULL,
    PG ("a") " (DATABASE_URL from the environment)",
    PG ("b") " (DATABASE_URL from .env); " PG ("c") " (url from strata.ini line 2)", "" },
  { "sources that agree", "url = postgresql+asyncpg://other@a:5432/x", "DATABASE_URL=" PG ("a:5432"), NULL,
    { "DATABASE_URL=" PG ("a") }, NULL, PG ("a") " (DATABASE_URL from the environment)", "", "" },
  { "nothing", "", NULL, NULL, { NULL }, NULL,
    NOTHING, "", "" },
  { "unreadable: nothing falls back past it", "url = " PG ("c"), NULL, NULL, { "DATABASE_URL=oops" }, NULL,
    "? (DATABASE_URL from the environment: The database URL cannot be understood: it should begin like postgresql:// or "
    "sqlite:///)", "", PG ("c") " (url from strata.ini line 2)" },
  { "a server that is not known", "url = oracle://h/x", NULL, NULL, { NULL }, NULL,
    "? (url from strata.ini line 2: “oracle://h/x” is of no server that Strata knows)", "", "" },
  { "SQLite, from the project's folder", "url = sqlite:///d/x.db", NULL, NULL, { NULL }, NULL,
    "sqlite:///{}/p/d/x.db (url from strata.ini line 2)", "", "" },
  { "a key given twice", "url = " PG ("a") "\nurl = " PG ("b"), NULL, NULL, { NULL }, NULL,
    PG ("b") " (url from strata.ini line 3)", PG ("a") " (url from strata.ini line 2)", "" },
  { "a key given twice, the same", "url = " PG ("a") "\nurl = " PG ("a"), NULL, NULL, { NULL }, NULL,
    PG ("a") " (url from strata.ini line 3)", "", "" },
  { "candidates", "", "A=1\nPG_DSN=" PG ("b") "\nOTHER=https://example.org/\n",
    "services:\n  db:\n    image: postgres\n    environment: {POSTGRES_DB: shop}\n    ports: ['5433:5432']\n",
    { "POSTGRES_URL=" PG ("e") }, NULL,
    NOTHING, "",
    PG ("e") " (POSTGRES_URL from the environment); " PG ("b") " (PG_DSN from .env); "
    "postgresql://postgres@localhost:5433/shop (the compose service db, published here)" },
  { "a service's host has its port here", "url = postgresql+psycopg://u:secret@db:5432/x?sslmode=disable", NULL,
    "services:\n  db:\n    image: postgres:16\n    ports: ['127.0.0.1:5433:5432']\n", { NULL }, NULL,
    "postgresql+psycopg://u:secret@db:5432/x?sslmode=disable (url from strata.ini line 2)", "",
    "postgresql+psycopg://u:secret@localhost:5433/x?sslmode=disable (db:5432 is localhost:5433 here, says the compose "
    "file)" },
};

static char *
masked (TestFolder *folder,
        const char *text)
{
  g_auto(GStrv) secrets = g_strsplit (text, "u:secret@", -1);
  g_autofree char *without = g_strjoinv ("u:***@", secrets);
  g_auto(GStrv) parts = g_strsplit (without, "{}", -1);

  return g_strjoinv (folder, parts);
}

static void
test_sql (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TestFolder) folder = test_folder_new ();
      g_autofree char *ini = g_strdup_printf ("[strata]\n%s\n", cases[i].ini);
      StrataDatabaseRequest request = { .url = cases[i].url, .environ = cases[i].environment };
      g_autofree char *choice_expected = masked (folder, cases[i].choice);
      g_autofree char *conflicts_expected = masked (folder, cases[i].conflicts);
      g_autofree char *candidates_expected = masked (folder, cases[i].candidates);
      g_autoptr(GError) error = NULL;
      g_autoptr(StrataDatabaseChoice) choice = NULL;
      g_autofree char *chosen = NULL;
      g_autofree char *conflicts = NULL;
      g_autofree char *candidates = NULL;

      g_test_message ("%s", cases[i].name);
      test_folder_write (folder, "p/strata.ini", ini);
      if (cases[i].dotenv != NULL)
        test_folder_write (folder, "p/.env", cases[i].dotenv);
      if (cases[i].compose != NULL)
        test_folder_write (folder, "p/compose.yaml", cases[i].compose);

      choice = choose (folder, "p", NULL, &request, &error);
      g_assert_no_error (error);
      chosen = describe (strata_database_choice_get_url (choice), strata_database_choice_get_reason (choice));
      conflicts = describe_all (strata_database_choice_get_conflicts (choice));
      candidates = describe_all (strata_database_choice_get_candidates (choice));
      g_assert_cmpstr (chosen, ==, choice_expected);
      g_assert_cmpstr (conflicts, ==, conflicts_expected);
      g_assert_cmpstr (candidates, ==, candidates_expected);
    }
}

static void
test_require (void)
{
  static const char * const two[] = { "DATABASE_URL=" PG ("a"), NULL };
  static const char * const none[] = { "POSTGRES_URL=" PG ("e"), NULL };
  StrataDatabaseRequest request = { .environ = two };
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataDatabaseChoice) choice = NULL;
  g_autoptr(StrataDatabaseChoice) unknown = NULL;

  test_folder_write (folder, "strata.ini", "");
  test_folder_write (folder, ".env", "DATABASE_URL=" PG ("b"));
  choice = choose (folder, "", NULL, &request, &error);
  g_assert_nonnull (strata_database_choice_require (choice, FALSE, &error));
  g_assert_no_error (error);
  g_assert_null (strata_database_choice_require (choice, TRUE, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_WHICH_DATABASE);
  g_assert_cmpstr (error->message, ==,
                   "Two sources name different databases, so nothing is changed until one is named with -p, --url or "
                   "STRATA_URL:\n  --url postgresql://u@a/x  (DATABASE_URL from the environment)\n"
                   "  --url postgresql://u@b/x  (DATABASE_URL from .env)");
  g_clear_error (&error);

  test_folder_write (folder, ".env", "");
  request.environ = none;
  unknown = choose (folder, "", NULL, &request, &error);
  g_assert_null (strata_database_choice_require (unknown, FALSE, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_WHICH_DATABASE);
  g_assert_true (g_str_has_prefix (error->message, "Which database? Neither STRATA_URL"));
  g_assert_true (g_str_has_suffix (error->message,
                                   "\n  --url postgresql://u@e/x  (POSTGRES_URL from the environment)"));
  g_assert_null (strstr (error->message, "secret"));
}

/* With -c a relative path follows the working directory, as with Alembic. */
static void
test_relative (void)
{
  static const char * const configs[] = { "p/strata.ini", NULL };
  StrataDatabaseRequest request = { NULL };
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autofree char *expected = g_strdup_printf ("%s/x.db", folder);
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataDatabaseChoice) choice = NULL;

  test_folder_write (folder, "p/strata.ini", "[strata]\nscript_location = %(here)s\nurl = sqlite:///x.db\n");
  choice = choose (folder, "", configs, &request, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (strata_url_get_database (strata_database_choice_get_url (choice)), ==, expected);
}

static void
test_bad_requests (void)
{
  static const char * const bad[] = { "STRATA_URL=oops", NULL };
  g_autoptr(StrataUrl) url = strata_url_parse (PG ("p"), NULL);
  StrataProfileFields fields = STRATA_PROFILE_FIELDS_INIT;
  g_autoptr(StrataProfile) profile = NULL;
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataDatabaseChoice) choice = NULL;
  g_autofree char *chosen = NULL;

  fields.name = "staging";
  fields.url = url;
  profile = strata_profile_new (&fields, &error);
  g_assert_no_error (error);
  test_folder_write (folder, "strata.ini", "");

  choice = choose (folder, "", NULL, &(StrataDatabaseRequest) { .profile = profile, .environ = bad }, &error);
  g_assert_no_error (error);
  chosen = describe (strata_database_choice_get_url (choice), strata_database_choice_get_reason (choice));
  g_assert_cmpstr (chosen, ==, "postgresql://u@p/x (the profile “staging”)");
  g_assert_cmpint (strata_database_choice_get_source (choice), ==, STRATA_SOURCE_PROFILE);

  g_assert_null (choose (folder, "", NULL, &(StrataDatabaseRequest) { .profile = profile, .url = PG ("a") }, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_null (choose (folder, "", NULL, &(StrataDatabaseRequest) { .url = "oops" }, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_USAGE);
  g_assert_true (g_str_has_prefix (error->message, "--url: "));
  g_clear_error (&error);
  g_assert_null (choose (folder, "", NULL, &(StrataDatabaseRequest) { .environ = bad }, &error));
  g_assert_true (g_str_has_prefix (error->message, "STRATA_URL: "));
}

/* What overrides a service and what describes it stand in two files, in either order of names. */
static void
test_compose_override (void)
{
  static const char service[] = "services:\n  db:\n    image: postgres\n    environment: {POSTGRES_DB: shop}\n";
  static const char ports[] = "services:\n  db:\n    ports: ['5440:5432']\n";
  static const struct
  {
    const char *service_file;
    const char *ports_file;
  } files[] = {
    { "docker-compose.yml", "docker-compose.override.yml" },
    { "compose.base.yaml", "compose.dev.yaml" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr(TestFolder) folder = test_folder_new ();
      StrataDatabaseRequest request = { NULL };
      g_autoptr(GError) error = NULL;
      g_autoptr(StrataDatabaseChoice) choice = NULL;
      g_autofree char *candidates = NULL;

      test_folder_write (folder, ".git/", NULL);
      test_folder_write (folder, files[i].service_file, service);
      test_folder_write (folder, files[i].ports_file, ports);
      test_folder_write (folder, "backend/strata.ini", "");
      choice = choose (folder, "backend", NULL, &request, &error);
      candidates = describe_all (strata_database_choice_get_candidates (choice));
      g_assert_cmpstr (candidates, ==,
                       "postgresql://postgres@localhost:5440/shop (the compose service db, published here)");
    }
}

/* The multidb template: its sections are the candidates. */
static void
test_several_databases (void)
{
  StrataDatabaseRequest request = { NULL };
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataDatabaseChoice) choice = NULL;
  g_autofree char *candidates = NULL;

  test_folder_write (folder, "alembic.ini",
                     "[alembic]\nscript_location = db\ndatabases = one, two\n"
                     "[one]\nsqlalchemy.url = " PG ("a") "\n[two]\nsqlalchemy.url = " PG ("b") "\n");
  test_folder_write (folder, "db/env.py", "raise SystemExit\n");
  choice = choose (folder, "", NULL, &request, &error);
  g_assert_null (strata_database_choice_get_url (choice));
  candidates = describe_all (strata_database_choice_get_candidates (choice));
  g_assert_cmpstr (candidates, ==,
                   "postgresql://u:***@a/x (sqlalchemy.url from alembic.ini line 5); "
                   "postgresql://u:***@b/x (sqlalchemy.url from alembic.ini line 7)");
}

/* ConfigParser would refuse such a file; as long as it stands there, which line is meant is a question. */
static void
test_key_twice (void)
{
  static const char env[] = "from alembic import context\n"
                            "url = context.config.get_main_option('sqlalchemy.url')\n"
                            "context.configure(url=url)\n"
                            "context.run_migrations()\n";
  StrataDatabaseRequest request = { NULL };
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataDatabaseChoice) choice = NULL;
  g_autofree char *conflicts = NULL;

  test_folder_write (folder, "alembic.ini",
                     "[alembic]\nscript_location = db\nsqlalchemy.url = " PG ("a") "\nsqlalchemy.url = " PG ("b") "\n");
  test_folder_write (folder, "db/env.py", env);
  choice = choose (folder, "", NULL, &request, &error);
  conflicts = describe_all (strata_database_choice_get_conflicts (choice));
  g_assert_cmpstr (conflicts, ==,
                   "postgresql://u:***@a/x (sqlalchemy.url from alembic.ini line 3, because db/env.py line 2 reads it)");
  g_assert_null (strata_database_choice_require (choice, TRUE, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_WHICH_DATABASE);
}

/* What people are told to type has no password, and the project knows it. */
static void
test_lent_password (void)
{
  static const struct
  {
    const char *url;
    const char *password;
  } lent[] = {
    { "postgresql://u@db:5432/x", "secret" },
    { "postgresql://u@localhost:5433/x", "secret" },
    { "postgresql+asyncpg://u@localhost:5433/x", "secret" },
    { "postgresql://u@other/x", "geheim" },
    { "postgresql://v@localhost:5433/x", NULL },
    { "postgresql://localhost:5433/x", NULL },
    { "postgresql://u@localhost:5434/x", NULL },
  };
  static const char * const environment[] = { "DATABASE_URL=" PG ("db:5432"), "STRATA_URL=sqlite:///x.db", NULL };
  g_autoptr(TestFolder) folder = test_folder_new ();
  StrataProjectRequest open = { .folder = folder, .environ = environment };
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProject) project = NULL;

  test_folder_write (folder, ".git/", NULL);
  test_folder_write (folder, "compose.yml", "services:\n  db:\n    image: postgres\n    ports: ['5433:5432']\n");
  test_folder_write (folder, ".env", "DATABASE_URL=postgresql://u:geheim@other/x\n");
  test_folder_write (folder, "strata.ini", "");
  project = strata_project_open (&open, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < G_N_ELEMENTS (lent); i++)
    {
      g_autoptr(StrataUrl) url = strata_url_parse (lent[i].url, &error);
      g_autofree char *password = strata_project_lend_password (project, url, environment);

      g_test_message ("%s", lent[i].url);
      g_assert_cmpstr (password, ==, lent[i].password);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/project/database-choice/sql", test_sql);
  g_test_add_func ("/project/database-choice/require", test_require);
  g_test_add_func ("/project/database-choice/relative", test_relative);
  g_test_add_func ("/project/database-choice/bad-requests", test_bad_requests);
  g_test_add_func ("/project/database-choice/compose-override", test_compose_override);
  g_test_add_func ("/project/database-choice/several-databases", test_several_databases);
  g_test_add_func ("/project/database-choice/key-twice", test_key_twice);
  g_test_add_func ("/project/database-choice/lent-password", test_lent_password);

  return g_test_run ();
}

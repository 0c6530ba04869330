/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/commands.h"

#include <string.h>

#define SIDES \
  "A side is one of\n" \
  "  db, db:PROFILE    the chosen database, or that of a profile\n" \
  "  postgresql://...  a database by its URL\n" \
  "  schema, models    what the project declares\n" \
  "  REVISION          what the revisions up to it make: ae10, heads, base\n" \
  "  PATH              a file of SQL, or a folder of them\n" \
  "  empty             nothing\n"

#define REVISIONS \
  "  ae10, ae1027a6acf0   an id, or the beginning of one\n" \
  "  head, heads, base    the newest revision, all that are, and before the first one\n" \
  "  billing, billing@head  a branch label, and the head of that branch\n"
#define TARGET \
  "TARGET is one of\n" REVISIONS

#define TIMES "\nTIME is like 500ms, 10s or 2min."

/* In the order of the help; a row without a function is a heading. */
const StrataCommand strata_commands[] = {
  { "", "", "Look", NULL },
  { "status", "", "Which database, where it is, what is pending, what is wrong", strata_cmd_status },
  { "history", "", "List revisions, newest first", strata_cmd_history },
  { "show", "REVISION", "Show one revision", strata_cmd_show,
    "REVISION is one of\n" REVISIONS "  current              what the database has" },
  { "render", "REVISION...|--all", "Print the SQL of revisions for a server, without a database", strata_cmd_render },
  { "heads", "", "Show the newest revisions", strata_cmd_heads },
  { "branches", "", "Show where branches begin", strata_cmd_branches },
  { "current", "", "Show which revisions the database has", strata_cmd_current },
  { "log", "", "Show what was run on the database, when and by whom", strata_cmd_log },
  { "verify", "", "Check files, database and ledger; for CI", strata_cmd_verify },
  { "database", "", "Show which database is meant, and why that one", strata_cmd_database },

  { "", "", "Compare", NULL },
  { "diff", "[FROM] [TO]", "Show how two schemas differ: databases, the declared one, revisions, files of SQL", strata_cmd_diff,
    SIDES "From the database to what the project declares, unless told." },
  { "check", "", "Look whether the database is as the declared schema or the models say; for CI", strata_cmd_check },
  { "drift", "", "Look whether the database is as its own revisions say", strata_cmd_drift },
  { "dump", "[SIDE]", "Print a schema as DDL, the same for the same schema", strata_cmd_dump, SIDES "The database, unless told." },

  { "", "", "Write", NULL },
  { "init", "[FOLDER]", "Make a new project of SQL revisions", strata_cmd_init },
  { "revision", "-m MESSAGE", "Write a new revision file", strata_cmd_revision },
  { "merge", "heads|REVISION...", "Write a revision that joins several heads", strata_cmd_merge },
  { "revert", "REVISION", "Write a revision that undoes another one", strata_cmd_revert },
  { "adopt", "[FILE|FOLDER]", "Write the first revision of a database that is there, or of init SQL, and stamp it", strata_cmd_adopt },
  { "edit", "REVISION", "Open a revision in your editor", strata_cmd_edit },

  { "", "", "Run", NULL },
  { "upgrade", "[TARGET]", "Move the database forward, to all heads unless told", strata_cmd_upgrade,
    TARGET "  +2, ae10+1           so many steps from where the database is, or from a revision\n" TIMES },
  { "downgrade", "TARGET", "Move the database back", strata_cmd_downgrade,
    TARGET "  -1, ae10-1           so many steps from where the database is, or from a revision\n"
    "The revision that is named stays: “base” takes back all.\n" TIMES },
  { "stamp", "TARGET...", "Set which revisions the database has, running nothing", strata_cmd_stamp,
    TARGET TIMES },
  { "ensure_version", "", "Make the version table where there is none", strata_cmd_ensure_version },
  { "startup", "[TARGET]", "For containers: wait for the database, then upgrade or verify", strata_cmd_startup,
    TARGET "DISABLE_AUTO_MIGRATIONS=true, in the environment or in .env, makes it --verify-only.\n" TIMES },

  { "", "", "Mend", NULL },
  { "rescue", "[REVISION]", "Find a revision that the database has and the folder has not", strata_cmd_rescue },
  { "restore", "[COPY]", "Put back the copy of a SQLite database that a run kept", strata_cmd_restore },

  { "", "", "Settings", NULL },
  { "profile", "add|list|show|test|remove", "Keep databases under names", strata_cmd_profile,
    "  add NAME URL     keep a database under a name that is not taken\n"
    "  list             all that are known here\n"
    "  show NAME        what one says\n"
    "  test NAME        connect to it, and say what is there\n"
    "  remove NAME      forget it\n"
    "“strata -p NAME COMMAND” uses it." },
  { "trust", "", "Show which programs the project would run, and agree to it", strata_cmd_trust },

  { NULL, NULL, NULL, NULL },
};

const StrataCommand *
strata_command_find (const char *name)
{
  for (const StrataCommand *command = strata_commands; command->name != NULL; command++)
    if (command->run != NULL && strcmp (command->name, name) == 0)
      return command;

  return NULL;
}

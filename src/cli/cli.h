/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The command line: a table of commands, each a thin file that parses its options, calls the workspace and prints.
 * Errors return to main(), which alone prints them and picks the exit status. */

#pragma once

#include "core/workspace/workspace.h"

G_BEGIN_DECLS

typedef struct _StrataCli StrataCli;

typedef struct
{
  const char *name;
  const char *arguments;   /* for the usage line */
  const char *summary;
  /* Gives the exit status; anything but 0 with the error set is printed by main(). */
  int       (*run) (StrataCli  *cli,
                    GError    **error);
  const char *details;     /* what its help ends with; NULL: nothing */
} StrataCommand;

/* What stands before or after any command. */
typedef struct
{
  GStrv     config;          /* -c FILE, -c pyproject.toml */
  char     *section;         /* -n */
  GStrv     x_arguments;     /* -x */
  char     *profile;         /* -p */
  char     *url;
  gboolean  password_stdin;
  gboolean  json;
  gboolean  quiet;
  gboolean  no_color;
} StrataGlobalOptions;

struct _StrataCli
{
  const StrataCommand *command;
  GStrv                arguments;     /* what follows the command's name, options still among them; owned */
  StrataGlobalOptions  options;
  GCancellable        *cancellable;   /* triggered by SIGINT and SIGTERM */
};

extern const StrataCommand strata_commands[];

const StrataCommand *strata_command_find      (const char          *name);

StrataCli           *strata_cli_new           (int                  argc,
                                               char               **argv,
                                               GError             **error);
void                 strata_cli_free          (StrataCli           *self);
/* Takes the command's options and the global ones out of the arguments and gives what is left: between min and max of
 * them (max -1: any number), or an error that names the usage. "-1" and "-3:head" are arguments, not options. */
GStrv                strata_cli_parse         (StrataCli           *self,
                                               const GOptionEntry  *entries,
                                               int                  min,
                                               int                  max,
                                               GError             **error);
/* Where this URL, an argument, has a password in it. */
void                 strata_cli_warn_of_password (const char        *url);
/* The project of this call, opened. */
StrataWorkspace     *strata_cli_open          (StrataCli           *self,
                                               GError             **error);
/* Its database, and the rows of its version table: to look at, nothing is changed. */
StrataConnection    *strata_cli_connect       (StrataCli           *self,
                                               StrataWorkspace     *workspace,
                                               GError             **error);
/* After a connection failed: where else the database may be, said in the error. */
void                 strata_cli_add_candidates (StrataWorkspace    *workspace,
                                               GError             **error);
/* The server to write SQL for: the one of that name, or for NULL the database's. UNKNOWN with an error set. */
StrataDialect        strata_cli_choose_dialect (StrataWorkspace    *workspace,
                                                const char         *name,
                                                GError            **error);
GStrv                strata_cli_read_rows     (StrataCli           *self,
                                               StrataWorkspace     *workspace,
                                               GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataCli, strata_cli_free)

G_END_DECLS

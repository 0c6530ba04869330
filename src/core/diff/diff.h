/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How two whole pictures of one server differ, and the statements that get from the one to the other, in an order that runs.
 * The way back is the difference of the pictures the other way round, with the renames turned. */

#pragma once

#include "core/operation/operation.h"
#include "core/schema/picture.h"
#include "core/schema/row-facts.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_DIFFERENCE_ADDED,
  STRATA_DIFFERENCE_REMOVED,
  STRATA_DIFFERENCE_CHANGED,
  STRATA_DIFFERENCE_RENAMED,
} StrataDifferenceKind;

/* Of an object, or of a part of a table or type: a column, an enum's value. Borrowed from the diff. */
typedef struct
{
  StrataDifferenceKind  kind;
  const StrataObject   *from;         /* NULL: added */
  const StrataObject   *to;           /* NULL: removed */
  const char           *part;         /* the column or value, by its name in from, or in to where it is added; NULL: the object */
  const char           *new_part;     /* a renamed one's new name */
  const char           *property;     /* CHANGED: "type", "nullable", "default", "identity", "comment", "definition", ... */
  const char           *was;          /* texts of the property; NULL: none */
  const char           *is;
  const char           *loss;         /* what is lost with it: "the column's data"; NULL: nothing */
  const char           *review;       /* what a person has to look at, as it can't be known here; NULL: nothing */
  int                   owner;        /* of a sequence, index of what differs in its column or table, which it follows; or -1 */
} StrataDifference;

/* Of differences in what is granted. */
#define STRATA_DIFFERENCE_PRIVILEGES "privileges"

/* Decided by a person, or by what the project remembers. The table is called as it is in the first picture. */
typedef struct
{
  StrataObjectKind  kind;             /* TABLE with column set: of that table's column */
  const char       *schema;
  const char       *table;            /* of what hangs on a table, or has the column */
  const char       *from;
  const char       *to;
  gboolean          is_column;
  const char       *arguments;        /* of a routine */
  const char       *doubt;            /* why a person has to look at it: nobody has decided it; or NULL */
  gboolean          is_denied;        /* these are two things: it is not guessed */
} StrataRename;

typedef struct
{
  StrataRename  rename;
  guint         score;                /* 0 to 100 */
  const char   *evidence;             /* "same type and position, same foreign key" */
  gboolean      is_swap;              /* both names are there before and after: the other one is renamed to this one's too */
} StrataRenameGuess;

typedef struct
{
  const StrataRename * const *renames;  /* NULL-terminated, or NULL */
} StrataDiffOptions;

/* SQLite: a table that is there before and after, and what becomes of it, in one step or several. */
typedef struct
{
  const StrataObject             *from;          /* as it is once the renames are done */
  const StrataObject             *to;
  const StrataDifference * const *differences;   /* those that are wanted, NULL-terminated */
  gboolean                        is_rebuilt;    /* made anew with its rows, not altered */
} StrataDiffTable;

typedef struct
{
  char                  *sql;         /* without its semicolon */
  const StrataDifference *difference; /* NULL: in the service of several */
  const StrataDiffTable *table;       /* whose steps these are; NULL: of none, or of another server */
  gboolean               is_outside;  /* can't run in a transaction */
} StrataDiffStep;

typedef struct _StrataDiff StrataDiff;

/* Keeps both pictures. */
StrataDiff             *strata_diff_new           (StrataPicture           *from,
                                                   StrataPicture           *to,
                                                   const StrataDiffOptions *options);
void                    strata_diff_free          (StrataDiff              *self);
guint                   strata_diff_get_n         (const StrataDiff        *self);
const StrataDifference *strata_diff_get           (const StrataDiff        *self,
                                                   guint                    index);
/* What was removed and added and may be the same thing (StrataRenameGuess), best first. */
const GPtrArray        *strata_diff_get_guesses   (const StrataDiff        *self);
/* Whether two tables, or two columns of one, are each what the other was: then their names may have changed hands. */
gboolean                strata_diff_is_swap       (const StrataPicture     *from,
                                                   const StrataPicture     *to,
                                                   const StrataRename      *rename);
/* Of what the rows of one side could say more about that, and about what would be asked then (StrataRowFacts to be filled,
 * sorted); empty where there is no candidate. */
GPtrArray              *strata_diff_list_unknown_rows (const StrataDiff     *self,
                                                   gboolean                 is_to);
/* Guesses anew, with what is known of the rows (StrataRowFacts, sorted). What the structure alone would ask stays asked. */
void                    strata_diff_weigh_rows    (StrataDiff              *self,
                                                   const GPtrArray         *from,
                                                   const GPtrArray         *to);
/* The steps (StrataDiffStep) for all differences, or for those that chosen says; they live as long as the diff. Fails where
 * there is no way, and says why and what else can be done. */
const GPtrArray        *strata_diff_plan          (StrataDiff              *self,
                                                   const gboolean          *chosen,
                                                   GError                 **error);
/* Whether the last plan's steps do it: it was chosen, or comes along, as what was chosen needs it. */
gboolean                strata_diff_is_planned    (const StrataDiff        *self,
                                                   guint                    index);
/* The statement as a script has it, with a line before it where it can't run in a transaction. */
void                    strata_diff_step_append   (const StrataDiffStep    *self,
                                                   GString                 *script);
/* "add column users.phone", "change type of users.name from text to integer": for people. */
char                   *strata_difference_dup_title (const StrataDifference *self,
                                                   const char              *default_schema);
/* TRUE where all differences, or those that chosen says, would drop most of the tables there are: models that were not imported,
 * or another database. */
gboolean                strata_diff_is_suspicious (const StrataDiff        *self,
                                                   const gboolean          *chosen);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataDiff, strata_diff_free)

G_END_DECLS

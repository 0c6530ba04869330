/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of the window share: a main loop that is turned until something is so, a project, a session on it. */

#pragma once

#include "app/state/session.h"

G_BEGIN_DECLS

/* In place of g_test_init(). */
void           support_init            (int            *argc,
                                        char         ***argv);
/* The same with GTK; the test runs under tests/app/headless (its list is app_display_tests). */
void           support_init_display    (int            *argc,
                                        char         ***argv);

typedef struct
{
  gint64      deadline;
  guint       source;
} SupportPump;

SupportPump    support_pump_begin      (void);
void           support_pump_turn       (SupportPump    *self,
                                        const char     *place,
                                        const char     *condition);
void           support_pump_end        (SupportPump    *self);

/* Turns the main loop until the condition holds; fails where that never comes. */
#define pump_until(condition) \
  G_STMT_START { \
    SupportPump pump_ = support_pump_begin (); \
    while (!(condition)) \
      support_pump_turn (&pump_, G_STRLOC, #condition); \
    support_pump_end (&pump_); \
  } G_STMT_END

/* Gives up a reference that must be the last one, once what is under way for the object has come back. */
#define pump_until_finalized(object) \
  G_STMT_START { \
    gpointer weak_ = (object); \
    g_object_add_weak_pointer (weak_, &weak_); \
    g_object_unref (weak_); \
    pump_until (weak_ == NULL); \
  } G_STMT_END

/* What an animation does to a machine without a GPU: nothing below the priority of GTK's frames gets a turn, until the
 * source that is returned is removed. */
guint          support_keep_busy       (void);

/* A copy of data/sample in a folder of its own, with no database yet. */
typedef struct
{
  char *folder;
  char *database;      /* the path of its SQLite file */
} SupportSample;

/* Made for g_test_add(); the data is the target that the database is upgraded to, or NULL. */
void           support_sample_set_up    (SupportSample       *self,
                                         gconstpointer        target);
void           support_sample_tear_down (SupportSample       *self,
                                         gconstpointer        target);
/* Moves the database as another process would: not through a session. */
void           support_sample_upgrade   (SupportSample       *self,
                                         const char          *target);
void           support_sample_downgrade (SupportSample       *self,
                                         const char          *target);
void           support_sample_write     (SupportSample       *self,
                                         const char          *name,
                                         const char          *text);
/* Something that Strata would not do; one statement. */
void           support_sample_execute   (SupportSample       *self,
                                         const char          *sql);
/* Opened, read, and connected unless the database is not known. */
StrataSession *support_sample_open      (SupportSample       *self);

#define support_sample_add(path, target, test) \
  g_test_add (path, SupportSample, target, support_sample_set_up, test, support_sample_tear_down)

/* Entries of a folder under /proc/self: "task" for threads, "fd" for open files. */
guint          support_count           (const char          *what);

G_END_DECLS

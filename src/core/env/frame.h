/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/env/reader.h"

G_BEGIN_DECLS

/* Where a frame goes on in two ways: begin, follow the first, turn, follow the second, end. */
typedef struct
{
  const StrataEnvValue *condition;
  const StrataEnvValue *outer;
  GArray               *changes;
  gboolean              first_goes_on;
  guint                 start;
} StrataEnvFork;

void            strata_env_fork_begin  (StrataEnvReader      *self,
                                        StrataEnvFrame       *frame,
                                        StrataEnvFork        *fork,
                                        const StrataEnvValue *condition);
void            strata_env_fork_turn   (StrataEnvReader      *self,
                                        StrataEnvFrame       *frame,
                                        StrataEnvFork        *fork,
                                        gboolean              goes_on);
/* Whether anything comes after it. */
gboolean        strata_env_fork_end    (StrataEnvReader      *self,
                                        StrataEnvFrame       *frame,
                                        StrataEnvFork        *fork,
                                        gboolean              goes_on);

/* This point leaves the function, the loop, or this turn of it. */
void            strata_env_frame_exit  (StrataEnvReader      *self,
                                        StrataEnvFrame       *frame,
                                        StrataEnvWay          way,
                                        StrataEnvThing       *returned);
/* Python stops at this point. */
void            strata_env_frame_stop  (StrataEnvReader      *self,
                                        StrataEnvFrame       *frame,
                                        StrataPlace           place,
                                        const char           *what);
StrataEnvThing *strata_env_frame_join  (StrataEnvReader      *self,
                                        StrataEnvFrame       *frame,
                                        StrataEnvWay          way,
                                        StrataEnvThing       *last);
/* Not what is inside of a branch or after an early return. */
gboolean        strata_env_frame_is_certain (StrataEnvFrame  *frame);

gboolean        strata_env_follow_try  (StrataEnvReader      *self,
                                        StrataEnvFrame       *frame,
                                        const StrataPyNode   *node);
/* "with suppress(...)": the call and the body. */
gboolean        strata_env_follow_suppress (StrataEnvReader    *self,
                                            StrataEnvFrame     *frame,
                                            const StrataPyNode *call,
                                            StrataPyList        body);
gboolean        strata_env_follow_loop (StrataEnvReader      *self,
                                        StrataEnvFrame       *frame,
                                        const StrataPyNode   *node);

G_END_DECLS

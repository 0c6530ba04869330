/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Ctrl-C at a question is one at all others too: they are answered as by the end of the input. */
void      strata_ask_init        (GCancellable *cancellable);
/* Whether a person sits at both ends: standard input and standard error are a terminal. */
gboolean  strata_ask_is_possible (void);
/* "Question [y/N] "; an empty answer is the default, the end of the input is no. */
gboolean  strata_ask_yes         (const char *question,
                                  gboolean    by_default);
/* The same, for what is kept: the end of the input is no answer. */
gboolean  strata_ask_yes_or_no   (const char *question,
                                  gboolean    by_default,
                                  gboolean   *is_answered);
/* One line, stripped; NULL at the end of the input. */
char     *strata_ask_line        (const char *question);

G_END_DECLS

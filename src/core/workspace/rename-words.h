/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A decision about two names as people write it: "users=people", "users.name=full_name", "app.f(integer, text)=g",
 * "\"Old users\"=users"; with != instead, they are two things. */
typedef struct
{
  GStrv     from;         /* schema, table, name, as many as are given */
  char     *arguments;    /* of a routine; NULL: not said */
  char     *to;           /* the last name only */
  gboolean  is_denied;
} StrataRenameWords;

/* The new name may be written with the same names before it. NULL where it is none. */
StrataRenameWords *strata_rename_words_parse   (const char              *text);
StrataRenameWords *strata_rename_words_copy    (const StrataRenameWords *self);
void               strata_rename_words_free    (StrataRenameWords       *self);
char              *strata_rename_words_to_text (const StrataRenameWords *self);
/* The last of the old names. */
const char        *strata_rename_words_get_old (const StrataRenameWords *self);
/* The same the other way round: the new name is the old one. */
StrataRenameWords *strata_rename_words_turn    (const StrataRenameWords *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataRenameWords, strata_rename_words_free)

G_END_DECLS

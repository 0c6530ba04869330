/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A row of a boxed list: one fact in words, what it rests on, a symbol, and at most one button. Texts are no markup;
 * subtitle and icon may be NULL. */
GtkWidget *strata_fact_row_new         (const char *title,
                                        const char *subtitle,
                                        const char *icon);
void       strata_fact_row_set_button  (GtkWidget  *row,
                                        const char *label,
                                        const char *action,
                                        const char *target);    /* a string, or NULL for none */
/* The whole row does it. */
void       strata_fact_row_set_action  (GtkWidget  *row,
                                        const char *action,
                                        const char *target);
/* The same with any target; takes it where it floats. */
void       strata_fact_row_set_action_variant (GtkWidget  *row,
                                        const char *action,
                                        GVariant   *target);
void       strata_list_box_clear       (GtkListBox *list);
/* Shows the rows of a new list box, which goes. A row that says and offers the same stays as it is: with the focus, and
 * under a press that has begun. */
void       strata_list_box_take        (GtkListBox *list,
                                        GtkListBox *fresh);

G_END_DECLS

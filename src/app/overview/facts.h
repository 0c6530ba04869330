/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/state/schema-check.h"

G_BEGIN_DECLS

/* Each fills an empty list with rows, one fact and at most one button each. */
void  strata_facts_list_database (GtkListBox     *list,
                                  StrataSnapshot *snapshot,
                                  StrataLink      link);
/* Whether its schema is what it should be, and how to find out. */
void  strata_facts_list_schema   (GtkListBox        *list,
                                  StrataSnapshot    *snapshot,
                                  StrataSchemaCheck *check);
void  strata_facts_list_project  (GtkListBox     *list,
                                  StrataSnapshot *snapshot);
/* How many there are; a long list ends with how many more. */
guint strata_facts_list_findings (GtkListBox     *list,
                                  StrataSnapshot *snapshot);

G_END_DECLS

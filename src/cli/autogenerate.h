/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli/cli.h"
#include "cli/output.h"
#include "core/workspace/autogenerate.h"

G_BEGIN_DECLS

/* Of “revision --autogenerate”. */
typedef struct
{
  GStrv    renames;
  gboolean expects_drops;
  gboolean writes_empty;
  gboolean scratch;
  gboolean privileges;
} StrataAutogenerateFlags;

/* Compares, tells what it found, and asks about renames where there is a terminal. */
StrataAutogenerate *strata_cli_autogenerate  (StrataCli                      *cli,
                                              StrataWorkspace                *workspace,
                                              const StrataAutogenerateFlags  *flags,
                                              gboolean                        trust,
                                              GError                        **error);
/* TRUE, and said, where there is nothing to write. */
gboolean            strata_cli_is_up_to_date (StrataCli                      *cli,
                                              StrataAutogenerate             *generated,
                                              const StrataAutogenerateFlags  *flags);
void                strata_cli_print_proof   (StrataCli                      *cli,
                                              StrataAutogenerate             *generated);
/* Unproven: why; NULL: it is proven. */
void                strata_json_proof        (JsonBuilder                    *builder,
                                              const char                     *unproven);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli/cli.h"

G_BEGIN_DECLS

int strata_cmd_adopt          (StrataCli *cli, GError **error);
int strata_cmd_branches       (StrataCli *cli, GError **error);
int strata_cmd_check          (StrataCli *cli, GError **error);
int strata_cmd_current        (StrataCli *cli, GError **error);
int strata_cmd_database       (StrataCli *cli, GError **error);
int strata_cmd_diff           (StrataCli *cli, GError **error);
int strata_cmd_downgrade      (StrataCli *cli, GError **error);
int strata_cmd_drift          (StrataCli *cli, GError **error);
int strata_cmd_dump           (StrataCli *cli, GError **error);
int strata_cmd_edit           (StrataCli *cli, GError **error);
int strata_cmd_ensure_version (StrataCli *cli, GError **error);
int strata_cmd_heads          (StrataCli *cli, GError **error);
int strata_cmd_history        (StrataCli *cli, GError **error);
int strata_cmd_init           (StrataCli *cli, GError **error);
int strata_cmd_log            (StrataCli *cli, GError **error);
int strata_cmd_merge          (StrataCli *cli, GError **error);
int strata_cmd_profile        (StrataCli *cli, GError **error);
int strata_cmd_render         (StrataCli *cli, GError **error);
int strata_cmd_rescue         (StrataCli *cli, GError **error);
int strata_cmd_restore        (StrataCli *cli, GError **error);
int strata_cmd_revert         (StrataCli *cli, GError **error);
int strata_cmd_revision       (StrataCli *cli, GError **error);
int strata_cmd_show           (StrataCli *cli, GError **error);
int strata_cmd_stamp          (StrataCli *cli, GError **error);
int strata_cmd_startup        (StrataCli *cli, GError **error);
int strata_cmd_status         (StrataCli *cli, GError **error);
int strata_cmd_trust          (StrataCli *cli, GError **error);
int strata_cmd_upgrade        (StrataCli *cli, GError **error);
int strata_cmd_verify         (StrataCli *cli, GError **error);

G_END_DECLS

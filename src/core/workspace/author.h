/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Making projects and revisions: nothing but the project's own functions, for those above the door. */

#pragma once

#include "core/project/init.h"
#include "core/project/new-revision.h"
#include "core/workspace/workspace.h"

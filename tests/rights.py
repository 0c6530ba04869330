# SPDX-License-Identifier: GPL-3.0-or-later
"""Words before a command that make rights bind it, also where root runs the tests."""

import os

BOUND = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.geteuid() == 0 else []

# SPDX-License-Identifier: GPL-3.0-or-later
"""Our side of the tests that ask Alembic and us the same: the program plan-peer."""

import json
import os
import subprocess
from pathlib import Path

PEER = Path(os.environ.get("G_TEST_BUILDDIR", "build/tests")) / "peers" / "plan-peer"


class Peer:
    """Our side: one process for all questions."""

    def __init__(self):
        self.process = subprocess.Popen([PEER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def tell(self, files):
        self.process.stdin.write(json.dumps({"project": files}) + "\n")

    def ask(self, **question):
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def end(self):
        self.process.stdin.close()
        return self.process.wait()

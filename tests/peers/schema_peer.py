# SPDX-License-Identifier: GPL-3.0-or-later
"""schema-peer, asked line by line for dumps of SQLite databases and for what leads from one to another."""

import json
import os
import subprocess
from pathlib import Path

PROGRAM = Path(os.environ["G_TEST_BUILDDIR"]) / "peers" / "schema-peer"


class SchemaPeer:
    def __init__(self):
        self.process = subprocess.Popen([PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, **question):
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def dump(self, path, is_sorted=True):
        answer = self.ask(dump=f"sqlite:///{path}", sorted=is_sorted)
        return answer.get("dump", answer.get("error"))

    def steps(self, before, after):
        return self.ask(**{"from": f"sqlite:///{before}", "to": f"sqlite:///{after}"})

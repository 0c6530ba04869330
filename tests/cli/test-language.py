#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line says the same in every language, GLib's words and the system's included."""

import os
import subprocess
import tempfile

import tap

CALLS = (["--nonsense"], ["current", "--nonsense"], ["current", "-c", "missing.ini"], ["current", "--url", "nonsense"])


def answer(folder, call, **language):
    done = subprocess.run([os.environ["STRATA"], *call], cwd=folder, capture_output=True, text=True,
                          env={**os.environ, **language})
    return done.returncode, done.stdout, done.stderr


def main():
    with tempfile.TemporaryDirectory() as folder:
        for call in CALLS:
            english = answer(folder, call, LC_ALL="C.UTF-8", LANGUAGE="")
            german = answer(folder, call, LC_ALL="C.UTF-8", LANGUAGE="de")
            tap.check(english == german and english[0] != 0, " ".join(call), english, german)
    tap.done()


main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Evaluates the snippets of python-values.txt by CPython and by us: what each leaves in "result" must have the same
repr(), or both must raise the same class of exception in the same line. Prints TAP.

usage: test-python-values.py [PROGRAM]     PROGRAM is the built python-values
"""

import os
import re
import subprocess
import sys
import traceback
import warnings
from pathlib import Path

import tap

warnings.simplefilter("ignore")
SNIPPETS = Path(__file__).parent / "python-values.txt"


def theirs(code):
    """What CPython makes of it, in the words of the program."""
    names = {"__name__": "test"}
    try:
        with open(os.devnull, "w") as sink:
            stdout, stderr, sys.stdout, sys.stderr = sys.stdout, sys.stderr, sink, sink
            try:
                exec(compile(code, "test.py", "exec"), names)
            finally:
                sys.stdout, sys.stderr = stdout, stderr
        return repr(names["result"]) if "result" in names else "no result"
    except Exception as error:
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "test.py"]
        return f"raises:{lines[-1]}: {type(error).__name__}"


def ours(program, snippets):
    text = "".join(f"{snippet}\n----\n" for snippet in snippets)
    return subprocess.run([program], input=text, capture_output=True, text=True, check=True).stdout.split("\n")[:-1]


def same(mine, other):
    """Of an exception the class and the line count: the words are another version's."""
    return mine == other or (other.startswith("raises:") and re.match(re.escape(other) + r"\b", mine) is not None)


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else Path(os.environ["G_TEST_BUILDDIR"]) / "peers" / "python-values"
    snippets = [snippet.strip("\n") for snippet in SNIPPETS.read_text().split("\n----\n")]
    results = ours(program, snippets)
    tap.check(len(results) == len(snippets), "each snippet has a result", f"{len(results)} of {len(snippets)}")
    for snippet, mine in zip(snippets, results):
        other = theirs(snippet)
        tap.check(same(mine, other), snippet.split("\n")[0][:60], snippet, f"ours:   {mine}", f"theirs: {other}")
    tap.done()


main()

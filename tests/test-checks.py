#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Do layers.py, style.py and tap.py see what they are for? Each case is a small tree of sources with one fault."""

import subprocess
import sys
import tempfile
from pathlib import Path

import tap

HERE = Path(__file__).parent
SPDX = "/* SPDX-License-Identifier: GPL-3.0-or-later */\n"
MAP = "core/base:\ncore/graph: base\napp/window: core/base\n"

LAYERS = [
    ("an arrow that is not on the map", {"core/base/a.c": '#include "core/graph/g.h"\n', "core/graph/g.h": ""},
     'src/core/base/a.c:1: "core/graph/g.h": core/base may not include core/graph'),
    ("a sub-folder counts as its folder", {"core/base/x/a.c": '#include "core/graph/g.h"\n', "core/graph/g.h": ""},
     "core/base may not include core/graph"),
    ("a folder without a row", {"core/other/a.c": ""}, "src/core/other/a.c: its folder has no row"),
    ("GTK in the core", {"core/graph/a.c": "#include <gtk/gtk.h>\n"}, "only src/app knows GTK"),
    ("an include from beside", {"core/graph/a.c": '#include "g.h"\n', "core/graph/g.h": ""}, "no file of src/"),
    ("two headers in a ring", {"core/graph/a.h": '#include "core/graph/b.h"\n',
                               "core/graph/b.h": '#include "core/graph/a.h"\n'},
     "core/graph/a.h -> core/graph/b.h -> core/graph/a.h"),
    ("a map with a cycle", {"layers.txt": "core/base: graph\ncore/graph: base\n"}, "core/graph is none"),
]

STYLE = [
    ("a file that is too long", {"core/graph/a.c": SPDX + "\n" * 600}, "src/core/graph/a.c: 601 lines"),
    ("a function that is too long", {"core/graph/a.c": SPDX + "int\nf (int a,\n   int b)\n{\n" + "  ;\n" * 81 + "}\n"},
     "src/core/graph/a.c:5: f has 81 lines"),
    ("no licence", {"core/graph/a.h": "#pragma once\n"}, "src/core/graph/a.h: its first lines lack"),
    ("config.h is not first", {"core/graph/a.c": SPDX + "#include <glib.h>\n"}, "includes <glib.h> before"),
    ("a file that is not built", {"core/graph/forgotten.c": SPDX}, "src/core/graph/forgotten.c: named in no list"),
]

GOOD = {"core/graph/a.c": SPDX + '#include "config.h"\n\n#include "core/base/b.h"\n', "core/base/b.h": SPDX,
        "app/window/w.c": SPDX + '#include "config.h"\n\n#include <gtk/gtk.h>\n'}

TAP = [
    ("cases", "1..2\nok 1 /a/b\nnot ok 2 /a/c\n", ["passed /a/b", "failed /a/c"]),
    ("a skipped case", "ok 1 - a # SKIP no server\n1..1\n", ["skipped a"]),
    ("a name with a #", "1..1\nok 1 - every #include\n", ["passed every #include"]),
    ("everything skipped", "1..0 # SKIP no server\n", ["skipped p"]),
    ("a crash", "1..3\nok 1 /a\n", ["passed /a", "failed p"]),
    ("no output", "", ["failed p"]),
    ("an assertion of GLib's", "1..3\nok 1 /a\nnot ok /b - ERROR:x.c:1\nBail out!\n", ["passed /a", "failed /b - ERROR:x.c:1"]),
]


def run(program, files):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in ({"layers.txt": MAP, "core/graph/meson.build": "'a.c'",
                            "app/window/meson.build": "'w.c'"} | files).items():
            path = Path(folder, "src", name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return subprocess.run([sys.executable, HERE / program, folder], capture_output=True, text=True)


def main():
    for program, cases in (("layers.py", LAYERS), ("style.py", STYLE)):
        for name, files, message in cases:
            done = run(program, files)
            tap.check(done.returncode == 1 and message in done.stdout, f"{program}: {name}", done.stdout, done.stderr)
        done = run(program, GOOD)
        tap.check(done.returncode == 0, f"{program}: nothing to say of a good tree", done.stdout, done.stderr)
    for name, text, expected in TAP:
        got = [f"{result.state} {result.name}" for result in tap.read(text, "p")]
        tap.check(got == expected, f"tap.py: {name}", got)
    tap.done()


main()

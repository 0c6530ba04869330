#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of style that a program can check. Prints TAP.

usage: style.py [TOP-OF-THE-SOURCES]
"""

import re
import sys
from pathlib import Path

import tap

MAX_FILE = 600
MAX_FUNCTION = 80
FOLDERS = ("data", "resources", "src", "tests")
SPDX = "SPDX-License-Identifier: GPL-3.0-or-later"


def sources(top):
    """Every file that people write and that is code: C, Python and scripts."""
    for folder in FOLDERS:
        for path in sorted((top / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and is_code(path):
                yield path


def is_code(path):
    if path.suffix in (".c", ".h", ".py", ".sh", ".bash", ".fish"):
        return True
    if path.suffix:
        return False
    with path.open("rb") as stream:
        return stream.read(2) == b"#!"


def long_functions(lines):
    """(line number, name, length) of each function that is too long. A body opens and closes in the first column."""
    start = None
    for number, line in enumerate(lines, 1):
        if line.startswith("{"):
            start = number
        elif line.startswith("}") and start is not None:
            name = function_name(lines[:start - 1])
            # A class_init that sets up properties is a table, and may be as long as there are properties.
            if name and number - start - 1 > MAX_FUNCTION and not name.endswith("_class_init"):
                yield start, name, number - start - 1
            start = None


def function_name(lines):
    """The name in front of the parameters that end just here; None where this brace opens no function."""
    for line in reversed(lines):
        if found := re.match(r"(\w+) \(", line):
            return found[1]
        if not line.strip() or line[0] not in " \t":
            return None
    return None


def unbuilt(top):
    """C files and tests that no meson.build names, and resources that no list of resources names."""
    for path in sorted((top / "src").rglob("*.c")):
        if f"'{path.name}'" not in read(path.parent / "meson.build"):
            yield path
    for path in sorted((top / "tests").rglob("test-*.*")):
        build = read(path.parent / "meson.build")
        unit = path.stem[len("test-"):]
        if f"'{path.name}'" not in build and f"'{path.stem}'" not in build and f"'{path.parent.name}/{unit}'" not in build:
            yield path
    listed = "".join(read(path) for path in (top / "resources").glob("*.xml"))
    for path in sorted((top / "resources").rglob("*")):
        if path.is_file() and path.name != "meson.build" and path.suffix != ".xml":
            if f">{path.relative_to(top / 'resources')}<" not in listed:
                yield path


def read(path):
    return path.read_text() if path.is_file() else ""


def main():
    top = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent)
    long_files, long_bodies, unlicensed, late_config = [], [], [], []

    for path in sources(top):
        name = path.relative_to(top)
        lines = path.read_text().splitlines()
        if len(lines) > MAX_FILE:
            long_files.append(f"{name}: {len(lines)} lines; cut it by duty, at most {MAX_FILE}")
        if SPDX not in "\n".join(lines[:3]):
            unlicensed.append(f"{name}: its first lines lack “{SPDX}”")
        if path.suffix == ".c":
            long_bodies += [f"{name}:{line}: {function} has {length} lines; at most {MAX_FUNCTION}"
                            for line, function, length in long_functions(lines)]
            includes = [line for line in lines if line.startswith("#include")]
            if includes and includes[0] != '#include "config.h"':
                late_config.append(f'{name}: includes {includes[0].split()[1]} before "config.h"')

    forgotten = [f"{path.relative_to(top)}: named in no list, so never built" for path in unbuilt(top)]
    tap.check(not long_files, f"no file has more than {MAX_FILE} lines", *long_files)
    tap.check(not long_bodies, f"no function has more than {MAX_FUNCTION} lines", *long_bodies)
    tap.check(not unlicensed, "every source says its licence", *unlicensed)
    tap.check(not late_config, 'every C file includes "config.h" first', *late_config)
    tap.check(not forgotten, "every source is built", *forgotten)
    tap.done()


main()

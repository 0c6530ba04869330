#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the #include lines of src/ to the map of folders in src/layers.txt. Prints TAP.

usage: layers.py [TOP-OF-THE-SOURCES]
"""

import re
import sys
from pathlib import Path

import tap

INCLUDE = re.compile(r'\s*#\s*include\s+([<"])([^">]+)[">]')
WINDOW_LIBRARIES = ("gtk/", "gdk/", "gsk/", "gtksourceview/", "adwaita.h")
GENERATED = ("config.h", "resources/")


def read_map(path, problems):
    """Folder -> the folders that it may include. A row may name only rows above it, so the map has no cycle."""
    folders = {}
    for number, line in enumerate(path.read_text().splitlines(), 1):
        line = line.split("#")[0].strip()
        if not line:
            continue
        folder, _, allowed = line.partition(":")
        folder = folder.strip()
        if folder in folders:
            problems.append(f"{path}:{number}: {folder} has a row already")
        names = [f"core/{name}" if folder.startswith("core/") else name for name in allowed.split()]
        for name in names:
            if name not in folders:
                problems.append(f"{path}:{number}: {folder} may include only folders of the rows above it; {name} is none")
        folders[folder] = set(names)
    return folders


def folder_of(name, folders):
    """The row for a file: its own folder, or the nearest one above it (core/database for core/database/sqlite)."""
    for parent in Path(name).parents:
        if str(parent) in folders:
            return str(parent)
    return None


def includes_of(path):
    """(line number, bracket, file) of each #include."""
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if found := INCLUDE.match(line):
            yield number, found[1], found[2]


def check_include(src, folders, name, bracket, target):
    """What is wrong with one #include in the file called name, or None."""
    folder = folder_of(name, folders)
    if target.startswith(WINDOW_LIBRARIES):
        return None if name.startswith("app/") else f"<{target}>: only src/app knows GTK"
    if bracket == "<" or target.startswith(GENERATED):
        return None
    if not (src / target).is_file():
        return f'"{target}" is no file of src/ (write it from there: "core/graph/graph.h")'
    other = folder_of(target, folders)
    if folder is None or other is None or other == folder or other in folders[folder]:
        return None
    return f'"{target}": {folder} may not include {other} (src/layers.txt)'


def find_cycle(edges):
    """A list of files that include one another in a ring, or None."""
    state = {}

    def visit(name, path):
        state[name] = "open"
        for other in edges.get(name, ()):
            if state.get(other) == "open":
                return path[path.index(other):] + [other]
            if other not in state and (ring := visit(other, path + [other])):
                return ring
        state[name] = "closed"
        return None

    for name in sorted(edges):
        if name not in state and (ring := visit(name, [name])):
            return ring
    return None


def main():
    src = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent) / "src"
    map_problems, missing, wrong, edges = [], [], [], {}
    folders = read_map(src / "layers.txt", map_problems)

    for path in sorted(p for p in src.rglob("*") if p.suffix in (".c", ".h")):
        name = str(path.relative_to(src))
        if folder_of(name, folders) is None:
            missing.append(f"src/{name}: its folder has no row in src/layers.txt")
        for number, bracket, target in includes_of(path):
            if problem := check_include(src, folders, name, bracket, target):
                wrong.append(f"src/{name}:{number}: {problem}")
            if name.endswith(".h") and target.endswith(".h"):
                edges.setdefault(name, []).append(target)

    ring = find_cycle(edges)
    tap.check(not map_problems, "src/layers.txt is a map without cycles", *map_problems)
    tap.check(not missing, "every folder of src/ is on the map", *missing)
    tap.check(not wrong, "every #include follows an arrow of the map", *wrong)
    tap.check(not ring, "no header includes itself by way of others", " -> ".join(ring or []))
    tap.done()


main()

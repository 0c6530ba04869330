#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Templates printed by Strata, beside what the real Mako prints for them, byte for byte; what one refuses, the other has to
refuse, but for what is known not to be evaluated here.

    test-mako.py [--show] [FOLDER...]     (also every script.py.mako below the folders)
"""

import argparse
import datetime
import json
import os
import subprocess
import sys
from pathlib import Path

import tap

if path := os.environ.get("STRATA_TEST_ALEMBIC"):
    sys.path.insert(0, path)

try:
    import mako
    from mako.template import Template
except ImportError:
    mako = None

import mako_templates

PROGRAM = Path(os.environ["G_TEST_BUILDDIR"]) / "peers" / "mako-peer"

OPTIONS = {"databases": "engine1, engine2", "my_key": "a 'quoted' value"}


class Config:
    config_file_name = None
    config_ini_section = "alembic"

    def get_main_option(self, name, default=None):
        return OPTIONS.get(name, default)

    get_alembic_option = get_main_option

    def get_section_option(self, section, name, default=None):
        return OPTIONS.get(f"{section}.{name}", default)


def comma(value):
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, (list, tuple)):
        return ", ".join(value)
    raise ValueError("Don't know how to comma-format %r" % value)


# What Alembic hands over, in several moods.
WORLDS = {
    "first": {"message": "create account", "up_revision": "1975ea83b712", "create_date": "2026-11-21T10:00:00.123456"},
    "second": {"message": 'say "hi" <b>&\'x\'\nand more äö ${no}', "up_revision": "27c6a30d7c24", "down_revision": ["1975ea83b712"],
               "branch_labels": ["shoppingcart"], "depends_on": ["ae1027a6acf0"], "create_date": "2026-01-02T03:04:05.600000+00:00",
               "bodies": ["upgrades", "op.drop_table('a')\n    op.drop_table('b')", "downgrades", "pass",
                          "imports", "import app", "engine1_upgrades", "x()"]},
    "merge": {"message": "merge", "up_revision": "f50318acd534", "down_revision": ["29f859a13eaa", "d747a8a8879"],
              "branch_labels": ["a", "b"], "depends_on": ["x", "y"], "create_date": "2026-11-21T10:00:00"},
}


def scalar(values, kind):
    return None if not values else values[0] if len(values) == 1 else kind(values)


def theirs(template, world):
    bodies = world.get("bodies", [])
    try:
        return Template(template.encode()).render_unicode(
            message=world["message"], up_revision=world["up_revision"], down_revision=scalar(world.get("down_revision"), tuple),
            branch_labels=tuple(world["branch_labels"]) if world.get("branch_labels") else None,
            depends_on=scalar(world.get("depends_on"), list),
            create_date=datetime.datetime.fromisoformat(world["create_date"]), comma=comma, config=Config(),
            **dict(zip(bodies[::2], bodies[1::2]))), None
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"


def ask(questions):
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    answer = subprocess.run([PROGRAM], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in answer.stdout.splitlines()]


def judge(template, world, ours, refused):
    """What is wrong with our answer, or None."""
    text, error = theirs(template, world)
    if "error" in ours:
        return None if error is not None or refused else f"we refuse: {ours['error']}\n{text}"
    if error is not None:
        return f"Mako refuses: {error}\nwe print: {ours['text']!r}"
    return None if text == ours["text"] else f"Mako:   {text!r}\nStrata: {ours['text']!r}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--show", action="store_true")
    parser.add_argument("folders", nargs="*", type=Path)
    args = parser.parse_args()

    if mako is None or tuple(map(int, mako.__version__.split(".")[:2])) < (1, 3):
        tap.skip("the same text as Mako", "needs a Mako of 1.3 or newer")
        tap.done()
        return

    cases = dict(mako_templates.TEMPLATES)
    for folder in args.folders:
        cases |= {str(file): file.read_bytes().decode() for file in sorted(folder.rglob("*.mako"))}
    questions = [(name, world) for name in cases for world in WORLDS]
    answers = ask([{"template": cases[name], "options": OPTIONS} | WORLDS[world] for name, world in questions])
    for (name, world), ours in zip(questions, answers):
        problem = judge(cases[name], WORLDS[world], ours, name in mako_templates.REFUSED)
        if args.show and "error" in ours:
            tap.note(f"{name}: {ours['error']} / Mako: {theirs(cases[name], WORLDS[world])[1]}")
        tap.check(problem is None, f"{name}, {world}", problem)
    tap.done()


main()

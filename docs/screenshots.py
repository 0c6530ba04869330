#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the pictures of README.md anew, in docs/images: the window on the sample, light; the sheet before a run, dark; two
schemas compared.

usage: docs/screenshots.py STRATA-GTK     (built, with strata beside it; needs what tests/ui needs)
"""

import os
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TOP / "tests"), str(TOP / "tests" / "ui")]


def look(app):
    app.click("Track shipments", "row")
    app.wait("Pending on shop.db")


def upgrade(app):
    look(app)
    app.click("Upgrade 5…", "button")
    app.wait_dialog("Upgrade shop.db")
    app.wait("5 revisions, 4 transactions, on shop.db")


def compare(app):
    """From the database to the newest revision: what is pending, as differences."""
    app.key("alt+2")
    app.click("Swap the Sides", "button")
    app.click("Compare", "button")
    app.click("add table shipments", "row")


def main():
    program = Path(sys.argv[1]).resolve()
    os.environ |= {"STRATA_GTK": str(program), "STRATA": str(program.parent.parent / "cli" / "strata"),
                   "G_TEST_SRCDIR": str(TOP / "tests")}
    from desktop import Desktop

    images = TOP / "docs" / "images"
    images.mkdir(exist_ok=True)
    for name, walk, dark in ("window-light", look, False), ("window-dark", upgrade, True), ("compare", compare, False):
        with Desktop((1240, 820)) as desktop:
            app = desktop.start(desktop.sample(), dark=dark)
            app.resize(1160, 720)
            app.wait("5 pending above", "row")
            walk(app)
            app.settle()
            picture = images / f"{name}.png"
            desktop.shot(picture)
            subprocess.run(["convert", picture, "-trim", "+repage", "-strip", "+dither", "-colors", "255", picture], check=True)
            app.kill()


main()

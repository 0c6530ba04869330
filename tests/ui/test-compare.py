#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Comparing: drift from the overview, a declared schema, ticks that become a revision, and the changes of one that is there."""

import sqlite3
import sys
from pathlib import Path
from types import SimpleNamespace

import tap
from desktop import Desktop
from projects import make_project

sys.path.insert(1, str(Path(__file__).resolve().parent.parent / "cli"))
import alembic_project as alembic  # noqa: E402

DECLARED = """CREATE TABLE lamps (id INTEGER PRIMARY KEY, name TEXT NOT NULL, watts INTEGER);
CREATE TABLE shades (id INTEGER PRIMARY KEY, colour TEXT);
"""


def make(desktop):
    folder = make_project(desktop, "lamps", "sqlite:///lamps.db",
                          ("aa11bb22cc33", "", "Create lamps",
                           "CREATE TABLE lamps (id INTEGER PRIMARY KEY, name TEXT NOT NULL);", "DROP TABLE lamps;"))
    with (folder / "strata.ini").open("a") as ini:
        ini.write("schema = schema.sql\n")
    (folder / "schema.sql").write_text(DECLARED)
    desktop.strata(folder, "upgrade", "--quiet", "--first-run")
    return folder


def drift(folder, app):
    with app.desktop.step("the overview looks for drift when it is told to"):
        app.wait("Drift", "row")
        app.click("Check", "button")
        app.wait("No drift", "row")
    with app.desktop.step("what somebody did by hand is drift, and is shown"):
        with sqlite3.connect(folder / "lamps.db") as database:
            database.execute("CREATE TABLE by_hand (id INTEGER)")
        app.key("F5")
        app.wait("Whether the database is what its revisions make of it")
        app.click("Check", "button")
        app.wait("Drift: 1 difference", "row")
        app.click("Show Differences", "button")
        app.wait("add table by_hand", "row")
    with sqlite3.connect(folder / "lamps.db") as database:
        database.execute("DROP TABLE by_hand")


def declared(folder, app):
    with app.desktop.step("a declared schema is compared with the database"):
        app.key("alt+1")
        app.key("F5")
        app.wait("Whether the database is what its revisions make of it")
        app.click("Check", "button")
        app.wait("No drift", "row")
        app.click("Check", "button")
        app.wait("Declared schema: 2 differences", "row")
        app.click("Show Differences", "button")
        app.wait("add column lamps.watts", "row")
        app.wait("add table shades", "row")
    with app.desktop.step("what is ticked becomes a revision, and its script is there"):
        app.click("add table shades", "row")
        app.key("space")
        app.wait("1 of 2 differences ticked")
        app.click("New Revision…", "button")
        app.wait("Nothing is run")
        app.key("ctrl+a")
        app.type("Shades of lamps")
        app.key("Return")
        app.wait("Shades of lamps, pending", "row")
        path = next((folder / "versions").glob("*shades_of_lamps.sql"))
        text = path.read_text()
        assert "CREATE TABLE" in text and "shades" in text and "watts" not in text, text
    with app.desktop.step("its changes are shown, tried out in a scratch database"):
        app.click("Changes", "tab")
        app.wait("add table shades", "row")
        app.wait("1 change of the schema")


MODELS = """import sqlalchemy as sa
metadata = sa.MetaData()
sa.Table("lamps", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.Text, index=True))
"""


def models(desktop):
    """A project of Alembic: its models are asked by a program of the project, and only with consent."""
    if not alembic.has("sqlalchemy.orm"):
        tap.skip("models are compared with the database", "no Alembic")
        return
    env = alembic.ENV.replace("target_metadata=None", "target_metadata=metadata") \
                     .replace("import os\n", "import os\nfrom models import metadata\n")
    folder = alembic.make(SimpleNamespace(folder=desktop.make("home/empty")), "sqlite:///app.db", env, "models")
    (folder / "models.py").write_text(MODELS)
    app = desktop.start(folder)
    with app.desktop.step("before the models are asked, the person is"):
        app.key("alt+2")
        app.click("Compare", "button")
        app.wait("May the Project Run Its Program?")
        assert not (folder / "app.db").exists()
    with app.desktop.step("models are compared with the database"):
        app.click("Run It This Time", "button")
        app.wait("add table lamps", "row")
    app.quit()


def main():
    with Desktop() as desktop:
        folder = make(desktop)
        app = desktop.start(folder)
        drift(folder, app)
        declared(folder, app)
        app.quit()
        models(desktop)
    tap.done()


main()

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands in the way of a revision of what is ticked: what comes along with it, drift, and tables that would be dropped."""

import sqlite3

import tap
from desktop import Desktop
from projects import make_project

TABLES = ("chairs", "desks", "lamps", "shelves")
DECLARED = """CREATE TABLE lamps (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE shades (id INTEGER PRIMARY KEY, colour TEXT);
CREATE INDEX shades_by_colour ON shades (colour);
"""


def make(desktop):
    create = "\n".join(f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, name TEXT);" for name in TABLES)
    drop = "\n".join(f"DROP TABLE {name};" for name in reversed(TABLES))
    folder = make_project(desktop, "house", "sqlite:///house.db", ("aa11bb22cc33", "", "Furnish", create, drop))
    with (folder / "strata.ini").open("a") as ini:
        ini.write("schema = schema.sql\n")
    (folder / "schema.sql").write_text(DECLARED)
    desktop.strata(folder, "upgrade", "--quiet", "--first-run")
    with sqlite3.connect(folder / "house.db") as database:
        database.execute("CREATE TABLE by_hand (id INTEGER)")
    return folder


def tables(folder):
    with sqlite3.connect(folder / "house.db") as database:
        return {name for name, in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def tick(app, row, says):
    app.click(row, "row")
    app.key("space")
    app.wait(says)


def ask(app):
    app.click("New Revision…", "button")
    app.wait_dialog("New Revision")
    app.wait("Nothing is run")


def may_create(app):
    return app.find("Create", "button").sensitive


def along_and_drift(app):
    with app.desktop.step("an index that is ticked brings its table along"):
        app.key("alt+2")
        app.click("Compare", "button")
        tick(app, "add index shades_by_colour", "differences ticked, 1 more comes along")
        ask(app)
        app.wait("1 more comes along, as what is ticked needs it", "row")
        app.wait("add table shades", "label")
    with app.desktop.step("that the database has drifted is told, while the message is written"):
        app.wait("This database is not what its own revisions make of it: 1 difference", "row")
        app.wait("add table by_hand")
        assert not app.sees("Tables would be dropped")
    with app.desktop.step("neither of them is in the way, only a message is wanted"):
        # One difference is its own message.
        assert may_create(app)
        app.key("ctrl+a", "BackSpace")
        app.until(lambda: not may_create(app), "it can be created without a message")
        app.key("Escape")
        app.wait_gone("Nothing is run")


def drops(folder, app):
    with app.desktop.step("most of the tables are dropped only where that is agreed to"):
        for number, name in enumerate(("chairs", "desks", "shelves"), 2):
            tick(app, f"drop table {name}", f"{number} of ")
        ask(app)
        app.wait("Tables would be dropped", "row")
        app.wait("Lost with all their rows: chairs, desks, shelves")
        app.type("Fewer things")
        assert not may_create(app)
        app.key("Return")
        assert app.sees("Nothing is run") and len(list(folder.glob("versions/*.sql"))) == 1
        app.click("Drop them all the same")
        app.until(lambda: may_create(app), "it cannot be created")
    with app.desktop.step("then it is written, with what comes along"):
        app.click("Create", "button")
        app.wait("Fewer things, pending", "row")
        text = next(folder.glob("versions/*fewer_things.sql")).read_text()
        for words in ("DROP TABLE chairs", "DROP TABLE desks", "DROP TABLE shelves", "TABLE shades", "INDEX shades_by_colour"):
            assert words in text, f"no {words}\n{text}"
        assert "by_hand" not in text, text


def run(folder, app):
    with app.desktop.step("it upgrades, and what it is not about stays"):
        app.key("ctrl+u")
        app.wait_dialog("Upgrade house.db")
        app.wait("1 revision, 1 transaction, on house.db")
        assert not app.sees("Checks ")
        app.click("Upgrade house.db", "button")
        app.wait("Up to Date", "button")
        assert tables(folder) >= {"by_hand", "lamps", "shades"} and not tables(folder) & {"chairs", "desks", "shelves"}
    with app.desktop.step("and goes back"):
        app.click("Other Ways to Move the Database", "button")
        app.click("Downgrade One Step…")
        app.wait_dialog("Downgrade house.db")
        app.click("Downgrade house.db", "button")
        app.wait("1 pending above", "row")
        assert tables(folder) >= {"by_hand", *TABLES} and "shades" not in tables(folder)


def main():
    with Desktop() as desktop:
        folder = make(desktop)
        app = desktop.start(folder)
        along_and_drift(app)
        drops(folder, app)
        run(folder, app)
        app.quit()
    tap.done()


main()

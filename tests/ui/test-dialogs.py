#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is asked before something is written: each dialog names its database, where other people work a name is typed, and
two heads are a choice."""

import sqlite3

import tap
from desktop import Desktop
from projects import make_project, write_revision


def rows(folder, database):
    with sqlite3.connect(folder / database) as connection:
        return [row[0] for row in connection.execute("SELECT version_num FROM alembic_version ORDER BY 1")]


def menu(app, item):
    app.click("Other Ways to Move the Database", "button")
    app.click(item)


def heads(desktop):
    folder = make_project(desktop, "lamps", "sqlite:///lamps.db",
                          ("a1", "", "Create lamps", "CREATE TABLE lamps (id integer);", "DROP TABLE lamps;"),
                          ("b1", "a1", "Create bulbs", "CREATE TABLE bulbs (id integer);", "DROP TABLE bulbs;"),
                          ("c1", "a1", "Create shades", "CREATE TABLE shades (id integer);", "DROP TABLE shades;"))
    desktop.strata(folder, "upgrade", "--quiet", "--first-run", "a1")
    app = desktop.start(folder)
    with desktop.step("two heads are a choice, and both sides are shown"):
        app.click("2 Heads…", "button")
        app.wait_dialog("Several Heads")
        for side in ("Create bulbs", "Create shades"):
            assert app.find(side, "label").window.title == "Several Heads"
    with desktop.step("both can be upgraded to as they are"):
        app.click("Upgrade Both…", "button")
        app.wait_dialog("Upgrade lamps.db")
        app.wait("2 revisions, 2 transactions, on lamps.db", "label")
        app.key("Escape")
    with desktop.step("or joined by a revision that says that they belong together"):
        app.click("2 Heads…", "button")
        app.wait_dialog("Several Heads")
        app.click("Merge…", "button")
        app.wait_dialog("Merge Heads")
        app.click("Merge", "button")
        app.wait("Merge heads, pending, merge, head", "row")
        app.click("Upgrade 3…", "button")
        app.wait_dialog("Upgrade lamps.db")
        app.click("Upgrade lamps.db", "button")
        app.wait("lamps.db is here, up to date", "row")
    return folder, app


def writers(folder, app):
    desktop = app.desktop
    with desktop.step("a stamp names its database, and what it skips"):
        write_revision(folder, "d1", rows(folder, "lamps.db")[0], "Create sockets", "CREATE TABLE sockets (id integer);",
                       "DROP TABLE sockets;")
        app.wait("Create sockets, pending", "row")
        app.click("Create sockets", "row")
        menu(app, "Stamp…")
        app.wait_dialog("Stamp lamps.db")
        app.wait("Counts as applied, but is not run", "label")
        app.click("Stamp", "button")
        app.wait("Create sockets, applied", "row")
        assert rows(folder, "lamps.db") == ["d1"]
    with desktop.step("a copy that is put back names it, and what it takes away"):
        menu(app, "Restore Copy…")
        app.wait_dialog("Restore lamps.db")
        app.click("before upgrade heads", "label")
        app.click("Restore lamps.db", "button")
        app.wait("Create bulbs, pending", "row")
        assert rows(folder, "lamps.db") == ["a1"]
    with desktop.step("so does the rescue of a revision that the folder has not"):
        for path in (folder / "versions").glob("*.sql"):
            if not path.name.startswith("a1"):
                path.unlink()
        write_revision(folder, "e1", "a1", "Create plugs", "CREATE TABLE plugs (id integer);", "DROP TABLE plugs;")
        app.click("Upgrade 1…", "button")
        app.wait_dialog("Upgrade lamps.db")
        app.click("Upgrade lamps.db", "button")
        app.wait("Create plugs, applied", "row")
        next((folder / "versions").glob("e1_*")).unlink()
        app.click("Rescue…", "button")
        app.wait_dialog("Rescue lamps.db")
        app.wait("Create plugs", "row")
        app.key("Escape")
        app.quit()


def production(desktop):
    folder = make_project(desktop, "shop", "sqlite:///dev.db",
                          ("a1", "", "Create orders", "CREATE TABLE orders (id integer);", "DROP TABLE orders;"))
    desktop.strata(folder, "profile", "add", "orders-prod", f"sqlite:///{folder}/orders.db", "--environment", "production",
                   "--protected")
    sqlite3.connect(folder / "orders.db").close()
    app = desktop.start(folder, "-p", "orders-prod")
    with desktop.step("production is said in words, in the window and in what writes"):
        app.wait("PRODUCTION", "label")
        app.wait("Database orders-prod, orders.db, connected", "button")
        app.click("Upgrade 1…", "button")
        app.wait_dialog("Upgrade orders-prod")
        assert app.find("PRODUCTION", "label").window.title == "Upgrade orders-prod"
    with desktop.step("a key is not enough there, and neither is another name"):
        assert app.focus().label == "Cancel", app.focus()
        assert not app.find("Upgrade orders-prod", "button").sensitive
        app.click("Type orders-prod to continue")
        app.type("orders")
        assert not app.find("Upgrade orders-prod", "button").sensitive
        assert not (folder / "orders.db").stat().st_size
    with desktop.step("the typed name is"):
        app.type("-prod")
        app.click("Upgrade orders-prod", "button")
        app.wait("orders-prod is here, up to date", "row")
        assert rows(folder, "orders.db") == ["a1"]
    with desktop.step("a stamp there wants the name, too"):
        menu(app, "Stamp…")
        app.wait_dialog("Stamp orders-prod")
        app.wait("Type orders-prod to continue")
        assert app.find("PRODUCTION", "label").window.title == "Stamp orders-prod"
        assert not app.find("Stamp", "button").sensitive
        app.key("Escape")
        app.quit()


def main():
    with Desktop() as desktop:
        writers(*heads(desktop))
        production(desktop)
    tap.done()


main()

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that does not let one in at once, and one that goes away in the middle of a run and comes back."""

import tap
from desktop import Desktop
from projects import make_project
from servers import postgresql


def let_in(desktop, server):
    server.create("letters")
    folder = make_project(desktop, "letters", f"postgresql://strata@127.0.0.1:{server.facts['port']}/letters",
                          ("a1", "", "Create letters", "CREATE TABLE letters (id integer);", "DROP TABLE letters;"))
    app = desktop.start(folder)
    with desktop.step("without a password, the window says that one is wanted"):
        app.wait("The server wants a password", "label")
        assert app.sees("Create letters", "row")
    with desktop.step("a wrong one is asked for again, in the same dialog"):
        app.click("Enter Password…", "button")
        app.wait_dialog("Password for letters")
        app.type("guessed")
        app.key("Return")
        app.wait("The server does not let this user in\npassword authentication failed for user \"strata\"", "alert")
        app.wait("Password of strata")
    with desktop.step("the right one lets in"):
        app.type("secret")
        app.key("Return")
        app.wait("letters is here, 1 pending above", "row")
        app.wait_gone("Password of strata")
        assert "secret" not in app.log
        app.quit()


def gone_in_the_middle(desktop, server):
    folder = make_project(desktop, "parcels", server.create("parcels"),
                          ("a1", "", "Create parcels", "CREATE TABLE parcels (id integer);", "DROP TABLE parcels;"),
                          ("a2", "a1", "Weigh parcels", "ALTER TABLE parcels ADD grams integer;\nSELECT pg_sleep(3600);",
                           "ALTER TABLE parcels DROP grams;"))
    app = desktop.start(folder)
    with desktop.step("the server goes in the middle of a run, and the window says what is in the database"):
        app.click("Upgrade 2…", "button")
        app.wait_dialog("Upgrade parcels")
        app.click("Upgrade parcels", "button")
        app.wait("Step 2 of 2 · Weigh parcels", "label")
        app.until(lambda: server.sql("SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep(3600)%'"
                                     " AND pid <> pg_backend_pid()"), "the statement does not run")
        assert server.command("crash")
        app.wait("The run on parcels failed")
        told = app.wait("Not in it", "label").text
        assert "a1" in told and "a2" in told, told
    with desktop.step("it does not come back by itself, and the revisions are still there"):
        app.click("Revisions", "tab")
        app.wait("Try Again", "button")
        assert app.sees("Weigh parcels", "row")
    with desktop.step("the server is there again, and the window when it is asked"):
        assert server.command("start")
        app.click("Try Again", "button")
        app.wait("parcels is here, 1 pending above", "row")
        app.wait("Create parcels, applied", "row")
        app.wait_gone("Try Again", "button")
        assert server.sql("SELECT version_num FROM alembic_version", "parcels") == ["a1"]
        app.quit()


def main():
    with Desktop() as desktop, postgresql.server() as server:
        let_in(desktop, server)
        gone_in_the_middle(desktop, server)
    tap.done()


main()

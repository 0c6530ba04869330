#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ways into a project: the sample, a new one, a repository's root, the one of last time; and what does not open."""

import tap
from desktop import SOURCES, Desktop
from projects import make_project


def from_nothing(desktop):
    app = desktop.start()
    with desktop.step("the sample opens with one click, with something to do"):
        app.click("Sample", "button")
        app.wait("shop.db is here, 5 pending above", "row")
    with desktop.step("a new project is made where the person says"):
        app.click("Main Menu")
        app.click("New Project…")
        app.wait_dialog("New Project")
        app.type("lamps")
        app.key("Return")
        app.wait("No Revisions Yet")
        assert list(desktop.folder.rglob("lamps/strata.ini"))
        app.quit()


def in_german(desktop):
    app = desktop.start(desktop.sample("lampen"), language="de")
    with desktop.step("the shortcuts fit a small screen, in German too"):
        app.wait("shop.db ist hier, darüber stehen 5 aus", "row")
        app.key("ctrl+question")
        app.wait_dialog("Tastenkürzel")
        app.settle()
        assert app.windows()[-1].place[2] <= 800, app.windows()[-1]
        app.key("Escape")
        app.settle()
    with desktop.step("on one, the pages of a revision lie below what is said of it"):
        app.resize(800, 600)
        app.click("Show the sales of each month", "row")
        state = app.wait("Angewandt auf shop.db.", "label")
        pages = app.wait("Änderungen", "tab")
        assert state.place[1] + state.place[3] <= pages.place[1], f"{state}; {pages}"
        app.quit()


def in_large_text(desktop):
    desktop.set_text_size(16.5)
    with desktop.step("the shortcuts fit a small screen in text of one and a half times the size"):
        for language, title in (("en", "Keyboard shortcuts"), ("de", "Tastenkürzel")):
            app = desktop.start(desktop.make("home/nothing"), language=language)
            app.key("ctrl+question")
            app.wait_dialog(title)
            assert app.windows()[-1].place[2] <= 800, app.windows()[-1]
            app.key("Escape")
            app.settle()
            app.quit()
    desktop.set_text_size(11)


def without_a_server(desktop):
    folder = make_project(desktop, "briefe", "postgresql://strata@127.0.0.1:1/briefe",
                          ("a1", "", "Create letters", "CREATE TABLE letters (id integer);", "DROP TABLE letters;"))
    app = desktop.start(folder, language="de")
    with desktop.step("that there is no connection is said whole, or by the symbol alone where there is no room"):
        app.resize(1280, 800)
        whole = app.wait("nicht verbunden", "label").place[2]
        app.resize(800, 600)
        app.wait("Datenbank briefe auf 127.0.0.1, nicht verbunden", "button")
        part = app.find("nicht verbunden", "label")
        assert part is None or part.place[2] >= whole, part
        app.quit()


def again(desktop):
    with desktop.step("what was open comes back"):
        app = desktop.start()
        app.wait("No Revisions Yet")
        app.quit()


def from_a_folder(desktop):
    shop = desktop.sample("mono/services/shop")
    (desktop.folder / "home" / "mono" / ".git").mkdir()
    app = desktop.start(desktop.folder / "home" / "mono")
    with desktop.step("a repository's root is enough"):
        app.wait("shop.db is here", "row")
        app.quit()

    path = next((shop / "versions").glob("58d3c1a7e92f*"))
    path.write_text(path.read_text().replace("Revises: 47ab92c0de15", "Revises: 0000deadbeef"))
    app = desktop.start(shop)
    with desktop.step("a project with an error opens, and says where the error is"):
        app.wait("0000deadbeef")
        app.wait(path.name)
        app.quit()

    empty = desktop.make("home/empty")
    app = desktop.start(empty)
    with desktop.step("a folder without a project says so, and offers another"):
        app.wait("This Does Not Open")
        assert app.sees("Open Another…") and app.sees("New Project…", "button")
        assert not app.sees("strata init"), "it says what to type at a command line"
        app.quit()
    (empty / "strata.ini").write_text((SOURCES / "data/sample/strata.ini").read_text())
    (empty / "versions").mkdir()


def from_a_folder_of_several(desktop):
    desktop.sample("several/first one/shop")
    desktop.sample("several/second", target=None)
    app = desktop.start(desktop.folder / "home/several")
    with desktop.step("of several projects in a folder one is chosen"):
        app.wait("There are several projects here: choose one.")
        app.click("first one/shop", "row")
        app.wait("shop.db is here", "row")
        app.quit()


def main():
    with Desktop() as desktop:
        from_nothing(desktop)
        again(desktop)
        from_a_folder(desktop)
        from_a_folder_of_several(desktop)
        in_german(desktop)
        in_large_text(desktop)
        without_a_server(desktop)
    tap.done()


main()

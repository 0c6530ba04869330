#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that others write while they are open in the editor: nothing that was typed is lost, nothing old is shown."""

import shutil
import subprocess

import tap
from desktop import Desktop
from projects import make_project

OTHERS = "-- Somebody else was here."


def append(path, line):
    """As an editor that writes in one go."""
    new = path.with_suffix(".new")
    new.write_text(path.read_text() + line + "\n")
    new.rename(path)


def text(app):
    return app.wait("Script", "text").text


def type_at_end(app, words):
    app.click("Script", "text")
    app.key("ctrl+End")
    app.type(words)
    # Nothing that is proposed is meant.
    app.key("Escape")
    app.wait("(not saved)", "heading")


def on_disk(desktop):
    folder = make_project(desktop, "letters", "sqlite:///letters.db",
                          ("a1", "", "Create letters", "CREATE TABLE letters (id integer);", "DROP TABLE letters;"))
    path = next((folder / "versions").glob("a1_*"))
    app = desktop.start(folder)
    with desktop.step("without unsaved work, what another wrote is loaded"):
        app.click("Create letters", "row")
        assert OTHERS not in text(app)
        append(path, OTHERS)
        app.until(lambda: OTHERS in text(app), "the old text stays")
        assert not app.sees("(not saved)", "heading")
    with desktop.step("unsaved work stays, and that the file has changed is said"):
        type_at_end(app, "-- Mine.")
        append(path, f"{OTHERS} Twice.")
        app.wait("Changed on disk", "alert")
        assert "-- Mine." in text(app) and "Twice." not in text(app)
    with desktop.step("it can be kept, and then is what is saved"):
        app.click("Keep Mine", "button")
        app.wait_gone("Changed on disk", "alert")
        app.key("ctrl+s")
        app.wait_gone("(not saved)", "heading")
        assert "-- Mine." in path.read_text() and "Twice." not in path.read_text()
    with desktop.step("or given up for what is on the disk"):
        type_at_end(app, "-- Mine again.")
        append(path, f"{OTHERS} Thrice.")
        app.click("Load Again", "button")
        app.wait_gone("(not saved)", "heading")
        assert "Thrice." in text(app) and "-- Mine again." not in text(app)
    with desktop.step("a deleted file is not the end of what is not saved"):
        type_at_end(app, "-- Not lost.")
        path.unlink()
        app.wait("The file was deleted or moved away", "alert")
        assert "-- Not lost." in text(app)
        app.key("ctrl+s")
        app.wait_gone("(not saved)", "heading")
        assert "-- Not lost." in path.read_text()
        app.quit()


def git(folder, *arguments):
    subprocess.run(["git", "-c", "user.name=Ana", "-c", "user.email=ana@example.org", *arguments], cwd=folder, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def branches(desktop):
    """Of two branches that have the same revision with another text."""
    folder = make_project(desktop, "parcels", "sqlite:///parcels.db",
                          ("a1", "", "Create parcels", "CREATE TABLE parcels (id integer);", "DROP TABLE parcels;"))
    path = next((folder / "versions").glob("a1_*"))
    git(folder, "init", "-b", "main")
    git(folder, "add", "versions", "strata.ini")
    git(folder, "commit", "-m", "parcels")
    git(folder, "switch", "-c", "weights")
    append(path, "-- Of the other branch.")
    git(folder, "commit", "-am", "weights")
    app = desktop.start(folder)
    with desktop.step("the text of the branch is shown"):
        app.wait("weights", "label")
        app.click("Create parcels", "row")
        assert "-- Of the other branch." in text(app)
    with desktop.step("another branch is switched to, and the text is that one's"):
        git(folder, "switch", "main")
        app.wait("main", "label")
        app.until(lambda: "-- Of the other branch." not in text(app), "the old text stays")
    with desktop.step("what is not saved outlives a switch"):
        type_at_end(app, "-- Mine.")
        git(folder, "switch", "weights")
        app.wait("Changed on disk", "alert")
        assert "-- Mine." in text(app)
    with desktop.step("closing the window asks about it"):
        app.key("ctrl+w")
        app.wait("Save Changes?", "label")
        app.click("Cancel", "button")
        app.wait_gone("Save Changes?", "label")
        assert "-- Mine." in text(app)
        app.key("ctrl+w")
        app.click("Discard", "button")
        assert app.process.wait(20) == 0 and not app.complaints()
        assert "-- Mine." not in path.read_text()


def main():
    with Desktop() as desktop:
        on_disk(desktop)
        if shutil.which("git"):
            branches(desktop)
        else:
            tap.skip("branches of git", "git is not installed")
    tap.done()


main()

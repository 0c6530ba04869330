#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window opens and closes: on nothing, on the sample, and twice in one process."""

import tap
from desktop import Desktop


def main():
    with Desktop() as desktop:
        with desktop.step("a window opens on nothing"):
            app = desktop.start()
        with desktop.step("closing it ends the process"):
            assert app.close(), "it goes on"
            assert app.process.returncode == 0, f"{app.process.returncode}: {app.log}"

        folder = desktop.sample()
        with desktop.step("a window opens on the sample"):
            app = desktop.start(folder)
            app.wait("shop.db is here, 5 pending above", "row")
        with desktop.step("a second call opens a second window of the same process"):
            second = desktop.start(desktop.sample("other"), wait=False)
            app.until(lambda: len(app.windows()) == 2, "no second window")
            assert second.process.wait(20) == 0
        with desktop.step("closing one leaves the other"):
            assert not app.close()
            assert len(app.windows()) == 1
        with desktop.step("nothing was complained about"):
            assert app.close()
            assert not app.complaints(), app.complaints()
    tap.done()


main()

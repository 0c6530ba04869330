# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop of its own for tests that use the window as a person does: an X server, a session bus, the bus of the screen
readers, a window manager, and a home with nothing in it.

    with Desktop() as desktop:
        app = desktop.start(desktop.sample())        # driver.App
        with desktop.step("the sheet opens"):        # one case; with a picture where it fails
            app.click("Upgrade 5…")
"""

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import driver
import tap

HERE = "47ab92c0de15"      # where the sample's database is, unless told
SOURCES = Path(__file__).resolve().parent.parent.parent

NEEDED = ("Xvfb", "dbus-daemon", "import", "xdotool", "xfwm4", "xprop", "xwininfo")

# Nothing but the accessibility bus is started by name: no portals and no keyring of the machine.
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <servicedir>{folder}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""

SETTINGS = """[Settings]
gtk-cursor-blink=false
gtk-decoration-layout=appmenu:close
gtk-enable-animations=false
gtk-font-name=Cantarell {points}
"""

# What the person at the machine has set, and what would lead the window to a database of theirs.
FOREIGN = ("ADW_DEBUG_", "ALEMBIC_", "AT_SPI_", "DATABASE_URL", "DBUS_", "DISPLAY", "GTK_", "G_DEBUG", "LANG", "LC_", "PG",
           "STRATA_PASSWORD", "STRATA_URL", "WAYLAND_", "XAUTHORITY", "XDG_")


class Desktop:
    def __init__(self, size=(1280, 1000)):
        self.size = size
        self.children = []
        self.apps = []

    def __enter__(self):
        missing = [program for program in NEEDED if not shutil.which(program)]
        if missing:
            tap.skip_all(f"{', '.join(missing)} not installed")
        service = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
        if not service.exists():
            tap.skip_all("at-spi2-core is not installed")

        self.temporary = tempfile.TemporaryDirectory(prefix="strata-ui-", ignore_cleanup_errors=True)
        self.folder = Path(self.temporary.name)
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
        self.environment |= {"ADW_DISABLE_PORTAL": "1", "GDK_BACKEND": "x11", "GSETTINGS_BACKEND": "keyfile",
                             "GSK_RENDERER": "cairo", "GTK_USE_PORTAL": "0", "LC_ALL": "C.UTF-8", "NO_COLOR": "1",
                             "TZ": "UTC", "HOME": str(self.make("home")), "XDG_RUNTIME_DIR": str(self.make("run"))}
        for kind in ("CACHE", "CONFIG", "DATA", "STATE"):
            self.environment[f"XDG_{kind}_HOME"] = str(self.make(f"home/{kind.lower()}"))
        self.make("home/config/gtk-4.0")
        self.set_text_size(11)
        try:
            self.start_display()
            self.start_bus(service)
            self.spawn("xfwm4", "--compositor=on", "--sm-client-disable", NO_AT_BRIDGE="1", GTK_A11Y="none")
            self.run("xprop", "-root", "-spy", until="_NET_SUPPORTING_WM_CHECK(WINDOW)")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for app in self.apps:
            app.kill()
        for child in reversed(self.children):
            child.terminate()
        for child in self.children:
            child.wait()
        self.temporary.cleanup()

    def make(self, name):
        path = self.folder / name
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return path

    def set_text_size(self, points):
        """Of the windows that start from now on."""
        (self.folder / "home/config/gtk-4.0/settings.ini").write_text(SETTINGS.format(points=points))

    def spawn(self, *command, **variables):
        child = subprocess.Popen(command, env=self.environment | variables, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.children.append(child)
        return child

    def run(self, *command, until=None, text=True):
        """What a program prints; until: it is stopped at a line with these words."""
        if until is None:
            return subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                  text=text, check=False).stdout
        child = subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for line in child.stdout:
            if line.startswith(until):
                break
        child.terminate()
        child.wait()
        return None

    def start_display(self):
        reading, writing = os.pipe()
        server = subprocess.Popen(["Xvfb", "-displayfd", str(writing), "-screen", "0", "%dx%dx24" % self.size, "-nolisten",
                                   "tcp"], pass_fds=[writing], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL)
        self.children.append(server)
        os.close(writing)
        with os.fdopen(reading) as stream:
            self.environment["DISPLAY"] = ":" + stream.readline().strip()

    def start_bus(self, service):
        shutil.copy(service, self.make("run/services"))
        config = self.folder / "run/bus.conf"
        config.write_text(BUS.format(folder=self.folder / "run"))
        bus = subprocess.Popen(["dbus-daemon", f"--config-file={config}", "--print-address", "--nofork"],
                               env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.children.append(bus)
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        self.bus = driver.accessibility_bus(self.environment["DBUS_SESSION_BUS_ADDRESS"])

    def start(self, *arguments, wait=True, dark=False, language=None, right_to_left=False, **variables):
        """The window, on a folder; what it writes is in app.log."""
        # The locale stays, so that the language needs no locale of its own on this machine.
        variables |= {"LANGUAGE": language} if language else {}
        variables |= {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark" if dark else "prefer-light"}
        variables |= {"GTK_DEBUG": "invert-text-dir"} if right_to_left else {}
        log = self.folder / f"app-{len(self.apps)}.log"
        with log.open("w") as stream:
            process = subprocess.Popen([os.environ["STRATA_GTK"], *map(str, arguments)], env=self.environment | variables,
                                       stdin=subprocess.DEVNULL, stdout=stream, stderr=subprocess.STDOUT,
                                       cwd=self.folder / "home")
        app = driver.App(self, process, log)
        self.apps.append(app)
        if wait:
            app.wait_window()
        return app

    def shot(self, path):
        self.run("import", "-window", "root", str(path))

    # Projects

    def sample(self, name="shop", target=HERE):
        """A copy of the sample project, and its database where ./try leaves it."""
        folder = self.folder / "home" / name
        shutil.copytree(SOURCES / "data" / "sample", folder)
        if target:
            self.strata(folder, "upgrade", "--quiet", "--first-run", target)
        return folder

    def strata(self, folder, *arguments):
        """The command line, as another process that moves the database."""
        done = subprocess.run([os.environ["STRATA"], *arguments], cwd=folder, env=self.environment, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode not in (0, 3):
            raise RuntimeError(f"strata {' '.join(arguments)}: {done.stdout}")
        return done.stdout

    # Cases

    @contextmanager
    def step(self, name):
        """One case of a walk. What comes after it builds on it, so the walk ends where it fails."""
        try:
            yield
        except (driver.Missing, AssertionError) as why:
            picture = Path(os.environ.get("G_TEST_BUILDDIR", "."), f"{Path(sys.argv[0]).stem}-{name.replace(' ', '-')}.png")
            self.shot(picture)
            running = [app for app in self.apps if app.process.poll() is None]
            # What it says comes first and in one line each: of a long output often only the beginning is kept.
            tap.check(False, name, why, f"picture: {picture}", *(" | ".join(dict.fromkeys(app.texts())) for app in running),
                      *(app.tree() for app in running))
            tap.done()
        tap.check(True, name)

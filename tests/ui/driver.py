# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds the parts of the window by what a screen reader says of them, and uses them with a real pointer and keyboard.

GTK 4.8 on the accessibility bus, where it is not what one expects: a text's end of -1 gives nothing; places are those in
the window; a hidden page stays "visible"; a part that has no name bears the name of its class, and a button with a
mnemonic its label twice; what is in a popover is placed as if the popover stood at the corner of its parent.
"""

import os
import re
import subprocess
import time

from gi.repository import Gio, GLib

A11Y = "org.a11y.atspi."
PROPERTIES = "org.freedesktop.DBus.Properties"
NOTHING = "/org/a11y/atspi/null"
ROOT = "/org/a11y/atspi/accessible/root"

ROLES = {7: "check box", 11: "combo box", 16: "dialog", 23: "window", 29: "label", 31: "list", 32: "row", 33: "menu",
         35: "menu item", 37: "tab", 39: "panel", 40: "password", 42: "progress", 43: "button", 44: "radio", 56: "table row",
         61: "text", 62: "toggle", 69: "window", 73: "text", 79: "entry", 2: "alert", 83: "heading"}
VISIBLE, SHOWING, SENSITIVE, FOCUSED, CHECKED, SELECTED, EXPANDED = 30, 25, 24, 12, 4, 23, 10


class Missing(Exception):
    """What a person would look for and not find."""


def accessibility_bus(session_address):
    flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    session = Gio.DBusConnection.new_for_address_sync(session_address, flags, None, None)
    address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None,
                                Gio.DBusCallFlags.NONE, 20000, None).unpack()[0]
    return Gio.DBusConnection.new_for_address_sync(address, flags, None, None)


def ask(bus, calls, seconds=10):
    """The answers to many questions (name, path, interface, method, arguments) asked at once; None where one failed."""
    answers = [None] * len(calls)
    waiting = len(calls)

    def take(connection, result, number):
        nonlocal waiting
        waiting -= 1
        try:
            answers[number] = connection.call_finish(result).unpack()[0]
        except GLib.Error:
            pass

    for number, (name, path, interface, method, arguments) in enumerate(calls):
        bus.call(name, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE, seconds * 1000, None, take, number)
    while waiting:
        GLib.MainContext.default().iteration(True)
    return answers


def without_mnemonic(name):
    """“_Sample Sample” is “Sample”."""
    middle = len(name) // 2
    first, second = name[:middle], name[middle + 1:]
    return second if "_" in first and first.replace("_", "", 1) == second else name


class Part:
    """One thing on the screen, as it was when it was looked at."""

    def __init__(self, app, name, path, parent):
        self.app, self.bus_name, self.path, self.parent = app, name, path, parent
        self.children = []
        self.states = 0
        self.role, self.title, self.description, self.text, self.place = "", "", "", None, (0, 0, 0, 0)

    def call(self, interface, method, arguments=None):
        return (self.bus_name, self.path, interface if "." in interface else A11Y + interface, method, arguments)

    def get(self, interface, name):
        return self.call(PROPERTIES, "Get", GLib.Variant("(ss)", (A11Y + interface, name)))

    def ask(self, interface, method, arguments=None):
        return ask(self.app.bus, [self.call(interface, method, arguments)])[0]

    def has(self, state):
        return bool(self.states >> state & 1)

    @property
    def name(self):
        """What a screen reader calls it; not its class."""
        return "" if re.fullmatch(r"(Gtk|Adw|Strata)[A-Z]\w+", self.title) else self.title

    @property
    def label(self):
        """What a person reads of it."""
        return self.text or self.name

    @property
    def sensitive(self):
        return self.has(SENSITIVE)

    @property
    def above(self):
        part = self.parent
        while part is not None:
            yield part
            part = part.parent

    @property
    def window(self):
        part = self
        while part.parent is not None:
            part = part.parent
        return part

    def is_in_sight(self):
        """Whether what one sees at its middle is this, something in it, or what it lies in."""
        x, y, width, height = self.place
        points = [(x + width // 2, y + height // 2), (x + 2, y + height // 2)]
        # Where a picture is hit, which is no part, there is no answer.
        hits = [hit[1] for hit in ask(self.app.bus, [self.window.call("Component", "GetAccessibleAtPoint",
                                                                      GLib.Variant("(iiu)", (*point, 1))) for point in points])
                if hit and hit[1] != NOTHING]
        if self.popup is not None or not hits:
            return True
        own = {part.path for part in self.above} | {self.path}
        path = hits[0]
        if path in own:
            return True
        while path not in (NOTHING, ROOT):
            if path == self.path:
                return True
            (found,) = ask(self.app.bus, [(self.bus_name, path, PROPERTIES, "Get",
                                           GLib.Variant("(ss)", (A11Y + "Accessible", "Parent")))])
            path = found[1] if found else NOTHING
        return False

    @property
    def popup(self):
        """The popover that it is in: (the part that fills it, its X window), or None."""
        for part in (self, *self.above):
            for window in self.app.popups:
                spare = window.width - part.place[2], window.height - part.place[3]
                if part.parent is not None and part.role not in ("label", "button") and 0 <= spare[0] <= 16 and 0 <= spare[1] <= 28:
                    return part, window
        return None

    def middle(self):
        """On the screen."""
        x, y, width, height = self.place
        if self.popup:
            part, window = self.popup
            # Its shadow and its arrow are the X window's, not the part's.
            left = window.x + (window.width - part.place[2]) // 2 - part.place[0]
            top = window.y + (window.height - part.place[3]) - part.place[1]
        else:
            window = self.app.window_of(self.window)
            left = window.x + window.shadow[0]
            top = window.y + window.shadow[2]
        return left + x + width // 2, top + y + height // 2

    def __str__(self):
        flags = "".join(f" +{name}" for name, state in (("focused", FOCUSED), ("checked", CHECKED), ("selected", SELECTED),
                                                        ("expanded", EXPANDED)) if self.has(state))
        return (f"{self.role} “{self.label}”" + (f" ({self.description})" if self.description else "") + flags
                + ("" if self.sensitive else " +insensitive") + " @%d,%d %dx%d" % self.place)


class Window:
    """One of X's."""

    def __init__(self, number, title, width, height, x, y):
        self.number, self.title, self.width, self.height, self.x, self.y = number, title, width, height, x, y
        self.shadow = (0, 0, 0, 0)     # left, right, top, bottom


class App:
    def __init__(self, desktop, process, log):
        self.desktop, self.process, self.log_path = desktop, process, log
        self.bus = desktop.bus
        self.popups = []

    # What there is

    @property
    def log(self):
        return self.log_path.read_text(errors="replace")

    def root(self):
        """The application on the accessibility bus, by its process; None while it is not there."""
        listed = ask(self.bus, [("org.a11y.atspi.Registry", ROOT, A11Y + "Accessible", "GetChildren", None)])[0] or []
        pids = ask(self.bus, [("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                               "GetConnectionUnixProcessID", GLib.Variant("(s)", (name,))) for name, _ in listed])
        for (name, path), pid in zip(listed, pids):
            if pid == self.process.pid:
                return name, path
        return None

    def windows(self):
        """The accessible windows, the newest last."""
        root = self.root()
        if root is None:
            return []
        part = Part(self, *root, None)
        windows = [Part(self, name, path, None) for name, path in part.ask("Accessible", "GetChildren") or []
                   if path != NOTHING]
        self.look(windows)
        return [window for window in windows if window.has(VISIBLE)]

    def look(self, parts):
        """Asks all of them what they are."""
        questions = []
        for part in parts:
            questions += [part.call("Accessible", "GetState"), part.call("Component", "GetExtents", GLib.Variant("(u)", (1,))),
                          part.call("Accessible", "GetRole"), part.get("Accessible", "Name"),
                          part.get("Accessible", "Description"), part.get("Text", "CharacterCount")]
        answers = iter(ask(self.bus, questions))
        texts = []
        for part in parts:
            states, place, role, name, description, count = (next(answers) for _ in range(6))
            states = list(states or ()) + [0, 0]
            part.states = states[0] | states[1] << 32
            part.place = tuple(place or (0, 0, 0, 0))
            part.role = ROLES.get(role, str(role)) if part.parent else "window"
            part.title, part.description = without_mnemonic(name or ""), description or ""
            if part.description == part.title:
                part.description = ""
            if count:
                texts.append((part, count))
        for (part, _), text in zip(texts, ask(self.bus, [part.call("Text", "GetText", GLib.Variant("(ii)", (0, count)))
                                                         for part, count in texts])):
            part.text = text

    def parts(self):
        """What is shown, or would be but for a page that hides it, in the order of the windows and of their trees."""
        self.look_at_windows()
        windows = self.windows()
        level = windows
        while level:
            lists = ask(self.bus, [part.call("Accessible", "GetChildren") for part in level])
            found = []
            for part, children in zip(level, lists):
                part.children = [Part(self, name, path, part) for name, path in children or [] if path != NOTHING]
                found += part.children
            self.look(found)
            level = []
            for part in found:
                if part.has(VISIBLE) and part.place[2] > 0 and part.place[3] > 0 and not self.is_scrolled_away(part):
                    level.append(part)
                else:
                    part.parent.children.remove(part)
        everything = []

        def add(part):
            everything.append(part)
            for child in part.children:
                add(child)

        for window in windows:
            add(window)
        return everything

    def is_scrolled_away(self, part):
        x, y, width, height = part.place
        left, top, room_x, room_y = part.parent.place
        if part.parent.parent is None or self.popups:
            return False
        return x >= left + room_x or y >= top + room_y or x + width <= left or y + height <= top

    def look_at_windows(self):
        """X's windows of this process: those that a window manager handles, and those of popovers."""
        self.popups, self.managed = [], []
        others = []
        for line in self.desktop.run("xwininfo", "-root", "-tree").splitlines():
            found = re.match(r' *(0x[0-9a-f]+) "(.*)": \("[^"]+" "(?!Xfwm4)[^"]+"\)\s+(\d+)x(\d+)\S+\s+\+(-?\d+)\+(-?\d+)', line)
            if not found or int(found[3]) < 12:
                continue
            window = Window(int(found[1], 16), found[2], *map(int, found.groups()[2:]))
            facts = self.desktop.run("xprop", "-id", found[1], "_NET_WM_PID", "_GTK_FRAME_EXTENTS", "WM_STATE")
            pid = re.search(r"_NET_WM_PID\S* = (\d+)", facts)
            extents = re.search(r"_GTK_FRAME_EXTENTS\S* = (\d+), (\d+), (\d+), (\d+)", facts)
            if "window state: Normal" in facts and pid and int(pid[1]) == self.process.pid:
                window.shadow = tuple(map(int, extents.groups())) if extents else window.shadow
                self.managed.append(window)
            elif "window state" not in facts:
                others.append((found[1], window))
        # A client of X has a range of numbers of its own.
        clients = {window.number >> 21 for window in self.managed}
        self.popups = [window for number, window in others if window.number >> 21 in clients
                       and "IsViewable" in self.desktop.run("xwininfo", "-id", number)]

    def window_of(self, part):
        """The X window of an accessible one."""
        def distance(window):
            width = window.width - window.shadow[0] - window.shadow[1]
            height = window.height - window.shadow[2] - window.shadow[3]
            return (window.title != part.title, abs(width - part.place[2]) + abs(height - part.place[3]))

        if not self.managed:
            raise Missing("a window on the screen")
        return min(self.managed, key=distance)

    # Looking for something

    def find(self, text, role=None, parts=None):
        """What a person would take for it: the exact words before those that only contain them; the newest window first."""
        wanted = text.casefold()
        fits, contains = [], []
        for part in parts if parts is not None else self.parts():
            if role is not None and part.role != role:
                continue
            names = [name.casefold() for name in (part.label, part.name, part.description) if name]
            if wanted in names:
                fits.append(part)
            elif any(wanted in name for name in names):
                contains.append(part)
        order = {window.path: -number for number, window in enumerate(self.windows())}
        for group in (fits, contains):
            # Of a row and its label, the label: what lies deepest is what bears the words.
            for part in sorted(group, key=lambda part: order.get(part.window.path, 0)):
                if part.is_in_sight():
                    return part
        return None

    def until(self, condition, what, seconds=30):
        end = time.monotonic() + seconds
        while True:
            found = condition()
            if found:
                return found
            if self.process.poll() is not None:
                raise Missing(f"{what}: the window has ended ({self.process.returncode})\n{self.log[-4000:]}")
            if time.monotonic() > end:
                raise Missing(f"{what}, for {seconds} s")
            time.sleep(0.2)

    def wait(self, text, role=None, seconds=30):
        return self.until(lambda: self.find(text, role), f"“{text}”{f' ({role})' if role else ''} is not there", seconds)

    def wait_gone(self, text, role=None, seconds=30):
        self.until(lambda: not self.find(text, role), f"“{text}” is still there", seconds)

    def wait_dialog(self, title, seconds=30):
        """A window with this title that has the keyboard."""
        self.until(lambda: self.desktop.run("xdotool", "getactivewindow", "getwindowname").strip() == title,
                   f"no dialog “{title}”", seconds)
        self.settle()

    def wait_window(self, seconds=60):
        self.until(self.windows, "no window", seconds)

    def sees(self, text, role=None):
        return self.find(text, role) is not None

    def tree(self):
        lines = []
        for part in self.parts():
            if part.label or part.description or part.role in ("window", "dialog", "entry", "text"):
                lines.append("  " * sum(1 for _ in part.above) + str(part))
        return "\n".join(lines)

    def texts(self):
        return [part.label for part in self.parts() if part.label]

    def focus(self):
        return next((part for part in reversed(self.parts()) if part.has(FOCUSED)), None)

    # Doing something

    def click(self, text, role=None, button=1, times=1, seconds=30):
        """Waits until it is there and can be used, then presses on its middle."""
        def usable():
            part = self.find(text, role)
            return part if part is not None and part.sensitive else None

        part = self.until(usable, f"“{text}” can't be clicked", seconds)
        x, y = part.middle()
        self.xdotool("mousemove", "--sync", x, y)
        self.xdotool("click", "--repeat", times, "--delay", 60, button)
        self.settle()
        return part

    def key(self, *keys):
        self.xdotool("key", "--delay", 30, *keys)
        self.settle()

    def type(self, text):
        self.xdotool("type", "--delay", 8, "--", text)
        self.settle()

    def settle(self):
        """Until the window has answered what came before, and a moment for what that set off."""
        time.sleep(0.15)
        self.windows()

    def xdotool(self, *arguments):
        subprocess.run(["xdotool", *map(str, arguments)], env=self.desktop.environment, check=True,
                       stdout=subprocess.DEVNULL)

    def resize(self, width, height, title=None):
        self.look_at_windows()
        window = next(window for window in self.managed if title is None or window.title == title)
        left, right, top, bottom = window.shadow
        self.xdotool("windowsize", "--sync", window.number, width + left + right, height + top + bottom)
        self.settle()

    def activate(self, title):
        self.look_at_windows()
        window = next(window for window in self.managed if title in window.title)
        self.xdotool("windowactivate", "--sync", window.number)
        self.settle()

    def act(self, part, name):
        """An action of a part by its name, as a screen reader has it done."""
        n_actions = ask(self.bus, [part.get("Action", "NActions")])[0] or 0
        names = ask(self.bus, [part.call("Action", "GetName", GLib.Variant("(i)", (number,)))
                               for number in range(n_actions)])
        if name not in names:
            raise Missing(f"{part} has no action {name}")
        part.ask("Action", "DoAction", GLib.Variant("(i)", (names.index(name),)))
        self.settle()

    def close(self, seconds=20):
        """Closes the newest window; whether the process has ended then."""
        self.act(self.windows()[-1], "window.close")
        try:
            self.process.wait(seconds if not self.windows() else 1)
        except subprocess.TimeoutExpired:
            return False
        return True

    def quit(self, seconds=20):
        """All windows, by the keyboard; what they complained about is a failure."""
        self.key("ctrl+q")
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise Missing("Ctrl+Q does not end it") from None
        if self.process.returncode or self.complaints():
            raise Missing(f"it ended with {self.process.returncode}\n{self.complaints()[-4000:]}")

    def complaints(self):
        """What is in its log and should not be."""
        return "\n".join(line for line in self.log.splitlines() if re.search("CRITICAL|WARNING|ERROR", line))

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

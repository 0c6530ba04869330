# SPDX-License-Identifier: GPL-3.0-or-later
"""A person at a terminal, for tests of the command line."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time

LIMIT = 20    # seconds; nothing here needs one


class Terminal:
    """One strata with a pseudo-terminal for all three streams; its text is what a person sees."""

    def __init__(self, box, *arguments, columns=120, **environment):
        self.text = ""
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
            os.chdir(box.folder)
            os.execve(os.environ["STRATA"], ["strata", *arguments], {**box.environment, "TERM": "xterm", **environment})

    def read(self, seconds):
        if not select.select([self.master], [], [], seconds)[0]:
            return True
        try:
            chunk = os.read(self.master, 65536)
        except OSError:
            return False    # the other side is gone
        self.text += chunk.decode(errors="replace").replace("\r\n", "\n")
        return bool(chunk)

    def wait_for(self, words):
        end = time.monotonic() + LIMIT
        while words not in self.text and time.monotonic() < end and self.read(1):
            pass
        return words in self.text

    def answer(self, question, text):
        if self.wait_for(question):
            os.write(self.master, text.encode() + b"\n")

    def end(self):
        """The exit status; -1 where it had to be killed."""
        end = time.monotonic() + LIMIT
        while self.read(1) and time.monotonic() < end:
            pass
        killed = time.monotonic() >= end
        if killed:
            os.kill(self.pid, signal.SIGKILL)
        status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self.master)
        return -1 if killed else status

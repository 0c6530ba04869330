#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The completions for bash, zsh and fish: are they shell, and do they offer what they should in the sample project?"""

import os
import pty
import select
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import tap

TOP = Path(__file__).resolve().parent.parent.parent
FILES = {"bash": "strata.bash", "zsh": "_strata", "fish": "strata.fish"}

# What is typed, what must be offered, what must not.
CASES = [
    ("strata up", ["upgrade"], ["downgrade"]),
    ("strata upgrade --dry", ["--dry-run"], ["--sql"]),
    ("strata upgrade 47ab", ["47ab92c0de15"], ["58d3c1a7e92f"]),
    ("strata -c strata.ini show 8c", ["8c4e1f60a2d7"], []),
    ("strata -p sta", ["staging"], ["There"]),
    ("strata profile re", ["remove"], ["add"]),
    ("strata diff schema 8c", ["8c4e1f60a2d7"], []),
]

BASH = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_strata 2>/dev/null
printf '%s\\n' "${COMPREPLY[@]}"
"""


def offered_by_bash(text):
    done = subprocess.run(["bash", "-c", BASH, "bash", TOP / "data/completions/strata.bash", *text.split(" ")],
                          capture_output=True, text=True)
    return done.stdout


def offered_by_fish(text):
    done = subprocess.run(["fish", "--no-config", "-c", f"source {TOP}/data/completions/strata.fish; complete -C '{text}'"],
                          capture_output=True, text=True)
    return done.stdout


def offered_by_zsh(text):
    """zsh completes only on a terminal: type into one, press Tab, read until it is quiet."""
    process, terminal = pty.fork()
    if process == 0:
        os.execlp("zsh", "zsh", "-f", "-i")
    for line in (f"fpath=({TOP}/data/completions $fpath); PS1=; autoload -U compinit; compinit -u -D",
                 "zstyle ':completion:*' list-prompt ''; LISTMAX=1000; setopt auto_list; unsetopt auto_menu",
                 "echo re''ady"):
        os.write(terminal, (line + "\n").encode())
    read_until(terminal, "ready")
    os.write(terminal, (text + "\t").encode())
    shown = read_until(terminal, None)
    os.close(terminal)
    os.waitpid(process, 0)
    return shown


def read_until(terminal, word):
    """All output up to a word, or up to a second of silence."""
    shown = ""
    end = time.monotonic() + 20
    while time.monotonic() < end and not (word and word in shown):
        ready, _, _ = select.select([terminal], [], [], 1 if word is None and shown else 20)
        if not ready:
            break
        shown += os.read(terminal, 65536).decode(errors="replace")
    return shown


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(os.environ["STRATA"], Path(folder, "strata"))
        os.environ["PATH"] = f"{folder}:{os.environ['PATH']}"
        os.environ["TERM"] = "dumb"
        shutil.copytree(TOP / "data" / "sample", Path(folder, "sample"))
        os.chdir(Path(folder, "sample"))

        subprocess.run(["strata", "profile", "add", "staging", "sqlite:///staging.db"], stdout=subprocess.DEVNULL)

        for shell, name in FILES.items():
            if shutil.which(shell) is None:
                tap.skip(f"{shell}", "this shell is not installed")
                continue
            done = subprocess.run([shell, "-n", TOP / "data/completions" / name], capture_output=True, text=True)
            tap.check(done.returncode == 0 and not done.stderr, f"{shell}: {name} is shell", done.stderr)
            offer = {"bash": offered_by_bash, "zsh": offered_by_zsh, "fish": offered_by_fish}[shell]
            for text, wanted, unwanted in CASES:
                shown = offer(text)
                tap.check(all(word in shown for word in wanted) and not any(word in shown for word in unwanted),
                          f"{shell}: {text}", shown)
    tap.done()


main()

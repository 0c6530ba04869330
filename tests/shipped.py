#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is installed beside the programs: is it valid, complete, and where it belongs? Prints TAP.

usage: shipped.py [TOP-OF-THE-SOURCES]     (STRATA and STRATA_GTK name the built programs)
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import tap

ID = "io.github.strata.Strata"
TOP = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent).resolve()
DATA = TOP / "data"


def run(name, *command, **options):
    """One case: the program ends well and, unless told, has nothing to say."""
    if not shutil.which(str(command[0])):
        tap.skip(name, f"{command[0]} is not installed")
        return False
    quiet = options.pop("quiet", True)
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          **options)
    return tap.check(done.returncode == 0 and not (quiet and done.stdout.strip()), name, done.stdout)


def check_files(built):
    run("the desktop file is valid", "desktop-file-validate", built / "data" / f"{ID}.desktop")
    run("the metainfo is valid", "appstreamcli", "validate", "--no-net", built / "data" / f"{ID}.metainfo.xml", quiet=False)
    run("the settings' schema is valid", "glib-compile-schemas", "--strict", "--dry-run", DATA)


def check_icons():
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted((TOP / "resources" / "icons").rglob("*.svg")):
            run(f"{path.name} is drawn", "rsvg-convert", "-w", "128", path, "-o", Path(folder, "icon.png"))
            if "symbolic" in path.name:
                text = path.read_text()
                colours = set(re.findall(r"#[0-9a-fA-F]{6}\b", text))
                tap.check(colours <= {"#2e3436", "#000000"} and "stroke=" not in text, f"{path.name} is of one colour",
                          sorted(colours))


def check_icon_names():
    """Each icon that the window names is its own, or one of Adwaita's."""
    adwaita = Path("/usr/share/icons/Adwaita")
    if not adwaita.is_dir():
        tap.skip("every icon is there", "adwaita-icon-theme is not installed")
        return
    there = {path.stem.removesuffix(".symbolic") for folder in (adwaita, TOP / "resources" / "icons") for path in folder.rglob("*.*")}
    named = {}
    for path in [*(TOP / "src" / "app").rglob("*.c"), *(TOP / "resources").rglob("*.ui")]:
        for name in re.findall(r'"([a-z][a-z0-9-]+-symbolic)"|icon-name">([^<]+)<', path.read_text()):
            named.setdefault("".join(name), path.relative_to(TOP))
    missing = sorted(f"{path}: {name}" for name, path in named.items() if name not in there)
    tap.check(not missing, "every icon is there", *missing)


def options_of(program, *arguments):
    done = subprocess.run([os.environ[program], *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", done.stdout)), done.stdout


def check_man():
    pages = {path.stem: path.read_text().replace("\\-", "-") for path in (DATA / "man").glob("*.1")}
    for name in sorted(pages):
        run(f"the man page of {name} is sound", "groff", "-man", "-Tutf8", "-ww", "-z", DATA / "man" / f"{name}.1")

    # "--strata COMMAND --help" is a sentence of the help.
    _, usage = options_of("STRATA", "--help")
    commands = re.findall(r"^  ([a-z_]+)  ", usage, re.MULTILINE)
    real = {"--version"}
    for command in commands:
        real |= options_of("STRATA", command, "--help-all")[0] | options_of("STRATA", command, "--help-global")[0]
    compare("strata", real, pages["strata"])
    missing = [command for command in commands if not re.search(rf"^\.(?:B|BR|BI) \"?{command}\b", pages["strata"], re.MULTILINE)]
    tap.check(commands and not missing, "the man page of strata has every command", missing)

    real, _ = options_of("STRATA_GTK", "--help-all")
    compare("strata-gtk", {option for option in real if "gapplication" not in option}, pages["strata-gtk"])


def compare(name, real, page):
    told = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", page))
    tap.check(real == told, f"the man page of {name} has every option and no other",
              f"missing: {sorted(real - told)}", f"no such option: {sorted(told - real)}")


def check_translations():
    """Every file with a text for people is listed, and every translation is one that gettext takes."""
    listed = {line for line in (TOP / "po" / "POTFILES").read_text().split("\n") if line and not line.startswith("#")}
    texts = set()
    in_c = rf'\b(?:N?_|C_|NC_|n?gettext) ?\("|g_dngettext \(GETTEXT_PACKAGE|\b(?:{"|".join(takers())}) \([^;"]*"'
    for path in [*(TOP / "src").rglob("*.c"), *(TOP / "resources").rglob("*.ui")]:
        pattern = in_c if path.suffix == ".c" else 'translatable="(?:yes|true)"'
        if re.search(pattern, path.read_text()):
            texts.add(str(path.relative_to(TOP)))
    texts |= {str(path.relative_to(TOP)) for path in DATA.glob("*.in")} | {f"data/{ID}.gschema.xml"}
    tap.check(texts == listed, "po/POTFILES lists every file with texts", f"missing: {sorted(texts - listed)}",
              f"without texts: {sorted(listed - texts)}")

    languages = (TOP / "po" / "LINGUAS").read_text().split()
    for language in languages:
        run(f"the translation {language} is sound", "msgfmt", "-c", "-o", os.devnull, TOP / "po" / f"{language}.po")
        check_complete(language)


def takers():
    """The functions of the core that translate what they are given: their names, and which argument that is."""
    return dict(re.findall(r"'(\w+):(\d)'", (TOP / "po" / "meson.build").read_text()))


def check_complete(language):
    """The texts are taken out of the sources anew: a translation that was never merged lacks them too."""
    keywords = ("_", "N_", "C_:1c,2", "NC_:1c,2", "g_dngettext:2,3", *map(":".join, takers().items()))
    with tempfile.TemporaryDirectory() as folder:
        template, merged = f"{folder}/strata.pot", f"{folder}/{language}.po"
        subprocess.run(["xgettext", "--from-code=UTF-8", f"--directory={TOP}", f"--files-from={TOP}/po/POTFILES",
                        *(f"--keyword={keyword}" for keyword in keywords), f"--output={template}"], check=True)
        subprocess.run(["msgmerge", "--quiet", "--no-fuzzy-matching", f"--output-file={merged}",
                        TOP / "po" / f"{language}.po", template], check=True)
        lacking = subprocess.run(["msgattrib", "--untranslated", "--no-wrap", merged], capture_output=True, text=True).stdout
        unsure = subprocess.run(["msgattrib", "--only-fuzzy", "--no-wrap", merged], capture_output=True, text=True).stdout
    tap.check(not lacking and not unsure, f"the translation {language} has every text", lacking, unsure)


def check_manifest():
    """flatpak-builder only warns of what it does not know, so what it made of the file is looked at too."""
    if not shutil.which("flatpak-builder"):
        tap.skip("the Flatpak manifest is valid", "flatpak-builder is not installed")
        return
    done = subprocess.run(["flatpak-builder", "--show-manifest", TOP / "flatpak" / f"{ID}.yml"], capture_output=True, text=True)
    if not tap.check(done.returncode == 0 and not done.stderr.strip(), "the Flatpak manifest is valid", done.stderr):
        return
    manifest = json.loads(done.stdout)
    wanted = {"id": ID, "runtime": "org.gnome.Platform", "sdk": "org.gnome.Sdk", "command": "strata-gtk"}
    wrong = [f"{key}: {manifest.get(key)}" for key, value in wanted.items() if manifest.get(key) != value]
    if [module["name"] for module in manifest["modules"]] != ["libpq", "libgit2", "strata"]:
        wrong.append("modules: " + ", ".join(module["name"] for module in manifest["modules"]))
    for module in manifest["modules"]:
        if module["buildsystem"] not in ("cmake-ninja", "meson", "simple"):
            wrong.append(f"{module['name']}: no build system {module['buildsystem']}")
        for source in module["sources"]:
            if source["type"] == "archive" and not (source["url"].startswith("https://")
                                                    and re.fullmatch("[0-9a-f]{64}", source["sha256"])):
                wrong.append(f"{module['name']}: {source}")
    options = next(module for module in manifest["modules"] if module["name"] == "strata")["config-opts"]
    known = set(re.findall(r"^option\('(\w+)'", (TOP / "meson_options.txt").read_text(), re.MULTILINE)) | {"buildtype"}
    wrong += [f"no option {option}" for option in options if re.match(r"-?-D?(\w+)", option)[1] not in known]
    tap.check(not wrong, "the Flatpak manifest says what it should", *wrong)


def check_installed(build):
    with tempfile.TemporaryDirectory() as folder:
        if not run("meson install", "meson", "install", "-C", build, "--no-rebuild", "--quiet", "--destdir", folder, quiet=False):
            return
        prefix = next(Path(folder).rglob("bin")).parent
        share = prefix / "share"
        wanted = ["bin/strata", "bin/strata-gtk", f"share/applications/{ID}.desktop", f"share/metainfo/{ID}.metainfo.xml",
                  f"share/glib-2.0/schemas/{ID}.gschema.xml", f"share/icons/hicolor/scalable/apps/{ID}.svg",
                  f"share/icons/hicolor/symbolic/apps/{ID}-symbolic.svg", "share/man/man1/strata.1", "share/man/man1/strata-gtk.1",
                  "share/strata/sample/strata.ini", "share/locale/de/LC_MESSAGES/strata.mo"]
        missing = [name for name in wanted if not (prefix / name).exists()]
        tap.check(not missing, "everything is installed", missing)
        tap.check(not list(share.glob("strata/sample/*.db*")), "the sample is installed without a database")
        for program in ("strata", "strata-gtk"):
            run(f"the installed {program} runs", prefix / "bin" / program, "--version", quiet=False)
        run("the installed tree is consistent", "appstreamcli", "validate-tree", "--no-net", prefix.parent if prefix.name == "usr"
            else prefix, quiet=False)


def main():
    build = Path(os.environ["G_TEST_BUILDDIR"]).parent
    check_files(build)
    check_icons()
    check_icon_names()
    check_man()
    check_translations()
    check_manifest()
    check_installed(build)
    tap.done()


main()

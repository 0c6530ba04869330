# SPDX-License-Identifier: GPL-3.0-or-later
"""What the project's own Alembic runs in place of an env.py, so that Strata learns what the models say: in the project's
Python, and nowhere near its database.

Beside this file: request.json (what to do), answer.json (what comes of it), both read and written by
core/workspace/models.c. Everything that is printed is the project's own.
"""

import json
import os
import sys
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))


class Refusal(Exception):
    """Something that is said as it is, in its own words."""

    def __init__(self, kind, text):
        super().__init__(text)
        self.kind = kind


def in_project(file, root):
    return not file.startswith("<") and os.path.abspath(file).startswith(root + os.sep) and "site-packages" not in file


def describe_error(error, root):
    """The words, and the line of the project's own code that is nearest to it."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if not frame.filename.startswith(HERE)]
    nearest = next((frame for frame in reversed(frames) if in_project(frame.filename, root)), None)
    words = "".join(traceback.format_exception_only(type(error), error)).strip()
    place = {}
    if isinstance(error, SyntaxError) and error.filename and in_project(error.filename, root):
        place = {"file": os.path.abspath(error.filename), "line": error.lineno or 0}
        words = f"{type(error).__name__}: {error.msg}"
    elif nearest:
        place = {"file": os.path.abspath(nearest.filename), "line": nearest.lineno, "source": nearest.line}
    return {"kind": getattr(error, "kind", "failed"), "text": str(error) if isinstance(error, Refusal) else words, **place,
            "trace": [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]}


def make_answer(request):
    sys.path.insert(0, HERE)
    try:
        import _strata_environment as environment
        import _strata_models as models
        import _strata_unseen as unseen
    finally:
        sys.path.remove(HERE)

    seen = environment.run(request, Refusal)
    answer = models.describe(seen, request, Refusal)
    answer["unseen"] = unseen.find(request["root"], answer["tables"])
    return answer


def main():
    with open(os.path.join(HERE, "request.json"), encoding="utf-8") as stream:
        request = json.load(stream)
    try:
        answer = make_answer(request)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        answer = {"error": describe_error(error, request["root"])}
    with open(os.path.join(HERE, "answer.json"), "w", encoding="utf-8") as stream:
        json.dump(answer, stream, default=str)
    sys.stdout.flush()
    sys.stderr.flush()
    # Not by way of the Alembic that called: threads and engines of the application would be waited for.
    os._exit(0)


main()

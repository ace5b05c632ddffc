#!/usr/bin/env python3
"""Holds the arrows between rooms: a room of src/ may include itself and earlier rooms only.

Also: a public header includes public headers and the standard library and nothing else, and no source file is longer
than a reader's patience. Run from anywhere: tools/check_layers.py; tools/check_layers.py --self-test
"""
import re
import sys
import tempfile
from pathlib import Path

ROOMS = ["base", "hub", "text", "kernels", "tensor", "nn", "model", "losses", "data", "evaluation", "report", "train",
         "search", "serve", "cli"]
MAX_LINES = 800
GENERATED = {"src/text/unicode_tables.cpp"}
SOURCES = {".h", ".inl", ".cpp"}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
# The headers of the standard library have no dot and no slash.
STANDARD = re.compile(r"^[a-z0-9_]+$")


def includes(path):
    """(line number, '<' or '"', name) of every include of a file."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = INCLUDE.match(line)
        if found:
            yield number, found.group(1), found.group(2)


def check_room_includes(root, path):
    room = path.relative_to(root / "src").parts[0]
    if room not in ROOMS:
        yield f"{path.relative_to(root)}: '{room}' is not a room; the rooms are {' '.join(ROOMS)}"
        return
    for number, kind, name in includes(path):
        if kind == "<":
            continue
        where = f"{path.relative_to(root)}:{number}"
        target = name.split("/")[0]
        if "/" not in name or target not in ROOMS:
            yield f'{where}: "{name}" should be spelled from src/, as "room/file.h"'
        elif ROOMS.index(target) > ROOMS.index(room):
            yield f'{where}: {room} may not include "{name}": {target} is a later room'


def check_public_header(root, path):
    for number, kind, name in includes(path):
        if kind == '"' or not (name.startswith("sbert/") or STANDARD.match(name)):
            yield (f"{path.relative_to(root)}:{number}: a public header may include <sbert/...> and the standard "
                   f"library, not {name}")


def check_length(root, path):
    name = str(path.relative_to(root))
    lines = path.read_text(encoding="utf-8").count("\n")
    if lines > MAX_LINES and name not in GENERATED:
        yield f"{name}: {lines} lines; a file may have {MAX_LINES}"


def source_files(directory):
    return sorted(path for path in directory.rglob("*") if path.suffix in SOURCES)


def check(root):
    problems = []
    for path in source_files(root / "src"):
        problems += check_room_includes(root, path)
    for path in source_files(root / "include"):
        problems += check_public_header(root, path)
    for directory in ("src", "include", "tests", "bench", "examples", "fuzz"):
        for path in source_files(root / directory):
            problems += check_length(root, path)
    return problems


def self_test():
    """Plants each kind of violation, one at a time, in a tree that is otherwise fine."""
    clean = {
        "src/base/files.h": "#include <string>\n",
        "src/text/tokenizer.cpp": '#include "base/files.h"\n#include <sbert/error.h>\n#include "text/tokenizer.h"\n',
        "src/text/unicode_tables.cpp": "\n" * (MAX_LINES + 1),
        "include/sbert/error.h": "#include <stdexcept>\n#include <sbert/models.h>\n",
    }
    violations = {
        "an include of a later room": {"src/base/json.h": '#include "text/tokenizer.h"\n'},
        "one with odd spacing": {"src/base/json.h": ' #  include  "cli/flags.h"\n'},
        "one in a subdirectory": {"src/tensor/ops/linear.cpp": '#include "nn/module.h"\n'},
        "an include that names no room": {"src/base/json.cpp": '#include "json.h"\n'},
        "an unknown room": {"src/misc/a.cpp": "\n"},
        "a public header with a private one": {"include/sbert/fit.h": '#include "train/trainer.h"\n'},
        "a public header with a third-party one": {"include/sbert/fit.h": "#include <nlohmann/json.hpp>\n"},
        "a public header with a system one": {"include/sbert/fit.h": "#include <unistd.h>\n"},
        "a long file": {"tests/base/long_test.cpp": "\n" * (MAX_LINES + 1)},
    }
    for name, planted in [("nothing", {}), *violations.items()]:
        with tempfile.TemporaryDirectory() as directory:
            root = Path(directory)
            for path, text in {**clean, **planted}.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text, encoding="utf-8")
            found = len(check(root))
        if found != len(planted):
            return [f"self-test: planted {name}, found {found} problems instead of {len(planted)}"]
    return []


def main(arguments):
    if arguments not in ([], ["--self-test"]):
        print(__doc__, file=sys.stderr)
        return 2
    problems = self_test() if arguments else check(Path(__file__).resolve().parent.parent)
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Small rules that a formatter cannot hold: the licence line and purpose of each file, ASCII, names
that say nothing, what a public header may include, and where a database's own headers may appear."""

import re

from source_tree import CODE, files, includes, lines, report

SCRIPTS = {".py", ".cmake", ".txt", ""}
# Words that say that a file holds "things": such files grow without end.
EMPTY_WORDS = {"util", "utils", "helper", "helpers", "common", "misc", "impl", "manager"}
SLOW_HEADERS = {"iostream", "regex", "ranges", "thread", "future", "filesystem", "fstream"}
VENDOR = re.compile(r"^((sqlite3|libpq-fe|libpq-events|postgres|mysql|mariadb)(\.h|/)"
                    r"|sql(ext|types|ucode)?\.h)")  # sql/ is our own module
STANDARD = re.compile(r"^[a-z_0-9]+$")
MACHINE = re.compile(r"(?<![\w.$}])/(home|root|work)/\w")


def check_head(path, text):
    if path.suffix in CODE:
        if not text or text[0] != "// SPDX-License-Identifier: MIT":
            yield 1, 'the first line must be "// SPDX-License-Identifier: MIT"'
        elif len(text) < 2 or not text[1].startswith("// "):
            yield 2, "the second line must say why the file exists"
        if path.suffix == ".hpp" and not any(line == "#pragma once" for line in text[:20]):
            yield 1, "a header needs #pragma once below its purpose"
    elif path.suffix in (".py", ".cmake") or path.name == "CMakeLists.txt":
        if not any(line == "# SPDX-License-Identifier: MIT" for line in text[:2]):
            yield 1, 'the first lines must hold "# SPDX-License-Identifier: MIT"'


def check_text(path, text):
    is_library = path.parts[0] in ("include", "src")
    for number, line in enumerate(text, 1):
        if not line.isascii():
            yield number, "only ASCII; write other characters as escapes"
        if MACHINE.search(line):
            yield number, "a path of somebody's machine"
        if is_library and path.suffix == ".hpp" and re.match(r"\s*using namespace\b", line):
            yield number, "no using-directive in a header"


def check_includes(path):
    is_public = path.parts[0] == "include"
    is_driver = "drivers" in path.parts
    may_use_vendor = is_driver or path.parts[0] in ("benchmarks", "tests")
    for number, in_angles, name in includes(path):
        if VENDOR.match(name) and not may_use_vendor:
            yield number, f"{name} belongs to a database: only src/drivers includes it"
        if not is_public or name.startswith("azoth/"):
            continue
        if not in_angles:
            yield number, f'public headers are included as <azoth/...> or "azoth/..."'
        elif name in SLOW_HEADERS:
            yield number, f"<{name}> is too slow to compile for a public header"
        elif not STANDARD.match(name):
            yield number, f"<{name}>: public headers include only the standard library"


def main():
    violations = []
    checked = [path for path in files() if path.suffix in CODE | SCRIPTS
               and path.parts[0] not in ("docs", "changes") and path.name != "LICENSE"]
    for path in checked:
        words = set(re.split(r"[_\-.]", path.stem.lower()))
        if words & EMPTY_WORDS:
            violations.append(f"{path}: name the file after its main type or verb")
        text = lines(path)
        found = list(check_head(path, text)) + list(check_text(path, text))
        if path.suffix in CODE:
            found += check_includes(path)
        violations += [f"{path}:{number}: {what}" for number, what in found]
    report(violations, f"{len(checked)} files keep the rules")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The manual's code is code that is compiled and run: each fenced block of docs/manual in C++, SQL or
text is preceded by a comment that names a file and a region of it,

    <!-- tests/manual/session_test.cpp: add -->

and holds the same text. A region of code stands between `// [snippet add]` and `// [/snippet]` (in
CMake and shell files with `#`). An output stands between `// [output added]` and `// [/output]`; it is
the raw string there, which a test compares with what the program said. `<!-- tests/compile_fail/x.cpp: law -->` shows
what that law refuses, the error, and what is allowed.

With --write the blocks are filled from the regions."""

import re
import sys
import textwrap
from pathlib import Path

from source_tree import ROOT, files, report

MANUAL = ("docs", "manual")
LAWS = ("tests", "compile_fail")
OPEN = re.compile(r"^\s*(?://|#) \[(snippet|output) ([\w-]+)\]$")
CLOSE = re.compile(r"^\s*(?://|#) \[/(snippet|output)\]$")
RAW_STRING = re.compile(r'R"(\w*)\(\n(.*?)\)\1"', re.DOTALL)
NAMED = re.compile(r"^<!-- ([\w./-]+): ([\w-]+) -->$")
FENCE = re.compile(r"^```(\w*)$")
REFUSED = re.compile(r"^#ifdef AZOTH_REFUSED\n(.*?)^#endif$", re.DOTALL | re.MULTILINE)
EXPECTED = re.compile(r"^// expect(?:-gcc)?: *(.+?) *$", re.MULTILINE)
ALLOWED = re.compile(r"^auto allowed = .*?;$", re.DOTALL | re.MULTILINE)
CHECKED = {"cpp", "sql", "text", "cmake"}
CALL = "tools/check_snippets.py --write"


def read_regions(path, violations):
    """Returns the text of each region of a source file by its name."""
    regions, name, kind, begin, body = {}, None, None, 0, []
    for number, line in enumerate((ROOT / path).read_text(encoding="utf-8").splitlines(), 1):
        opened, closed = OPEN.match(line), CLOSE.match(line)
        if opened and name is not None:
            violations.append(f"{path}:{number}: region {opened[2]} begins within region {name}: "
                              "close that one first")
        elif opened:
            kind, name, begin, body = opened[1], opened[2], number, []
            if name in regions:
                violations.append(f"{path}:{number}: a second region {name}: choose another name")
        elif closed and (name is None or closed[1] != kind):
            violations.append(f"{path}:{number}: [/{closed[1]}] closes nothing")
        elif closed:
            regions[name] = region_text(path, begin, name, kind, body, violations)
            name = None
        elif name is not None:
            body.append(line)
    if name is not None:
        violations.append(f"{path}:{begin}: region {name} is not closed")
    return regions


def law_of(path, violations):
    """Returns what a law of tests/compile_fail refuses, with the error, and what it allows."""
    text = (ROOT / path).read_text(encoding="utf-8")
    refused, expected, allowed = (found.search(text) for found in (REFUSED, EXPECTED, ALLOWED))
    if not refused or not expected:
        violations.append(f"{path}: a law that is shown needs #ifdef AZOTH_REFUSED and // expect:")
        return {}
    error = textwrap.wrap(expected[1], 92, initial_indent="// error: ",
                          subsequent_indent="//        ")
    shown = textwrap.dedent(refused[1]).strip("\n") + "\n" + "\n".join(error) + "\n"
    return {"law": shown + (allowed[0] + "\n" if allowed else "")}


def region_text(path, begin, name, kind, body, violations):
    text = textwrap.dedent("\n".join(body)).strip("\n") + "\n"
    if kind == "snippet":
        return text
    found = RAW_STRING.search(text)
    if not found:
        violations.append(f"{path}:{begin}: output {name} holds no raw string R\"(...)\" that begins "
                          "with a new line")
        return ""
    return found[2]


class Page:
    """A page of the manual: its lines, and the blocks that name a region."""

    def __init__(self, path):
        self.path = path
        self.lines = (ROOT / path).read_text(encoding="utf-8").splitlines()

    def blocks(self):
        """Yields (place of the fence, place of its end, language, file and region or None)."""
        place = 0
        while place < len(self.lines):
            fence = FENCE.match(self.lines[place])
            place += 1
            if not fence:
                continue
            end = place
            while end < len(self.lines) and self.lines[end] != "```":
                end += 1
            named = NAMED.match(self.lines[place - 2]) if place > 1 else None
            yield place - 1, end, fence[1], (named[1], named[2]) if named else None
            place = end + 1

    def text_of(self, begin, end):
        return "".join(line + "\n" for line in self.lines[begin + 1:end])

    def write(self):
        (ROOT / self.path).write_text("".join(line + "\n" for line in self.lines),
                                      encoding="utf-8")


def check_page(page, region_of, writes, violations):
    count, changed = 0, False
    for begin, end, language, named in reversed(list(page.blocks())):
        where = f"{page.path}:{begin + 1}"
        if named is None:
            if language in CHECKED:
                violations.append(f"{where}: the {language} block names no region: put "
                                  "<!-- <file>: <region> --> above it")
            continue
        count += 1
        text = region_of(where, *named)
        if text is None or text == page.text_of(begin, end):
            continue
        if writes:
            page.lines[begin + 1:end] = text.splitlines()
            changed = True
        else:
            violations.append(f"{where}: differs from region {named[1]} of {named[0]}: "
                              f"run {CALL}")
    if changed:
        page.write()
    return count


def main():
    violations, sources, used, count = [], {}, set(), 0

    def region_of(where, path, name):
        if path not in sources and not (ROOT / path).is_file():
            violations.append(f"{where}: there is no file {path}")
            return None
        if path not in sources:
            is_law = Path(path).parts[:2] == LAWS
            sources[path] = (law_of if is_law else read_regions)(path, violations)
        used.add((path, name))
        if name not in sources[path]:
            violations.append(f"{where}: {path} has no region {name}")
        return sources[path].get(name)

    pages = [path for path in files("docs", suffixes={".md"}) if path.parts[:2] == MANUAL]
    for path in pages:
        count += check_page(Page(path), region_of, "--write" in sys.argv[1:], violations)
    for path, regions in sources.items():
        violations += [f"{path}: no page shows region {name}: remove its marks" for name in regions
                       if (path, name) not in used]
    report(violations, f"{count} blocks of {len(pages)} pages are regions of tests")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Headers have at most 250 lines, sources at most 400. Growth is answered by a new file; a larger
file needs a line in tools/size_exceptions.txt: "<path> <lines> <reason>"."""

from source_tree import CODE, ROOT, files, lines, report

LIMITS = {".hpp": 250, ".cpp": 400}
EXCEPTIONS = ROOT / "tools" / "size_exceptions.txt"


def read_exceptions(violations):
    exceptions = {}
    for number, line in enumerate(EXCEPTIONS.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        words = line.split(None, 2)
        if len(words) < 3 or not words[1].isdigit():
            violations.append(f"{EXCEPTIONS.name}:{number}: expected \"<path> <lines> <reason>\"")
            continue
        exceptions[words[0]] = int(words[1])
    return exceptions


def main():
    violations = []
    exceptions = read_exceptions(violations)
    sources = files("include", "src", "tests", "examples", "benchmarks", suffixes=CODE)
    for path in sources:
        count, usual = len(lines(path)), LIMITS[path.suffix]
        limit = exceptions.pop(str(path), usual)
        if count > limit:
            violations.append(f"{path}: {count} lines, the limit is {limit}: split it by verb, or "
                              "give its reason in tools/size_exceptions.txt")
        elif limit > usual >= count:
            violations.append(f"{path}: {count} lines need no exception any more: remove its line")
    violations += [f"{path}: has an exception but does not exist" for path in exceptions]
    report(violations, f"{len(sources)} files keep the sizes")


if __name__ == "__main__":
    main()

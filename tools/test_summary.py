#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Adds up ctest's JUnit reports: names what failed and what was skipped and why, ends with the line
"N passed, N failed[, N skipped]". A report that is missing means that its build failed."""

import re
import sys
import xml.etree.ElementTree as ElementTree


def skip_reason(output):
    """What GoogleTest prints under "file:line: Skipped", or what a script prints after "skipped:"."""
    for pattern in (r": Skipped\n(.*)", r"(?m)^skipped: *(.*)$"):
        found = re.search(pattern, output)
        if found and found.group(1).strip():
            return found.group(1).strip()
    return "no reason given"


def outcome(case):
    if case.find("failure") is not None or case.get("status") == "fail":
        return "failed"
    if case.find("skipped") is not None or case.get("status") in ("notrun", "disabled"):
        return "skipped"
    return "passed"


def add_up(preset, path, totals):
    try:
        cases = ElementTree.parse(path).getroot().findall("testcase")
    except (OSError, ElementTree.ParseError):
        print(f"{preset}: FAILED before its tests could run; its build's messages stand above")
        totals["failed"] += 1
        return
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for case in cases:
        result = outcome(case)
        counts[result] += 1
        if result == "failed":
            print(f"{preset}: FAILED {case.get('name')}")
        elif result == "skipped":
            reason = skip_reason(case.findtext("system-out") or "")
            print(f"{preset}: skipped {case.get('name')}: {reason}")
    print(f"{preset}: {counts['passed']} passed, {counts['failed']} failed, "
          f"{counts['skipped']} skipped")
    if not cases:
        print(f"{preset}: FAILED: there were no tests")
        counts["failed"] += 1
    for result, count in counts.items():
        totals[result] += count


def main():
    totals = {"passed": 0, "failed": 0, "skipped": 0}
    for argument in sys.argv[1:]:
        preset, _, path = argument.partition("=")
        add_up(preset, path, totals)
    line = f"{totals['passed']} passed, {totals['failed']} failed"
    if totals["skipped"]:
        line += f", {totals['skipped']} skipped"
    print(line)
    return 1 if totals["failed"] or not totals["passed"] else 0


if __name__ == "__main__":
    sys.exit(main())

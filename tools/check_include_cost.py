#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What including a public header costs, in preprocessed lines (g++ -E), against a budget. Lines are
the same on every machine, seconds are not; the budgets are those of g++ 12's standard library."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from source_tree import ROOT, files, report

# The first entry that a header's path (below include/azoth) begins with decides.
BUDGETS = [
    ("base/", 69_000),
    ("types/", 69_000),
    ("sql/", 69_000),
    ("compile/", 75_000),
    ("pool/", 80_000),
    ("engine/", 80_000),
    ("dialects/", 80_000),
    ("drivers/", 80_000),
    ("orm/session.hpp", 90_000),
    ("", 110_000),
]


def version_of(compiler):
    """Major version of a g++, None for another compiler."""
    text = subprocess.run([compiler, "--version"], capture_output=True, text=True, check=True).stdout
    if "clang" in text:
        return None
    found = subprocess.run([compiler, "-dumpversion"], capture_output=True, text=True, check=True)
    return int(found.stdout.split(".")[0])


def cost(compiler, header):
    text = f"#include <{header}>\n"
    done = subprocess.run(
        [compiler, "-std=c++20", "-I", str(ROOT / "include"), "-E", "-x", "c++", "-"],
        input=text, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return None
    return done.stdout.count("\n")


def main():
    compiler = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("CXX", "g++")
    version = version_of(compiler)
    if version != 12:
        print("skipped: the budgets are those of g++ 12, and this compiler has another library")
        sys.exit(77)
    headers = [path.relative_to("include") for path in files("include", suffixes={".hpp"})]
    violations = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        costs = list(pool.map(lambda header: cost(compiler, header), headers))
    for header, count in zip(headers, costs):
        name = header.relative_to("azoth").as_posix()
        budget = next(limit for prefix, limit in BUDGETS if name.startswith(prefix))
        print(f"{count or 0:7} of {budget} {header}")
        if count is None:
            violations.append(f"{header}: cannot be preprocessed alone")
        elif count > budget:
            violations.append(f"{header}: {count} preprocessed lines, the budget is {budget}: "
                              "declare instead of include, or move the body into a .cpp")
    report(violations, f"{len(headers)} headers keep the budgets")


if __name__ == "__main__":
    main()

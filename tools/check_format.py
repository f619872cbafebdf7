#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The code looks as clang-format 19 leaves it. `tools/check_format.py --fix` formats it."""

import shutil
import subprocess
import sys

from source_tree import CODE, ROOT, files, report

NAME = "clang-format-19"


def main():
    if not shutil.which(NAME):
        print(f"skipped: {NAME} is not installed; tools/setup lint installs it")
        sys.exit(77)
    sources = [str(path) for path in files(suffixes=CODE)]
    if "--fix" in sys.argv:
        subprocess.run([NAME, "-i", *sources], cwd=ROOT, check=True)
        return
    # With --dry-run each violation is a warning; only the names of the files matter here.
    done = subprocess.run([NAME, "--dry-run", *sources], cwd=ROOT, capture_output=True, text=True,
                          check=False)
    wrong = sorted({line.split(":")[0] for line in done.stderr.splitlines() if "warning:" in line})
    report([f"{path}: run tools/check_format.py --fix" for path in wrong],
           f"{len(sources)} files are formatted")


if __name__ == "__main__":
    main()

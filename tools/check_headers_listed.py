#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every header of include/azoth stands in the HEADERS of a CMakeLists.txt: one that does not would be
missing from the installed package. The argument is a file with the listed headers, one a line."""

import sys
from pathlib import Path

from source_tree import ROOT, files, report


def main():
    listed = {Path(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()}
    headers = files("include", suffixes={".hpp"})
    report([f"{path}: name it in its module's CMakeLists.txt" for path in headers
            if ROOT / path not in listed],
           f"{len(headers)} headers are listed")


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: MIT
"""What the checks share: the files of the repository, their includes, and how a check reports.

A check prints one line per violation, "path:line: what is wrong: what to do", and ends with 1."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
CODE = {".hpp", ".cpp"}


def files(*folders, suffixes=None):
    """The repository's files below the folders (all, without one), as paths relative to the root.

    Asks git, so that build folders and leftovers do not count; in an unpacked archive it walks."""
    found = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT,
                           capture_output=True, text=True, check=False)
    if found.returncode == 0:
        names = [Path(name) for name in found.stdout.split("\0") if name]
    else:
        names = [path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file()]
        names = [name for name in names if name.parts[0] not in ("build", ".git", ".cache")]
    names = sorted(name for name in set(names) if (ROOT / name).is_file())
    if folders:
        names = [name for name in names if name.parts[0] in folders]
    if suffixes is not None:
        names = [name for name in names if name.suffix in suffixes]
    return names


def lines(path):
    return (ROOT / path).read_text(encoding="utf-8").splitlines()


def includes(path):
    """Yields (line number, is in angle brackets, name) for each #include of a file."""
    for number, line in enumerate(lines(path), 1):
        found = INCLUDE.match(line)
        if found:
            yield number, found.group(1) == "<", found.group(2)


def resolve(path, name):
    """The repository's file that an #include in `path` means, or None when it is somebody else's."""
    for folder in (Path("include"), Path("src"), path.parent):
        candidate = folder / name
        if (ROOT / candidate).is_file():
            return candidate
    return None


def report(violations, passed):
    """Prints the violations, or the sentence `passed`, and ends the program accordingly."""
    for violation in violations:
        print(violation)
    print(f"{len(violations)} violations" if violations else passed)
    sys.exit(1 if violations else 0)

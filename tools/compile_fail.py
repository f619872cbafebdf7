#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Proves that a program does not compile, and that the first error says why in words.

usage: compile_fail.py <file.cpp> <compiler> [flags...]

The file says what the first error line must contain:
    // expect: text          for any compiler
    // expect-gcc: text      where compilers word it differently (a deleted function)
    // expect-clang: text
When the file mentions AZOTH_REFUSED, what is refused stands inside #ifdef AZOTH_REFUSED: without
that macro the file must compile, which proves that nothing else in it is wrong."""

import re
import subprocess
import sys
from pathlib import Path


def compile_file(command, path):
    done = subprocess.run([*command, "-fsyntax-only", str(path)], capture_output=True, text=True,
                          check=False)
    return done.returncode == 0, done.stderr


def expectation(text, compiler):
    version = subprocess.run([compiler, "--version"], capture_output=True, text=True, check=True)
    family = "clang" if "clang" in version.stdout else "gcc"
    for key in (f"expect-{family}", "expect"):
        found = re.search(rf"^// {key}: *(.+?) *$", text, re.MULTILINE)
        if found:
            return found.group(1)
    return None


def first_error(output):
    # static_assert: g++ says "static assertion failed: text", clang 'static_assert failed "text"'.
    return next((line for line in output.splitlines() if re.search(r"\berror: ", line)), "")


def problem(path, compiler, flags):
    """What is wrong with the refusal, or None."""
    text = path.read_text(encoding="utf-8")
    expected = expectation(text, compiler)
    if expected is None:
        return 'the file has no line "// expect: <text of the first error>"'
    command = [compiler, *flags]
    if "AZOTH_REFUSED" in text:
        compiles, output = compile_file(command, path)
        if not compiles:
            return f"without AZOTH_REFUSED it must compile, but:\n{output}"
        command.append("-DAZOTH_REFUSED")
    compiles, output = compile_file(command, path)
    if compiles:
        return "it compiles, but it must be refused"
    error = first_error(output)
    if expected not in error:
        return f"the first error must contain\n  {expected}\nbut it is\n  {error}\n\n{output}"
    print(error)
    return None


def main():
    path, compiler, flags = Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
    wrong = problem(path, compiler, flags)
    if wrong:
        print(f"{path.name}: {wrong}")
        sys.exit(1)


if __name__ == "__main__":
    main()

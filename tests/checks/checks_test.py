#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tests of the checks and of the summary: each puts a small tree that breaks one rule beside a copy
of tools/, runs the script there and looks for the sentence."""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

TOOLS = Path(__file__).resolve().parents[2] / "tools"
COMPILER = os.environ.get("CXX", "c++")
HEAD = "// SPDX-License-Identifier: MIT\n// Exists for a test.\n"


def header(*lines):
    return HEAD + "#pragma once\n" + "".join(line + "\n" for line in lines)


class ScriptTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        (self.root / "tools").mkdir()
        for script in TOOLS.glob("*.py"):
            shutil.copy(script, self.root / "tools")
        self.write("tools/size_exceptions.txt", "")

    def write(self, path, text):
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def run_script(self, script, *arguments):
        done = subprocess.run([sys.executable, str(self.root / "tools" / script), *arguments],
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def assert_refused(self, script, sentence):
        status, output = self.run_script(script)
        self.assertEqual(status, 1, output)
        self.assertIn(sentence, output)

    def assert_accepted(self, script):
        status, output = self.run_script(script)
        self.assertEqual(status, 0, output)


class Layers(ScriptTest):
    def test_lower_module_must_not_include_a_higher_one(self):
        self.write("include/azoth/sql/select.hpp", header())
        self.write("src/base/error.cpp", HEAD + '#include "azoth/sql/select.hpp"\n')
        self.assert_refused("check_layers.py", "src/base/error.cpp:3: must not include "
                            "azoth/sql/select.hpp: base may include nothing")

    def test_orm_must_not_include_a_dialect(self):
        self.write("include/azoth/dialects/sqlite.hpp", header())
        self.write("src/orm/session.cpp", HEAD + "#include <azoth/dialects/sqlite.hpp>\n")
        self.assert_refused("check_layers.py", "src/orm/session.cpp:3: must not include")

    def test_driver_may_include_its_own_dialect_only(self):
        self.write("include/azoth/dialects/sqlite.hpp", header())
        self.write("src/drivers/sqlite3/connection.cpp",
                   HEAD + "#include <azoth/dialects/sqlite.hpp>\n")
        self.assert_accepted("check_layers.py")
        self.write("src/drivers/libpq/connection.cpp",
                   HEAD + "#include <azoth/dialects/sqlite.hpp>\n")
        self.assert_refused("check_layers.py", "src/drivers/libpq/connection.cpp:3")

    def test_circle_of_includes_is_named(self):
        self.write("include/azoth/sql/a.hpp", header('#include "azoth/sql/b.hpp"'))
        self.write("include/azoth/sql/b.hpp", header('#include "azoth/sql/a.hpp"'))
        self.assert_refused("check_layers.py", "in a circle: include/azoth/sql/a.hpp -> "
                            "include/azoth/sql/b.hpp -> include/azoth/sql/a.hpp")

    def test_public_header_must_not_include_a_private_one(self):
        self.write("src/orm/plan.hpp", header())
        self.write("include/azoth/orm/session.hpp", header('#include "orm/plan.hpp"'))
        self.assert_refused("check_layers.py", "must not include the private header orm/plan.hpp")


class Sizes(ScriptTest):
    def test_header_of_251_lines_is_refused_and_of_250_is_not(self):
        self.write("include/azoth/sql/a.hpp", "\n" * 250)
        self.assert_accepted("check_sizes.py")
        self.write("include/azoth/sql/a.hpp", "\n" * 251)
        self.assert_refused("check_sizes.py", "a.hpp: 251 lines, the limit is 250")

    def test_exception_that_is_no_longer_needed_is_refused(self):
        self.write("src/sql/a.cpp", "\n" * 500)
        self.write("tools/size_exceptions.txt", "src/sql/a.cpp 600 a table\n")
        self.assert_accepted("check_sizes.py")
        self.write("src/sql/a.cpp", "\n" * 100)
        self.assert_refused("check_sizes.py", "need no exception any more")


class SourceRules(ScriptTest):
    def test_public_header_includes_only_the_standard_library(self):
        self.write("include/azoth/sql/a.hpp", header("#include <fmt/format.h>"))
        self.assert_refused("check_source_rules.py", "only the standard library")

    def test_slow_standard_headers_are_refused_in_public_headers(self):
        self.write("include/azoth/sql/a.hpp", header("#include <iostream>"))
        self.assert_refused("check_source_rules.py", "<iostream> is too slow")

    def test_vendor_header_is_refused_outside_drivers(self):
        self.write("src/drivers/sqlite3/a.cpp", HEAD + "#include <sqlite3.h>\n")
        self.assert_accepted("check_source_rules.py")
        self.write("src/engine/a.cpp", HEAD + "#include <sqlite3.h>\n")
        self.assert_refused("check_source_rules.py", "src/engine/a.cpp:3: sqlite3.h belongs")

    def test_missing_licence_line_is_refused(self):
        self.write("src/sql/a.cpp", "// Exists for a test.\n")
        self.assert_refused("check_source_rules.py", "src/sql/a.cpp:1: the first line must be")

    def test_other_characters_than_ascii_are_refused(self):
        self.write("src/sql/a.cpp", HEAD + "// caf\u00e9\n")
        self.assert_refused("check_source_rules.py", "src/sql/a.cpp:3: only ASCII")

    def test_file_names_that_say_nothing_are_refused(self):
        self.write("src/sql/string_utils.cpp", HEAD)
        self.assert_refused("check_source_rules.py", "name the file after its main type")


class CompileFail(ScriptTest):
    def refusal(self, text):
        self.write("law.cpp", text)
        return self.run_script("compile_fail.py", str(self.root / "law.cpp"), COMPILER,
                               "-std=c++20")

    def test_program_that_compiles_is_reported(self):
        status, output = self.refusal("// expect: words\nint main() {}\n")
        self.assertEqual(status, 1)
        self.assertIn("it compiles, but it must be refused", output)

    def test_other_words_in_the_first_error_are_reported(self):
        status, output = self.refusal('// expect: words\nstatic_assert(false, "else");\n')
        self.assertEqual(status, 1)
        self.assertIn("the first error must contain\n  words", output)

    def test_expected_words_pass(self):
        status, output = self.refusal('// expect: words\nstatic_assert(false, "words");\n')
        self.assertEqual(status, 0, output)

    def test_rest_of_the_program_must_compile(self):
        status, output = self.refusal('// expect: words\n#ifdef AZOTH_REFUSED\n'
                                      'static_assert(false, "words");\n#endif\nint x = nothing;\n')
        self.assertEqual(status, 1)
        self.assertIn("without AZOTH_REFUSED it must compile", output)


class Snippets(ScriptTest):
    TEST = (HEAD + "int f() {\n  // [snippet add]\n  int a = 1;\n    int b = 2;\n  // [/snippet]\n"
            "  // [output said]\n  EXPECT_EQ(said(), R\"(\nSELECT 1\n)\");\n  // [/output]\n}\n")
    PAGE = ("<!-- tests/manual/a_test.cpp: add -->\n```cpp\nint a = 1;\n  int b = 2;\n```\n"
            "<!-- tests/manual/a_test.cpp: said -->\n```sql\nSELECT 1\n```\n")

    def setUp(self):
        super().setUp()
        self.write("tests/manual/a_test.cpp", self.TEST)
        self.write("docs/manual/a.md", self.PAGE)

    def test_blocks_are_regions_without_their_indentation(self):
        self.assert_accepted("check_snippets.py")

    def test_a_block_that_differs_is_named_and_can_be_written(self):
        self.write("docs/manual/a.md", self.PAGE.replace("a = 1", "a = 2"))
        self.assert_refused("check_snippets.py", "docs/manual/a.md:2: differs from region add of "
                            "tests/manual/a_test.cpp: run tools/check_snippets.py --write")
        self.assertEqual(self.run_script("check_snippets.py", "--write")[0], 0)
        self.assertEqual((self.root / "docs/manual/a.md").read_text(), self.PAGE)

    def test_a_law_is_shown_with_its_error_and_what_it_allows(self):
        self.write("tests/compile_fail/no.cpp", HEAD + "// expect: azoth: no\nauto allowed = 1;\n"
                   "#ifdef AZOTH_REFUSED\nauto refused = 2;\n#endif\n")
        self.write("docs/manual/b.md", "<!-- tests/compile_fail/no.cpp: law -->\n```cpp\n"
                   "auto refused = 2;\n// error: azoth: no\nauto allowed = 1;\n```\n")
        self.assert_accepted("check_snippets.py")

    def test_a_block_without_a_region_is_named(self):
        self.write("docs/manual/a.md", self.PAGE + "\n```cpp\nint c;\n```\n")
        self.assert_refused("check_snippets.py", "docs/manual/a.md:11: the cpp block names no region")

    def test_a_region_that_is_not_there_is_named(self):
        self.write("docs/manual/a.md", self.PAGE.replace(": add", ": plus"))
        self.assert_refused("check_snippets.py", "tests/manual/a_test.cpp has no region plus")

    def test_a_region_that_no_page_shows_is_named(self):
        self.write("docs/manual/a.md", self.PAGE.split("<!-- tests/manual/a_test.cpp: said")[0])
        self.assert_refused("check_snippets.py", "no page shows region said")

    def test_a_region_must_be_closed(self):
        self.write("tests/manual/a_test.cpp", self.TEST.replace("  // [/output]\n", ""))
        self.assert_refused("check_snippets.py", "a_test.cpp:8: region said is not closed")


class Summary(ScriptTest):
    def summarize(self, cases):
        self.write("tests.xml", f"<testsuite>{cases}</testsuite>")
        status, output = self.run_script("test_summary.py", f"dev={self.root / 'tests.xml'}")
        return status, output.splitlines()

    def test_last_line_counts_and_skips_say_why(self):
        status, lines = self.summarize(
            '<testcase name="a" status="run"/><testcase name="b" status="run"/>'
            '<testcase name="c" status="notrun"><skipped/>'
            '<system-out>x.cpp:7: Skipped\nno server\n</system-out></testcase>')
        self.assertEqual(lines[-1], "2 passed, 0 failed, 1 skipped")
        self.assertIn("dev: skipped c: no server", lines)
        self.assertEqual(status, 0)

    def test_failure_is_named_and_is_the_exit_status(self):
        status, lines = self.summarize('<testcase name="a" status="run"/>'
                                       '<testcase name="b" status="fail"><failure/></testcase>')
        self.assertIn("dev: FAILED b", lines)
        self.assertEqual((status, lines[-1]), (1, "1 passed, 1 failed"))

    def test_build_that_failed_is_a_failure(self):
        status, output = self.run_script("test_summary.py", "dev=missing.xml")
        self.assertEqual(status, 1)
        self.assertTrue(output.endswith("0 passed, 1 failed\n"))


if __name__ == "__main__":
    unittest.main()

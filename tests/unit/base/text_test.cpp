// SPDX-License-Identifier: MIT
// The expected texts are what Python 3.11's repr() gives for the same value.
#include "azoth/base/text.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace {

using namespace azoth::base;
using namespace std::string_view_literals;

TEST(PythonRepr, ChoosesTheQuoteThatNeedsNoEscape) {
  EXPECT_EQ(python_repr("a"), "'a'");
  EXPECT_EQ(python_repr(""), "''");
  EXPECT_EQ(python_repr("it's"), "\"it's\"");
  EXPECT_EQ(python_repr("say \"hi\""), "'say \"hi\"'");
  EXPECT_EQ(python_repr("it's \"x\""), "'it\\'s \"x\"'");
}

TEST(PythonRepr, EscapesBackslashAndControlCharacters) {
  EXPECT_EQ(python_repr("a\\b"), "'a\\\\b'");
  EXPECT_EQ(python_repr("\n\r\t\0\x1b\x7f"sv), "'\\n\\r\\t\\x00\\x1b\\x7f'");
}

TEST(PythonRepr, KeepsPrintableUtf8) {
  EXPECT_EQ(python_repr("\xc3\xa9"), "'\xc3\xa9'");
  EXPECT_EQ(python_repr("\xe2\x82\xac"), "'\xe2\x82\xac'");
  EXPECT_EQ(python_repr("\xf0\x9f\x98\x80"), "'\xf0\x9f\x98\x80'");
}

TEST(PythonRepr, EscapesCharactersThatDoNotPrint) {
  EXPECT_EQ(python_repr("\xc2\xa0"), "'\\xa0'");                // no-break space
  EXPECT_EQ(python_repr("\xc2\xad"), "'\\xad'");                // soft hyphen
  EXPECT_EQ(python_repr("\xe2\x80\x8b"), "'\\u200b'");          // zero width space
  EXPECT_EQ(python_repr("\xe2\x80\xa8"), "'\\u2028'");          // line separator
  EXPECT_EQ(python_repr("\xe3\x80\x80"), "'\\u3000'");          // ideographic space
  EXPECT_EQ(python_repr("\xee\x80\x80"), "'\\ue000'");          // private use
  EXPECT_EQ(python_repr("\xef\xbb\xbf"), "'\\ufeff'");          // byte order mark
  EXPECT_EQ(python_repr("\xf3\xa0\x80\x81"), "'\\U000e0001'");  // language tag
}

// No str of Python holds these; each stray byte is shown as it is.
TEST(PythonRepr, ShowsBytesThatAreNotUtf8) {
  EXPECT_EQ(python_repr("a\xff"
                        "b"),
            "'a\\xffb'");
  EXPECT_EQ(python_repr("\xc3"), "'\\xc3'");                             // cut off
  EXPECT_EQ(python_repr("\xc0\x80"), "'\\xc0\\x80'");                    // overlong
  EXPECT_EQ(python_repr("\xed\xa0\x80"), "'\\xed\\xa0\\x80'");           // surrogate
  EXPECT_EQ(python_repr("\xf4\x90\x80\x80"), "'\\xf4\\x90\\x80\\x80'");  // above U+10FFFF
}

TEST(PythonRepr, BytesKeepAsciiAndEscapeTheRest) {
  const auto bytes = [](std::string_view text) {
    return python_bytes_repr(std::as_bytes(std::span(text)));
  };
  EXPECT_EQ(bytes("x"), "b'x'");
  EXPECT_EQ(bytes("\x00\xff"sv), "b'\\x00\\xff'");
  EXPECT_EQ(bytes("it's"), "b\"it's\"");
  EXPECT_EQ(bytes("\'\""), "b'\\'\"'");
  EXPECT_EQ(bytes("\n\\"), "b'\\n\\\\'");
}

TEST(PythonRepr, FloatsAreTheShortestThatReadBackEqual) {
  EXPECT_EQ(python_repr(0.0), "0.0");
  EXPECT_EQ(python_repr(-0.0), "-0.0");
  EXPECT_EQ(python_repr(1.0), "1.0");
  EXPECT_EQ(python_repr(1.5), "1.5");
  EXPECT_EQ(python_repr(0.1), "0.1");
  EXPECT_EQ(python_repr(2.0 / 3), "0.6666666666666666");
  EXPECT_EQ(python_repr(0.00012345), "0.00012345");
}

TEST(PythonRepr, FloatsHaveAnExponentFrom1e16AndBelow1e4th) {
  EXPECT_EQ(python_repr(1e15), "1000000000000000.0");
  EXPECT_EQ(python_repr(9999999999999998.0), "9999999999999998.0");
  EXPECT_EQ(python_repr(1e16), "1e+16");
  EXPECT_EQ(python_repr(-1e16), "-1e+16");
  EXPECT_EQ(python_repr(123456789012345678.0), "1.2345678901234568e+17");
  EXPECT_EQ(python_repr(1e100), "1e+100");
  EXPECT_EQ(python_repr(1e-4), "0.0001");
  EXPECT_EQ(python_repr(1e-5), "1e-05");
  EXPECT_EQ(python_repr(1.5e-7), "1.5e-07");
  EXPECT_EQ(python_repr(5e-324), "5e-324");
  EXPECT_EQ(python_repr(1.7976931348623157e308), "1.7976931348623157e+308");
}

TEST(PythonRepr, FloatsThatAreNoNumbersAndOtherScalars) {
  EXPECT_EQ(python_repr(std::numeric_limits<double>::infinity()), "inf");
  EXPECT_EQ(python_repr(-std::numeric_limits<double>::infinity()), "-inf");
  EXPECT_EQ(python_repr(std::numeric_limits<double>::quiet_NaN()), "nan");
  EXPECT_EQ(python_repr(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
  EXPECT_EQ(python_repr(7u), "7");
  EXPECT_EQ(python_repr(true), "True");
  EXPECT_EQ(python_repr(false), "False");
}

TEST(Text, JoinPutsTheSeparatorBetween) {
  const std::vector<std::string> pieces{"a", "b", "c"};
  EXPECT_EQ(join(pieces, ", "), "a, b, c");
  EXPECT_EQ(join({}, ", "), "");
}

TEST(Text, AsciiCaseLeavesOtherBytes) {
  EXPECT_EQ(ascii_lower("AbZ_\xc3\x89"), "abz_\xc3\x89");
  EXPECT_TRUE(ascii_iequal("Select", "sELECT"));
  EXPECT_FALSE(ascii_iequal("[", "{"));
  EXPECT_FALSE(ascii_iequal("a", "ab"));
}

}  // namespace

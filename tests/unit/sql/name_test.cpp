// SPDX-License-Identifier: MIT
// Marks of names.
#include <azoth/sql/name.hpp>

#include <gtest/gtest.h>

namespace azoth::sql {
namespace {

TEST(Name, MarksSayHowANameIsWrittenAndAreNotPartOfIt) {
  const std::string name = quoted_name("Order", true);
  EXPECT_EQ(NameForm::quoted, form_of(name));
  EXPECT_EQ("Order", bare(name));
  EXPECT_EQ(NameForm::unquoted, form_of(quoted_name(name, false)));
  EXPECT_EQ("Order", marked(name, NameForm::plain));
}

TEST(Name, NoNameFromOutsideLooksMarked) {
  for (const char* name : {"\x01x", "\x02x; DROP TABLE t", "\x03x", "\x02", ""}) {
    EXPECT_EQ(NameForm::plain, form_of(name));
    EXPECT_EQ(name, bare(name));
  }
}

}  // namespace
}  // namespace azoth::sql

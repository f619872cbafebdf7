// SPDX-License-Identifier: MIT
// What is checked of each schema statement.
#include "render/ddl_rendering.hpp"

namespace azoth::render_test {

// Oracle has identity columns since version 12; the dialect does not take that for granted.
TEST_P(DdlRendering, EachDialectRendersItsText) {
  const sql::Ref statement = GetParam().make();
  for (const auto& [name, text] : GetParam().texts) {
    Capabilities can = dialect(name).capabilities();
    can.identity_columns |= std::string_view(name) == "oracle";
    EXPECT_EQ(text, text_or_error(statement, *make_dialect(name, can))) << name;
  }
}

}  // namespace azoth::render_test

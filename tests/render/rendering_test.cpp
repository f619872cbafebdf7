// SPDX-License-Identifier: MIT
// What is checked of each case of the tables in this folder.
#include "render/rendering.hpp"

namespace azoth::render_test {

TEST_P(Rendering, DefaultDialectRendersTheText) {
  expect(GetParam().default_text, text_or_error(GetParam().make(), default_dialect()));
}

TEST_P(Rendering, SqliteRendersTheText) {
  const char* text = GetParam().sqlite_text ? GetParam().sqlite_text : GetParam().default_text;
  expect(text, text_or_error(GetParam().make(), sqlite_dialect()));
}

TEST_P(Rendering, SqliteParametersStandInTheOrderOfTheirPlaceholders) {
  if (text_or_error(GetParam().make(), sqlite_dialect()).front() == '!') {
    return;  // refused: SqliteRendersTheText has the message
  }
  std::string names;
  for (const BindSlot& slot : sqlite_dialect().compile(GetParam().make()).slots) {
    names += (names.empty() ? "" : " ") + slot.name;
  }
  EXPECT_EQ(GetParam().binds, names);
}

TEST_P(Rendering, ColumnsOfTheRowsHaveTheirNames) {
  if (text_or_error(GetParam().make(), sqlite_dialect()).front() == '!') {
    return;  // refused: SqliteRendersTheText has the message
  }
  std::string names;
  for (const ResultColumn& column : sqlite_dialect().compile(GetParam().make()).columns) {
    names += (names.empty() ? "" : " ") + column.name;
  }
  EXPECT_EQ(GetParam().columns, names);
}

}  // namespace azoth::render_test

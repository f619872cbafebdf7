// SPDX-License-Identifier: MIT
// A table of schema statements and what each dialect renders them as.
#pragma once
#include "render/rendering.hpp"
#include <azoth/dialects/dialects.hpp>
#include <azoth/sql/ddl.hpp>
#include <azoth/sql/expression.hpp>

#include <utility>
#include <vector>

namespace azoth::render_test {

/// An expected text that begins with `!` is an error: its class and the beginning of its message.
struct DdlCase {
  const char* name;
  sql::Ref (*make)();
  std::vector<std::pair<const char*, const char*>> texts;  ///< by dialect
};

/// Makes a table `t` of a MetaData of its own.
inline sql::Ref table(std::vector<Column> columns,
                      std::vector<Constraint> constraints = {},
                      std::vector<Index> indexes = {},
                      TableOptions options = {}) {
  return Table("t",
               MetaData(),
               std::move(columns),
               std::move(constraints),
               std::move(indexes),
               std::move(options))
      .node();
}

inline std::string name_of_ddl_case(const testing::TestParamInfo<DdlCase>& info) {
  return info.param.name;
}

class DdlRendering : public testing::TestWithParam<DdlCase> {};

}  // namespace azoth::render_test

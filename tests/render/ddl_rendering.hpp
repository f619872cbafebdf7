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

inline std::string name_of_ddl_case(const testing::TestParamInfo<DdlCase>& info) {
  return info.param.name;
}

class DdlRendering : public testing::TestWithParam<DdlCase> {};

}  // namespace azoth::render_test

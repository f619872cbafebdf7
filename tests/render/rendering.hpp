// SPDX-License-Identifier: MIT
// A table of constructs and what they render as, for the default dialect and SQLite.
#pragma once
#include "render/tables.hpp"
#include <azoth/base/error.hpp>
#include <azoth/dialects/sqlite.hpp>

#include <gtest/gtest.h>

#include <string>

namespace azoth::render_test {

inline constexpr const char* same_as_default = nullptr;

/// An expected text that begins with `!` is an error: its class and the beginning of its message.
struct Case {
  const char* name;
  sql::Ref (*make)();
  const char* default_text;
  const char* sqlite_text;  ///< or same_as_default
  const char* binds;        ///< names in the order of SQLite's placeholders
  const char* columns;      ///< of the rows
};

template <class S>
sql::Ref statement(const S& s) {
  return s.node();
}

template <class T>
Any anon(const Expr<T>& e) {
  return Any(sql::label(sql::Ref(e.node()), ""));
}

template <class S>
S with_tables(const S& s) {
  return s.set_label_style(sql::LabelStyle::tablename_plus_col);
}

template <class S>
S without_labels(const S& s) {
  return s.set_label_style(sql::LabelStyle::none);
}

inline From anonymous_a() {
  return alias(a);
}

inline sql::Ref compound(std::initializer_list<sql::Ref> members) {
  sql::Ref s = sql::StatementBuilder::make(sql::Kind::compound_select);
  sql::StatementBuilder::set_set_op(s, sql::SetOp::union_);
  for (const sql::Ref& m : members) {
    sql::StatementBuilder::append(s, sql::Clause::member, m);
  }
  return s;
}

inline std::string name_of_case(const testing::TestParamInfo<Case>& info) {
  return info.param.name;
}

/// Returns the text, or `!Class: message` when compiling throws.
inline std::string text_or_error(const sql::Ref& statement,
                                 const Dialect& dialect,
                                 const CompileOptions& options = {}) {
  try {
    return dialect.compile(statement, options).text;
  } catch (const Error& e) {
    return std::string("!") + e.class_name() + ": " + e.message();
  }
}

class Rendering : public testing::TestWithParam<Case> {
 protected:
  static void expect(const std::string& expected, const std::string& actual) {
    if (!expected.empty() && expected.front() == '!') {
      EXPECT_EQ(expected, actual.substr(0, expected.size()));
    } else {
      EXPECT_EQ(expected, actual);
    }
  }
};

}  // namespace azoth::render_test

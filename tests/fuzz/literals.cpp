// SPDX-License-Identifier: MIT
// Literals against real databases: what a literal says comes back as the same value, alone in its
// row. SQLite always; the databases of AZOTH_TEST_URLS too.
#include "fuzz/inputs.hpp"
#include <azoth/base/error.hpp>
#include <azoth/base/log.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/engine/connection.hpp>
#include <azoth/engine/engine.hpp>
#include <azoth/engine/url.hpp>

#include <cstdlib>
#include <memory>
#include <sstream>

namespace azoth::fuzz {

namespace {

struct Database {
  Engine engine;
  Connection connection;

  explicit Database(const std::string& url)
      : engine(create_engine(url)), connection(engine.connect()) {}
};

std::vector<std::unique_ptr<Database>>& databases() {
  static std::vector<std::unique_ptr<Database>> all = [] {
    std::vector<std::unique_ptr<Database>> out;
    out.push_back(std::make_unique<Database>("sqlite://"));
    const char* urls = std::getenv("AZOTH_TEST_URLS");
    std::istringstream words(urls ? urls : "");
    for (std::string url; words >> url;) {
      out.push_back(std::make_unique<Database>(url));
    }
    return out;
  }();
  return all;
}

Value any_value(Inputs& inputs, TypePtr& type) {
  static const std::vector<std::string_view> pieces{
      "'",  "''", "\\", "\\'", "\"",           "%", "%%", "%s", ":a", ";", "--", "/*", "*/",
      "\n", "\r", "$$", "E'",  "\xE2\x80\x99", "a", " ",  "0x", "{",  "}"};
  switch (inputs.below(3)) {
    case 0:
      type = types::BigInteger();
      return Value(inputs.number());
    default:
      type = types::String();
      return Value(inputs.valid_text(pieces, 12));
  }
}

}  // namespace

void render_literals(Inputs& inputs) {
  TypePtr type = nullptr;
  const Value value = any_value(inputs, type);
  for (const auto& database : databases()) {
    const std::string literal = database->engine.dialect().literal(Literal(value), type);
    const std::string statement = "SELECT " + literal + " AS a, 'end' AS b";
    const auto rows = database->connection.exec_driver_sql(statement).all();
    if (rows.size() != 1 || rows.front().size() != 2 || rows.front()[0] != value ||
        rows.front()[1] != Value("end")) {
      broken("a literal is the value: " + database->engine.url().to_string(),
             repr(Literal(value)),
             literal);
    }
  }
}

void close_databases() {
  databases().clear();
}

}  // namespace azoth::fuzz

// SPDX-License-Identifier: MIT
// From what servers tell of themselves to what they can do.
#include "drivers/mariadb/dialect.hpp"

#include <azoth/base/error.hpp>
#include <azoth/dialects/mysql.hpp>

#include <array>
#include <charconv>
#include <map>
#include <mutex>

namespace azoth::drivers::mariadb {
namespace {

// Never destroyed: engines may be static objects.
const Dialect& with_question_marks(Capabilities can, bool as_mariadb) {
  can.paramstyle = ParamStyle::qmark;
  can.double_percents = false;
  return *mysql::make_dialect(can, as_mariadb).release();
}

// 5.5.5-10.3.39-MariaDB -> 10.3.39: the prefix is for old replicas of MySQL.
ServerVersion parse_version(std::string_view text) {
  constexpr std::string_view prefix = "5.5.5-";
  if (text.starts_with(prefix) && text.find("MariaDB") != text.npos) {
    text.remove_prefix(prefix.size());
  }
  std::array<int, 3> numbers{};
  const char *at = text.data(), *const end = at + text.size();
  for (int& number : numbers) {
    at = std::from_chars(at, end, number).ptr;
    if (at == end || *at != '.') {
      break;
    }
    ++at;
  }
  return {numbers[0], numbers[1], numbers[2]};
}

}  // namespace

const Dialect& mysql_scheme_dialect() {
  static const Dialect& dialect = with_question_marks(mysql_dialect().capabilities(), false);
  return dialect;
}

const Dialect& mariadb_scheme_dialect() {
  static const Dialect& dialect = with_question_marks(mariadb_dialect().capabilities(), true);
  return dialect;
}

const Dialect& dialect_for(const Server& server, const Dialect& of_scheme) {
  const bool as_mariadb = of_scheme.name() == "mariadb";
  Capabilities can = of_scheme.capabilities();
  can.is_mariadb = server.version.find("MariaDB") != std::string::npos;
  if (as_mariadb && !can.is_mariadb) {
    throw InvalidRequestError("MySQL version " + server.version + " is not a MariaDB variant.");
  }
  can.server_version = parse_version(server.version);
  can.backslash_escapes = server.backslash_escapes;
  can.sequences = can.is_mariadb && can.server_version >= ServerVersion{10, 3};
  can.for_update_of = !can.is_mariadb && can.server_version >= ServerVersion{8};

  using Key = std::tuple<bool, std::string, bool>;
  static std::mutex mutex;
  static auto* const known = new std::map<Key, std::unique_ptr<Dialect>>;  // lives to the end
  const std::lock_guard lock(mutex);
  auto& dialect = (*known)[Key{as_mariadb, server.version, server.backslash_escapes}];
  if (!dialect) {
    dialect = mysql::make_dialect(can, as_mariadb);
  }
  return *dialect;
}

}  // namespace azoth::drivers::mariadb

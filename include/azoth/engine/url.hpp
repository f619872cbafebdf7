// SPDX-License-Identifier: MIT
// The database URL: `dialect+driver://user:password@host:port/database?key=value`, parsed, changed
// and printed. It knows no dialect: which parts a database needs is for its driver to say.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azoth {

/// Holds the parameters behind `?`, each with one value or several, in the order of their names.
using URLQuery = std::map<std::string, std::vector<std::string>, std::less<>>;

/// Names the parts of a URL that `URL::create` and `URL::set` are given: `{.host = "db1", .port =
/// 5432}`.
struct URLParts {
  std::optional<std::string> drivername;
  std::optional<std::string> username;
  std::optional<std::string> password;
  std::optional<std::string> host;
  std::optional<int> port;
  std::optional<std::string> database;
  std::optional<URLQuery> query;
};

/// Describes where a database is and who connects; an immutable value, changed by making another
/// one.
class URL {
 public:
  /// Parses a URL. User name, password and query are percent-decoded; host and database are taken
  /// as they are.
  /// @throws ArgumentError for text of another form and for a port that is no number from 0 to
  /// 65535. The text shows no password.
  URL(std::string_view text);

  URL(const std::string& text) : URL(std::string_view(text)) {}

  URL(const char* text) : URL(std::string_view(text)) {}

  /// Makes a URL of parts, which need no quoting. @throws ArgumentError without `drivername`, or
  /// for a wrong one, or a wrong port.
  static URL create(URLParts parts);

  const std::string& drivername() const { return drivername_; }  ///< `postgresql+psycopg2`

  const std::optional<std::string>& username() const { return username_; }

  const std::optional<std::string>& password() const { return password_; }

  const std::optional<std::string>& host() const {
    return host_;
  }  ///< without the brackets of IPv6

  std::optional<int> port() const { return port_; }

  const std::optional<std::string>& database() const { return database_; }

  const URLQuery& query() const { return query_; }

  /// Returns the last value of a parameter, or nullptr; lives as long as the URL.
  const std::string* query_value(std::string_view name) const;

  std::string_view backend_name() const;  ///< before the `+`: `postgresql`
  std::string_view driver_name()
      const;  ///< behind the `+`: `psycopg2`; empty when the URL names none

  /// Chooses how `to_string` renders.
  struct Rendering {
    bool hide_password = true;
  };

  /// Renders the URL with `***` for the password, as logs may show it.
  std::string to_string() const { return to_string(Rendering{}); }

  /// Renders the URL; with the password it parses back to an equal one, unless the database holds a
  /// `?`.
  std::string to_string(Rendering rendering) const;

  /// Returns the URL with the given parts in place of its own. @throws ArgumentError as `create`.
  URL set(URLParts parts) const;

  /// Chooses whether values are added to those that a parameter already has.
  struct QueryUpdate {
    bool append = false;
  };

  /// Returns the URL with these parameters in place of those of the same names.
  URL update_query(const URLQuery& query) const { return update_query(query, QueryUpdate{}); }

  URL update_query(const URLQuery& query, QueryUpdate how) const;

  /// Returns the URL updated with `a=1&b=2`.
  URL update_query_string(std::string_view text) const {
    return update_query_string(text, QueryUpdate{});
  }

  URL update_query_string(std::string_view text, QueryUpdate how) const;
  /// Returns the URL without the parameters of these names; unknown ones are ignored.
  URL difference_update_query(std::span<const std::string> names) const;

  bool operator==(const URL&) const = default;

 private:
  URL() = default;
  void parse_host_and_port(std::string_view text, std::string_view whole);
  void apply(URLParts&& parts);

  std::string drivername_;
  std::optional<std::string> username_, password_, host_;
  std::optional<int> port_;
  std::optional<std::string> database_;
  URLQuery query_;
};

/// Parses a URL, under SQLAlchemy's name. @throws ArgumentError
inline URL make_url(std::string_view text) {
  return URL(text);
}

}  // namespace azoth

// SPDX-License-Identifier: MIT
// Options of INSERT, UPDATE and DELETE of mapped classes, given with their execution, and the types
// of what they return.
#pragma once
#include <azoth/orm/session_result.hpp>
#include <azoth/sql/dml.hpp>

#include <concepts>
#include <string>
#include <type_traits>

namespace azoth {

namespace orm {

/// How the objects of a session follow an UPDATE or DELETE: "auto", "evaluate", "fetch" or false.
class SynchronizeSession {
 public:
  SynchronizeSession(const char* strategy) : strategy_(strategy) {}

  /// Only `false`: objects are left as they are.
  template <std::same_as<bool> B>
  SynchronizeSession(B on) : strategy_(on ? "True" : "") {}

  /// The word given; empty for false.
  const std::string& strategy() const { return strategy_; }

 private:
  std::string strategy_;
};

/// Options of Session::execute() for INSERT, UPDATE and DELETE of mapped classes.
struct DmlOptions {
  SynchronizeSession synchronize_session = "auto";
  bool render_nulls = false;  ///< INSERT many: nulls are written, not left to defaults
  bool is_raw = false;  ///< INSERT many: the sets have the names of columns, for one table, as they
                        ///< are (SQLAlchemy's dml_strategy "raw")
  bool sort_by_parameter_order = false;  ///< INSERT many: rows are returned in order of the sets
  bool populate_existing = false;  ///< RETURNING overwrites objects that are in the session already
};

}  // namespace orm

template <class S>
concept DmlLike = requires { typename S::azoth_dml; };

namespace detail {
template <class S>
struct DmlResult;

template <template <class...> class Of, class... C>
struct DmlResult<Of<C...>> {
  static constexpr bool has_entities = (Mapped<C> || ...);
  using type = std::conditional_t<has_entities, SessionResult<C...>, Result<C...>>;
};
}  // namespace detail

}  // namespace azoth

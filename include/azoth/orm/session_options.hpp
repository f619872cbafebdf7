// SPDX-License-Identifier: MIT
// The options of a Session and of its calls, with SQLAlchemy's names and defaults.
#pragma once
#include <initializer_list>
#include <string_view>
#include <vector>

namespace azoth {

/// The options of a Session.
struct SessionOptions {
  bool autoflush = true;          ///< flush before statements and lazy loads
  bool expire_on_commit = true;   ///< objects read fresh state in the next transaction
  bool autobegin = true;          ///< false: every transaction needs a begin()
  bool close_resets_only = true;  ///< false: the session cannot be used after close()
};

/// The names of attributes, for `expire(user, {"name", "addresses"})`.
using AttributeNames = std::vector<std::string_view>;

/// The options of Session::refresh.
struct RefreshOptions {
  AttributeNames attribute_names{};  ///< none: all columns
  bool with_for_update = false;      ///< locks the row, where the database can
};

/// The options of Session::merge.
struct MergeOptions {
  bool load = true;  ///< false: takes over the given state without asking the database
};

}  // namespace azoth

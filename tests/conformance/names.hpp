// SPDX-License-Identifier: MIT
// Names and values of the records as the library takes them.
#pragma once
#include "conformance/json.hpp"
#include <azoth/types/value.hpp>

#include <string>
#include <vector>

namespace azoth::conformance {

/// A name as a record writes it.
struct Name {
  enum class Form : std::uint8_t { plain, quoted, unquoted, anonymous, truncated, convention };
  Form form = Form::plain;
  std::string text;  ///< of anonymous names the base
  int identity = 0;  ///< of anonymous names
};

Name name_of(const Json& tree);

/// Returns the text of a name that is not anonymous. @throws CannotBuild for forms that the library
/// does not take at this place.
std::string plain_name(const Json& tree);

/// Returns whether the tree is a node, not a value.
bool is_node(const Json& tree);

/// Returns the value. @throws CannotBuild for lists.
Value value_of(const Json& tree);

/// Returns whether a value is a list, as those of IN.
bool is_list(const Json& tree);

/// Returns the values of a list: rows of tuples one after the other, or arrays.
std::vector<Value> values_of(const Json& tree, bool are_arrays = false);
/// The list as the value of an array.
Value array_of(const Json& tree);

}  // namespace azoth::conformance

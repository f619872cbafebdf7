// SPDX-License-Identifier: MIT
// The records as JSON, and what is read from them again and again. Not a schema: what a tree may
// hold is written where the tree is built.
#pragma once
#include <nlohmann/json.hpp>

#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>

namespace azoth::conformance {

using Json = nlohmann::json;

/// Says what of a record the library cannot be asked to build.
class CannotBuild : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Returns the attribute of that name, or null.
inline const Json* find(const Json& tree, const char* name) {
  const auto it = tree.find(name);
  return it == tree.end() ? nullptr : &*it;
}

/// Returns a yes or no, which some records write as 1 or 0.
inline bool flag(const Json& tree, const char* name, bool otherwise = false) {
  const Json* value = find(tree, name);
  return value ? (value->is_number() ? *value != 0 : value->get<bool>()) : otherwise;
}

/// Returns the text of an attribute, or an empty one.
inline std::string text(const Json& tree, const char* name) {
  const Json* value = find(tree, name);
  return value && value->is_string() ? value->get<std::string>() : std::string();
}

inline int number(const Json& tree, const char* name, int otherwise = -1) {
  const Json* value = find(tree, name);
  return value && value->is_number() ? value->get<int>() : otherwise;
}

/// Throws CannotBuild when the tree has attributes other than these, so that none is passed over.
void allow(const Json& tree, std::initializer_list<std::string_view> names);

}  // namespace azoth::conformance

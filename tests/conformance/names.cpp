// SPDX-License-Identifier: MIT
// Reads names, plain and tagged values.
#include "conformance/names.hpp"

#include <azoth/sql/name.hpp>

#include <cmath>

namespace azoth::conformance {

void allow(const Json& tree, std::initializer_list<std::string_view> names) {
  for (const auto& [key, value] : tree.items()) {
    if (key == "class" || key == "$id") {
      continue;
    }
    bool known = false;
    for (const std::string_view name : names) {
      known |= name == key;
    }
    if (!known) {
      throw CannotBuild(text(tree, "class") + text(tree, "type") + "." + key);
    }
  }
}

Name name_of(const Json& tree) {
  if (tree.is_string()) {
    return {Name::Form::plain, tree.get<std::string>()};
  }
  if (const Json* base = find(tree, "$quoted")) {
    return {flag(tree, "quote") ? Name::Form::quoted : Name::Form::unquoted,
            base->get<std::string>()};
  }
  if (const Json* identity = find(tree, "$anon")) {
    return {Name::Form::anonymous, text(tree, "name"), identity->get<int>()};
  }
  if (const Json* base = find(tree, "$truncated")) {
    return {Name::Form::truncated, base->get<std::string>()};
  }
  if (const Json* base = find(tree, "$conv")) {
    return {Name::Form::convention, base->get<std::string>()};
  }
  throw CannotBuild("name " + tree.dump());
}

std::string plain_name(const Json& tree) {
  Name name = name_of(tree);
  switch (name.form) {
    case Name::Form::plain:
    case Name::Form::convention:
      return std::move(name.text);
    case Name::Form::quoted:
    case Name::Form::unquoted:
      return quoted_name(name.text, name.form == Name::Form::quoted);
    case Name::Form::truncated:
      return sql::marked(name.text, sql::NameForm::truncatable);
    case Name::Form::anonymous:
      throw CannotBuild("name $anon");
  }
  return {};
}

bool is_node(const Json& tree) {
  return tree.is_object() &&
         (tree.contains("class") || tree.contains("$ref") || tree.contains("$col"));
}

namespace {

Bytes bytes_of(const std::string& hex) {
  Bytes bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes.push_back(static_cast<std::byte>(std::stoi(hex.substr(i, 2), nullptr, 16)));
  }
  return bytes;
}

template <class T>
Value parsed(const std::string& text) {
  if (const auto value = T::parse(text)) {
    return Value(*value);
  }
  throw CannotBuild("value " + text);
}

// Composite values travel as JSON texts, as a program would bind them to a JSON column.
Json plain_json(const Json& tree) {
  if (const Json* pairs = find(tree, "$dict")) {
    Json out = Json::object();
    for (const Json& pair : *pairs) {
      out[pair[0].is_string() ? pair[0].get<std::string>() : pair[0].dump()] = plain_json(pair[1]);
    }
    return out;
  }
  for (const char* tag : {"$list", "$tuple", "$set"}) {
    if (const Json* items = tree.is_object() ? find(tree, tag) : nullptr) {
      Json out = Json::array();
      for (const Json& item : *items) {
        out.push_back(plain_json(item));
      }
      return out;
    }
  }
  return tree;
}

Value tagged_value(const std::string& tag, const Json& content) {
  if (tag == "$decimal") {
    return Value(Decimal(content.get<std::string>()));
  }
  if (tag == "$bytes") {
    return Value(bytes_of(content.get<std::string>()));
  }
  if (tag == "$date") {
    return parsed<Date>(content.get<std::string>());
  }
  if (tag == "$time") {
    return parsed<Time>(content.get<std::string>());
  }
  if (tag == "$datetime") {
    return parsed<DateTime>(content.get<std::string>());
  }
  if (tag == "$uuid" || tag == "$enum") {
    return Value(content.get<std::string>());
  }
  if (tag == "$float") {
    const auto word = content.get<std::string>();
    return Value(word == "nan" ? std::nan("") : word.front() == '-' ? -HUGE_VAL : HUGE_VAL);
  }
  if (tag == "$dict" || tag == "$list" || tag == "$tuple" || tag == "$set") {
    return Value(plain_json(Json{{tag, content}}).dump());
  }
  throw CannotBuild("value " + tag);
}

}  // namespace

Value value_of(const Json& tree) {
  switch (tree.type()) {
    case Json::value_t::null:
      return Value();
    case Json::value_t::boolean:
      return Value(tree.get<bool>());
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
      return Value(tree.get<std::int64_t>());
    case Json::value_t::number_float:
      return Value(tree.get<double>());
    case Json::value_t::string:
      return Value(tree.get<std::string>());
    case Json::value_t::object:
      if (tree.size() == 1) {
        return tagged_value(tree.begin().key(), tree.begin().value());
      }
      [[fallthrough]];
    default:
      throw CannotBuild("value " + tree.dump());
  }
}

bool is_list(const Json& tree) {
  return tree.is_object() && tree.size() == 1 &&
         (tree.contains("$list") || tree.contains("$tuple") || tree.contains("$set"));
}

Value array_of(const Json& tree) {
  std::vector<Value> items;
  for (const Json& item : tree.begin().value()) {
    items.push_back(is_list(item) ? array_of(item) : value_of(item));
  }
  return Value(items);
}

std::vector<Value> values_of(const Json& tree, bool are_arrays) {
  std::vector<Value> values;
  for (const Json& item : tree.begin().value()) {
    if (is_list(item) && are_arrays) {
      values.push_back(array_of(item));
    } else if (is_list(item)) {
      for (const Json& member : item.begin().value()) {
        values.push_back(value_of(member));
      }
    } else {
      values.push_back(value_of(item));
    }
  }
  return values;
}

}  // namespace azoth::conformance

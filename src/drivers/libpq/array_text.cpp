// SPDX-License-Identifier: MIT
// Arrays as the server writes and reads them: {1,2}, {{"a b",NULL},{c,d}}, [0:1]={1,2}.
#include "drivers/libpq/arrays.hpp"
#include "drivers/libpq/text_format.hpp"
#include <azoth/base/error.hpp>

namespace azoth::drivers::libpq {
namespace {

template <class T>
bool take(const std::optional<T>& parsed, Value& out) {
  if (parsed) {
    out = Value(*parsed);
  }
  return parsed.has_value();
}

template <class T>
bool take(bool (*parse)(std::string_view, T&), std::string_view text, Value& out) {
  T parsed{};
  const bool is_parsed = parse(text, parsed);
  if (is_parsed) {
    out = Value(parsed);
  }
  return is_parsed;
}

bool parse_item(std::string_view text, TypePtr item, Value& out) {
  const SqlType& type = item != nullptr ? *item->in_dialect("postgresql") : *types::null_type();
  switch (type.family()) {
    case TypeFamily::boolean:
      out = Value(text == "t");
      return text == "t" || text == "f";
    case TypeFamily::number:
      if (is_exact(type)) {
        out = Value(Decimal(text));
        return true;
      }
      return is_floating(type) ? take(&parse_real, text, out) : take(&parse_integer, text, out);
    case TypeFamily::binary:
      return take(&parse_bytes, text, out);
    case TypeFamily::date:
      return take(Date::parse(text), out);
    case TypeFamily::time:
      return take(Time::parse(text), out);
    case TypeFamily::datetime:
      return take(&parse_moment, text, out);
    case TypeFamily::uuid:
      return take(Uuid::parse(text), out);
    default:
      out = Value(text);
      return true;
  }
}

/// Reads one array from the front of a text.
struct ArrayReader {
  std::string_view rest;
  TypePtr item;

  bool read(std::vector<Value>& out) {
    if (!take_char('{')) {
      return false;
    }
    if (take_char('}')) {
      return true;
    }
    do {
      if (!read_one(out.emplace_back())) {
        return false;
      }
    } while (take_char(','));
    return take_char('}');
  }

  bool read_one(Value& out) {
    if (!rest.empty() && rest.front() == '{') {
      std::vector<Value> inner;
      const bool is_read = read(inner);
      out = Value(inner);
      return is_read;
    }
    if (take_char('"')) {
      std::string text;
      return take_quoted(text) && parse_item(text, item, out);
    }
    const std::size_t end = std::min(rest.find_first_of(",}"), rest.size());
    const std::string_view text = rest.substr(0, end);
    rest.remove_prefix(end);
    return text == "NULL" || parse_item(text, item, out);
  }

  bool take_quoted(std::string& text) {
    while (!rest.empty()) {
      const char c = rest.front();
      rest.remove_prefix(1);
      if (c == '"') {
        return true;
      }
      if (c == '\\' && !rest.empty()) {
        text += rest.front();
        rest.remove_prefix(1);
      } else {
        text += c;
      }
    }
    return false;
  }

  bool take_char(char c) {
    const bool is_there = !rest.empty() && rest.front() == c;
    rest.remove_prefix(is_there ? 1 : 0);
    return is_there;
  }
};

}  // namespace

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    out.append(c == '"' || c == '\\' ? "\\" : "").append(1, c);
  }
  out += '"';
}

std::string array_text(std::span<const Value> items) {
  std::string out = "{";
  for (const Value& item : items) {
    out += out.size() == 1 ? "" : ",";
    if (item.kind() == ValueKind::null) {
      out += "NULL";
    } else if (item.kind() == ValueKind::list) {
      out += array_text(item.get<std::vector<Value>>());
    } else {
      append_quoted(out, text_of(item));
    }
  }
  return out += '}';
}

bool parse_array(std::string_view text, TypePtr item, std::vector<Value>& out) {
  if (!text.empty() && text.front() == '[') {  // other bounds than 1: [0:1]={...}
    const std::size_t equals = text.find('=');
    if (equals == text.npos) {
      return false;
    }
    text.remove_prefix(equals + 1);
  }
  ArrayReader reader{text, item};
  try {
    return reader.read(out) && reader.rest.empty();
  } catch (const ArgumentError&) {  // a number of more than 38 digits
    return false;
  }
}

}  // namespace azoth::drivers::libpq

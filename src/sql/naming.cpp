// SPDX-License-Identifier: MIT
// Naming conventions: the tokens of a template, and what stands for them.
#include <azoth/base/error.hpp>
#include <azoth/sql/naming.hpp>

#include <algorithm>
#include <charconv>

namespace azoth::sql {

namespace {

// What is to be named.
struct Subject {
  const TableNode& table;
  std::string_view prefix, class_name;
  const ConstraintName& name;
  std::vector<int> columns;  // positions in the table
  const ForeignKeyInfo* key = nullptr;
};

const std::string* find(const NamingConvention& convention, std::string_view word) {
  const auto found = std::find_if(
      convention.begin(), convention.end(), [&](const auto& entry) { return entry.first == word; });
  return found == convention.end() ? nullptr : &found->second;
}

std::string label_of(const TableNode& table, const std::string& column) {
  std::string schema = table.schema;
  std::replace(schema.begin(), schema.end(), '.', '_');
  return (schema.empty() ? "" : schema + "_") + table.name + "_" + column;
}

enum class Detail : std::uint8_t { name, key, label, referred_name };

std::string column_detail(const Subject& subject, std::size_t i, Detail detail) {
  if (i >= subject.columns.size()) {
    return {};
  }
  if (detail == Detail::referred_name) {
    const TableNode& target = resolve(subject.table, *subject.key);
    return target.columns[static_cast<std::size_t>(referred_position(target, *subject.key, i))]
        .name;
  }
  const ColumnInfo& column = subject.table.columns[static_cast<std::size_t>(subject.columns[i])];
  switch (detail) {
    case Detail::key:
      return column.key;
    case Detail::label:
      return label_of(subject.table, column.name);
    default:
      return column.name;
  }
}

// A token about columns, taken apart: `[referred_]column_<number>[N|_N]_<detail>`.
struct ColumnToken {
  std::size_t index = 0;
  Detail detail = Detail::name;
  bool is_of_all = false;
  std::string_view separator;
};

bool parse(std::string_view token, const Subject& subject, ColumnToken& out) {
  const bool is_referred = token.starts_with("referred_");
  token.remove_prefix(is_referred ? 9 : 0);
  if (!token.starts_with("column_")) {
    return false;
  }
  token.remove_prefix(7);
  const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), out.index);
  if (error != std::errc()) {
    return false;
  }
  token.remove_prefix(static_cast<std::size_t>(end - token.data()));
  for (const std::string_view separator : {"", "_"}) {
    if (token.starts_with(std::string(separator) + "N_")) {
      out.is_of_all = true;
      out.separator = separator;
      token.remove_prefix(separator.size() + 1);
      break;
    }
  }
  if (is_referred) {
    out.detail = Detail::referred_name;
    return subject.key && token == "_name";
  }
  out.detail = token == "_key" ? Detail::key : token == "_label" ? Detail::label : Detail::name;
  return out.detail != Detail::name || token == "_name";
}

std::string token_text(const Subject& subject,
                       const NamingConvention& convention,
                       std::string_view token) {
  if (const std::string* own = find(convention, token)) {
    return *own;
  }
  if (token == "table_name") {
    return subject.table.name;
  }
  if (token == "constraint_name") {
    if (subject.name.empty()) {
      throw InvalidRequestError(
          "Naming convention including %(constraint_name)s token requires that constraint is "
          "explicitly named.");
    }
    return subject.name.text;
  }
  if (token == "referred_table_name" && subject.key) {
    return subject.key->target_table;
  }
  ColumnToken column;
  if (!parse(token, subject, column)) {
    throw ArgumentError("Naming convention has no token '" + std::string(token) + "' for a " +
                        std::string(subject.class_name) + "; see naming.hpp for those it has.");
  }
  if (!column.is_of_all) {
    return column_detail(subject, column.index, column.detail);
  }
  std::string out;
  for (std::size_t i = 0; i < subject.columns.size(); ++i) {
    out.append(i == 0 ? "" : column.separator).append(column_detail(subject, i, column.detail));
  }
  return out;
}

// Replaces `%(token)s` and `%%`.
std::string fill(const Subject& subject,
                 const NamingConvention& convention,
                 std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t end = text.find(")s", i);
    if (text[i] == '%' && text.substr(i).starts_with("%(") && end != std::string_view::npos) {
      out += token_text(subject, convention, text.substr(i + 2, end - i - 2));
      i = end + 1;
      continue;
    }
    out += text[i];
    i += text.substr(i).starts_with("%%") ? 1 : 0;
  }
  return out;
}

ConstraintName named(const Subject& subject) {
  const auto metadata = subject.table.metadata.lock();
  if (subject.name.is_conv || !metadata) {
    return subject.name;
  }
  const NamingConvention& convention = metadata->naming_convention;
  const std::string* text = find(convention, subject.prefix);
  if (!text) {
    text = find(convention, subject.class_name);
  }
  if (!text || (!subject.name.empty() && text->find("constraint_name") == std::string::npos)) {
    return subject.name;
  }
  return conv(fill(subject, convention, *text));
}

std::vector<int> positions(const TableNode& table, const std::vector<std::string>& keys) {
  std::vector<int> out;
  for (const std::string& key : keys) {
    if (const int i = table.position_of(key); i >= 0) {
      out.push_back(i);
    }
  }
  return out;
}

}  // namespace

ConstraintName constraint_name(const TableNode& table, const Constraint& constraint) {
  static constexpr std::pair<std::string_view, std::string_view> words[] = {
      {"pk", "PrimaryKeyConstraint"},
      {"uq", "UniqueConstraint"},
      {"ck", "CheckConstraint"},
      {"fk", "ForeignKeyConstraint"},
      {"", "ExcludeConstraint"}};
  const auto& [prefix, class_name] = words[static_cast<std::size_t>(constraint.kind)];
  return named(
      {table, prefix, class_name, constraint.name, positions(table, constraint.columns), nullptr});
}

ConstraintName constraint_name(const TableNode& table, ConstraintPlace place) {
  if (place.kind == ConstraintKind::primary_key) {
    const std::vector<std::uint32_t>& columns = table.primary_key;
    return named({table,
                  "pk",
                  "PrimaryKeyConstraint",
                  table.primary_key_constraint.name,
                  std::vector<int>(columns.begin(), columns.end()),
                  nullptr});
  }
  if (place.kind == ConstraintKind::foreign_key) {
    const ForeignKeyInfo& key = table.foreign_keys[place.place];
    return named({table,
                  "fk",
                  "ForeignKeyConstraint",
                  key.options.name,
                  std::vector<int>(key.columns.begin(), key.columns.end()),
                  &key});
  }
  return constraint_name(table, table.constraints[place.place]);
}

ConstraintName index_name(const TableNode& table,
                          const ConstraintName& name,
                          const std::vector<std::string>& columns) {
  return named({table, "ix", "Index", name, positions(table, columns), nullptr});
}

}  // namespace azoth::sql

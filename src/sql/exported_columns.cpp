// SPDX-License-Identifier: MIT
// What the columns of a select are called when it becomes a subquery.
#include "sql/lineage.hpp"
#include <azoth/base/error.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>
#include <unordered_set>

namespace azoth::sql {

std::string_view anonymous_base(const Ref& element) {
  switch (element->kind()) {
    case Kind::column:
      return as<ColumnNode>(element).name();
    case Kind::column_clause:
      return as<ColumnClause>(element).name;
    case Kind::function:
      return as<Function>(element).name;
    case Kind::next_value:
      return "next_value";
    case Kind::cast:
    case Kind::try_cast:
    case Kind::type_coerce:
      return anonymous_base(as<Cast>(element).element);
    default:
      return "anon";
  }
}

namespace {
// What an element of a columns clause is called: in the database (empty: it has no name of its
// own), and in the program.
struct Named {
  std::string name, key;
};

// `table_` or `schema_table_`, which a column's name follows.
std::string qualifier(const FromNode& owner) {
  std::string schema;
  if (owner.kind() == Kind::table) {
    schema = static_cast<const TableNode&>(owner).schema;
  } else if (owner.kind() == Kind::table_clause) {
    schema = static_cast<const TableClause&>(owner).schema;
  }
  std::replace(schema.begin(), schema.end(), '.', '_');
  return (schema.empty() ? "" : schema + "_") + name_of_from(Ref(&owner)) + "_";
}

// Its name is known only when it is compiled.
bool is_anonymous(const FromNode& owner) {
  return is_alias(owner.kind())
             ? static_cast<const Alias&>(owner).name.empty()
             : owner.kind() == Kind::values && static_cast<const Values&>(owner).name.empty();
}

// A qualified name that a sibling has as its own is numbered: `t_x_1`.
std::string unlike_columns(const ColumnNode& column, std::string label) {
  if (bare(label) == column.key()) {
    return label;
  }
  const std::size_t length = label.size();
  for (int n = 1; column.owner->find(label); ++n) {
    label.resize(length);
    label += "_" + std::to_string(n);
  }
  return label;
}

Named named(const Ref& c, LabelStyle style) {
  switch (c->kind()) {
    case Kind::label: {
      const std::string& name = as<Label>(c).name;
      return name.empty() ? Named{{}, std::string(anonymous_base(as<Label>(c).element))}
                          : Named{name, name};
    }
    case Kind::column: {
      const auto& column = as<ColumnNode>(c);
      const bool is_qualified = style == LabelStyle::tablename_plus_col;
      const std::string prefix = is_qualified ? qualifier(*column.owner) : std::string();
      const bool is_made_up =
          column.name().empty() || (is_qualified && is_anonymous(*column.owner));
      return {is_made_up ? std::string() : unlike_columns(column, prefix + column.name()),
              unlike_columns(column, prefix + column.key())};
    }
    case Kind::column_clause: {
      const auto& column = as<ColumnClause>(c);
      return {column.is_literal ? std::string() : column.name, column.name};
    }
    case Kind::cast:
    case Kind::try_cast:
    case Kind::type_coerce:
      return named(as<Cast>(c).element, style);
    case Kind::asbool:
      return named(as<AsBoolean>(c).element, style);
    case Kind::function:
      return {{}, as<Function>(c).name};
    case Kind::table_valued_column: {
      std::string name = name_of_from(as<TableValuedColumn>(c).alias);
      return {name, name};
    }
    case Kind::function_column:
      return {as<FunctionColumn>(c).name, as<FunctionColumn>(c).name};
    case Kind::bind:
      return {{}, as<BindParameter>(c).is_unique ? "_no_label" : as<BindParameter>(c).key};
    default:
      return {{}, "_no_label"};
  }
}

// Tells the columns of one columns clause apart.
class Exporter {
 public:
  explicit Exporter(LabelStyle style) : style_(style) {}

  ColumnSpec operator()(const Ref& c) {
    Named own = named(c, style_);
    if (c->kind() == Kind::column_clause) {  // without a table: stands as it is, however often
      return {std::move(own.name), std::move(own.key), c->type(), c};
    }
    const bool is_repeat = !own.name.empty() && !names_.insert(own.name).second;
    if (is_repeat) {
      own.name.clear();
    }
    std::string key = own.key;
    for (int n = 1; !keys_.insert(key).second; ++n) {
      key = own.key + "_" + std::to_string(n);
    }
    return {std::move(own.name), std::move(key), c->type(), c};
  }

 private:
  LabelStyle style_;
  std::unordered_set<std::string> names_, keys_;
};
}  // namespace

std::vector<ColumnSpec> exported_columns(const Ref& statement) {
  const auto& s = as<Statement>(statement);
  if (s.kind() == Kind::compound_select) {
    return exported_columns(*s.first(Clause::member));
  }
  Exporter exported(s.label_style);
  std::vector<ColumnSpec> specs;
  for (const Ref& c : expanded_columns(statement)) {
    if (c->kind() != Kind::text) {  // nobody knows what columns a text has
      specs.push_back(exported(c));
    }
  }
  return specs;
}

void check_exported_labels(const Ref& statement) {
  const auto& s = as<Statement>(statement);
  if (s.kind() == Kind::compound_select) {
    return check_exported_labels(*s.first(Clause::member));
  }
  std::unordered_set<std::string> names;
  for (const Ref& c : expanded_columns(statement)) {
    if (c->kind() == Kind::text || c->kind() == Kind::column_clause) {
      continue;
    }
    const std::string name = named(c, s.label_style).name;
    if (!name.empty() && !names.insert(name).second && c->kind() == Kind::label) {
      throw InvalidRequestError(
          "Label name " + name +
          " is being renamed to an anonymous label due to disambiguation which is not supported "
          "right now.  Please use unique names for explicit labels.");
    }
  }
}

std::vector<std::string> selected_keys(const Ref& statement) {
  const auto& s = as<Statement>(statement);
  if (s.kind() == Kind::compound_select) {
    return selected_keys(*s.first(Clause::member));
  }
  std::vector<std::string> keys;
  std::unordered_set<std::string> seen;
  for (const Ref& c : expanded_columns(statement)) {
    if (c->kind() == Kind::text) {
      continue;
    }
    const std::string own = named(c, s.label_style).key;
    std::string key = own;
    for (int n = 1; s.label_style != LabelStyle::none && !seen.insert(key).second; ++n) {
      key = own + "_" + std::to_string(n);
    }
    keys.push_back(std::move(key));
  }
  return keys;
}

}  // namespace azoth::sql

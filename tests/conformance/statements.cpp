// SPDX-License-Identifier: MIT
// SELECT and its set operations, INSERT, UPDATE, DELETE.
#include "conformance/builder.hpp"
#include <azoth/sql/expression.hpp>

#include <array>

namespace azoth::conformance {

using namespace sql;

namespace {

void append(Builder& b, Ref& statement, Clause clause, const Json& tree, const char* name) {
  for (Ref& child : b.list(tree, name)) {
    StatementBuilder::append(statement, clause, std::move(child));
  }
}

void append_one(Builder& b, Ref& statement, Clause clause, const Json& tree, const char* name) {
  if (Ref child = b.optional(tree, name)) {
    StatementBuilder::append(statement, clause, std::move(child));
  }
}

void append_texts(Builder& b, Ref& statement, Clause clause, const Json& tree, const char* name) {
  if (const Json* parts = find(tree, name)) {
    for (const Json& part : *parts) {
      StatementBuilder::append(
          statement, clause, make_node<TextPart>(b.node(part["text"]), text(part, "dialect")));
    }
  }
}

void append_locking(Builder& b, Ref& statement, const Json& tree) {
  const Json* options = find(tree, "for_update");
  if (!options) {
    return;
  }
  allow(*options, {"nowait", "read", "skip_locked", "key_share", "of"});
  auto node = std::make_unique<ForUpdate>();
  node->is_nowait = flag(*options, "nowait");
  node->is_read = flag(*options, "read");
  node->is_skip_locked = flag(*options, "skip_locked");
  node->is_key_share = flag(*options, "key_share");
  node->of = b.list(*options, "of");
  seal(*node);
  StatementBuilder::append(statement, Clause::for_update, Ref::adopt(node.release()));
}

void set_label_style(Ref& statement, const Json& tree) {
  const std::string style = text(tree, "label_style");
  if (style == "NONE") {
    StatementBuilder::set_label_style(statement, LabelStyle::none);
  } else if (style == "TABLENAME_PLUS_COL") {
    StatementBuilder::set_label_style(statement, LabelStyle::tablename_plus_col);
  } else if (!style.empty() && style != "DISAMBIGUATE_ONLY") {
    throw CannotBuild("label_style " + style);
  }
}

// What SELECT and its set operations have in common, behind their own parts.
void append_order(Builder& b, Ref& statement, const Json& tree) {
  append(b, statement, Clause::group_by, tree, "group_by");
  append(b, statement, Clause::order_by, tree, "order_by");
  append_one(b, statement, Clause::limit, tree, "limit");
  append_one(b, statement, Clause::offset, tree, "offset");
  append_locking(b, statement, tree);
  append(b, statement, Clause::correlate, tree, "correlate");
  append(b, statement, Clause::cte, tree, "ctes");
  set_label_style(statement, tree);
}

void append_joins(Builder& b, Ref& statement, const Json& tree) {
  if (const Json* joins = find(tree, "joins")) {
    for (const Json& step : *joins) {
      allow(step, {"target", "onclause", "from", "isouter", "full"});
      StatementBuilder::append(statement,
                               Clause::join,
                               make_node<JoinStep>(b.optional(step, "from"),
                                                   b.node(step["target"]),
                                                   b.optional(step, "onclause"),
                                                   flag(step, "isouter"),
                                                   flag(step, "full")));
    }
  }
}

Ref select(Builder& b, const Json& tree) {
  allow(tree,
        {"columns",
         "from",
         "joins",
         "where",
         "having",
         "group_by",
         "order_by",
         "limit",
         "offset",
         "distinct",
         "distinct_on",
         "correlate",
         "correlate_except",
         "for_update",
         "label_style",
         "prefixes",
         "suffixes",
         "ctes",
         "auto_correlate"});
  if (!flag(tree, "auto_correlate", true) && !find(tree, "correlate") &&
      !find(tree, "correlate_except")) {
    throw CannotBuild("Select.auto_correlate");
  }
  for (const char* name : {"correlate", "correlate_except"}) {
    if (const Json* list = find(tree, name); list && list->empty()) {
      throw CannotBuild(std::string("Select.") + name + " of nothing");
    }
  }
  Ref statement = StatementBuilder::make(Kind::select);
  append(b, statement, Clause::column, tree, "columns");
  append(b, statement, Clause::from, tree, "from");
  append_joins(b, statement, tree);
  append(b, statement, Clause::where, tree, "where");
  append(b, statement, Clause::having, tree, "having");
  append(b, statement, Clause::distinct_on, tree, "distinct_on");
  append(b, statement, Clause::correlate_except, tree, "correlate_except");
  append_texts(b, statement, Clause::prefix, tree, "prefixes");
  append_texts(b, statement, Clause::suffix, tree, "suffixes");
  append_order(b, statement, tree);
  if (flag(tree, "distinct")) {
    StatementBuilder::set_distinct(statement);
  }
  return statement;
}

SetOp set_op(const std::string& keyword) {
  constexpr std::array words{
      "UNION", "UNION ALL", "EXCEPT", "EXCEPT ALL", "INTERSECT", "INTERSECT ALL"};
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (keyword == words[i]) {
      return static_cast<SetOp>(i + 1);
    }
  }
  throw CannotBuild("keyword " + keyword);
}

Ref compound_select(Builder& b, const Json& tree) {
  allow(tree,
        {"keyword",
         "selects",
         "order_by",
         "group_by",
         "limit",
         "offset",
         "for_update",
         "label_style",
         "ctes",
         "correlate"});
  Ref statement = StatementBuilder::make(Kind::compound_select);
  StatementBuilder::set_set_op(statement, set_op(text(tree, "keyword")));
  append(b, statement, Clause::member, tree, "selects");
  append_order(b, statement, tree);
  return statement;
}

std::string key_of(Builder& b, const Json& key) {
  if (!is_node(key)) {
    return plain_name(key);
  }
  const Ref node = b.node(key);
  switch (node->kind()) {
    case Kind::column:
      return as<ColumnNode>(node).key();
    case Kind::column_clause:
      return as<ColumnClause>(node).name;
    default:
      throw CannotBuild("value for class " + text(key, "class"));
  }
}

Ref assignment(Builder& b, const Ref& table, const Json& pair) {
  const std::string key = key_of(b, pair[0]);
  if (is_node(pair[1])) {
    return make_node<Assignment>(key, b.node(pair[1]));
  }
  return sql::assignment(table, key, Literal(value_of(pair[1])));
}

void append_values(Builder& b, Ref& statement, const Json& tree) {
  const Ref table = as<Statement>(statement).table;
  if (const Json* values = find(tree, "values")) {
    for (const Json& pair : *values) {
      StatementBuilder::append(statement, Clause::set, assignment(b, table, pair));
    }
  }
  if (const Json* calls = find(tree, "multi_values")) {
    for (const Json& rows : *calls) {
      for (const Json& row : rows) {
        allow(row, {"pairs"});
        Refs assignments;
        for (const Json& pair : row["pairs"]) {
          assignments.push_back(assignment(b, table, pair));
        }
        StatementBuilder::append(
            statement, Clause::values_row, make_node<ValuesRow>(std::move(assignments)));
      }
    }
  }
}

Ref insert(Builder& b, const Json& tree) {
  allow(tree,
        {"table",
         "values",
         "multi_values",
         "returning",
         "prefixes",
         "ctes",
         "select_names",
         "select"});
  Ref statement = StatementBuilder::make(Kind::insert, b.node(tree["table"]));
  append_values(b, statement, tree);
  if (const Json* names = find(tree, "select_names")) {
    for (const Json& name : *names) {
      StatementBuilder::append(
          statement, Clause::set, make_node<Assignment>(key_of(b, name), sql::null()));
    }
  }
  append_one(b, statement, Clause::from_select, tree, "select");
  append(b, statement, Clause::returning, tree, "returning");
  append_texts(b, statement, Clause::prefix, tree, "prefixes");
  append(b, statement, Clause::cte, tree, "ctes");
  return statement;
}

Ref update(Builder& b, const Json& tree) {
  allow(tree, {"table", "values", "where", "returning", "prefixes", "ctes"});
  Ref statement = StatementBuilder::make(Kind::update, b.node(tree["table"]));
  append_values(b, statement, tree);
  append(b, statement, Clause::where, tree, "where");
  append(b, statement, Clause::returning, tree, "returning");
  append_texts(b, statement, Clause::prefix, tree, "prefixes");
  append(b, statement, Clause::cte, tree, "ctes");
  return statement;
}

Ref delete_statement(Builder& b, const Json& tree) {
  allow(tree, {"table", "where", "returning", "prefixes", "ctes"});
  Ref statement = StatementBuilder::make(Kind::delete_, b.node(tree["table"]));
  append(b, statement, Clause::where, tree, "where");
  append(b, statement, Clause::returning, tree, "returning");
  append_texts(b, statement, Clause::prefix, tree, "prefixes");
  append(b, statement, Clause::cte, tree, "ctes");
  return statement;
}

constexpr std::array makers{
    Maker{"Select", &select},
    Maker{"CompoundSelect", &compound_select},
    Maker{"Insert", &insert},
    Maker{"Update", &update},
    Maker{"Delete", &delete_statement},
};

}  // namespace

std::span<const Maker> statement_makers() {
  return makers;
}

}  // namespace azoth::conformance

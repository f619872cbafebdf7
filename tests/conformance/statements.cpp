// SPDX-License-Identifier: MIT
// SELECT, its set operations, and SELECT in text.
#include "conformance/statement_parts.hpp"
#include <azoth/sql/expression.hpp>
#include <azoth/sql/savepoint.hpp>

#include <array>

namespace azoth::conformance {

using namespace sql;

namespace {

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
  if (const Json* fetch = find(tree, "fetch")) {
    StatementBuilder::append(
        statement,
        Clause::fetch,
        make_node<Fetch>(
            b.node(*fetch), flag(tree, "fetch_with_ties"), flag(tree, "fetch_percent")));
  }
  append_locking(b, statement, tree);
  append(b, statement, Clause::cte, tree, "ctes");
  set_label_style(statement, tree);
}

void append_joins(Builder& b, Ref& statement, const Json& tree, const Refs& columns) {
  if (const Json* joins = find(tree, "joins")) {
    for (const Json& step : *joins) {
      allow(step, {"target", "onclause", "from", "isouter", "full"});
      StatementBuilder::append(statement,
                               Clause::join,
                               make_node<JoinStep>(b.optional(step, "from"),
                                                   b.node(step["target"]),
                                                   b.optional(step, "onclause"),
                                                   flag(step, "isouter"),
                                                   flag(step, "full"),
                                                   columns));
    }
  }
}

// Joins made ahead of with_only_columns() look at the columns of that time.
void append_earlier_joins(Builder& b, Ref& statement, const Json& tree) {
  if (const Json* entities = find(tree, "memoized_entities")) {
    for (const Json& earlier : *entities) {
      append_joins(b, statement, earlier, b.list(earlier, "columns"));
    }
  }
}

// An empty list is told from an absent one by NULL, which is no FROM element.
void append_correlation(Builder& b, Ref& statement, const Json& tree) {
  for (const auto& [name, clause] : {std::pair("correlate", Clause::correlate),
                                     std::pair("correlate_except", Clause::correlate_except)}) {
    if (const Json* list = find(tree, name)) {
      append(b, statement, clause, tree, name);
      if (list->empty()) {
        StatementBuilder::append(statement, clause, sql::null());
      }
    }
  }
  if (!flag(tree, "auto_correlate", true)) {
    StatementBuilder::set_flag(statement, Flag::no_auto_correlate);
  }
}

Ref select(Builder& b, const Json& tree) {
  allow(tree, {"columns",          "from",        "joins",           "where",
               "having",           "group_by",    "order_by",        "limit",
               "offset",           "fetch",       "fetch_with_ties", "fetch_percent",
               "distinct",         "distinct_on", "auto_correlate",  "correlate",
               "correlate_except", "for_update",  "label_style",     "prefixes",
               "suffixes",         "hints",       "statement_hints", "ctes",
               "memoized_entities"});
  Ref statement = StatementBuilder::make(Kind::select);
  append(b, statement, Clause::column, tree, "columns");
  append(b, statement, Clause::from, tree, "from");
  append_earlier_joins(b, statement, tree);
  append_joins(b, statement, tree, {});
  append(b, statement, Clause::where, tree, "where");
  append(b, statement, Clause::having, tree, "having");
  append(b, statement, Clause::distinct_on, tree, "distinct_on");
  append_correlation(b, statement, tree);
  append_texts(b, statement, Clause::prefix, tree, "prefixes");
  append_texts(b, statement, Clause::suffix, tree, "suffixes");
  append_hints(b, statement, tree);
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
         "fetch",
         "fetch_with_ties",
         "fetch_percent",
         "for_update",
         "label_style",
         "ctes",
         "correlate",
         "auto_correlate"});
  Ref statement = StatementBuilder::make(Kind::compound_select);
  StatementBuilder::set_set_op(statement, set_op(text(tree, "keyword")));
  append(b, statement, Clause::member, tree, "selects");
  append_correlation(b, statement, tree);
  append_order(b, statement, tree);
  return statement;
}

Ref textual_select(Builder& b, const Json& tree) {
  allow(tree, {"text", "columns", "positional", "ctes"});
  Ref statement = StatementBuilder::make(Kind::text_select);
  StatementBuilder::append(statement, Clause::text, b.node(tree["text"]));
  append(b, statement, Clause::column, tree, "columns");
  append(b, statement, Clause::cte, tree, "ctes");
  if (flag(tree, "positional")) {
    StatementBuilder::set_flag(statement, Flag::is_positional);
  }
  return statement;
}

template <Kind kind>
Ref savepoint(Builder&, const Json& tree) {
  allow(tree, {"ident"});
  return make_node<Savepoint>(kind, text(tree, "ident"));
}

constexpr std::array makers{
    Maker{"SavepointClause", &savepoint<Kind::savepoint>},
    Maker{"RollbackToSavepointClause", &savepoint<Kind::rollback_to_savepoint>},
    Maker{"ReleaseSavepointClause", &savepoint<Kind::release_savepoint>},
    Maker{"Select", &select},
    Maker{"CompoundSelect", &compound_select},
    Maker{"TextualSelect", &textual_select},
};

}  // namespace

std::span<const Maker> statement_makers() {
  return makers;
}

}  // namespace azoth::conformance

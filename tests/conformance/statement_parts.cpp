// SPDX-License-Identifier: MIT
// Appends what SELECT and the statements that change rows have in common.
#include "conformance/statement_parts.hpp"

namespace azoth::conformance {

using namespace sql;

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

void append_hints(Builder& b, Ref& statement, const Json& tree) {
  for (const auto& [name, clause] :
       {std::pair("hints", Clause::hint), std::pair("statement_hints", Clause::statement_hint)}) {
    if (const Json* hints = find(tree, name)) {
      for (const Json& hint : *hints) {
        StatementBuilder::append(
            statement,
            clause,
            make_node<Hint>(
                b.optional(hint, "selectable"), text(hint, "dialect"), text(hint, "text")));
      }
    }
  }
}

}  // namespace azoth::conformance

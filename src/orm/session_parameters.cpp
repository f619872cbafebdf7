// SPDX-License-Identifier: MIT
// Values given to a select at its execution in a session. They are put into the statement, since
// what loaders derive from it (subqueries that find the parents again) needs them too.
#include <azoth/orm/session_execution.hpp>
#include <azoth/sql/elements.hpp>
#include <azoth/sql/visitors.hpp>

#include <map>

namespace azoth {

sql::Ref SessionExecution::with_values(const sql::Ref& statement, const Params& params) {
  std::map<const sql::Node*, sql::Ref> made;  // a parameter that stands twice stays one
  return sql::replacement_traverse(statement, [&](const sql::Ref& node) -> sql::Ref {
    if (node->kind() != sql::Kind::bind) {
      return {};
    }
    const auto& bind = sql::as<sql::BindParameter>(node);
    const Value* value = params.find(bind.key);
    const std::vector<Value>* list = params.find_list(bind.key);
    if (bind.is_unique || (value == nullptr && list == nullptr)) {
      return {};
    }
    sql::Ref& given = made[node.get()];
    if (!given) {
      auto copy = std::make_unique<sql::BindParameter>(bind.key, bind.type());
      copy->is_unique = false;
      copy->is_expanding = bind.is_expanding;
      copy->is_literal_execute = bind.is_literal_execute;
      copy->is_row_limit = bind.is_row_limit;
      copy->expand_op = bind.expand_op;
      if (value != nullptr) {
        copy->value = *value;
      } else {
        copy->values = *list;
      }
      sql::seal(*copy);
      given = sql::Ref::adopt(copy.release());
    }
    return given;
  });
}

}  // namespace azoth

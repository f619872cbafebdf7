// SPDX-License-Identifier: MIT
// CREATE, DROP and ALTER.
#include "conformance/builder.hpp"
#include <azoth/sql/ddl.hpp>

#include <array>

namespace azoth::conformance {

using namespace sql;

namespace {

// CREATE TABLE leaves out what has `inline: false`.
Refs altered(Builder& b, const Ref& table, const Json& definition) {
  Refs out;
  if (const Json* constraints = find(definition, "constraints")) {
    for (const Json& item : *constraints) {
      if (!flag(item, "inline", true)) {
        const SchemaPart& part = b.part(item);
        out.push_back(add_constraint(table, part.kind, part.place));
      }
    }
  }
  return out;
}

Ref create_table(Builder& b, const Json& tree) {
  allow(tree, {"element", "if_not_exists"});
  const Ref table = b.node(tree["element"]);
  return sql::create_table(
      table, flag(tree, "if_not_exists"), altered(b, table, b.definition(tree["element"])));
}

Ref drop_table(Builder& b, const Json& tree) {
  allow(tree, {"element", "if_exists"});
  return sql::drop_table(b.node(tree["element"]), flag(tree, "if_exists"));
}

Ref create_index(Builder& b, const Json& tree) {
  allow(tree, {"element", "if_not_exists"});
  const SchemaPart& part = b.part(tree["element"]);
  return sql::create_index(part.table, part.place, flag(tree, "if_not_exists"));
}

Ref drop_index(Builder& b, const Json& tree) {
  allow(tree, {"element", "if_exists"});
  const SchemaPart& part = b.part(tree["element"]);
  return sql::drop_index(part.table, part.place, flag(tree, "if_exists"));
}

Ref add_constraint(Builder& b, const Json& tree) {
  allow(tree, {"element"});
  const SchemaPart& part = b.part(tree["element"]);
  return sql::add_constraint(part.table, part.kind, part.place);
}

Ref drop_constraint(Builder& b, const Json& tree) {
  allow(tree, {"element"});
  const SchemaPart& part = b.part(tree["element"]);
  return sql::drop_constraint(part.table, part.kind, part.place);
}

constexpr std::array makers{
    Maker{"CreateTable", &create_table},
    Maker{"DropTable", &drop_table},
    Maker{"CreateIndex", &create_index},
    Maker{"DropIndex", &drop_index},
    Maker{"AddConstraint", &add_constraint},
    Maker{"DropConstraint", &drop_constraint},
};

}  // namespace

std::span<const Maker> ddl_makers() {
  return makers;
}

}  // namespace azoth::conformance

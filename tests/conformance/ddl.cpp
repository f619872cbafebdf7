// SPDX-License-Identifier: MIT
// CREATE, DROP, ALTER and COMMENT.
#include "conformance/schema_parts.hpp"
#include <azoth/sql/ddl.hpp>

#include <array>

namespace azoth::conformance {

using namespace sql;

namespace {

Ref create_table(Builder& b, const Json& tree) {
  allow(tree, {"element", "if_not_exists", "include_foreign_key_constraints"});
  const Ref table = b.node(tree["element"]);
  const Json* included = find(tree, "include_foreign_key_constraints");
  if (!included || included->is_null()) {
    return sql::create_table(table, flag(tree, "if_not_exists"));
  }
  std::vector<std::size_t> keys;
  for (const Json& key : *included) {
    keys.push_back(b.part(key).place);
  }
  return sql::create_table_with_keys(table, keys, flag(tree, "if_not_exists"));
}

Ref drop_table(Builder& b, const Json& tree) {
  allow(tree, {"element", "if_exists"});
  return sql::drop_table(b.node(tree["element"]), flag(tree, "if_exists"));
}

Ref create_index(Builder& b, const Json& tree) {
  allow(tree, {"element", "if_not_exists"});
  const Json& element = b.definition(tree["element"]);
  if (!b.is_part(element)) {
    return sql::create_index(index(b, element));
  }
  const SchemaPart& part = b.part(element);
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
  allow(tree, {"element", "cascade"});
  const SchemaPart& part = b.part(tree["element"]);
  return sql::drop_constraint(part.table, part.kind, part.place, flag(tree, "cascade"));
}

// A column of a table by key; calls `make` with the table and the column's place.
template <class F>
Ref of_column(Builder& b, const Json& tree, F make) {
  const Ref node = b.node(tree);
  if (node->kind() != Kind::column) {
    throw CannotBuild("DDL of a column without table");
  }
  const auto& column = as<ColumnNode>(node);
  return make(Ref(column.owner), column.index);
}

Ref create_column(Builder& b, const Json& tree) {
  allow(tree, {"element"});
  const Json& element = b.definition(tree["element"]);
  if (text(element, "class") == "Column") {
    return sql::create_column(column(b, element));
  }
  return of_column(b, element, [](const Ref& table, std::size_t place) {
    return sql::create_column(table, place);
  });
}

template <Ref (*Make)(const Ref&)>
Ref of_element(Builder& b, const Json& tree) {
  allow(tree, {"element"});
  return Make(b.node(tree["element"]));
}

template <Ref (*Make)(const Ref&, std::size_t)>
Ref of_column_element(Builder& b, const Json& tree) {
  allow(tree, {"element"});
  return of_column(b, tree["element"], Make);
}

template <Ref (*Make)(TypePtr)>
Ref of_type(Builder& b, const Json& tree) {
  allow(tree, {"element"});
  return Make(b.type(tree["element"]));
}

std::optional<bool> quote_of(const Json& tree) {
  const Json* quote = find(tree, "quote");
  return quote && !quote->is_null() ? std::optional(quote->get<bool>()) : std::nullopt;
}

Ref create_schema(Builder&, const Json& tree) {
  allow(tree, {"element", "quote"});
  return sql::create_schema(plain_name(tree["element"]), quote_of(tree));
}

Ref drop_schema(Builder&, const Json& tree) {
  allow(tree, {"element", "quote", "cascade"});
  return sql::drop_schema(plain_name(tree["element"]), flag(tree, "cascade"), quote_of(tree));
}

Ref ddl_text(Builder& b, const Json& tree) {
  allow(tree, {"element", "statement", "context"});
  std::vector<std::pair<std::string, std::string>> context;
  if (const Json* values = find(tree, "context"); values && !values->is_null()) {
    const Json* pairs = find(*values, "$dict");
    for (const auto& [name, value] : values->items()) {
      if (!pairs) {
        context.emplace_back(name, value.is_string() ? value.get<std::string>() : value.dump());
      }
    }
    for (std::size_t i = 0; pairs && i < pairs->size(); ++i) {
      const Json& value = (*pairs)[i][1];
      context.emplace_back((*pairs)[i][0].get<std::string>(),
                           value.is_string() ? value.get<std::string>() : value.dump());
    }
  }
  return sql::ddl(tree["statement"].get<std::string>(), b.optional(tree, "element"), context);
}

constexpr std::array makers{
    Maker{"CreateTable", &create_table},
    Maker{"DropTable", &drop_table},
    Maker{"CreateIndex", &create_index},
    Maker{"DropIndex", &drop_index},
    Maker{"AddConstraint", &add_constraint},
    Maker{"DropConstraint", &drop_constraint},
    Maker{"CreateColumn", &create_column},
    Maker{"CreateSequence", &of_element<&sql::create_sequence>},
    Maker{"DropSequence", &of_element<&sql::drop_sequence>},
    Maker{"SetTableComment", &of_element<&sql::set_table_comment>},
    Maker{"DropTableComment", &of_element<&sql::drop_table_comment>},
    Maker{"SetColumnComment", &of_column_element<&sql::set_column_comment>},
    Maker{"DropColumnComment", &of_column_element<&sql::drop_column_comment>},
    Maker{"CreateEnumType", &of_type<&sql::create_enum_type>},
    Maker{"DropEnumType", &of_type<&sql::drop_enum_type>},
    Maker{"CreateSchema", &create_schema},
    Maker{"DropSchema", &drop_schema},
    Maker{"DDL", &ddl_text},
};

}  // namespace

std::span<const Maker> ddl_makers() {
  return makers;
}

}  // namespace azoth::conformance

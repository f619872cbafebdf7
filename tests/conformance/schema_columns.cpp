// SPDX-License-Identifier: MIT
// Columns of tables, with what fills them.
#include "conformance/schema_parts.hpp"

namespace azoth::conformance {

using namespace sql;

namespace {

// A function of the client: what it returns plays no part in the text.
Value some_value() {
  return Value();
}

void read_default(Builder& b, const Json& tree, ColumnOptions& options) {
  const Json& generator = b.definition(tree);
  if (text(generator, "class") == "Sequence") {
    options.sequence = Sequence(b.node(tree));
    return;
  }
  allow(generator, {"arg", "callable"});
  if (flag(generator, "callable")) {
    options.default_function = &some_value;
  } else if (is_node(generator["arg"])) {
    options.default_expression = b.node(generator["arg"]);
  } else {
    options.default_ = value_of(generator["arg"]);
  }
}

void read_onupdate(Builder& b, const Json& tree, ColumnOptions& options) {
  const Json& generator = b.definition(tree);
  if (text(generator, "class") == "Sequence") {
    options.onupdate_expression = next_value(b.node(tree));
    return;
  }
  allow(generator, {"arg", "callable"});
  if (flag(generator, "callable")) {
    options.onupdate_function = &some_value;
  } else if (is_node(generator["arg"])) {
    options.onupdate_expression = b.node(generator["arg"]);
  } else {
    options.onupdate = value_of(generator["arg"]);
  }
}

void read_server_default(Builder& b, const Json& generator, ColumnOptions& options) {
  if (text(generator, "class") == "FetchedValue") {
    options.has_fetched_default = true;
    return;
  }
  allow(generator, {"arg"});
  if (is_node(generator["arg"])) {
    options.server_default_expression = b.node(generator["arg"]);
  } else {
    options.server_default = generator["arg"].get<std::string>();
  }
}

AutoIncrement autoincrement(const Json& value) {
  if (value.is_boolean()) {
    return value.get<bool>() ? AutoIncrement::always : AutoIncrement::never;
  }
  if (value == "ignore_fk") {
    return AutoIncrement::ignore_fk;
  }
  if (value == "auto") {
    return AutoIncrement::automatic;
  }
  throw CannotBuild("autoincrement " + value.dump());
}

Computed computed(Builder& b, const Json& tree) {
  allow(tree, {"sqltext", "persisted"});
  const Json* persisted = find(tree, "persisted");
  return Computed(
      b.node(tree["sqltext"]),
      persisted && !persisted->is_null() ? std::optional(persisted->get<bool>()) : std::nullopt);
}

Identity identity(const Json& tree) {
  Identity out;
  if (const Json* always = find(tree, "always")) {
    const bool is_word = always->is_string();  // any counts as yes
    out.always = always->is_null() ? std::nullopt : std::optional(is_word || flag(tree, "always"));
  }
  out.on_null = tree.contains("on_null") && !tree["on_null"].is_null() && flag(tree, "on_null");
  out.options = identity_options(tree);
  return out;
}

void read_generators(Builder& b, const Json& tree, ColumnOptions& options) {
  if (const Json* generator = find(tree, "default")) {
    read_default(b, *generator, options);
  }
  if (const Json* generator = find(tree, "onupdate")) {
    read_onupdate(b, *generator, options);
  }
  if (const Json* generator = find(tree, "server_default")) {
    read_server_default(b, *generator, options);
  }
  options.has_server_onupdate = tree.contains("server_onupdate");
  if (const Json* generator = find(tree, "computed")) {
    options.computed = computed(b, *generator);
  }
  if (const Json* generator = find(tree, "identity")) {
    options.identity = identity(*generator);
  }
}

}  // namespace

Column column(Builder& b, const Json& tree) {
  allow(tree,
        {"name",
         "key",
         "type",
         "primary_key",
         "nullable",
         "autoincrement",
         "default",
         "onupdate",
         "server_default",
         "server_onupdate",
         "computed",
         "identity",
         "comment",
         "system",
         "dialect_options",
         "constraints"});
  ColumnOptions options;
  options.primary_key = flag(tree, "primary_key");
  if (const Json* nullable = find(tree, "nullable"); nullable && !nullable->is_null()) {
    options.nullable = flag(tree, "nullable");
  }
  if (const Json* value = find(tree, "autoincrement")) {
    options.autoincrement = autoincrement(*value);
  }
  read_generators(b, tree, options);
  if (const Json* comment = find(tree, "comment"); comment && !comment->is_null()) {
    options.comment = comment->get<std::string>();
  }
  if (const Json* key = find(tree, "key")) {
    options.key = plain_name(*key);
  }
  options.system = flag(tree, "system");
  options.dialect_options = dialect_options(b, tree);
  if (const Json* list = find(tree, "constraints")) {
    for (const Json& item : *list) {
      options.constraints.push_back(constraint(b, item));
    }
  }
  return Column(plain_name(tree["name"]), b.type_of(tree), std::move(options));
}

}  // namespace azoth::conformance

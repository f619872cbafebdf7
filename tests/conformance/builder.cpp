// SPDX-License-Identifier: MIT
// Identities and the tables of classes.
#include "conformance/builder.hpp"

#include <azoth/sql/expression.hpp>

namespace azoth::conformance {

using namespace sql;

namespace {

using Makers = std::unordered_map<std::string_view, Ref (*)(Builder&, const Json&)>;

const Makers& makers() {
  static const Makers all = [] {
    Makers out;
    for (const auto table : {element_makers(),
                             function_makers(),
                             vendor_element_makers(),
                             selectable_makers(),
                             statement_makers(),
                             dml_makers(),
                             schema_makers(),
                             ddl_makers()}) {
      for (const Maker& maker : table) {
        out.emplace(maker.name, maker.make);
      }
    }
    return out;
  }();
  return all;
}

}  // namespace

Builder::Builder(const Json& record) : record_(record) {
  for (const char* part : {"schema", "statement"}) {
    if (const Json* tree = find(record_, part)) {
      index(*tree, nullptr);
    }
  }
}

void Builder::index(const Json& tree, const Json* table) {
  if (tree.is_object()) {
    if (const Json* identity = find(tree, "$anon")) {
      ++anonymous_[identity->get<int>()];
    }
    if (text(tree, "class") == "Table") {
      table = &tree;
    }
    if (const Json* id = find(tree, "$id")) {
      definitions_.emplace(id->get<int>(), &tree);
      if (table && table != &tree) {
        tables_of_parts_.emplace(id->get<int>(), table);
      }
    }
  }
  if (tree.is_structured()) {
    for (const Json& child : tree) {
      index(child, table);
    }
  }
}

void Builder::build_schema() {
  const Json* schema = find(record_, "schema");
  for (const char* part : {"sequences", "tables"}) {
    if (const Json* items = schema ? find(*schema, part) : nullptr) {
      for (const Json& item : *items) {
        node(item);
      }
    }
  }
}

const Json& Builder::definition(const Json& tree) const {
  const Json* reference = tree.is_object() ? find(tree, "$ref") : nullptr;
  if (!reference) {
    return tree;
  }
  const auto it = definitions_.find(reference->get<int>());
  if (it == definitions_.end()) {
    throw CannotBuild("reference to nothing");
  }
  return *it->second;
}

namespace {

// The content of a tree: objects with an identity are told by that.
Json content(const Json& tree, bool is_root) {
  if (const Json* id = tree.is_object() && !is_root ? find(tree, "$id") : nullptr) {
    return Json{{"$ref", *id}};
  }
  Json out = tree;
  if (is_root) {
    out.erase("$id");
  }
  if (out.is_structured()) {
    for (Json& child : out) {
      child = content(child, false);
    }
  }
  return out;
}

}  // namespace

// SQLAlchemy copies elements that it changes; where a copy has come out like its original, the two
// share an anonymous name or a clone group. Nodes never change: such copies are one node. Returns
// an empty text for what has no copies.
std::string Builder::copy_key(const Json& tree) const {
  bool is_copied = tree.contains("clone_group");
  for (const char* attribute : {"name", "key"}) {
    const Json* name = find(tree, attribute);
    const Json* identity = name && name->is_object() ? find(*name, "$anon") : nullptr;
    is_copied |= identity && anonymous_.at(identity->get<int>()) > 1;
  }
  return is_copied ? content(tree, true).dump() : std::string();
}

Ref Builder::node(const Json& tree) {
  const Json& defined = definition(tree);
  if (const std::string key = copy_key(defined); !key.empty()) {
    Copied& made = copies_[key];
    made.objects.insert(&defined);
    made.node = made.node ? made.node : make(defined);
    return made.node;
  }
  const Json* id = find(defined, "$id");
  if (!id) {
    return make(defined);
  }
  const int key = id->get<int>();
  if (const auto it = built_.find(key); it != built_.end()) {
    return it->second;
  }
  if (!open_.insert(key).second) {
    throw CannotBuild("cycle of references");
  }
  Ref made = make(defined);
  open_.erase(key);
  built_.emplace(key, made);
  return made;
}

std::size_t Builder::copies_of(const sql::Node* node) const {
  for (const auto& [key, made] : copies_) {
    if (made.node.get() == node) {
      return made.objects.size();
    }
  }
  return 1;
}

Ref Builder::make(const Json& tree) {
  if (tree.contains("$col")) {
    return column(tree);
  }
  const Json* name = find(tree, "class");
  if (!name) {
    throw CannotBuild("tree " + tree.dump().substr(0, 60));
  }
  const auto it = makers().find(name->get_ref<const std::string&>());
  if (it == makers().end()) {
    throw CannotBuild("class " + name->get<std::string>());
  }
  return it->second(*this, tree);
}

Ref Builder::optional(const Json& tree, const char* name) {
  const Json* child = find(tree, name);
  return child && !child->is_null() ? node(*child) : Ref();
}

Refs Builder::list(const Json& tree, const char* name) {
  Refs out;
  if (const Json* children = find(tree, name)) {
    for (const Json& child : *children) {
      out.push_back(node(child));
    }
  }
  return out;
}

Ref Builder::node_or_value(const Json& tree, TypePtr type) {
  return is_node(tree) ? node(tree) : bind(value_of(tree), {}, type);
}

Ref Builder::column(const Json& tree) {
  const Ref keep = node(tree["of"]);
  const auto* from = dynamic_cast<const FromNode*>(keep.get());
  if (!from) {
    throw CannotBuild("columns of class " + text(definition(tree["of"]), "class"));
  }
  const FromNode& owner = *from;
  if (const Json* place = find(tree, "index")) {
    if (place->get<std::size_t>() < owner.specs().size()) {
      return owner.column(place->get<std::size_t>());
    }
    throw CannotBuild("column by position: the owner has fewer");
  }
  const Ref found = owner.find(plain_name(tree["$col"]));
  if (!found) {
    throw CannotBuild("column by key: the " + text(definition(tree["of"]), "class") +
                      " has none of that key");
  }
  return found;
}

const MetaData& Builder::metadata(const Json& tree) {
  const Json& defined = definition(tree);
  const int id = number(defined, "$id");
  const auto known = metadata_.find(id);
  if (known != metadata_.end()) {
    return known->second;
  }
  allow(defined, {"schema", "naming_convention"});
  MetaDataOptions options;
  if (const Json* schema = find(defined, "schema"); schema && !schema->is_null()) {
    options.schema = plain_name(*schema);
  }
  if (const Json* convention = find(defined, "naming_convention")) {
    options.naming_convention.clear();
    for (const auto& [key, text] : convention->items()) {
      options.naming_convention.emplace_back(key, text.get<std::string>());
    }
  }
  return metadata_.emplace(id, MetaData(std::move(options))).first->second;
}

void Builder::note_node(const Json& tree, const Ref& node) {
  if (const Json* id = find(tree, "$id")) {
    built_.emplace(id->get<int>(), node);
  }
}

void Builder::note_part(const Json& tree, SchemaPart part) {
  if (const Json* id = find(tree, "$id")) {
    parts_.emplace(id->get<int>(), std::move(part));
  }
}

bool Builder::is_part(const Json& tree) const {
  return tables_of_parts_.contains(number(definition(tree), "$id"));
}

const SchemaPart& Builder::part(const Json& tree) {
  const int id = number(definition(tree), "$id");
  if (const auto table = tables_of_parts_.find(id); table != tables_of_parts_.end()) {
    node(*table->second);
  }
  const auto it = parts_.find(id);
  if (it == parts_.end()) {
    throw CannotBuild("DDL of a part without table");
  }
  return it->second;
}

}  // namespace azoth::conformance

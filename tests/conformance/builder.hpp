// SPDX-License-Identifier: MIT
// Builds one record's statement from its tree, through the library's public functions and nodes. A
// class of the trees is one small function in a table; what the library lacks throws CannotBuild.
#pragma once
#include "conformance/json.hpp"
#include "conformance/names.hpp"
#include <azoth/sql/statement.hpp>
#include <azoth/sql/table_node.hpp>

#include <map>
#include <set>
#include <span>
#include <unordered_map>

namespace azoth::conformance {

class Builder;

/// Makes the node of one class of the trees.
struct Maker {
  std::string_view name;
  sql::Ref (*make)(Builder&, const Json&);
};

// The tables, by file.
std::span<const Maker> element_makers();
std::span<const Maker> function_makers();
std::span<const Maker> vendor_element_makers();
std::span<const Maker> selectable_makers();
std::span<const Maker> statement_makers();
std::span<const Maker> dml_makers();
std::span<const Maker> schema_makers();
std::span<const Maker> ddl_makers();

/// Where a constraint or an index of a table stands in its TableNode.
struct SchemaPart {
  sql::Ref table;
  bool is_index = false;
  ConstraintKind kind = ConstraintKind::check;
  std::size_t place = 0;
};

/// Builds the nodes of one record; objects with an identity are made once.
class Builder {
 public:
  /// Indexes the record's identities. The record must outlive the builder.
  explicit Builder(const Json& record);

  /// Builds the tables and sequences of the record, which may refer to each other by name.
  void build_schema();

  /// Builds a node: an object with `class`, a reference, or a column. @throws CannotBuild
  sql::Ref node(const Json& tree);
  /// Builds the node of an attribute, or an empty handle when it is absent.
  sql::Ref optional(const Json& tree, const char* name);
  /// Builds the nodes of an attribute that is a list.
  sql::Refs list(const Json& tree, const char* name);
  /// Builds a node of what may be a plain value: a bind parameter of it.
  sql::Ref node_or_value(const Json& tree, TypePtr type = nullptr);

  /// Returns a type: `{"type": ...}`.
  TypePtr type(const Json& tree);
  /// Returns the type of a node's attribute `type`; the unknown type when it is absent.
  TypePtr type_of(const Json& tree);

  /// Builds an expression around values or columns of a type, in which `$self` is that type.
  const sql::Node* expression_of_type(const Json& tree, TypePtr self);

  /// Returns how many objects of the record a node stands for: more than one, if they are copies.
  std::size_t copies_of(const sql::Node* node) const;

  /// Returns the definition that a reference stands for, or the tree itself.
  const Json& definition(const Json& tree) const;
  /// Returns the MetaData of a definition, the same for each reference.
  const MetaData& metadata(const Json& tree);
  /// Notes the node of an identity while it is still being built.
  void note_node(const Json& tree, const sql::Ref& node);
  /// Notes where a constraint or index stands, for the DDL that refers to it.
  void note_part(const Json& tree, SchemaPart part);
  /// Says whether a constraint or index is part of a table.
  bool is_part(const Json& tree) const;
  /// Returns where a constraint or index stands; builds its table if need be.
  const SchemaPart& part(const Json& tree);

 private:
  struct Copied {
    sql::Ref node;
    std::set<const Json*> objects;
  };

  void index(const Json& tree, const Json* table);
  std::string copy_key(const Json& tree) const;
  sql::Ref column(const Json& tree);
  sql::Ref make(const Json& tree);

  const Json& record_;
  std::unordered_map<int, const Json*> definitions_;
  std::unordered_map<int, const Json*> tables_of_parts_;  // the table whose part an identity is
  std::unordered_map<int, sql::Ref> built_;
  std::map<int, int> anonymous_;          // how often each anonymous name stands in the record
  std::map<std::string, Copied> copies_;  // by content, of what may have several copies
  std::set<int> open_;                    // being built: a reference to one of them is a cycle
  TypePtr self_type_ = nullptr;           // while an expression of a type is built
  std::map<int, MetaData> metadata_;
  std::map<int, SchemaPart> parts_;
};

/// Returns the operator of that name.
/// @throws CannotBuild for operators that the library does not have.
sql::Op operator_of(const Json& tree);

}  // namespace azoth::conformance

// SPDX-License-Identifier: MIT
// Sequences, and columns that a database numbers, as a program declares them. The nodes that stand
// for a sequence and its next value in statements are in sequence_node.hpp.
#pragma once
#include <azoth/fwd.hpp>
#include <azoth/sql/node.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace azoth {

struct AnyType;

/// How numbers are counted; what is not given is the database's choice.
struct IdentityOptions {
  std::optional<std::int64_t> start{}, increment{}, minvalue{}, maxvalue{};
  std::optional<bool> nominvalue{}, nomaxvalue{};  ///< given: NO MINVALUE, NO MAXVALUE
  std::optional<bool> cycle{};
  std::optional<std::int64_t> cache{};
  std::optional<bool> order{};  ///< Oracle: in the order of requests
};

/// Declares a column that the database numbers: GENERATED ... AS IDENTITY.
struct Identity {
  std::optional<bool> always = false;  ///< not BY DEFAULT; without a value Oracle's own choice
  bool on_null = false;                ///< Oracle: ON NULL
  IdentityOptions options{};
};

/// The keyword arguments of `Sequence`.
struct SequenceOptions {
  IdentityOptions options{};
  std::optional<std::string> schema{};  ///< default: that of the MetaData
  TypePtr data_type = nullptr;
  bool optional = false;  ///< only for databases that have no other way to number a key
};

namespace sql {

struct MetaDataState;

/// Makes the expression of a sequence's next value; Integer when neither is of a type.
Ref next_value(const Ref& sequence, TypePtr type = nullptr);

}  // namespace sql

/// A sequence of the schema. A cheap handle.
class Sequence {
 public:
  explicit Sequence(std::string_view name, SequenceOptions options = {});
  /// Declares a sequence that `create_all` makes with the tables.
  Sequence(std::string_view name, const MetaData& metadata, SequenceOptions options = {});

  explicit Sequence(sql::Ref node) : node_(std::move(node)) {}

  /// Returns the sequence's next value as an expression.
  Expr<AnyType> next_value() const;

  const sql::Ref& node() const { return node_; }

 private:
  sql::Ref node_;
};

}  // namespace azoth

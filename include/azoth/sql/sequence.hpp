// SPDX-License-Identifier: MIT
// Sequences, and columns that a database numbers: their declarations, and the nodes of a sequence
// and of its next value. Their text is made in compile/.
#pragma once
#include <azoth/fwd.hpp>
#include <azoth/sql/node_of.hpp>

#include <cstdint>
#include <memory>
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

/// A sequence; immutable.
struct SequenceNode final : NodeOf<SequenceNode> {
  SequenceNode(std::string_view n, SequenceOptions o)
      : NodeOf(Kind::sequence),
        name(n),
        schema(o.schema.value_or(std::string())),
        options(o.options),
        data_type(o.data_type),
        is_optional(o.optional) {}

  std::string name, schema;
  IdentityOptions options;
  TypePtr data_type;  ///< may be null
  bool is_optional;

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.name, s.schema, s.is_optional);
  }
};

/// The next value of a sequence, as an expression.
struct NextValue final : NodeOf<NextValue> {
  NextValue(Ref s, TypePtr t) : NodeOf(Kind::next_value, t), sequence(std::move(s)) {}

  Ref sequence;  ///< a SequenceNode

  template <class S, class F>
  static void fields(S& s, F&& f) {
    f(s.sequence);
  }
};

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

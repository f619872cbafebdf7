// SPDX-License-Identifier: MIT
// The nodes of a sequence and of its next value. Their text is made in compile/.
#pragma once
#include <azoth/sql/node_of.hpp>
#include <azoth/sql/sequence.hpp>

#include <string>
#include <string_view>

namespace azoth::sql {

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

}  // namespace azoth::sql

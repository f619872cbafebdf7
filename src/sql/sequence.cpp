// SPDX-License-Identifier: MIT
// Declarations of sequences, and their next values.
#include <azoth/sql/expr.hpp>
#include <azoth/sql/sequence_node.hpp>
#include <azoth/sql/table_node.hpp>

namespace azoth {

namespace sql {

Ref next_value(const Ref& sequence, TypePtr type) {
  const TypePtr own = as<SequenceNode>(sequence).data_type;
  return make_node<NextValue>(sequence, type ? type : own ? own : types::Integer());
}

}  // namespace sql

Sequence::Sequence(std::string_view name, SequenceOptions options)
    : node_(sql::make_node<sql::SequenceNode>(name, std::move(options))) {}

Sequence::Sequence(std::string_view name, const MetaData& metadata, SequenceOptions options)
    : Sequence(name, [&] {
        if (!options.schema) {
          options.schema = metadata.state()->schema;
        }
        return std::move(options);
      }()) {
  metadata.state()->sequences.push_back(node_);
}

Any Sequence::next_value() const {
  return Any(sql::next_value(node_));
}

}  // namespace azoth

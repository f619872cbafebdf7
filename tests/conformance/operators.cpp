// SPDX-License-Identifier: MIT
// The operators' names in the records.
#include "conformance/builder.hpp"

#include <algorithm>
#include <array>

namespace azoth::conformance {

using sql::Op;

namespace {

struct NamedOp {
  std::string_view name;
  Op op;
};

constexpr std::array operators{
    NamedOp{"eq", Op::eq},
    NamedOp{"ne", Op::ne},
    NamedOp{"lt", Op::lt},
    NamedOp{"le", Op::le},
    NamedOp{"gt", Op::gt},
    NamedOp{"ge", Op::ge},
    NamedOp{"add", Op::add},
    NamedOp{"sub", Op::sub},
    NamedOp{"mul", Op::mul},
    NamedOp{"truediv", Op::div},
    NamedOp{"mod", Op::mod},
    NamedOp{"neg", Op::neg},
    NamedOp{"and_", Op::and_},
    NamedOp{"or_", Op::or_},
    NamedOp{"not_", Op::not_},
    NamedOp{"concat_op", Op::concat},
    NamedOp{"is_", Op::is},
    NamedOp{"is_not", Op::is_not},
    NamedOp{"is_distinct_from", Op::is_distinct_from},
    NamedOp{"is_not_distinct_from", Op::is_not_distinct_from},
    NamedOp{"in_op", Op::in},
    NamedOp{"not_in_op", Op::not_in},
    NamedOp{"between_op", Op::between},
    NamedOp{"not_between_op", Op::not_between},
    NamedOp{"like_op", Op::like},
    NamedOp{"not_like_op", Op::not_like},
    NamedOp{"ilike_op", Op::ilike},
    NamedOp{"not_ilike_op", Op::not_ilike},
    NamedOp{"startswith_op", Op::startswith},
    NamedOp{"not_startswith_op", Op::not_startswith},
    NamedOp{"endswith_op", Op::endswith},
    NamedOp{"not_endswith_op", Op::not_endswith},
    NamedOp{"contains_op", Op::contains},
    NamedOp{"not_contains_op", Op::not_contains},
    NamedOp{"match_op", Op::match},
    NamedOp{"not_match_op", Op::not_match},
    NamedOp{"regexp_match_op", Op::regexp_match},
    NamedOp{"not_regexp_match_op", Op::not_regexp_match},
    NamedOp{"regexp_replace_op", Op::regexp_replace},
    NamedOp{"getitem", Op::getitem},
    NamedOp{"json_getitem_op", Op::json_getitem},
    NamedOp{"json_path_getitem_op", Op::json_path_getitem},
    NamedOp{"collate", Op::collate},
    NamedOp{"any_op", Op::any_},
    NamedOp{"all_op", Op::all_},
    NamedOp{"distinct_op", Op::distinct},
    NamedOp{"asc_op", Op::asc},
    NamedOp{"desc_op", Op::desc},
    NamedOp{"nulls_first_op", Op::nulls_first},
    NamedOp{"nulls_last_op", Op::nulls_last},
    NamedOp{"comma_op", Op::comma},
    NamedOp{"is_true", Op::is_true},
    NamedOp{"is_false", Op::is_false},
};

}  // namespace

Op operator_of(const Json& tree) {
  if (!tree.is_string()) {
    return Op::custom;
  }
  const auto& name = tree.get_ref<const std::string&>();
  const auto it = std::find_if(
      operators.begin(), operators.end(), [&](const NamedOp& row) { return row.name == name; });
  if (it == operators.end()) {
    throw CannotBuild("operator " + name);
  }
  return it->op;
}

}  // namespace azoth::conformance

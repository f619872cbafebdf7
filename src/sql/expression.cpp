// SPDX-License-Identifier: MIT
// Elements: binds, constants, text, labels, functions, FROM elements. What operators do stands in
// operations.cpp.
#include <azoth/base/error.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/text_scanner.hpp>

#include <algorithm>

namespace azoth::sql {
namespace {

TypePtr type_of(const Literal& value) {
  switch (value.kind()) {
    case ValueKind::null:
      return types::null_type();
    case ValueKind::boolean:
      return types::Boolean();
    case ValueKind::integer:
      return types::Integer();
    case ValueKind::real:
      return types::Float();
    case ValueKind::text:
      return types::String();
    case ValueKind::blob:
      return types::LargeBinary();
    case ValueKind::decimal:
      return types::Numeric();
    case ValueKind::date:
      return types::Date();
    case ValueKind::time:
      return types::Time();
    case ValueKind::datetime:
      return types::DateTime();
    case ValueKind::interval:
      return types::Interval();
    case ValueKind::uuid:
      return types::Uuid();
    case ValueKind::list:
      return types::null_type();
  }
  return types::null_type();
}

// A value compared with an expression takes the expression's type when that can hold it, else its
// own.
TypePtr compared_type(TypePtr context, const Literal& value) {
  const TypePtr own = type_of(value);
  if (own == context) {
    return own;
  }
  if (!context || context->kind == TypeKind::null) {
    return own;
  }
  const bool is_text_of_uuid = context->kind == TypeKind::uuid && value.kind() == ValueKind::text;
  if (context->kind == TypeKind::decorator || value.kind() == ValueKind::list || is_text_of_uuid) {
    return context;  // a user's type takes whatever it is compared with; lists are those of arrays
  }
  if (value.is_null() || own->family() == context->family()) {
    // an integer beside a Numeric keeps its own type, and so does a decimal beside an Integer
    const bool integral_context = context->kind == TypeKind::integer ||
                                  context->kind == TypeKind::small_integer ||
                                  context->kind == TypeKind::big_integer;
    if (!value.is_null() && own->family() == TypeFamily::number &&
        integral_context != (value.kind() == ValueKind::integer)) {
      return own;
    }
    return context;
  }
  return own;
}

Ref eternal(Ref ref) {
  NodeAccess::set_eternal(*ref);
  return ref;
}

}  // namespace

Ref bind(const Literal& value, std::string_view name, TypePtr type) {
  return make_node<BindParameter>(
      name.empty() ? std::string_view("param") : name, compared_type(type, value), value);
}

Ref bindparam(std::string_view name, TypePtr type) {
  auto* node = new BindParameter(name, type ? type : types::null_type());
  Ref ref = Ref::adopt(node);
  node->is_unique = false;
  node->is_required = true;
  seal(*node);
  return ref;
}

Ref bindparam(std::string_view name, const Literal& value, TypePtr type) {
  auto* node = new BindParameter(name, type ? type : type_of(value), value);
  Ref ref = Ref::adopt(node);
  node->is_unique = false;
  seal(*node);
  return ref;
}

Ref expanding(std::span<const Literal> values, std::string_view name, TypePtr type, Op op) {
  const bool is_row = type && type->kind == TypeKind::tuple;  // the values are rows, one by one
  const TypePtr t = values.empty() || is_row ? (type ? type : types::null_type())
                                             : compared_type(type, values.front());
  auto* node = new BindParameter(name.empty() ? std::string_view("param") : name, t);
  Ref ref = Ref::adopt(node);
  node->is_expanding = true;
  node->expand_op = op;
  node->values.assign(values.begin(), values.end());
  seal(*node);
  return ref;
}

const Ref& null() {
  static const Ref& r = *new Ref(eternal(make_node<Constant>(Kind::null, types::null_type())));
  return r;
}

const Ref& true_() {
  static const Ref& r = *new Ref(eternal(make_node<Constant>(Kind::true_, types::Boolean())));
  return r;
}

const Ref& false_() {
  static const Ref& r = *new Ref(eternal(make_node<Constant>(Kind::false_, types::Boolean())));
  return r;
}

Ref text(std::string_view sql, TypePtr type) {
  auto* node = new TextClause(sql, type ? type : types::null_type());
  Ref ref = Ref::adopt(node);
  std::vector<std::string_view> seen;
  for (TextToken token = next_token(sql, 0); token.kind != TextToken::Kind::end;
       token = next_token(sql, token.end)) {
    if (token.kind == TextToken::Kind::parameter &&
        std::find(seen.begin(), seen.end(), token.text) == seen.end()) {
      seen.push_back(token.text);
      node->binds.push_back(bindparam(token.text, nullptr));
    }
  }
  seal(*node);
  return ref;
}

Ref column(std::string_view name, TypePtr type) {
  return make_node<ColumnClause>(name, type ? type : types::null_type());
}

Ref literal_column(std::string_view sql, TypePtr type) {
  return make_node<ColumnClause>(sql, type ? type : types::null_type(), true);
}

std::string_view bind_name(const Ref& element) {
  switch (element->kind()) {
    case Kind::column: {
      // Mapped columns have the names of attributes as keys, which say nothing in SQL.
      const auto& column = as<ColumnNode>(element);
      const bool is_of_alias = column.owner->kind() == Kind::alias && column.base();
      const FromNode& owner = is_of_alias && column.base()->kind() == Kind::column
                                  ? *as<ColumnNode>(column.base()).owner
                                  : *column.owner;
      const bool is_mapped =
          owner.kind() == Kind::table && NodeAccess::keep(owner) == Keep::eternal;
      return is_mapped ? column.name() : column.key();
    }
    case Kind::column_clause: {
      const std::string& name = as<ColumnClause>(element).name;
      return std::all_of(name.begin(), name.end(), is_parameter_character) ? name
                                                                           : std::string_view();
    }
    case Kind::function:
      return as<Function>(element).name;
    default:  // labels and casts too: what they are named after is not what the value is compared
              // with
      return {};
  }
}

Ref label(Ref&& element, std::string_view name) {
  if (element->kind() == Kind::label) {
    return make_node<Label>(as<Label>(element).element, name);
  }
  return make_node<Label>(self_group(std::move(element), Op::as_), name);
}

Ref label_reference(std::string_view name) {
  return make_node<LabelReference>(name);
}

Ref cast(Ref&& element, TypePtr type) {
  return make_node<Cast>(std::move(element), type);
}

Ref type_coerce(Ref&& element, TypePtr type) {
  return make_node<Cast>(std::move(element), type, Kind::type_coerce);
}

Ref extract(std::string_view field, Ref&& element) {
  return make_node<Extract>(field, std::move(element));
}

Ref case_(Ref subject, Refs whens, Ref otherwise) {
  if (whens.empty() || whens.size() % 2) {
    throw ArgumentError("case_() needs at least one pair of condition and result");
  }
  TypePtr type = types::null_type();
  for (std::size_t i = 1; i < whens.size(); i += 2) {
    const TypePtr result = whens[i]->type();
    type = result->kind == TypeKind::null ? type : result;  // the last one decides
  }
  if (type->kind == TypeKind::null && otherwise) {
    type = otherwise->type();
  }
  return make_node<Case>(std::move(subject), std::move(whens), std::move(otherwise), type);
}

Ref tuple(Refs elements) {
  std::vector<TypePtr> element_types;
  for (const Ref& e : elements) {
    element_types.push_back(e->type());
  }
  return make_node<ClauseList>(
      Op::comma, std::move(elements), types::Tuple(std::move(element_types)), Kind::tuple);
}

Ref over(Ref&& element, Refs partition_by, Refs order_by) {
  return make_node<Over>(std::move(element), std::move(partition_by), std::move(order_by));
}

Ref exists(const Ref& select) {
  return make_node<Exists>(select);
}

Ref scalar_select(const Ref& select) {
  const Refs columns = expanded_columns(select);
  if (columns.size() != 1) {
    throw ArgumentError("Scalar subquery requires exactly one column in its columns clause, got " +
                        std::to_string(columns.size()));
  }
  return make_node<ScalarSelect>(select, columns.front()->type());
}

Ref alias(const Ref& from, std::string_view name) {
  return make_node<Alias>(Kind::alias, from, name);
}

namespace {
// Columns of a FROM element need names that tell them apart.
Ref disambiguated(const Ref& statement) {
  Ref own = statement;
  if (as<Statement>(statement).label_style == LabelStyle::none) {
    StatementBuilder::set_label_style(own, LabelStyle::disambiguate_only);
  }
  return own;
}
}  // namespace

Ref subquery(const Ref& statement, std::string_view name) {
  return make_node<Alias>(Kind::subquery, disambiguated(statement), name);
}

Ref cte(const Ref& statement, std::string_view name, bool recursive) {
  return make_node<Alias>(Kind::cte, disambiguated(statement), name, recursive);
}

void refuse_statement(const Ref& element) {
  if (element && (element->kind() == Kind::select || element->kind() == Kind::compound_select)) {
    const std::string word = element->kind() == Kind::compound_select ? "CompoundSelect" : "Select";
    throw ArgumentError("Column expression or FROM clause expected, got a " + word +
                            ". To create a FROM clause from a " + word +
                            " object, use the .subquery() method.",
                        "89ve");
  }
}

Ref join(const Ref& left, const Ref& right, Ref onclause, bool outer, bool full) {
  refuse_statement(left);
  refuse_statement(right);
  return make_node<Join>(
      left, right, onclause ? std::move(onclause) : join_condition(left, right), outer, full);
}

}  // namespace azoth::sql

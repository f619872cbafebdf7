// SPDX-License-Identifier: MIT
// Writes the tree as text for shape.hpp.
#include "unit/sql/shape.hpp"

#include <map>

namespace azoth::test {

using namespace sql;

namespace {

class Writer {
 public:
  std::string write(const Ref& e) {
    switch (e->kind()) {
      case Kind::column:
        return owner(*as<ColumnNode>(e).owner) + "." + as<ColumnNode>(e).name();
      case Kind::column_clause:
        return as<ColumnClause>(e).name;
      case Kind::bind:
        return bind(as<BindParameter>(e));
      case Kind::null:
        return "NULL";
      case Kind::true_:
        return "true";
      case Kind::false_:
        return "false";
      case Kind::text:
        return as<TextClause>(e).text;
      case Kind::binary:
        return binary(as<BinaryExpression>(e));
      case Kind::unary: {
        const auto& u = as<UnaryExpression>(e);
        const std::string op(info(u.op).text);
        return u.is_postfix ? write(u.element) + op : op + write(u.element);
      }
      case Kind::clause_list:
        return list(as<ClauseList>(e).clauses, info(as<ClauseList>(e).op).text);
      case Kind::tuple:
        return "(" + list(as<ClauseList>(e).clauses, ", ") + ")";
      case Kind::grouping:
        return "(" + write(as<Grouping>(e).element) + ")";
      case Kind::label:
        return write(as<Label>(e).element);
      case Kind::case_:
        return case_text(as<Case>(e));
      case Kind::cast:
        return "CAST(" + write(as<Cast>(e).element) + " AS " + repr(e->type()) + ")";
      case Kind::type_coerce:
        return write(as<Cast>(e).element);
      case Kind::extract:
        return "EXTRACT(" + as<Extract>(e).field + " FROM " + write(as<Extract>(e).element) + ")";
      case Kind::function:
        return as<Function>(e).name + "(" + list(as<Function>(e).arguments, ", ") + ")";
      case Kind::exists:
        return "EXISTS (SELECT)";
      case Kind::scalar_select:
        return "(SELECT)";
      case Kind::asbool:
        return (as<AsBoolean>(e).op == Op::is_false ? "NOT " : "") +
               write(as<AsBoolean>(e).element);
      case Kind::select:
        return "SELECT";
      default:
        return "?";
    }
  }

 private:
  static std::string owner(const FromNode& from) {
    switch (from.kind()) {
      case Kind::table:
        return as<TableNode>(from).name;
      case Kind::table_clause:
        return as<TableClause>(from).name;
      default:
        return as<Alias>(from).name;
    }
  }

  std::string bind(const BindParameter& b) {
    std::string name = b.key;
    if (b.is_unique) {
      const auto [at, is_new] = numbers_.try_emplace(&b, 0);
      if (is_new) {
        at->second = ++last_[b.key];
      }
      name += "_" + std::to_string(at->second);
    }
    return b.is_expanding ? "(__[POSTCOMPILE_" + name + "])" : ":" + name;
  }

  std::string binary(const BinaryExpression& b) {
    const std::string left = write(b.left);
    std::string right = write(b.right);
    switch (b.op) {
      case Op::startswith:
      case Op::not_startswith:
        right += " || '%'";
        break;
      case Op::endswith:
      case Op::not_endswith:
        right = "'%' || " + right;
        break;
      case Op::contains:
      case Op::not_contains:
        right = "'%' || " + right + " || '%'";
        break;
      default:
        break;
    }
    return left + std::string(info(b.op).text) + right +
           (b.escape.empty() ? "" : " ESCAPE '" + b.escape + "'");
  }

  std::string case_text(const Case& c) {
    std::string out = "CASE ";
    out += c.subject ? write(c.subject) + " " : "";
    for (std::size_t i = 0; i < c.whens.size(); i += 2) {
      out += "WHEN " + write(c.whens[i]);
      out += " THEN " + write(c.whens[i + 1]) + " ";
    }
    return out + (c.otherwise ? "ELSE " + write(c.otherwise) + " " : "") + "END";
  }

  std::string list(const Refs& elements, std::string_view separator) {
    std::string out;
    for (const Ref& e : elements) {
      out += (&e == &elements.front() ? "" : std::string(separator)) + write(e);
    }
    return out;
  }

  std::map<const BindParameter*, int> numbers_;
  std::map<std::string, int> last_;
};

}  // namespace

std::string shape(const Ref& element) {
  return Writer().write(element);
}

std::vector<const BindParameter*> binds_of(const Ref& element) {
  std::vector<const BindParameter*> binds;
  collect_binds(element, binds);
  return binds;
}

Hash key_of(const Ref& element) {
  std::vector<const BindParameter*> binds;
  return collect_binds(element, binds);
}

}  // namespace azoth::test

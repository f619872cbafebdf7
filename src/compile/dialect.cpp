// SPDX-License-Identifier: MIT
// The base of dialects, and the default one, which no database speaks: it prints statements.
#include <azoth/base/error.hpp>
#include <azoth/compile/ddl_compiler.hpp>
#include <azoth/compile/dialect.hpp>
#include <azoth/compile/sql_compiler.hpp>

#include <algorithm>

namespace azoth {

namespace {

bool is_ddl(const sql::Node& node) {
  return node.kind() >= sql::Kind::create_table;
}

// Values of all kinds are sent as they are.
bool sends_all(const SqlType& type) {
  return type.unchanged_kinds == SqlType::all_kinds &&
         std::all_of(type.elements.begin(), type.elements.end(), [](TypePtr element) {
           return sends_all(*element);
         });
}

}  // namespace

Compiled Dialect::compile(const sql::Ref& statement,
                          const CompileOptions& options,
                          const std::vector<const sql::BindParameter*>* binds) const {
  Compiled out;
  if (!is_ddl(*statement)) {
    out = make_compiler(options)->compile(statement, binds);
    for (BindSlot& slot : out.slots) {
      slot.type = value_type(slot.type);
      out.checks_values |= !sends_all(*slot.type);
    }
    for (ResultColumn& column : out.columns) {
      column.type = value_type(column.type);
    }
    return out;
  }
  const auto compiler = make_ddl_compiler();
  compiler->use(options);
  out.text = compiler->compile(statement);
  out.kind = StatementKind::ddl;
  out.is_cacheable = false;
  return out;
}

std::unique_ptr<SqlCompiler> Dialect::make_compiler(const CompileOptions& options) const {
  return std::make_unique<SqlCompiler>(*this, options);
}

std::unique_ptr<DdlCompiler> Dialect::make_ddl_compiler() const {
  return std::make_unique<DdlCompiler>(*this);
}

std::string Dialect::empty_in_list(sql::Op op, std::size_t columns) const {
  std::string nulls = "NULL";
  for (std::size_t i = 1; i < columns; ++i) {
    nulls += ", NULL";
  }
  if (columns > 1) {
    nulls = "(" + nulls + ")";
  }
  return nulls + (op == sql::Op::not_in ? ") OR (1 = 1" : ") AND (1 != 1");
}

std::vector<std::string> Dialect::two_phase_statements(TwoPhaseStep, std::string_view) const {
  throw InvalidRequestError("Two-phase transactions are not supported on " + std::string(name()));
}

std::string Dialect::has_type_query(std::string_view, std::string_view) const {
  return {};
}

std::string Dialect::insert_from_arrays(const Compiled&, std::string_view) const {
  return {};
}

std::string Dialect::empty_set(TypePtr) const {
  throw CompileError("Dialect '" + std::string(name()) +
                     "' does not support empty set expression.");
}

std::string to_string(const sql::Ref& statement,
                      const Dialect& dialect,
                      const CompileOptions& options) {
  return dialect.compile(statement, options).text;
}

}  // namespace azoth

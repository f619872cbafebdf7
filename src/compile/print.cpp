// SPDX-License-Identifier: MIT
// Texts for reading.
#include <azoth/compile/print.hpp>
#include <azoth/sql/statement.hpp>

#include <ostream>

namespace azoth {

CompiledStatement compile_statement(const sql::Ref& statement, const CompileArguments& arguments) {
  CompileOptions options;
  options.literal_binds = arguments.literal_binds;
  options.render_postcompile = arguments.render_postcompile;
  options.column_keys = arguments.column_keys;
  options.lint_froms = arguments.linting;
  options.schema_translate_map = arguments.schema_translate_map;
  options.render_schema_translate = arguments.schema_translate_map.has_value();
  std::vector<const sql::BindParameter*> binds;
  sql::collect_binds(statement, binds);
  const Dialect& dialect = arguments.dialect ? *arguments.dialect : printing_dialect();
  Compiled compiled = dialect.compile(statement, options, &binds);
  for (auto* slots : {&compiled.slots, &compiled.placed}) {
    for (BindSlot& slot : *slots) {
      slot.required = false;
    }
  }
  CompiledStatement out;
  out.params = construct_params(compiled, binds);
  for (const ResultColumn& column : compiled.columns) {
    out.result_columns.push_back(column.name);
  }
  out.string = std::move(compiled.text);
  out.warnings = std::move(compiled.warnings);
  return out;
}

std::ostream& print(std::ostream& out, const sql::Ref& statement) {
  return out << to_string(statement, printing_dialect());
}

}  // namespace azoth

// SPDX-License-Identifier: MIT
// DDL of everything beside tables and their constraints: indexes, comments, sequences, schemas, and
// texts of the program's own.
#include "compile/md5.hpp"
#include <azoth/base/error.hpp>
#include <azoth/compile/ddl_compiler.hpp>
#include <azoth/sql/sequence_node.hpp>

#include <algorithm>

namespace azoth {

using namespace sql;

namespace {

// The byte behind the first `count` characters.
std::size_t bytes_of(std::string_view text, std::size_t count) {
  std::size_t i = 0;
  for (; i < text.size(); ++i) {
    const bool is_initial = (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
    if (is_initial && count-- == 0) {
      break;
    }
  }
  return i;
}

}  // namespace

void DdlCompiler::put_made_name(const ConstraintName& name, std::size_t max_length) {
  const std::size_t max = max_length ? max_length : can().max_identifier_length;
  if (bytes_of(name.text, max) == name.text.size()) {
    return put_identifier(name.text);
  }
  if (!name.is_conv) {
    throw IdentifierError("Identifier '" + name.text + "' exceeds maximum length of " +
                          std::to_string(max) + " characters");
  }
  const std::string digits = compile::md5_hex(name.text);
  put_identifier(name.text.substr(0, bytes_of(name.text, max - 8)) + "_" +
                 digits.substr(digits.size() - 4));
}

void DdlCompiler::put_index_name(const IndexStatement& statement, bool with_schema) {
  const auto& table = as<TableNode>(statement.table);
  const Index& index = table.indexes[statement.index];
  if (table.name.empty()) {
    throw CompileError("Index '" + index.name.text + "' is not associated with any table.");
  }
  if (index.name.empty()) {
    throw CompileError(statement.kind() == Kind::create_index
                           ? "CREATE INDEX requires that the index have a name"
                           : "DROP INDEX requires that the index have a name");
  }
  if (with_schema) {
    put_schema(table.schema);
  }
  put_made_name(index.name, can().max_index_name_length);
}

void DdlCompiler::put_index_element(const TableNode& table, const IndexElement& element) {
  element.expression ? put_element(element.expression) : put_columns(table, {element.column});
}

void DdlCompiler::put_index_columns(const TableNode& table, const Index& index) {
  put("(");
  for (std::size_t i = 0; i < index.columns.size(); ++i) {
    put(i == 0 ? "" : ", ");
    put_index_element(table, index.columns[i]);
  }
  put(")");
}

void DdlCompiler::put_included(const TableNode& table,
                               const Index& index,
                               std::string_view option) {
  const OptionValue* columns = find_option(index.dialect_options, option);
  if (!columns || columns->list().empty()) {
    return;
  }
  put(" INCLUDE (");
  bool is_first = true;
  for (const OptionValue& column : columns->list()) {
    put(is_first ? "" : ", ");
    is_first = false;
    column.element() ? put_element(column.element()) : put_columns(table, {column.text()});
  }
  put(")");
}

void DdlCompiler::put_index_where(const Index& index, std::string_view option) {
  if (const OptionValue* where = find_option(index.dialect_options, option)) {
    put(" WHERE ");
    where->element() ? put_element(where->element()) : put(where->text());
  }
}

void DdlCompiler::render_create_index(const IndexStatement& statement) {
  const auto& table = as<TableNode>(statement.table);
  const Index& index = table.indexes[statement.index];
  put(index.is_unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
  put(statement.is_guarded ? "IF NOT EXISTS " : "");
  put_index_name(statement, false);
  put(" ON ");
  put_table(table);
  put(" ");
  put_index_columns(table, index);
}

void DdlCompiler::render_drop_index(const IndexStatement& statement) {
  put(statement.is_guarded ? "\nDROP INDEX IF EXISTS " : "\nDROP INDEX ");
  put_index_name(statement, true);
}

void DdlCompiler::render_table_statement(const TableStatement& statement) {
  const auto& table = as<TableNode>(statement.table);
  const auto column = static_cast<std::size_t>(statement.column);
  switch (statement.kind()) {
    case Kind::create_column:
      return table.columns[column].options.system ? void()
                                                  : render_column_definition(table, column);
    case Kind::set_table_comment:
      return render_table_comment(table, table.options.comment.value_or(std::string()));
    case Kind::drop_table_comment:
      return render_table_comment(table, {});
    case Kind::set_column_comment:
      return render_column_comment(
          table, column, table.columns[column].options.comment.value_or(std::string()));
    case Kind::drop_column_comment:
      return render_column_comment(table, column, {});
    default:
      throw UnsupportedCompilationError("DDLCompiler", "this kind of node");
  }
}

void DdlCompiler::render_table_comment(const TableNode& table,
                                       const std::optional<std::string>& comment) {
  put("COMMENT ON TABLE ");
  put_table(table);
  put(" IS ");
  comment ? put_literal(*comment) : put("NULL");
}

void DdlCompiler::render_column_comment(const TableNode& table,
                                        std::size_t column,
                                        const std::optional<std::string>& comment) {
  put("COMMENT ON COLUMN ");
  comment ? put_table(table) : put_identifier(table.name);
  put(".");
  put_identifier(table.columns[column].name);
  put(" IS ");
  comment ? put_literal(*comment) : put("NULL");
}

void DdlCompiler::render_sequence(const SequenceStatement& statement) {
  const auto& sequence = as<SequenceNode>(statement.sequence);
  const bool is_new = statement.kind() == Kind::create_sequence;
  put(is_new ? "CREATE SEQUENCE " : "DROP SEQUENCE ");
  put_name(sequence.schema, sequence.name);
  if (!is_new) {
    return;
  }
  render_sequence_type(sequence);
  IdentityOptions options = sequence.options;
  options.start = options.start.value_or(1);
  put(" ");
  put(identity_options(options));
}

void DdlCompiler::render_sequence_type(const SequenceNode&) {}

void DdlCompiler::render_schema(const SchemaStatement& statement) {
  put(statement.kind() == Kind::create_schema ? "CREATE SCHEMA " : "DROP SCHEMA ");
  dialect_.append_schema(text_, statement.name);
  put(statement.is_cascade ? " CASCADE" : "");
}

void DdlCompiler::render_enum_statement(const EnumStatement&) {
  throw UnsupportedCompilationError("DDLCompiler", "CreateEnumType");
}

void DdlCompiler::render_text(const DdlText& statement) {
  std::string names[3];  // table, schema, fullname
  if (statement.table) {
    const auto& table = as<TableNode>(statement.table);
    names[0] = dialect_.quote(table.name);
    if (!table.schema.empty()) {
      dialect_.append_schema(names[1], table.schema);
    }
    names[2] = names[1].empty() ? names[0] : names[1] + "." + names[0];
  }
  static constexpr std::string_view tokens[] = {"%(table)s", "%(schema)s", "%(fullname)s"};
  std::string out;
  for (std::string_view rest = statement.text; !rest.empty();) {
    std::size_t token = 0;
    while (token < 3 && !rest.starts_with(tokens[token])) {
      ++token;
    }
    if (token < 3 && statement.table) {
      out += names[token];
      rest.remove_prefix(tokens[token].size());
      continue;
    }
    out += rest.front();
    rest.remove_prefix(rest.starts_with("%%") ? 2 : 1);
  }
  for (char c : out) {
    text_.append(c == '%' && can().double_percents ? 2 : 1, c);
  }
}

}  // namespace azoth

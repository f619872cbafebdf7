// SPDX-License-Identifier: MIT
// Names of schemas, which in SQL Server may be led by the name of a database, separated by a dot:
// `db.dbo`, `[a.b].dbo`. Brackets keep the dots within them from separating.
#include "dialects/mssql/mssql_dialect.hpp"
#include <azoth/sql/name.hpp>

namespace azoth::mssql {

SchemaName split_schema(std::string_view schema) {
  std::vector<std::string> parts;
  std::string part;
  bool in_brackets = false, has_brackets = false;
  for (char c : schema) {
    if (c == '[') {
      in_brackets = has_brackets = true;
    } else if (c == ']') {
      in_brackets = false;
    } else if (c == '.' && !in_brackets) {
      parts.push_back(has_brackets ? "[" + part + "]" : part);
      part.clear();
      has_brackets = false;
    } else {
      part += c;
    }
  }
  if (!part.empty()) {
    parts.push_back(std::move(part));
  }
  SchemaName out;
  if (parts.empty()) {
    return out;
  }
  out.owner = std::move(parts.back());
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    out.database += (i == 0 ? "" : ".") + parts[i];
  }
  // A lone bracketed name loses its brackets; several are left as they were written.
  const std::size_t close = out.database.find(']');
  out.is_raw = close != std::string::npos && out.database.find('[', close) != std::string::npos;
  if (!out.is_raw) {
    out.database.erase(0, out.database.find_first_not_of('['));
    out.database.erase(out.database.find_last_not_of(']') + 1);
  }
  return out;
}

void append_schema(std::string& out, std::string_view schema, const Dialect& dialect) {
  if (sql::form_of(schema) == sql::NameForm::quoted) {  // one name, whatever stands in it
    return dialect.append_identifier(out, schema);
  }
  const SchemaName name = split_schema(sql::bare(schema));
  if (!name.database.empty()) {
    name.is_raw ? void(out.append(name.database)) : dialect.append_identifier(out, name.database);
    out += '.';
  }
  dialect.append_identifier(out, name.owner);
}

}  // namespace azoth::mssql

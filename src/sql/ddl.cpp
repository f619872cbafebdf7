// SPDX-License-Identifier: MIT
// How DDL statements are made, and in which order those of many tables run.
#include <azoth/base/error.hpp>
#include <azoth/base/warning.hpp>
#include <azoth/sql/ddl.hpp>

#include <algorithm>

namespace azoth::sql {

namespace {

std::uint32_t checked(std::size_t place,
                      std::size_t size,
                      const Ref& table,
                      std::string_view word) {
  if (place >= size) {
    throw ArgumentError("Table '" + as<TableNode>(table).fullname() + "' has " +
                        std::to_string(size) + " " + std::string(word) + ", no number " +
                        std::to_string(place) + "; count from 0.");
  }
  return static_cast<std::uint32_t>(place);
}

Ref constraint_statement(Kind kind,
                         const Ref& table,
                         ConstraintKind constraint,
                         std::size_t place) {
  const auto& t = as<TableNode>(table);
  const std::size_t size = constraint == ConstraintKind::foreign_key   ? t.foreign_keys.size()
                           : constraint == ConstraintKind::primary_key ? 1
                                                                       : t.constraints.size();
  return make_node<ConstraintStatement>(
      kind, table, constraint, checked(place, size, table, "such constraints"));
}

}  // namespace

Ref create_table(const Ref& table, bool if_not_exists, Refs altered) {
  return make_node<CreateTable>(table, if_not_exists, std::move(altered));
}

Ref drop_table(const Ref& table, bool if_exists) {
  return make_node<DropTable>(table, if_exists);
}

Ref create_index(const Ref& table, std::size_t index, bool if_not_exists) {
  const std::size_t size = as<TableNode>(table).indexes.size();
  return make_node<IndexStatement>(
      Kind::create_index, table, checked(index, size, table, "indexes"), if_not_exists);
}

Ref drop_index(const Ref& table, std::size_t index, bool if_exists) {
  const std::size_t size = as<TableNode>(table).indexes.size();
  return make_node<IndexStatement>(
      Kind::drop_index, table, checked(index, size, table, "indexes"), if_exists);
}

Ref add_constraint(const Ref& table, ConstraintKind kind, std::size_t place) {
  return constraint_statement(Kind::add_constraint, table, kind, place);
}

Ref drop_constraint(const Ref& table, ConstraintKind kind, std::size_t place) {
  return constraint_statement(Kind::drop_constraint, table, kind, place);
}

namespace {

// The statements of one kind for those keys of a table that are cut out of cycles.
Refs key_statements(Kind kind,
                    const TableNode& table,
                    const std::vector<const ForeignKeyInfo*>& cut) {
  Refs out;
  for (std::size_t i = 0; i < table.foreign_keys.size(); ++i) {
    if (std::find(cut.begin(), cut.end(), &table.foreign_keys[i]) != cut.end()) {
      out.push_back(constraint_statement(kind, Ref(&table), ConstraintKind::foreign_key, i));
    }
  }
  return out;
}

void append(Refs& out, const Refs& more) {
  out.insert(out.end(), more.begin(), more.end());
}

}  // namespace

Refs create_all_statements(const std::vector<const TableNode*>& tables, bool can_alter) {
  std::vector<const ForeignKeyInfo*> cut;
  const auto sorted = sort_tables(tables, &cut);
  if (!can_alter) {
    cut.clear();
  }
  Refs out, keys;
  for (const TableNode* table : sorted) {
    const Refs later = key_statements(Kind::add_constraint, *table, cut);
    out.push_back(create_table(Ref(table), false, later));
    for (std::size_t i = 0; i < table->indexes.size(); ++i) {
      out.push_back(create_index(Ref(table), i));
    }
    append(keys, later);
  }
  append(out, keys);
  return out;
}

namespace {

void warn_of_cycle(const std::vector<const TableNode*>& tables,
                   const std::vector<const ForeignKeyInfo*>& cut) {
  std::vector<std::string> names;
  for (const TableNode* table : tables) {
    if (!key_statements(Kind::add_constraint, *table, cut).empty()) {
      names.push_back(table->fullname());
    }
  }
  std::sort(names.begin(), names.end());
  std::string list;
  for (const std::string& name : names) {
    list += (list.empty() ? "" : ", ") + name;
  }
  warn(
      WarningCategory::sa_warning,
      "Can't sort tables for DROP; an unresolvable foreign key dependency exists between tables: " +
          list +
          "; and backend does not support ALTER.  To restore at least a partial sort, apply "
          "use_alter=True to ForeignKey and ForeignKeyConstraint objects involved in the cycle to "
          "mark these as known cycles that will be ignored.");
}

}  // namespace

Refs drop_all_statements(const std::vector<const TableNode*>& tables, bool can_alter) {
  std::vector<const ForeignKeyInfo*> cut;
  auto sorted = sort_tables(tables, &cut);
  std::reverse(sorted.begin(), sorted.end());
  Refs out;
  if (can_alter) {
    for (const TableNode* table : sorted) {
      for (const ForeignKeyInfo& key : table->foreign_keys) {
        if (key.name.empty() && std::find(cut.begin(), cut.end(), &key) != cut.end()) {
          throw CircularDependencyError(
              "Can't sort tables for DROP; an unresolvable foreign key dependency exists between "
              "tables: " +
                  table->fullname() + ", " + key.target_table +
                  ".  Please ensure that the ForeignKey and ForeignKeyConstraint objects involved "
                  "in "
                  "the cycle have names so that they can be dropped using DROP CONSTRAINT.",
              {},
              {});
        }
      }
      append(out, key_statements(Kind::drop_constraint, *table, cut));
    }
  } else {
    std::erase_if(cut, [](const ForeignKeyInfo* key) { return key->use_alter; });
    if (!cut.empty()) {
      warn_of_cycle(tables, cut);
      sorted = tables;
    }
  }
  for (const TableNode* table : sorted) {
    out.push_back(drop_table(Ref(table)));
  }
  return out;
}

}  // namespace azoth::sql

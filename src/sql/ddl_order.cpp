// SPDX-License-Identifier: MIT
// In which order the statements run that create or drop many tables.
#include <azoth/base/error.hpp>
#include <azoth/base/warning.hpp>
#include <azoth/sql/ddl.hpp>
#include <azoth/sql/naming.hpp>

#include <algorithm>

namespace azoth::sql {

namespace {

// The statements of one kind for those keys of a table that are cut out of cycles.
Refs key_statements(Kind kind,
                    const TableNode& table,
                    const std::vector<const ForeignKeyInfo*>& cut) {
  Refs out;
  for (std::size_t i = 0; i < table.foreign_keys.size(); ++i) {
    if (std::find(cut.begin(), cut.end(), &table.foreign_keys[i]) != cut.end()) {
      out.push_back(kind == Kind::add_constraint
                        ? add_constraint(Ref(&table), ConstraintKind::foreign_key, i)
                        : drop_constraint(Ref(&table), ConstraintKind::foreign_key, i));
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
      for (std::uint32_t i = 0; i < table->foreign_keys.size(); ++i) {
        const ForeignKeyInfo& key = table->foreign_keys[i];
        if (std::find(cut.begin(), cut.end(), &key) != cut.end() &&
            constraint_name(*table, {ConstraintKind::foreign_key, i}).empty()) {
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
    std::erase_if(cut, [](const ForeignKeyInfo* key) { return key->options.use_alter; });
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

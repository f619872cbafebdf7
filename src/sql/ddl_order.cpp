// SPDX-License-Identifier: MIT
// In which order the statements run that create or drop many tables.
#include <azoth/base/error.hpp>
#include <azoth/base/text.hpp>
#include <azoth/base/topological.hpp>
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

bool has_name(const std::vector<const TableNode*>& tables, const ForeignKeyInfo& key) {
  for (const TableNode* table : tables) {
    for (std::uint32_t i = 0; i < table->foreign_keys.size(); ++i) {
      if (&table->foreign_keys[i] == &key) {
        return !constraint_name(*table, {ConstraintKind::foreign_key, i}).empty();
      }
    }
  }
  return false;
}

// The tables in the order of dropping, when these keys are gone. Keys without a name stay, so they
// must not lead in a circle.
std::vector<const TableNode*> sorted_without(const std::vector<const TableNode*>& tables,
                                             const std::vector<const ForeignKeyInfo*>& cut) {
  using namespace base::topological;
  std::vector<Id> ids;
  std::vector<Edge> edges;
  for (Id i = 0; i < tables.size(); ++i) {
    ids.push_back(i);
    for (const ForeignKeyInfo& key : tables[i]->foreign_keys) {
      const auto target = std::find_if(tables.begin(), tables.end(), [&](const TableNode* t) {
        return t->name == key.target_table && t->schema == key.target_schema;
      });
      if (target != tables.end() && *target != tables[i] &&
          std::find(cut.begin(), cut.end(), &key) == cut.end()) {
        edges.emplace_back(static_cast<Id>(target - tables.begin()), i);
      }
    }
  }
  const std::vector<Id> cycle = find_cycles(edges, ids);
  if (!cycle.empty()) {
    std::vector<std::string> names;
    for (const Id id : cycle) {
      names.push_back(tables[id]->fullname());
    }
    std::sort(names.begin(), names.end());
    throw CircularDependencyError(
        "Can't sort tables for DROP; an unresolvable foreign key dependency exists between "
        "tables: " +
            base::join(names, ", ") +
            ".  Please ensure that the ForeignKey and ForeignKeyConstraint objects involved in the "
            "cycle have names so that they can be dropped using DROP CONSTRAINT.",
        {},
        {});
  }
  std::vector<const TableNode*> sorted;
  for (const Id id : sort(edges, ids)) {
    sorted.push_back(tables[id]);
  }
  std::reverse(sorted.begin(), sorted.end());
  return sorted;
}

}  // namespace

Refs drop_all_statements(const std::vector<const TableNode*>& tables, bool can_alter) {
  std::vector<const ForeignKeyInfo*> cut;
  auto sorted = sort_tables(tables, &cut);
  std::reverse(sorted.begin(), sorted.end());
  Refs out;
  if (can_alter) {
    std::erase_if(cut, [&](const ForeignKeyInfo* key) { return !has_name(tables, *key); });
    sorted = sorted_without(tables, cut);
    for (const TableNode* table : sorted) {
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

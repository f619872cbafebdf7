// SPDX-License-Identifier: MIT
// Foreign keys between tables: where they lead, and the order of tables that they ask for.
#include <azoth/base/error.hpp>
#include <azoth/base/topological.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>

namespace azoth::sql {

std::string full_name(std::string_view schema, std::string_view name) {
  std::string out(schema);
  out += schema.empty() ? "" : ".";
  return out += name;
}

const TableNode& resolve(const TableNode& table, const ForeignKeyInfo& key) {
  const auto metadata = table.metadata.lock();
  const TableNode* target = key.target ? &as<TableNode>(key.target)
                            : metadata ? metadata->find(key.target_schema, key.target_table)
                                       : nullptr;
  const std::string full = full_name(key.target_schema, key.target_table);
  const std::string& column = table.columns[key.columns.front()].name;
  if (!target) {
    throw NoReferencedTableError(
        "Foreign key associated with column '" + table.fullname() + "." + column +
            "' could not find table '" + full +
            "' with which to generate a foreign key to target column '" +
            key.target_columns.front() + "'" +
            (metadata ? ""
                      : "; the table's MetaData is gone, keep it as long as the table is used"),
        full);
  }
  for (std::size_t i = 0; i < key.target_columns.size(); ++i) {
    const std::string& name = key.target_columns[i];
    if (referred_position(*target, key, i) < 0) {
      throw NoReferencedColumnError("Could not initialize target column for ForeignKey '" + full +
                                        "." + name + "' on table '" + table.name + "': table '" +
                                        target->name + "' has no column named '" + name + "'",
                                    full,
                                    name);
    }
  }
  return *target;
}

int referred_position(const TableNode& target, const ForeignKeyInfo& key, std::size_t i) {
  const std::string& name = key.target_columns[i];
  if (!key.options.link_to_name) {
    return target.position_of(name);
  }
  const auto found = std::find_if(target.columns.begin(),
                                  target.columns.end(),
                                  [&](const ColumnInfo& c) { return bare(c.name) == bare(name); });
  return found == target.columns.end() ? -1 : static_cast<int>(found - target.columns.begin());
}

std::vector<const TableNode*> sort_tables(const std::vector<const TableNode*>& tables,
                                          std::vector<const ForeignKeyInfo*>* cyclic) {
  using namespace base::topological;
  const std::vector<const TableNode*>& sorted = tables;  // ties stay as they are given
  std::vector<Id> ids(sorted.size());
  std::vector<Edge> edges;
  std::vector<const ForeignKeyInfo*> keys;
  for (Id i = 0; i < sorted.size(); ++i) {
    ids[i] = i;
    for (const ForeignKeyInfo& key : sorted[i]->foreign_keys) {
      const auto target = std::find_if(sorted.begin(), sorted.end(), [&](const TableNode* t) {
        return bare(t->name) == bare(key.target_table) &&
               bare(t->schema) == bare(key.target_schema);
      });
      if (target == sorted.end() || *target == sorted[i]) {
        continue;
      }
      if (key.options.use_alter) {
        if (cyclic) {
          cyclic->push_back(&key);
        }
        continue;
      }
      edges.emplace_back(static_cast<Id>(target - sorted.begin()), i);
      keys.push_back(&key);
    }
  }
  const std::vector<Id> in_cycle = find_cycles(edges, ids);
  if (!in_cycle.empty()) {
    const auto on = [&](Id id) {
      return std::find(in_cycle.begin(), in_cycle.end(), id) != in_cycle.end();
    };
    std::vector<Edge> rest;
    for (std::size_t e = 0; e < edges.size(); ++e) {
      if (on(edges[e].first) && on(edges[e].second)) {
        if (cyclic) {
          cyclic->push_back(keys[e]);
        }
      } else {
        rest.push_back(edges[e]);
      }
    }
    edges = std::move(rest);
  }
  std::vector<const TableNode*> out;
  for (Id id : sort(edges, ids)) {
    out.push_back(sorted[id]);
  }
  return out;
}

}  // namespace azoth::sql

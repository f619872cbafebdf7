// SPDX-License-Identifier: MIT
// The tables of one MetaData.
#include <azoth/base/error.hpp>
#include <azoth/base/warning.hpp>
#include <azoth/sql/schema_events.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>

namespace azoth {

namespace sql {

const TableNode* MetaDataState::find(std::string_view schema, std::string_view name) const {
  for (const Ref& t : tables) {
    const auto& n = as<TableNode>(t);
    if (bare(n.name) == bare(name) && bare(n.schema) == bare(schema)) {
      return &n;
    }
  }
  return nullptr;
}

namespace {

// By `name` or `schema.name`.
const TableNode* find(const MetaDataState& metadata, std::string_view name) {
  const auto dot = name.rfind('.');
  const TableNode* found = metadata.find(metadata.schema, name);
  return found || dot == std::string_view::npos
             ? found
             : metadata.find(name.substr(0, dot), name.substr(dot + 1));
}

}  // namespace

}  // namespace sql

NamingConvention default_naming_convention() {
  return {{"ix", "ix_%(column_0_label)s"}};
}

MetaData::MetaData() : MetaData(MetaDataOptions{}) {}

MetaData::MetaData(MetaDataOptions options) : state_(std::make_shared<sql::MetaDataState>()) {
  state_->schema = std::move(options.schema);
  state_->naming_convention = std::move(options.naming_convention);
  state_->dispatch = std::make_shared<event::Dispatch>();
}

std::vector<Table> MetaData::tables() const {
  std::vector<Table> out;
  for (const sql::Ref& t : state_->tables) {
    out.emplace_back(t);
  }
  return out;
}

std::vector<Table> MetaData::sorted_tables() const {
  std::vector<const sql::TableNode*> nodes;
  for (const sql::Ref& t : state_->tables) {
    nodes.push_back(&sql::as<sql::TableNode>(t));
  }
  std::sort(nodes.begin(), nodes.end(), [](const auto* a, const auto* b) {
    return a->fullname() < b->fullname();
  });
  std::vector<const sql::ForeignKeyInfo*> cyclic;
  std::vector<Table> out;
  for (const sql::TableNode* t : sql::sort_tables(nodes, &cyclic)) {
    out.emplace_back(sql::Ref(t));
  }
  std::vector<std::string> names;  // of those on cycles
  for (const sql::TableNode* t : nodes) {
    if (std::any_of(cyclic.begin(), cyclic.end(), [&](const sql::ForeignKeyInfo* key) {
          return !key->options.use_alter && key >= t->foreign_keys.data() &&
                 key < t->foreign_keys.data() + t->foreign_keys.size();
        })) {
      names.push_back(t->fullname());
    }
  }
  if (!names.empty()) {
    std::sort(names.begin(), names.end());
    std::string list;
    for (const std::string& name : names) {
      list += (list.empty() ? "" : ", ") + name;
    }
    warn(WarningCategory::sa_warning,
         "Cannot correctly sort tables; there are unresolvable cycles between tables \"" + list +
             "\", which is usually caused by mutually dependent foreign key constraints.  Foreign "
             "key constraints involving these tables will not be considered; this warning may "
             "raise an error in a future release.");
  }
  return out;
}

Table MetaData::table(std::string_view name) const {
  const sql::TableNode* t = sql::find(*state_, name);
  if (!t) {
    throw NoSuchTableError(std::string(name));
  }
  return Table(sql::Ref(t));
}

void MetaData::remove(const Table& table) {
  std::erase(state_->tables, table.node());
}

void MetaData::clear() {
  state_->tables.clear();
  state_->sequences.clear();
}

event::Dispatch& MetaData::dispatch() const {
  return *state_->dispatch;
}

event::Dispatch& Table::dispatch() const {
  return *sql::as<sql::TableNode>(node_).dispatch;
}

DDL DDL::execute_if(std::string_view dialect) const {
  DDL limited = *this;
  limited.dialect_ = dialect;
  return limited;
}

bool MetaData::contains(std::string_view name) const {
  return sql::find(*state_, name) != nullptr;
}

}  // namespace azoth

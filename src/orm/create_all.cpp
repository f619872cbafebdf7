// SPDX-License-Identifier: MIT
// Creates and drops the tables of mapped classes, with the association tables between them.
#include <azoth/engine/schema.hpp>
#include <azoth/orm/create_all.hpp>
#include <azoth/orm/mapper.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>

namespace azoth {

namespace {
MetaData subset(std::initializer_list<const orm::Mapper*> mappers) {
  MetaData metadata;
  for (const orm::Mapper* m : mappers) {
    orm::configured(*m);
    if (std::vector<sql::Ref>& tables = metadata.state()->tables;
        std::find(tables.begin(), tables.end(), m->table_ref) == tables.end()) {
      tables.push_back(m->table_ref);  // once: classes of single-table inheritance share theirs
    }
    for (const orm::RelationshipAttribute& r : m->relationships) {
      if (r.secondary && !metadata.state()->find(r.secondary->schema, r.secondary->name)) {
        metadata.state()->tables.push_back(sql::Ref(r.secondary));
      }
    }
  }
  return metadata;
}
}  // namespace

void create_all(const Engine& engine, std::initializer_list<const orm::Mapper*> mappers) {
  create_all(subset(mappers), engine);
}

void drop_all(const Engine& engine, std::initializer_list<const orm::Mapper*> mappers) {
  drop_all(subset(mappers), engine);
}

}  // namespace azoth

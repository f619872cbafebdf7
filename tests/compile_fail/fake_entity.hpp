// SPDX-License-Identifier: MIT
// The least that is a mapped class to the typed doors, so that laws about expressions need not
// compile the ORM.
#pragma once
#include <azoth/sql/dml.hpp>
#include <azoth/sql/func.hpp>

template <class T>
struct FakeColumn {
  using azoth_column = FakeColumn;
  using value_type = T;
  static azoth::sql::Ref azoth_node();
  static std::string_view azoth_key();
};

struct FakeRelationship {
  using azoth_relationship = FakeRelationship;
  static void azoth_join(azoth::sql::Ref&, bool, bool);
};

struct User {
  using azoth_entity = User;
  static const azoth::sql::Ref& azoth_entity_node();
  static const azoth::sql::Ref& azoth_table_node();

  FakeColumn<std::int64_t> id, age;
  FakeColumn<std::string> name;
  FakeColumn<bool> active;
  FakeRelationship addresses;
  int plain;
};

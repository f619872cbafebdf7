// SPDX-License-Identifier: MIT
// The tables of mapped classes in a database: made and removed.
#pragma once
#include <azoth/engine/engine.hpp>

#include <initializer_list>

namespace azoth {

namespace orm {
struct Mapper;
}

/// Creates the tables of mapped classes, referenced ones first: `create_all<User,
/// Address>(engine)`.
void create_all(const Engine& engine, std::initializer_list<const orm::Mapper*> mappers);

template <class... E>
  requires(sizeof...(E) > 0)
void create_all(const Engine& engine) {
  create_all(engine, {&E::mapper()...});
}

void drop_all(const Engine& engine, std::initializer_list<const orm::Mapper*> mappers);

template <class... E>
  requires(sizeof...(E) > 0)
void drop_all(const Engine& engine) {
  drop_all(engine, {&E::mapper()...});
}

}  // namespace azoth

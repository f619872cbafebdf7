// SPDX-License-Identifier: MIT
// Options of a mapped class that are about its rows: `Entity<User, "user", EagerDefaults<true>>`.
// Those of inheritance stand in inheritance.hpp.
#pragma once
#include <azoth/orm/declaration.hpp>

namespace azoth {

/// Puts the table of a class into a MetaData of the program's, which lives as long as the program,
/// instead of default_metadata(): `InMetaData<&reporting>`, `MetaData& reporting();`. Related
/// classes have the same one.
template <MetaData& (*Of)()>
struct InMetaData {
  static constexpr void apply(orm::ClassDeclaration& d) { d.metadata = Of; }
};

/// Says when values that the database makes are fetched: `EagerDefaults<true>` with each INSERT and
/// UPDATE, `EagerDefaults<false>` when they are read. Without it they come with an INSERT where the
/// database can return them.
template <bool On>
struct EagerDefaults {
  static constexpr void apply(orm::ClassDeclaration& d) {
    d.eager_defaults = On ? orm::EagerDefaultsMode::always : orm::EagerDefaultsMode::never;
  }
};

}  // namespace azoth

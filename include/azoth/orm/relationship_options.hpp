// SPDX-License-Identifier: MIT
// The words after the target in a class's relationships: `Relationship<"addresses", List<Address>,
// BackPopulates<"user">>`. Those of columns stand in options.hpp.
#pragma once
#include <azoth/orm/declaration.hpp>

namespace azoth::orm {

/// Brings the words of relationships into the scope of mapped classes; a part of DeclarationWords.
struct RelationshipWords {
  template <Name Attribute>
  struct BackPopulates {
    static constexpr void apply(RelationshipDeclaration& d) { d.back_populates = Attribute.view(); }
  };

  /// `Cascade<"all, delete-orphan">`; without it `save-update, merge`.
  template <Name Words>
  struct Cascade {
    static constexpr void apply(RelationshipDeclaration& d) { d.cascade = Words.view(); }
  };

  /// The association table of a many-to-many relationship: a `Table` in default_metadata().
  template <Name Table>
  struct Secondary {
    static constexpr void apply(RelationshipDeclaration& d) { d.secondary = Table.view(); }
  };

  /// Columns on the remote side, comma separated; makes a self-referential relationship
  /// many-to-one.
  template <Name Columns>
  struct RemoteSide {
    static constexpr void apply(RelationshipDeclaration& d) { d.remote_side = Columns.view(); }
  };

  /// Which columns count as foreign keys where several paths exist: `ForeignKeys<"billing_id">` or
  /// `"Customer.billing_id"`, comma separated.
  template <Name Columns>
  struct ForeignKeys {
    static constexpr void apply(RelationshipDeclaration& d) { d.foreign_keys = Columns.view(); }
  };

  /// Attributes of the target that order the collection, comma separated, each with an optional `
  /// desc`.
  template <Name Columns>
  struct OrderBy {
    static constexpr void apply(RelationshipDeclaration& d) { d.order_by = Columns.view(); }
  };

  /// `Lazy<"select">`, `"joined"`, `"selectin"`, `"subquery"`, `"raise"`, `"noload"`.
  template <Name Strategy>
  struct Lazy {
    static constexpr void apply(RelationshipDeclaration& d) { d.lazy = Strategy.view(); }
  };

  struct PassiveDeletes {
    static constexpr void apply(RelationshipDeclaration& d) { d.has_passive_deletes = true; }
  };

  /// `PassiveUpdates<false>`: when the primary key that children refer to changes, their rows are
  /// updated one by one. Otherwise the database's ON UPDATE CASCADE does it.
  template <bool On>
  struct PassiveUpdates {
    static constexpr void apply(RelationshipDeclaration& d) { d.has_passive_updates = On; }
  };

  /// Relationships, comma separated, that write the same columns on purpose.
  template <Name Relationships>
  struct Overlaps {
    static constexpr void apply(RelationshipDeclaration& d) { d.overlaps = Relationships.view(); }
  };

  struct ViewOnly {
    static constexpr void apply(RelationshipDeclaration& d) { d.is_viewonly = true; }
  };

  struct PostUpdate {
    static constexpr void apply(RelationshipDeclaration& d) { d.has_post_update = true; }
  };

  struct SingleParent {
    static constexpr void apply(RelationshipDeclaration& d) { d.is_single_parent = true; }
  };

  /// States that the relationship is to one object (which the declaration `Relationship<"x", T>`
  /// says already) or to many.
  template <bool Many>
  struct Uselist {
    static constexpr void apply(RelationshipDeclaration& d) {
      d.uselist =
          Many ? RelationshipDeclaration::Uselist::yes : RelationshipDeclaration::Uselist::no;
    }
  };
};

}  // namespace azoth::orm

// SPDX-License-Identifier: MIT
// The words after the type in a class's declarations: `Column<"id", std::int64_t, PrimaryKey>`.
// They are members of `DeclarationWords`, a base of every mapped class, so that inside the class
// `ForeignKey<"t.c">` is the option and outside it the schema's own ForeignKey.
#pragma once
#include <azoth/orm/declaration.hpp>

namespace azoth::orm {

/// Brings the option words into the scope of mapped classes. Each writes its part into the
/// declaration of its attribute, at compile time.
struct DeclarationWords {
  // --- of Column ---
  struct PrimaryKey {
    static constexpr void apply(ColumnDeclaration& d) { d.is_primary_key = true; }
  };

  struct Nullable {
    static constexpr void apply(ColumnDeclaration& d) {
      d.nullable = ColumnDeclaration::Nullable::yes;
    }
  };

  struct NotNull {
    static constexpr void apply(ColumnDeclaration& d) {
      d.nullable = ColumnDeclaration::Nullable::no;
    }
  };

  struct Unique {
    static constexpr void apply(ColumnDeclaration& d) { d.is_unique = true; }
  };

  struct Indexed {
    static constexpr void apply(ColumnDeclaration& d) { d.is_indexed = true; }
  };

  /// Loads the column at its first read instead of with the object.
  struct Deferred {
    static constexpr void apply(ColumnDeclaration& d) { d.is_deferred = true; }
  };

  /// `AutoIncrement<false>`: the database does not generate the key; `AutoIncrement<true>`: it does
  /// even where it would not by default.
  template <bool On>
  struct AutoIncrement {
    static constexpr void apply(ColumnDeclaration& d) {
      d.autoincrement =
          On ? ColumnDeclaration::Generated::always : ColumnDeclaration::Generated::never;
    }
  };

  /// The length of a string or binary column.
  template <int N>
  struct Length {
    static constexpr void apply(ColumnDeclaration& d) { d.length = N; }
  };

  /// Precision and scale of a numeric column.
  template <int P, int S = -1>
  struct Precision {
    static constexpr void apply(ColumnDeclaration& d) {
      d.precision = P;
      d.scale = S;
    }
  };

  /// `ForeignKey<"table.column">`.
  template <Name Target>
  struct ForeignKey {
    static constexpr void apply(ColumnDeclaration& d) { d.foreign_key = Target.view(); }
  };

  /// The actions of the column's foreign key: `OnDelete<"CASCADE">`.
  template <Name Action>
  struct OnDelete {
    static constexpr void apply(ColumnDeclaration& d) { d.ondelete = Action.view(); }
  };

  template <Name Action>
  struct OnUpdate {
    static constexpr void apply(ColumnDeclaration& d) { d.onupdate = Action.view(); }
  };

  /// A value for rows whose object was given none: `Default<0>`, `Default<"new">`. The member of a
  /// new object reads as this value.
  template <Constant V>
  struct Default {
    static constexpr void apply(ColumnDeclaration& d) {
      d.default_value = [] { return Value(Literal(V.get())); };
    }

    static constexpr auto initial() { return V.get(); }
  };

  /// A default that the database fills in, as a string literal in DDL.
  template <Name Text>
  struct ServerDefault {
    static constexpr void apply(ColumnDeclaration& d) {
      d.server_default = Text.view();
      d.has_server_default = true;
    }
  };

  /// The column's name in the database where it differs from the attribute's.
  template <Name Text>
  struct ColumnName {
    static constexpr void apply(ColumnDeclaration& d) { d.column_name = Text.view(); }
  };

  template <Name Text>
  struct ColumnComment {
    static constexpr void apply(ColumnDeclaration& d) { d.comment = Text.view(); }
  };

  /// The SQL type where the C++ type's own is not wanted: `SqlType<[] { return types::Text(); }>`
  /// or `SqlType<&types::BigInteger>`.
  template <auto Make>
  struct SqlType {
    static constexpr void apply(ColumnDeclaration& d) { d.sql_type = Make; }
  };

  // --- of Relationship ---
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

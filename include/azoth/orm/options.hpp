// SPDX-License-Identifier: MIT
// The words after the type in a class's declarations: `Column<"id", std::int64_t, PrimaryKey>`.
// They are members of `DeclarationWords`, a base of every mapped class, so that inside the class
// `ForeignKey<"t.c">` is the option and outside it the schema's own ForeignKey.
#pragma once
#include <azoth/orm/relationship_options.hpp>

namespace azoth::orm {

/// Brings the option words into the scope of mapped classes. Each writes its part into the
/// declaration of its attribute, at compile time.
struct DeclarationWords : RelationshipWords {
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

  /// Loads the old value before a change when it is not loaded, so that history knows it.
  struct ActiveHistory {
    static constexpr void apply(ColumnDeclaration& d) { d.has_active_history = true; }
  };

  /// Deferred columns of one group are loaded together, when one of them is read.
  template <Name Group>
  struct DeferredGroup {
    static constexpr void apply(ColumnDeclaration& d) {
      d.is_deferred = true;
      d.deferred_group = Group.view();
    }
  };

  /// Refuses to load the column when it is read: a statement has to ask for it by undefer().
  struct DeferredRaiseload {
    static constexpr void apply(ColumnDeclaration& d) {
      d.is_deferred = d.has_deferred_raiseload = true;
    }
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

  /// A default that is a SQL expression: `DefaultSql<"1 + 1">`.
  template <Name Text>
  struct DefaultSql {
    static constexpr void apply(ColumnDeclaration& d) { d.default_sql = Text.view(); }
  };

  /// A value that an UPDATE sets when the object was given none, as SQLAlchemy's onupdate.
  template <Constant V>
  struct UpdateDefault {
    static constexpr void apply(ColumnDeclaration& d) {
      d.onupdate_value = [] { return Value(Literal(V.get())); };
    }
  };

  /// The same as a SQL expression.
  template <Name Text>
  struct UpdateDefaultSql {
    static constexpr void apply(ColumnDeclaration& d) { d.onupdate_sql = Text.view(); }
  };

  /// The database changes the value at an UPDATE, by a trigger for instance.
  struct ServerOnUpdate {
    static constexpr void apply(ColumnDeclaration& d) { d.has_server_onupdate = true; }
  };

  /// Counts the versions of a row: 1, 2, ...; an UPDATE or DELETE of another version than the one
  /// that was loaded is a StaleDataError.
  struct VersionId {
    static constexpr void apply(ColumnDeclaration& d) {
      d.is_version_id = true;
      d.has_active_history = true;
    }
  };

  /// The same with versions that a function makes of the previous one, which is NULL for a new row:
  /// `VersionIdGenerator<&next_version>`, `Value next_version(const Value& previous)`.
  template <Value (*Next)(const Value& previous)>
  struct VersionIdGenerator {
    static constexpr void apply(ColumnDeclaration& d) {
      VersionId::apply(d);
      d.version_generator = Next;
    }
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
};

}  // namespace azoth::orm

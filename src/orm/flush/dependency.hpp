// SPDX-License-Identifier: MIT
// How keys travel along relationships during a flush, and what a relationship's changes are as far
// as rows are concerned.
#pragma once
#include "orm/flush/unit_of_work.hpp"

#include <vector>

namespace azoth::orm {

/// Members that a flush must connect: of a new object all, else those added since the last flush.
std::vector<Object*> added_members(Object& object, const RelationshipAttribute& r);
/// Members whose rows must be disconnected.
std::vector<Object*> removed_members(Object& object, const RelationshipAttribute& r);
/// Members as the database has them: without those added since, with those removed since.
std::vector<Object*> stored_members(Object& object, const RelationshipAttribute& r);

/// Says whether a child still has a parent along a relationship (seen from the parent's class).
bool has_parent(SessionState& session, const RelationshipAttribute& r, const Object& child);
/// Says whether a child's reference, changed in memory, leads elsewhere than to `parent` already.
bool refers_to_another(Object& child, const RelationshipAttribute& r, const Object& parent);

/// Say whether objects of a class have anything that the two functions below copy.
bool has_references(const Mapper& mapper);
bool gives_keys_to_children(const Mapper& mapper);
/// Copies the keys of an object's targets into its foreign key columns, where a reference was set
/// or changed.
void copy_references(UnitOfWork& work, Object& object);
/// The same of references that are written after all rows (PostUpdate), and their columns.
bool has_postponed_references(const Mapper& mapper);
void copy_postponed_references(UnitOfWork& work, Object& object);
std::vector<const ColumnAttribute*> postponed_columns(const Mapper& mapper);
/// Writes NULL into them, where they hold a key.
void clear_postponed_references(UnitOfWork& work, Object& object);
/// Copies an object's key into the foreign keys of children added to its collections (where
/// children have no reference of their own).
void copy_keys_to_children(UnitOfWork& work, Object& object);
/// Copies an object's changed key into its children: into their rows, or only into their members
/// where the database changes the rows.
void copy_changed_key(UnitOfWork& work, const RelationshipAttribute& r, Object& parent);
/// Writes NULL into the foreign key columns of a child. @throws InvalidRequestError when they are
/// part of its primary key.
void clear_reference(UnitOfWork& work, const RelationshipAttribute& r, Object& child);

/// Executes INSERT or DELETE of association rows.
void write_associations(UnitOfWork& work, const std::vector<AssociationRow>& rows, bool is_insert);

}  // namespace azoth::orm

// SPDX-License-Identifier: MIT
// All mappers of the process, and the lock under which mappers and their MetaData change.
#pragma once
#include <azoth/orm/declaration.hpp>
#include <azoth/orm/mapper.hpp>

#include <cstdint>
#include <mutex>
#include <vector>

namespace azoth::orm {

/// Guards the list of mappers, default_metadata() while mappers are added, and configuring.
std::mutex& registry_mutex();

/// Adds a mapper that is complete but for its relationships; returns its number. @pre the lock is
/// held.
std::uint32_t add_mapper(Mapper& mapper);

/// Returns the class whose rows a FROM element is: a mapped table, or the join of a class's tables;
/// of classes that share a table the topmost one. Null for everything else. Thread-safe.
const Mapper* mapper_selecting_from(const sql::Node& from);

/// Returns the classes that the program registered, in order of declaration within a source file.
std::vector<ClassDeclaration> registered_classes();

/// Copies what the declaration says of a relationship, leaving out what configure() found.
RelationshipAttribute declared_part(const RelationshipAttribute& relationship);

}  // namespace azoth::orm

// SPDX-License-Identifier: MIT
// Writing the rows of one step of a flush: batches of INSERT, UPDATE and DELETE for objects of one
// class.
#pragma once
#include "orm/flush/unit_of_work.hpp"

namespace azoth::orm {

/// Updates the persistent and inserts the pending ones among the objects. Generated keys are set.
/// @throws StaleDataError, DBAPIError
void save_objects(UnitOfWork& work, const Mapper& mapper, const std::vector<Object*>& objects);
/// Deletes the rows of the objects. Warns when rows were gone already.
void delete_objects(UnitOfWork& work, const Mapper& mapper, const std::vector<Object*>& objects);

/// Makes an inserted object persistent: identity, what is loaded now, no changes.
void finish_insert(SessionState& session, Object& object);
/// Forgets the changes of an updated object; its identity follows a changed key.
void finish_update(SessionState& session, Object& object);

}  // namespace azoth::orm

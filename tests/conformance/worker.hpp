// SPDX-License-Identifier: MIT
// Checks records in a child process, so that a record on which the library dies is one failure and
// not the end of the run.
#pragma once
#include "conformance/outcome.hpp"

#include <functional>

namespace azoth::conformance {

/// Checks the records, one a line, and hands each outcome to `take`, in order.
void check_all(const std::vector<std::string>& lines,
               const std::function<void(const Outcome&)>& take);

}  // namespace azoth::conformance

// SPDX-License-Identifier: MIT
// The parts of the vendor boundary that are the same for all drivers.
#include <azoth/engine/driver.hpp>

#include <functional>

namespace azoth {

void DriverConnection::Release::operator()(DriverCursor* cursor) const noexcept {
  connection->give_back(cursor);
}

std::size_t DriverConnection::hash_of(std::string_view sql) {
  return std::hash<std::string_view>{}(sql);
}

}  // namespace azoth

// SPDX-License-Identifier: MIT
// The table of drivers. A function-local static, since drivers register themselves while static
// objects are being made.
#include <azoth/base/error.hpp>
#include <azoth/engine/driver.hpp>
#include <azoth/engine/registry.hpp>

#include <map>
#include <mutex>
#include <string>

namespace azoth {
namespace {

struct Registry {
  std::mutex mutex;
  std::map<std::string, DriverEntry, std::less<>> entries;
};

Registry& registry() {
  static Registry* const instance =
      new Registry;  // lives to the end: engines may be static objects
  return *instance;
}

}  // namespace

bool register_driver(std::string_view scheme, DriverEntry entry) {
  Registry& known = registry();
  const std::lock_guard lock(known.mutex);
  known.entries.insert_or_assign(std::string(scheme), entry);
  return true;
}

DriverEntry find_driver(std::string_view scheme) {
  Registry& known = registry();
  const std::lock_guard lock(known.mutex);
  if (const auto found = known.entries.find(scheme); found != known.entries.end()) {
    return found->second;
  }
  std::string plugin(scheme);
  if (const auto plus = plugin.find('+'); plus != std::string::npos) {
    plugin[plus] = '.';
  }
  std::string message = "Can't load plugin: azoth.dialects:" + plugin;
  if (known.entries.empty()) {
    message += "; no driver is linked: link azoth::sqlite3 or another driver's library";
  } else {
    message += "; known are";
    char separator = ' ';
    for (const auto& [name, entry] : known.entries) {
      message.append(separator == ' ' ? " " : ", ").append(name);
      separator = ',';
    }
  }
  throw NoSuchModuleError(std::move(message));
}

}  // namespace azoth

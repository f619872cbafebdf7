// SPDX-License-Identifier: MIT
// Filters, captures and the memory of what was printed already.
#include "azoth/base/warning.hpp"

#include "azoth/base/hash.hpp"

#include <cstdio>
#include <mutex>
#include <optional>
#include <unordered_set>

namespace azoth {

const char* warning_category_name(WarningCategory category) noexcept {
  switch (category) {
    case WarningCategory::sa_warning:
      return "SAWarning";
    case WarningCategory::sa_deprecation_warning:
      return "SADeprecationWarning";
    case WarningCategory::removed_in_20_warning:
      return "RemovedIn20Warning";
  }
  return "";
}

const char* WarningError::class_name() const noexcept {
  return warning_category_name(category_);
}

namespace {

// As SQLAlchemy's classes derive: a RemovedIn20Warning is a SADeprecationWarning.
bool is_a(WarningCategory category, WarningCategory wanted) noexcept {
  return category == wanted || (category == WarningCategory::removed_in_20_warning &&
                                wanted == WarningCategory::sa_deprecation_warning);
}

struct Filter {
  std::uint64_t id;
  WarningAction action;
  std::optional<WarningCategory> category;
  std::string contains;

  bool matches(WarningCategory c, std::string_view message) const {
    return (!category || is_a(c, *category)) && message.find(contains) != message.npos;
  }
};

struct WarningRegistry {
  std::mutex mutex;
  std::uint64_t last_id = 0;
  std::vector<Filter> filters;
  std::vector<std::shared_ptr<std::vector<WarningRecord>>> captures;
  std::unordered_set<base::Hash, base::HashOfHash> printed;

  // Never destroyed: a warning may come from an object that dies after main().
  static WarningRegistry& instance() {
    static WarningRegistry& registry = *new WarningRegistry;
    return registry;
  }

  std::optional<WarningAction> action_for(WarningCategory category,
                                          std::string_view message) const {
    for (auto filter = filters.rbegin(); filter != filters.rend(); ++filter) {
      if (filter->matches(category, message)) {
        return filter->action;
      }
    }
    return std::nullopt;
  }

  bool first_time(WarningCategory category, std::string_view message, Place place) {
    base::Hash key = base::mix(base::hash_seed(), std::string_view(place.file));
    key = base::mix(base::mix(key, (std::uint64_t(place.line) << 8) | std::uint64_t(category)),
                    message);
    // Messages may hold names and values without end; rather print one again than grow without
    // bound.
    if (printed.size() >= 4096) {
      printed.clear();
    }
    return printed.insert(key).second;
  }

  std::uint64_t add_filter(WarningAction action,
                           std::optional<WarningCategory> category,
                           std::string_view contains) {
    const std::lock_guard lock(mutex);
    filters.push_back({++last_id, action, category, std::string(contains)});
    return last_id;
  }
};

void print(WarningCategory category, std::string_view message, Place place) {
  std::string line;
  if (*place.file != 0) {
    line.append(place.file).append(":").append(std::to_string(place.line)).append(": ");
  }
  line.append(warning_category_name(category)).append(": ").append(message).append("\n");
  std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace

void warn(WarningCategory category, std::string_view message, Place place) {
  WarningRegistry& registry = WarningRegistry::instance();
  {
    const std::lock_guard lock(registry.mutex);
    const std::optional<WarningAction> action = registry.action_for(category, message);
    if (action == WarningAction::ignore) {
      return;
    }
    if (action == WarningAction::error) {
      throw WarningError(category, std::string(message));
    }
    if (!registry.captures.empty()) {
      registry.captures.back()->push_back({category, std::string(message), place});
      return;
    }
    if (action != WarningAction::always && !registry.first_time(category, message, place)) {
      return;
    }
  }
  print(category, message, place);
}

void warn(WarningCategory category, std::string_view message, std::string_view code, Place place) {
  std::string text(message);
  text.append(" (Background on this warning at: https://sqlalche.me/e/20/")
      .append(code)
      .append(")");
  warn(category, text, place);
}

WarningFilter::WarningFilter(WarningAction action, std::string_view message_contains)
    : id_(WarningRegistry::instance().add_filter(action, std::nullopt, message_contains)) {}

WarningFilter::WarningFilter(WarningAction action,
                             WarningCategory category,
                             std::string_view message_contains)
    : id_(WarningRegistry::instance().add_filter(action, category, message_contains)) {}

WarningFilter::~WarningFilter() {
  WarningRegistry& registry = WarningRegistry::instance();
  const std::lock_guard lock(registry.mutex);
  std::erase_if(registry.filters, [&](const Filter& filter) { return filter.id == id_; });
}

CaptureWarnings::CaptureWarnings() : records_(std::make_shared<std::vector<WarningRecord>>()) {
  WarningRegistry& registry = WarningRegistry::instance();
  const std::lock_guard lock(registry.mutex);
  registry.captures.push_back(records_);
}

CaptureWarnings::~CaptureWarnings() {
  WarningRegistry& registry = WarningRegistry::instance();
  const std::lock_guard lock(registry.mutex);
  std::erase(registry.captures, records_);
}

std::vector<WarningRecord> CaptureWarnings::records() const {
  const std::lock_guard lock(WarningRegistry::instance().mutex);
  return *records_;
}

void CaptureWarnings::clear() {
  const std::lock_guard lock(WarningRegistry::instance().mutex);
  records_->clear();
}

}  // namespace azoth

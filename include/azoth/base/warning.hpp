// SPDX-License-Identifier: MIT
// Warnings: what is allowed but likely wrong. Printed once per place to stderr unless captured,
// silenced or raised. Filters and captures are of the process, as Python's are; all of it may be
// used from any thread.
#pragma once

#include "azoth/base/error.hpp"
#include "azoth/base/place.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace azoth {

/// Tells warnings apart by what they ask of the reader.
enum class WarningCategory : std::uint8_t {
  sa_warning,              ///< SAWarning: likely a mistake
  sa_deprecation_warning,  ///< SADeprecationWarning: works, and will go
  removed_in_20_warning,   ///< RemovedIn20Warning: a 1.x form that 2.0 does not have
};

/// Returns SQLAlchemy's name of the category, as `SAWarning`.
const char* warning_category_name(WarningCategory category) noexcept;

/// Holds one warning as a capture saw it.
struct WarningRecord {
  WarningCategory category{};
  std::string message;
  Place place;
};

/// Is thrown in place of a warning while a filter of WarningAction::error matches it.
class WarningError : public Error {
 public:
  WarningError(WarningCategory category, std::string message)
      : Error(std::move(message)), category_(category) {}

  WarningCategory category() const noexcept { return category_; }

  const char* class_name() const noexcept override;

 private:
  WarningCategory category_;
};

/// Warns: by default prints `file:line: SAWarning: message` to stderr, once per place and message.
/// Throws WarningError if a filter says so. A `code` adds the line on where its background is told.
void warn(WarningCategory category, std::string_view message, Place place = Place::current());
void warn(WarningCategory category,
          std::string_view message,
          std::string_view code,
          Place place = Place::current());

/// Says what a filter does with the warnings it matches.
enum class WarningAction : std::uint8_t { ignore, error, always };

/// Filters warnings while it lives: of a category (all, if not given) and whose message contains a
/// text (any, if empty). The filter created last that matches decides.
class WarningFilter {
 public:
  explicit WarningFilter(WarningAction action, std::string_view message_contains = {});
  WarningFilter(WarningAction action,
                WarningCategory category,
                std::string_view message_contains = {});
  ~WarningFilter();
  WarningFilter(const WarningFilter&) = delete;
  WarningFilter& operator=(const WarningFilter&) = delete;

 private:
  std::uint64_t id_;
};

/// Collects, while it lives, the warnings that no filter ignores or raises, instead of having them
/// printed. Captures nest: the one created last collects.
class CaptureWarnings {
 public:
  CaptureWarnings();
  ~CaptureWarnings();
  CaptureWarnings(const CaptureWarnings&) = delete;
  CaptureWarnings& operator=(const CaptureWarnings&) = delete;

  /// Returns a copy of what was collected so far, in order.
  std::vector<WarningRecord> records() const;
  /// Forgets what was collected so far.
  void clear();

 private:
  std::shared_ptr<std::vector<WarningRecord>> records_;
};

}  // namespace azoth

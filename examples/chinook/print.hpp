// SPDX-License-Identifier: MIT
// How the example shows its answers and the SQL that found them, on standard output.
#pragma once
#include "changes.hpp"
#include "reports.hpp"

#include <string_view>
#include <vector>

namespace chinook {

/// Takes the records of the engines' logs: SQL in place of timestamps, indented beside the answers.
class SqlPrinter final : public azoth::LogSink {
 public:
  void write(const azoth::LogRecord& record) override;
};

void print_heading(std::string_view text);
void print(const std::vector<BestSeller>& artists);
void print_tree(const std::vector<ptr<Employee>>& employees, std::size_t depth = 0);
void print(const std::vector<ptr<Playlist>>& playlists);
/// Prints a line for each country, a column for each year.
void print(const std::vector<YearlyRevenue>& revenue);
void print(const ptr<Customer>& customer);
void print(const PriceTrial& trial);
void print(const azoth::CacheStatistics& cache);

}  // namespace chinook

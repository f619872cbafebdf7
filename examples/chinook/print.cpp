// SPDX-License-Identifier: MIT
// Text of the answers. Everything is loaded by the reports: what is read here needs no statement.
#include "print.hpp"

#include <fmt/format.h>

#include <map>
#include <set>
#include <string>

namespace chinook {
using namespace azoth;

namespace {

// An optional name as text.
std::string text(const std::optional<std::string>& name) {
  return name.value_or("(unnamed)");
}

constexpr std::size_t tracks_shown = 5;

void print_track(const ptr<Track>& track) {
  fmt::print("    {:<40} {:<40} {}\n",
             *track->name,
             *track->album->title,
             text(track->album->artist->name));
}

}  // namespace

void SqlPrinter::write(const LogRecord& record) {
  std::string_view rest = record.message;
  for (std::size_t end = 0; end != rest.npos; rest.remove_prefix(end + 1)) {
    end = rest.find('\n');
    fmt::print("  | {}\n", rest.substr(0, end));
    if (end == rest.npos) {
      break;
    }
  }
}

void print_heading(std::string_view text) {
  fmt::print("\n=== {} ===\n\n", text);
}

void print(const std::vector<BestSeller>& artists) {
  fmt::print("\n{:<40} {:>6} {:>9}  {}\n", "artist", "tracks", "revenue", "last sold");
  for (const auto& [artist, tracks_sold, revenue, last_sold] : artists) {
    fmt::print("{:<40} {:>6} {:>9}  {}\n",
               artist,
               tracks_sold,
               revenue.to_string(),
               last_sold.date.to_string());
  }
}

void print_tree(const std::vector<ptr<Employee>>& employees, std::size_t depth) {
  if (depth == 0) {
    fmt::print("\n");
  }
  for (const ptr<Employee>& employee : employees) {
    fmt::print("{:{}}{} {}, {}\n",
               "",
               depth * 4,
               *employee->first_name,
               *employee->last_name,
               text(employee->title));
    print_tree(snapshot(employee->reports), depth + 1);
  }
}

void print(const std::vector<ptr<Playlist>>& playlists) {
  for (const ptr<Playlist>& playlist : playlists) {
    const std::size_t count = playlist->tracks.size();
    fmt::print("\n{} ({} tracks)\n", text(playlist->name), count);
    for (std::size_t i = 0; i < count && i < tracks_shown; ++i) {
      print_track(playlist->tracks[i]);
    }
    if (count > tracks_shown) {
      fmt::print("    and {} more\n", count - tracks_shown);
    }
  }
}

void print(const std::vector<YearlyRevenue>& revenue) {
  std::set<std::int64_t> years;
  std::map<std::string, std::map<std::int64_t, Decimal>> by_country;
  for (const auto& [country, year, sum, invoices] : revenue) {
    years.insert(year);
    by_country[country][year] = sum;
  }
  fmt::print("\n{:<20}", "country");
  for (std::int64_t year : years) {
    fmt::print("{:>9}", year);
  }
  for (auto& [country, sums] : by_country) {
    fmt::print("\n{:<20}", country);
    for (std::int64_t year : years) {
      fmt::print("{:>9}", sums.contains(year) ? sums[year].to_string() : "-");
    }
  }
  fmt::print("\n");
}

void print(const ptr<Customer>& customer) {
  fmt::print("\n{} {}, {}\n",
             *customer->first_name,
             *customer->last_name,
             customer->company->value_or("no company"));
  for (const ptr<Invoice>& invoice : customer->invoices) {
    fmt::print("    invoice {} of {}: {}\n",
               *invoice->id,
               invoice->date->date.to_string(),
               invoice->total->to_string());
    for (const ptr<InvoiceLine>& line : invoice->lines) {
      fmt::print("        {} x {} at {}\n",
                 *line->quantity,
                 *line->track->name,
                 line->unit_price->to_string());
    }
  }
}

void print(const PriceTrial& trial) {
  fmt::print("\n{}: {} before, {} flushed, {} after the rollback\n",
             trial.album,
             trial.before.to_string(),
             trial.flushed.to_string(),
             trial.rolled_back.to_string());
}

void print(const CacheStatistics& cache) {
  fmt::print("{} statements compiled and kept (of {} at most), found {} times, compiled {} times\n",
             cache.size,
             cache.capacity,
             cache.hits,
             cache.misses);
}

}  // namespace chinook

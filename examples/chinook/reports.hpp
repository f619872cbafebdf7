// SPDX-License-Identifier: MIT
// The questions that the example asks of a Chinook database. Each takes a session and gives plain
// values or mapped objects; printing them is print.hpp's.
#pragma once
#include "model.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace chinook {

/// What was sold of one artist.
struct BestSeller {
  std::string artist;
  std::int64_t tracks_sold;
  Decimal revenue;
  DateTime last_sold;
};

/// What was earned in one country in one year.
struct YearlyRevenue {
  std::string country;
  std::int64_t year;
  Decimal revenue;
  std::int64_t invoices;
};

/// Returns the ten artists that earned most, best first: an aggregate over five joined tables.
std::vector<BestSeller> best_selling_artists(Session& session);

/// Returns the employees who report to nobody, with all below them loaded: two statements, however
/// deep the tree is.
std::vector<ptr<Employee>> heads_of_company(Session& session);

/// Returns the three newest playlists with their tracks, those tracks' albums and those albums'
/// artists loaded: four statements, however many tracks there are.
std::vector<ptr<Playlist>> newest_playlists(Session& session);

/// Returns the revenue of each country in each year, by country, then year.
std::vector<YearlyRevenue> revenue_by_country_and_year(Session& session);

/// Returns the customer with that address, or nothing, with invoices, their lines and the tracks on
/// them loaded: three statements.
ptr<Customer> find_customer(Session& session, std::string_view email);

}  // namespace chinook

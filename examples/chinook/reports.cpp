// SPDX-License-Identifier: MIT
// The example's questions as statements: two typed aggregates and two graphs of objects.
#include "reports.hpp"

namespace chinook {
using namespace azoth;

std::vector<BestSeller> best_selling_artists(Session& session) {
  auto revenue = func::sum(col(&InvoiceLine::unit_price) * col(&InvoiceLine::quantity));
  auto stmt = select(&Artist::name,
                     func::sum(&InvoiceLine::quantity).label("tracks_sold"),
                     revenue.label("revenue"),
                     func::max(&Invoice::date).label("last_sold"))
                  .join(&Artist::albums)
                  .join(&Album::tracks)
                  .join(&Track::invoice_lines)
                  .join(&InvoiceLine::invoice)
                  .group_by(&Artist::id, &Artist::name)
                  .order_by(desc("revenue"), &Artist::name)
                  .limit(10);

  std::vector<BestSeller> best;
  // An artist may lack a name, and SQL's sum() and max() are NULL for no rows: all are optional.
  for (auto [artist, tracks_sold, earned, last_sold] : session.execute(stmt)) {
    best.push_back({artist.value_or("(unnamed)"),
                    tracks_sold.value_or(0),
                    earned.value_or(0),
                    last_sold.value_or(DateTime())});
  }
  return best;
}

std::vector<ptr<Employee>> heads_of_company(Session& session) {
  auto stmt = select<Employee>().order_by(&Employee::id).options(selectinload(&Employee::reports));

  std::vector<ptr<Employee>> heads;
  for (const ptr<Employee>& employee : session.scalars(stmt)) {
    if (!employee->manager) {  // found in the session by its key, without a statement
      heads.push_back(employee);
    }
  }
  return heads;
}

std::vector<ptr<Playlist>> newest_playlists(Session& session) {
  auto stmt = select<Playlist>()
                  .order_by(desc(&Playlist::id))
                  .limit(3)
                  .options(selectinload(&Playlist::tracks)
                               .selectinload(&Track::album)
                               .selectinload(&Album::artist));
  return session.scalars(stmt).all();
}

std::vector<YearlyRevenue> revenue_by_country_and_year(Session& session) {
  auto year = extract("year", &Invoice::date);
  auto stmt = select(&Invoice::billing_country,
                     year.label("year"),
                     func::sum(&Invoice::total).label("revenue"),
                     func::count(&Invoice::id).label("invoices"))
                  .group_by(&Invoice::billing_country, "year")
                  .order_by(&Invoice::billing_country, "year");

  std::vector<YearlyRevenue> rows;
  for (auto [country, in_year, revenue, invoices] : session.execute(stmt)) {
    rows.push_back({country.value_or("(unknown)"), in_year, revenue.value_or(0), invoices});
  }
  return rows;
}

ptr<Customer> find_customer(Session& session, std::string_view email) {
  auto stmt = select<Customer>()
                  .where(col(&Customer::email) == email)
                  .options(selectinload(&Customer::invoices)
                               .selectinload(&Invoice::lines)
                               .joinedload(&InvoiceLine::track));
  return session.scalar(stmt);
}

}  // namespace chinook

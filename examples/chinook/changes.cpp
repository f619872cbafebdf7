// SPDX-License-Identifier: MIT
// Changing objects: attributes are assigned, lists appended to, and commit() finds out what SQL
// that takes and in which order.
#include "changes.hpp"

namespace chinook {
using namespace azoth;

Decimal amount(const ptr<Invoice>& invoice) {
  Decimal sum;
  for (const ptr<InvoiceLine>& line : invoice->lines) {
    sum += *line->unit_price * *line->quantity;
  }
  return sum;
}

ptr<Customer> add_customer(Session& session) {
  auto agents = select<Employee>()
                    .where(col(&Employee::title) == "Sales Support Agent")
                    .order_by(&Employee::id)
                    .limit(1);
  auto three_tracks = select<Track>().order_by(&Track::id).limit(3);

  auto invoice = make<Invoice>({.date = DateTime{{2026, 1, 15}, {10, 30, 0}},
                                .billing_city = "Reykjavik",
                                .billing_country = "Iceland"});
  for (const ptr<Track>& track : session.scalars(three_tracks)) {
    invoice->lines.push_back(
        make<InvoiceLine>({.unit_price = track->unit_price, .quantity = 1, .track = track}));
  }
  invoice->total = amount(invoice);

  auto customer = make<Customer>({.first_name = "Freyja",
                                  .last_name = "Jonsdottir",
                                  .city = "Reykjavik",
                                  .country = "Iceland",
                                  .email = std::string(newcomer),
                                  .support_rep = session.scalar(agents),
                                  .invoices = {invoice}});
  session.add(customer);  // and with it all that it refers to
  session.commit();       // parents first; the keys they get are copied to their children
  return customer;
}

void change_customer(Session& session, const ptr<Customer>& customer) {
  customer->company = "Northern Lights Ltd";
  ptr<Invoice> invoice = customer->invoices.front();
  invoice->lines.front()->quantity = 2;
  invoice->total = amount(invoice);
  session.commit();  // writes the three columns that changed, nothing else
}

void delete_customer(Session& session, const ptr<Customer>& customer) {
  session.delete_(customer);
  session.commit();
}

namespace {

Decimal price(const ptr<Album>& album) {
  Decimal sum;
  for (const ptr<Track>& track : album->tracks) {
    sum += track->unit_price;
  }
  return sum;
}

}  // namespace

PriceTrial try_higher_prices(Session& session) {
  ptr<Album> album = session.scalar(select<Album>().order_by(&Album::id).limit(1));
  PriceTrial trial{.album = album->title, .before = price(album), .flushed = {}, .rolled_back = {}};

  for (const ptr<Track>& track : album->tracks) {
    track->unit_price = *track->unit_price + Decimal("0.50");
  }
  session.flush();
  trial.flushed = price(album);

  session.rollback();
  trial.rolled_back = price(album);  // read again from the database
  return trial;
}

}  // namespace chinook

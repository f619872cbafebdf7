// SPDX-License-Identifier: MIT
// What the example does to a Chinook database: the life of a customer, from the first commit to the
// cascade that removes all its rows, and a change that is rolled back. The database is afterwards
// as it was before.
#pragma once
#include "model.hpp"

#include <string_view>

namespace chinook {

/// The address by which the new customer is found again.
inline constexpr std::string_view newcomer = "freyja@example.org";

/// Adds a customer with an invoice of three lines, in one commit.
ptr<Customer> add_customer(Session& session);

/// Gives the customer a company and doubles the first line of its invoice, in one commit.
void change_customer(Session& session, const ptr<Customer>& customer);

/// Deletes the customer; its invoice and the invoice's lines go with it.
void delete_customer(Session& session, const ptr<Customer>& customer);

/// The price of an album at three moments.
struct PriceTrial {
  std::string album;
  Decimal before, flushed, rolled_back;
};

/// Raises the prices of an album's tracks, flushes them, and rolls them back.
PriceTrial try_higher_prices(Session& session);

/// Returns what the lines of an invoice amount to.
Decimal amount(const ptr<Invoice>& invoice);

}  // namespace chinook

// SPDX-License-Identifier: MIT
// Azoth at its main job: a program maps a real database, queries it, changes it and commits. Every
// statement is shown before what it found.
#include "generate.hpp"
#include "print.hpp"
#include <azoth/engine/url.hpp>

#include <cstdio>
#include <exception>
#include <memory>
#include <string>
#include <string_view>

namespace {

using namespace azoth;

constexpr const char* usage =
    "usage: chinook [--generate] [URL]\n"
    "\n"
    "Queries and changes the Chinook music shop at URL, for instance\n"
    "sqlite:///chinook.sqlite, and leaves it as it was.\n"
    "  --generate  first create the tables in the empty database at URL and fill them\n"
    "Without a URL, a database in memory is generated.\n";

struct Arguments {
  std::string url;
  bool generate = false, help = false;
  std::string mistake;  ///< what is wrong with the command line, if anything
};

Arguments parse(int count, char** values) {
  Arguments arguments;
  for (int i = 1; i < count; ++i) {
    const std::string_view value = values[i];
    if (value == "--generate") {
      arguments.generate = true;
    } else if (value == "--help" || value == "-h") {
      arguments.help = true;
    } else if (value.empty() || value.front() == '-') {
      arguments.mistake = "unknown option '" + std::string(value) + "'";
    } else if (!arguments.url.empty()) {
      arguments.mistake =
          "more than one URL: '" + arguments.url + "' and '" + std::string(value) + "'";
    } else {
      arguments.url = value;
    }
  }
  if (arguments.url.empty()) {
    arguments.url = "sqlite://";
    arguments.generate = true;
  }
  return arguments;
}

void show_reports(const Engine& engine) {
  Session session(engine);
  chinook::print_heading("The ten best-selling artists: an aggregate over five tables");
  chinook::print(chinook::best_selling_artists(session));

  chinook::print_heading("The employees: a tree, loaded by two statements");
  chinook::print_tree(chinook::heads_of_company(session));

  chinook::print_heading("Three playlists with tracks, albums and artists: four statements");
  chinook::print(chinook::newest_playlists(session));

  chinook::print_heading("Revenue by country and year");
  chinook::print(chinook::revenue_by_country_and_year(session));
}

void show_changes(const Engine& engine) {
  Session session(engine);
  chinook::print_heading("A new customer with an invoice of three lines: one commit");
  ptr<chinook::Customer> customer = chinook::add_customer(session);
  chinook::print(chinook::find_customer(session, chinook::newcomer));

  chinook::print_heading("The customer changes: only what changed is written");
  chinook::change_customer(session, customer);
  chinook::print(chinook::find_customer(session, chinook::newcomer));

  chinook::print_heading("The customer is deleted, and its invoice and lines with it");
  chinook::delete_customer(session, customer);

  chinook::print_heading("Higher prices: flushed, then rolled back");
  chinook::print(chinook::try_higher_prices(session));
}

void run(const Arguments& arguments) {
  Engine engine = create_engine(arguments.url);
  if (arguments.generate) {
    chinook::generate(engine);
  }
  Connection connection = engine.connect();
  if (!has_table(connection, "InvoiceLine")) {
    throw NoSuchTableError("The database '" + engine.url().to_string() +
                           "' has no table InvoiceLine; is it a Chinook database? "
                           "Run chinook with --generate to fill an empty one");
  }
  connection.close();

  // From here on, as create_engine(url, {.echo = true}) would do from the start.
  set_log_sink(std::make_shared<chinook::SqlPrinter>());
  set_log_level("azoth.engine", LogLevel::info);
  show_reports(engine);
  show_changes(engine);
  set_log_level("azoth.engine", LogLevel::warning);

  chinook::print_heading("The statement cache");
  chinook::print(engine.cache_statistics());
}

}  // namespace

int main(int count, char** values) {
  const Arguments arguments = parse(count, values);
  if (!arguments.mistake.empty()) {
    std::fprintf(stderr, "chinook: %s\n\n%s", arguments.mistake.c_str(), usage);
    return 2;
  }
  if (arguments.help) {
    std::fputs(usage, stdout);
    return 0;
  }
  try {
    run(arguments);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "chinook: %s\n", error.what());
    return 1;
  }
}

// SPDX-License-Identifier: MIT
// The example's answers are those that the same questions in plain SQL get from the sqlite3 shell,
// on the original Chinook data and on generated data; its statements are as few as it says.
#include "changes.hpp"
#include "chinook_database.hpp"
#include "reports.hpp"

namespace chinook {
namespace {

using namespace azoth;

enum class Source { original, generated };

class Chinook : public testing::TestWithParam<Source> {
 protected:
  void SetUp() override {
    if (!has_sqlite3_shell()) {
      GTEST_SKIP() << "the sqlite3 shell is not installed";
    }
    if (GetParam() == Source::original) {
      if (!std::filesystem::exists(original_database())) {
        GTEST_SKIP() << original_database() << " is absent; AZOTH_SHARED names another folder";
      }
      database_.copy_original();
      engine_ = create_engine(database_.url());
    } else {
      engine_ = create_engine(database_.url());
      generate(*engine_);
    }
  }

  const Engine& engine() const { return *engine_; }

  std::string shell(const std::string& sql) const { return database_.shell(sql); }

 private:
  ChinookDatabase database_;
  std::optional<Engine> engine_;
};

std::string day(const DateTime& moment) {
  return moment.date.to_string();
}

std::string or_null(const std::optional<std::string>& text) {
  return text.value_or("");
}

TEST_P(Chinook, BestSellersAreTheShells) {
  Session session(engine());
  std::string found;
  for (const auto& [artist, tracks_sold, revenue, last_sold] : best_selling_artists(session)) {
    found += artist + "|" + std::to_string(tracks_sold) + "|" + revenue.to_string() + "|" +
             day(last_sold) + "\n";
  }
  EXPECT_EQ(found, shell(R"(
      SELECT ar.Name, sum(l.Quantity), printf('%.2f', sum(l.UnitPrice * l.Quantity)),
             date(max(i.InvoiceDate))
        FROM InvoiceLine l, Track t, Album al, Artist ar, Invoice i
       WHERE t.TrackId = l.TrackId AND al.AlbumId = t.AlbumId AND ar.ArtistId = al.ArtistId
         AND i.InvoiceId = l.InvoiceId
       GROUP BY ar.ArtistId
       ORDER BY round(sum(l.UnitPrice * l.Quantity), 2) DESC, ar.Name LIMIT 10;)"));
  EXPECT_EQ(std::count(found.begin(), found.end(), '\n'), 10);
}

TEST_P(Chinook, BestSellersTakeOneStatement) {
  Session session(engine());
  StatementLog log;
  static_cast<void>(best_selling_artists(session));
  EXPECT_EQ(log.statements(), std::vector<std::string>{"SELECT Artist"});
}

void write_tree(std::string& found, const ptr<Employee>& employee, std::size_t depth) {
  found += std::to_string(depth) + "|" + *employee->first_name + "|" + *employee->last_name + "|" +
           or_null(employee->title) + "\n";
  for (const ptr<Employee>& report : employee->reports) {
    write_tree(found, report, depth + 1);
  }
}

TEST_P(Chinook, EmployeeTreeIsTheShellsAndTakesTwoStatements) {
  Session session(engine());
  StatementLog log;
  std::string found;
  for (const ptr<Employee>& head : heads_of_company(session)) {
    write_tree(found, head, 0);
  }
  EXPECT_EQ(log.statements(), (std::vector<std::string>{"SELECT Employee", "SELECT Employee"}));
  EXPECT_EQ(found, shell(R"(
      WITH RECURSIVE tree(id, depth, path) AS (
        SELECT EmployeeId, 0, printf('%04d', EmployeeId) FROM Employee WHERE ReportsTo IS NULL
        UNION ALL
        SELECT e.EmployeeId, depth + 1, path || printf('/%04d', e.EmployeeId)
          FROM Employee e JOIN tree ON e.ReportsTo = tree.id)
      SELECT depth, FirstName, LastName, Title FROM tree JOIN Employee ON EmployeeId = id
       ORDER BY path;)"));
  EXPECT_EQ(std::count(found.begin(), found.end(), '\n'), 8);
}

TEST_P(Chinook, PlaylistsAreTheShellsAndTakeFourStatements) {
  Session session(engine());
  StatementLog log;
  std::string found;
  for (const ptr<Playlist>& playlist : newest_playlists(session)) {
    for (const ptr<Track>& track : playlist->tracks) {
      found += or_null(playlist->name) + "|" + *track->name + "|" + track->unit_price->to_string() +
               "|" + *track->album->title + "|" + or_null(track->album->artist->name) + "\n";
    }
  }
  EXPECT_EQ(log.statements().size(), 4) << testing::PrintToString(log.statements());
  EXPECT_EQ(found, shell(R"(
      SELECT p.Name, t.Name, printf('%.2f', t.UnitPrice), al.Title, ar.Name
        FROM (SELECT * FROM Playlist ORDER BY PlaylistId DESC LIMIT 3) p
        JOIN PlaylistTrack USING (PlaylistId) JOIN Track t USING (TrackId)
        JOIN Album al USING (AlbumId) JOIN Artist ar USING (ArtistId)
       ORDER BY p.PlaylistId DESC, t.TrackId;)"));
  EXPECT_GT(found.size(), 1000U);
}

TEST_P(Chinook, RevenueByCountryAndYearIsTheShells) {
  Session session(engine());
  std::string found;
  for (const auto& [country, year, revenue, invoices] : revenue_by_country_and_year(session)) {
    found += country + "|" + std::to_string(year) + "|" + revenue.to_string() + "|" +
             std::to_string(invoices) + "\n";
  }
  EXPECT_EQ(found, shell(R"(
      SELECT BillingCountry, CAST(strftime('%Y', InvoiceDate) AS INTEGER) AS year,
             printf('%.2f', sum(Total)), count(*)
        FROM Invoice GROUP BY BillingCountry, year ORDER BY BillingCountry, year;)"));
  EXPECT_GT(found.size(), 500U);
}

constexpr const char* freyja = R"(
    SELECT c.LastName, c.Company, e.LastName, i.BillingCountry, i.InvoiceDate,
           printf('%.2f', i.Total), l.TrackId, l.Quantity, printf('%.2f', l.UnitPrice)
      FROM Customer c LEFT JOIN Employee e ON EmployeeId = SupportRepId
      JOIN Invoice i USING (CustomerId) JOIN InvoiceLine l USING (InvoiceId)
     WHERE c.Email = 'freyja@example.org' ORDER BY l.InvoiceLineId;)";

// What the shell should find of her: all is fixed but her agent and the price of the tracks.
std::string expected_rows(const std::string& agent,
                          const std::string& company,
                          const Decimal& price,
                          int first_quantity) {
  const Decimal total = price * (first_quantity + 2);
  std::string rows;
  for (int track : {1, 2, 3}) {
    rows += "Jonsdottir|" + company + "|" + agent + "|Iceland|2026-01-15 10:30:00.000000|" +
            total.to_string() + "|" + std::to_string(track) + "|" +
            std::to_string(track == 1 ? first_quantity : 1) + "|" + price.to_string() + "\n";
  }
  return rows;
}

TEST_P(Chinook, CustomerLivesThroughCommitsAndLeavesNoTrace) {
  const std::string before = shell(".dump");
  std::string agent = shell(
      "SELECT LastName FROM Employee WHERE Title = 'Sales Support Agent' ORDER BY EmployeeId LIMIT "
      "1;");
  agent.pop_back();
  std::string price = shell(
      "SELECT printf('%.2f', max(UnitPrice)) FROM Track WHERE TrackId <= 3 "
      "HAVING min(UnitPrice) = max(UnitPrice);");
  ASSERT_FALSE(price.empty()) << "the first three tracks have one price";
  price.pop_back();

  Session session(engine());
  ptr<Customer> customer = add_customer(session);
  EXPECT_EQ(shell(freyja), expected_rows(agent, "", Decimal(price), 1));

  change_customer(session, customer);
  EXPECT_EQ(shell(freyja), expected_rows(agent, "Northern Lights Ltd", Decimal(price), 2));
  EXPECT_EQ(*customer->company, "Northern Lights Ltd");

  delete_customer(session, customer);
  EXPECT_EQ(shell(freyja), "");
  EXPECT_EQ(shell(".dump"), before);
}

TEST_P(Chinook, CustomerWithInvoiceIsFlushedParentsFirst) {
  Session session(engine());
  StatementLog log;
  ptr<Customer> customer = add_customer(session);
  EXPECT_EQ(log.statements(),
            (std::vector<std::string>{"SELECT Track",
                                      "SELECT Employee",
                                      "INSERT Customer",
                                      "INSERT Invoice",
                                      "INSERT InvoiceLine",
                                      "INSERT InvoiceLine",
                                      "INSERT InvoiceLine"}));
}

TEST_P(Chinook, FindingACustomerLoadsInvoicesLinesAndTracksInThreeStatements) {
  Session session(engine());
  ptr<Customer> customer = add_customer(session);
  change_customer(session, customer);
  StatementLog log;
  EXPECT_EQ(find_customer(session, newcomer), customer);
  std::string found = *customer->last_name;
  for (const ptr<Invoice>& invoice : customer->invoices) {
    for (const ptr<InvoiceLine>& line : invoice->lines) {
      found += "|" + std::to_string(*line->quantity) + " " + std::to_string(*line->track->id);
    }
  }
  EXPECT_EQ(found, "Jonsdottir|2 1|1 2|1 3");
  EXPECT_EQ(log.statements(),
            (std::vector<std::string>{"SELECT Customer", "SELECT Invoice", "SELECT InvoiceLine"}));
  EXPECT_EQ(find_customer(session, "nobody@example.org"), nullptr);
}

TEST_P(Chinook, HigherPricesAreRolledBack) {
  const std::string before = shell(".dump");
  const std::string price = shell(
      "SELECT printf('%.2f', sum(UnitPrice)) FROM Track WHERE AlbumId = (SELECT min(AlbumId) FROM "
      "Album);");
  const std::string tracks =
      shell("SELECT count(*) FROM Track WHERE AlbumId = (SELECT min(AlbumId) FROM Album);");
  Session session(engine());
  const PriceTrial trial = try_higher_prices(session);
  EXPECT_EQ(trial.before.to_string() + "\n", price);
  EXPECT_EQ(trial.flushed, trial.before + Decimal("0.50") * std::stoi(tracks));
  EXPECT_EQ(trial.rolled_back, trial.before);
  session.close();
  EXPECT_EQ(shell(".dump"), before);
}

INSTANTIATE_TEST_SUITE_P(Examples,
                         Chinook,
                         testing::Values(Source::original, Source::generated),
                         [](const auto& source) {
                           return source.param == Source::original ? "OriginalData"
                                                                   : "GeneratedData";
                         });

TEST(ChinookGenerate, MakesTheSameShopEachTime) {
  if (!has_sqlite3_shell()) {
    GTEST_SKIP() << "the sqlite3 shell is not installed";
  }
  ChinookDatabase first, second;
  generate(create_engine(first.url()));
  generate(create_engine(second.url()));
  EXPECT_EQ(first.shell(".dump"), second.shell(".dump"));
  EXPECT_EQ(
      first.shell("SELECT count(*) >= 200 FROM Artist; SELECT count(*) >= 3000 FROM Track; "
                  "SELECT count(*) >= 300 FROM Invoice; SELECT count(*) = (SELECT count(*) FROM "
                  "Track) FROM PlaylistTrack WHERE PlaylistId = 1;"),
      "1\n1\n1\n1\n");
  EXPECT_EQ(first.shell("PRAGMA foreign_key_check; SELECT count(*) FROM Invoice i WHERE "
                        "round(Total, 2) <> (SELECT round(sum(UnitPrice * Quantity), 2) FROM "
                        "InvoiceLine l WHERE l.InvoiceId = i.InvoiceId);"),
            "0\n");
}

TEST(ChinookGenerate, HasTheTablesAndColumnsOfTheOriginal) {
  if (!has_sqlite3_shell() || !std::filesystem::exists(original_database())) {
    GTEST_SKIP() << "the sqlite3 shell or " << original_database() << " is absent";
  }
  ChinookDatabase original, generated;
  original.copy_original();
  generate(create_engine(generated.url()));
  const std::string columns =
      "SELECT m.name, c.name, c.\"notnull\", c.pk FROM sqlite_master m, pragma_table_info(m.name) "
      "c "
      "WHERE m.type = 'table' ORDER BY m.name, c.cid;";
  EXPECT_EQ(generated.shell(columns), original.shell(columns));
  const std::string keys =
      "SELECT m.name, f.\"from\", f.\"table\", f.\"to\" FROM sqlite_master m, "
      "pragma_foreign_key_list(m.name) f WHERE m.type = 'table' ORDER BY 1, 2;";
  EXPECT_EQ(generated.shell(keys), original.shell(keys));
}

TEST(ChinookGenerate, RefusesADatabaseThatHoldsArtists) {
  ChinookDatabase database;
  Engine engine = create_engine(database.url());
  generate(engine);
  try {
    generate(engine);
    FAIL() << "generated twice";
  } catch (const InvalidRequestError& error) {
    EXPECT_NE(std::string(error.what()).find("holds artists already"), std::string::npos);
  }
}

TEST(ChinookProgram, RefusesWrongUsageWithASentence) {
  const auto unknown = run_command(CHINOOK_PROGRAM " --fast 2>&1");
  EXPECT_EQ(unknown.status, 2);
  EXPECT_EQ(unknown.output.find("chinook: unknown option '--fast'\n\nusage: chinook"), 0U);
  const auto two = run_command(CHINOOK_PROGRAM " sqlite:///a sqlite:///b 2>&1");
  EXPECT_EQ(two.status, 2);
  EXPECT_EQ(two.output.find("chinook: more than one URL: 'sqlite:///a' and 'sqlite:///b'"), 0U);
}

TEST(ChinookProgram, NamesTheTableThatADatabaseLacks) {
  const auto memory = run_command(CHINOOK_PROGRAM " sqlite:// 2>&1");
  EXPECT_EQ(memory.status, 1);
  EXPECT_NE(memory.output.find("has no table InvoiceLine"), std::string::npos) << memory.output;
}

TEST(ChinookProgram, RunsInMemoryAndEndsWithTheCacheFigures) {
  const auto run = run_command(CHINOOK_PROGRAM " 2>&1");
  EXPECT_EQ(run.status, 0) << run.output;
  EXPECT_NE(run.output.find("INSERT INTO \"InvoiceLine\""), std::string::npos);
  EXPECT_NE(run.output.find("ROLLBACK"), std::string::npos);
  EXPECT_NE(run.output.find("=== The statement cache ==="), std::string::npos);
}

}  // namespace
}  // namespace chinook

// SPDX-License-Identifier: MIT
// Tables that refer to each other.
#include <algorithm>

using namespace azoth;

namespace {

MetaData cycle(ForeignKeyOptions options) {
  MetaData m;
  const TypePtr number = types::Integer();
  const auto key = [&] { return Column("id", number, {.primary_key = true}); };
  Table("a", m, {key(), Column("b_id", number, {.foreign_key = ForeignKey("b.id", options)})});
  Table("b",
        m,
        {key(),
         Column("a_id",
                number,
                {.foreign_key = ForeignKey("a.id", ForeignKeyOptions{.name = "fk_ba"})})});
  return m;
}

// The text in one line.
std::string squeezed(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool is_blank = c == ' ' || c == '\n' || c == '\t';
    if (!is_blank) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (!out.empty() && out.back() == ' ') {
    out.pop_back();
  }
  return out;
}

}  // namespace

AZOTH_SCENARIO("202", "Foreign key cycles between tables: use_alter") {
  for (const char* d : {"postgresql", "sqlite"}) {
    rec::step(std::string(d) + ": use_alter and name");
    const MetaData m = cycle({.name = "fk_ab", .use_alter = true});
    const auto show = [&](const azoth::sql::Ref& ddl) { rec::ddl(ddl, dialect(d)); };
    MockConnection conn(dialect(d), show);
    create_all(m, conn);
    drop_all(m, conn);
  }
  for (const char* d : {"postgresql", "sqlite"}) {
    for (const auto& [label, name] : {std::pair("name only", "fk_ab"), std::pair("nothing", "")}) {
      rec::step(std::string(d) + ": " + label + " (statements sorted)");
      const MetaData m = cycle({.name = name});
      std::vector<std::string> got;
      const auto keep = [&](const azoth::sql::Ref& ddl) {
        got.push_back(squeezed(to_string(ddl, dialect(d))));
      };
      MockConnection conn(dialect(d), keep);
      const auto tell = [&] {
        std::sort(got.begin(), got.end());
        for (const std::string& line : got) {
          rec::note(line);
        }
        got.clear();
      };
      rec::attempt("create_all", [&] { create_all(m, conn); }, false);
      tell();
      rec::attempt("drop_all", [&] { drop_all(m, conn); }, false);
      tell();
    }
  }

  rec::step("sorted_tables of a cycle");
  std::vector<std::string> names;
  for (const Table& table : cycle({.name = "fk_ab"}).sorted_tables()) {
    names.push_back(table.name());
  }
  std::sort(names.begin(), names.end());
  rec::show("order", names);
  rec::step("self-referential table is no cycle");
  MetaData m;
  Table("n",
        m,
        {Column("id", types::Integer(), {.primary_key = true}),
         Column("p", types::Integer(), {.foreign_key = "n.id"})});
  const auto show = [&](const azoth::sql::Ref& ddl) { rec::ddl(ddl, dialect("postgresql")); };
  MockConnection conn(dialect("postgresql"), show);
  create_all(m, conn);
}

// SPDX-License-Identifier: MIT
// What a MetaData and its tables answer, and how tables are redefined, copied and joined.
using namespace azoth;

namespace {

const TypePtr number = types::Integer();

Column key() {
  return Column("id", number, {.primary_key = true});
}

std::vector<std::string> column_names(const std::vector<Any>& columns) {
  std::vector<std::string> names;
  for (const Any& column : columns) {
    names.push_back(column_name(column));
  }
  return names;
}

std::vector<std::string> sorted_tables(const MetaData& m) {
  std::vector<std::string> names;
  for (const Table& table : m.tables()) {
    names.push_back(table.fullname());
  }
  std::sort(names.begin(), names.end());
  return names;
}

void columns(const Table& user, const Table& addr) {
  rec::step("columns");
  rec::show("keys", user.columns().keys());
  const Any nm = user.c("nm");
  rec::show("name, key", std::pair(column_name(nm), column_key(nm)));
  rec::show("'nm' in", std::pair(user.columns().contains("nm"), user.columns().contains("name")));
  rec::show("by index", column_name(user.columns()[0]));
  rec::show("several", column_names(user.columns()[{"id", "nm"}]));
  std::vector<std::string> names;
  for (const auto& [name, column] : user.primary_key()) {
    names.push_back(column_name(Any(column)));
  }
  rec::show("primary key", names);
  std::vector<std::pair<std::string, std::string>> keys;
  for (const ForeignKeyElement& element : addr.foreign_keys()) {
    keys.emplace_back(column_name(element.parent()), table_of(element.column()).name());
  }
  rec::show("fks", keys);
  rec::show("references", references(addr.c("user_id"), user.c("id")));
  std::vector<std::string> constraints, indexes;
  for (const Constraint& constraint : addr.constraints()) {
    constraints.emplace_back(class_name(constraint.kind));
  }
  std::sort(constraints.begin(), constraints.end());
  rec::show("constraints", constraints);
  for (const Index& index : addr.indexes()) {
    indexes.push_back(index.name.text);
  }
  rec::show("indexes", indexes);
  rec::show("str, repr of a column", std::pair(column_fullname(nm), repr(nm)));
  rec::attempt("missing key", [&] { static_cast<void>(user.columns()["nothere"]); });
}

void redefinition(const MetaData& m, const Table& user) {
  rec::step("redefinition");
  rec::attempt("again", [&] { Table("user", m, {Column("id", number)}); });
  const Table again("user", m);
  rec::show("plain lookup is the same object", again.node() == user.node());
  Table("user", m, {Column("extra", number)}, {}, {}, TableOptions{.extend_existing = true});
  rec::show("extended", user.columns().keys());
  Table("user", m, {Column("ignored", number)}, {}, {}, TableOptions{.keep_existing = true});
  rec::show("kept", user.columns().keys());
  rec::attempt("both flags", [&] {
    Table("user", m, {}, {}, {}, TableOptions{.extend_existing = true, .keep_existing = true});
  });
  rec::attempt("duplicate column", [] {
    Table("dup", MetaData(), {Column("a", number), Column("a", types::String())});
  });
  rec::attempt("foreign key to an unknown table", [] {
    MetaData m8;
    const Table bad("bad", m8, {Column("x", types::null_type(), {.foreign_key = "missing.id"})});
    static_cast<void>(bad.foreign_keys().front().column());
  });
  rec::attempt("foreign key to an unknown column", [] {
    MetaData m9;
    Table("p", m9, {Column("id", number)});
    const Table c("c", m9, {Column("x", types::null_type(), {.foreign_key = "p.nope"})});
    static_cast<void>(c.foreign_keys().front().column());
  });
}

}  // namespace

AZOTH_SCENARIO("240", "MetaData and Table objects") {
  MetaData m;
  const Table user("user", m, {key(), Column("name", types::String(20), {.key = "nm"})});
  const Table addr("addr",
                   m,
                   {key(), Column("user_id", number, {.foreign_key = "user.id"})},
                   {UniqueConstraint({"user_id"}, "uq")},
                   {Index{"ix_u", {"user_id"}}});
  columns(user, addr);
  redefinition(m, user);
  rec::step("copy");
  MetaData m2;
  const Table c2 = addr.to_metadata(m2, {.schema = "other"});
  static_cast<void>(user.to_metadata(m2, {.schema = "other"}));
  rec::show("tables", sorted_tables(m2));
  rec::str("join of the copies", select(From(sql::join(c2.node(), m2.table("other.user").node()))));
  rec::step("join");
  rec::str("inferred", sql::join(user.node(), addr.node()));
  rec::str("outer", sql::join(user.node(), addr.node(), {}, true));
  rec::attempt("no foreign key",
               [&] { sql::join(user.node(), Table("lone", m, {Column("id", number)}).node()); });
  const Table two("two",
                  m,
                  {Column("a", number, {.foreign_key = "user.id"}),
                   Column("b", number, {.foreign_key = "user.id"})});
  rec::attempt("two foreign keys", [&] { sql::join(user.node(), two.node()); });
  rec::str("explicit", sql::join(user.node(), two.node(), (user.c("id") == two.c("b")).node()));
  rec::step("remove and clear");
  m.remove(two);
  rec::show("tables", sorted_tables(m));
  m.clear();
  rec::show("tables", sorted_tables(m));
}

// SPDX-License-Identifier: MIT
// The mapped classes of the loading tests, one for each way in which tables can be related, and a
// small database of them.
#pragma once
#include "orm/statement_log.hpp"

namespace load_test {
using namespace azoth;

struct Address;
struct Group;

struct User : Entity<User, "user"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::optional<std::string>> name;
  Relationship<"addresses", List<Address>, BackPopulates<"user">, OrderBy<"email">> addresses;
  Relationship<"groups", List<Group>, Secondary<"user_group">, OrderBy<"name desc">> groups;
};

struct Dns;

struct Address : Entity<Address, "address"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"user_id", std::optional<std::int64_t>, ForeignKey<"user.id">> user_id;
  Column<"email", std::optional<std::string>> email;
  Relationship<"user", User, BackPopulates<"addresses">> user;
  Relationship<"dns", List<Dns>> dns;
};

struct Dns : Entity<Dns, "dns"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"address_id", std::optional<std::int64_t>, ForeignKey<"address.id">> address_id;
};

struct Group : Entity<Group, "grp"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string> name;
};

struct Node : Entity<Node, "node"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"parent_id", std::optional<std::int64_t>, ForeignKey<"node.id">> parent_id;
  Relationship<"children", List<Node>, BackPopulates<"parent">> children;
  Relationship<"parent", Node, BackPopulates<"children">, RemoteSide<"id">> parent;
};

// A foreign key to a column that is not the primary key.
struct Shelf;

struct Room : Entity<Room, "room"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"code", std::string, Unique> code;
  Relationship<"shelves", List<Shelf>, BackPopulates<"room">> shelves;
};

struct Shelf : Entity<Shelf, "shelf"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"room_code", std::optional<std::string>, ForeignKey<"room.code">> room_code;
  Relationship<"room", Room, BackPopulates<"shelves">> room;
};

// Keys of text; a column that is loaded when it is read.
struct Note : Entity<Note, "note"> {
  Column<"slug", std::string, PrimaryKey> slug;
  Column<"number", int> number;
  Column<"text", std::string, Deferred> text;
};

// Strategies as defaults of the mapping, leading back to where they start.
struct Book;

struct Author : Entity<Author, "author"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Relationship<"books", List<Book>, BackPopulates<"author">, Lazy<"selectin">> books;
};
struct Page;

struct Book : Entity<Book, "book"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"author_id", std::optional<std::int64_t>, ForeignKey<"author.id">> author_id;
  Relationship<"author", Author, BackPopulates<"books">, Lazy<"joined">> author;
  Relationship<"pages", List<Page>, Lazy<"raise">> pages;
};

struct Page : Entity<Page, "page"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"book_id", std::optional<std::int64_t>, ForeignKey<"book.id">> book_id;
};

inline const Table& user_group() {
  static const Table table(
      "user_group",
      default_metadata(),
      {azoth::Column("user_id", types::Integer(), {.foreign_key = azoth::ForeignKey("user.id")}),
       azoth::Column("group_id", types::Integer(), {.foreign_key = azoth::ForeignKey("grp.id")})});
  return table;
}

class LoadTest : public azoth_test::OrmTest {
 protected:
  void SetUp() override {
    user_group();
    create_all<User, Address, Dns, Group, Node, Room, Shelf, Note, Author, Book, Page>(engine);
    log.clear();
  }

  // Users 1 and 2; ed has addresses b (1) and a (2) and groups g1, g2; wendy has group g1.
  void add_users() {
    Session s(engine);
    auto g1 = make<Group>({.id = 1, .name = "g1"}), g2 = make<Group>({.id = 2, .name = "g2"});
    s.add(make<User>({.id = 1,
                      .name = "ed",
                      .addresses = {make<Address>({.id = 1, .email = "b"}),
                                    make<Address>({.id = 2, .email = "a"})},
                      .groups = {g1, g2}}));
    s.add(make<User>({.id = 2, .name = "wendy", .groups = {g1}}));
    s.commit();
    log.clear();
  }

  void execute(const std::string& sql) {
    Connection c = engine.connect();
    c.exec_driver_sql(sql);
    c.commit();
    log.clear();
  }

  // The statements since the last call, without parameters' tags and transaction marks.
  std::string statements() {
    std::string out = log.take();
    for (std::string_view mark : {"BEGIN (implicit)\n", "COMMIT\n", "ROLLBACK\n"}) {
      for (std::size_t at; (at = out.find(mark)) != out.npos;) {
        out.erase(at, mark.size());
      }
    }
    return out;
  }

  static std::vector<std::string> emails(const ptr<User>& user) {
    std::vector<std::string> out;
    for (auto a : user->addresses) {
      out.push_back(a->email.get().value_or("null"));
    }
    return out;
  }
};

using Names = std::vector<std::string>;

}  // namespace load_test

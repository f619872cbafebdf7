// SPDX-License-Identifier: MIT
// The classes that the tests of the object layer share, and a session without a database: identity
// map, queue, state transitions, rows that a test puts in.
#pragma once
#include <azoth/base/error.hpp>
#include <azoth/orm/changes.hpp>
#include <azoth/orm/declare.hpp>
#include <azoth/orm/identity_map.hpp>
#include <azoth/orm/make.hpp>
#include <azoth/orm/object_session.hpp>
#include <azoth/sql/table.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace azoth::testing {

struct Author;

struct Book : Entity<Book, "book"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"title", std::string, Length<80>> title;
  Column<"author_id", std::optional<std::int64_t>, ForeignKey<"author.id">> author_id;
  Relationship<"author", Author, BackPopulates<"books">> author;
};

struct Author : Entity<Author, "author"> {
  Column<"id", std::int64_t, PrimaryKey> id;
  Column<"name", std::string, Length<30>> name;
  Column<"born", std::optional<int>> born;
  Relationship<"books", List<Book>, BackPopulates<"author">, Cascade<"all, delete-orphan">> books;
};

/// A session without a database.
class FakeSession final : public orm::ObjectSession {
 public:
  ~FakeSession() override { close(); }

  /// What a row does: the identity map first, else a new persistent object.
  template <class T>
  ptr<T> load(std::int64_t id) {
    const orm::Mapper& mapper = T::mapper();
    if (orm::Object* o = map.find(mapper, id)) {
      return ptr<T>(o);
    }
    orm::Object& o = heap().create(mapper);
    set_key(o, id);
    orm::header(o).session = this;
    orm::header(o).state = orm::ObjectState::persistent;
    map.insert(mapper, id, o);
    return ptr<T>(&o);
  }

  template <class T>
  void add(const ptr<T>& p) {
    add_graph(*p.object());
    heap().boundary();
  }

  void add_graph(orm::Object& start);
  void remove(orm::Object& o);
  void expunge(orm::Object& o);
  void flush();
  void rollback();

  void sweep() { heap().sweep(); }

  void close();

  void mark_roots(orm::Marker& marker) override;

  void keep_marked(std::uint8_t mark) noexcept override { map.keep_marked(mark); }

  void modified(orm::Object& object, unsigned attribute) override;
  void load_column(orm::Object& object, unsigned attribute) override;
  bool load_relationship(orm::Object& object,
                         const orm::RelationshipAttribute& relationship,
                         orm::Fetch fetch) override;
  void cascade(orm::Object& parent,
               const orm::RelationshipAttribute& relationship,
               orm::Object& child) override;
  void removed(orm::Object& parent,
               const orm::RelationshipAttribute& relationship,
               orm::Object& child) override;

  orm::IdentityMap map;
  std::vector<orm::Object*> work;
  std::vector<std::string> log;  ///< what was loaded and removed, in order
  std::function<void(orm::Object&, const orm::RelationshipAttribute&)>
      on_load;  ///< fills a relationship; default: empty

 private:
  static void set_key(orm::Object& o, std::int64_t id);
  void queue(orm::Object& o);
  void forget(orm::Object& o, orm::ObjectState state);
  void end_work();
  bool is_closed_ = false;
  static inline std::int64_t next_id_ = std::int64_t{1} << 40;
};

}  // namespace azoth::testing

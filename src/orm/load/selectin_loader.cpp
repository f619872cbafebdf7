// SPDX-License-Identifier: MIT
// Chunks of parents become IN lists; rows find their parent again through the identity map, where
// all of them are.
#include "orm/load/selectin_loader.hpp"

#include "orm/load/criteria.hpp"
#include "orm/load/loader.hpp"
#include "orm/load/rewriter.hpp"
#include "orm/load/row_reader.hpp"
#include <azoth/orm/changes.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/statement.hpp>

#include <algorithm>

namespace azoth::orm {

namespace {

constexpr std::size_t chunk_size = 500;  // parents a statement, as SQLAlchemy has it

using Key = std::vector<Value>;

class SelectinLoader {
 public:
  SelectinLoader(SessionState& session,
                 const EagerStep& step,
                 const sql::Refs& criteria,
                 bool populate_existing)
      : session_(session),
        relationship_(*step.relationship),
        plan_(step.selectin),
        criteria_(criteria),
        populate_existing_(populate_existing) {}

  void load_lists(std::span<Object* const> parents) {
    for (std::size_t at = 0; at < parents.size(); at += chunk_size) {
      load_list_chunk(parents.subspan(at, std::min(chunk_size, parents.size() - at)));
    }
  }

  void load_targets(std::span<Object* const> parents) {
    std::vector<Object*> waiting;
    std::vector<Key> keys;
    for (Object* parent : parents) {
      if (std::optional<Key> key = target_key(*parent)) {
        waiting.push_back(parent);
        keys.push_back(std::move(*key));
      } else {
        put(*parent, nullptr);
      }
    }
    ObjectTable found;
    std::vector<Key> wanted = keys;
    sort_and_unite(wanted);
    for (std::size_t at = 0; at < wanted.size(); at += chunk_size) {
      load_target_chunk({wanted.data() + at, std::min(chunk_size, wanted.size() - at)}, found);
    }
    for (std::size_t i = 0; i < waiting.size(); ++i) {
      Object* target =
          of_class(session_.identities.find(*relationship_.target, keys[i]), *relationship_.target);
      put(*waiting[i], target && found.find(target) != ObjectTable::npos ? target : nullptr);
    }
  }

 private:
  void load_list_chunk(std::span<Object* const> parents) {
    ObjectTable places;
    std::vector<Literal> values;
    std::vector<Value> kept;
    values.reserve(parents.size() * plan_.parent_slots.size());
    kept.reserve(values.capacity());
    for (Object* parent : parents) {
      places.insert(parent);
      append_identity(*parent, values, kept);
    }
    CursorResult rows = execute(values);
    RowReader reader(session_, rows, populate_existing_);
    reader.follow_criteria(statement_);
    const std::vector<ColumnReader> key_readers = choose_key_readers(rows);
    const EntityPlan& target = *reader.plan().entities.front();
    ListFiller lists;
    while (rows.next()) {
      Object* parent = find_parent(rows, key_readers);
      const std::uint32_t place = parent ? places.find(parent) : ObjectTable::npos;
      Object* member = reader.read(target);
      if (place != ObjectTable::npos && member) {
        lists.add(place, member);
      }
    }
    reader.finish();
    const bool may_repeat = relationship_.secondary || reader.plan().needs_unique;
    lists.fill(relationship_, parents, may_repeat);
  }

  void load_target_chunk(std::span<const Key> keys, ObjectTable& found) {
    std::vector<Literal> values;
    for (const Key& key : keys) {
      values.insert(values.end(), key.begin(), key.end());
    }
    CursorResult rows = execute(values);
    RowReader reader(session_, rows, populate_existing_);
    reader.follow_criteria(statement_);
    const EntityPlan& target = *reader.plan().entities.front();
    while (rows.next()) {
      if (Object* object = reader.read(target)) {
        found.insert(object);
      }
    }
    reader.finish();
  }

  CursorResult execute(std::span<const Literal> values) {
    statement_ = plan_.statement;
    sql::StatementBuilder::append(
        statement_, sql::Clause::where, sql::in(sql::Op::in, sql::Ref(plan_.key), values));
    append_criteria(statement_, criteria_);
    return session_.connection().run(
        statement_, Params{}, {.rewriter = &EntityRewriter::instance()});
  }

  // The key by which a parent stands in the identity map.
  void append_identity(const Object& parent,
                       std::vector<Literal>& values,
                       std::vector<Value>& kept) const {
    if (plan_.is_integer_key) {
      values.emplace_back(integer_identity(parent));
      return;
    }
    for (Value& value : identity_key(parent)) {
      kept.push_back(std::move(value));
      values.emplace_back(kept.back());
    }
  }

  std::vector<ColumnReader> choose_key_readers(const CursorResult& rows) const {
    return plan_.is_integer_key ? std::vector<ColumnReader>{rows.reader(0, {CellKind::int64, true})}
                                : std::vector<ColumnReader>{};
  }

  Object* find_parent(CursorResult& rows, const std::vector<ColumnReader>& key_readers) {
    if (!key_readers.empty()) {
      std::optional<std::int64_t> key;
      rows.read(key_readers.front(), &key);
      return key ? session_.identities.find(*relationship_.parent, *key) : nullptr;
    }
    key_.clear();
    for (std::size_t i = 0; i < plan_.key_types.size(); ++i) {
      key_.push_back(rows.cursor().value(static_cast<int>(i), plan_.key_types[i]));
    }
    return session_.identities.find(*relationship_.parent, key_);
  }

  // The key of the target as the parent's foreign key has it; nothing where that is NULL.
  std::optional<Key> target_key(Object& parent) const {
    Key key;
    for (const std::uint32_t slot : plan_.parent_slots) {
      const ColumnAttribute& column = relationship_.parent->columns[slot];
      if (!is_loaded(parent, column.index)) {
        load_attribute(session_, parent, column.index);
      }
      Value scratch;
      key.emplace_back(load_cell(column.cell, member(parent, column), scratch));
      if (key.back().is_null()) {
        return std::nullopt;
      }
    }
    return key;
  }

  static bool less(const Value& a, const Value& b) {
    if (a.kind() != b.kind()) {
      return a.kind() < b.kind();
    }
    switch (a.kind()) {
      case ValueKind::integer:
        return a.get<std::int64_t>() < b.get<std::int64_t>();
      case ValueKind::text:
        return a.get<std::string>() < b.get<std::string>();
      default:
        return repr(Literal(a)) < repr(Literal(b));
    }
  }

  static void sort_and_unite(std::vector<Key>& keys) {
    std::sort(keys.begin(), keys.end(), [](const Key& a, const Key& b) {
      return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), less);
    });
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  }

  void put(Object& parent, Object* target) const {
    if (!is_loaded(parent, relationship_.index)) {
      load_target(parent, relationship_, target);
    }
  }

  SessionState& session_;
  const RelationshipAttribute& relationship_;
  const SelectinPlan& plan_;
  const sql::Refs& criteria_;
  sql::Ref statement_;  // of the chunk
  const bool populate_existing_;
  Key key_;
};

}  // namespace

void load_selectin(SessionState& session,
                   const EagerStep& step,
                   std::span<Object* const> parents,
                   const sql::Refs& criteria,
                   bool populate_existing) {
  SelectinLoader loader(session, step, criteria, populate_existing);
  if (step.selectin.match == SelectinPlan::Match::by_target_key) {
    loader.load_targets(parents);
  } else {
    loader.load_lists(parents);
  }
}

}  // namespace azoth::orm

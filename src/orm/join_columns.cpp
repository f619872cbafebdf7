// SPDX-License-Identifier: MIT
// A path is one foreign key constraint between two tables. A relationship needs exactly one (with a
// secondary table one to each side); ForeignKeys<> narrows the choice. Between two tables the side
// that has the foreign key is the many side; of a table with itself, RemoteSide<> tells.
#include "orm/join_columns.hpp"

#include "orm/words.hpp"
#include <azoth/base/error.hpp>
#include <azoth/sql/table_node.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth::orm {

namespace {

using sql::ForeignKeyInfo;
using sql::TableNode;
using Pair = RelationshipAttribute::Pair;

struct Path {
  const TableNode* owner;   ///< the table that has the foreign key
  const TableNode* target;  ///< the table it refers to
  std::vector<Pair> pairs;  ///< (column of the foreign key, column it refers to)
};

using Tables = std::vector<const TableNode*>;

Tables tables_of(const Mapper& mapper) {
  Tables tables;
  for (const MappedTable& table : mapper.tables) {
    tables.push_back(table.table);
  }
  return tables;
}

bool has(const Tables& tables, const TableNode* table) {
  return std::find(tables.begin(), tables.end(), table) != tables.end();
}

// Where the columns of one of a class's tables begin in what the class selects from.
std::uint32_t begin_of(const Mapper& mapper, const TableNode* table) {
  for (const MappedTable& t : mapper.tables) {
    if (t.table == table) {
      return t.begin;
    }
  }
  return 0;
}

struct Place {
  const TableNode* table;
  std::uint32_t column;
  bool operator==(const Place&) const = default;
};

bool refers_to(const ForeignKeyInfo& key, const TableNode& table) {
  return key.target_table == table.name && key.target_schema == table.schema;
}

std::uint32_t position_of(const TableNode& table, const ForeignKeyInfo& key, std::size_t i) {
  const int position = sql::referred_position(table, key, i);
  if (position >= 0) {
    return static_cast<std::uint32_t>(position);
  }
  const std::string& name = key.target_columns[i];
  throw NoReferencedColumnError(fmt::format("Could not initialize target column for ForeignKey "
                                            "'{0}.{1}': table '{0}' has no column named '{1}'",
                                            table.fullname(),
                                            name),
                                table.fullname(),
                                name);
}

void add_paths(std::vector<Path>& paths, const TableNode& from, const TableNode& to) {
  for (const ForeignKeyInfo& key : from.foreign_keys) {
    if (!refers_to(key, to)) {
      continue;
    }
    Path& path = paths.emplace_back(Path{&from, &to, {}});
    for (std::size_t i = 0; i < key.columns.size(); ++i) {
      path.pairs.push_back({key.columns[i], position_of(to, key, i)});
    }
  }
}

// The keys by which the tables of one class are joined are no way from one object to another.
bool joins_class(const Path& path, const Mapper& mapper) {
  for (std::size_t i = 1; i < mapper.tables.size(); ++i) {
    const MappedTable& table = mapper.tables[i];
    if (table.table == path.owner && path.target == mapper.tables[i - 1].table &&
        std::all_of(table.keys.begin(), table.keys.end(), [&](const ColumnAttribute& key) {
          return std::any_of(path.pairs.begin(), path.pairs.end(), [&](const Pair& pair) {
            return pair.local == key.table_position;
          });
        })) {
      return true;
    }
  }
  return false;
}

void add_paths(std::vector<Path>& paths, const Tables& from, const Tables& to) {
  for (const TableNode* owner : from) {
    for (const TableNode* target : to) {
      add_paths(paths, *owner, *target);
    }
  }
}

// Of several paths those count that are of the classes' own tables.
void prefer_own(std::vector<Path>& paths, const Mapper& parent, const Mapper& target) {
  const auto is_own = [&](const Path& p) {
    return (p.owner == parent.table && p.target == target.table) ||
           (p.owner == target.table && p.target == parent.table);
  };
  if (paths.size() > 1 && std::any_of(paths.begin(), paths.end(), is_own)) {
    std::erase_if(paths, [&](const Path& p) { return !is_own(p); });
  }
}

// From positions in the tables to positions in what the classes select from.
std::vector<Pair> placed(std::vector<Pair> pairs, std::uint32_t local, std::uint32_t remote) {
  for (Pair& pair : pairs) {
    pair.local += local;
    pair.remote += remote;
  }
  return pairs;
}

const std::uint32_t* find_key(const TableNode& table, std::string_view key, std::uint32_t& at) {
  for (at = 0; at < table.columns.size(); ++at) {
    if (table.columns[at].key == key || table.columns[at].name == key) {
      return &at;
    }
  }
  return nullptr;
}

// Reads `column`, `Class.column` or `table.column` of an option.
Place named(const RelationshipAttribute& r,
            std::string_view word,
            const std::vector<const TableNode*>& tables) {
  const std::size_t dot = word.rfind('.');
  const std::string_view owner =
      dot == std::string_view::npos ? std::string_view() : word.substr(0, dot);
  const std::string_view name = dot == std::string_view::npos ? word : word.substr(dot + 1);
  std::uint32_t at = 0;
  for (const TableNode* table : tables) {
    const bool is_parent = has(tables_of(*r.parent), table),
               is_target = has(tables_of(*r.target), table);
    const bool is_meant = owner.empty() || owner == table->name ||
                          (is_parent && owner == r.parent->class_name) ||
                          (is_target && owner == r.target->class_name);
    if (is_meant && find_key(*table, name, at)) {
      return {table, at};
    }
  }
  throw_no_column(owner == r.target->class_name ? *r.target : *r.parent, name);
}

std::vector<Place> named_all(const RelationshipAttribute& r,
                             const std::string& words,
                             const std::vector<const TableNode*>& tables) {
  std::vector<Place> places;
  for (std::string_view word : comma_separated(words)) {
    places.push_back(named(r, word, tables));
  }
  return places;
}

bool is_among(const std::vector<Place>& places, Place place) {
  return std::find(places.begin(), places.end(), place) != places.end();
}

void keep_named(std::vector<Path>& paths, const std::vector<Place>& keys) {
  if (keys.empty()) {
    return;
  }
  std::erase_if(paths, [&](const Path& p) {
    return !std::all_of(p.pairs.begin(), p.pairs.end(), [&](const Pair& pair) {
      return is_among(keys, {p.owner, pair.local});
    });
  });
}

[[noreturn]] void throw_none(const RelationshipAttribute& r) {
  const std::string head = fmt::format(
      "Could not determine join condition between parent/child tables on relationship {} - there "
      "are no foreign keys linking these tables",
      r.full_name());
  if (r.secondary) {
    throw NoForeignKeysError(
        fmt::format("{} via secondary table '{}'.  Ensure that referencing columns are associated "
                    "with a ForeignKey or ForeignKeyConstraint, or specify "
                    "'primaryjoin' and 'secondaryjoin' expressions.",
                    head,
                    r.secondary->fullname()));
  }
  throw NoForeignKeysError(head +
                           ".  Ensure that referencing columns are associated with a ForeignKey or "
                           "ForeignKeyConstraint, or specify a 'primaryjoin' expression.");
}

[[noreturn]] void throw_several(const RelationshipAttribute& r) {
  const std::string head = fmt::format(
      "Could not determine join condition between parent/child tables on relationship {} - there "
      "are multiple foreign key paths linking the tables",
      r.full_name());
  if (r.secondary) {
    throw AmbiguousForeignKeysError(
        fmt::format("{} via secondary table '{}'.  Specify the 'foreign_keys' argument, providing "
                    "a list of those columns which should be counted as "
                    "containing a foreign key reference from the secondary table to each of the "
                    "parent and child tables.",
                    head,
                    r.secondary->fullname()));
  }
  throw AmbiguousForeignKeysError(
      head +
      ".  Specify the 'foreign_keys' argument, providing a list of those columns which should be "
      "counted as containing a foreign key reference "
      "to the parent table.");
}

const Path& only(const RelationshipAttribute& r, const std::vector<Path>& paths) {
  if (paths.empty()) {
    throw_none(r);
  }
  if (paths.size() > 1) {
    throw_several(r);
  }
  return paths.front();
}

std::vector<Pair> turned(const std::vector<Pair>& pairs) {
  std::vector<Pair> out;
  for (const Pair& p : pairs) {
    out.push_back({p.remote, p.local});
  }
  return out;
}

// Association of a class with itself: the first key that ForeignKeys<> names leads to the parent,
// the other to the target.
void split_self_paths(const RelationshipAttribute& r,
                      const std::vector<Place>& keys,
                      std::vector<Path>& to_parent,
                      std::vector<Path>& to_target) {
  if (keys.size() < 2) {
    return;
  }
  keep_named(to_parent, {keys.front()});
  keep_named(to_target, {keys.begin() + 1, keys.end()});
  static_cast<void>(r);
}

void join_via_secondary(RelationshipAttribute& r) {
  std::vector<Path> to_parent, to_target;
  add_paths(to_parent, {r.secondary}, tables_of(*r.parent));
  add_paths(to_target, {r.secondary}, tables_of(*r.target));
  const std::vector<Place> keys = named_all(r, r.foreign_keys, {r.secondary});
  if (r.parent->base == r.target->base) {
    split_self_paths(r, keys, to_parent, to_target);
  } else {
    keep_named(to_parent, keys);
    keep_named(to_target, keys);
  }
  const Path &parent = only(r, to_parent), &target = only(r, to_target);
  r.direction = Direction::many_to_many;
  r.pairs = placed(turned(parent.pairs), begin_of(*r.parent, parent.target), 0);
  r.secondary_pairs = placed(target.pairs, 0, begin_of(*r.target, target.target));
}

// Between a class and itself, or classes that share a table.
bool refers_to_remote(const RelationshipAttribute& r, const Path& path) {
  const std::vector<Place> remote = named_all(r, r.remote_side, {path.target});
  return !remote.empty() && std::all_of(path.pairs.begin(), path.pairs.end(), [&](const Pair& p) {
    return is_among(remote, {path.target, p.remote});
  });
}

}  // namespace

void throw_no_column(const Mapper& mapper, std::string_view name) {
  throw ArgumentError(
      fmt::format("Class {} does not have a mapped column named '{}'", mapper.class_name, name));
}

void find_join_columns(RelationshipAttribute& r) {
  r.pairs.clear();
  r.secondary_pairs.clear();
  if (r.secondary) {
    join_via_secondary(r);
    return;
  }
  const Tables parent = tables_of(*r.parent), target = tables_of(*r.target);
  std::vector<Path> paths;
  add_paths(paths, parent, target);
  if (parent != target) {
    add_paths(paths, target, parent);
  }
  std::erase_if(
      paths, [&](const Path& p) { return joins_class(p, *r.parent) || joins_class(p, *r.target); });
  std::vector<Path> distinct;
  for (Path& p : paths) {
    if (std::none_of(distinct.begin(), distinct.end(), [&](const Path& d) {
          return d.owner == p.owner && d.pairs == p.pairs;
        })) {
      distinct.push_back(std::move(p));
    }
  }
  Tables both = parent;
  both.insert(both.end(), target.begin(), target.end());
  keep_named(distinct, named_all(r, r.foreign_keys, both));
  prefer_own(distinct, *r.parent, *r.target);
  const Path& path = only(r, distinct);
  const bool may_be_local = has(parent, path.owner) && has(target, path.target);
  const bool may_be_remote = has(target, path.owner) && has(parent, path.target);
  const bool is_to_one = may_be_local && (!may_be_remote || refers_to_remote(r, path));
  r.direction = is_to_one ? Direction::many_to_one : Direction::one_to_many;
  r.pairs =
      is_to_one
          ? placed(path.pairs, begin_of(*r.parent, path.owner), begin_of(*r.target, path.target))
          : placed(turned(path.pairs),
                   begin_of(*r.parent, path.target),
                   begin_of(*r.target, path.owner));
}

}  // namespace azoth::orm

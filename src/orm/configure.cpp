// SPDX-License-Identifier: MIT
// Completes relationships: targets, join columns, direction, other sides. A class is configured
// together with the classes its relationships lead to. First the classes are gathered without the
// lock (their mappers may have to be built, which takes it), then they are resolved under it, in
// two rounds: what each relationship is, then which two belong together.
#include "orm/custom_join.hpp"
#include "orm/join_columns.hpp"
#include "orm/mapper_builder.hpp"
#include "orm/overlaps.hpp"
#include "orm/registry.hpp"
#include "orm/words.hpp"
#include <azoth/base/error.hpp>
#include <azoth/base/warning.hpp>
#include <azoth/orm/mapper.hpp>
#include <azoth/sql/table.hpp>
#include <azoth/sql/table_node.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <vector>

namespace azoth::orm {

namespace {

using Closure = std::vector<Mapper*>;

// What the classes say of their relationships in configure().
using Rules = std::map<const Mapper*, MappingRules>;

// Mappers are made mutable and handed out const; only this file changes them, under the lock,
// before they are marked configured.
Mapper& mutable_mapper(const Mapper& m) {
  return const_cast<Mapper&>(m);
}

// Parents come before their subclasses, which take over what they inherit.
void add_with_parents(const Mapper& mapper, Closure& closure) {
  if (mapper.parent) {
    add_with_parents(*mapper.parent, closure);
  }
  Mapper* m = &mutable_mapper(mapper);
  if (std::find(closure.begin(), closure.end(), m) == closure.end()) {
    closure.push_back(m);
  }
}

void gather(const Mapper& mapper, Closure& closure) {
  add_with_parents(mapper, closure);
  const std::vector<ClassDeclaration> known = registered_classes();
  for (std::size_t i = 0; i < closure.size(); ++i) {
    for (const ClassDeclaration& d : known) {
      if (d.parent && d.parent == closure[i]->self) {
        add_with_parents(d.self(), closure);
      }
    }
    for (std::size_t k = 0; k < closure[i]->relationships.size(); ++k) {
      add_with_parents(closure[i]->relationships[k].target_function(), closure);
    }
  }
}

// Classes whose configure() is running in this thread: it must not use what it is about.
thread_local Closure asked;

// Asks without the lock, since the answers use mapped classes.
void ask_for_rules(const Closure& closure, Rules& rules) {
  for (Mapper* m : closure) {
    if (!m->configure_rules || m->is_configured.load(std::memory_order_acquire)) {
      continue;
    }
    if (std::find(asked.begin(), asked.end(), m) != asked.end()) {
      throw InvalidRequestError("configure() of class " + m->class_name +
                                " uses relationships or entities of a class that is related to it, "
                                "which are not configured yet; it may use columns");
    }
    asked.push_back(m);

    struct Leave {
      ~Leave() { asked.pop_back(); }
    } leave;

    m->configure_rules(rules[m]);
  }
}

// An inherited relationship is the parent's: its columns stand at the same places.
void take_over_inherited(Mapper& mapper) {
  for (std::size_t i = 0; mapper.parent && i < mapper.parent->relationships.size(); ++i) {
    mapper.relationships[i] = mapper.parent->relationships[i];
  }
}

// What is never loaded is another type of member: the word alone cannot make it so.
void check_loading(const RelationshipAttribute& r) {
  const bool is_word = r.lazy_name == "dynamic" || r.lazy_name == "write_only";
  if (is_word == r.is_never_loaded) {
    return;
  }
  if (r.is_never_loaded) {
    throw ArgumentError(fmt::format(
        "On relationship {}, lazy='{}' contradicts its type, which says that it is never loaded; "
        "declare it with List<T>",
        r.full_name(),
        r.lazy_name));
  }
  if (!r.is_list) {
    throw InvalidRequestError(fmt::format(
        "On relationship {}, '{}' loaders cannot be used with many-to-one/one-to-one relationships "
        "and/or uselist=False.",
        r.full_name(),
        r.lazy_name));
  }
  throw ArgumentError(fmt::format(
      "On relationship {}, lazy='{}' is what a type says: declare it with {}<T> instead of List<T>",
      r.full_name(),
      r.lazy_name,
      r.lazy_name == "dynamic" ? "DynamicMapped" : "WriteOnlyMapped"));
}

LazyStrategy lazy_strategy(const RelationshipAttribute& r) {
  check_loading(r);
  static constexpr std::pair<std::string_view, LazyStrategy> known[] = {
      {"", LazyStrategy::select},
      {"select", LazyStrategy::select},
      {"joined", LazyStrategy::joined},
      {"selectin", LazyStrategy::selectin},
      {"subquery", LazyStrategy::subquery},
      {"raise", LazyStrategy::raise},
      {"noload", LazyStrategy::noload},
      {"immediate", LazyStrategy::immediate},
      {"raise_on_sql", LazyStrategy::raise_on_sql},
      {"write_only", LazyStrategy::write_only},
      {"dynamic", LazyStrategy::dynamic}};
  for (const auto& [name, strategy] : known) {
    if (name == r.lazy_name) {
      return strategy;
    }
  }
  throw LoaderStrategyException(
      fmt::format("Can't find strategy (('lazy', '{}'),) for {}", r.lazy_name, r.full_name()));
}

void resolve_order(RelationshipAttribute& r) {
  r.order.clear();
  for (std::string_view word : comma_separated(r.order_by)) {
    const std::size_t blank = word.find(' ');
    const std::string_view direction =
        blank == std::string_view::npos ? std::string_view() : stripped(word.substr(blank));
    if (!direction.empty() && direction != "desc" && direction != "asc") {
      throw ArgumentError(
          fmt::format("On relationship {}, OrderBy<\"{}\"> is not understood; write attributes of "
                      "{}, each with an optional ' desc'",
                      r.full_name(),
                      r.order_by,
                      r.target->class_name));
    }
    const std::string_view name =
        word.substr(word.substr(0, blank).rfind('.') == std::string_view::npos
                        ? 0
                        : word.substr(0, blank).rfind('.') + 1);
    const ColumnAttribute* column = r.target->find_column(name.substr(0, name.find(' ')));
    if (!column) {
      throw_no_column(*r.target, name.substr(0, name.find(' ')));
    }
    r.order.push_back({column->slot, direction == "desc"});
  }
}

void check_shape(const RelationshipAttribute& r) {
  if (r.is_list && r.direction == Direction::many_to_one) {
    throw ArgumentError(
        fmt::format("On relationship {}, the foreign key stands on the side of {}, so that there "
                    "is one {} at most: declare "
                    "Relationship<\"{}\", {}> instead of List<{}>",
                    r.full_name(),
                    r.parent->class_name,
                    r.target->class_name,
                    r.name,
                    r.target->class_name,
                    r.target->class_name));
  }
  if (r.cascade.delete_orphan && r.direction != Direction::one_to_many && !r.is_single_parent) {
    const bool to_one = r.direction == Direction::many_to_one;
    throw ArgumentError(
        fmt::format("For {} relationship {}, delete-orphan cascade is normally configured only on "
                    "the \"one\" side of a one-to-many relationship, and not on "
                    "the \"many\" side of a many-to-one or many-to-many relationship.  To force "
                    "this relationship to allow a particular \"{}\" object to be "
                    "referred towards by only a single \"{}\" object at a time via the {} "
                    "relationship, which would allow delete-orphan cascade to take place "
                    "in this direction, set the single_parent=True flag.",
                    to_one ? "many-to-one" : "many-to-many",
                    r.full_name(),
                    r.target->class_name,
                    r.parent->class_name,
                    r.full_name()),
        "bbf0");
  }
}

const sql::TableNode& secondary_table(const RelationshipAttribute& r) {
  const std::string& name = r.secondary_name;
  const auto dot = name.rfind('.');
  const sql::TableNode* table = r.parent->metadata->state()->find(
      dot == std::string::npos ? std::string() : name.substr(0, dot), name.substr(dot + 1));
  if (!table) {
    throw InvalidRequestError(
        fmt::format("When initializing mapper {}, expression '{}' failed to locate a name (\"name "
                    "'{}' is not defined\"). Declare the association table as a Table "
                    "in default_metadata() before the mapped classes are used.",
                    r.parent->display_name(),
                    name,
                    name));
  }
  return *table;
}

bool is_key_of(const Mapper& mapper, const std::vector<RelationshipAttribute::Pair>& pairs) {
  return pairs.size() == mapper.primary_key.size() &&
         std::all_of(mapper.primary_key.begin(), mapper.primary_key.end(), [&](std::uint32_t slot) {
           return std::any_of(pairs.begin(), pairs.end(), [&](const auto& p) {
             return mapper.slots_at[p.remote] == slot;
           });
         });
}

const JoinRules* rules_of(const RelationshipAttribute& r, const Rules& rules) {
  const auto of_class = rules.find(r.parent);
  if (of_class == rules.end()) {
    return nullptr;
  }
  for (const JoinRules& join : of_class->second.joins()) {
    if (join.attribute == r.index) {
      return &join;
    }
  }
  return nullptr;
}

void resolve(RelationshipAttribute& r, const JoinRules* rules) {
  r.target = &r.target_function();
  r.lazy = lazy_strategy(r);
  r.secondary = r.secondary_name.empty() ? nullptr : &secondary_table(r);
  if (rules && rules->primaryjoin) {
    find_custom_columns(r, *rules);
  } else {
    find_join_columns(r);
  }
  r.is_key_lookup =
      r.direction == Direction::many_to_one && r.criteria.empty() && is_key_of(*r.target, r.pairs);
  resolve_order(r);
  if (rules) {
    set_custom_order(r, *rules);
  }
  check_shape(r);
}

std::string_view direction_name(Direction d) {
  return d == Direction::one_to_many   ? "ONETOMANY"
         : d == Direction::many_to_one ? "MANYTOONE"
                                       : "MANYTOMANY";
}

void pair_up(RelationshipAttribute& r) {
  if (r.back_populates.empty()) {
    return;
  }
  const RelationshipAttribute* other = r.target->find_relationship(r.back_populates);
  if (other && other->parent != r.target) {  // inherited: what its class declared
    other = &other->parent->relationships[other->slot];
  }
  if (!other && r.target->find_column(r.back_populates)) {
    throw InvalidRequestError(
        fmt::format("back_populates on relationship '{}' refers to attribute '{}.{}' that is not a "
                    "relationship.  The back_populates parameter "
                    "should refer to the name of a relationship on the target class.",
                    r.full_name(),
                    r.target->class_name,
                    r.back_populates));
  }
  if (!other) {
    throw InvalidRequestError(fmt::format(
        "Mapper 'Mapper[{}({})]' has no property '{}'.  If this property was indicated from other "
        "mappers or configure events, ensure registry.configure() has been called.",
        r.target->class_name,
        r.target->table_name,
        r.back_populates));
  }
  if (!r.parent->isa(*other->target)) {
    throw ArgumentError(
        fmt::format("reverse_property '{}' on relationship {} references relationship {}, which "
                    "does not reference mapper {}",
                    r.back_populates,
                    r.full_name(),
                    other->full_name(),
                    r.parent->display_name()));
  }
  if (r.direction == other->direction && r.direction != Direction::many_to_many) {
    throw ArgumentError(
        fmt::format("{} and back-reference {} are both of the same direction symbol('{}').  Did "
                    "you mean to set remote_side on the many-to-one side ?",
                    r.full_name(),
                    other->full_name(),
                    direction_name(r.direction)));
  }
  r.back = other;
  auto& back = const_cast<RelationshipAttribute&>(*other);
  if (!back.back) {
    back.back = &r;
  }
}

// Failures are remembered, so that a second use says what went wrong the first time.
std::map<const Mapper*, std::string>& failures() {
  static auto& map = *new std::map<const Mapper*, std::string>;
  return map;
}

void refuse_failed(const Closure& closure) {
  for (const Mapper* m : closure) {
    const auto at = failures().find(m);
    if (at == failures().end()) {
      continue;
    }
    throw InvalidRequestError(
        fmt::format("One or more mappers failed to initialize - can't proceed with initialization "
                    "of other mappers. Triggering mapper: '{}'. "
                    "Original exception was: {}",
                    m->display_name(),
                    at->second));
  }
}

template <class F>
void each_relationship(const Closure& closure, F&& f) {
  for (Mapper* m : closure) {
    if (m->is_configured.load(std::memory_order_relaxed)) {
      continue;
    }
    try {
      for (RelationshipAttribute& r : m->relationships) {
        if (r.parent == m) {
          f(r);
        }
      }
    } catch (const Error& e) {
      failures().emplace(m, e.message());
      throw;
    }
  }
}

void complete(Closure& closure, const Rules& rules, std::vector<std::string>& overlaps) {
  refuse_failed(closure);
  each_relationship(closure, [&](RelationshipAttribute& r) { resolve(r, rules_of(r, rules)); });
  each_relationship(closure, pair_up);
  each_relationship(closure, [&](const RelationshipAttribute& r) { find_overlaps(r, overlaps); });
  for (Mapper* m : closure) {
    if (!m->is_configured.load(std::memory_order_relaxed)) {
      take_over_inherited(*m);
    }
  }
  find_families(closure);
  for (Mapper* m : closure) {
    m->is_configured.store(true, std::memory_order_release);
  }
}

}  // namespace

void configure(const Mapper& mapper) {
  if (mapper.is_configured.load(std::memory_order_acquire)) {
    return;
  }
  Closure closure;
  gather(mapper, closure);
  Rules rules;
  ask_for_rules(closure, rules);
  std::vector<std::string> overlaps;
  {
    const std::lock_guard lock(registry_mutex());
    complete(closure, rules, overlaps);
  }
  for (const std::string& message : overlaps) {
    warn(WarningCategory::sa_warning, message, "qzyx");
  }
}

}  // namespace azoth::orm

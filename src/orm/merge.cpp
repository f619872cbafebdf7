// SPDX-License-Identifier: MIT
// Session::merge(): the state of an object, with what `merge` cascades reach from it, is copied
// onto the objects of the session that have the same keys. An object is what it was given:
// attributes that it was not given, or has not loaded, leave the copy alone.
#include "orm/load/loader.hpp"
#include "orm/session_state.hpp"
#include <azoth/base/error.hpp>
#include <azoth/base/warning.hpp>
#include <azoth/orm/attribute.hpp>
#include <azoth/orm/changes.hpp>
#include <azoth/orm/list_relationship.hpp>

#include <map>
#include <set>
#include <unordered_map>
#include <utility>

namespace azoth::orm {

namespace {

bool has_row(const Object& object) {
  const ObjectState state = header(object).state;
  return state != ObjectState::transient && state != ObjectState::pending;
}

class Merge {
 public:
  Merge(SessionState& session, bool load) : session_(session), load_(load) {}

  Object* run(Object& given) {
    if (const auto done = merged_.find(&given); done != merged_.end()) {
      return done->second.object();
    }
    if (!has_row(given) && header(given).session == &session_) {
      warn(WarningCategory::sa_warning,
           "Instance " + instance_name(given) +
               " is already pending in this Session yet is being merged again; this is probably "
               "not what you want to do");
      return &given;
    }
    check(given);
    bool is_new = false;
    const ptr<Object> target(find_or_make(given, is_new));
    merged_.emplace(&given, target);
    if (target.object() != &given) {
      copy_columns(given, *target.object(), is_new);
      copy_relationships(given, *target.object());
    }
    return target.object();
  }

 private:
  void check(const Object& given) const {
    if (load_) {
      return;
    }
    if (!has_row(given)) {
      throw InvalidRequestError(
          "merge() with load=False option does not support objects transient (i.e. unpersisted) "
          "objects.  flush() all changes on mapped instances before merging with load=False.");
    }
  }

  // The whole key, or nothing where a part was not given.
  std::vector<Value> key_of(const Object& given) const {
    if (has_row(given)) {
      return identity_key(given);
    }
    const Mapper& mapper = mapper_of(given);
    std::vector<Value> key;
    for (const std::uint32_t slot : mapper.primary_key) {
      const ColumnAttribute& column = mapper.columns[slot];
      Value scratch;
      Value value(load_cell(column.cell, member(given, column), scratch));
      if (!is_modified(given, column.index) || value.is_null()) {
        return {};
      }
      key.push_back(std::move(value));
    }
    return key;
  }

  Object* find_or_make(Object& given, bool& is_new) {
    const Mapper& mapper = mapper_of(given);
    const std::vector<Value> key = key_of(given);
    Object* found = nullptr;
    if (!key.empty()) {
      found = session_.identities.find(mapper, key);
      if (!found) {
        const auto same = by_key_.find({mapper.base, key_text(key)});
        found = same == by_key_.end() ? nullptr : same->second;
      }
      if (!found && load_) {
        found = load_by_key(session_, mapper, key);
      }
    }
    if (!found) {
      is_new = true;
      found = make(given, key);
    }
    if (!key.empty()) {
      by_key_.emplace(std::pair{mapper.base, key_text(key)}, found);
    }
    return found;
  }

  Object* make(Object& given, const std::vector<Value>& key) {
    const Mapper& mapper = mapper_of(given);
    if (!load_ && header(given).is_dirty) {
      throw InvalidRequestError(
          "merge() with load=False option does not support objects marked as 'dirty'.  flush() all "
          "changes on mapped instances before merging with load=False.");
    }
    Object& made = session_.heap().create(mapper);
    const ptr<Object> pin(&made);
    if (load_) {
      session_.add(made);
    } else {
      session_.register_loaded(made, key);
    }
    kept_.push_back(pin);
    return &made;
  }

  static std::string key_text(const std::vector<Value>& key) {
    std::string text;
    for (const Value& value : key) {
      text += repr(Literal(value)) + ",";
    }
    return text;
  }

  static bool is_given(const Object& object, unsigned attribute) {
    return has_row(object) ? is_loaded(object, attribute) : is_modified(object, attribute);
  }

  void copy_columns(Object& from, Object& to, bool is_new) {
    for (const ColumnAttribute& column : mapper_of(from).columns) {
      if (!is_given(from, column.index)) {
        if (!load_ && is_new) {
          set_unloaded(to, column.index);
        }
        continue;
      }
      Value scratch;
      const Value value(load_cell(column.cell, member(from, column), scratch));
      if (load_) {
        record_before_change(to, column.index);
      }
      store_cell(column.cell, member(to, column), value);
      set_loaded(to, column.index);
      if (load_) {
        set_modified(to, column.index);
      }
    }
  }

  void copy_relationships(Object& from, Object& to) {
    for (const RelationshipAttribute& r : configured(mapper_of(from)).relationships) {
      const bool is_done = load_ && r.back && walked_.count({&from, r.back});
      if (is_done || !r.cascade.merge || r.is_viewonly || !is_given(from, r.index)) {
        if (!load_ && !is_loaded(from, r.index)) {
          set_unloaded(to, r.index);
        }
        continue;
      }
      std::vector<Object*> members;
      each_member(from, r, [&](Object* m) { members.push_back(m); });
      if (load_ && r.is_list && !r.is_never_loaded) {
        load_relationship_before_use(to, r.index);
      }
      std::vector<Object*> targets;
      for (Object* m : members) {
        walked_.insert({m, &r});
        targets.push_back(run(*m));
      }
      assign(to, r, targets);
    }
  }

  void assign(Object& to, const RelationshipAttribute& r, const std::vector<Object*>& targets) {
    if (!load_) {
      return r.is_list ? load_list(to, r, targets)
                       : load_target(to, r, targets.empty() ? nullptr : targets.front());
    }
    if (r.is_never_loaded) {
      for (Object* target : targets) {
        append(to, r.index, raw_list(to, r), target);
      }
    } else if (r.is_list) {
      assign_list(to, r.index, raw_list(to, r), targets.data(), targets.size());
    } else {
      assign_target(to, r.index, raw_target(to, r), targets.empty() ? nullptr : targets.front());
    }
  }

  SessionState& session_;
  bool load_;
  std::unordered_map<Object*, ptr<Object>> merged_;
  std::map<std::pair<const Mapper*, std::string>, Object*> by_key_;
  std::vector<ptr<Object>> kept_;
  std::set<std::pair<Object*, const RelationshipAttribute*>> walked_;  ///< member, seen from parent
};

}  // namespace

Object* SessionState::merge(Object& object, const MergeOptions& merge_options) {
  if (header(object).session == this && header(object).state == ObjectState::persistent) {
    return &object;
  }
  if (merge_options.load) {
    autoflush();
  }

  struct Guard {
    bool& flag;
    bool was;

    ~Guard() { flag = was; }
  } guard{options.autoflush, std::exchange(options.autoflush, false)};

  return Merge(*this, merge_options.load).run(object);
}

}  // namespace azoth::orm

// SPDX-License-Identifier: MIT
// How the order is found.
//
// 1. Each relationship between the classes at hand is an edge: the class whose key is referred to
// comes before the one that holds the
//    foreign key. Classes outside any circle are sorted by these edges; all objects of such a class
//    are one step, hence one batch.
// 2. Classes on a circle - a tree's nodes, or two classes that refer to each other - are ordered
// object by object: an edge for each
//    reference that an object really holds. Objects are taken in layers (what has nothing before
//    it, then what depends only on that, ...), so that a level of a tree is still one batch.
// 3. Deletes take the same edges the other way round.
//
// The alternative, SQLAlchemy's, plans actions (save, propagate, delete) as nodes of one graph and
// breaks the graph up where it has circles; here propagation happens where its row is written, so
// that objects alone need an order.
#include "orm/flush/flush_plan.hpp"

#include <azoth/base/error.hpp>
#include <azoth/base/topological.hpp>
#include <azoth/orm/changes.hpp>

#include <algorithm>
#include <iterator>
#include <unordered_map>

namespace azoth::orm {
namespace {

namespace topological = base::topological;
using topological::Edge;
using topological::Id;

struct Classes {
  std::vector<const Mapper*> mappers;  // bases of hierarchies, in order of first appearance
  std::unordered_map<const Mapper*, Id> ids;

  Id id(const Mapper& mapper) {
    auto [it, fresh] = ids.try_emplace(mapper.base, static_cast<Id>(mappers.size()));
    if (fresh) {
      mappers.push_back(mapper.base);
    }
    return it->second;
  }
};

// Which end of a relationship must be written first: the parent of a collection, the target of a
// reference.
bool target_first(const RelationshipAttribute& r) {
  return r.direction == Direction::many_to_one;
}

bool has_order(const RelationshipAttribute& r) {
  const bool is_reference = r.direction == Direction::many_to_one || r.back;
  const bool is_postponed = r.has_post_update || (r.back && r.back->has_post_update);
  return !r.is_viewonly && !(is_reference && is_postponed) &&
         (r.direction == Direction::many_to_one || r.direction == Direction::one_to_many);
}

std::vector<Edge> class_edges(Classes& classes, const std::vector<FlushPlan::Step>& by_class) {
  std::vector<Edge> edges;
  for (const FlushPlan::Step& s : by_class) {
    for (const Mapper* m : configured(*s.mapper).family) {
      for (const RelationshipAttribute& r : m->relationships) {
        if (!has_order(r) || !classes.ids.count(r.target->base)) {
          continue;
        }
        const Id self = classes.id(*s.mapper), other = classes.id(*r.target);
        edges.push_back(target_first(r) ? Edge{other, self} : Edge{self, other});
      }
    }
  }
  return edges;
}

// Orders the objects of classes on a circle in layers, by the references they hold.
std::vector<std::vector<Object*>> layers(const std::vector<Object*>& objects, bool is_delete) {
  std::unordered_map<Object*, Id> ids;
  std::vector<Id> nodes;
  for (Object* o : objects) {
    const Id id = static_cast<Id>(ids.size());
    ids.emplace(o, id);
    nodes.push_back(id);
  }
  std::vector<Edge> edges;
  const auto edge = [&](Object* first, Object* second) {
    if (first == second) {
      return;
    }
    const auto a = ids.find(first), b = ids.find(second);
    if (a != ids.end() && b != ids.end()) {
      edges.push_back(is_delete ? Edge{b->second, a->second} : Edge{a->second, b->second});
    }
  };
  for (Object* o : objects) {
    for (const RelationshipAttribute& r : mapper_of(*o).relationships) {
      if (!has_order(r)) {
        continue;
      }
      const bool first = target_first(r);
      each_member(*o, r, [&](Object* t) { first ? edge(t, o) : edge(o, t); });
      if (const RelationshipChange* c = find_change(*o, r);
          c && is_delete) {  // rows still refer to old targets
        if (c->old_target) {
          first ? edge(c->old_target, o) : edge(o, c->old_target);
        }
        c->removed.each([&](Object* t) { first ? edge(t, o) : edge(o, t); });
      }
    }
  }
  const std::vector<Id> cycle = topological::find_cycles(edges, nodes);
  if (!cycle.empty()) {
    std::vector<std::string> names;
    for (Id id : cycle) {
      names.push_back(instance_name(*objects[id]));
    }
    throw CircularDependencyError(
        "Circular dependency detected: these objects refer to each other, so that no row can be "
        "written first; "
        "flush before the last reference is made, or make one of the foreign keys nullable and set "
        "it later.",
        cycle,
        edges,
        names);
  }
  std::vector<std::vector<Object*>> out;
  for (const std::vector<Id>& layer : topological::sort_as_subsets(edges, nodes)) {
    std::vector<Object*>& objects_of_layer = out.emplace_back();
    for (Id id : layer) {
      objects_of_layer.push_back(objects[id]);
    }
  }
  return out;
}

// Splits objects by class, in order of first appearance, into steps; classes that share a table are
// written together.
void add_steps(std::vector<FlushPlan::Step>& steps,
               FlushPlan::Action action,
               const std::vector<Object*>& objects) {
  const std::size_t begin = steps.size();
  std::size_t last = begin;  // objects of one class mostly come together
  for (Object* o : objects) {
    const Mapper* m = mapper_of(*o).base;
    if (last == steps.size() || steps[last].mapper != m) {
      last = begin;
      while (last < steps.size() && steps[last].mapper != m) {
        ++last;
      }
      if (last == steps.size()) {
        steps.push_back({action, m, {}});
      }
    }
    steps[last].objects.push_back(o);
  }
}

std::vector<FlushPlan::Step> order(const std::vector<Object*>& objects, FlushPlan::Action action) {
  std::vector<FlushPlan::Step> by_class;
  add_steps(by_class, action, objects);
  Classes classes;
  for (const FlushPlan::Step& s : by_class) {
    classes.id(*s.mapper);
  }
  std::vector<Edge> edges = class_edges(classes, by_class);
  std::vector<Id> nodes;
  for (Id i = 0; i < classes.mappers.size(); ++i) {
    nodes.push_back(i);
  }
  const bool is_delete = action == FlushPlan::Action::remove;
  if (is_delete) {
    for (Edge& e : edges) {
      std::swap(e.first, e.second);
    }
  }

  // Everything on circles is ordered together, in the place of the first of its classes that the
  // rest allows.
  const std::vector<Id> circular = topological::find_cycles(edges, nodes);
  const auto on_circle = [&](Id id) {
    return std::find(circular.begin(), circular.end(), id) != circular.end();
  };
  const auto group = [&](Id id) { return on_circle(id) ? circular.front() : id; };
  std::vector<Edge> between;
  std::vector<Id> groups;
  for (const Edge& e : edges) {
    if (group(e.first) != group(e.second)) {
      between.emplace_back(group(e.first), group(e.second));
    }
  }
  for (Id id : nodes) {
    if (group(id) == id) {
      groups.push_back(id);
    }
  }
  std::vector<FlushPlan::Step> steps;
  for (Id id : topological::sort(between, groups)) {
    if (!on_circle(id)) {
      for (FlushPlan::Step& s : by_class) {
        if (classes.id(*s.mapper) == id) {
          steps.push_back(std::move(s));
        }
      }
      continue;
    }
    std::vector<Object*> together;
    for (Id member : circular) {
      std::copy_if(
          objects.begin(), objects.end(), std::back_inserter(together), [&](const Object* o) {
            return classes.id(mapper_of(*o)) == member;
          });
    }
    for (const std::vector<Object*>& layer : layers(together, is_delete)) {
      add_steps(steps, action, layer);
    }
  }
  return steps;
}

}  // namespace

FlushPlan build_plan(const std::vector<Object*>& saves, const std::vector<Object*>& deletes) {
  return {order(saves, FlushPlan::Action::save), order(deletes, FlushPlan::Action::remove)};
}

std::string FlushPlan::to_string() const {
  std::string out;
  const auto add = [&](const Step& s, const char* word) {
    out += word + s.mapper->class_name + " (" + std::to_string(s.objects.size()) + ")\n";
  };
  for (const Step& s : saves) {
    add(s, "save ");
  }
  for (const Step& s : deletes) {
    add(s, "delete ");
  }
  return out;
}

}  // namespace azoth::orm

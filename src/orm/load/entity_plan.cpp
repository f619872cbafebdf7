// SPDX-License-Identifier: MIT
// Which column of a row is which attribute of an entity. Where rows may be of subclasses, their
// discriminator is read too, and each subclass has its own idea of what the row brings along.
#include "orm/load/plan_builder.hpp"
#include "orm/load/rest_loader.hpp"
#include "orm/with_polymorphic.hpp"
#include <azoth/base/error.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/table_node.hpp>

#include <algorithm>

namespace azoth::orm {

namespace {

struct TableColumn {
  const sql::TableNode* table = nullptr;
  std::uint32_t position = 0;
};

// The mapped table's column that a column of an entity stands for, directly or through aliases.
TableColumn table_column(const sql::Ref& column) {
  const sql::Node* node = column.get();
  while (node) {
    if (node->kind() == sql::Kind::label) {
      node = static_cast<const sql::Label*>(node)->element.get();
      continue;
    }
    if (node->kind() != sql::Kind::column) {
      break;
    }
    const auto& c = *static_cast<const sql::ColumnNode*>(node);
    if (c.owner->kind() == sql::Kind::table) {
      return {static_cast<const sql::TableNode*>(c.owner), c.index};
    }
    node = c.base().get();
  }
  return {};
}

std::vector<std::uint32_t> all_bits(const Mapper& mapper) {
  std::vector<std::uint32_t> words(mapper.words(), ~0u);
  if (const auto rest = mapper.attributes.size() % 32) {
    words.back() = (1u << rest) - 1;
  }
  return words;
}

void clear_bit(std::vector<std::uint32_t>& words, std::uint32_t bit) {
  words[bit / 32] &= ~(1u << bit % 32);
}

// Whether the bits name a column, or an expression, that a read would load.
bool leaves_unloaded(const Mapper& mapper, const std::vector<std::uint32_t>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] & mapper.column_words[i]) {
      return true;
    }
  }
  return false;
}

bool shares_tables(const Mapper& mapper) {
  return mapper.discriminator >= 0 && mapper.family.size() > 1;
}

// Columns that the entity's own class has not are those of subclasses, or keys that join tables.
void plan_subclasses(EntityPlan& plan, const std::vector<TableColumn>& columns) {
  const Mapper& mapper = *plan.mapper;
  const auto on = static_cast<std::uint32_t>(mapper.discriminator);
  const auto place = std::find(plan.slots.begin(), plan.slots.end(), on);
  if (!shares_tables(mapper) || place == plan.slots.end()) {
    return;
  }
  plan.polymorphic = std::make_unique<PolymorphicPlan>();
  plan.polymorphic->source = plan.sources[static_cast<std::size_t>(place - plan.slots.begin())];
  plan.polymorphic->type = mapper.columns[on].type;
  plan.polymorphic->rests = plan_rests(mapper);
  for (const Mapper* member : mapper.family) {
    SubclassPlan& sub = plan.polymorphic->classes.emplace_back();
    sub.mapper = member;
    for (std::uint32_t i = 0; i < columns.size(); ++i) {
      const ColumnAttribute* c =
          columns[i].table ? member->find_column(*columns[i].table, columns[i].position) : nullptr;
      if (c && c->slot >= mapper.columns.size()) {
        sub.slots.push_back(c->slot);
        sub.sources.push_back(i);
      }
    }
    sub.has_rest = std::any_of(plan.polymorphic->rests.begin(),
                               plan.polymorphic->rests.end(),
                               [&](const RestPlan& rest) { return member->isa(*rest.mapper); });
  }
}

// Columns of a union go by their names, which are the keys of attributes.
void plan_union_member(EntityPlan& plan, const sql::Refs& columns) {
  const Mapper& mapper = *plan.mapper;
  for (const ColumnAttribute& c : mapper.columns) {
    for (std::uint32_t i = 0; i < columns.size(); ++i) {
      if (sql::as<sql::ColumnNode>(columns[i]).key() == c.name) {
        plan.slots.push_back(c.slot);
        plan.sources.push_back(i);
        clear_bit(plan.unloaded, c.index);
        break;
      }
    }
  }
  plan.leaves_column_unloaded = plan.slots.size() < mapper.columns.size();
}

void plan_union(EntityPlan& plan, const sql::Refs& columns) {
  plan.is_union = true;
  plan_union_member(plan, columns);
  plan.polymorphic = std::make_unique<PolymorphicPlan>();
  plan.polymorphic->type = types::String();
  for (std::uint32_t i = 0; i < columns.size(); ++i) {
    if (sql::as<sql::ColumnNode>(columns[i]).key() == union_class_key) {
      plan.polymorphic->source = i;
    }
  }
  for (std::size_t i = 1; i < plan.mapper->family.size(); ++i) {
    auto& other = *plan.polymorphic->others.emplace_back(std::make_unique<EntityPlan>());
    other.mapper = plan.mapper->family[i];
    other.number = plan.number;
    other.unloaded = all_bits(*other.mapper);
    plan_union_member(other, columns);
  }
}

}  // namespace

std::unique_ptr<EntityPlan> plan_entity(const Mapper& mapper,
                                        const sql::Refs& columns,
                                        std::uint32_t number,
                                        const std::vector<std::uint32_t>& expressions) {
  auto plan = std::make_unique<EntityPlan>();
  plan->mapper = &mapper;
  plan->number = number;
  plan->is_subclass = mapper.base != &mapper;
  plan->unloaded = all_bits(mapper);
  plan->results.resize(columns.size());
  if (mapper.has_union) {
    plan_union(*plan, columns);
    return plan;
  }
  std::vector<TableColumn> places;
  for (std::uint32_t i = 0; i < expressions.size(); ++i) {
    places.emplace_back();
    plan->slots.push_back(expressions[i]);
    plan->sources.push_back(i);
    clear_bit(plan->unloaded, mapper.at(expressions[i]).index);
  }
  for (std::uint32_t i = static_cast<std::uint32_t>(expressions.size()); i < columns.size(); ++i) {
    const TableColumn& place = places.emplace_back(table_column(columns[i]));
    if (const ColumnAttribute* c =
            place.table ? mapper.find_column(*place.table, place.position) : nullptr) {
      plan->slots.push_back(c->slot);
      plan->sources.push_back(i);
      clear_bit(plan->unloaded, c->index);
    }
  }
  plan->leaves_column_unloaded = leaves_unloaded(mapper, plan->unloaded);
  plan_subclasses(*plan, places);
  return plan;
}

void require_key(const EntityPlan& entity) {
  for (const std::uint32_t slot : entity.mapper->primary_key) {
    if (std::find(entity.slots.begin(), entity.slots.end(), slot) == entity.slots.end()) {
      throw InvalidRequestError("What " + entity.mapper->class_name +
                                " is selected from lacks the primary key column '" +
                                entity.mapper->columns[slot].name +
                                "', without which rows are no objects; select it there");
    }
  }
}

void remember_criteria(EntityPlan& entity) {
  entity.does_more = true;
  for (const EagerStep& step : entity.steps) {
    if (step.joined) {
      remember_criteria(*step.joined);
    }
  }
}

void finish_subclasses(EntityPlan& entity) {
  if (!entity.polymorphic || entity.is_union) {
    return;
  }
  for (SubclassPlan& sub : entity.polymorphic->classes) {
    sub.unloaded = all_bits(*sub.mapper);
    for (std::uint32_t bit = 0; bit < entity.mapper->attributes.size(); ++bit) {
      if (!(entity.unloaded[bit / 32] >> bit % 32 & 1)) {
        clear_bit(sub.unloaded, bit);
      }
    }
    for (const std::uint32_t slot : sub.slots) {
      clear_bit(sub.unloaded, sub.mapper->columns[slot].index);
    }
    sub.leaves_column_unloaded = leaves_unloaded(*sub.mapper, sub.unloaded);
  }
}

}  // namespace azoth::orm

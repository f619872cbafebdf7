// SPDX-License-Identifier: MIT
// Values of parameters by name.
#include "compile/post_compile.hpp"
#include <azoth/base/error.hpp>
#include <azoth/compile/parameters.hpp>
#include <azoth/sql/elements.hpp>

#include <algorithm>

namespace azoth {

namespace {

const ParameterValue* find(std::span<const ParameterValue> given, std::string_view name) {
  const auto it = std::find_if(
      given.begin(), given.end(), [&](const ParameterValue& value) { return value.name == name; });
  return it == given.end() ? nullptr : &*it;
}

void take_own_value(const BindSlot& slot,
                    const std::vector<const sql::BindParameter*>& binds,
                    ParameterValue& out) {
  if (slot.ordinal == BindSlot::constant) {
    out.values = {slot.value};
    return;
  }
  const sql::BindParameter& bind = *binds[slot.ordinal];
  if (bind.is_expanding) {
    out.is_list = true;
    out.values = bind.values;
  } else {
    out.values = {bind.value};
  }
}

// Of a column that nobody gave a value for: its default is made when the statement runs.
bool is_made_at_execution(const Compiled& compiled, const BindSlot& slot) {
  return slot.is_default ||
         std::find(compiled.prefetch.begin(), compiled.prefetch.end(), slot.name) !=
             compiled.prefetch.end();
}

// To SQLAlchemy the names in text() have no `$`: such a parameter is rendered and bound, but not
// asked for before the statement runs.
bool is_asked_for(const BindSlot& slot, std::span<const ParameterValue> given) {
  return !slot.required || slot.key.find('$') == slot.key.npos || find(given, slot.key);
}

ParameterValue value_of(const Compiled& compiled,
                        const BindSlot& slot,
                        const std::vector<const sql::BindParameter*>& binds,
                        std::span<const ParameterValue> given) {
  ParameterValue value;
  if (slot.is_quoted) {
    value.name = '"' + slot.name + '"';
  } else {
    compile::append_bind_name(value.name, slot.name);
  }
  const ParameterValue* own = find(given, slot.key);
  own = own ? own : find(given, slot.name);
  if (own) {
    value.is_list = own->is_list;
    value.values = own->values;
  } else if (is_made_at_execution(compiled, slot)) {
    value.values = {Value()};
  } else if (slot.required) {
    throw InvalidRequestError("A value is required for bind parameter '" + slot.key + "'", "cd3x");
  } else {
    take_own_value(slot, binds, value);
  }
  return value;
}

}  // namespace

std::vector<ParameterValue> construct_params(const Compiled& compiled,
                                             const std::vector<const sql::BindParameter*>& binds,
                                             std::span<const ParameterValue> given) {
  std::vector<ParameterValue> out;
  out.reserve(compiled.slots.size() + compiled.placed.size());
  for (const BindSlot& slot : compiled.slots) {
    if (is_asked_for(slot, given)) {
      out.push_back(value_of(compiled, slot, binds, given));
    }
  }
  for (const BindSlot& slot : compiled.placed) {
    out.push_back(value_of(compiled, slot, binds, given));
    out.back().is_placed = true;
  }
  return out;
}

}  // namespace azoth

// SPDX-License-Identifier: MIT
// Values that their types convert or refuse on the way to the database, before anything is sent.
#include "engine/execution_context.hpp"
#include <azoth/base/error.hpp>
#include <azoth/compile/dialect.hpp>

namespace azoth::detail {

Value ExecutionContext::processed_value(const Literal& value,
                                        TypePtr type,
                                        base::FunctionRef<std::string()> shown_parameters) const {
  const auto context = [&] {
    return StatementContext{
        compiled().text, shown_parameters(), state.state->options.hide_parameters};
  };
  try {
    return state.state->dialect.load()->bind_value(value, type);
  } catch (const StatementError&) {
    throw;
  } catch (const Error& error) {
    throw_statement_error(error, context());
  } catch (const std::exception& error) {
    throw StatementError(
        std::string("(std::exception) ") + error.what(), context(), {}, std::current_exception());
  }
}

void ExecutionContext::process_values(std::size_t sets,
                                      base::FunctionRef<Literal(std::size_t, std::size_t)> given,
                                      base::FunctionRef<std::string()> shown_parameters) {
  const Compiled& form = compiled();
  if (!form.checks_values) {
    return;
  }
  for (std::size_t i = 0; i < form.slots.size(); ++i) {
    const SqlType& type = *form.slots[i].type;
    if (form.slots[i].mode != BindSlot::Mode::plain || type.unchanged_kinds == SqlType::all_kinds) {
      continue;
    }
    for (std::size_t set = 0; set < sets; ++set) {
      const Literal value = given(set, i);
      if (!is_processed(i)) {
        if (type.is_unchanged(value.kind())) {
          continue;
        }
        processed.resize(form.slots.size());
        processed[i].reserve(sets);
        for (std::size_t earlier = 0; earlier < set; ++earlier) {
          processed[i].emplace_back(given(earlier, i));
        }
      }
      processed[i].push_back(processed_value(value, &type, shown_parameters));
    }
  }
}

void ExecutionContext::process_lists(std::vector<std::vector<Literal>>& values,
                                     std::vector<std::vector<Value>>& kept,
                                     base::FunctionRef<std::string()> shown_parameters) {
  const Compiled& form = compiled();
  if (!form.checks_values) {
    return;
  }
  kept.resize(form.slots.size());
  for (std::size_t i = 0; i < form.slots.size(); ++i) {
    const BindSlot& at = form.slots[i];
    if (at.mode == BindSlot::Mode::literal_execute || at.as_literals || !kept[i].empty()) {
      continue;
    }
    const bool is_tuple = at.type->kind == TypeKind::tuple && !at.type->elements.empty();
    kept[i].reserve(values[i].size());
    for (std::size_t place = 0; place < values[i].size(); ++place) {
      const TypePtr type = is_tuple ? at.type->elements[place % at.type->elements.size()] : at.type;
      if (type->is_unchanged(values[i][place].kind())) {
        continue;
      }
      values[i][place] =
          kept[i].emplace_back(processed_value(values[i][place], type, shown_parameters));
    }
  }
}

}  // namespace azoth::detail

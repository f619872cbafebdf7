// SPDX-License-Identifier: MIT
// What types put around their values and around their columns where those are selected.
#include "compile/compile_state.hpp"
#include <azoth/base/error.hpp>

#include <tuple>

namespace azoth {

using namespace sql;
using compile::Setting;

namespace {

// Stands in a rendered text for the placeholder.
constexpr char placeholder_mark = '\x1d';

// The expression that a type puts around its values, or around its columns where they are selected:
// its own, else that of what it stands for in this database.
const Node* expression_of(TypePtr type, std::string_view dialect, const Node* SqlType::* member) {
  if (type->*member) {
    return type->*member;
  }
  if (type->kind != TypeKind::decorator && type->kind != TypeKind::variant) {
    return nullptr;
  }
  for (const auto& [name, impl] : type->by_dialect) {
    if (name == dialect) {
      return expression_of(impl, dialect, member);
    }
  }
  return expression_of(type->elements.front(), dialect, member);
}

}  // namespace

void SqlCompiler::render_placeholder() {
  if (!state_->marks_placeholder) {
    throw CompileError("A placeholder stands outside of a type's bind or column expression.");
  }
  state_->slots_at_placeholder = state_->slots.size();
  put(placeholder_mark);
}

// Renders what stands around a placeholder, with `inner` in its place. Parameters keep the order of
// the text.
void SqlCompiler::render_around(const Node& around, base::FunctionRef<void()> inner) {
  auto& s = *state_;
  std::string text;
  text.swap(text_);
  {
    const Setting<bool> marks(s.marks_placeholder, true);
    s.slots_at_placeholder = s.slots.size();
    render(Ref(&around));
  }
  text.swap(text_);
  std::vector<BindSlot> behind(
      std::make_move_iterator(s.slots.begin() +
                              static_cast<std::ptrdiff_t>(s.slots_at_placeholder)),
      std::make_move_iterator(s.slots.end()));
  s.slots.resize(s.slots_at_placeholder);
  const std::size_t at = text.find(placeholder_mark);
  put(std::string_view(text).substr(0, at));
  inner();
  if (at != std::string::npos) {
    put(std::string_view(text).substr(at + 1));
  }
  s.slots.insert(s.slots.end(),
                 std::make_move_iterator(behind.begin()),
                 std::make_move_iterator(behind.end()));
}

bool SqlCompiler::render_as_selected(const Ref& element) {
  const Node* around = expression_of(element->type(), dialect_.name(), &SqlType::column_expression);
  if (around) {
    render_around(*around, [&] {
      render(element->kind() == Kind::label ? as<Label>(element).element : element);
    });
  }
  return around != nullptr;
}

// Puts what the type of a value wants around it; a list gets it around each of its values.
void SqlCompiler::render_value(TypePtr type, base::FunctionRef<void()> value) {
  const Node* around = state_->is_wrapped
                           ? nullptr
                           : expression_of(type, dialect_.name(), &SqlType::bind_expression);
  if (!around) {
    value();
    return put(state_->is_wrapped ? std::string() : value_suffix(type));
  }
  const Setting<bool> once(state_->is_wrapped, true);
  render_around(*around, value);
}

std::string SqlCompiler::value_suffix(TypePtr) const {
  return {};
}

// `lower(` and `)`: what stands around each value of a list.
std::pair<std::string, std::string> SqlCompiler::item_wrapping(TypePtr type) {
  const Node* around = expression_of(type, dialect_.name(), &SqlType::bind_expression);
  if (!around) {
    return {std::string(), value_suffix(type)};
  }
  const Setting<bool> once(state_->is_wrapped, true);
  std::string text;
  text.swap(text_);
  std::size_t at = 0;
  render_around(*around, [&] { at = text_.size(); });
  text.swap(text_);
  return {text.substr(0, at), text.substr(at)};
}

}  // namespace azoth

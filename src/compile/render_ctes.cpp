// SPDX-License-Identifier: MIT
// Common table expressions.
//
// One is rendered where it is met first, into a buffer of its own, and stands in FROM by its name.
// When the statement it belongs to is complete (the outermost one; for a nesting one the one that
// uses it) the buffers are put before that, in the order in which they were completed, so that each
// stands behind those it refers to. Slots move with their text, which keeps positional parameters
// in order.
#include "compile/compile_state.hpp"
#include <azoth/base/error.hpp>
#include <azoth/base/text.hpp>

#include <algorithm>

namespace azoth {

using namespace sql;
using compile::KnownCte;
using compile::LabelName;
using compile::RenderedCte;
using compile::Setting;

namespace {

const Alias* alias_of(const Alias& cte) {
  return cte.more() && cte.more()->cte_alias ? &as<Alias>(cte.more()->cte_alias) : nullptr;
}

const Alias* restated_by(const Alias& cte) {
  return cte.more() && cte.more()->restates ? &as<Alias>(cte.more()->restates) : nullptr;
}

// What restates another one is known at the place of the first.
const Alias& reference(const Alias& cte) {
  const Alias* at = &cte;
  while (const Alias* before = restated_by(*at)) {
    at = before;
  }
  return *at;
}

bool is_same(const Alias& a, const Alias& b) {
  return &a == &b || a.hash() == b.hash();
}

template <class T>
auto find_cte(std::vector<T>& list, const Alias& cte) {
  return std::find_if(list.begin(), list.end(), [&](const T& t) { return t.cte == &cte; });
}

}  // namespace

void SqlCompiler::render_cte(const Alias& cte) {
  auto& s = *state_;
  const LabelName name = compile::from_name(cte);
  const std::string text = s.names.text(name);
  const bool is_nesting = cte.more() && cte.more()->is_nesting;
  const std::size_t depth = s.frame ? s.frame->depth : 0;
  std::size_t level = is_nesting ? depth : 1;
  const auto referred =
      std::find_if(s.known_ctes.begin(), s.known_ctes.end(), [&](const KnownCte& k) {
        return &reference(*k.cte) == &reference(cte);
      });
  if (referred != s.known_ctes.end()) {
    level = referred->level;
  }
  const auto known = std::find_if(s.known_ctes.begin(), s.known_ctes.end(), [&](const KnownCte& k) {
    return k.level == level && k.name == text;
  });
  bool is_new = true;
  if (known != s.known_ctes.end()) {
    if (restated_by(*known->cte) == &cte || is_same(*known->cte, cte)) {
      is_new = false;
    } else if (restated_by(cte) == known->cte) {
      // The inner one of the same name gives way to the one that encloses it.
      if (const auto rendered = find_cte(s.ctes, *known->cte); rendered != s.ctes.end()) {
        s.ctes.erase(rendered);
      }
      s.known_ctes.erase(known);
    } else {
      throw CompileError("Multiple, unrelated CTEs found with the same name: " +
                         base::python_repr(text));
    }
  }
  const Alias* aliased = alias_of(cte);
  if (is_new) {
    s.known_ctes.push_back({&cte, text, level});
    if (aliased) {
      if (find_cte(s.ctes, *aliased) == s.ctes.end()) {
        std::string before;
        before.swap(text_);
        render_cte(*aliased);
        before.swap(text_);
      }
    } else if (!s.frame) {
      return render_statement(cte.element, false);  // by itself it is its select
    } else {
      render_cte_body(cte, name, level);
    }
  }
  const bool is_within_itself = s.visiting_cte && &reference(*s.visiting_cte) == &reference(cte);
  if (aliased && (is_new || !is_within_itself)) {
    put_name(compile::from_name(*aliased));
    put(alias_keyword());
  }
  put_name(name);
}

void SqlCompiler::render_cte_body(const Alias& cte, const LabelName& name, std::size_t level) {
  auto& s = *state_;
  std::string text;
  std::vector<BindSlot> slots;
  text.swap(text_);
  slots.swap(s.slots);
  {
    const Setting<const Alias*> visiting(s.visiting_cte, &cte);
    put_name(name);
    if (cte.is_recursive) {
      put('(');
      for (std::size_t i = 0; i < cte.specs().size(); ++i) {
        put(i == 0 ? "" : ", ");
        put_name(s.names.of(as<ColumnNode>(cte.column(i))));
      }
      put(')');
    }
    put(" AS ");
    const auto put_parts = [&](const Refs& parts, std::string_view ahead) {
      for (const Ref& part : parts) {
        const auto& p = as<TextPart>(part);
        if (p.dialect.empty() || p.dialect == dialect_.name()) {
          put(ahead);
          render(p.text);
          put(' ');
        }
      }
    };
    if (cte.more()) {
      put_parts(cte.more()->prefixes, "");
    }
    put("\n(");
    render_statement(cte.element, true);
    put(')');
    if (cte.more()) {
      put_parts(cte.more()->suffixes, " ");
    }
  }
  text.swap(text_);
  slots.swap(s.slots);
  s.ctes.push_back({&cte, level, std::move(text), std::move(slots)});
}

std::string_view SqlCompiler::cte_keyword(bool is_recursive) const {
  return is_recursive ? "WITH RECURSIVE " : "WITH ";
}

// Puts those that belong to the innermost statement before it: all that are left when it is the
// outermost one. `with_members`: also those of the members of a compound select.
void SqlCompiler::prepend_ctes(std::size_t text_begin, std::size_t slots_begin, bool with_members) {
  auto& s = *state_;
  if (s.ctes.empty()) {
    return;
  }
  const std::size_t depth = s.frame->depth;
  const bool is_outermost = depth == 1;
  std::vector<RenderedCte> mine, others;
  for (RenderedCte& cte : s.ctes) {
    const bool is_mine =
        is_outermost || cte.level == depth || (with_members && cte.level == depth + 1);
    (is_mine ? mine : others).push_back(std::move(cte));
  }
  s.ctes = std::move(others);
  if (mine.empty()) {
    return;
  }
  if (!is_outermost) {
    std::erase_if(s.known_ctes, [&](const KnownCte& k) {
      return k.level == depth || (with_members && k.level == depth + 1);
    });
  }
  bool is_recursive = false;
  for (const RenderedCte& cte : mine) {
    is_recursive |= cte.cte->is_recursive;
  }
  std::string text(cte_keyword(is_recursive));
  std::vector<BindSlot> slots;
  bool first = true;
  for (RenderedCte& cte : mine) {
    text += first ? "" : ", \n";
    first = false;
    for (BindSlot& slot : cte.slots) {
      slot.text_offset += static_cast<std::uint32_t>(text_begin + text.size());
      slots.push_back(std::move(slot));
    }
    text += cte.text;
  }
  text += "\n ";
  for (std::size_t i = slots_begin; i < s.slots.size(); ++i) {
    s.slots[i].text_offset += static_cast<std::uint32_t>(text.size());
  }
  text_.insert(text_begin, text);
  s.slots.insert(s.slots.begin() + static_cast<std::ptrdiff_t>(slots_begin),
                 std::make_move_iterator(slots.begin()),
                 std::make_move_iterator(slots.end()));
  s.values_length = 0;
}

}  // namespace azoth

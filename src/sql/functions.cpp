// SPDX-License-Identifier: MIT
// Function calls: the types of known functions and of those that programs register, packages.
#include <azoth/sql/expression.hpp>
#include <azoth/sql/function.hpp>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <shared_mutex>

namespace azoth::sql {
namespace {
struct KnownFunction {
  std::string_view name;
  enum class Result : std::uint8_t {
    integer,
    argument,
    numeric,
    date,
    time,
    datetime,
    text,
    unknown
  } result;
};
using enum KnownFunction::Result;
constexpr KnownFunction known_functions[] = {{"count", integer},
                                             {"char_length", integer},
                                             {"rank", integer},
                                             {"dense_rank", integer},
                                             {"percent_rank", numeric},
                                             {"cume_dist", numeric},
                                             {"max", argument},
                                             {"min", argument},
                                             {"sum", argument},
                                             {"coalesce", argument},
                                             {"mode", argument},
                                             {"now", datetime},
                                             {"current_timestamp", datetime},
                                             {"localtimestamp", datetime},
                                             {"sysdate", datetime},
                                             {"current_date", date},
                                             {"current_time", time},
                                             {"localtime", datetime},
                                             {"concat", text},
                                             {"aggregate_strings", text},
                                             {"current_user", text},
                                             {"session_user", text},
                                             {"user", text},
                                             {"random", numeric},
                                             {"rollup", unknown},
                                             {"cube", unknown},
                                             {"grouping_sets", unknown}};

TypePtr result_type(const KnownFunction& f, const Refs& arguments) {
  switch (f.result) {
    case integer:
      return types::Integer();
    case argument:
      return arguments.empty() ? types::null_type() : arguments.front()->type();
    case numeric:
      return f.name == "random" ? types::null_type() : types::Numeric();
    case date:
      return types::Date();
    case time:
      return types::Time();
    case datetime:
      return types::DateTime();
    case KnownFunction::Result::text:
      return types::String();
    case unknown:
      break;
  }
  return types::null_type();
}
}  // namespace

namespace {

// Types of functions that programs have named; never destroyed, as types are.
struct RegisteredFunctions {
  std::shared_mutex mutex;
  std::map<std::string, TypePtr, std::less<>> types;
  std::atomic<bool> is_used = false;

  static RegisteredFunctions& all() {
    static RegisteredFunctions& immortal = *new RegisteredFunctions;
    return immortal;
  }

  TypePtr find(std::string_view name) {
    if (!is_used.load(std::memory_order_acquire)) {
      return nullptr;
    }
    const std::shared_lock lock(mutex);
    const auto found = types.find(name);
    return found != types.end() ? found->second : nullptr;
  }
};

}  // namespace

void register_function(std::string_view name, TypePtr type) {
  RegisteredFunctions& all = RegisteredFunctions::all();
  const std::unique_lock lock(all.mutex);
  all.types.insert_or_assign(std::string(name), type);
  all.is_used.store(true, std::memory_order_release);
}

std::string_view function_name(std::string_view dotted) {
  return dotted.substr(dotted.rfind('.') + 1);
}

Ref function(std::string_view dotted, Refs arguments, TypePtr type) {
  const std::string_view name = function_name(dotted);
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  const auto known = std::find_if(std::begin(known_functions),
                                  std::end(known_functions),
                                  [&](const KnownFunction& f) { return f.name == lower; });
  const bool is_known = known != std::end(known_functions);
  for (Ref& a : arguments) {
    const bool is_null = a->kind() == Kind::bind && as<BindParameter>(a).value.is_null() &&
                         as<BindParameter>(a).is_unique && !as<BindParameter>(a).is_expanding &&
                         as<BindParameter>(a).key == name && a->type()->kind == TypeKind::null;
    a = is_null ? null() : self_group(std::move(a), Op::comma);  // a plain null is no parameter
  }
  if (!type || type->kind == TypeKind::null) {
    const TypePtr registered = RegisteredFunctions::all().find(name);
    type = registered != nullptr ? registered
           : is_known            ? result_type(*known, arguments)
                                 : types::null_type();
  }
  if (name.size() == dotted.size()) {
    return make_node<Function>(
        is_known ? std::string_view(lower) : name, std::move(arguments), type, is_known);
  }
  auto* node = new Function(name, std::move(arguments), type, false);
  Ref ref = Ref::adopt(node);
  std::string_view rest = dotted.substr(0, dotted.size() - name.size());
  for (std::size_t dot; (dot = rest.find('.')) != rest.npos; rest.remove_prefix(dot + 1)) {
    node->packages.emplace_back(rest.substr(0, dot));
  }
  seal(*node);
  return ref;
}

}  // namespace azoth::sql

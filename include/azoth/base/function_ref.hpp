// SPDX-License-Identifier: MIT
// FunctionRef: a callable passed down a call without owning or copying it, and without
// <functional>. It must not outlive the callable; store std::function or a template parameter
// instead.
#pragma once

#include <memory>
#include <type_traits>
#include <utility>

namespace azoth::base {

template <class Signature>
class FunctionRef;

/// Refers to any callable of the signature for the duration of a call.
template <class R, class... Args>
class FunctionRef<R(Args...)> {
 public:
  /// Refers to `f`, which must outlive this object.
  template <class F>
    requires(!std::is_same_v<std::remove_cvref_t<F>, FunctionRef> &&
             std::is_invocable_r_v<R, F&, Args...>)
  FunctionRef(F&& f) noexcept
      : FunctionRef(Tag<std::is_function_v<std::remove_reference_t<F>>>{}, f) {}

  /// Calls the callable.
  R operator()(Args... args) const { return call_(target_, std::forward<Args>(args)...); }

 private:
  union Target {
    void* object;
    void (*function)();
  };

  template <bool>
  struct Tag {};

  template <class F>
  FunctionRef(Tag<false>, F& f) noexcept
      : target_{const_cast<void*>(static_cast<const void*>(std::addressof(f)))} {
    call_ = [](Target t, Args... args) -> R {
      return static_cast<R>((*static_cast<F*>(t.object))(std::forward<Args>(args)...));
    };
  }

  template <class F>
  FunctionRef(Tag<true>, F& f) noexcept {
    target_.function = reinterpret_cast<void (*)()>(&f);
    call_ = [](Target t, Args... args) -> R {
      return static_cast<R>(reinterpret_cast<F*>(t.function)(std::forward<Args>(args)...));
    };
  }

  Target target_{};
  R (*call_)(Target, Args...);
};

}  // namespace azoth::base

// SPDX-License-Identifier: MIT
// Inputs made by chance: pieces that mean something to a parser, bytes that mean nothing, and texts
// that are not valid UTF-8.
#pragma once
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::fuzz {

class Inputs {
 public:
  explicit Inputs(std::uint64_t seed) : random_(seed) {}

  std::size_t below(std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_);
  }

  /// Returns a text of up to `length` pieces, most of them out of `pieces`.
  std::string text(const std::vector<std::string_view>& pieces, std::size_t length);
  /// Returns a text of Unicode scalar values without NUL: what a database can hold.
  std::string valid_text(const std::vector<std::string_view>& pieces, std::size_t length);

  std::int64_t number() { return static_cast<std::int64_t>(random_()); }

 private:
  std::string code_point();
  std::mt19937_64 random_;
};

/// Does one step of a target; throws std::logic_error where a law is broken.
using Target = void (*)(Inputs&);

void parse_urls(Inputs& inputs);
void quote_identifiers(Inputs& inputs);
void render_literals(Inputs& inputs);
void scan_text(Inputs& inputs);

/// Ends the literals' connections; done by the program before it ends.
void close_databases();

[[noreturn]] void broken(std::string_view law, std::string_view input, std::string_view got);

}  // namespace azoth::fuzz

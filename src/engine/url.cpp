// SPDX-License-Identifier: MIT
// Parsing and printing of database URLs. A URL that cannot be read is an error that shows no
// password; nothing is ignored.
#include "azoth/engine/url.hpp"

#include "azoth/base/error.hpp"
#include "azoth/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace azoth {
namespace {

constexpr std::string_view expected_form =
    "expected dialect+driver://user:password@host:port/database?key=value, with only the dialect "
    "required";

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_drivername(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter_or_digit(c) || c == '_' || c == '+';
  });
}

// A text that could not be parsed may still hold a password: what stands before the last @ and
// behind the scheme is masked.
std::string masked(std::string_view text) {
  const auto at = text.rfind('@');
  if (at == std::string_view::npos) {
    return std::string(text);
  }
  const auto colon = text.find(':');
  const std::string_view scheme = colon < at ? text.substr(0, colon + 1) : std::string_view();
  return fmt::format("{}***{}", scheme, text.substr(at));
}

[[noreturn]] void refuse(std::string_view text, std::string_view why) {
  throw ArgumentError(
      fmt::format("Could not parse URL from string {}: {}", base::python_repr(masked(text)), why));
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  if (c >= 'a' && c <= 'f') {
    return c - 'a' + 10;
  }
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// Decodes %XX; what is no such code stays as it is.
std::string unquote(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_code = text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
                         hex_digit(text[i + 2]) >= 0;
    if (is_code) {
      out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string unquote_plus(std::string_view text) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  return unquote(spaced);
}

// Encodes all but letters, digits, _.-~ and the `safe` characters.
std::string quote(std::string_view text, std::string_view safe) {
  std::string out;
  for (const char c : text) {
    if (is_letter_or_digit(c) || std::string_view("_.-~").find(c) != std::string_view::npos ||
        safe.find(c) != std::string_view::npos) {
      out += c;
    } else {
      fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

std::string quote_plus(std::string_view text) {
  std::string out = quote(text, " ");
  std::replace(out.begin(), out.end(), ' ', '+');
  return out;
}

std::optional<int> parse_port(std::string_view text) {
  constexpr int highest = 65535;
  int port = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  const bool is_port =
      error == std::errc() && end == text.data() + text.size() && port >= 0 && port <= highest;
  return is_port ? std::optional(port) : std::nullopt;
}

URLQuery parse_query(std::string_view text) {
  URLQuery query;
  while (!text.empty()) {
    const auto end = std::min(text.find('&'), text.size());
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (pair.empty()) {
      continue;
    }
    const auto equal = std::min(pair.find('='), pair.size());
    const std::string_view value = pair.substr(std::min(equal + 1, pair.size()));
    query[unquote_plus(pair.substr(0, equal))].push_back(unquote_plus(value));
  }
  return query;
}

// Where the user's part ends (at its @), or npos. It ends before the first / or ?, as in any URL; a
// password with such a character is still understood, as SQLAlchemy does, when what it cuts short
// could not be a port.
std::size_t end_of_user(std::string_view rest, std::size_t from = 0) {
  const auto authority = rest.substr(0, std::min(rest.find_first_of("/?", from), rest.size()));
  if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
    return at;
  }
  const auto colon = authority.find(':');
  if (colon == std::string_view::npos || authority.substr(0, 1) == "[") {
    return std::string_view::npos;
  }
  const auto port = authority.substr(colon + 1);
  if (port.empty() || parse_port(port)) {
    return std::string_view::npos;
  }
  const auto at = rest.find('@', colon);
  return at == std::string_view::npos ? at : end_of_user(rest, at);
}

}  // namespace

URL::URL(std::string_view text) {
  const auto scheme = text.find("://");
  if (scheme == std::string_view::npos || !is_drivername(text.substr(0, scheme))) {
    refuse(text, expected_form);
  }
  drivername_ = text.substr(0, scheme);
  std::string_view rest = text.substr(scheme + 3);

  if (const auto at = end_of_user(rest); at != std::string_view::npos) {
    const std::string_view user = rest.substr(0, at);
    const auto colon = user.find(':');
    username_ = unquote(user.substr(0, colon));
    if (colon != std::string_view::npos) {
      password_ = unquote(user.substr(colon + 1));
    }
    rest.remove_prefix(at + 1);
  }
  const auto end = std::min(rest.find_first_of("/?"), rest.size());
  parse_host_and_port(rest.substr(0, end), text);
  rest.remove_prefix(end);
  const auto question = std::min(rest.find('?'), rest.size());
  if (question > 0) {
    database_ = rest.substr(1, question - 1);
  }
  if (question < rest.size()) {
    query_ = parse_query(rest.substr(question + 1));
  }
}

void URL::parse_host_and_port(std::string_view text, std::string_view whole) {
  std::string_view host = text;
  std::string_view port;
  if (text.substr(0, 1) == "[") {
    const auto bracket = text.find(']');
    if (bracket == std::string_view::npos) {
      refuse(whole, "the bracket of an IPv6 host is not closed");
    }
    host = text.substr(1, bracket - 1);
    port = text.substr(bracket + 1);
    if (!port.empty() && port[0] != ':') {
      refuse(whole, "behind the bracket of an IPv6 host, expected :port, / or ?");
    }
  } else if (const auto colon = text.find(':'); colon != std::string_view::npos) {
    host = text.substr(0, colon);
    port = text.substr(colon);
  }
  if (!host.empty()) {
    host_ = host;
  }
  if (port.size() <= 1) {
    return;
  }  // "host:" is a host with its usual port
  port_ = parse_port(port.substr(1));
  if (!port_) {
    refuse(whole,
           fmt::format("port {} is not a number from 0 to 65535; an IPv6 host needs brackets, and "
                       "@, : and / in a user name "
                       "or password are written %40, %3A and %2F",
                       base::python_repr(port.substr(1))));
  }
}

URL URL::create(URLParts parts) {
  if (!parts.drivername) {
    throw ArgumentError("URL::create needs a drivername, as \"sqlite\" or \"postgresql+libpq\"");
  }
  URL url;
  url.apply(std::move(parts));
  return url;
}

void URL::apply(URLParts&& parts) {
  if (parts.drivername && !is_drivername(*parts.drivername)) {
    throw ArgumentError(fmt::format(
        "URL drivername {} is not of letters, digits, _ and +; expected a name as \"sqlite\" or "
        "\"postgresql+libpq\"",
        base::python_repr(std::string_view(*parts.drivername))));
  }
  if (parts.port && (*parts.port < 0 || *parts.port > 65535)) {
    throw ArgumentError(fmt::format("URL port {} is not a number from 0 to 65535", *parts.port));
  }
  if (parts.drivername) {
    drivername_ = std::move(*parts.drivername);
  }
  if (parts.username) {
    username_ = std::move(parts.username);
  }
  if (parts.password) {
    password_ = std::move(parts.password);
  }
  if (parts.host) {
    host_ = std::move(parts.host);
  }
  if (parts.port) {
    port_ = parts.port;
  }
  if (parts.database) {
    database_ = std::move(parts.database);
  }
  if (parts.query) {
    query_ = std::move(*parts.query);
    std::erase_if(query_, [](const auto& entry) { return entry.second.empty(); });
  }
}

const std::string* URL::query_value(std::string_view name) const {
  const auto found = query_.find(name);
  return found == query_.end() ? nullptr : &found->second.back();
}

std::string_view URL::backend_name() const {
  return std::string_view(drivername_).substr(0, drivername_.find('+'));
}

std::string_view URL::driver_name() const {
  const auto plus = drivername_.find('+');
  return plus == std::string::npos ? std::string_view()
                                   : std::string_view(drivername_).substr(plus + 1);
}

std::string URL::to_string(Rendering rendering) const {
  std::string out = drivername_ + "://";
  if (username_ || password_) {
    out += quote(username_.value_or(""), " +");
    if (password_) {
      out += ":" + (rendering.hide_password ? "***" : quote(*password_, " +"));
    }
    out += '@';
  }
  if (host_) {
    out += host_->find(':') == std::string::npos ? *host_ : "[" + *host_ + "]";
  }
  if (port_) {
    fmt::format_to(std::back_inserter(out), ":{}", *port_);
  }
  if (database_) {
    out += "/" + *database_;
  }
  char separator = '?';
  for (const auto& [name, values] : query_) {
    for (const auto& value : values) {
      fmt::format_to(
          std::back_inserter(out), "{}{}={}", separator, quote_plus(name), quote_plus(value));
      separator = '&';
    }
  }
  return out;
}

URL URL::set(URLParts parts) const {
  URL copy = *this;
  copy.apply(std::move(parts));
  return copy;
}

URL URL::update_query(const URLQuery& query, QueryUpdate how) const {
  URLQuery merged = query_;
  for (const auto& [name, values] : query) {
    auto& held = merged[name];
    if (!how.append) {
      held.clear();
    }
    held.insert(held.end(), values.begin(), values.end());
  }
  return set({.query = std::move(merged)});
}

URL URL::update_query_string(std::string_view text, QueryUpdate how) const {
  return update_query(parse_query(text), how);
}

URL URL::difference_update_query(std::span<const std::string> names) const {
  URL copy = *this;
  for (const auto& name : names) {
    copy.query_.erase(name);
  }
  return copy;
}

}  // namespace azoth

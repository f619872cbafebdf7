// SPDX-License-Identifier: MIT
// Arguments under the names that the Python drivers have for them, and the connector's options.
#include "drivers/mariadb/arguments.hpp"

#include "drivers/mariadb/error.hpp"
#include <azoth/engine/options.hpp>
#include <azoth/engine/url.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace azoth::drivers::mariadb {
namespace {

struct Named {
  std::string_view name;
  mysql_option option;
};

constexpr std::array text_options{
    Named{"init_command", MYSQL_INIT_COMMAND},
    Named{"read_default_file", MYSQL_READ_DEFAULT_FILE},
    Named{"read_default_group", MYSQL_READ_DEFAULT_GROUP},
    Named{"plugin_dir", MYSQL_PLUGIN_DIR},
    Named{"ssl_key", MYSQL_OPT_SSL_KEY},
    Named{"ssl_cert", MYSQL_OPT_SSL_CERT},
    Named{"ssl_ca", MYSQL_OPT_SSL_CA},
    Named{"ssl_capath", MYSQL_OPT_SSL_CAPATH},
    Named{"ssl_cipher", MYSQL_OPT_SSL_CIPHER},
    Named{"ssl_crl", MYSQL_OPT_SSL_CRL},
    Named{"ssl_crlpath", MYSQL_OPT_SSL_CRLPATH},
    Named{"tls_version", MARIADB_OPT_TLS_VERSION},
};

constexpr std::array number_options{
    Named{"connect_timeout", MYSQL_OPT_CONNECT_TIMEOUT},
    Named{"read_timeout", MYSQL_OPT_READ_TIMEOUT},
    Named{"write_timeout", MYSQL_OPT_WRITE_TIMEOUT},
    Named{"local_infile", MYSQL_OPT_LOCAL_INFILE},
};

constexpr std::array flag_options{
    Named{"ssl", MYSQL_OPT_SSL_ENFORCE},
    Named{"ssl_verify_cert", MYSQL_OPT_SSL_VERIFY_SERVER_CERT},
    Named{"ssl_check_hostname", MYSQL_OPT_SSL_VERIFY_SERVER_CERT},
};

[[noreturn]] void refuse(std::string_view name, std::string_view value, std::string_view expected) {
  throw ArgumentError("mariadb: argument '" + std::string(name) + "' is '" + std::string(value) +
                      "'; expected " + std::string(expected));
}

unsigned int parse_number(std::string_view name, std::string_view value) {
  unsigned int number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size()) {
    refuse(name, value, "a number");
  }
  return number;
}

bool parse_flag(std::string_view name, std::string_view value) {
  for (std::string_view word : {"1", "true", "on", "yes"}) {
    if (value == word) {
      return true;
    }
  }
  for (std::string_view word : {"0", "false", "off", "no"}) {
    if (value == word) {
      return false;
    }
  }
  refuse(name, value, "true or false");
}

template <std::size_t N>
std::optional<mysql_option> find(const std::array<Named, N>& known, std::string_view name) {
  for (const auto& named : known) {
    if (named.name == name) {
      return named.option;
    }
  }
  return std::nullopt;
}

// All text is UTF-8 here; other character sets would change what Azoth writes and reads.
void set_charset(ConnectRequest& request, const std::string& value) {
  if (value != "utf8mb4" && value != "utf8" && value != "utf8mb3") {
    refuse("charset", value, "utf8mb4 (or utf8), since texts are UTF-8");
  }
  request.charset = value;
}

// The names that stand for more than one option of the connector; false for others.
bool set_special(ConnectRequest& request, std::string_view name, const std::string& value) {
  if (name == "prepared_statement_cache_size") {
    request.prepared_statements = parse_number(name, value);
  } else if (name == "client_flag") {
    request.flags |= parse_number(name, value);
  } else if (name == "charset") {
    set_charset(request, value);
  } else if (name == "unix_socket") {
    request.unix_socket = value;
  } else if (name == "sql_mode") {
    request.sql_mode = value;
  } else if (name == "compress") {
    request.flags |= parse_flag(name, value) ? CLIENT_COMPRESS : 0;
  } else {
    return false;
  }
  return true;
}

void set_argument(ConnectRequest& request, const std::string& name, const std::string& value) {
  if (set_special(request, name, value)) {
    return;
  }
  if (const auto text = find(text_options, name)) {
    request.texts.emplace_back(*text, value);
  } else if (const auto number = find(number_options, name)) {
    request.numbers.emplace_back(*number, parse_number(name, value));
  } else if (const auto flag = find(flag_options, name)) {
    request.flag_options.emplace_back(*flag, parse_flag(name, value));
  } else {
    throw ArgumentError(
        "mariadb: unknown connection argument '" + name +
        "'; known are charset, unix_socket, sql_mode, connect_timeout, read_timeout, "
        "write_timeout, local_infile, init_command, read_default_file, read_default_group, "
        "plugin_dir, compress, client_flag, ssl, ssl_key, ssl_cert, ssl_ca, ssl_capath, "
        "ssl_cipher, ssl_crl, ssl_crlpath, ssl_verify_cert, ssl_check_hostname, tls_version, "
        "prepared_statement_cache_size");
  }
}

const char* or_null(const std::string& text) {
  return text.empty() ? nullptr : text.c_str();
}

}  // namespace

ConnectRequest connect_request(const URL& url, const EngineOptions& options) {
  ConnectRequest request;
  request.host = url.host().value_or("");
  request.user = url.username().value_or("");
  request.password = url.password().value_or("");
  request.database = url.database().value_or("");
  request.port = static_cast<unsigned int>(url.port().value_or(0));
  for (const auto& [name, values] : url.query()) {
    set_argument(request, name, values.back());
  }
  for (const auto& [name, value] : options.connect_args) {
    set_argument(request, name, value);
  }
  return request;
}

// The connector goes on without TLS where the server has none.
static bool asks_for_tls(const ConnectRequest& request) {
  return std::any_of(request.flag_options.begin(), request.flag_options.end(), [](const auto& o) {
    return o.first == MYSQL_OPT_SSL_ENFORCE && o.second;
  });
}

// An UPDATE counts the rows that it found, changed or not, as flushes expect. Threads may connect
// at the same time, but the library prepares itself for one only.
MYSQL* open_connection(const ConnectRequest& request) {
  static const bool is_ready = mysql_library_init(0, nullptr, nullptr) == 0;
  MYSQL* connection = is_ready ? mysql_init(nullptr) : nullptr;
  if (connection == nullptr) {
    throw_driver_error(DBAPIErrorKind::operational, "out of memory");
  }
  mysql_options(connection, MYSQL_SET_CHARSET_NAME, request.charset.c_str());
  for (const auto& [option, text] : request.texts) {
    mysql_options(connection, option, text.c_str());
  }
  for (const auto& [option, number] : request.numbers) {
    mysql_options(connection, option, &number);
  }
  for (const auto& [option, flag] : request.flag_options) {
    const my_bool on = flag ? 1 : 0;
    mysql_options(connection, option, &on);
  }
  if (mysql_real_connect(connection,
                         or_null(request.host),
                         or_null(request.user),
                         or_null(request.password),
                         or_null(request.database),
                         request.port,
                         or_null(request.unix_socket),
                         request.flags | CLIENT_FOUND_ROWS | CLIENT_MULTI_RESULTS) == nullptr) {
    Failure failure = failure_of(connection);
    mysql_close(connection);
    throw_failure(std::move(failure));
  }
  if (asks_for_tls(request) && mysql_get_ssl_cipher(connection) == nullptr) {
    mysql_close(connection);
    throw_driver_error(DBAPIErrorKind::operational,
                       "SSL connection error: the server has no TLS, which the argument ssl asks "
                       "for");
  }
  return connection;
}

}  // namespace azoth::drivers::mariadb

// SPDX-License-Identifier: MIT
// Whether rows stream in bounded memory: ten thousand and ten million of them through a connection
// that streams, on SQLite and on the servers that AZOTH_TEST_URLS names (tools/servers). Each run
// is a process of its own, whose peak is shown.
#include <azoth/core.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace {

using namespace azoth;

// Rows that the database makes as they are fetched.
std::string query_of(std::string_view dialect, long count) {
  const std::string n = std::to_string(count);
  if (dialect == "postgresql") {
    return "SELECT i::bigint AS i, 'name ' || i AS name FROM generate_series(1, " + n + ") AS i";
  }
  if (dialect == "sqlite") {
    return "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + n +
           ") SELECT i, 'name ' || i AS name FROM n";
  }
  return "SELECT seq AS i, CONCAT('name ', seq) AS name FROM seq_1_to_" + n;
}

double peak_megabytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) {
      return std::stod(line.substr(6)) / 1024;
    }
  }
  return 0;
}

int stream(const std::string& url, long count) {
  const Engine engine = create_engine(url);
  Connection connection = engine.connect();
  connection.execution_options({.stream_results = true});
  const auto start = std::chrono::steady_clock::now();
  long rows = 0, letters = 0;
  for (const Row& row : connection.exec_driver_sql(query_of(engine.dialect().name(), count))) {
    rows += row.get<std::int64_t>(0) == rows + 1 ? 1 : 0;
    letters += static_cast<long>(row.get<std::string>(1).size());
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  std::printf("%-12s %9ld rows: %6.2f s, peak %6.1f MB (%ld letters)\n",
              std::string(engine.dialect().name()).c_str(),
              rows,
              seconds.count(),
              peak_megabytes(),
              letters);
  return rows == count ? 0 : 1;
}

int stream_in_processes() {
  const char* given = std::getenv("AZOTH_TEST_URLS");
  std::istringstream words(given != nullptr ? given : "");
  std::vector<std::string> urls{"sqlite://"};
  for (std::string url; words >> url;) {
    urls.push_back(url);
  }
  const std::string program = std::filesystem::read_symlink("/proc/self/exe").string();
  int failures = 0;
  for (const std::string& url : urls) {
    for (const char* count : {"10000", "10000000"}) {
      const std::string command = "'" + program + "' --stream '" + url + "' " + count;
      failures += std::system(command.c_str()) != 0;
    }
  }
  return failures;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc == 4 && std::strcmp(argv[1], "--stream") == 0) {
      return stream(argv[2], std::atol(argv[3]));
    }
    return stream_in_processes();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_streaming: %s\n", error.what());
    return 1;
  }
}

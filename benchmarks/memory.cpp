// SPDX-License-Identifier: MIT
// Whether streaming through one session runs in bounded memory: a process for a thousand entities,
// one for a million, and their peaks. The rows are in files, so that the database's own pages do
// not count.
#include "model.hpp"
#include "raw_sqlite.hpp"
#include "workloads.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>

namespace bench {
namespace {

// Peak resident memory of this process, in kB; 0 where the system does not tell.
long peak_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.rfind("VmHWM:", 0) == 0) {
      return std::stol(line.substr(6));
    }
  }
  return 0;
}

// Runs this program anew, so that its peak is its own.
std::string output_of_stream(const std::string& path) {
  const std::string program = std::filesystem::read_symlink("/proc/self/exe").string();
  FILE* pipe = popen(("'" + program + "' --stream '" + path + "'").c_str(), "r");
  std::string text;
  char part[256];
  while (pipe != nullptr && std::fgets(part, sizeof part, pipe) != nullptr) {
    text += part;
  }
  if (pipe == nullptr || pclose(pipe) != 0) {
    return "failed\n";
  }
  return text;
}

}  // namespace

int stream_entities(const std::string& path) {
  const azoth::Engine engine = azoth::create_engine("sqlite:///" + path);
  azoth::Session session(engine);
  std::uint64_t count = 0, total = 0;
  std::size_t most = 0;
  for (const azoth::ptr<User>& user : session.scalars(azoth::select<User>(), {.yield_per = 1000})) {
    total += checksum(*user);
    most = ++count % 1000 == 0 ? std::max(most, session.identity_count()) : most;
  }
  std::printf("%9llu entities: peak %6.1f MB, at most %zu in the identity map (checksum %llu)\n",
              static_cast<unsigned long long>(count),
              static_cast<double>(peak_memory()) / 1024,
              most,
              static_cast<unsigned long long>(total));
  return 0;
}

void measure_streaming_memory() {
  std::printf(
      "\nmemory of a process that streams entities through one session, yield_per = 1000\n");
  std::fflush(stdout);
  for (const int count : {1'000, 1'000'000}) {
    const std::string path = (std::filesystem::temp_directory_path() /
                              ("azoth_bench_" + std::to_string(count) + ".sqlite"))
                                 .string();
    std::filesystem::remove(path);
    {
      raw::Database database(path);
      raw::fill(database, count, 0);
    }
    std::printf("%s", output_of_stream(path).c_str());
    std::filesystem::remove(path);
  }
}

}  // namespace bench

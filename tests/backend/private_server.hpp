// SPDX-License-Identifier: MIT
// A server of a test's own, which it can crash and start again.
#pragma once
#include "servers.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

namespace azoth_test {

/// Runs `tools/servers --control`; the server ends with this object.
class PrivateServer {
 public:
  explicit PrivateServer(const std::string& backend) {
    int to_child[2], from_child[2];
    if (::pipe(to_child) != 0 || ::pipe(from_child) != 0) {
      return;
    }
    child_ = ::fork();
    if (child_ == 0) {
      ::dup2(to_child[0], STDIN_FILENO);
      ::dup2(from_child[1], STDOUT_FILENO);
      for (const int end : {to_child[0], to_child[1], from_child[0], from_child[1]}) {
        ::close(end);
      }
      ::execl(AZOTH_SERVERS, AZOTH_SERVERS, "--control", backend.c_str(), nullptr);
      ::_exit(127);
    }
    ::close(to_child[0]);
    ::close(from_child[1]);
    commands_ = to_child[1];
    answers_ = ::fdopen(from_child[0], "r");
    url_ = answer();
  }

  ~PrivateServer() {
    ::close(commands_);  // which ends it
    std::fclose(answers_);
    ::waitpid(child_, nullptr, 0);
  }

  PrivateServer(const PrivateServer&) = delete;
  PrivateServer& operator=(const PrivateServer&) = delete;

  /// Empty when the server could not be started.
  const std::string& url() const { return url_; }

  void crash() { order("stop"); }

  void start() { order("start"); }

 private:
  void order(const std::string& command) {
    const std::string line = command + "\n";
    ASSERT_EQ(::write(commands_, line.data(), line.size()), static_cast<ssize_t>(line.size()));
    ASSERT_EQ(answer(), command);
  }

  std::string answer() {
    char line[512] = "";
    const char* read = std::fgets(line, sizeof line, answers_);
    std::string text(read != nullptr ? read : "");
    while (text.ends_with('\n')) {
      text.pop_back();
    }
    return text;
  }

  pid_t child_ = -1;
  int commands_ = -1;
  std::FILE* answers_ = nullptr;
  std::string url_;
};

}  // namespace azoth_test

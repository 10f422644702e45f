// A NATS server of the test's own, on loopback, gone with the test.
#pragma once

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/router/store/support.hpp"

namespace torntape::store::testing {

class NatsServer {
 public:
  NatsServer() { start(); }
  NatsServer(NatsServer const&) = delete;
  NatsServer& operator=(NatsServer const&) = delete;
  ~NatsServer() {
    send(SIGCONT);
    kill();
  }

  [[nodiscard]] std::string address() const { return fmt::format("nats://127.0.0.1:{}", port_); }
  void send(int signal) const {
    if (process_ > 0) ::kill(process_, signal);
  }
  // Stands still when this returns.
  void stop() const {
    send(SIGSTOP);
    if (process_ > 0) ::waitpid(process_, nullptr, WUNTRACED);
  }
  void kill() {
    send(SIGKILL);
    if (process_ > 0) ::waitpid(process_, nullptr, 0);
    process_ = 0;
  }
  [[nodiscard]] std::filesystem::path data() const { return folder_.path() / "data"; }
  // With what it had, where it was.
  void start() {
    std::vector<std::string> words{TORNTAPE_NATS_SERVER,
                                   "-a",
                                   "127.0.0.1",
                                   "-p",
                                   std::to_string(port_),
                                   "-js",
                                   "-sd",
                                   data().string(),
                                   "--ports_file_dir",
                                   folder_.path().string(),
                                   "-l",
                                   (folder_.path() / "log").string()};
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    process_ = ::fork();
    if (process_ < 0) throw std::runtime_error("no process for nats-server");
    if (process_ == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      ::execv(arguments.front(), arguments.data());
      _exit(127);
    }
    port_ = told_port();
  }

 private:
  // It writes a file of its ports once it listens.
  [[nodiscard]] int told_port() const {
    auto const path = folder_.path() / fmt::format("nats-server_{}.ports", process_);
    for (int i = 0; i != 3'000; ++i) {
      std::ifstream file(path);
      std::string const text{std::istreambuf_iterator<char>(file), {}};
      auto const at = text.find("127.0.0.1:");
      if (at != std::string::npos && text.find('"', at) != std::string::npos)
        return std::stoi(text.substr(at + std::string_view("127.0.0.1:").size()));
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    throw std::runtime_error("nats-server does not begin to listen");
  }

  Folder folder_;
  ::pid_t process_ = 0;
  int port_ = -1;  // any free one
};

// Of this test program: started when it is first wanted.
inline NatsServer& nats_server() {
  static NatsServer server;
  return server;
}

}  // namespace torntape::store::testing

// NATS JetStream, as far as a store needs it: one log, appended to under a condition, and the name of whoever
// writes it. The only file that knows the client library is engine.cpp.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "router/store/store.hpp"

namespace torntape::store {

// How the engine knows us, and we the engine. What is empty is not shown, and not asked for.
struct EngineAccess {
  std::string authorities;       // PEM file: who may have signed its certificate; empty: the system's
  std::string certificate, key;  // PEM files: ours
  std::string credentials;       // file of a user's JWT and NKey, as nsc writes it
  std::string user, password;
};

// "nats://10.0.0.1,10.0.0.2:4222/RTAA": hosts, and the name of the log where it is given. "tls://" asks for
// TLS.
struct EngineAddress {
  std::vector<std::string> servers;  // "nats://10.0.0.1:4222"
  std::string log;                   // "RTAA"; may be empty
  bool tls = false;
  EngineAccess access = {};
};
[[nodiscard]] std::variant<EngineAddress, Failure> read_engine_address(std::string_view text);
[[nodiscard]] bool is_engine_address(std::string_view text);

class Engine {
 public:
  struct LogState {
    std::string id;  // another log under the same name has another
    std::uint64_t first = 1, last = 0, bytes = 0;
  };
  struct Entry {
    std::uint64_t sequence = 0;
    std::string bytes;
  };
  // Who writes the log. A revision changes with every renewal.
  struct Claim {
    std::string writer;  // empty: nobody
    std::uint64_t revision = 0;
  };
  struct Conflict {};                                              // somebody else was first
  using Written = std::variant<std::uint64_t, Conflict, Failure>;  // the sequence, or the revision

  using Opened = std::variant<std::unique_ptr<Engine>, Failure>;
  // Connects; from then on the connection comes back by itself.
  [[nodiscard]] static Opened connect(EngineAddress const& address, std::string const& called);
  ~Engine();
  Engine(Engine const&) = delete;
  Engine& operator=(Engine const&) = delete;

  // Makes the log and the bucket of writers where they are not there. 0 replicas: as many as hosts are named,
  // if those are three or more, else one; and what is there stays as it is. Waits for a cluster that is just
  // starting.
  [[nodiscard]] std::optional<Failure> prepare(unsigned replicas);
  [[nodiscard]] bool has_log();

  // Any thread. All others wait no longer than some seconds.
  [[nodiscard]] bool connected() const;
  [[nodiscard]] std::string server() const;      // that it is connected to; empty where it is not
  [[nodiscard]] std::size_t most_bytes() const;  // of one entry
  [[nodiscard]] std::variant<LogState, Failure> state();
  // Appends if `last` is the last entry of the log. `id` says the same entry when it is tried again: that is
  // done here, until `patience` is over.
  [[nodiscard]] Written append(std::string_view bytes, std::uint64_t last, std::string const& id,
                               std::chrono::milliseconds patience);
  [[nodiscard]] std::variant<Entry, Failure> read(std::uint64_t sequence);
  [[nodiscard]] std::optional<Failure> drop_before(std::uint64_t sequence);

  // One after another, from `sequence` on. One thread. None where nothing came within the time.
  [[nodiscard]] std::optional<Failure> read_from(std::uint64_t sequence);
  [[nodiscard]] std::variant<std::optional<Entry>, Failure> next(std::chrono::milliseconds time);
  void stop_reading();

  [[nodiscard]] std::variant<Claim, Failure> claim();
  // In place of the claim of that revision; 0: there was none.
  [[nodiscard]] Written claim(std::string const& writer, std::uint64_t revision);

 private:
  class Client;
  explicit Engine(std::unique_ptr<Client> client);
  std::unique_ptr<Client> client_;
};

}  // namespace torntape::store

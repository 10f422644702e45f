// Every kind of store, as one who tests what all of them promise makes it. Called, it gives the store;
// `reopen` closes and opens it.
#pragma once

#include <atomic>
#include <memory>
#include <tuple>
#include <utility>

#include "router/store/memory.hpp"
#include "tests/router/store/support.hpp"

#ifdef TORNTAPE_NATS_SERVER
#include "router/store/nats.hpp"
#include "tests/router/store/nats_server.hpp"
#endif

namespace torntape::store::testing {

struct InMemory {
  MemoryStore kept;
  Store& operator()() { return kept; }
  void reopen() {}
};

struct InLmdb {
  Folder folder;
  std::unique_ptr<LmdbStore> kept = opened(folder.store());
  Store& operator()() { return *kept; }
  void reopen() {
    kept.reset();
    kept = opened(folder.store());
  }
};

#ifdef TORNTAPE_NATS_SERVER
// A log that no other test has, on the server of this program.
inline NatsOptions new_log(std::filesystem::path directory) {
  static std::atomic<int> logs{0};
  NatsOptions options;
  options.address =
      std::get<EngineAddress>(read_engine_address(fmt::format("{}/LOG-{}", nats_server().address(), ++logs)));
  options.directory = std::move(directory);
  options.lease = std::chrono::milliseconds(300);
  options.renewal = std::chrono::milliseconds(50);
  return options;
}

// Replayed once, as a relay does it before it commits.
inline std::unique_ptr<NatsStore> opened(NatsOptions const& options) {
  auto result = NatsStore::open(options);
  if (auto const* const failure = std::get_if<Failure>(&result)) throw std::runtime_error(failure->message);
  auto store = std::move(std::get<std::unique_ptr<NatsStore>>(result));
  static_cast<void>(store->replay([](relay::Record const&) {}));
  return store;
}

struct InNats {
  Folder folder;
  NatsOptions options = new_log(folder.store());
  std::unique_ptr<NatsStore> kept = opened(options);
  Store& operator()() { return *kept; }
  void reopen() {
    kept.reset();
    kept = opened(options);
  }
};

// All that is left is the log, each time.
struct InLogOfNats : InNats {
  int copies = 0;
  void reopen() {
    kept.reset();
    options.directory = folder.path() / fmt::format("copy-{}", ++copies);
    kept = opened(options);
  }
};

struct InNatsWithOutbox : InNats {
  InNatsWithOutbox() {
    options.outbox = true;
    reopen();
  }
};

using EveryStore = std::tuple<InMemory, InLmdb, InNats, InLogOfNats, InNatsWithOutbox>;
#else
using EveryStore = std::tuple<InMemory, InLmdb>;
#endif

}  // namespace torntape::store::testing

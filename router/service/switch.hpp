// A running switch: the relay on a thread of its own, and the thread that makes its outcomes durable.
// Knows no socket.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "router/service/relay_thread.hpp"
#include "router/service/reply.hpp"
#include "router/store/store.hpp"

namespace torntape::service {

[[nodiscard]] relay::Now system_now();

class Switch {
 public:
  Switch(Site site, std::unique_ptr<store::Store> store, Clock clock = system_now);

  // Replays the store; from then on the switch answers.
  [[nodiscard]] std::optional<store::Failure> start();

  // Any thread. Answered once what the relay decided is durable, in order of decision; a failed commit
  // answers `Unsaved`.
  void handle(relay::Event event, Answer answer);
  void ask(Question question, Answer answer);
  // Tells what becomes durable, on the commit thread, until the switch ends: must not block. Once started;
  // several may watch.
  void watch(Watcher watcher) { relay_.watch(std::move(watcher)); }

  [[nodiscard]] std::string const& here() const { return here_; }  // the relay this is; may be empty
  // Whether it decides: not while another switch has the store. Any thread.
  [[nodiscard]] bool able() const { return relay_.able(); }
  // Reads what is durable, any thread.
  [[nodiscard]] store::Store& store() { return *store_; }

  // Answers all that was handed in before; what comes later is refused.
  void close();

 private:
  std::string here_;
  std::unique_ptr<store::Store> store_;
  RelayThread relay_;
};

}  // namespace torntape::service

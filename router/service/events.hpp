// What the switch does, told to those who listen. The last events are kept once, for all listeners: whoever
// falls behind misses some and is told how many, and nothing grows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <torntape/v1/event.pb.h>

#include "router/service/committer.hpp"

namespace torntape::service {

using SharedEvent = std::shared_ptr<v1::Event const>;

class Events {
 public:
  using Number = std::uint64_t;  // of an event, from 1
  using ListenerId = std::uint64_t;

  explicit Events(std::size_t most_kept);
  Events(Events const&) = delete;
  Events& operator=(Events const&) = delete;

  // Numbers begin anew with each start of a switch: this tells one from another.
  [[nodiscard]] std::string const& life() const { return life_; }
  // Any thread. `wake` is called when there is something new, and must not block.
  [[nodiscard]] ListenerId listen(std::function<void()> wake);
  void forget(ListenerId listener);
  // The last that has begun to listen.
  [[nodiscard]] ListenerId last_listener() const;
  // Nobody need make an event that nobody hears.
  [[nodiscard]] bool heard() const;

  void publish(std::vector<v1::Event> events);
  // Something happened that nobody heard.
  void pass_over();

  // The events after one, oldest first; `most` of them.
  struct Batch {
    std::vector<SharedEvent> events;
    Number last = 0;           // the number of the last of them
    std::uint64_t missed = 0;  // that came before them and are not kept; at least
  };
  [[nodiscard]] Batch after(Number number, std::size_t most) const;
  [[nodiscard]] Number last() const;

 private:
  std::size_t most_kept_;
  std::string life_;
  mutable std::mutex mutex_;
  std::deque<SharedEvent> kept_;
  Number last_ = 0;           // the number of the last one kept
  bool passed_over_ = false;  // since then
  ListenerId last_listener_ = 0;
  std::map<ListenerId, std::function<void()>> listeners_;
};

// The events in what was committed. Depths are not among them: see Depths.
[[nodiscard]] std::vector<v1::Event> events_of(Committed const& committed);

// Which queues and circuits have changed since this was asked last; not more than `most` of either, the
// others next time.
class Depths {
 public:
  explicit Depths(std::size_t most) : most_{most} {}
  [[nodiscard]] v1::DepthsEvent changed(v1::QueuesResponse const& now);
  // All of them are told anew: somebody begins to listen.
  void begin_anew() {
    queues_.clear();
    circuits_.clear();
  }

 private:
  std::size_t most_;
  std::map<std::string, std::string> queues_, circuits_;  // as told last, serialised
};

}  // namespace torntape::service

// Virtual time: what is to happen, in order. Of two things due at once the one that was set first happens
// first, so a run is the same whenever and wherever it is made.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "router/relay/event.hpp"

namespace torntape::simulation {

using relay::Duration;
using relay::Now;

class Clock {
 public:
  using Deed = std::function<void()>;

  explicit Clock(Now begin) : now_(begin) {}

  [[nodiscard]] Now now() const { return now_; }
  void at(Now time, Deed deed);  // not before now
  void after(Duration wait, Deed deed) { at(now_ + wait, std::move(deed)); }

  [[nodiscard]] std::optional<Now> next() const;
  // Does what is due next, and is then at that time. False where nothing is.
  bool step();

 private:
  struct Due {
    Now time{};
    std::uint64_t order = 0;
    std::size_t deed = 0;  // index into deeds_
  };
  struct Later {
    bool operator()(Due const& one, Due const& other) const {
      return one.time != other.time ? one.time > other.time : one.order > other.order;
    }
  };

  Now now_;
  std::uint64_t order_ = 0;
  std::vector<Due> due_;  // a heap: small entries, so that sifting moves no deeds
  std::vector<Deed> deeds_;
  std::vector<std::size_t> free_;
};

}  // namespace torntape::simulation

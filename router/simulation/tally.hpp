// What the messages of a run come to. It takes one after the other and remembers none: its size does not grow
// with their number.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "router/simulation/tracked.hpp"

namespace torntape::simulation {

// How long copies of a precedence took from writer to reader, against what is aimed at (5 FAH-2; service
// manuals).
struct Speed {
  grammar::Precedence precedence = grammar::Precedence::routine;
  Duration objective{};
  std::uint64_t copies = 0;  // to be delivered
  std::uint64_t delivered = 0, within = 0, intercepted = 0;
  Duration median{}, nine_in_ten{};  // of those delivered, to four digits
  Duration longest{};
};

struct Totals {
  std::uint64_t messages = 0, refused = 0, copies = 0, delivered = 0, intercepted = 0, marked_again = 0;
  std::uint64_t transmissions = 0, service = 0, preempted = 0, lost = 0, garbled = 0, alternate = 0;
};

class Tally {
 public:
  Tally();

  void add(Tracked const& message);

  // FLASH first.
  [[nodiscard]] std::array<Speed, 4> speeds() const;
  // Of messages and their copies; nothing of lines.
  [[nodiscard]] Totals const& totals() const { return totals_; }

 private:
  // Times, rounded down to four digits: of each length so many thousand places, in order.
  struct Times {
    std::vector<std::uint64_t> counted;  // by `place_of`
    void count(Duration time);
    // The one that so many in a hundred do not exceed.
    [[nodiscard]] Duration share(std::uint64_t of, std::uint64_t in_a_hundred) const;
  };

  std::array<Speed, 4> speeds_;
  std::array<Times, 4> times_;
  Totals totals_;
};

}  // namespace torntape::simulation

// What a bad line does to messages: seeded, and told of every message.
//
//   garble=0.001      of the impulses of ITA2 so many turned over; shifts too, so that figures come as
//   letters drop=0.01         so many messages never leave duplicate=0.01    so many leave twice reorder=0.01
//   so many change places with the one behind them cut=0.01          so many end in the middle, without NNNN
//   stall=0.001:5s    before so many the line is silent for a while, 5 s unless given
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "traffic/generator/random.hpp"
#include "traffic/send/source.hpp"

namespace torntape::send {

struct FaultPlan {
  double garble = 0, drop = 0, duplicate = 0, reorder = 0, cut = 0, stall = 0;  // shares
  std::chrono::nanoseconds silence{std::chrono::seconds{5}};
};

// Or what is wrong with it, in words.
[[nodiscard]] std::variant<FaultPlan, std::string> read_faults(std::string_view text);

// What was done to a message, or that nothing was.
struct Fault {
  std::uint64_t message = 0;        // its number among those that come out, from 1
  std::string_view damage;          // "garble"; empty of a good message
  std::size_t begin = 0, line = 1;  // where it stands in all that comes out
  std::size_t length = 0;           // of the message
  std::size_t offset = 0;           // in the message as it leaves: the stretch that was changed
  std::string before, now;          // empty of what changes no text
};

class Faulty : public Source {
 public:
  using Tell = std::function<void(Fault const&)>;
  Faulty(std::unique_ptr<Source> good, FaultPlan plan, std::uint64_t seed, Tell tell = {});
  [[nodiscard]] State next(Sourced& message) override;

 private:
  struct Held {
    Sourced message;
    std::string_view damage;  // done to it already: "duplicate", "reorder"
  };
  [[nodiscard]] bool happens(double share);
  [[nodiscard]] State give(Sourced& message, std::string_view done = {});
  [[nodiscard]] std::string_view damage(Sourced& message);
  void tell(Sourced const& message, std::string_view damage);

  std::unique_ptr<Source> good_;
  FaultPlan plan_;
  generator::Random random_;
  Tell tell_;
  std::deque<Held> held_;             // to come next
  std::optional<Sourced> overtaken_;  // to come behind the next
  std::uint64_t given_ = 0;
  std::size_t bytes_ = 0, lines_ = 0;  // that came out
};

}  // namespace torntape::send

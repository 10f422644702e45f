// What became of the messages sent to one destination.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

#include "traffic/send/histogram.hpp"

namespace torntape::send {

struct Tally {
  std::uint64_t offered = 0;  // handed over at least once, withheld, or given up before
  std::uint64_t confirmed = 0, sent = 0, refused = 0, failed = 0, unknown = 0, withheld = 0;
  std::uint64_t repeats = 0;  // handed over again
  std::uint64_t reconnections = 0;
  std::chrono::nanoseconds took{0};
  std::chrono::nanoseconds latest{0};  // after its intended time a message was first handed over
  Histogram latency;                   // of what was confirmed or sent, from the intended time
  std::map<std::string, std::uint64_t> reasons;
  std::string failure;  // why it was given up

  [[nodiscard]] std::uint64_t done() const { return confirmed + sent; }
  [[nodiscard]] std::uint64_t under_way() const {
    return offered - confirmed - sent - refused - failed - unknown - withheld;
  }
  [[nodiscard]] double rate() const {
    auto const seconds = std::chrono::duration<double>{took}.count();
    return seconds > 0 ? static_cast<double>(done()) / seconds : 0;
  }
};

}  // namespace torntape::send

// A run in figures: how long messages took from writer to reader, by precedence, against what is aimed at
// (5 FAH-2; service manuals).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "router/simulation/ledger.hpp"

namespace torntape::simulation {

struct Speed {
  grammar::Precedence precedence = grammar::Precedence::routine;
  Duration objective{};
  std::uint64_t copies = 0;  // to be delivered
  std::uint64_t delivered = 0, within = 0, intercepted = 0;
  Duration median{}, nine_in_ten{}, longest{};  // of those delivered
};

struct Totals {
  std::uint64_t messages = 0, refused = 0, copies = 0, delivered = 0, intercepted = 0, marked_again = 0;
  std::uint64_t transmissions = 0, service = 0, preempted = 0, lost = 0, garbled = 0, alternate = 0;
};

// FLASH first.
[[nodiscard]] std::array<Speed, 4> speeds(Ledger const& ledger);
[[nodiscard]] Totals totals(Ledger const& ledger);

// "RUEHTA 1399/01 2290141", "RUEHTA 1399", "ASTANA 001399" or a serial alone: the messages it may mean.
[[nodiscard]] std::vector<MessageIndex> named(Ledger const& ledger, std::string_view words);

}  // namespace torntape::simulation

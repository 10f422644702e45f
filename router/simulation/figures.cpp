#include "router/simulation/figures.hpp"

namespace torntape::simulation {

namespace {

// With those that the ledger still remembers in full.
Tally tally(Ledger const& ledger) {
  auto tally = ledger.forgotten();
  for (auto const* const message : ledger.not_tallied()) tally.add(*message);
  return tally;
}

}  // namespace

std::array<Speed, 4> speeds(Ledger const& ledger) { return tally(ledger).speeds(); }

Totals totals(Ledger const& ledger) {
  auto sum = tally(ledger).totals();
  for (auto const& [channel, load] : ledger.loads()) {
    sum.transmissions += load.messages;
    sum.service += load.service;
    sum.preempted += load.preempted;
    sum.lost += load.lost;
    sum.garbled += load.garbled;
    sum.alternate += load.alternate;
  }
  return sum;
}

std::vector<MessageIndex> named(Ledger const& ledger, std::string_view words) {
  std::vector<MessageIndex> found;
  for (auto const* const message : ledger.messages())
    if (is_named(*message, words)) found.push_back(message->index);
  return found;
}

}  // namespace torntape::simulation

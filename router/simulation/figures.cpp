#include "router/simulation/figures.hpp"

#include <algorithm>
#include <vector>

namespace torntape::simulation {

namespace {

using grammar::Precedence;

constexpr std::array objectives{std::pair{Precedence::flash, Duration{std::chrono::minutes{10}}},
                                std::pair{Precedence::immediate, Duration{std::chrono::minutes{30}}},
                                std::pair{Precedence::priority, Duration{std::chrono::hours{3}}},
                                std::pair{Precedence::routine, Duration{std::chrono::hours{6}}}};

std::size_t place(Precedence precedence) {
  return precedence >= Precedence::flash       ? 0
         : precedence == Precedence::immediate ? 1
         : precedence == Precedence::priority  ? 2
                                               : 3;
}

// The one that so many in a hundred do not exceed; of times in order.
Duration share(std::vector<Duration> const& times, std::size_t in_a_hundred) {
  return times.empty() ? Duration{0} : times[(times.size() - 1) * in_a_hundred / 100];
}

}  // namespace

std::array<Speed, 4> speeds(Ledger const& ledger) {
  std::array<Speed, 4> speeds;
  std::array<std::vector<Duration>, 4> times;
  for (std::size_t i = 0; i != speeds.size(); ++i) {
    speeds[i].precedence = objectives[i].first;
    speeds[i].objective = objectives[i].second;
  }
  for (auto const& message : ledger.messages())
    for (auto const& duty : message.duties) {
      auto const at = place(duty.precedence);
      auto& speed = speeds[at];
      ++speed.copies;
      if (duty.intercepted) ++speed.intercepted;
      if (!duty.delivered) continue;
      auto const time = *duty.delivered - message.filed_at;
      ++speed.delivered;
      if (time <= speed.objective) ++speed.within;
      times[at].push_back(time);
    }
  for (std::size_t i = 0; i != speeds.size(); ++i) {
    std::ranges::sort(times[i]);
    speeds[i].median = share(times[i], 50);
    speeds[i].nine_in_ten = share(times[i], 90);
    speeds[i].longest = share(times[i], 100);
  }
  return speeds;
}

Totals totals(Ledger const& ledger) {
  Totals sum;
  sum.messages = ledger.messages().size();
  for (auto const& message : ledger.messages()) {
    if (!message.refused.empty()) ++sum.refused;
    for (auto const& duty : message.duties) {
      ++sum.copies;
      if (duty.delivered) ++sum.delivered;
      if (duty.intercepted) ++sum.intercepted;
      sum.marked_again += duty.copies - duty.unmarked;
    }
  }
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

// What was typed stands in it as whole words.
std::vector<MessageIndex> named(Ledger const& ledger, std::string_view words) {
  auto const within = [words](std::string const& text) {
    auto const at = text.find(words);
    if (at == std::string::npos || words.empty()) return false;
    auto const is_word = [](char letter) {
      return (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z');
    };
    auto const end = at + words.size();
    return (at == 0 || !is_word(text[at - 1])) && (end == text.size() || !is_word(text[end]));
  };
  std::vector<MessageIndex> found;
  for (MessageIndex i = 0; i != ledger.messages().size(); ++i)
    if (within(ledger.messages()[i].identity) || within(ledger.messages()[i].reference)) found.push_back(i);
  return found;
}

}  // namespace torntape::simulation

// Dead letters: copies that a reader's system does not take, and that wait for an operator.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "router/relay/state.hpp"

namespace torntape::relay {

// All of them, or none. Each keeps the name of the queue that it was in, to be put back there.
void Relay::State::on(SetAside const& aside, Now now, Outcome& outcome) {
  auto refuse = refused_among(aside.ticket, aside.copies);
  auto const astray = [this](CopyId id) { return !holdings_.may_be_held(id); };
  auto const found = std::ranges::find_if(aside.copies, astray);
  if (!refuse && found != aside.copies.end())
    refuse = Refuse{aside.ticket, Refused::not_handed_out, why_not_held(*found)};
  if (!refuse && !is_set_aside_queue(aside.queue))
    refuse = Refuse{aside.ticket, Refused::not_found, fmt::format("no dead letters in '{}'", aside.queue)};
  if (refuse) {
    outcome.then.emplace_back(std::move(*refuse));
    return;
  }
  for (auto const id : aside.copies) {
    if (holdings_.state(id) == CopyState::handed_out) holdings_.give_back(id);
    EnvelopeCopy letter{aside.queue, holdings_.kind(id), holdings_.precedence(id)};
    letter.called = {std::string(holdings_.queue_of(id))};
    letter.reason = aside.reason;
    move(id, {std::move(letter)}, outcome);
  }
  outcome.then.emplace_back(Done{aside.ticket});
  serve(aside.queue, now, outcome);
}

// Of a switch without circuits nothing else is called.
void Relay::State::keep_dead_letters(Envelope const& envelope) {
  for (std::size_t i = 0; i != envelope.copies.size(); ++i)
    if (is_set_aside_queue(envelope.copies[i].queue))
      calls_.set({envelope.number, static_cast<std::uint16_t>(i)}, envelope.copies[i], envelope.identity);
}

// Into the queue that it was in, or to another indicator.
std::variant<std::vector<EnvelopeCopy>, Refuse> Relay::State::put_back_as(CopyId copy,
                                                                          std::string const& to) const {
  auto const before = calls_.of(copy);
  auto const queue = to.empty() && !before.empty() ? before.front() : to;
  if (routes_ == nullptr || is_set_aside_queue(queue) || queue == intercept_queue || station_here(queue))
    return std::vector{EnvelopeCopy{queue, holdings_.kind(copy), holdings_.precedence(copy)}};
  auto const distribution = routed_anew(copy, {queue}, {});
  if (!distribution.intercepted.empty())
    return Refuse{0, Refused::unroutable, distribution.intercepted.front().reason};
  auto into = copies(distribution, holdings_.precedence(copy));
  for (auto& one : into) one.rerouted = is_circuit_queue(one.queue);
  return into;
}

}  // namespace torntape::relay

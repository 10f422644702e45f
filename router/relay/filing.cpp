// What is filed here: who gets a copy, and whether there is room.
#include <algorithm>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "router/relay/identity.hpp"
#include "router/relay/state.hpp"
#include "router/relay/transmission.hpp"

namespace torntape::relay {

namespace {

std::string queue_full(std::size_t limit, std::string_view what) {
  return fmt::format("no room: the limit of {} {} is reached", limit, what);
}

// Whoever a message is taken for: stations of this relay, and the indicators of every leg.
template <class Do>
void for_each_called(Envelope const& envelope, Do const& look_at) {
  for (auto const& copy : envelope.copies) {
    if (copy.called.empty()) look_at(copy.queue);
    for (auto const& called : copy.called) look_at(called);
  }
}

}  // namespace

void Relay::State::on(Filed const& filed, Now now, Outcome& outcome) {
  if (answered_as_repeated(filed, outcome)) return;
  auto const distribution = distribution_of(filed.message->message());
  if (auto reason = unroutable(distribution)) {
    outcome.then.emplace_back(Refuse{filed.ticket, Refused::unroutable, std::move(*reason)});
    return;
  }
  auto envelope = envelope_of(*filed.message, filed.digest, distribution, now);
  if (auto reason = no_room(envelope.copies)) {
    outcome.then.emplace_back(Refuse{filed.ticket, Refused::full, std::move(*reason)});
    return;
  }
  outcome.then.emplace_back(accept_of(filed.ticket, envelope));
  accept(std::move(envelope), filed.message, now, outcome);
}

void Relay::State::keep(Arrived const& filed, Now now, Outcome& outcome) {
  if (answered_as_repeated({filed.ticket, filed.message, filed.digest}, outcome)) return;
  auto const& message = filed.message->message();
  auto distribution = filed.fault.empty() ? distribution_of(message) : Distribution{};
  if (distribution.local.empty() && distribution.legs.empty() && distribution.intercepted.empty()) {
    Called const nobody{{}, grammar::AddresseeKind::action, routing_precedence(message), {}};
    std::string const why = filed.fault.empty() ? "no addressee to deliver to" : filed.fault;
    distribution.intercepted.push_back({nobody, why});
  }
  auto envelope = envelope_of(*filed.message, filed.digest, distribution, now);
  if (auto reason = no_room(envelope.copies)) {
    outcome.then.emplace_back(Refuse{filed.ticket, Refused::full, std::move(*reason)});
    return;
  }
  auto answer = accept_of(filed.ticket, envelope);
  for (auto const& intercepted : distribution.intercepted)
    answer.notes.push_back(
        fmt::format("a copy waits in the queue {}: {}", intercept_queue, intercepted.reason));
  outcome.then.emplace_back(std::move(answer));
  accept(std::move(envelope), filed.message, now, outcome);
}

// The same bytes again make no new copies; but they may be all that is left of a text that was damaged on
// disk.
bool Relay::State::answered_as_repeated(Filed const& filed, Outcome& outcome) const {
  auto const first = filings_.of(filed.digest);
  if (!first) return false;
  outcome.then.emplace_back(Accept{
      filed.ticket, first->number, first->action_copies, first->info_copies, first->transmissions, true, {}});
  outcome.commit.emplace_back(Refiled{first->number, filed.message});
  return true;
}

Distribution Relay::State::distribution_of(grammar::Message const& message) const {
  auto set = filed_set(message, directory(), here_);
  if (routes_ != nullptr) return distribute(set, message, *routes_, here_);
  Distribution all_here;
  all_here.local = std::move(set);
  return all_here;
}

// A message goes to all it is to go to, or is refused with every reason (RT-04, RT-50).
std::optional<std::string> Relay::State::unroutable(Distribution const& distribution) const {
  std::vector<std::string> reasons;
  reasons.reserve(distribution.intercepted.size());
  for (auto const& intercepted : distribution.intercepted) reasons.push_back(intercepted.reason);
  if (distribution.local.empty() && distribution.legs.empty() && reasons.empty())
    reasons.emplace_back("no addressee to deliver to");
  if (reasons.empty()) return std::nullopt;
  return fmt::format("{}", fmt::join(reasons, "; "));
}

std::optional<std::string> Relay::State::no_room(std::vector<EnvelopeCopy> const& copies) const {
  if (copies.size() > most_copies) return queue_full(most_copies, "copies of one message");
  if (holdings_.messages() >= limits_.messages) return queue_full(limits_.messages, "messages");
  auto const is_new = [this](EnvelopeCopy const& copy) { return !holdings_.has_queue(copy.queue); };
  auto const new_queues = static_cast<std::size_t>(std::ranges::count_if(copies, is_new));
  if (holdings_.queues() + new_queues > limits_.queues) return queue_full(limits_.queues, "queues");
  return std::nullopt;
}

Envelope Relay::State::envelope_of(grammar::Received const& received, Digest const& digest,
                                   Distribution const& distribution, Now now) const {
  auto const& message = received.message();
  Envelope envelope{next_, now, digest, identity(message), suspected_duplicate(message), {}};
  envelope.size = static_cast<std::uint32_t>(received.bytes().size());
  envelope.classification = classification(message);
  envelope.copies = copies(distribution, routing_precedence(message));
  return envelope;
}

Accept Relay::State::accept_of(Ticket ticket, Envelope const& envelope) const {
  Accept accept{ticket, envelope.number, 0, 0, 0, false, {}};
  for (auto const& copy : envelope.copies)
    ++(is_circuit_queue(copy.queue)                  ? accept.transmissions
       : copy.kind == grammar::AddresseeKind::action ? accept.action_copies
                                                     : accept.info_copies);
  if (auto const earlier = filings_.of(envelope.identity); !envelope.identity.empty() && earlier)
    accept.notes.push_back(
        fmt::format("message {} has the same identity, {}, and other text; relays that had that one take it "
                    "for the same (RT-33)",
                    *earlier, envelope.identity));
  return accept;
}

void Relay::State::accept(Envelope envelope, grammar::SharedMessage message, Now now, Outcome& outcome) {
  admit(envelope);
  auto const number = envelope.number;
  auto const count = envelope.copies.size();
  auto const at = outcome.commit.size();
  outcome.commit.emplace_back(Accepted{std::move(envelope), std::move(message)});
  for (std::size_t i = 0; i != count; ++i) {
    auto const queue = std::get<Accepted>(outcome.commit[at]).envelope.copies[i].queue;
    if (is_circuit_queue(queue))
      get_going({number, static_cast<std::uint16_t>(i)}, now, outcome);
    else
      serve(queue, now, outcome);
  }
}

// RT-06. What is held still is not settled, whatever the store was asked for.
void Relay::State::on(Expired const& expired, Now, Outcome& outcome) {
  for (auto const& envelope : expired.messages) {
    if (holdings_.holds(envelope.number) || envelope.number + 1 >= next_) continue;
    filings_.forget(envelope);
    for_each_called(envelope, [&](std::string const& called) { repeats_.forget(envelope.identity, called); });
    outcome.commit.emplace_back(Pruned{envelope.number});
  }
}

void Relay::State::admit(Envelope const& envelope) {
  next_ = std::max(next_, envelope.number + 1);
  filings_.add(envelope);
  holdings_.admit(envelope);
  if (circuits_.all().empty()) return keep_dead_letters(envelope);
  for (std::size_t i = 0; i != envelope.copies.size(); ++i)
    calls_.set({envelope.number, static_cast<std::uint16_t>(i)}, envelope.copies[i], envelope.identity);
  for_each_called(envelope, [&](std::string const& called) {
    repeats_.add(envelope.identity, called, envelope.received_over);
  });
}

}  // namespace torntape::relay

// What the station a message came from is told of it: service messages that this relay files itself (SM-26,
// SM-38).
#include <array>
#include <cstring>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "router/relay/identity.hpp"
#include "router/relay/state.hpp"

namespace torntape::relay {

namespace {

// Nobody files these bytes: it need only be another one for each.
Digest digest_of_own(MessageNumber number) {
  Digest digest{};
  std::memcpy(digest.data(), &number, sizeof number);
  return digest;
}

}  // namespace

// One for each code, about all its indicators. Relays, and stations nobody knows, are told nothing: so a
// notice is never about a notice.
void Relay::State::give_notice(grammar::Message const& message, Distribution const& distribution, Now now,
                               Outcome& outcome) {
  if (distribution.intercepted.empty()) return;
  auto const id = identity(message);
  auto const* const originator = routes_->directory().station(message.origin.routing_indicator);
  if (id.empty() || originator == nullptr) return;
  for (std::string_view const code : std::array{"INV", "SEC"}) {
    std::string reason(code);
    for (auto const& intercepted : distribution.intercepted)
      if (intercepted.code == code) reason.append(" ").append(intercepted.called.indicator);
    if (reason.size() == code.size()) continue;
    Notice const notice{here_, originator->indicator, now, static_cast<unsigned>(next_ % 10'000)};
    originate(rejected(notice, id, reason), now, outcome);
  }
}

// RT-40: the station that called wrongly is told the right indicator (SM-26; ACP 127(G) 426.f).
void Relay::State::tell_right_indicator(std::string const& id, std::string const& right, Now now,
                                        Outcome& outcome) {
  auto const& directory = routes_->directory();
  auto const* const originator = directory.station(std::string_view(id).substr(0, id.find(' ')));
  if (originator == nullptr) return;
  auto const* const station = directory.station(right);
  Notice const notice{here_, originator->indicator, now, static_cast<unsigned>(next_ % 10'000)};
  originate(misrouted(notice, id, right, station == nullptr ? "" : station->name), now, outcome);
}

void Relay::State::originate(std::string text, Now now, Outcome& outcome) {
  auto message = std::make_shared<grammar::Received const>(std::move(text));
  auto const distribution = distribution_of(message->message());
  auto envelope = envelope_of(*message, digest_of_own(next_), distribution, now);
  auto why_not = unroutable(distribution);
  if (!why_not) why_not = no_room(envelope.copies);
  if (why_not) {
    outcome.then.emplace_back(Alarm{fmt::format("no notice to the originator: {}", *why_not)});
    return;
  }
  accept(std::move(envelope), std::move(message), now, outcome);
}

}  // namespace torntape::relay

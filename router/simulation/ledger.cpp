#include "router/simulation/ledger.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "router/relay/identity.hpp"
#include "router/relay/transmission.hpp"

namespace torntape::simulation {

namespace {

using directory::Collective;
using directory::Directory;
using grammar::Addressee;
using grammar::AddresseeKind;
using grammar::Message;

constexpr std::size_t most_alarms = 1'000;  // that are kept in words

// Whom a message is for, read from its address alone: nothing here is taken from the relays, which are to
// come to the same (RT-21 to RT-24).
class Duties {
 public:
  Duties(Message const& message, Directory const& directory, std::vector<std::string> const& exempted)
      : directory_(directory), exempted_(exempted) {
    for (auto const& addressee : message.addressees)
      if (!addressee.other_means) add(message, addressee);
  }
  [[nodiscard]] std::vector<Duty> take() && { return std::move(duties_); }

 private:
  void add(Message const& message, Addressee const& addressee) {
    auto const precedence = effective_precedence(message, addressee);
    if (auto const* const collective = collective_of(addressee)) {
      for (auto const& member : collective->members) add_member(member, addressee.kind, precedence);
      for (auto const& member : collective->info_members) add_member(member, AddresseeKind::info, precedence);
    } else if (!addressee.routing_indicator.empty()) {
      add(addressee.routing_indicator, addressee.kind, precedence);
    } else if (auto const* const station = directory_.station_named(addressee.plain_language_address)) {
      add(station->indicator, addressee.kind, precedence);
    }
  }
  [[nodiscard]] Collective const* collective_of(Addressee const& addressee) const {
    return addressee.routing_indicator.empty()
               ? directory_.collective_titled(addressee.plain_language_address)
               : directory_.collective(addressee.routing_indicator);
  }
  void add_member(std::string_view station, AddresseeKind kind, grammar::Precedence precedence) {
    if (std::ranges::find(exempted_, station) == exempted_.end()) add(station, kind, precedence);
  }
  void add(std::string_view station, AddresseeKind kind, grammar::Precedence precedence) {
    auto const known = std::ranges::find(duties_, station, &Duty::station);
    if (known == duties_.end()) {
      duties_.push_back({std::string(station), kind, precedence});
      return;
    }
    if (kind == AddresseeKind::action) known->kind = kind;
    known->precedence = std::max(known->precedence, precedence);
  }

  Directory const& directory_;
  std::vector<std::string> const& exempted_;
  std::vector<Duty> duties_;
};

std::vector<std::string> exempted_of(Message const& message, Directory const& directory) {
  std::vector<std::string> stations;
  for (auto const& name : message.exempted) {
    if (!name.routing_indicator.empty()) stations.emplace_back(name.routing_indicator);
    if (auto const* const station = directory.station_named(name.plain_language_address))
      stations.push_back(station->indicator);
  }
  return stations;
}

std::string reference_of(Message const& message) {
  if (message.text.message_reference_number.empty()) return {};
  return fmt::format("{} {}", message.text.station, message.text.message_reference_number);
}

}  // namespace

Ledger::Ledger(Directory const& directory, Options options) : directory_(directory), options_(options) {}

MessageIndex Ledger::filed(Message const& message, std::string_view station, Now at) {
  auto const index = static_cast<MessageIndex>(messages_.size());
  auto exempted = exempted_of(message, directory_);
  Tracked tracked{relay::identity(message), reference_of(message), std::string(station), at};
  tracked.precedence = relay::routing_precedence(message);
  tracked.duties = Duties(message, directory_, exempted).take();
  outstanding_ += tracked.duties.size();
  messages_.push_back(std::move(tracked));
  if (!exempted.empty()) exempted_.emplace(index, std::move(exempted));
  return index;
}

void Ledger::accepted(MessageIndex index, Now at) {
  if (!messages_[index].accepted_at) messages_[index].accepted_at = at;
}

void Ledger::refused(MessageIndex index, Now at, std::string why) {
  auto& message = messages_[index];
  step(index, {at, message.station, "is refused: " + why});
  message.refused = std::move(why);
  outstanding_ -= message.duties.size();
  message.duties.clear();
}

std::vector<std::string_view> Ledger::covered(MessageIndex index, std::string_view called) const {
  auto const* const collective = directory_.collective(called);
  if (collective == nullptr) return {called};
  auto const exempted = exempted_.find(index);
  std::vector<std::string_view> stations;
  for (auto const& member : collective->members)
    if (exempted == exempted_.end() || std::ranges::find(exempted->second, member) == exempted->second.end())
      stations.emplace_back(member);
  return stations;
}

Duty* Ledger::duty(MessageIndex index, std::string_view station) {
  auto& duties = messages_[index].duties;
  auto const found = std::ranges::find(duties, station, &Duty::station);
  return found == duties.end() ? nullptr : &*found;
}

// It is no longer waited for.
void Ledger::close(Duty& duty) {
  if (!duty.delivered && !duty.intercepted) --outstanding_;
}

void Ledger::held(MessageIndex index, std::string_view called, bool intercepted) {
  for (auto const station : covered(index, called)) {
    auto* const found = duty(index, station);
    if (found == nullptr) continue;
    ++found->holders;
    if (!intercepted) continue;
    close(*found);
    found->intercepted = true;
  }
}

void Ledger::intercepted(MessageIndex index, std::string_view called) {
  for (auto const station : covered(index, called)) {
    auto* const found = duty(index, station);
    if (found == nullptr || found->delivered || found->intercepted) continue;
    close(*found);
    found->intercepted = true;
  }
}

// RT-90: nobody lets go of a message that nobody else has.
void Ledger::settled(MessageIndex index, std::string_view called, Now at) {
  for (auto const station : covered(index, called)) {
    auto* const found = duty(index, station);
    if (found == nullptr || found->holders == 0) continue;
    if (--found->holders == 0 && !found->delivered && !messages_[index].garbled)
      violated(at,
               fmt::format("{} for {} is lost: no relay has it, and it was not delivered (RT-90)",
                           messages_[index].identity, station),
               index);
  }
}

void Ledger::delivered(MessageIndex index, std::string_view station, bool marked, Now at) {
  auto const& message = messages_[index];
  auto* const found = duty(index, station);
  if (found == nullptr) {
    if (!message.garbled)
      violated(at,
               fmt::format("{} is delivered to {}, whom it is not for (RT-20)", message.identity, station),
               index);
    return;
  }
  close(*found);
  found->intercepted = false;
  if (!found->delivered) found->delivered = at;
  ++found->copies;
  if (!marked) ++found->unmarked;
  if (!marked && found->unmarked > 1 && !message.garbled)
    violated(at, fmt::format("{} comes to {} again, unmarked (RT-31)", message.identity, station), index);
}

void Ledger::step(MessageIndex index, Step step) {
  if (options_.journeys) messages_[index].journey.push_back(std::move(step));
}

std::optional<std::size_t> Ledger::transmitted(Transmission transmission) {
  if (transmissions_.size() == options_.most_transmissions) {
    ++left_out_;
    return std::nullopt;
  }
  transmissions_.push_back(std::move(transmission));
  return transmissions_.size() - 1;
}

void Ledger::ended(std::optional<std::size_t> transmission, End how, Now at) {
  if (!transmission) return;
  auto& ended = transmissions_[*transmission];
  ended.until = at;
  ended.cancelled = how == End::cancelled;
  ended.lost = how == End::lost;
}

Load& Ledger::load(std::string_view channel) {
  auto const found = loads_.find(channel);
  return found != loads_.end() ? found->second : loads_[std::string(channel)];
}

void Ledger::violated(Now at, std::string what, std::optional<MessageIndex> message) {
  violations_.push_back({at, std::move(what), message});
}

void Ledger::alarm(Now at, std::string_view relay, std::string_view what) {
  ++alarm_count_;
  if (alarms_.size() < most_alarms) alarms_.push_back({at, std::string(relay), std::string(what)});
}

}  // namespace torntape::simulation

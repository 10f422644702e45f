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

constexpr std::size_t most_alarms = 1'000, most_violations = 1'000;  // that are kept in words

Duty* duty_of(std::vector<Duty>& duties, std::string_view station) {
  auto const is_it = [station, key = Duty::key_of(station)](Duty const& duty) {
    return duty.key == key && duty.station == station;
  };
  auto const found = std::ranges::find_if(duties, is_it);
  return found == duties.end() ? nullptr : &*found;
}

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
    auto* const known = duty_of(duties_, station);
    if (known == nullptr) {
      duties_.push_back({std::string(station), Duty::key_of(station), kind, precedence});
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

// Neither waited for anywhere nor on its way. What was intercepted waits for an operator to the end.
bool is_done(Tracked const& message) {
  return message.refused.empty() && std::ranges::all_of(message.duties, [](Duty const& duty) {
           return duty.delivered && !duty.intercepted && duty.holders == 0;
         });
}

}  // namespace

Ledger::Ledger(Directory const& directory, Options options)
    : directory_(directory), options_(std::move(options)) {}

// --- What is remembered -------------------------------------------------------------------------------

Ledger::Remembered* Ledger::find(MessageIndex index) {
  return const_cast<Remembered*>(std::as_const(*this).find(index));
}

Ledger::Remembered const* Ledger::find(MessageIndex index) const {
  if (index >= first_of_last_) return &last_[index - first_of_last_];
  auto const found = earlier_.find(index);
  return found == earlier_.end() ? nullptr : &found->second;
}

Tracked const* Ledger::message(MessageIndex index) const {
  auto const* const found = find(index);
  return found == nullptr ? nullptr : &found->message;
}

std::vector<Tracked const*> Ledger::messages() const {
  std::vector<Tracked const*> all;
  all.reserve(earlier_.size() + last_.size());
  for (auto const& [index, remembered] : earlier_) all.push_back(&remembered.message);
  for (auto const& remembered : last_) all.push_back(&remembered.message);
  return all;
}

std::vector<Tracked const*> Ledger::not_tallied() const {
  std::vector<Tracked const*> all;
  for (auto const& [index, remembered] : earlier_)
    if (!remembered.tallied) all.push_back(&remembered.message);
  for (auto const& remembered : last_) all.push_back(&remembered.message);
  return all;
}

void Ledger::pin(MessageIndex index) {
  if (auto* const found = find(index)) found->pinned = true;
}

void Ledger::make_room() {
  if (last_.size() <= options_.most_messages) return;
  auto const index = first_of_last_++;
  earlier_.emplace(index, std::move(last_.front()));
  last_.pop_front();
  forget_if_done(index);
}

void Ledger::forget_if_done(MessageIndex index) {
  auto const found = earlier_.find(index);
  if (found == earlier_.end() || found->second.tallied || !is_done(found->second.message)) return;
  tally(found->second);
}

// The slowest of a precedence is what an expectation will be held against.
void Ledger::tally(Remembered& done) {
  auto const& message = done.message;
  forgotten_.add(message);
  done.tallied = true;
  auto const index = message.index;
  auto const is_slowest = [this](MessageIndex each) {
    return std::ranges::any_of(slowest_, [each](auto const& of) { return of.second.message == each; });
  };
  std::set<MessageIndex> let_go{index};
  for (auto const& duty : message.duties) {
    auto const time = *duty.delivered - message.filed_at;
    auto const [slowest, is_first] = slowest_.try_emplace(duty.precedence, Slowest{time, index});
    if (is_first || time <= slowest->second.time) continue;
    let_go.insert(slowest->second.message);
    slowest->second = {time, index};
  }
  for (auto const each : let_go)
    if (auto const found = earlier_.find(each);
        found != earlier_.end() && !found->second.pinned && !is_slowest(each))
      earlier_.erase(found);
}

// --- Messages -----------------------------------------------------------------------------------------

MessageIndex Ledger::filed(Message const& message, std::string_view station, Now at) {
  auto const index = first_of_last_ + static_cast<MessageIndex>(last_.size());
  auto exempted = exempted_of(message, directory_);
  Tracked tracked{index, relay::identity(message), reference_of(message), std::string(station), at};
  tracked.precedence = relay::routing_precedence(message);
  tracked.duties = Duties(message, directory_, exempted).take();
  outstanding_ += tracked.duties.size();
  bool const watched = options_.watched.contains(index) || is_named(tracked, options_.named);
  last_.push_back({std::move(tracked), std::move(exempted), watched, watched});
  make_room();
  return index;
}

void Ledger::accepted(MessageIndex index, Now at) {
  auto* const found = find(index);
  if (found != nullptr && !found->message.accepted_at) found->message.accepted_at = at;
}

void Ledger::refused(MessageIndex index, Now at, std::string why) {
  auto* const found = find(index);
  if (found == nullptr) return;
  auto& message = found->message;
  if (keeps_journey(index)) step(index, {at, message.station, "is refused: " + why});
  message.refused = std::move(why);
  outstanding_ -= message.duties.size();
  message.duties.clear();
}

// The stations that an indicator of FL2 stands for: itself, or the members of a collective, less the
// exempted.
template <class Do>
void Ledger::for_each_covered(Remembered const& message, std::string_view called, Do const& look_at) const {
  auto const* const collective = directory_.collective(called);
  if (collective == nullptr) return look_at(called);
  for (auto const& member : collective->members)
    if (std::ranges::find(message.exempted, member) == message.exempted.end()) look_at(member);
}

// It is no longer waited for.
void Ledger::close(Duty& duty) {
  if (!duty.delivered && !duty.intercepted) --outstanding_;
}

void Ledger::held(MessageIndex index, std::string_view called, bool intercepted) {
  auto* const remembered = find(index);
  if (remembered == nullptr) return;
  for_each_covered(*remembered, called, [&](std::string_view station) {
    auto* const found = duty_of(remembered->message.duties, station);
    if (found == nullptr) return;
    ++found->holders;
    if (!intercepted) return;
    close(*found);
    found->intercepted = true;
  });
}

void Ledger::intercepted(MessageIndex index, std::string_view called) {
  auto* const remembered = find(index);
  if (remembered == nullptr) return;
  for_each_covered(*remembered, called, [&](std::string_view station) {
    auto* const found = duty_of(remembered->message.duties, station);
    if (found == nullptr || found->delivered || found->intercepted) return;
    close(*found);
    found->intercepted = true;
  });
}

// RT-90: nobody lets go of a message that nobody else has.
void Ledger::settled(MessageIndex index, std::string_view called, Now at) {
  auto* const remembered = find(index);
  if (remembered == nullptr) return;
  auto& message = remembered->message;
  for_each_covered(*remembered, called, [&](std::string_view station) {
    auto* const found = duty_of(message.duties, station);
    if (found == nullptr || found->holders == 0) return;
    if (--found->holders == 0 && !found->delivered && !message.garbled)
      violated(at,
               fmt::format("{} for {} is lost: no relay has it, and it was not delivered (RT-90)",
                           message.identity, station),
               index);
  });
  forget_if_done(index);
}

void Ledger::delivered(MessageIndex index, std::string_view station, bool marked, Now at) {
  auto* const remembered = find(index);
  if (remembered == nullptr) {
    if (!marked)
      violated(at, fmt::format("what was delivered long ago comes to {} again, unmarked (RT-31)", station));
    return;
  }
  auto const& message = remembered->message;
  auto* const found = duty_of(remembered->message.duties, station);
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
  if (found->unmarked > 1) pin(index);
  if (!marked && found->unmarked > 1 && !message.garbled)
    violated(at, fmt::format("{} comes to {} again, unmarked (RT-31)", message.identity, station), index);
  forget_if_done(index);
}

void Ledger::garbled(MessageIndex index) {
  if (auto* const found = find(index)) found->message.garbled = true;
}

bool Ledger::keeps_journey(MessageIndex index) const {
  auto const* const found = find(index);
  return found != nullptr && (options_.journeys || found->watched);
}

void Ledger::step(MessageIndex index, Step step) {
  if (auto* const found = find(index)) found->message.journey.push_back(std::move(step));
}

// --- Lines --------------------------------------------------------------------------------------------

bool Ledger::keeps_transmissions() const { return transmissions_.size() < options_.most_transmissions; }

std::optional<std::size_t> Ledger::transmitted(Transmission transmission) {
  if (!keeps_transmissions()) {
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
  ++violation_count_;
  if (violations_.size() == most_violations) return;
  violations_.push_back({at, std::move(what), message});
  if (message) pin(*message);
}

void Ledger::alarm(Now at, std::string_view relay, std::string_view what) {
  ++alarm_count_;
  if (alarms_.size() < most_alarms) alarms_.push_back({at, std::string(relay), std::string(what)});
}

}  // namespace torntape::simulation

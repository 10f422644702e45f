#include "router/relay/distribution.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_set>
#include <utility>

#include <boost/unordered/unordered_flat_map.hpp>
#include <fmt/format.h>

#include "directory/classification.hpp"

namespace torntape::relay {

namespace {

using directory::Class;
using directory::Collective;
using directory::Directory;
using grammar::Addressee;
using grammar::AddresseeKind;
using grammar::Message;
using grammar::Precedence;

// What an addressee brings whoever it names.
struct Duty {
  AddresseeKind kind = AddresseeKind::info;
  Precedence precedence = Precedence::routine;
};

Duty duty_of(Message const& message, Addressee const& addressee) {
  return {addressee.kind, effective_precedence(message, addressee)};
}

// A set under construction: a station named again is not called again, it only gains: action before
// info, the higher precedence before the lower, and explicit before collective (RT-24, RT-27).
class CalledOnce {
 public:
  // The indicator is the message's or the directory's, and outlives the set.
  void add(std::string_view indicator, Duty duty, std::string_view collective = {}) {
    auto const [at, is_new] = places_.try_emplace(indicator, set_.size());
    if (is_new) {
      set_.push_back({std::string(indicator), duty.kind, duty.precedence, std::string(collective)});
      return;
    }
    auto& called = set_[at->second];
    if (duty.kind == AddresseeKind::action) called.kind = AddresseeKind::action;
    called.precedence = std::max(called.precedence, duty.precedence);
    if (collective.empty()) called.collective.clear();
  }

  [[nodiscard]] std::vector<Called> take() && { return std::move(set_); }

 private:
  std::vector<Called> set_;
  boost::unordered_flat_map<std::string_view, std::size_t> places_;
};

// RT-23: those under ZEN are served by other means.
template <class Do>
void for_each_to_serve(Message const& message, Do const& serve) {
  for (auto const& addressee : message.addressees)
    if (!addressee.other_means) serve(addressee);
}

// FL9 by indicator (RT-22).
std::unordered_set<std::string_view> exempted(Message const& message, Directory const& directory) {
  std::unordered_set<std::string_view> indicators;
  for (auto const& name : message.exempted) {
    if (!name.routing_indicator.empty()) indicators.insert(name.routing_indicator);
    if (auto const* const station = directory.station_named(name.plain_language_address))
      indicators.insert(station->indicator);
  }
  return indicators;
}

// RT-24: members who are addressed by themselves, and whom this transmission does not call: another leg does,
// for whoever made it called every explicit addressee (RT-21). The name has to agree with the indicator: a
// letter changed on the way makes nobody left out.
void leave_out_explicit(Message const& message, std::vector<std::string> const& routing_line,
                        Directory const& directory, std::unordered_set<std::string_view>& without) {
  for_each_to_serve(message, [&](Addressee const& addressee) {
    auto const* const station = directory.station(addressee.routing_indicator);
    if (station != nullptr && station->name == addressee.plain_language_address &&
        std::ranges::find(routing_line, station->indicator) == routing_line.end())
      without.insert(station->indicator);
  });
}

Collective const* collective_of(Addressee const& addressee, Directory const& directory) {
  if (!addressee.routing_indicator.empty()) return directory.collective(addressee.routing_indicator);
  return directory.collective_titled(addressee.plain_language_address);
}

// An addressee without an indicator is called by that of its name; one nobody knows stands as its name
// and finds no route.
std::string_view indicator_of(Addressee const& addressee, Directory const& directory) {
  if (!addressee.routing_indicator.empty()) return addressee.routing_indicator;
  auto const* const station = directory.station_named(addressee.plain_language_address);
  return station != nullptr ? std::string_view(station->indicator) : addressee.plain_language_address;
}

// RT-21, RT-22: the members in place of the collective, with its kind and precedence. The info members of
// an AIG stay info whatever the AIG is addressed for (ACP 127(G) 205.c).
void add_members(Collective const& collective, Duty duty,
                 std::unordered_set<std::string_view> const& exempted, CalledOnce& set) {
  for (auto const& member : collective.members)
    if (!exempted.contains(member)) set.add(member, duty, collective.title);
  for (auto const& member : collective.info_members)
    if (!exempted.contains(member)) set.add(member, {AddresseeKind::info, duty.precedence}, collective.title);
}

bool expanded_at(Collective const& collective, std::string_view here) {
  return collective.indicator.empty() || collective.owner == here;
}

// Of a called station that no address names: for information, but where there is no address the called
// stations are the addressees (ACP 127(G) 145, 146).
Duty duty_by_routing_line(Message const& message) {
  auto const letters = message.routing_line.precedence;
  auto const precedence = letters.empty() ? Precedence::none : grammar::precedence_of_letter(letters.front());
  return {message.addressees.empty() ? AddresseeKind::action : AddresseeKind::info,
          std::max(precedence, Precedence::routine)};
}

std::vector<Called> open_set(Message const& message) {
  CalledOnce set;
  if (message.addressees.empty())
    for (auto const indicator : message.routing_line.routing_indicators)
      set.add(indicator, duty_by_routing_line(message));
  for_each_to_serve(message, [&](Addressee const& addressee) {
    auto const called =
        !addressee.routing_indicator.empty() ? addressee.routing_indicator : addressee.plain_language_address;
    if (!called.empty()) set.add(called, duty_of(message, addressee));
  });
  return std::move(set).take();
}

// What FL7 and FL8 bring those that are called, by the rule of `CalledOnce`: a relay down the way comes to
// what the relay of the originator came to. Few are called and many are named, so those called are looked
// for.
class DutiesOfCalled {
 public:
  DutiesOfCalled(Message const& message, std::vector<std::string> const& called, Directory const& directory,
                 std::unordered_set<std::string_view> const& exempted) {
    duties_.reserve(called.size());
    for (auto const& indicator : called) duties_.push_back({indicator, std::nullopt});
    std::ranges::sort(duties_, {}, &Entry::indicator);
    for_each_to_serve(message, [&](Addressee const& addressee) {
      auto const duty = duty_of(message, addressee);
      gain(indicator_of(addressee, directory), duty);
      auto const* const collective = collective_of(addressee, directory);
      if (collective == nullptr) return;
      gain(collective->members, exempted, duty);
      gain(collective->info_members, exempted, {AddresseeKind::info, duty.precedence});
    });
  }

  // None where no address names it.
  [[nodiscard]] std::optional<Duty> of(std::string_view indicator) const {
    auto const found = std::ranges::lower_bound(duties_, indicator, {}, &Entry::indicator);
    return found == duties_.end() || found->indicator != indicator ? std::nullopt : found->duty;
  }

 private:
  struct Entry {
    std::string_view indicator;
    std::optional<Duty> duty;
  };

  void gain(std::string_view indicator, Duty duty) {
    auto const found = std::ranges::lower_bound(duties_, indicator, {}, &Entry::indicator);
    if (found == duties_.end() || found->indicator != indicator) return;
    if (!found->duty) {
      found->duty.emplace(duty);
      return;
    }
    if (duty.kind == AddresseeKind::action) found->duty->kind = AddresseeKind::action;
    found->duty->precedence = std::max(found->duty->precedence, duty.precedence);
  }

  void gain(std::vector<std::string> const& members, std::unordered_set<std::string_view> const& exempted,
            Duty duty) {
    for (auto const& member : members)
      if (!exempted.contains(member)) gain(member, duty);
  }

  std::vector<Entry> duties_;  // by indicator; of one called twice the first counts
};

std::string_view words(Class c) {
  switch (c) {
    case Class::unclassified:
      return "unclassified";
    case Class::efto:
      return "EFTO";
    case Class::restricted:
      return "RESTRICTED";
    case Class::confidential:
      return "CONFIDENTIAL";
    case Class::secret:
      return "SECRET";
    case Class::top_secret:
      break;
  }
  return "TOP SECRET";
}

std::string class_in_words(Consignment const& consignment) {
  if (!consignment.warned) return "without a security warning";
  return std::string(words(consignment.classification));
}

// Routes and screens one indicator after the other, and gathers what leaves by leg.
class Distributor {
 public:
  Distributor(Consignment const& consignment, network::Routes const& routes, std::string_view here,
              bool split)
      : consignment_(consignment),
        routes_(routes),
        directory_(routes.directory()),
        here_(here),
        split_(split) {}

  void place(Called const& called) {
    auto const* const relay = serving_relay(called.indicator);
    if (relay == nullptr)
      intercept(
          called,
          fmt::format("{} is in no entry of the directory and under no prefix (RT-50)", called.indicator),
          "INV");
    else if (relay->indicator == here_)
      deliver(called);
    else
      forward(called, *relay);
  }

  [[nodiscard]] Distribution take() && {
    for (auto& [way, leg] : legs_) {
      std::ranges::sort(leg.called, {}, &Called::indicator);
      distribution_.legs.push_back(std::move(leg));
    }
    return std::move(distribution_);
  }

 private:
  // A collective's indicator routes to the relay that owns it (RT-21), any other by RT-55.
  [[nodiscard]] directory::Relay const* serving_relay(std::string_view indicator) const {
    if (auto const* const collective = directory_.collective(indicator))
      return directory_.relay(collective->owner);
    return directory_.serving_relay(indicator);
  }

  void deliver(Called const& called) {
    auto const* const station = directory_.station(called.indicator);
    if (station == nullptr && called.indicator != here_)
      intercept(called,
                fmt::format("{} falls to {}, which has no such station (RT-50)", called.indicator, here_),
                unknown);
    else if (station != nullptr && station->cleared_to < consignment_.classification)
      intercept(called,
                fmt::format("the message is {}, {} is cleared to {} (RT-51)", class_in_words(consignment_),
                            called.indicator, words(station->cleared_to)),
                security);
    else
      distribution_.local.push_back(called);
  }

  void forward(Called const& called, directory::Relay const& relay) {
    auto const* const normal = routes_.next(here_, relay.indicator);
    auto const* circuit = normal;
    if (normal != nullptr && goes_back(called, *normal)) {
      circuit = routes_.round(here_, consignment_.received_over, relay.indicator);
      if (circuit == nullptr)
        return intercept(called, fmt::format("{} came in by circuit {} and would leave by it (RT-56)",
                                             called.indicator, consignment_.received_over));
    }
    if (circuit == nullptr)
      intercept(called, fmt::format("no circuit leads from {} to {}, which serves {} (RT-55)", here_,
                                    relay.indicator, called.indicator));
    else if (circuit->approved_to < consignment_.classification)
      intercept(called,
                fmt::format("the message is {}, circuit {} towards {} is approved to {} (RT-51)",
                            class_in_words(consignment_), circuit->name, called.indicator,
                            words(circuit->approved_to)),
                security);
    else
      add_to_leg(called, *circuit, circuit == normal ? nullptr : normal);
  }

  // RT-56.
  [[nodiscard]] bool goes_back(Called const& called, directory::Circuit const& circuit) const {
    return circuit.name == consignment_.received_over && called.collective.empty();
  }

  // RT-60, RT-63: a leg exists because something is on it. RT-27: members apart from the explicit ones.
  void add_to_leg(Called const& called, directory::Circuit const& circuit,
                  directory::Circuit const* instead_of) {
    auto& leg = legs_[{circuit.name, split_ && !called.collective.empty()}];
    leg.circuit = &circuit;
    if (instead_of != nullptr) leg.instead_of = instead_of;
    leg.called.push_back(called);
  }

  // What the originator is told in a notice (SM-38).
  static constexpr std::string_view unknown = "INV", security = "SEC";

  void intercept(Called const& called, std::string reason, std::string_view code = {}) {
    distribution_.intercepted.push_back({called, std::move(reason), std::string(code)});
  }

  Consignment const& consignment_;
  network::Routes const& routes_;
  Directory const& directory_;
  std::string_view here_;
  bool split_;
  std::map<std::pair<std::string_view, bool>, Leg> legs_;  // circuit name, collective members
  Distribution distribution_;
};

}  // namespace

// Without a warning the message needs an approved circuit, whichever (ACP 127(G) 203.b); a warning nobody can
// read needs the best.
Class classification(Message const& message) {
  auto const designator = message.transmission_instructions.designator;
  if (designator.empty()) return Class::efto;
  return directory::class_of(designator.front()).value_or(Class::top_secret);
}

std::vector<Called> filed_set(Message const& message, Directory const* directory, std::string_view here) {
  if (directory == nullptr) return open_set(message);
  if (auto const& called = message.routing_line.routing_indicators; message.addressees.empty())
    return relayed_set(message, {called.begin(), called.end()}, *directory, here);
  CalledOnce set;
  auto const without = exempted(message, *directory);
  for_each_to_serve(message, [&](Addressee const& addressee) {
    auto const duty = duty_of(message, addressee);
    auto const* const collective = collective_of(addressee, *directory);
    if (collective == nullptr) {
      if (auto const called = indicator_of(addressee, *directory); !called.empty()) set.add(called, duty);
    } else if (expanded_at(*collective, here)) {
      add_members(*collective, duty, without, set);
    } else {
      set.add(collective->indicator, duty);
    }
  });
  return std::move(set).take();
}

std::vector<Called> relayed_set(Message const& message, std::vector<std::string> const& routing_line,
                                Directory const& directory, std::string_view here) {
  auto const exempt = exempted(message, directory);
  DutiesOfCalled const known(message, routing_line, directory, exempt);
  std::optional<std::unordered_set<std::string_view>> without;  // of members: who is left out, once asked
  auto const unnamed = duty_by_routing_line(message);
  CalledOnce set;
  for (auto const& indicator : routing_line) {
    auto const duty = known.of(indicator).value_or(unnamed);
    auto const* const collective = directory.collective(indicator);
    if (collective == nullptr || !expanded_at(*collective, here)) {
      set.add(indicator, duty);
      continue;
    }
    if (!without) {
      without.emplace(exempt);
      leave_out_explicit(message, routing_line, directory, *without);
    }
    add_members(*collective, duty, *without, set);
  }
  return std::move(set).take();
}

Distribution distribute(std::vector<Called> const& set, Consignment const& consignment,
                        network::Routes const& routes, std::string_view here, bool split_collectives) {
  Distributor distributor(consignment, routes, here, split_collectives);
  for (auto const& called : set) distributor.place(called);
  return std::move(distributor).take();
}

Distribution distribute(std::vector<Called> const& set, Message const& message, network::Routes const& routes,
                        std::string_view here, std::string_view received_over, bool split_collectives) {
  Consignment const consignment{classification(message),
                                !message.transmission_instructions.designator.empty(),
                                std::string(received_over)};
  return distribute(set, consignment, routes, here, split_collectives);
}

std::vector<EnvelopeCopy> copies(Distribution const& distribution, Precedence of_legs) {
  std::vector<EnvelopeCopy> all;
  all.reserve(distribution.local.size() + distribution.legs.size() + distribution.intercepted.size());
  for (auto const& called : distribution.local)
    all.push_back({called.indicator, called.kind, called.precedence});
  for (auto const& leg : distribution.legs) {
    EnvelopeCopy copy{circuit_queue(leg.circuit->name), AddresseeKind::info, of_legs};
    for (auto const& called : leg.called) {
      copy.called.push_back(called.indicator);
      if (called.kind == AddresseeKind::action) copy.kind = called.kind;
      copy.members = !called.collective.empty();  // they leave apart from the others (RT-27)
    }
    all.push_back(std::move(copy));
  }
  for (auto const& [called, reason, code] : distribution.intercepted)
    all.push_back({std::string(intercept_queue), called.kind, called.precedence, {called.indicator}, reason});
  return all;
}

}  // namespace torntape::relay

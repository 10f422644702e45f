#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "directory/network_draft.hpp"
#include "grammar/characters.hpp"

namespace torntape::directory {

namespace {

using grammar::Severity;

// Where a name was given first, by name.
using Places = std::map<std::string_view, Span, std::less<>>;

std::vector<std::string_view> names(Places const& places) {
  std::vector<std::string_view> names;
  for (auto const& [name, place] : places) names.push_back(name);
  return names;
}

class Check {
 public:
  explicit Check(NetworkDraft const& draft) : draft_(draft) {}

  [[nodiscard]] std::vector<Diagnostic> run() && {
    note_names();
    for (auto const& relay : draft_.relays) check(relay);
    for (auto const& station : draft_.stations) check(station);
    for (auto const& collective : draft_.collectives) check(collective);
    for (auto const& circuit : draft_.circuits) check(circuit);
    check_web_drop();
    check_reach();
    return std::move(found_);
  }

 private:
  Diagnostic& add(std::string_view rule, std::string_view name, Span span, std::string message) {
    return found_.emplace_back(finding(rule, name, span, std::move(message)));
  }

  // NET-05.
  void once(Places& places, Located const& name, std::string_view what) {
    if (!name.given()) return;
    auto const [first, is_new] = places.try_emplace(name.value, name.span);
    if (is_new) return;
    add("NET-05", "given-twice", name.span, fmt::format("{} '{}' is given twice", what, name.value))
        .related.push_back({first->second, "first given here"});
  }

  // Relays, stations and collectives share their indicators: a routing line does not say which is meant.
  void note_names() {
    for (auto const& relay : draft_.relays) {
      once(indicators_, relay.indicator, "indicator");
      if (relay.indicator.given()) relays_.try_emplace(relay.indicator.value, relay.indicator.span);
      for (auto const& prefix : relay.prefixes) once(prefixes_, prefix, "prefix");
    }
    for (auto const& station : draft_.stations) {
      once(indicators_, station.indicator, "indicator");
      if (station.indicator.given()) stations_.try_emplace(station.indicator.value, station.indicator.span);
    }
    for (auto const& collective : draft_.collectives) {
      once(indicators_, collective.indicator, "indicator");
      once(titles_, collective.title, "title");
    }
    for (auto const& circuit : draft_.circuits) {
      once(circuits_, circuit.name, "circuit");
      for (auto const& channel : circuit.channels) once(channels_, channel, "channel");
    }
  }

  void check(RelayDraft const& relay) {
    check_indicator(relay.indicator);
    for (auto const& prefix : relay.prefixes)
      if (prefix.value.size() > 7 || !std::ranges::all_of(prefix.value, grammar::is_letter))
        add("NET-04", "not-a-routing-indicator", prefix.span,
            fmt::format("'{}' is no beginning of a routing indicator, expected 1 to 7 capital letters",
                        prefix.value));
  }

  void check(StationDraft const& station) {
    check_indicator(station.indicator);
    check_relay(station.relay);
    check_station(station.guard);
    if (station.guard.given() && station.guard.value == station.indicator.value)
      add("NET-13", "own-guard", station.guard.span,
          fmt::format("station '{}' is its own guard, expected another station", station.indicator.value));
  }

  void check_web_drop() {
    check_indicator(draft_.web_drop);
    if (draft_.web_drop.given() && grammar::is_routing_indicator(draft_.web_drop.value) &&
        !stations_.contains(draft_.web_drop.value))
      unknown("NET-12", "unknown-web-drop", draft_.web_drop, "station", stations_);
  }

  void check(CollectiveDraft const& collective) {
    check_indicator(collective.indicator);
    check_relay(collective.owner);
    check_station(collective.originator);
    check_members(collective.members);
    check_members(collective.info_members);
    if (collective.members.empty() && collective.info_members.empty())
      add("NET-08", "collective-of-nobody", collective.span,
          fmt::format("'{}' has no member", collective.title.value));
  }

  void check(CircuitDraft const& circuit) {
    for (auto const& end : circuit.ends)
      if (end.given() && !relays_.contains(end.value))
        unknown("NET-09", "circuit-astray", end, "relay", relays_);
    if (circuit.ends.size() == 2 && circuit.ends[0].value == circuit.ends[1].value)
      add("NET-09", "circuit-astray", circuit.ends[1].span,
          fmt::format("circuit '{}' ends where it begins, expected another relay", circuit.name.value));
    for (auto const& alternate : circuit.alternates) check_alternate(circuit, alternate);
  }

  // An alternate leads from one end of the circuit to the other without it.
  void check_alternate(CircuitDraft const& circuit, AlternateDraft const& alternate) {
    auto known = true;
    for (auto const& name : alternate.circuits) {
      if (circuits_.contains(name.value)) continue;
      unknown("NET-09", "circuit-astray", name, "circuit", circuits_);
      known = false;
    }
    if (!known || circuit.ends.size() != 2 || leads(circuit, alternate)) return;
    add("NET-09", "circuit-astray", alternate.span,
        fmt::format("the alternate does not lead from {} to {} past circuit '{}'", circuit.ends[0].value,
                    circuit.ends[1].value, circuit.name.value));
  }

  [[nodiscard]] bool leads(CircuitDraft const& circuit, AlternateDraft const& alternate) const {
    std::string_view at = circuit.ends[0].value;
    for (auto const& name : alternate.circuits) {
      if (name.value == circuit.name.value) return false;
      auto const next = std::ranges::find(draft_.circuits, name.value,
                                          [](CircuitDraft const& other) { return other.name.value; });
      if (next->ends.size() != 2) return true;  // said elsewhere
      if (at != next->ends[0].value && at != next->ends[1].value) return false;
      at = at == next->ends[0].value ? next->ends[1].value : next->ends[0].value;
    }
    return at == circuit.ends[1].value;
  }

  void check_indicator(Located const& indicator) {
    if (!indicator.given() || grammar::is_routing_indicator(indicator.value)) return;
    add("NET-04", "not-a-routing-indicator", indicator.span,
        fmt::format("'{}' is no routing indicator, expected 4 to 7 capital letters, the first R or Q",
                    indicator.value));
  }

  void check_relay(Located const& relay) {
    if (relay.given() && !relays_.contains(relay.value))
      unknown("NET-06", "unknown-relay", relay, "relay", relays_);
  }

  void check_station(Located const& station) {
    if (station.given() && !stations_.contains(station.value))
      unknown("NET-07", "unknown-member", station, "station", stations_);
  }

  void check_members(std::vector<Located> const& members) {
    Places seen;
    for (auto const& member : members) {
      check_station(member);
      once(seen, member, "member");
    }
  }

  void unknown(std::string_view rule, std::string_view name, Located const& what, std::string_view kind,
               Places const& known) {
    add(rule, name, what.span, fmt::format("there is no {} '{}'", kind, what.value)).help =
        suggestion(what.value, names(known));
  }

  // NET-10, NET-11: from the first relay over the circuits.
  void check_reach() {
    if (draft_.relays.empty()) {
      add("NET-10", "no-relay", {}, "the network has no relay, expected a table [[relay]]");
      return;
    }
    auto const reached = reached_from(draft_.relays.front().indicator.value);
    for (auto const& relay : draft_.relays)
      if (relay.indicator.given() && !reached.contains(relay.indicator.value))
        add("NET-11", "relay-apart", relay.indicator.span,
            fmt::format("no circuit leads from relay {} to relay {}", draft_.relays.front().indicator.value,
                        relay.indicator.value))
            .severity = Severity::warning;
  }

  [[nodiscard]] std::set<std::string_view> reached_from(std::string_view start) const {
    std::set<std::string_view> reached{start};
    for (bool more = true; more;) {
      more = false;
      for (auto const& circuit : draft_.circuits) {
        if (circuit.ends.size() != 2) continue;
        std::string_view const first = circuit.ends[0].value, second = circuit.ends[1].value;
        if (reached.contains(first) == reached.contains(second)) continue;
        reached.insert({first, second});
        more = true;
      }
    }
    return reached;
  }

  NetworkDraft const& draft_;
  std::vector<Diagnostic> found_;
  Places indicators_, relays_, stations_, prefixes_, titles_, circuits_, channels_;
};

std::vector<std::string> values(std::vector<Located> const& located) {
  std::vector<std::string> values;
  values.reserve(located.size());
  for (auto const& value : located) values.push_back(value.value);
  return values;
}

Relay relay(RelayDraft const& draft) {
  Relay relay{draft.indicator.value, draft.name.value, values(draft.prefixes), draft.transfer, draft.place};
  if (relay.prefixes.empty()) relay.prefixes.push_back(relay.indicator);
  return relay;
}

Circuit circuit(CircuitDraft const& draft) {
  Circuit circuit{draft.name.value,
                  draft.ends[0].value,
                  draft.ends[1].value,
                  draft.channels[0].value,
                  draft.channels[1].value,
                  draft.bits_per_second,
                  draft.approved_to,
                  {},
                  draft.dial};
  for (auto const& alternate : draft.alternates) circuit.alternates.push_back(values(alternate.circuits));
  return circuit;
}

}  // namespace

Diagnostic finding(std::string_view rule, std::string_view name, Span span, std::string message) {
  Diagnostic diagnostic;
  diagnostic.rule = rule;
  diagnostic.name = name;
  diagnostic.span = span;
  diagnostic.message = std::move(message);
  return diagnostic;
}

// Two letters may be wrong, of a short word one.
std::optional<std::string> suggestion(std::string_view word,
                                      std::vector<std::string_view> const& candidates) {
  constexpr std::size_t longest = 64;  // beyond it nobody mistyped a name
  unsigned best = word.size() < 5 ? 2 : 3;
  std::string_view nearest;
  for (auto const candidate : candidates) {
    if (word.size() > longest || candidate.size() > longest) continue;
    if (auto const distance = grammar::edit_distance(word, candidate); distance < best) {
      best = distance;
      nearest = candidate;
    }
  }
  if (nearest.empty()) return std::nullopt;
  return fmt::format("did you mean '{}'?", nearest);
}

std::vector<Diagnostic> check(NetworkDraft const& draft) { return Check(draft).run(); }

Network network(NetworkDraft const& draft) {
  Network network;
  network.name = draft.name.value;
  network.web_drop = draft.web_drop.value;
  for (auto const& from : draft.relays) network.relays.push_back(relay(from));
  for (auto const& from : draft.stations)
    network.stations.push_back({from.indicator.value, from.name.value, from.relay.value, from.cleared_to,
                                from.day_only, from.guard.value, from.place});
  for (auto const& from : draft.collectives)
    network.collectives.push_back({from.indicator.value, from.title.value, from.owner.value,
                                   from.originator.value, values(from.members), values(from.info_members)});
  for (auto const& from : draft.circuits) network.circuits.push_back(circuit(from));
  return network;
}

}  // namespace torntape::directory

#include "cli/dry_run.hpp"

#include <algorithm>
#include <deque>
#include <utility>

#include <fmt/format.h>

namespace torntape::cli {
namespace {

using directory::Circuit;
using directory::Collective;
using directory::Directory;
using grammar::FormatLine;
using grammar::Message;

constexpr std::size_t most_hops = 12;      // RT-62
constexpr std::size_t routing_width = 70;  // columns of FL2 (RT-61)

// A transmission on its way.
struct Transmission {
  std::string to;
  directory::Circuit const* over;
  std::vector<std::string> routing_line;
  std::size_t hops;
};

std::vector<std::string> indicators(relay::Leg const& leg) {
  std::vector<std::string> all;
  for (auto const& called : leg.called) all.push_back(called.indicator);
  return all;
}

void hold(relay::Distribution& distribution) {
  for (auto& leg : distribution.legs)
    for (auto& called : leg.called)
      distribution.intercepted.push_back({std::move(called), "more than 12 relays on the way (RT-62)"});
  distribution.legs.clear();
}

bool contains(std::vector<std::string> const& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Legs over circuits that are out go round them, as a relay has them go.
class Rounds {
 public:
  Rounds(Message const& message, network::Routes const& routes, std::vector<std::string> const& out)
      : class_(relay::classification(message)), network_(routes.directory().network()), out_(out) {}

  void lead(relay::Distribution& distribution, std::string_view here, Circuit const* received) const {
    for (auto& leg : distribution.legs) {
      if (!contains(out_, leg.circuit->name)) continue;
      auto const* const first = round(leg, here, received);
      if (first == nullptr)
        hold(leg, distribution);
      else
        leg.instead_of = std::exchange(leg.circuit, first);
    }
    std::erase_if(distribution.legs, [](relay::Leg const& leg) { return leg.called.empty(); });
  }

 private:
  [[nodiscard]] Circuit const* round(relay::Leg const& leg, std::string_view here,
                                     Circuit const* received) const {
    auto const members = !leg.called.front().collective.empty();
    for (auto const& alternate : network::alternates(network_, *leg.circuit, here)) {
      auto const* const first = alternate.way.front();
      if (!contains(out_, first->name) && class_ <= alternate.approved_to && (members || first != received))
        return first;
    }
    return nullptr;
  }

  static void hold(relay::Leg& leg, relay::Distribution& distribution) {
    for (auto& called : leg.called)
      distribution.intercepted.push_back(
          {std::move(called),
           fmt::format("circuit {} is out, and no alternate takes it; it would wait (RT-57)",
                       leg.circuit->name)});
    leg.called.clear();
  }

  directory::Class class_;
  directory::Network const& network_;
  std::vector<std::string> const& out_;
};

// Highest precedence of the message, as FL2 shows it.
char precedence_letter(Message const& message) {
  for (auto const letters : {message.preamble.precedence, message.routing_line.precedence})
    if (!letters.empty() && grammar::precedence_of_letter(letters.front()) != grammar::Precedence::none)
      return letters.front();
  return 'R';
}

std::vector<std::string> routing_line(char precedence, std::vector<std::string> const& called) {
  std::vector<std::string> lines{std::string(2, precedence)};
  for (auto const& indicator : called) {
    auto const room = lines.back().size() + 1 + indicator.size() <= routing_width;
    if (room)
      lines.back() += ' ' + indicator;
    else
      lines.push_back(indicator);
  }
  return lines;
}

bool names(grammar::Addressee const& addressee, Directory const& directory, std::string_view indicator) {
  if (!addressee.routing_indicator.empty()) return addressee.routing_indicator == indicator;
  auto const* const station = directory.station_named(addressee.plain_language_address);
  return station != nullptr && station->indicator == indicator;
}

Collective const* collective_of(grammar::Addressee const& addressee, Directory const& directory) {
  return addressee.routing_indicator.empty() ? directory.collective_titled(addressee.plain_language_address)
                                             : directory.collective(addressee.routing_indicator);
}

}  // namespace

std::vector<Hop> dry_run(Message const& message, network::Routes const& routes, std::string_view here,
                         std::vector<std::string> const& out) {
  auto const& directory = routes.directory();
  std::vector<Hop> hops;
  std::deque<Transmission> under_way;
  Rounds const rounds(message, routes, out);
  auto const pass = [&](std::string relay, directory::Circuit const* over,
                        std::vector<relay::Called> const& set, std::size_t so_far) {
    auto const received_over = over == nullptr ? std::string_view{} : std::string_view{over->name};
    auto distribution = relay::distribute(set, message, routes, relay, received_over);
    rounds.lead(distribution, relay, over);
    if (so_far == most_hops) hold(distribution);
    for (auto const& leg : distribution.legs)
      under_way.push_back(
          {std::string{network::far_end(*leg.circuit, relay)}, leg.circuit, indicators(leg), so_far + 1});
    hops.push_back({std::move(relay), over, set.size(), std::move(distribution)});
  };
  pass(std::string{here}, nullptr, relay::filed_set(message, &directory, here), 0);
  while (!under_way.empty()) {
    auto const next = std::move(under_way.front());
    under_way.pop_front();
    pass(next.to, next.over, relay::relayed_set(message, next.routing_line, directory, next.to), next.hops);
  }
  return hops;
}

std::vector<Collective const*> membership(Message const& message, Directory const& directory,
                                          std::string_view indicator) {
  std::vector<Collective const*> all;
  for (auto const& addressee : message.addressees) {
    if (addressee.other_means) continue;
    if (names(addressee, directory, indicator)) return {};
    auto const* const collective = collective_of(addressee, directory);
    if (collective != nullptr &&
        (contains(collective->members, indicator) || contains(collective->info_members, indicator)))
      all.push_back(collective);
  }
  return all;
}

std::vector<std::string> first_lines(Message const& message, relay::Leg const& leg, std::string_view here) {
  std::vector<std::string> lines{"VZCZC" + std::string{network::sending_channel(*leg.circuit, here)} +
                                 "nnnn"};
  for (auto& line : routing_line(precedence_letter(message), indicators(leg)))
    lines.push_back(std::move(line));
  for (auto const& line : message.lines)
    if (line.format_line == FormatLine::fl3) lines.emplace_back(line.text);
  return lines;
}

}  // namespace torntape::cli

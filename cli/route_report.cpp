#include "cli/route_report.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "cli/check_report.hpp"
#include "wire/heading.hpp"

namespace torntape::cli {

using directory::Directory;
using grammar::AddresseeKind;
using grammar::Message;

RouteTotals totals(std::vector<Hop> const& hops) {
  RouteTotals sum;
  for (auto const& hop : hops) {
    for (auto const& copy : hop.distribution.local)
      ++(copy.kind == AddresseeKind::action ? sum.action : sum.info);
    sum.intercepted += hop.distribution.intercepted.size();
  }
  return sum;
}

namespace {

std::string_view name_of(std::string_view relay_or_station, Directory const& directory) {
  if (auto const* const relay = directory.relay(relay_or_station)) return relay->name;
  auto const* const station = directory.station(relay_or_station);
  return station != nullptr ? std::string_view{station->name} : std::string_view{};
}

std::string copies(std::size_t number) {
  return fmt::format("{} {}", number, number == 1 ? "copy" : "copies");
}

class TextReport {
 public:
  TextReport(Message const& message, Directory const& directory, Style const& style)
      : message_(message), directory_(directory), paint_(style) {}

  std::string draw(std::vector<Hop> const& hops) {
    for (auto const& hop : hops) draw(hop);
    draw(totals(hops));
    return std::move(out_);
  }

 private:
  void draw(Hop const& hop) {
    out_ += paint_("1;32", hop.relay) + ' ' + paint_("1", name_of(hop.relay, directory_));
    out_ += hop.received == nullptr ? ", where the message is filed" : ", over circuit " + hop.received->name;
    out_ += ": to see to " + counted(hop.called, "indicator") + '\n';
    draw(hop.distribution.local);
    came_from_ = hop.received == nullptr ? std::string_view{} : network::far_end(*hop.received, hop.relay);
    for (auto const& leg : hop.distribution.legs) {
      is_split_ = std::ranges::count(hop.distribution.legs, leg.circuit, &relay::Leg::circuit) > 1;
      draw(leg, hop.relay);
    }
    draw(hop.distribution.intercepted);
    out_ += '\n';
  }

  void draw(std::vector<relay::Called> const& local) {
    if (local.empty()) return;
    out_ += "  delivers " + copies(local.size()) + '\n';
    std::size_t names = 0;
    for (auto const& copy : local) names = std::max(names, name_of(copy.indicator, directory_).size());
    for (auto const& copy : local) draw(copy, names);
  }

  void draw(relay::Called const& copy, std::size_t names) {
    auto const action = copy.kind == AddresseeKind::action;
    out_ += "    " + paint_("1;32", fmt::format("{:<7}", copy.indicator)) + ' ' +
            fmt::format("{:<{}}  ", name_of(copy.indicator, directory_), names) +
            paint_(action ? "1;31" : "36", fmt::format("{:<7}", grammar::name(copy.kind))) +
            fmt::format("{:<10}", grammar::name(copy.precedence)) + paint_("2", why(copy.indicator)) + '\n';
  }

  [[nodiscard]] std::string why(std::string_view indicator) const {
    std::string text;
    for (auto const* collective : membership(message_, directory_, indicator))
      text += (text.empty() ? "member of " : ", of ") + collective->title;
    if (!text.empty()) return text;
    return message_.addressees.empty() ? "called in the routing line" : "named in the address";
  }

  // RT-27 where there are two transmissions, RT-21 where members go back the way the collective came.
  [[nodiscard]] std::string why(relay::Leg const& leg, std::string_view here) const {
    std::string text;
    if (is_split_)
      text += of_collective(leg) ? ", members of collectives, apart (RT-27)"
                                 : ", addressees named in the address, apart (RT-27)";
    if (leg.instead_of != nullptr) text += "; instead of " + leg.instead_of->name + " (RT-57)";
    if (came_from_ == network::far_end(*leg.circuit, here))
      text += "; back, since the collectives are expanded here (RT-21)";
    return text;
  }

  static bool of_collective(relay::Leg const& leg) {
    return !leg.called.empty() && !leg.called.front().collective.empty();
  }

  void draw(relay::Leg const& leg, std::string_view here) {
    auto const there = network::far_end(*leg.circuit, here);
    out_ += "  sends over " + paint_("1;36", leg.circuit->name) + " to " + paint_("1;32", there) + ' ' +
            std::string{name_of(there, directory_)} + ", to " + counted(leg.called.size(), "indicator") +
            why(leg, here) + '\n';
    for (auto const& line : first_lines(message_, leg, here)) out_ += "    " + printable(line) + '\n';
  }

  void draw(std::vector<relay::Intercepted> const& intercepted) {
    if (intercepted.empty()) return;
    out_ += paint_("1;33", "  intercepts") + '\n';
    for (auto const& one : intercepted)
      out_ += "    " + paint_("1;32", fmt::format("{:<8}", printable(one.called.indicator))) + ' ' +
              printable(one.reason) + '\n';
  }

  void draw(RouteTotals const& sum) {
    out_ += fmt::format("{} in all: {} action, {} info", copies(sum.action + sum.info), sum.action, sum.info);
    if (sum.intercepted != 0) out_ += fmt::format("; {} intercepted", counted(sum.intercepted, "indicator"));
    out_ += '\n';
  }

  Message const& message_;
  Directory const& directory_;
  Style const& paint_;
  std::string_view came_from_;  // the relay before the one that is drawn
  bool is_split_ = false;       // the leg that is drawn has another transmission
  std::string out_;
};

v1::Kind to_proto(AddresseeKind kind) {
  return kind == AddresseeKind::action ? v1::KIND_ACTION : v1::KIND_INFO;
}

void fill(v1::RouteHop& to, Hop const& hop, Message const& message, Directory const& directory) {
  to.set_relay(hop.relay);
  if (hop.received != nullptr) to.set_circuit(hop.received->name);
  for (auto const& called : hop.distribution.local) {
    auto& copy = *to.add_copies();
    copy.set_routing_indicator(called.indicator);
    if (auto const name = name_of(called.indicator, directory); !name.empty())
      copy.set_plain_language_address(std::string{name});
    copy.set_kind(to_proto(called.kind));
    copy.set_precedence(wire::to_proto(called.precedence));
    for (auto const* collective : membership(message, directory, called.indicator))
      copy.add_collectives(collective->title);
  }
  for (auto const& leg : hop.distribution.legs) {
    auto& transmission = *to.add_transmissions();
    transmission.set_circuit(leg.circuit->name);
    transmission.set_relay(std::string{network::far_end(*leg.circuit, hop.relay)});
    for (auto const& called : leg.called) transmission.add_routing_indicators(called.indicator);
    for (auto const& line : first_lines(message, leg, hop.relay)) transmission.add_lines(printable(line));
  }
  for (auto const& one : hop.distribution.intercepted) {
    auto& intercept = *to.add_intercepts();
    intercept.set_routing_indicator(printable(one.called.indicator));
    intercept.set_reason(printable(one.reason));
  }
}

}  // namespace

std::string in_text(std::vector<Hop> const& hops, Message const& message, Directory const& directory,
                    Style const& style) {
  return TextReport{message, directory, style}.draw(hops);
}

v1::RouteReport to_proto(std::vector<Hop> const& hops, Message const& message, Directory const& directory,
                         std::string_view source) {
  v1::RouteReport report;
  report.set_source(std::string{source});
  for (auto const& hop : hops) fill(*report.add_hops(), hop, message, directory);
  auto const sum = totals(hops);
  report.set_action_copies(static_cast<std::uint32_t>(sum.action));
  report.set_info_copies(static_cast<std::uint32_t>(sum.info));
  report.set_intercepts(static_cast<std::uint32_t>(sum.intercepted));
  return report;
}

}  // namespace torntape::cli

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/routing.hpp"

namespace torntape::validator {

namespace {

constexpr unsigned most = 2;

// The relay at the far end of the channel, where it is a gate to another network; null otherwise.
directory::Relay const* gate(View channel, directory::Directory const& directory) {
  for (auto const& circuit : directory.network().circuits) {
    auto const out = circuit.out_channel == channel;
    if (!out && circuit.in_channel != channel) continue;
    auto const* const relay = directory.relay(out ? circuit.second : circuit.first);
    return relay != nullptr && relay->transfer ? relay : nullptr;
  }
  return nullptr;
}

void check(Message const& m, Site const& site, Findings& found) {
  if (site.directory == nullptr) return;
  auto const channel = m.transmission_identification.channel;
  auto const* const relay = gate(channel, *site.directory);
  if (relay == nullptr) return;
  unsigned lines = 0;
  for (auto const& line : m.lines) {
    if (line.format_line > FormatLine::fl2) break;
    if (line.format_line != FormatLine::fl2 || ++lines != most + 1) continue;
    found
        .add(line.text,
             fmt::format("routing line number {} towards another network, expected at most {}", lines, most))
        .note(channel, fmt::format("channel to {}, where messages are transferred", relay->indicator))
        .help("send several transmissions, each with its share of the indicators");
  }
}

bool violate(Draft& draft, Random&) {
  auto const called = draft.message().routing_line.routing_indicators;
  if (called.size() < 3 || draft.message().features.has(Feature::autodin_header)) return false;
  std::string lines;
  for (auto const indicator : called) lines += fmt::format("{}{}", lines.empty() ? "" : "\n", indicator);
  auto const& first = draft.message().routing_line;
  auto const* const begin = first.routing_indicators.front().data();
  View const all{begin, static_cast<std::size_t>(called.back().data() + called.back().size() - begin)};
  return draft.replace(all, lines) &&
         draft.replace(draft.message().transmission_identification.channel, "AFO");
}

}  // namespace

Rule fl2_08() {
  return {.id = "FL2-08",
          .name = "routing-line-over-two-lines",
          .severities = "-WWW-",
          .kinds = "wire",
          .check = check,
          .violate = violate,
          .page = {.what = "A message that is transferred to another network has at most two routing lines. "
                           "The network file says which relays are gates to another.",
                   .why = "Equipment of the other network may take no more: what stands on further lines is "
                          "not delivered.",
                   .citation = "ACP 127(G) 306",
                   .good = "VZCZCAFO093\n"
                           "PP RTCAQB RTCATR\n"
                           "RTDASL",
                   .bad = "VZCZCAFO093\n"
                          "PP RTCAQB\n"
                          "RTCATR\n"
                          "RTDASL"}};
}

}  // namespace torntape::validator

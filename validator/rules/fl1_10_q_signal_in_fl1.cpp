#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/places.hpp"
#include "validator/signals.hpp"

namespace torntape::validator {

namespace {

bool is_q_signal(View group) { return group.starts_with('Q') && is_signal(group); }

void check(Message const& m, Site const&, Findings& found) {
  auto const report = [&](View signal) {
    found.add(signal, fmt::format("{} in FL1, expected a Z signal", signal));
  };
  auto const rest = m.transmission_identification.rest;
  if (auto const group = rest.substr(0, rest.find(' ')); is_q_signal(group)) report(group);
  for (auto const& pilot : m.pilots)
    if (is_q_signal(pilot.operating_signal)) report(pilot.operating_signal);
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  auto const prosign = m.routing_line.precedence;
  if (prosign.size() != 2 || !m.pilots.empty()) return false;
  auto const signal = random.pick("QSP", "QTA");
  if (random.below(2) == 0)
    return draft.insert_after(m.transmission_identification.sequence_number, fmt::format(" {}", signal));
  auto const* const first = line_of(m, FormatLine::fl2);
  return draft.insert_before(first->text, fmt::format("{} RTDASL\n{} RTBA\nABO093\n", prosign, signal));
}

}  // namespace

Rule fl1_10() {
  return {.id = "FL1-10",
          .name = "q-signal-in-fl1",
          .severities = "-EEE-",
          .kinds = "all",
          .when = has(Feature::piloted, Feature::matter_after_channel_number),
          .silences = {"FL1-07"},
          .check = check,
          .violate = violate,
          .page = {.what = "Of the operating signals only those of the Z code stand in FL1.",
                   .why = "A relay acts on the signal of a pilot without reading on; it knows those of the Z "
                          "code only.",
                   .citation = "ACP 127(G) 135",
                   .good = "VZCZCXRO093",
                   .bad = "VZCZCXRO093 QSP"}};
}

}  // namespace torntape::validator

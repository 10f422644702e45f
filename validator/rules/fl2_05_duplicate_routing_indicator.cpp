#include <algorithm>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::routing_indicator_repeated, [&](View again) {
    auto const& called = m.routing_line.routing_indicators;
    auto const before = std::ranges::find(called, again);
    found.add(again, fmt::format("routing indicator {} stands twice", again))
        .note(before == called.end() ? View{} : *before, "the first time")
        .suggest("remove the later one", {erase(group_with_its_blank(m, again))});
  });
}

bool violate(Draft& draft, Random& random) {
  auto const& called = draft.message().routing_line.routing_indicators;
  if (called.empty()) return false;
  auto const indicator = random.one_of(called);
  // A line that has no room would grow too long.
  auto const& line = draft.message().lines[line_index(draft.message(), called.back())];
  if (line.text.size() + 1 + indicator.size() > draft.message().conventions->routing_line_length)
    return false;
  return draft.insert_after(called.back(), fmt::format(" {}", indicator));
}

}  // namespace

Rule fl2_05() {
  return {
      .id = "FL2-05",
      .name = "duplicate-routing-indicator",
      .severities = "WEEE-",
      .kinds = "all",
      .mend = Safety::safe,
      .when = has(Feature::routing_indicator_repeated),
      .silences = {"FL2-07", "FL2-06", "GEN-03"},
      .check = check,
      .violate = violate,
      .page = {
          .what = "A routing indicator stands once in the routing line, however many addressees it serves.",
          .why = "A relay sends one copy for each indicator it finds: the station gets the message twice.",
          .citation = "ACP 127(G) 204.c",
          .good = "PP RUEHBI RUEHCI RUEHDBU",
          .bad = "PP RUEHBI RUEHBI RUEHCI"}};
}

}  // namespace torntape::validator

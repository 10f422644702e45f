#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/routing.hpp"

namespace torntape::validator {

namespace {

View relay_of(View indicator) { return indicator.substr(0, 4); }

// The first indicator whose group was already left, and the last of its group before.
struct Apart {
  View indicator, group;
};
Apart first_apart(std::vector<View> const& called) {
  for (std::size_t i = 2; i < called.size(); ++i) {
    if (relay_of(called[i]) == relay_of(called[i - 1])) continue;
    for (std::size_t j = i - 1; j != 0; --j)
      if (relay_of(called[j - 1]) == relay_of(called[i])) return {called[i], called[j - 1]};
  }
  return {};
}

// Every group where its first member stands.
std::vector<View> grouped(std::vector<View> const& called) {
  std::vector<View> out;
  for (auto const indicator : called) {
    auto const of_group = std::find_if(out.rbegin(), out.rend(),
                                       [&](View other) { return relay_of(other) == relay_of(indicator); });
    out.insert(of_group == out.rend() ? out.end() : of_group.base(), indicator);
  }
  return out;
}

void check(Message const& m, Site const&, Findings& found) {
  auto const& called = m.routing_line.routing_indicators;
  auto const [indicator, group] = first_apart(called);
  if (!grammar::present(indicator)) return;
  auto finding = found.add(
      indicator, fmt::format("{} stands apart from the others of relay {}", indicator, relay_of(indicator)));
  finding.note(group, "the group");
  // A letter torn off would be carried away from the indicator that lost it.
  if (!m.features.has(Feature::routing_indicator_odd))
    finding.suggest("group the indicators", with_routing_indicators(m, grouped(called)));
}

// The first indicator changes places with the last.
bool violate(Draft& draft, Random&) {
  auto const called = draft.message().routing_line.routing_indicators;
  if (called.size() < 3) return false;
  auto moved = called;
  std::rotate(moved.begin(), moved.begin() + 1, moved.end());
  auto const apart = first_apart(moved);
  if (!grammar::present(apart.indicator)) return false;
  auto const change = with_routing_indicators(draft.message(), moved);
  return !change.empty() && draft.replace(change.front().place, change.front().by);
}

}  // namespace

Rule fl2_06() {
  return {.id = "FL2-06",
          .name = "routing-indicators-not-grouped",
          .severities = "IWWW-",
          .kinds = "all",
          .mend = Safety::safe,
          .when = has(Feature::routing_line_unsorted),
          .silences = {"FL2-07"},
          .check = check,
          .violate = violate,
          .page = {.what = "Indicators of one relay, those with the same first four letters, stand together.",
                   .why = "A relay that serves a group picks it out in one go; a member that stands apart "
                          "may be overlooked.",
                   .citation = "ACP 127(G) 204.b",
                   .good = "PP RUEHBI RUEHCI RUEKJCS RTBAOS",
                   .bad = "PP RUEHBI RUEKJCS RUEHCI RTBAOS"}};
}

}  // namespace torntape::validator

#include <algorithm>
#include <functional>
#include <utility>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/routing.hpp"

namespace torntape::validator {

namespace {

// One that stands out of its group may be out of order by its damage alone, where no directory knows better.
bool groups_are_sorted(std::vector<View> const& called) {
  return std::ranges::is_sorted(called, {}, [](View indicator) { return indicator.substr(0, 4); });
}

void check(Message const& m, Site const& site, Findings& found) {
  auto sorted = m.routing_line.routing_indicators;
  auto const descent = std::ranges::adjacent_find(sorted, std::ranges::greater{});
  if (descent == sorted.end()) return;
  auto const [before, place] = std::pair{*descent, *(descent + 1)};
  // An indicator that nobody has may be out of order by its damage alone (FL2-11).
  if (site.directory != nullptr && (!known(before, *site.directory) || !known(place, *site.directory)))
    return;
  auto const at_most = site.directory != nullptr || groups_are_sorted(sorted) ? Safety::safe : Safety::unsafe;
  std::ranges::sort(sorted);
  auto finding =
      found.add(place, fmt::format("{} stands after {}, not in alphabetical order", place, before));
  // Sorted, a damaged indicator would be harder to see.
  if (!m.features.has(Feature::routing_indicator_odd))
    finding.suggest("sort the indicators", with_routing_indicators(m, sorted), at_most);
}

bool violate(Draft& draft, Random& random) {
  auto moved = draft.message().routing_line.routing_indicators;
  if (moved.size() < 2) return false;
  auto const i = static_cast<std::size_t>(random.below(moved.size() - 1));
  if (moved[i].substr(0, 4) != moved[i + 1].substr(0, 4)) return false;
  std::swap(moved[i], moved[i + 1]);
  auto const change = with_routing_indicators(draft.message(), moved);
  return !change.empty() && draft.replace(change.front().place, change.front().by);
}

}  // namespace

Rule fl2_07() {
  return {.id = "FL2-07",
          .name = "routing-line-not-sorted",
          .severities = "I----",
          .kinds = "all",
          .mend = Safety::safe,
          .when = has(Feature::routing_line_unsorted),
          .check = check,
          .violate = violate,
          .page = {.what = "State switches put the indicators of the routing line in alphabetical order.",
                   .why = "A line in another order was written or changed by hand, or by another system.",
                   .citation = "observed in State headings 2001-2010",
                   .good = "PP RUEHBI RUEHCI RUEHDBU",
                   .bad = "PP RUEHCI RUEHBI RUEHDBU"}};
}

}  // namespace torntape::validator

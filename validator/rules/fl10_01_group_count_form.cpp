#include <fmt/format.h>

#include "validator/address.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

// A line that was meant as FL10, the last one of the list.
View meant_as_count(Message const& m) {
  if (m.addressees.empty()) return {};
  auto const& last = m.addressees.back();
  auto const words = whole_address(last);
  if (grammar::present(last.routing_indicator) || last.other_means || !words.starts_with("GR ")) return {};
  return words.substr(3);
}

void check(Message const& m, Site const&, Findings& found) {
  auto const count = meant_as_count(m);
  if (!grammar::present(count) || count.size() > 4) return;
  found.add(count, fmt::format("group count is `{}`, expected a number", count));
}

bool violate(Draft& draft, Random& random) {
  return draft.insert_after(end_of_list(draft.message()), random.pick("\nGR XX", "\nGR 3A"));
}

}  // namespace

Rule fl10_01() {
  return {.id = "FL10-01",
          .name = "group-count-form",
          .severities = "IEEEE",
          .kinds = "all",
          .when = has(Feature::addressee_indicator_missing),
          .silences = {"FL7-07", "FL7-26"},
          .check = check,
          .violate = violate,
          .page = {.what = "A group count is GR and a number, or GRNC.",
                   .why = "The receiving station counts the groups of the text against it.",
                   .citation = "ACP 127(G) 133, Annex B",
                   .good = "INFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311\n"
                           "GR 37",
                   .bad = "INFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311\n"
                          "GR XX"}};
}

}  // namespace torntape::validator
